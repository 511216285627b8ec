"""Today reads the applications in which something may be due, and shows what it would show had it read them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debrief.domain.agenda import Agenda, agenda
from debrief.domain.courses import Course
from debrief.domain.facts import (
    Application,
    Decision,
    DecisionKind,
    Fact,
    Heard,
    Interview,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    RoundState,
    Word,
)
from debrief.public_holidays import working_days
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import choose_rules, courses_going_on, rules_in_force, todays_agenda
from debrief.usecases.sample import load_sample
from tests.examples import examples
from tests.house_rules import BOOK

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TONIGHT = NOW.replace(hour=23, minute=59)
DAYS_AGO = st.integers(0, 400)


@dataclass(frozen=True, slots=True)
class Told:
    """One round, as days before now; what followed it lies between its end and now."""

    ended: int
    state: RoundState
    reflected: bool
    thanked: int | None
    words: tuple[tuple[Word, int], ...]
    decisions: tuple[tuple[DecisionKind, int], ...]


ROUNDS = st.builds(
    Told,
    ended=DAYS_AGO,
    state=st.sampled_from([RoundState.HELD, RoundState.HELD, RoundState.HELD, *RoundState]),
    reflected=st.sampled_from([True, True, True, False]),
    thanked=st.none() | DAYS_AGO,
    words=st.lists(st.tuples(st.sampled_from(Word), DAYS_AGO), max_size=2).map(tuple),
    decisions=st.lists(st.tuples(st.sampled_from(DecisionKind), DAYS_AGO), max_size=1).map(tuple),
)


def facts_of(number: int, rounds: list[Told]) -> Iterator[Fact]:
    """An application as it stands in the record."""
    application = Application(employer=f"Birch {number}", role="Analyst", country=(None, "GB", "MY")[number % 3])
    person = Person(name="Dana Whitfield", employer=application.employer)
    yield from (application, person)
    for told in rounds:
        end = NOW - timedelta(days=told.ended)
        interview = Interview(
            application_id=application.id, round="panel", ended_at=end, timezone="Asia/Kuala_Lumpur", state=told.state
        )
        yield interview
        yield Meeting(interview_id=interview.id, person_id=person.id, rapport=5)

        def at(days: int, end: datetime = end) -> datetime:
            return max(end, NOW - timedelta(days=days))

        if told.reflected:
            yield Reflection(interview_id=interview.id, questionnaire=1, started_at=end, finished_at=end)
        if told.thanked is not None:
            note = MessageKind.THANK_YOU
            yield Message(interview_id=interview.id, kind=note, person_id=person.id, sent_at=at(told.thanked))
        for word, days in told.words:
            yield Heard(interview_id=interview.id, what=word, at=at(days))
        for verdict, days in told.decisions:
            yield Decision(interview_id=interview.id, what=verdict, at=at(days))


def shown(found: Agenda) -> tuple[object, ...]:
    """Everything that Today shows of it: cards, silences, plans, and the open applications whose don'ts it tells."""
    return (
        [(due.round.interview.id, due.step) for due in (*found.dues, *found.put_off)],
        found.silent,
        found.to_come,
        found.to_finish,
        [(course, found.steps.get(course.latest.interview.id)) for course in found.courses if is_open(course)],
    )


def is_open(course: Course) -> bool:
    return course.latest is not None and course.status.is_open


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(40))
@given(
    applications=st.lists(st.lists(ROUNDS, min_size=1, max_size=3), max_size=4), rules=st.sampled_from([*BOOK.rules])
)
def test_the_agenda_of_what_goes_on_is_the_agenda_of_everything(
    sqlite_store: Store, applications: list[list[Told]], rules: str
) -> None:
    actor = Actor(uuid4().hex)
    with sqlite_store.unit(actor.owner, NOW) as unit:
        for number, rounds in enumerate(applications):
            unit.add_all(facts_of(number, rounds))
        whole = unit.courses()
    choose_rules(actor, sqlite_store, NOW, BOOK.rules[rules])

    in_force = rules_in_force(actor, sqlite_store, NOW, BOOK)
    kept = courses_going_on(actor, sqlite_store, NOW, in_force)

    assert shown(todays_agenda(actor, sqlite_store, NOW, in_force)) == shown(agenda(whole, in_force, working_days, NOW))
    by_night = todays_agenda(actor, sqlite_store, TONIGHT, in_force, courses=kept)
    assert shown(by_night) == shown(agenda(whole, in_force, working_days, TONIGHT))


def test_the_sample_has_the_same_agenda_narrowed_and_whole_on_every_database(store: Store) -> None:
    actor = Actor()
    load_sample(actor, store, NOW)
    rules = rules_in_force(actor, store, NOW, BOOK)
    with store.unit(actor.owner, NOW) as unit:
        whole = unit.courses()

    narrowed = courses_going_on(actor, store, NOW, rules)

    assert 0 < len(narrowed) < len(whole)
    assert shown(todays_agenda(actor, store, NOW, rules)) == shown(agenda(whole, rules, working_days, NOW))


def test_what_goes_on_for_one_owner_is_nothing_to_another(store: Store) -> None:
    load_sample(Actor(), store, NOW)

    assert courses_going_on(Actor("somebody"), store, NOW, BOOK.rules["standard"]) == ()
