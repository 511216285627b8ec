"""The history that the charts read, and a worked example for those who have too little of their own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from debrief.domain.rules import HouseRules
from debrief.insights.check_ins import Conventions, check_ins_of
from debrief.insights.reading import Part
from debrief.insights.record import Record, parts_of, record_of
from debrief.public_holidays import working_days
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.sample import load_sample

PartT = TypeVar("PartT")


def history(actor: Actor, store: Store, now: datetime, rules: HouseRules) -> Record:
    """The actor's whole history as frames, as things stand at `now`."""
    with store.unit(actor.owner, now) as unit:
        parts = parts_of(unit.columns)
    return record_of(parts, check_ins_of(parts.rounds, parts.notes, conventions(rules)), now)


def read_part(part: Part[PartT], actor: Actor, store: Store, now: datetime) -> PartT:
    """One part of the actor's history."""
    with store.unit(actor.owner, now) as unit:
        return part.read(unit.columns)


def conventions(rules: HouseRules) -> Conventions:
    """The house rules with the public holidays of all countries."""
    return Conventions(rules, working_days)


def example_history(now: datetime, rules: HouseRules) -> Record:
    """The sample history as frames, from a record of its own that is gone again afterwards."""
    with TemporaryDirectory(prefix="debrief-example-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'example.db'}")
        try:
            load_sample(Actor(), store, now)
            return history(Actor(), store, now, rules)
        finally:
            store.close()
