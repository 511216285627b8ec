"""Lessons: how far each has been taken in, mended, joined where they recur, taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from debrief.domain.checks import required_line
from debrief.domain.facts import Answer, Interview, Lesson, LessonState
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.recurring import Recurrence, recurring

MARKED = {
    LessonState.OPEN: "Opened a lesson again",
    LessonState.PRACTISING: "Practising a lesson",
    LessonState.LEARNED: "Learned a lesson",
    LessonState.DROPPED: "Dropped a lesson",
}
APART_SETTING = "lessons_apart"
"""Pairs of lessons that are to stay two: a list of `pair_key`s."""
_FARTHEST_LAST = tuple(LessonState)


def mark_lesson(actor: Actor, store: Store, now: datetime, lesson: Lesson, state: LessonState) -> Lesson:
    """Changes how far a lesson has come; `lesson` is the version that was read."""
    learned_at = now if state is LessonState.LEARNED else None
    with store.unit(actor.owner, now, MARKED[state]) as unit:
        return unit.change(replace(lesson, state=state, learned_at=learned_at))


def change_lesson(actor: Actor, store: Store, now: datetime, lesson: Lesson, *, text: str, area: str) -> Lesson:
    """Mends the words of a lesson or what it is about; `lesson` is the version that was read."""
    line = required_line(text, "The lesson", field="text")
    with store.unit(actor.owner, now, "Changed a lesson") as unit:
        return unit.change(replace(lesson, text=line, area=area))


def remove_lesson(actor: Actor, store: Store, now: datetime, lesson: Lesson) -> None:
    """Takes a lesson out of the record; undoing brings it back."""
    with store.unit(actor.owner, now, f"Took out the lesson “{lesson.text}”") as unit:
        unit.remove(lesson)


def lessons_to_join(unit: Unit) -> tuple[Recurrence, ...]:
    """The pairs of lessons to offer for joining, without those that are to stay two."""
    return recurring(unit.find(Lesson), _apart(unit))


def join_lessons(actor: Actor, store: Store, now: datetime, kept: Lesson, gone: Lesson) -> Lesson:
    """Makes one lesson of two: `kept` stays with its words, and with the interviews of both.

    It is as far on as the one that had come less far: what recurs is not yet
    learned. One entry of the journal takes it back. Raises Conflict where
    either was changed since it was read.
    """
    state = min(kept.state, gone.state, key=_FARTHEST_LAST.index)
    with store.unit(actor.owner, now, f"Joined two lessons: “{kept.text}”") as unit:
        both = unit.find(Interview, id=(*kept.interview_ids, *gone.interview_ids))
        interviews = {one.id: one.ended_at for one in both}
        learned = [one.learned_at for one in (kept, gone) if one.learned_at is not None]
        joined = replace(
            kept,
            area=kept.area or gone.area,
            state=state,
            interview_ids=tuple(sorted(interviews, key=lambda id_: (interviews[id_], id_))),
            created_at=min(kept.created_at, gone.created_at),
            learned_at=max(learned, default=None) if state is LessonState.LEARNED else None,
            origin=kept.origin if kept.origin == gone.origin else "",
        )
        unit.remove(gone)
        return unit.change(joined)


def keep_apart(actor: Actor, store: Store, now: datetime, pair: Recurrence) -> None:
    """Remembers that two lessons are to stay two, so that joining them is not offered again."""
    with store.unit(actor.owner, now) as unit:
        kept: list[Answer] = [*sorted(_apart(unit) | {pair.key})]
        unit.set_setting(APART_SETTING, kept)


def _apart(unit: Unit) -> frozenset[str]:
    stored = unit.setting(APART_SETTING)
    return frozenset(key for key in stored if isinstance(key, str)) if isinstance(stored, list) else frozenset()
