"""What to do across all applications, most urgent first, and who is still silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import cached_property

from debrief.domain.case import case_of
from debrief.domain.clock import day_ends
from debrief.domain.courses import Course, Round, RoundInCourse, Status
from debrief.domain.facts import RoundState, Snooze, Word
from debrief.domain.rules import HouseRules, StepName
from debrief.domain.timeline import Step, StepState, timeline
from debrief.domain.workdays import WorkingDays

DaysOf = Callable[[str | None], WorkingDays]
"""The working days of a country by its code; None: no public holidays."""


class Urgency(IntEnum):
    """The order of Today: an offer's answer-by date above all, then late, open, soon."""

    OFFER = 0
    LATE = 1
    OPEN = 2
    WHENEVER = 3
    SOON = 4


@dataclass(frozen=True, slots=True)
class Due:
    """One step of one round, as Today lists it."""

    course: Course
    round: Round
    step: Step

    @property
    def answer_by(self) -> date | None:
        """The date by which an offer wants its answer, on the offer's own step."""
        word = self.step.word
        return word.reply_by if word is not None and word.what is Word.OFFER else None

    @property
    def urgency(self) -> Urgency:
        """Where the step belongs on Today."""
        if self.step.name is StepName.OFFER_REPLY and self.step.state.is_actionable:
            return Urgency.OFFER
        if self.step.state is StepState.LATE:
            return Urgency.LATE
        if self.step.state is StepState.OPEN:
            return Urgency.OPEN if self.step.due is not None else Urgency.WHENEVER
        return Urgency.SOON

    @property
    def acts_by(self) -> datetime:
        """The instant that orders steps of the same urgency; for an offer with a date to answer by, the end of it."""
        if self.answer_by is not None and self.urgency is Urgency.OFFER:
            return day_ends(self.round.interview.zone, self.answer_by)
        return self.step.opens if self.urgency is Urgency.SOON else self.step.due or self.step.opens

    @property
    def snooze(self) -> Snooze | None:
        """The latest putting-off of this very step."""
        return next((snooze for snooze in reversed(self.round.snoozes) if puts_off(snooze, self.step)), None)

    @property
    def lies_ahead(self) -> bool:
        """Whether it is still to be taken, now or later, and was not skipped for good."""
        skipped = self.snooze is not None and self.snooze.until is None
        return self.step.state.is_ahead and not skipped

    def speaks_of(self, wanted: str) -> bool:
        """Whether every word of a search stands in the employer, the role, the round or the person concerned."""
        application, person = self.course.application, self.step.person
        names = (application.employer, application.role, self.round.interview.round, person.name if person else "")
        text = " ".join(names).casefold()
        return all(word in text for word in wanted.casefold().split())


@dataclass(frozen=True, slots=True)
class Silence:
    """A round whose employer has not said anything final, and what comes next in it."""

    course: Course
    round: Round
    days: int
    """Whole calendar days since the end or since the employer's last word, in the interview's zone."""
    next_step: Step | None


@dataclass(frozen=True)
class Agenda:
    """Everything that Today shows. `dues` are in order of urgency, put-off ones apart."""

    courses: tuple[Course, ...]
    steps: Mapping[str, tuple[Step, ...]]
    """Every step, in whatever state, by the id of its interview."""
    dues: tuple[Due, ...]
    put_off: tuple[Due, ...]
    silent: tuple[Silence, ...]
    to_come: tuple[RoundInCourse, ...]
    """Rounds whose planned end lies ahead, the nearest first."""
    to_finish: tuple[RoundInCourse, ...]
    """Scheduled rounds whose planned end has passed: what became of them?"""

    @cached_property
    def now(self) -> tuple[Due, ...]:
        """What can be done now."""
        return tuple(due for due in self.dues if due.urgency is not Urgency.SOON)

    @cached_property
    def soon(self) -> tuple[Due, ...]:
        """What opens later."""
        return tuple(due for due in self.dues if due.urgency is Urgency.SOON)


def agenda(courses: Iterable[Course], rules: HouseRules, days_of: DaysOf, now: datetime) -> Agenda:
    """What to do now and soon across these courses, under these rules."""
    listed = tuple(courses)
    every = [due for course in listed for due in steps_of(course, rules, days_of, now)]
    dues = [due for due in every if due.step.state.is_ahead]
    dues.sort(key=lambda due: (due.urgency, due.acts_by, due.course.application.id))
    planned = sorted(
        (one for course in listed for one in course.placed if one.round.interview.state is RoundState.SCHEDULED),
        key=lambda one: one.round.interview.ended_at,
    )
    return Agenda(
        courses=listed,
        steps=_by_interview(every),
        dues=tuple(due for due in dues if not is_put_off(due, now)),
        put_off=tuple(due for due in dues if is_put_off(due, now)),
        silent=_silent(listed, dues, now),
        to_come=tuple(one for one in planned if one.round.interview.ended_at > now),
        to_finish=tuple(one for one in planned if one.round.interview.ended_at <= now),
    )


def steps_of(course: Course, rules: HouseRules, days_of: DaysOf, now: datetime) -> tuple[Due, ...]:
    """Every step of every held round of one application, in the order of the rounds and of the table."""
    days = days_of(course.application.country)
    return tuple(
        Due(course, one, step)
        for one in course.rounds
        if one.interview.state is RoundState.HELD
        for step in timeline(case_of(one), rules, days, now)
    )


def puts_off(snooze: Snooze, step: Step) -> bool:
    """Whether a snooze is about this step."""
    word_id = step.word.id if step.word else None
    return snooze.step == step.name and (snooze.person_id, snooze.word_id) == (step.person_id, word_id)


def is_put_off(due: Due, now: datetime) -> bool:
    """Whether the step is skipped, or snoozed to a date that has not come."""
    return due.snooze is not None and holds(due.snooze, due.round, now)


def holds(snooze: Snooze, one: Round, now: datetime) -> bool:
    """Whether a putting-off still has an effect: for good, or until a date that has not come in the round's zone."""
    return snooze.until is None or now.astimezone(one.interview.zone).date() < snooze.until


def _by_interview(dues: Iterable[Due]) -> Mapping[str, tuple[Step, ...]]:
    found: dict[str, list[Step]] = {}
    for due in dues:
        found.setdefault(due.round.interview.id, []).append(due.step)
    return {interview_id: tuple(steps) for interview_id, steps in found.items()}


def _silent(courses: Iterable[Course], dues: Iterable[Due], now: datetime) -> tuple[Silence, ...]:
    """Rounds that wait for the employer, the longest silence first."""
    ahead: dict[str, list[Step]] = {}
    for due in dues:
        if due.step.name in (StepName.CHECK_IN, StepName.LAST_MESSAGE, StepName.LET_GO):
            ahead.setdefault(due.round.interview.id, []).append(due.step)
    waiting = [
        Silence(
            course=course,
            round=one,
            days=_days_silent(one, now),
            next_step=min(ahead.get(one.interview.id, []), key=lambda step: step.opens, default=None),
        )
        for course in courses
        if (one := course.latest) is not None and one.status is Status.WAITING
    ]
    return tuple(sorted(waiting, key=lambda silence: (-silence.days, silence.course.application.employer)))


def _days_silent(one: Round, now: datetime) -> int:
    zone = one.interview.zone
    last = max([one.interview.ended_at, *(word.at for word in one.heard)])
    return (now.astimezone(zone).date() - last.astimezone(zone).date()).days
