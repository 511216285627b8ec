"""An application as a story: everything that happened, in order, on the clock of its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from a_round import END, a_course, a_round, an_interview, decided, heard, later, note, reflected

from debrief.domain.events import EventKind, events_of
from debrief.domain.facts import DecisionKind, MessageKind, Snooze, Word


def test_everything_that_happened_is_told_in_order_of_time_in_the_interviews_zone() -> None:
    one = reflected(
        {},
        messages=(
            note(MessageKind.THANK_YOU, later(hours=3).astimezone(UTC)),
            note(MessageKind.CHECK_IN, None),  # a draft is no event
        ),
        heard=(heard(Word.UPDATE, later(days=3)),),
        decisions=(decided(DecisionKind.DECLINED, later(days=9)),),
        snoozes=(Snooze(interview_id="one", step="check_in", at=later(days=2)),),
    )
    assert one.reflection is not None
    finished = replace(one, reflection=replace(one.reflection, finished_at=later(hours=2)))

    told = events_of(a_course(finished))

    assert [event.kind for event in told] == [
        EventKind.ROUND,
        EventKind.REFLECTED,
        EventKind.SENT,
        EventKind.PUT_OFF,
        EventKind.HEARD,
        EventKind.DECIDED,
    ]
    assert [event.at for event in told] == [
        END,
        later(hours=2),
        later(hours=3),
        later(days=2),
        later(days=3),
        later(days=9),
    ]
    assert {event.at.tzinfo for event in told} == {one.interview.zone}
    assert {event.round.interview.id for event in told} == {"one"}
    facts = [finished.interview, finished.reflection, finished.messages[0], finished.snoozes[0], finished.heard[0]]
    assert [event.fact for event in told] == [*facts, finished.decisions[0]]


def test_a_reflection_that_is_not_finished_and_a_round_without_one_are_no_events() -> None:
    assert [event.kind for event in events_of(a_course(reflected({})))] == [EventKind.ROUND]
    assert [event.kind for event in events_of(a_course(a_round()))] == [EventKind.ROUND]


def test_rounds_are_told_together() -> None:
    first, second = (
        a_round(heard=(heard(Word.ADVANCED, later(days=8)),)),
        a_round(interview=an_interview(id="two", ended_at=later(days=5))),
    )
    assert [(event.round.interview.id, event.kind) for event in events_of(a_course(first, second))] == [
        ("one", EventKind.ROUND),
        ("two", EventKind.ROUND),
        ("one", EventKind.HEARD),
    ]
