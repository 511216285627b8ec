"""Public holidays of whole countries."""

from __future__ import annotations

import pytest

from debrief.errors import Refused
from debrief.public_holidays import working_days
from tests.unit.domain.a_case import day


def test_a_holiday_is_no_working_day_where_it_is_kept() -> None:
    independence_day_observed = day("7-03")
    assert not working_days("US").is_working(independence_day_observed)
    assert working_days("MY").is_working(independence_day_observed)


def test_without_a_country_there_are_no_holidays() -> None:
    assert working_days(None).is_working(day("1-01"))


def test_a_holiday_of_one_region_does_not_count_for_the_whole_country() -> None:
    assert working_days("DE").is_working(day("6-04")), "Corpus Christi is kept in parts of Germany only"


@pytest.mark.parametrize("code", ["XX", "us", "", "NYSE", "UnitedStates"])
def test_an_unknown_country_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(Refused, match=f"no country “{code}”"):
        working_days(code)
