"""Lessons over time: how the marks in a lesson's area went on after the interview that taught it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Lesson, RoundState

LISTED = 4
"""Up to so many later marks are told one by one, more by their middle and their range."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Marks:
    """One's own marks in the area of a lesson, each from 1 to 5."""

    area: str
    then: int | None
    """In the first of the interviews that taught it, where it was marked there."""
    later: tuple[int, ...]
    """In every held interview after that one, in order of time."""

    @property
    def higher(self) -> int | None:
        """How many of the later marks are above the first; None where there is nothing to compare."""
        if self.then is None or not self.later:
            return None
        return sum(mark > self.then for mark in self.later)


def marks_since(lesson: Lesson, courses: Iterable[Course], areas: Mapping[str, str]) -> Marks | None:
    """How the area of a lesson was marked where it was learned and later on.

    `areas` are those of the questionnaire: question id to noun. None where the
    lesson has no area, or came from no interview that is still in the record.
    """
    held = sorted(
        (one for course in courses for one in course.rounds if one.interview.state is RoundState.HELD),
        key=lambda one: one.interview.ended_at,
    )
    taught = next((place for place, one in enumerate(held) if one.interview.id in lesson.interview_ids), None)
    if not lesson.area or taught is None:
        return None
    questions = [question for question, area in areas.items() if area == lesson.area]
    marks = [_mark(one, questions) for one in held[taught:]]
    return Marks(lesson.area, marks[0], tuple(mark for mark in marks[1:] if mark is not None))


def marks_in_words(marks: Marks) -> str:
    """The marks in one line that claims no cause: "Staying calm: 2 → 3, 4 in two later interviews, higher in both"."""
    count = len(marks.later)
    where = f"{_number(count)} later {'interview' if count == 1 else 'interviews'}"
    if marks.then is None:
        if not count:
            return f"{marks.area}: no marks yet"
        return f"{marks.area}: {_together(marks.later)} in {where}, none where it came from"
    if not count:
        return f"{marks.area}: {marks.then} where it came from, no later mark yet"
    return f"{marks.area}: {marks.then} → {_together(marks.later)} in {where}, {_higher(marks)}"


def _mark(one: Round, questions: Iterable[str]) -> int | None:
    values = (one.answers[question].value for question in questions if question in one.answers)
    return next((value for value in values if isinstance(value, int) and not isinstance(value, bool)), None)


def _together(later: tuple[int, ...]) -> str:
    if len(later) <= LISTED:
        return ", ".join(map(str, later))
    return f"{median_low(later)} in the middle ({min(later)} to {max(later)})"


def _higher(marks: Marks) -> str:
    count, higher = len(marks.later), marks.higher
    if count == 1:
        return "higher" if higher else "not higher"
    if not higher:
        return "higher in none"
    if higher == count:
        return "higher in both" if count == 2 else "higher in all"
    return f"higher in {_number(higher)} of them"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
