"""An application as a story: every round, note, word and decision in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Decision, Heard, Interview, Message, Reflection, Snooze


class EventKind(StrEnum):
    """What an event is about."""

    ROUND = "round"
    REFLECTED = "reflected"
    SENT = "sent"
    HEARD = "heard"
    DECIDED = "decided"
    PUT_OFF = "put_off"


Subject = Interview | Reflection | Message | Heard | Decision | Snooze


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in one round, with the fact that says so."""

    at: datetime
    """In the interview's own zone."""
    kind: EventKind
    round: Round
    fact: Subject


def events_of(course: Course) -> tuple[Event, ...]:
    """Everything that happened in an application, the earliest first."""
    return tuple(sorted((event for one in course.rounds for event in _of_round(one)), key=lambda event: event.at))


def _of_round(one: Round) -> list[Event]:
    dated: list[tuple[datetime | None, EventKind, Subject]] = [
        (one.interview.ended_at, EventKind.ROUND, one.interview),
        *((message.sent_at, EventKind.SENT, message) for message in one.messages),
        *((word.at, EventKind.HEARD, word) for word in one.heard),
        *((decision.at, EventKind.DECIDED, decision) for decision in one.decisions),
        *((snooze.at, EventKind.PUT_OFF, snooze) for snooze in one.snoozes),
    ]
    if one.reflection is not None:
        dated.append((one.reflection.finished_at, EventKind.REFLECTED, one.reflection))
    zone = one.interview.zone
    return [Event(at.astimezone(zone), kind, one, fact) for at, kind, fact in dated if at is not None]
