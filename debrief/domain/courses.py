"""The course of an application: its rounds with everything sent, heard and decided.

A `Course` is what the other parts of the domain work on. Status is derived
here and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from debrief.domain.facts import (
    Application,
    Decision,
    DecisionKind,
    Heard,
    Interview,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    RoundState,
    Snooze,
    Tick,
    Word,
)


class Status(StrEnum):
    """Where a round stands. The first eight are the command line's words."""

    WAITING = "waiting"
    REJECTED = "rejected"
    OFFER = "offer"
    ADVANCED = "advanced"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    LET_GO = "let_go"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has a move to make: the employer's answer, or one's own to an offer."""
        return self in (Status.WAITING, Status.SCHEDULED, Status.OFFER, Status.ADVANCED)


NOTHING_YET = Status.WAITING
"""Where an application without any round stands."""


def status_of(
    state: RoundState, words: Iterable[tuple[datetime, Word]], decisions: Iterable[tuple[datetime, DecisionKind]]
) -> Status:
    """Where a round stands after what was heard and decided, and when.

    That is whichever of decision and final answer came last (the decision on a
    tie), else waiting; and the state itself of a round that was not held.
    """
    if state is not RoundState.HELD:
        return Status(state.value)
    answers = [(at, 0, what.value) for at, what in words if what.is_final]
    decided = [(at, 1, what.value) for at, what in decisions]
    in_time = sorted(answers + decided, key=lambda entry: entry[:2])
    return Status(in_time[-1][2]) if in_time else Status.WAITING


@dataclass(frozen=True, slots=True)
class Met:
    """One person met in one round, with what was noted about the talk."""

    person: Person
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Round:
    """One interview with everything that belongs to it. Tuples are in order of time."""

    interview: Interview
    met: tuple[Met, ...] = ()
    reflection: Reflection | None = None
    answers: Mapping[str, ReflectionAnswer] = field(default_factory=dict[str, ReflectionAnswer])
    messages: tuple[Message, ...] = ()
    heard: tuple[Heard, ...] = ()
    decisions: tuple[Decision, ...] = ()
    ticks: tuple[Tick, ...] = ()
    snoozes: tuple[Snooze, ...] = ()

    @property
    def status(self) -> Status:
        """Whichever of decision and final answer came last (the decision on a tie), else waiting."""
        return status_of(
            self.interview.state,
            ((word.at, word.what) for word in self.heard),
            ((decision.at, decision.what) for decision in self.decisions),
        )

    @property
    def first_word_at(self) -> datetime | None:
        """When the employer said anything at all, first."""
        return min((word.at for word in self.heard), default=None)

    def sent(self, kind: MessageKind, person_id: str | None = None) -> Message | None:
        """The latest note of this kind that went out, to this person where one is given."""
        notes = [
            message
            for message in self.messages
            if message.kind is kind
            and message.sent_at is not None
            and (person_id is None or message.person_id == person_id)
        ]
        return max(notes, key=lambda message: message.sent_at or self.interview.ended_at, default=None)

    def met_by(self, person_id: str | None) -> Met | None:
        """The person with this id, if they were in the round."""
        return next((met for met in self.met if met.person.id == person_id), None)


@dataclass(frozen=True, slots=True)
class Course:
    """One application with its rounds in order of time; without any until the first one is logged."""

    application: Application
    rounds: tuple[Round, ...]

    @property
    def latest(self) -> Round | None:
        """The round that ended, or is to end, last."""
        return self.rounds[-1] if self.rounds else None

    @property
    def status(self) -> Status:
        """The latest round's."""
        return self.latest.status if self.latest else NOTHING_YET

    def round_of(self, interview_id: str) -> Round | None:
        """The round with this interview id."""
        return next((one for one in self.rounds if one.interview.id == interview_id), None)

    @property
    def placed(self) -> tuple[RoundInCourse, ...]:
        """The rounds, each with this application."""
        return tuple(RoundInCourse(self, one) for one in self.rounds)


class RoundInCourse(NamedTuple):
    """One round, with the application that it belongs to."""

    course: Course
    round: Round

    @property
    def in_time(self) -> tuple[datetime, str]:
        """For sorting: when the round ended, and its id where several ended at once."""
        return self.round.interview.ended_at, self.round.interview.id


def met_at(courses: Iterable[Course]) -> Mapping[str, list[Interview]]:
    """The interviews in which each person was met, by the person's id."""
    found: dict[str, list[Interview]] = {}
    for one in (one for course in courses for one in course.rounds):
        for met in one.met:
            found.setdefault(met.person.id, []).append(one.interview)
    return found
