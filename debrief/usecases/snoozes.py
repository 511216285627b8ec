"""Putting a step off to a date, skipping it for good, and bringing it back."""

from __future__ import annotations

from datetime import date, datetime

from debrief.domain.agenda import Due, holds, puts_off
from debrief.domain.checks import checked_line
from debrief.domain.facts import Snooze
from debrief.domain.moves import step_called
from debrief.domain.wording import date_in_words
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.actor import Actor


def put_off(actor: Actor, store: Store, now: datetime, due: Due, until: date) -> Snooze:
    """Takes a step off Today until a date in the interview's zone. Refuses one not ahead, or after the step closes."""
    today = now.astimezone(due.round.interview.zone).date()
    if until <= today:
        raise Refused("That day is not ahead. Choose tomorrow or a later day.", field="until")
    closes = due.step.closes
    if closes is not None and until > closes.date():
        raise Refused(
            f"By then its time has passed: it closes on {date_in_words(closes.date(), today)}. "
            "Choose an earlier day, or skip it.",
            field="until",
        )
    with store.unit(actor.owner, now, f"Put off until {date_in_words(until, today)}: {_about(due)}") as unit:
        return unit.add(_snooze(due, now, until=until))


def skip(actor: Actor, store: Store, now: datetime, due: Due, reason: str) -> Snooze:
    """Takes a step off Today for good. Refuses to do so without a reason: it is what the story will say later."""
    checked = checked_line(reason, "The reason", field="reason")
    if not checked:
        raise Refused("Say in a word or two why you skip it, so that you know later.", field="reason")
    with store.unit(actor.owner, now, f"Skipped: {_about(due)} ({checked})") as unit:
        return unit.add(_snooze(due, now, reason=checked))


def bring_back(actor: Actor, store: Store, now: datetime, due: Due) -> None:
    """Puts a step back on Today that was put off or skipped. Conflict where that was changed elsewhere."""
    with store.unit(actor.owner, now, f"Brought back: {_about(due)}") as unit:
        for snooze in due.round.snoozes:
            if puts_off(snooze, due.step) and holds(snooze, due.round, now):
                unit.remove(snooze)


def _snooze(due: Due, now: datetime, *, until: date | None = None, reason: str = "") -> Snooze:
    return Snooze(
        interview_id=due.round.interview.id,
        step=due.step.name.value,
        person_id=due.step.person_id,
        word_id=due.step.word.id if due.step.word else None,
        until=until,
        reason=reason,
        at=now,
    )


def _about(due: Due) -> str:
    person = due.step.person.name if due.step.person else None
    return f"{step_called(due.step.name, person)}, {due.course.application.employer}"
