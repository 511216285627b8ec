"""Checks on what a user enters: each gives the value back, or refuses it with a sentence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from debrief.errors import Refused

LONGEST_TEXT = 200_000
"""Characters in one text. Longer ones are refused whole, never cut."""
LONGEST_LINE = 300
"""Characters in a name, a label or another single line."""

EARLIEST_YEAR, LATEST_YEAR = 1950, 2200
"""Beyond these a year is a slip of the keyboard."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def checked_text(text: str, what: str, *, field: str | None = None, limit: int = LONGEST_TEXT) -> str:
    """The text, exactly as typed in whatever script. Refuses control characters and more than `limit` characters."""
    if len(text) > limit:
        raise Refused(
            f"{what} is {len(text):,} characters long; up to {limit:,} can be kept. "
            "Shorten it or split it in two: nothing of it was saved.",
            field=field,
        )
    found = _CONTROL.search(text)
    if found:
        raise Refused(
            f"{what} holds an invisible control character (U+{ord(found[0]):04X}) at position {found.start() + 1}. "
            "It usually comes from copying: delete it there and save again.",
            field=field,
        )
    return text


def checked_line(text: str, what: str, *, field: str | None = None) -> str:
    """A single line without blanks around it, possibly empty."""
    line = checked_text(text, what, field=field, limit=LONGEST_LINE).strip()
    if "\n" in line or "\r" in line:
        raise Refused(f"{what} is one line; take the line breaks out.", field=field)
    return line


def required_line(text: str, what: str, *, field: str | None = None) -> str:
    """A single line that says something."""
    line = checked_line(text, what, field=field)
    if not line:
        raise Refused(f"{what} is empty. Fill it in to go on.", field=field)
    return line


@cache
def known_zones() -> tuple[str, ...]:
    """Every time zone with a place in its name, in alphabetical order."""
    return tuple(sorted(zone for zone in _all_zones() if "/" in zone or zone == "UTC"))


def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in _all_zones()


@cache
def _all_zones() -> frozenset[str]:
    """Finding them takes a walk through the disk."""
    return frozenset(available_timezones())


def checked_zone(name: str, *, field: str | None = None) -> ZoneInfo:
    """The time zone of this name."""
    if not is_zone(name):
        raise Refused(
            f"“{name}” is not a known time zone. Choose one such as Europe/London or Asia/Kuala_Lumpur.", field=field
        )
    return ZoneInfo(name)


def checked_not_future(at: datetime, now: datetime, what: str, *, field: str | None = None) -> datetime:
    """An instant that has come: facts are not logged before they happen."""
    if at > now:
        raise Refused(
            f"{what} lies in the future ({at:%d %B %Y, %H:%M}). Log it once it has happened, or mend the time.",
            field=field,
        )
    return at


def checked_not_before(at: datetime, start: datetime, what: str, *, field: str | None = None) -> datetime:
    """An instant that is not earlier than what it follows from."""
    if at < start:
        raise Refused(
            f"{what} ({at:%d %B %Y, %H:%M}) lies before the interview ended ({start:%d %B %Y, %H:%M}). "
            "Mend the date, or choose the round that it belongs to.",
            field=field,
        )
    return at


def checked_email(text: str, *, field: str | None = None) -> str:
    """An e-mail address, possibly empty."""
    email = checked_line(text, "The e-mail address", field=field)
    if email and not _EMAIL.fullmatch(email):
        raise Refused(f"“{email}” is not an e-mail address. Mend it or leave it empty.", field=field)
    return email


def end_instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which the clock of this zone shows this date and time. Refuses a time the clock skips."""
    local = datetime.combine(on, at, tzinfo=zone)
    if not EARLIEST_YEAR <= on.year <= LATEST_YEAR:
        raise Refused(f"The year {on.year} cannot be right. Check the date.", field="on")
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused(
            f"On {on:%d %B %Y} the clocks in {zone.key} go forward and {at:%H:%M} does not exist. "
            "Choose the time that the clock showed.",
            field="at",
        )
    return local
