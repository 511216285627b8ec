"""Cases told in few words: an interview on Monday 2 March 2026 at 15:00 in New York."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from debrief.domain.case import Case, Interviewer, Sent
from debrief.domain.facts import Decision, DecisionKind, Heard, MessageKind, Word
from debrief.domain.rules import StepName
from debrief.domain.timeline import Step, timeline
from debrief.domain.workdays import WorkingDays
from tests.house_rules import BOOK

NEW_YORK = ZoneInfo("America/New_York")
STANDARD = BOOK.rules["standard"]
GENTLE = BOOK.rules["gentle"]
DANA = Interviewer("dana", "Dana Whitfield")
AMIR = Interviewer("amir", "Amir Haddad", recruiter=True)


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """A time of 2026 on the clock of the interview: "3-02 15:00"."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=zone)


def day(text: str) -> date:
    """A date of 2026: "3-02"."""
    return at(f"{text} 12:00").date()


def a_case(**facts: Any) -> Case:
    """The interview, with these facts beside it."""
    return Case(**({"ended_at": at("3-02 15:00"), "zone": NEW_YORK} | facts))


def sent(kind: str, when: str, to: str | None = None) -> Sent:
    return Sent(MessageKind(kind), to, at(when), f"{kind} of {when}")


def heard(what: str, when: str, reply_by: str | None = None) -> Heard:
    named = day(reply_by) if reply_by else None
    return Heard(id=f"{what} of {when}", interview_id="", what=Word(what), at=at(when), reply_by=named)


def decided(what: str, when: str) -> Decision:
    return Decision(id=f"{what} of {when}", interview_id="", what=DecisionKind(what), at=at(when))


def steps(case: Case, now: str = "3-02 16:00", rules: Any = STANDARD, days: WorkingDays | None = None) -> list[Step]:
    return list(timeline(case, rules, days or WorkingDays(), at(now)))


def named(name: str, listed: list[Step]) -> list[Step]:
    return [step for step in listed if step.name is StepName(name)]


def only(name: str, listed: list[Step]) -> Step:
    """The one step of this name."""
    (step,) = named(name, listed)
    return step


def dates(step: Step) -> tuple[str | None, str | None, str | None]:
    """When it opens, is due and closes, to the minute: "03-09 00:00"."""
    return tuple(when and f"{when:%m-%d %H:%M}" for when in (step.opens, step.due, step.closes))  # type: ignore[return-value]
