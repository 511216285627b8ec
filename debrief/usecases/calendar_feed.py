"""The calendar that other programs subscribe to: off until it is switched on, at an address nobody can guess.

Whoever knows the address can read it, and nothing else: no private notes are in
it, and reading it changes nothing in the record.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from debrief.domain.rules import RuleBook
from debrief.exchange.calendar import CalendarFile, Ledger, Link, calendar_file, events_ahead, ledger_from_json
from debrief.public_holidays import working_days
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import rules_in_force
from debrief.usecases.calendar_files import LEDGER_SETTING

FEED_SETTING = "calendar_feed"
_SECRET_BYTES = 32


def feed_secret(actor: Actor, store: Store, now: datetime) -> str | None:
    """The secret part of the calendar's address; None while the calendar is switched off."""
    with store.unit(actor.owner, now) as unit:
        return str(unit.setting(FEED_SETTING) or "") or None


def switch_feed_on(actor: Actor, store: Store, now: datetime) -> str:
    """Gives the calendar a new address; one that it had before leads nowhere from now on."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with store.unit(actor.owner, now) as unit:
        unit.set_setting(FEED_SETTING, secret)
    return secret


def switch_feed_off(actor: Actor, store: Store, now: datetime) -> None:
    """Takes the calendar's address away."""
    with store.unit(actor.owner, now) as unit:
        unit.set_setting(FEED_SETTING, "")


def opens_feed(actor: Actor, store: Store, now: datetime, given: str) -> bool:
    """Whether this is the secret of the actor's calendar; the comparison takes as long for a near miss."""
    secret = feed_secret(actor, store, now)
    return secrets.compare_digest((secret or "").encode(), given.encode()) and secret is not None


def feed_file(actor: Actor, store: Store, now: datetime, book: RuleBook, link: Link, *, handed: Ledger) -> CalendarFile:
    """All steps ahead. `handed` is what earlier answers held: it keeps an event that stays the same unchanged.

    The record is read and not written: what was downloaded as files counts as
    handed out too, but this answer is not noted there.
    """
    rules = rules_in_force(actor, store, now, book)
    with store.unit(actor.owner, now) as unit:
        events = events_ahead(unit.courses(), rules, working_days, now, link)
        noted = ledger_from_json(unit.setting(LEDGER_SETTING))
    return calendar_file(events, {**noted, **handed}, now)
