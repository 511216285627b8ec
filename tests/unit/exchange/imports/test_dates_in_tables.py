"""Dates as people write them, and which of two figures is the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.exchange.imports.dates import DayOrder, Evidence, Moment, looks_like_a_date, read_clock, read_moment

DAY, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST
FIFTH = date(2026, 3, 5)


def evidence_of(*cells: str) -> Evidence:
    evidence = Evidence()
    for cell in cells:
        evidence = evidence.with_cell(cell)
    return evidence


@pytest.mark.parametrize(
    "cell",
    ["2026-03-05", "2026/3/5", "20260305", "5 Mar 2026", "5th March 2026", "March 5, 2026", "Thursday, 5 March 2026"],
)
def test_a_day_is_read_however_it_is_written(cell: str) -> None:
    assert read_moment(cell, None) == Moment(FIFTH)
    assert looks_like_a_date(cell)


@pytest.mark.parametrize(
    ("cell", "clock", "offset"),
    [
        ("2026-03-05 14:30", time(14, 30), None),
        ("2026-03-05T14:30:15Z", time(14, 30, 15), UTC),
        ("2026-03-05T14:30+05:30", time(14, 30), timezone(timedelta(hours=5, minutes=30))),
        ("Mar 5, 2026, 2:30 PM", time(14, 30), None),
        ("5 March 2026 at 12 am", time(0), None),
        ("13/03/2026 9:05", time(9, 5), None),
    ],
)
def test_a_time_of_day_and_an_offset_are_read(cell: str, clock: time, offset: timezone | None) -> None:
    moment = read_moment(cell, None)
    assert (moment.clock, moment.offset) == (clock, offset)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31/02/2026", "no date of the calendar"),
        ("2026-13-01", "no date of the calendar"),
        ("03/04/2026", "could be two dates"),
        ("2026-03-05 25:00", "no time of day"),
        ("2026-03-05 13 pm", "no time of day"),
        ("soon", "no date that can be read"),
        ("45000", "no date that can be read"),
        ("0001-01-01", "the year"),
        ("5 Nonsense 2026", "no date that can be read"),
        ("9" * 5000, "no date that can be read"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(cell: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_moment(cell, None)


def test_a_column_proves_its_order_by_one_cell_and_never_by_likelihood() -> None:
    assert evidence_of("03/04/2026", "13/04/2026").order is DAY
    assert evidence_of("03/04/2026", "04/13/2026").order is MONTH
    assert evidence_of("03/04/2026", "05/06/2026").order is None
    assert evidence_of("03/04/2026").needs_an_answer
    assert evidence_of("13/04/2026", "04/13/2026", "01/02/2026").needs_an_answer
    assert not evidence_of("03/03/2026", "2026-03-04", "soon").needs_an_answer


def test_an_answered_order_holds_for_every_cell_of_the_column() -> None:
    assert read_moment("03/04/2026", DAY).day == date(2026, 4, 3)
    assert read_moment("03/04/2026", MONTH).day == date(2026, 3, 4)
    assert read_moment("03.04.26", DAY).day == date(2026, 4, 3)
    with pytest.raises(ValueError, match="no month 13"):
        read_moment("13/04/2026", MONTH)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [("14:30", time(14, 30)), ("2 pm", time(14)), ("10:00–11:15", time(11, 15)), ("9:30 am - 10:30 am", time(10, 30))],
)
def test_a_time_of_day_alone_is_read_and_of_two_the_end(cell: str, clock: time) -> None:
    assert read_clock(cell) == clock


@pytest.mark.parametrize("cell", ["14", "noon", "", "99:99", "x" * 5000])
def test_what_is_no_time_of_day_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="time of day"):
        read_clock(cell)


@given(on=st.dates(date(1950, 1, 1), date(2200, 12, 31)), at=st.times())
def test_every_moment_comes_back_from_every_way_of_writing(on: date, at: time) -> None:
    whole = datetime.combine(on, at.replace(microsecond=0))
    for cell in (whole.isoformat(), f"{whole:%d/%m/%Y %H:%M:%S}", f"{whole.day} {whole:%B %Y, %I:%M:%S %p}"):
        moment = read_moment(cell, DAY)
        assert datetime.combine(moment.day, moment.clock or time.min) == whole


@given(cell=st.text(max_size=80))
def test_whatever_stands_in_a_cell_it_is_a_moment_or_a_reason(cell: str) -> None:
    for order in (None, DAY, MONTH):
        try:
            assert isinstance(read_moment(cell, order), Moment)
        except ValueError as error:
            str(error).encode("utf-8")
    evidence_of(cell)
