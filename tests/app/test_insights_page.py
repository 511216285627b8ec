"""Insights: what is read and kept, what an autosaved answer leaves alone, and what opens from a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from debrief.domain.facts import Application, Fact, Interview, ReflectionAnswer
from debrief.store import Store, Unit
from debrief.store.mapping import KINDS
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, told
from tests.unit.insights.histories import NOW as INVENTED_NOW
from tests.unit.insights.histories import facts_of, invented, invented_lessons

QUESTION = "What would you like to know?"


@pytest.fixture(autouse=True)
def history(record: Store, clock) -> None:
    """Forty-one interviews, as of the end of March."""
    clock(INVENTED_NOW)
    courses = invented(40)
    facts = sorted(facts_of(courses, invented_lessons(courses)), key=lambda fact: KINDS.index(type(fact)))
    with record.unit("local", INVENTED_NOW) as unit:
        unit.add_all(facts)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The kinds of fact that were read as columns, as they are read."""
    kinds: list[str] = []
    columns = Unit.columns

    def told_columns(unit: Unit, kind: type[Fact], names, /, **wanted):
        kinds.append(kind.__name__)
        return columns(unit, kind, names, **wanted)

    monkeypatch.setattr(Unit, "columns", told_columns)
    return kinds


def type_into_a_reflection(record: Store, now: datetime) -> None:
    """Saves an answer as the reflect page does while somebody types."""
    with record.unit("local", now) as unit:
        answer = unit.find(ReflectionAnswer)[0]
        unit.change(replace(answer, value="typed meanwhile"))


def test_the_first_question_reads_the_rounds_alone_and_reruns_read_nothing(
    open_page: OpenPage, reads: list[str]
) -> None:
    app = open_page("insights")
    assert set(reads) == {"Application", "Interview", "Heard", "Decision"}

    reads.clear()
    app.run()
    chosen(app, QUESTION, "How long do they take?")
    assert not app.exception
    assert reads == []


def test_an_autosaved_answer_has_only_the_answers_read_again(
    open_page: OpenPage, record: Store, reads: list[str]
) -> None:
    app = open_page("insights")
    chosen(app, QUESTION, "Am I judging myself well?")
    reads.clear()

    type_into_a_reflection(record, INVENTED_NOW)
    app.run()
    assert reads == ["Reflection", "ReflectionAnswer"]

    reads.clear()
    type_into_a_reflection(record, INVENTED_NOW)
    chosen(app, QUESTION, "Where do I fall out?")
    assert reads == []


def test_an_interview_just_logged_is_counted_at_once(open_page: OpenPage, record: Store) -> None:
    app = open_page("insights")
    chosen(app, QUESTION, "Am I keeping the pace?")
    assert "41 interviews and" in told(app)

    with record.unit("local", INVENTED_NOW) as unit:
        application = unit.find(Application)[0]
        ended = INVENTED_NOW - timedelta(minutes=1)
        unit.add(Interview(application_id=application.id, round="extra", ended_at=ended, timezone="UTC"))

    app.run()

    assert "42 interviews and" in told(app)


def test_filters_of_the_address_hold_for_every_chart(open_page: OpenPage) -> None:
    app = open_page("insights", rounds="panel")
    panels = captions_of(app)
    chosen(app, QUESTION, "How long do they take?")

    assert len({text.split(",")[0] for text in [*panels, *captions_of(app)]}) == 1
    assert "panel" in app.query_params["rounds"]


def test_filters_that_nothing_passes_say_so(open_page: OpenPage) -> None:
    app = open_page("insights", since="2031-01-01")

    assert "No interview passes these filters" in app.info[0].value
    assert not app.exception


def test_definitions_stand_on_the_page(open_page: OpenPage) -> None:
    words = told(open_page("insights"))

    assert "Whole calendar days" in words
    assert "A rejection is a word" in words


def test_every_chart_can_be_saved_as_a_picture(open_page: OpenPage) -> None:
    app = open_page("insights")
    labels = [button.proto.label for button in app.get("download_button")]

    assert labels == ["Save as PNG", "Save as SVG"] * 2


def test_with_three_interviews_it_says_what_will_come_and_shows_a_marked_example(
    open_page: OpenPage, record: Store
) -> None:
    with record.unit("local", INVENTED_NOW) as unit:
        for application in unit.find(Application):
            if len(unit.columns(Interview, ["id"])["id"]) > 3:
                unit.remove(unit.get(Application, application.id))
        held = len(unit.columns(Interview, ["id"])["id"])
    app = open_page("insights")

    words = told(app)
    assert 1 <= held <= 3
    assert f"You have {held} so far" in words
    assert "Example: Where applications go" in words
    assert "Invented data, not yours." in words


def captions_of(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption if "still waiting" in caption.value]
