"""Preparing: what to look at before one interview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from debrief.domain.facts import (
    Application,
    Decision,
    Fact,
    Heard,
    Interview,
    Lesson,
    Meeting,
    Person,
    Reflection,
    ReflectionAnswer,
    Story,
    Telling,
)
from debrief.domain.preparation import (
    HARD_QUESTIONS,
    TO_TAKE_IN,
    Preparation,
    StoryTold,
    marks_of,
    preparation,
    stories_told,
)
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

MOST_QUESTIONS = 100
"""Hard questions to look at: those that went worst. Nobody looks at more before an interview."""
RESTS_ON: tuple[type[Fact], ...] = (
    *(Application, Interview, Person, Meeting, Reflection, ReflectionAnswer, Heard, Decision),
    *(Lesson, Story, Telling),
)
"""The kinds of facts that a preparation is made of."""


def told_stories(unit: Unit) -> tuple[StoryTold, ...]:
    """Every story with where it was told."""
    tellings = unit.find(Telling)
    where = unit.columns(Interview, ("application_id",), id={telling.interview_id for telling in tellings})
    return stories_told(unit.find(Story), tellings, unit.courses(set(where["application_id"])))


def prepared(actor: Actor, store: Store, now: datetime, application_id: str | None) -> Preparation:
    """What to look at before the next round of an application; before a new employer where it is None."""
    with store.unit(actor.owner, now) as unit:
        ids, count = _met_worst(unit)
        courses = unit.courses(ids | ({application_id} if application_id else set()))
        whole = preparation(courses, application_id, unit.find(Lesson, state=TO_TAKE_IN), told_stories(unit))
    shown = whole.questions[:MOST_QUESTIONS]
    return replace(whole, questions=shown, more_questions=count - len(shown))


def _met_worst(unit: Unit) -> tuple[set[str], int]:
    """The applications in which the hard questions were met that went worst, and how many questions there are."""
    marks = sorted(_marks(unit))
    reflections = {reflection_id for _, reflection_id in marks[:MOST_QUESTIONS]}
    interviews = unit.columns(Reflection, ("interview_id",), id=reflections)["interview_id"]
    return set(unit.columns(Interview, ("application_id",), id=interviews)["application_id"]), len(marks)


def _marks(unit: Unit) -> Iterator[tuple[int, str]]:
    """How each hard question went (unrated ones last), with the reflection that tells of it."""
    answers: Sequence[Sequence[object]] = [
        *unit.columns(ReflectionAnswer, ("value", "reflection_id"), question=HARD_QUESTIONS).values()
    ]
    for value, reflection_id in zip(*answers, strict=True):
        for went in marks_of(value):
            yield went, str(reflection_id)
