"""Moments of the sample history: told from today or from an interview's day, so that it never grows old."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from debrief.domain.workdays import ONE_DAY, WorkingDays

EXPECTED = (
    "a moment is expected, such as “12 days ago at 10:30”, “3 days ahead at 14:00”, "
    "“4 working days later at 09:15”, “same day at 18:00”, “next day at 08:30” or “last 16:00”"
)
EXPECTED_DAY = "a day is expected, such as “5 working days later”, “2 days ahead” or “next day”"

_MOMENT = re.compile(r"(?P<day>.+) at (?P<hour>\d\d):(?P<minute>\d\d)")
_LAST = re.compile(r"last (?P<hour>\d\d):(?P<minute>\d\d)")
_DAY = re.compile(r"(?P<count>\d+) (?P<unit>working days?|days?) (?P<way>ago|ahead|later)")
_MONDAY_TO_FRIDAY = WorkingDays()


@dataclass(frozen=True, slots=True)
class Moments:
    """Reads moments on the clock of one place.

    "Ago" and "ahead" count from today and keep off weekends: a day that falls
    on one moves away from today's side (ago: back to the Friday, ahead: on to
    the Monday). "Later" counts from the interview's day; in working days
    (Monday to Friday), or in days of any kind.
    """

    now: datetime
    zone: ZoneInfo
    interview_day: date | None = None

    def instant(self, told: str) -> datetime:
        """The moment, in UTC. Raises ValueError saying what is expected."""
        last = _LAST.fullmatch(told)
        if last:
            return self._last(time(int(last["hour"]), int(last["minute"])))
        moment = _MOMENT.fullmatch(told)
        if not moment:
            raise ValueError(EXPECTED)
        try:
            clock = time(int(moment["hour"]), int(moment["minute"]))
            return datetime.combine(self.day(moment["day"]), clock, self.zone).astimezone(UTC)
        except ValueError:
            raise ValueError(EXPECTED) from None

    def day(self, told: str) -> date:
        """The date. Raises ValueError saying what is expected."""
        if told in ("same day", "next day"):
            return self._later(1 if told == "next day" else 0, working=False)
        parts = _DAY.fullmatch(told)
        if not parts:
            raise ValueError(EXPECTED_DAY)
        count, working = int(parts["count"]), parts["unit"].startswith("working")
        if parts["way"] == "later":
            return self._later(count, working=working)
        if working:
            raise ValueError(EXPECTED_DAY)
        return self._off_weekends(-count if parts["way"] == "ago" else count)

    @property
    def today(self) -> date:
        """The date there, now."""
        return self.now.astimezone(self.zone).date()

    def _last(self, clock: time) -> datetime:
        today = datetime.combine(self.today, clock, self.zone).astimezone(UTC)
        if today <= self.now:
            return today
        return datetime.combine(self.today - ONE_DAY, clock, self.zone).astimezone(UTC)

    def _later(self, count: int, *, working: bool) -> date:
        if self.interview_day is None:
            raise ValueError(EXPECTED)
        if working:
            return _MONDAY_TO_FRIDAY.plus(self.interview_day, count)
        return self.interview_day + timedelta(days=count)

    def _off_weekends(self, offset: int) -> date:
        day = self.today + timedelta(days=offset)
        step = -ONE_DAY if offset < 0 else ONE_DAY
        while not _MONDAY_TO_FRIDAY.is_working(day):
            day += step
        return day
