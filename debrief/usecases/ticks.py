"""Checklist items that only the user can say are done."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.checklist import DoItem
from debrief.domain.facts import Interview, Tick
from debrief.store import Store
from debrief.usecases.actor import Actor


def tick(actor: Actor, store: Store, now: datetime, interview_id: str, item: DoItem) -> Tick:
    """Marks an item of an interview as done now."""
    with store.unit(actor.owner, now, f"Ticked: {item.title}") as unit:
        unit.get(Interview, interview_id)
        return unit.add(Tick(interview_id=interview_id, item=item.id, at=now))


def untick(actor: Actor, store: Store, now: datetime, ticked: Tick) -> None:
    """Takes a tick back."""
    with store.unit(actor.owner, now, "Took a tick back") as unit:
        unit.remove(ticked)
