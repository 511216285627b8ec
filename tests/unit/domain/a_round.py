"""Rounds told in few words: an interview on Monday 2 March 2026 at 15:00 in New York."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import (
    Answer,
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
    Tick,
    Word,
)

END = datetime(2026, 3, 2, 15, tzinfo=ZoneInfo("America/New_York"))
APPLICATION = Application(id="acme", employer="Acme Lanterns", role="Data analyst", country=None)


def later(**length: float) -> datetime:
    """A time after the interview's end."""
    return END + timedelta(**length)


def an_interview(**facts: Any) -> Interview:
    given = {"id": "one", "application_id": "acme", "round": "first", "ended_at": END, "timezone": "America/New_York"}
    return Interview(**(given | facts))


def met(*names: str, rapport: int | None = None) -> tuple[Met, ...]:
    """People met, each with the first name as id."""
    return tuple(
        Met(
            Person(id=name.split()[0].lower(), name=name, employer="Acme Lanterns"),
            Meeting(interview_id="one", person_id=name.split()[0].lower(), rapport=rapport),
        )
        for name in names
    )


def note(kind: MessageKind, sent_at: datetime | None, person_id: str | None = None) -> Message:
    return Message(interview_id="one", kind=kind, person_id=person_id, sent_at=sent_at)


def heard(what: Word, at: datetime, **facts: Any) -> Heard:
    return Heard(interview_id="one", what=what, at=at, **facts)


def decided(what: DecisionKind, at: datetime) -> Decision:
    return Decision(interview_id="one", what=what, at=at)


def tick(item: str, at: datetime) -> Tick:
    return Tick(interview_id="one", item=item, at=at)


def a_round(**parts: Any) -> Round:
    """The round, with these parts beside its interview."""
    return Round(**({"interview": an_interview()} | parts))


def reflected(values: Mapping[str, Answer], version: int = 1, **parts: Any) -> Round:
    """A round with a reflection that holds these answers."""
    return a_round(
        reflection=Reflection(id="look", interview_id="one", questionnaire=version, started_at=END),
        answers={
            key: ReflectionAnswer(reflection_id="look", question=key, value=value, saved_at=END)
            for key, value in values.items()
        },
        **parts,
    )


def a_course(*rounds: Round) -> Course:
    return Course(APPLICATION, rounds)
