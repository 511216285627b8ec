"""Settings: habits and half-filled forms that are kept under a key, and are no facts. Saving them is not journaled."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.facts import Answer
from debrief.store import Store
from debrief.usecases.actor import Actor


def keep_setting(actor: Actor, store: Store, now: datetime, key: str, value: Answer) -> None:
    """Keeps a value under a key, in the place of what stood there."""
    with store.unit(actor.owner, now) as unit:
        unit.set_setting(key, value)
