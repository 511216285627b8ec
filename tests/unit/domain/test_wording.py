"""Times and lists in the words that people read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.domain.rules import StepName
from debrief.domain.terms import Proof
from debrief.domain.timeline import Step, StepState
from debrief.domain.wording import (
    ago,
    counted,
    day_in_words,
    in_words,
    moment_in_words,
    opens_in_words,
    span,
    step_in_words,
    told_apart,
    window_in_words,
)

NOW = datetime(2026, 3, 2, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(minutes=20, seconds=59), "20 min"),
        (timedelta(hours=5, minutes=59), "5 h"),
        (timedelta(hours=47, minutes=59), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=13, hours=23), "13 days"),
    ],
)
def test_a_length_is_rounded_down_to_its_largest_unit(length: timedelta, words: str) -> None:
    assert span(length) == words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(hours=23, minutes=59), "23 hours ago"),
        (timedelta(hours=25), "1 day ago"),
        (timedelta(days=9), "9 days ago"),
    ],
)
def test_the_past_is_told_in_words(passed: timedelta, words: str) -> None:
    assert ago(NOW - passed, NOW) == words


def test_elapsed_time_counts_the_hour_that_the_clocks_skip() -> None:
    zone = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 3, 29, 1, 30, tzinfo=zone), datetime(2026, 3, 29, 3, 30, tzinfo=zone)

    assert ago(before, after) == "1 hour ago"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 2), "today"),
        (date(2026, 3, 3), "tomorrow"),
        (date(2026, 3, 1), "yesterday"),
        (date(2026, 3, 10), "Tuesday 10 March"),
        (date(2027, 1, 5), "Tuesday 5 January 2027"),
    ],
)
def test_a_date_has_its_name_and_its_year_where_it_is_another(day: date, words: str) -> None:
    assert day_in_words(day, date(2026, 3, 2)) == words


def test_a_moment_is_told_on_its_own_clock() -> None:
    at = datetime(2026, 3, 3, 8, 5, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))

    assert moment_in_words(at, NOW) == "Tuesday 3 March, 08:05"


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["Dana"], "Dana"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_joined_as_in_a_sentence(items: list[str], words: str) -> None:
    assert in_words(items) == words


def test_a_choice_is_joined_by_or() -> None:
    assert in_words(["a", "b", "c"], "or") == "a, b or c"


def test_a_number_takes_its_noun_along() -> None:
    assert [counted(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert counted(1200, "reply", "replies") == "1,200 replies"


def step(state: StepState, *, due: timedelta | None = None, closes: timedelta | None = None) -> Step:
    return Step(
        name=StepName.CHECK_IN,
        state=state,
        opens=NOW + timedelta(days=8) if state is StepState.UPCOMING else NOW - timedelta(days=30),
        due=NOW + due if due else None,
        closes=NOW + closes if closes else None,
        done_by=Proof("check_in", NOW - timedelta(hours=1)) if state is StepState.DONE else None,
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (step(StepState.UPCOMING), "opens on Tuesday 10 March"),
        (step(StepState.OPEN, due=timedelta(hours=5)), "due in 5 h"),
        (step(StepState.OPEN), "any time now"),
        (step(StepState.LATE, due=timedelta(days=-2)), "late by 2 days"),
        (step(StepState.MISSED, closes=timedelta(days=-3)), "closed on Friday 27 February"),
        (step(StepState.DONE), "done 1 hour ago"),
        (step(StepState.OFF), "no longer needed"),
    ],
)
def test_a_step_says_where_it_stands(one: Step, words: str) -> None:
    assert step_in_words(one, NOW) == words


def test_what_opens_tomorrow_in_its_zone_says_so() -> None:
    in_kuala_lumpur = datetime(2026, 3, 3, 0, 0, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))

    assert opens_in_words(in_kuala_lumpur, datetime(2026, 3, 2, 15, 0, tzinfo=UTC)) == "opens tomorrow"
    assert opens_in_words(in_kuala_lumpur, datetime(2026, 3, 1, 15, 0, tzinfo=UTC)) == "opens on Tuesday 3 March"


def test_a_window_names_what_it_has() -> None:
    whole = step(StepState.OPEN, due=timedelta(days=1), closes=timedelta(days=14))

    assert window_in_words(whole, NOW) == (
        "From Saturday 31 January, 14:02, best by Tuesday 3 March, 14:02, at the latest by Monday 16 March, 14:02"
    )
    assert window_in_words(step(StepState.OPEN), NOW) == "From Saturday 31 January, 14:02"


def test_a_window_of_whole_days_names_no_hours() -> None:
    day = datetime(2026, 3, 3, tzinfo=UTC)
    ends = day.replace(hour=23, minute=59, second=59)
    whole = replace(step(StepState.OPEN), opens=day, due=ends, closes=ends + timedelta(days=14))

    assert window_in_words(whole, NOW) == (
        "From Tuesday 3 March, best by Tuesday 3 March, at the latest by Tuesday 17 March"
    )


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_a_length_is_never_said_to_be_longer_than_it_is(length: timedelta) -> None:
    words = span(length)
    if words == "less than a minute":
        assert length < timedelta(minutes=1)
        return
    number, unit = words.replace(",", "").split()
    one = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}.get(unit, timedelta(days=1))

    assert int(number) * one <= length < (int(number) + 1) * one


def test_names_that_are_the_same_are_numbered_and_never_collide() -> None:
    names = {"a": "Acme · Panel", "b": "Acme · Panel", "c": "Acme · Panel (2)", "d": "Birch · Final"}
    told = told_apart(names)
    assert told["a"] == "Acme · Panel"
    assert told["b"] == "Acme · Panel (2)"
    assert told["d"] == "Birch · Final"
    assert len(set(told.values())) == 4


def test_tomorrow_is_counted_on_the_clock_of_what_opens() -> None:
    """At half past eleven in the evening in New York it is tomorrow already in London."""
    midnight = datetime(2026, 3, 3, tzinfo=ZoneInfo("America/New_York"))

    assert opens_in_words(midnight, (midnight - timedelta(minutes=30)).astimezone(UTC)) == "opens tomorrow"
