"""What the charts read, in one bundle of tidy frames made from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from debrief.domain.case import Case, Sent, case_of
from debrief.domain.courses import Course, Round
from debrief.domain.facts import Lesson, MessageKind, RoundState
from debrief.domain.rules import HouseRules
from debrief.domain.terms import Terms
from debrief.domain.workdays import WorkingDays
from debrief.insights.history import frame_of
from debrief.insights.questions import moments

CHECK_INS = (MessageKind.CHECK_IN, MessageKind.LAST_MESSAGE)


@dataclass(frozen=True, slots=True)
class Record:
    """The frames of one owner, as things stood at one `now`."""

    interviews: pd.DataFrame
    """One row for each held interview: see history."""
    moments: pd.DataFrame
    """Columns interview_id, competency, hard (bool), went (1 to 5 or NaN): see questions.Moment."""
    check_ins: pd.DataFrame
    """Columns interview_id, in_time (bool): one row for each check-in or last message sent."""
    lessons: pd.DataFrame
    """Columns lesson_id, area, state, created_at, interview_id: one row for each interview that taught a lesson."""

    def only(self, interviews: pd.DataFrame) -> Record:
        """The record narrowed to some of its interviews; lessons that came from no interview are left out then."""
        if len(interviews) == len(self.interviews):
            return self
        kept = interviews["interview_id"]
        return Record(
            interviews,
            *(frame[frame["interview_id"].isin(kept)] for frame in (self.moments, self.check_ins, self.lessons)),
        )


@dataclass(frozen=True, slots=True)
class Conventions:
    """By whose rules and calendar a check-in was in time."""

    rules: HouseRules
    working_days: Callable[[str | None], WorkingDays]
    """Of a country by its code, None for no holidays (public_holidays.working_days)."""


def record_of(courses: Sequence[Course], lessons: Iterable[Lesson], now: datetime, conventions: Conventions) -> Record:
    """The frames of these facts at `now`. Raises Refused when a fact is dated later than `now`."""
    return Record(
        interviews=frame_of(courses, now),
        moments=_moments(courses),
        check_ins=_check_ins(courses, conventions),
        lessons=_lessons(lessons),
    )


def _moments(courses: Sequence[Course]) -> pd.DataFrame:
    rows = [
        (one.interview.id, moment.competency, moment.hard, moment.went)
        for _, one in _held(courses)
        for moment in moments(one.answers)
    ]
    return pd.DataFrame(rows, columns=["interview_id", "competency", "hard", "went"]).astype(
        {"interview_id": str, "competency": str, "hard": bool, "went": float}
    )


def _check_ins(courses: Sequence[Course], conventions: Conventions) -> pd.DataFrame:
    rows = [
        (
            one.interview.id,
            _in_time(case, note, conventions.rules, conventions.working_days(course.application.country)),
        )
        for course, one in _held(courses)
        if any(message.sent_at and message.kind in CHECK_INS for message in one.messages)
        for case in [case_of(one)]
        for note in case.sent
        if note.kind in CHECK_INS
    ]
    return pd.DataFrame(rows, columns=["interview_id", "in_time"]).astype({"interview_id": str, "in_time": bool})


def _in_time(case: Case, note: Sent, rules: HouseRules, days: WorkingDays) -> bool:
    """Whether the step that the note carries out was open, or late, on the day when it was sent.

    The timeline would say the same; its terms are asked directly, because it
    works out every other step as well, for each note of a long history.
    """
    before = replace(
        case,
        sent=tuple(other for other in case.sent if other.at < note.at),
        heard=tuple(word for word in case.heard if word.at <= note.at),
        decided=tuple(decision for decision in case.decided if decision.at <= note.at),
    )
    terms = Terms(before, rules, days)
    if note.kind is MessageKind.CHECK_IN:
        opens, window, earlier = terms.check_in_opens, rules.check_in.window, terms.check_in
    else:
        opens, window, earlier = terms.last_message_opens, rules.last_message.window, terms.last_message
    if opens is None or earlier or terms.settled:
        return False
    return opens <= terms.date_of(note.at) <= terms.after(opens, window.closes)


def _lessons(lessons: Iterable[Lesson]) -> pd.DataFrame:
    rows = [
        (lesson.id, lesson.area, lesson.state.value, lesson.created_at, interview_id)
        for lesson in lessons
        for interview_id in lesson.interview_ids or ("",)
    ]
    frame = pd.DataFrame(rows, columns=["lesson_id", "area", "state", "created_at", "interview_id"])
    frame["created_at"] = pd.to_datetime(frame["created_at"], utc=True)
    return frame.astype(dict.fromkeys(("lesson_id", "area", "state", "interview_id"), str))


def _held(courses: Sequence[Course]) -> Iterator[tuple[Course, Round]]:
    for course in courses:
        for one in course.rounds:
            if one.interview.state is RoundState.HELD:
                yield course, one
