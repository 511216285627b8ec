"""Dates as people and programs write them. Whether 03/04 is in March or April is found over a whole column, or asked.

English names of months, figures with slashes, dots or hyphens, ISO 8601; each
with or without a time of day and an offset. Nothing is guessed: a date that the
calendar does not have, or that could be two, is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta, timezone
from enum import StrEnum

from debrief.domain.checks import EARLIEST_YEAR, LATEST_YEAR
from debrief.exchange.imports.problems import shown


class DayOrder(StrEnum):
    """Which of two figures is the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says: a day, perhaps a time of day, perhaps an offset from UTC."""

    day: date
    clock: time | None = None
    offset: timezone | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the figures of one column tell about their order."""

    day_first: str = ""
    """A cell in which only the first figure can be the day, if there is one."""
    month_first: str = ""
    unclear: str = ""
    """A cell that could be either."""

    def with_cell(self, cell: str) -> Evidence:
        """The evidence with one more cell."""
        found = _FIGURES.fullmatch(cell.strip()) if len(cell) <= _LONGEST else None
        if not found:
            return self
        first, second = int(found["first"]), int(found["other"])
        if first > 12 >= second:
            return self if self.day_first else replace(self, day_first=cell)
        if second > 12 >= first:
            return self if self.month_first else replace(self, month_first=cell)
        return self if self.unclear or first == second else replace(self, unclear=cell)

    @property
    def order(self) -> DayOrder | None:
        """The order that the column proves; None where it proves none, or both."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return DayOrder.DAY_FIRST if self.day_first else DayOrder.MONTH_FIRST

    @property
    def needs_an_answer(self) -> bool:
        """Whether somebody has to say what comes first."""
        return self.order is None and bool(self.unclear)


_FLAGS = re.IGNORECASE | re.ASCII
_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<offset>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d:?\d\d)?"
)
_TAIL = rf"(?:(?:[T,]|\s+at\b|\s)\s*{_CLOCK})?"
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_TAIL}", _FLAGS
)
_PACKED = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<offset>Z)?)?",
    re.ASCII,
)
_FIGURES = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<other>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d\d)(?!\d){_TAIL}", _FLAGS
)
_DAY_NAMED = re.compile(
    rf"(?:[a-z]+,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<name>[a-z]{{3,9}})\.?,?[\s-]+(?P<year>\d{{4}}){_TAIL}",
    re.I,
)
_MONTH_NAMED = re.compile(
    rf"(?:[a-z]+,\s+)?(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TAIL}",
    _FLAGS,
)
_ONLY_CLOCK = re.compile(_CLOCK, _FLAGS)
_FROM_TO = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", _FLAGS)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LONGEST = 60
"""Characters; no date has more."""
EXPECTED = "is no date that can be read. Write it as 2026-03-05, or 2026-03-05 14:30 with the time."


def looks_like_a_date(cell: str) -> bool:
    """Whether a cell is written as a date, be it one of the calendar or not."""
    text = cell.strip()
    return len(text) <= _LONGEST and any(
        pattern.fullmatch(text) for pattern in (_YEAR_FIRST, _FIGURES, _PACKED, _DAY_NAMED, _MONTH_NAMED)
    )


def read_moment(cell: str, order: DayOrder | None) -> Moment:
    """The moment that a cell tells. Raises ValueError with what is wrong with it."""
    text = cell.strip()
    found = _matched(text)
    if found is None:
        raise ValueError(f"“{shown(text)}” {EXPECTED}")
    year, month, day = _figures(found, text, order)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(f"the year in “{shown(text)}” cannot be right.")
    try:
        on = date(year, month, day)
    except ValueError:
        raise ValueError(f"“{shown(text)}” is no date of the calendar.") from None
    return Moment(on, *_clock(found, text))


def read_clock(cell: str) -> time:
    """The time of day that a cell tells; of "10:00–11:00" the end. Raises ValueError with what is wrong with it."""
    text = cell.strip()
    last = _FROM_TO.split(text)[-1] if len(text) <= _LONGEST else text
    found = _ONLY_CLOCK.fullmatch(last)
    if found is not None and (found["minute"] or found["half"]):
        clock, _ = _clock(found, text)
    else:
        clock = read_moment(text, DayOrder.DAY_FIRST).clock if looks_like_a_date(text) else None
    if clock is None:
        raise ValueError(f"“{shown(text)}” is no time of day. Write it as 14:30 or 2:30 pm.")
    return clock


def _matched(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    patterns = (_YEAR_FIRST, _FIGURES, _PACKED, _DAY_NAMED, _MONTH_NAMED)
    return next((found for pattern in patterns if (found := pattern.fullmatch(text))), None)


def _figures(found: re.Match[str], text: str, order: DayOrder | None) -> tuple[int, int, int]:
    """Year, month and day."""
    parts = found.groupdict()
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["other"])
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
        day, month = (first, second) if _is_day_first(first, second, text, order) else (second, first)
        return year, month, day
    if "name" in parts:
        return int(parts["year"]), _month_of(parts["name"], text), int(parts["day"])
    return int(parts["year"]), int(parts["month"]), int(parts["day"])


def _is_day_first(first: int, second: int, text: str, order: DayOrder | None) -> bool:
    if order is None and first != second and max(first, second) <= 12:
        raise ValueError(f"“{shown(text)}” could be two dates: say whether the day or the month comes first.")
    if order is DayOrder.MONTH_FIRST and first > 12 >= second:
        raise ValueError(f"“{shown(text)}” has no month {first}; the month comes first in this column.")
    if order is DayOrder.DAY_FIRST and second > 12 >= first:
        raise ValueError(f"“{shown(text)}” has no month {second}; the day comes first in this column.")
    return order is DayOrder.DAY_FIRST or (order is None and first > 12)


def _month_of(name: str, text: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.casefold()):
            return number
    raise ValueError(f"“{shown(text)}” {EXPECTED}")


def _clock(found: re.Match[str], text: str) -> tuple[time | None, timezone | None]:
    """Time of day and offset, as far as they are told."""
    parts = found.groupdict()
    if parts.get("hour") is None:
        return None, None
    hour, half = int(parts["hour"]), (parts.get("half") or "")[:1].casefold()
    if parts.get("minute") is None and not half:
        raise ValueError(f"“{shown(text)}” {EXPECTED}")
    if half and not 1 <= hour <= 12:
        raise ValueError(f"“{shown(text)}” holds no time of day.")
    try:
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        clock = time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))
        return clock, _offset(parts.get("offset"))
    except ValueError:
        raise ValueError(f"“{shown(text)}” holds no time of day.") from None


def _offset(told: str | None) -> timezone | None:
    if told is None:
        return None
    figures = told.upper().removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if figures in ("", "Z"):
        return timezone(timedelta(0))
    length = timedelta(hours=int(figures[1:3]), minutes=int(figures[3:5]))
    return timezone(-length if figures[0] == "-" else length)
