"""Counting working days round weekends and holidays."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.domain.workdays import WorkingDays
from debrief.public_holidays import working_days
from tests.unit.domain.a_case import day

FRIDAY, SATURDAY, MONDAY, TUESDAY = day("3-06"), day("3-07"), day("3-09"), day("3-10")


def test_a_working_day_is_its_own_next_one() -> None:
    assert WorkingDays().next(FRIDAY) == FRIDAY
    assert WorkingDays().next(SATURDAY) == MONDAY


def test_the_day_itself_does_not_count() -> None:
    assert WorkingDays().plus(FRIDAY, 1) == MONDAY
    assert WorkingDays().plus(SATURDAY, 1) == MONDAY
    assert WorkingDays().plus(FRIDAY, 6) == day("3-16")


def test_holidays_are_passed_over() -> None:
    days = WorkingDays(frozenset({MONDAY}).__contains__)
    assert days.next(SATURDAY) == TUESDAY
    assert days.plus(FRIDAY, 1) == TUESDAY


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 30), st.sampled_from([None, "US", "CN", "IR"]))
def test_plus_passes_over_exactly_as_many_working_days_as_it_counts(start: date, count: int, country: str) -> None:
    days = working_days(country)
    end = days.plus(start, count)
    between = [date.fromordinal(number) for number in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert days.is_working(end)
    assert sum(days.is_working(one) for one in between) == count
