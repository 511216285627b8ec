"""What must hold for every history, whatever happened in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debrief.domain.agenda import steps_of
from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import Application, Heard, Interview, Meeting, Message, MessageKind, Person, Word
from debrief.domain.timeline import Step, StepState, timeline
from debrief.exchange.due import ONE, CaseShape
from debrief.public_holidays import working_days
from tests.examples import examples
from tests.oracles.timeline_cases import cases
from tests.unit.domain.a_case import BOOK, STANDARD, at

thorough = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
ORDER = [StepState.UPCOMING, StepState.OPEN, StepState.LATE, StepState.MISSED]
WAITING = (StepState.UPCOMING, StepState.OPEN, StepState.LATE, StepState.MISSED)


def shape_of(case: dict[str, Any]) -> CaseShape:
    return ONE.validate_json(json.dumps(case))


def steps_at(shape: CaseShape, now: datetime, **more: Any) -> tuple[Step, ...]:
    return timeline(replace(shape.case(), **more), BOOK.rules[shape.rules], working_days(shape.country), now)


@thorough
@given(cases(), st.sampled_from(sorted(BOOK.rules)))
def test_windows_are_ordered_under_all_rules(case: dict[str, Any], rules: str) -> None:
    shape = shape_of(case | {"rules": rules})
    for step in steps_at(shape, shape.now):
        edges = [edge.astimezone(UTC) for edge in (step.opens, step.due, step.closes) if edge]
        assert edges == sorted(edges), step


@thorough
@given(cases())
def test_a_step_that_is_done_is_never_due(case: dict[str, Any]) -> None:
    shape = shape_of(case)
    for step in steps_at(shape, shape.now):
        assert (step.state is StepState.DONE) == (step.done_by is not None)
        assert (step.state is StepState.OFF) == (step.shut_by is not None and step.done_by is None)
        assert step.state.is_actionable <= (step.done_by is None and step.shut_by is None)


@thorough
@given(cases(), st.lists(st.integers(0, 120 * 24 * 60), min_size=2, max_size=5))
def test_time_never_takes_a_step_back_to_an_earlier_state(case: dict[str, Any], minutes: list[int]) -> None:
    shape = shape_of(case)
    seen: dict[object, StepState] = {}
    for later in sorted(minutes):
        for step in steps_at(shape, shape.now + timedelta(minutes=later)):
            before = seen.setdefault(step.key, step.state)
            assert step.state is before or ORDER.index(step.state) > ORDER.index(before)
            seen[step.key] = step.state


@thorough
@given(cases(), st.sampled_from([word for word in Word if word.is_final]), st.integers(0, 30 * 24))
def test_a_later_final_answer_never_reopens_a_waiting_step(case: dict[str, Any], word: Word, hours: int) -> None:
    shape = shape_of(case)
    answered_at = shape.now + timedelta(hours=hours)
    facts = shape.case()
    answer = Heard(id="answer", interview_id="", what=word, at=answered_at)
    before = {step.key: step for step in steps_at(shape, answered_at)}
    for step in steps_at(shape, answered_at, heard=(*facts.heard, answer)):
        old = before.get(step.key)
        if old is not None and old.state not in WAITING:
            assert step.state is old.state
        if step.name.value in ("check_in", "last_message", "let_go", "send_material"):
            assert step.state in (StepState.DONE, StepState.OFF)


def a_course(name: str, *messages: Message) -> Course:
    """An application with one held interview; what is given belongs to it."""
    interview = Interview(id=f"i-{name}", application_id=name, round="panel", ended_at=at("3-02 15:00"), timezone="UTC")
    person = Person(id=f"p-{name}", name="Dana Whitfield", employer=name)
    met = Met(person, Meeting(interview_id=interview.id, person_id=person.id))
    return Course(Application(id=name, employer=name, role="Analyst"), (Round(interview, (met,), messages=messages),))


def test_a_fact_about_one_application_changes_nothing_for_another() -> None:
    now = at("3-20 12:00")
    note = Message(interview_id="i-Acme", kind=MessageKind.THANK_YOU, person_id="p-Acme", sent_at=at("3-02 17:00"))

    def states(*courses: Course) -> dict[str, list[StepState]]:
        found: dict[str, list[StepState]] = {}
        for course in courses:
            dues = steps_of(course, STANDARD, working_days, now)
            found[course.application.id] = [due.step.state for due in dues]
        return found

    before = states(a_course("Acme"), a_course("Birch"))
    after = states(a_course("Acme", note), a_course("Birch"))
    assert before["Acme"] != after["Acme"]
    assert before["Birch"] == after["Birch"]
