"""Applications: finding one, and deleting it with a way back."""

from __future__ import annotations

from datetime import date, time

import pytest

from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from tests.app.conftest import OpenPage
from tests.app.screens import press, told, typed_into
from tests.app.test_pages import NOW
from ui.kit.plain import plain


@pytest.fixture(autouse=True)
def application_id(record: Store, actor: Actor) -> str:
    """Two applications; the id of the one with Dana."""
    ids: list[str] = []
    for employer, name in [("Kestrel Rail", "Mei Tan"), ("Brightwater Energy", "Dana Whitfield")]:
        entry = InterviewEntry(
            employer=employer,
            role="Data Analyst",
            round="Final",
            on=date(2026, 11, 20),
            at=time(10),
            timezone="UTC",
            people=(PersonEntry(name=name),),
        )
        ids.append(log_interview(actor, record, NOW, entry).application_id)
    return ids[-1]


@pytest.mark.parametrize("wanted", ["brightwater", "DANA analyst", "whitfield"])
def test_a_search_finds_by_employer_role_and_person(open_page: OpenPage, wanted: str) -> None:
    app = open_page("applications")
    assert "2 applications of 2" in told(app)

    typed_into(app, "Search", wanted)

    assert "1 application of 2" in told(app)
    labels = [button.label for button in app.button]
    assert any("Brightwater Energy" in label for label in labels)
    assert not any("Kestrel" in label for label in labels)


def test_a_search_without_a_match_says_what_to_do(open_page: OpenPage) -> None:
    app = open_page("applications")

    typed_into(app, "Search", "nobody")

    assert "No application matches" in app.info[0].value


def test_a_deleted_application_comes_back_by_undo(open_page: OpenPage, application_id: str) -> None:
    app = open_page("applications", application=application_id)
    assert app.title[0].value == "Brightwater Energy"

    press(app, "Delete")
    assert app.title[0].value == "Applications"
    assert "1 application of 1" in told(app)
    assert "Deleted Brightwater Energy, Data Analyst" in told(app)

    press(app, "Undo")
    assert "2 applications of 2" in told(app)
    assert "Deleted" not in told(app)


def test_an_application_that_is_gone_is_told_above_those_that_are_there(open_page: OpenPage) -> None:
    app = open_page("applications", application="0" * 32)

    assert not app.exception
    assert ["not in your record" in warning.value for warning in app.warning] == [True]
    assert [title.value for title in app.title] == ["Applications"]


def test_a_refusal_shows_what_it_quotes_from_the_record_and_obeys_nothing_of_it(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    picture = "![x](http://pictures.example/p.png)"
    entry = InterviewEntry(
        employer=picture, role="Clerk", round="Final", on=date(2026, 11, 20), at=time(10), timezone="UTC"
    )
    app = open_page("applications", application=log_interview(actor, record, NOW, entry).application_id)
    press(app, "Delete")
    with record.unit(actor.owner, NOW) as unit:
        unit.undo(unit.journal(limit=1)[0].id)  # another tab took it back meanwhile

    press(app, "Undo")

    (refusal,) = [error.value for error in app.error]
    assert "has changed since" in refusal
    assert plain(picture) in refusal
    assert picture not in refusal
