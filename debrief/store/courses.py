"""Builds courses out of rows, with one statement for each kind of fact however many applications there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import TypeVar

import sqlalchemy as sa

from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import (
    Application,
    Decision,
    Fact,
    Heard,
    Interview,
    Meeting,
    Message,
    Person,
    Reflection,
    ReflectionAnswer,
    Snooze,
    Tick,
)
from debrief.store.rows import Rows, batches
from debrief.store.scope import Condition
from debrief.store.tables import TABLES

FactT = TypeVar("FactT", bound=Fact)
ItemT = TypeVar("ItemT")

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def fetch_courses(rows: Rows, application_ids: Collection[str] | None = None) -> tuple[Course, ...]:
    """All courses of the owner, or those of some applications. The one whose latest round ended last comes first."""
    if application_ids is None:
        return _sorted(_courses(_Within(rows, None)))
    found = (course for some in batches(application_ids) for course in _courses(_Within(rows, some)))
    return _sorted(found)


def _courses(within: _Within) -> list[Course]:
    """The courses of one batch."""
    people = {person.id: person for person in within.fetch(Person)}
    meetings = sorted(within.fetch(Meeting), key=lambda meeting: (meeting.place, meeting.id))
    met = _grouped(meetings, lambda meeting: meeting.interview_id)
    reflections = {reflection.interview_id: reflection for reflection in within.fetch(Reflection)}
    answers = _grouped(within.fetch(ReflectionAnswer), lambda answer: answer.reflection_id)
    messages = _grouped(within.fetch(Message), lambda message: message.interview_id)
    heard = _grouped(within.fetch(Heard), lambda word: word.interview_id)
    decisions = _grouped(within.fetch(Decision), lambda decision: decision.interview_id)
    ticks = _grouped(within.fetch(Tick), lambda tick: tick.interview_id)
    snoozes = _grouped(within.fetch(Snooze), lambda snooze: snooze.interview_id)

    def round_of(interview: Interview) -> Round:
        reflection = reflections.get(interview.id)
        return Round(
            interview=interview,
            met=tuple(Met(people[meeting.person_id], meeting) for meeting in met[interview.id]),
            reflection=reflection,
            answers={answer.question: answer for answer in answers[reflection.id]} if reflection else {},
            messages=tuple(messages[interview.id]),
            heard=tuple(heard[interview.id]),
            decisions=tuple(decisions[interview.id]),
            ticks=tuple(ticks[interview.id]),
            snoozes=tuple(snoozes[interview.id]),
        )

    rounds = _grouped(map(round_of, within.fetch(Interview)), lambda one: one.interview.application_id)
    return [Course(application, tuple(rounds[application.id])) for application in within.fetch(Application)]


def _sorted(courses: Iterable[Course]) -> tuple[Course, ...]:
    return tuple(sorted(courses, key=_last_end, reverse=True))


class _Within:
    """Fetches what belongs to some applications, or everything."""

    def __init__(self, rows: Rows, application_ids: Collection[str] | None) -> None:
        self._rows = rows
        self._application_ids = application_ids

    def fetch(self, kind: type[FactT]) -> list[FactT]:
        """The facts of a kind that belong to the applications."""
        if self._application_ids is None:
            return self._rows.fetch(kind)
        return self._rows.fetch(kind, self._belonging(kind, self._application_ids))

    def _belonging(self, kind: type[Fact], application_ids: Collection[str]) -> Condition:
        table = TABLES[kind]
        if kind is Application:
            return table.c.id.in_(application_ids)
        if kind is Interview:
            return table.c.application_id.in_(application_ids)
        if kind is Person:
            return table.c.id.in_(self._ids(Meeting, "person_id", application_ids))
        if kind is ReflectionAnswer:
            return table.c.reflection_id.in_(self._ids(Reflection, "id", application_ids))
        return table.c.interview_id.in_(self._ids(Interview, "id", application_ids))

    def _ids(self, kind: type[Fact], column: str, application_ids: Collection[str]) -> sa.Select[tuple[str]]:
        table = TABLES[kind]
        return self._rows.scope.select(table, [table.c[column]], self._belonging(kind, application_ids))


def _grouped(facts: Iterable[ItemT], key: Callable[[ItemT], str]) -> dict[str, list[ItemT]]:
    groups: dict[str, list[ItemT]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return groups


def _last_end(course: Course) -> tuple[datetime, str]:
    return (course.latest.interview.ended_at if course.latest else _BEGINNING, course.application.id)
