"""Days on the clock of one place, where clocks skip and repeat hours.

Instants are in UTC here: Python compares two times of the same zone by what the
clock shows, and would take a repeated hour for the first one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_SECOND = timedelta(seconds=1)
LAST_SECOND = time(23, 59, 59)


def date_in(zone: ZoneInfo, instant: datetime) -> date:
    """The date that the calendar on the wall shows at this instant."""
    return instant.astimezone(zone).date()


def on_the_clock(zone: ZoneInfo, instant: datetime) -> datetime:
    """The instant as the zone's clock shows it. Take differences in UTC, never between two of these."""
    return instant.astimezone(zone)


def day_starts(zone: ZoneInfo, day: date) -> datetime:
    """00:00:00 of the day, or its first instant where the clock skips midnight; in UTC."""
    midnight = datetime.combine(day, time.min, zone)
    if _is_skipped(midnight):
        return _jump(midnight)
    return midnight.astimezone(UTC)


def day_ends(zone: ZoneInfo, day: date) -> datetime:
    """23:59:59 of the day, the second one where the clock repeats it; in UTC.

    Where the clock skips even that, the last second before the jump.
    """
    last = datetime.combine(day, LAST_SECOND, zone).replace(fold=1)
    if _is_skipped(last):
        return _jump(last) - ONE_SECOND
    return last.astimezone(UTC)


def _is_skipped(wall: datetime) -> bool:
    """Whether no clock of the place ever showed this time: then it does not survive the way to UTC and back."""
    seen = wall.astimezone(UTC).astimezone(wall.tzinfo)
    return seen.replace(tzinfo=None) != wall.replace(tzinfo=None)


def _jump(wall: datetime) -> datetime:
    """The instant at which the clock jumped over `wall`, in UTC, found by halving."""
    before = wall.replace(fold=1).astimezone(UTC)
    after = wall.replace(fold=0).astimezone(UTC)
    old_offset = before.astimezone(wall.tzinfo).utcoffset()
    while after - before > ONE_SECOND:
        middle = before + timedelta(seconds=(after - before) // ONE_SECOND // 2)
        if middle.astimezone(wall.tzinfo).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after
