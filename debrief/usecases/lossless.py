"""Taking everything along: the whole record out as one file, and in again."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from debrief.errors import Refused
from debrief.exchange.lossless import KINDS, Record, read_record, write_record
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.calendar_feed import FEED_SETTING
from debrief.usecases.known_settings import known_settings

OF_THIS_PLACE = frozenset({FEED_SETTING})
"""Settings that stay behind: the calendar's secret address is no part of what is handed on, and none is taken over."""


def export_all(actor: Actor, store: Store, now: datetime) -> str:
    """Everything of the actor as JSON text; the same record always gives the same text, whatever `now`.

    The secret of the calendar's address is left out.
    """
    with store.unit(actor.owner, now) as unit:
        return write_record(_record(unit))


def import_all(actor: Actor, store: Store, now: datetime, content: str | bytes) -> int:
    """Adds everything that stands in an exported file; gives the number of facts.

    All of it or nothing. Settings that are set already stay as they are, those
    that nobody knows stay outside. Raises Refused with sentences: what is wrong
    in the file and where, or that some of it is in the record already.
    """
    record = read_record(content)
    with store.unit(actor.owner, now, "Imported a whole record") as unit:
        _refuse_doubles(unit, record)
        unit.add_all(chain.from_iterable(record.facts[name] for name in KINDS))
        mine = unit.settings()
        for key, value in known_settings(record.settings).items():
            if key not in mine:
                unit.set_setting(key, value)
    return sum(len(facts) for facts in record.facts.values())


def doubles(unit: Unit, brought: Record) -> int:
    """How many entries of a file are in the record already."""
    return sum(
        len({fact.id for fact in brought.facts[name]} & set(unit.columns(kind, ["id"])["id"]))
        for name, kind in KINDS.items()
    )


def _record(unit: Unit) -> Record:
    settings = {key: value for key, value in unit.settings().items() if key not in OF_THIS_PLACE}
    return Record({name: tuple(unit.find(kind)) for name, kind in KINDS.items()}, settings)


def _refuse_doubles(unit: Unit, brought: Record) -> None:
    count = doubles(unit, brought)
    if count:
        raise Refused(
            f"{count:,} of the entries in this file are in your record already, so nothing was imported. "
            "To go back to the state of the file, delete everything first, then import it."
        )
