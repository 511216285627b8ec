"""Courses out of loose facts, as the store would build them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

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


def courses_of(facts: Iterable[Fact]) -> tuple[Course, ...]:
    """The courses that these facts make, in the order of their applications."""
    by_kind: dict[type[Any], list[Any]] = defaultdict(list)
    for fact in facts:
        by_kind[type(fact)].append(fact)
    return tuple(Course(application, tuple(_rounds(application, by_kind))) for application in by_kind[Application])


def _rounds(application: Application, by_kind: dict[type[Any], list[Any]]) -> Iterable[Round]:
    people = {person.id: person for person in by_kind[Person]}
    own = [one for one in by_kind[Interview] if one.application_id == application.id]
    for interview in sorted(own, key=attrgetter("ended_at")):

        def of(kind: type[Any], interview_id: str = interview.id) -> tuple[Any, ...]:
            return tuple(fact for fact in by_kind[kind] if fact.interview_id == interview_id)

        reflection = next(iter(of(Reflection)), None)
        answers = [one for one in by_kind[ReflectionAnswer] if reflection and one.reflection_id == reflection.id]
        yield Round(
            interview=interview,
            met=tuple(Met(people[meeting.person_id], meeting) for meeting in of(Meeting)),
            reflection=reflection,
            answers={answer.question: answer for answer in answers},
            messages=of(Message),
            heard=tuple(sorted(of(Heard), key=attrgetter("at"))),
            decisions=tuple(sorted(of(Decision), key=attrgetter("at"))),
            ticks=of(Tick),
            snoozes=of(Snooze),
        )
