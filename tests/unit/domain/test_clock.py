"""Where the days of a place begin and end when its clocks are turned at midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.domain.clock import date_in, day_ends, day_starts
from tests.oracles.timeline_cases import ZONES


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        ("America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),
        ("Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"),
        ("Asia/Beirut", "2026-03-29", "2026-03-29T01:00:00+03:00"),
        ("America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00"),
        # Midnight comes twice: the day begins with the first.
        ("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"),
        # The clock jumped from half past eleven to half past midnight.
        ("America/Toronto", "1919-03-31", "1919-03-31T00:30:00-04:00"),
        # A day that Samoa never had.
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_a_day_starts_at_midnight_or_at_its_first_instant(zone: str, day: str, starts: str) -> None:
    found = day_starts(ZoneInfo(zone), date.fromisoformat(day))
    assert found.astimezone(ZoneInfo(zone)).isoformat() == starts


@pytest.mark.parametrize(
    ("zone", "day", "ends"),
    [
        ("America/New_York", "2026-11-01", "2026-11-01T23:59:59-05:00"),
        # The last hour comes twice: the day ends with the second.
        ("America/Sao_Paulo", "2019-02-16", "2019-02-16T23:59:59-03:00"),
        ("Africa/Cairo", "2026-10-29", "2026-10-29T23:59:59+02:00"),
        ("Asia/Beirut", "2026-10-24", "2026-10-24T23:59:59+02:00"),
        # The last hour is skipped, in part or with the whole day: the day ends as the clock jumps.
        ("America/Toronto", "1919-03-30", "1919-03-30T23:29:59-05:00"),
        ("Pacific/Apia", "2011-12-30", "2011-12-29T23:59:59-10:00"),
    ],
)
def test_a_day_ends_with_its_last_second(zone: str, day: str, ends: str) -> None:
    found = day_ends(ZoneInfo(zone), date.fromisoformat(day))
    assert found.astimezone(ZoneInfo(zone)).isoformat() == ends


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2035, 12, 31)))
def test_between_start_and_end_lies_that_day_and_no_other(zone: str, day: date) -> None:
    place = ZoneInfo(zone)
    starts, ends = day_starts(place, day), day_ends(place, day)
    if starts > ends:
        assert (zone, day) in (("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kiritimati", date(1994, 12, 31)))
        return
    assert date_in(place, starts) == date_in(place, ends) == day
    assert date_in(place, starts - timedelta(seconds=1)) < day
    assert date_in(place, ends + timedelta(seconds=1)) > day


def test_the_date_is_that_of_the_place() -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert date_in(ZoneInfo("Pacific/Kiritimati"), noon) == date(2026, 3, 3)
