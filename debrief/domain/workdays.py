"""Working days: Monday to Friday and no public holiday."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def no_holidays(day: date) -> bool:
    """The answer of a calendar without public holidays."""
    del day
    return False


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of one place; `is_holiday` says which days are public holidays there."""

    is_holiday: Callable[[date], bool] = no_holidays

    def is_working(self, day: date) -> bool:
        """Whether people are at work on this day."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def next(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def plus(self, day: date, count: int) -> date:
        """The count-th working day after the day; the day itself never counts."""
        for _ in range(count):
            day = self.next(day + ONE_DAY)
        return day
