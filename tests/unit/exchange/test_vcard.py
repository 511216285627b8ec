"""People as cards: read back by another program, with stable UIDs, and nothing that breaks out of its line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import vobject
from awkward import AWKWARD
from courses_from_facts import courses_of
from hypothesis import given
from hypothesis import strategies as st

from debrief.domain.facts import Application, Interview, Meeting, Person
from debrief.exchange.vcard import as_vcards

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)


def _cards(content: bytes) -> list[vobject.base.Component]:
    return list(vobject.readComponents(content.decode()))


def test_a_card_holds_who_it_is_and_where_you_met() -> None:
    dana = Person(
        name="Dana Whitfield",
        employer="Kopi Lantern",
        title="Head of Data, Asia",
        email="dana@kopi.example",
        profile="https://people.example/dana",
        recruiter=True,
    )
    application = Application(employer="Kopi Lantern", role="Analyst")
    interview = Interview(application_id=application.id, round="panel", ended_at=NOW, timezone="Asia/Kuala_Lumpur")
    meeting = Meeting(interview_id=interview.id, person_id=dana.id)
    (card,) = _cards(as_vcards([dana], courses_of([dana, application, interview, meeting])))

    assert (card.version.value, card.fn.value, card.uid.value) == ("3.0", dana.name, f"debrief-person-{dana.id}")
    assert (card.org.value, card.title.value) == (["Kopi Lantern"], "Head of Data, Asia")
    assert (card.email.value, card.url.value) == ("dana@kopi.example", "https://people.example/dana")
    assert card.note.value == "Recruiter\nMet on 5 March 2026: panel"


def test_the_same_people_give_the_same_bytes_in_any_order() -> None:
    people = [Person(name=name, employer="Kopi Lantern") for name in ("Dana", "Amir", "森下 はるか")]

    assert as_vcards(people, ()) == as_vcards(people[::-1], ())


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_comes_back_the_same_and_opens_nothing(text: str) -> None:
    content = as_vcards([Person(name=text, employer=text, title=text, email=text, profile=text)], ())
    (card,) = _cards(content)
    expected = text.replace("\r\n", "\n")

    assert (card.fn.value, card.title.value, card.email.value) == (expected, expected, expected)
    assert card.note.value == f"Profile: {expected}"
    assert not hasattr(card, "url")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), max_size=4))
def test_any_name_gives_one_card(names: list[str]) -> None:
    people = [Person(name=name, employer=name, email=name) for name in names]
    content = as_vcards(people, ())
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")

    assert lines.count(b"BEGIN:VCARD") == lines.count(b"END:VCARD") == len(names)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
