"""Lessons: how far each has been taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from debrief.domain.facts import Lesson, LessonState
from debrief.store import Store
from debrief.usecases.actor import Actor

MARKED = {
    LessonState.OPEN: "Opened a lesson again",
    LessonState.PRACTISING: "Practising a lesson",
    LessonState.LEARNED: "Learned a lesson",
    LessonState.DROPPED: "Dropped a lesson",
}


def mark_lesson(actor: Actor, store: Store, now: datetime, lesson: Lesson, state: LessonState) -> Lesson:
    """Changes how far a lesson has come; `lesson` is the version that was read."""
    with store.unit(actor.owner, now, MARKED[state]) as unit:
        return unit.change(replace(lesson, state=state))
