"""Tending the record: taking out what should not be there, and taking back what was done, from the journal."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.facts import Application, Decision, Heard, Interview, Message
from debrief.store import Store
from debrief.usecases.actor import Actor


def remove_application(actor: Actor, store: Store, now: datetime, application_id: str) -> None:
    """Takes an application out with its rounds and everything in them."""
    with store.unit(actor.owner, now) as unit:
        application = unit.get(Application, application_id)
    with store.unit(actor.owner, now, f"Deleted {application.employer}, {application.role}") as unit:
        unit.remove(application)


def remove_interview(actor: Actor, store: Store, now: datetime, interview_id: str) -> None:
    """Takes one round out with everything in it."""
    with store.unit(actor.owner, now) as unit:
        interview = unit.get(Interview, interview_id)
    with store.unit(actor.owner, now, f"Deleted the round {interview.round}") as unit:
        unit.remove(interview)


def remove_entry(actor: Actor, store: Store, now: datetime, entry: Heard | Decision | Message) -> None:
    """Takes one answer, decision or note out."""
    names = {Heard: "what they said", Decision: "your decision", Message: "the note"}
    with store.unit(actor.owner, now, f"Deleted {names[type(entry)]}") as unit:
        unit.remove(entry)


def undo(actor: Actor, store: Store, now: datetime, entry_id: int) -> None:
    """Takes back one entry of the journal as a whole.

    Raises NotFound if the entry is gone, Refused if anything in it has changed
    since or if newer work belongs to it.
    """
    with store.unit(actor.owner, now) as unit:
        unit.undo(entry_id)
