"""Known values, the second reading in exact fractions, and the corners."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from debrief.insights.statistics import (
    aalen_johansen,
    calibration,
    chance_of_word,
    kaplan_meier,
    rank_biserial,
    spearman,
    wilson,
)
from tests.oracles import statistics_reading as oracle

FREIREICH_EVENTS = [6, 6, 6, 7, 10, 13, 16, 22, 23]
FREIREICH_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]

waits = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["", "positive", "negative"])), max_size=40)


def curve_of(events: list[int], censored: list[int] = ()):
    days = np.array([*events, *censored], dtype=np.int64)
    return kaplan_meier(days, np.arange(days.size) < len(events))


def curve_of_waits(rows: list[tuple[int, str]]):
    return curve_of([day for day, ending in rows if ending], [day for day, ending in rows if not ending])


def incidence_of(rows: list[tuple[int, str]]):
    code = {"": 0, "positive": 1, "negative": 2}
    days = np.array([day for day, _ in rows], dtype=np.int64)
    return aalen_johansen(days, np.array([code[ending] for _, ending in rows], dtype=np.int64))


class TestKaplanMeier:
    def test_gives_the_published_curve_of_the_6_mp_arm(self):
        curve = curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED)
        exact = ["6/7", "96/119", "64/85", "176/255", "32/51", "64/119", "160/357"]
        assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
        assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
        assert curve.survival.tolist() == pytest.approx([float(Fraction(value)) for value in exact], abs=1e-12)
        assert curve.median == 23

    def test_gives_the_published_log_log_band_of_the_6_mp_arm(self):
        # R survival 3.5, survfit(..., conf.type = "log-log"), days 6 and 23.
        curve = curve_of(FREIREICH_EVENTS, FREIREICH_CENSORED)
        assert [curve.lower[0], curve.upper[0]] == pytest.approx([0.6197180, 0.9515517], abs=1e-6)
        assert [curve.lower[-1], curve.upper[-1]] == pytest.approx([0.1880520, 0.6801426], abs=1e-6)

    @given(waits)
    def test_equals_the_exact_fractions(self, rows):
        curve, exact = curve_of_waits(rows), oracle.survival_figures(rows)
        assert curve.times.tolist() == exact["times"]
        assert curve.at_risk.tolist() == exact["at_risk"]
        assert curve.events.tolist() == exact["events"]
        assert curve.median == exact["median"]
        assert curve.survival.tolist() == pytest.approx(exact["survival"], abs=1e-12)
        for name in ("lower", "upper"):
            band = [None if math.isnan(value) else value for value in getattr(curve, name).tolist()]
            assert [value is None for value in band] == [value is None for value in exact[name]]
            assert [v for v in band if v is not None] == pytest.approx(
                [v for v in exact[name] if v is not None], abs=1e-10
            )

    @pytest.mark.parametrize("n", range(2, 200, 2))
    def test_the_median_of_uncensored_waits_is_the_half_way_one_exactly(self, n):
        assert curve_of(list(range(1, n + 1))).median == n // 2

    def test_the_median_is_the_day_that_reaches_one_half_and_none_while_the_curve_stays_above(self):
        assert curve_of([3, 7], [7, 7]).median == 7  # 3/4 · 2/3
        assert curve_of([3, 7], [7, 7, 7]).median is None  # 4/5 · 3/4

    def test_a_wait_censored_on_an_event_day_is_at_risk_on_it(self):
        assert curve_of([5], [5]).at_risk.tolist() == [2]
        assert curve_of([5], [4]).at_risk.tolist() == [1]

    def test_without_events_nothing_falls_and_nothing_is_claimed(self):
        curve = curve_of([], [3, 9])
        assert curve.times.size == 0
        assert curve.median is None
        assert (curve.at(0), curve.at(9), curve.last_day) == (1.0, 1.0, 9)

    def test_without_a_single_wait_there_is_an_empty_curve(self):
        curve = curve_of([])
        assert (curve.n, curve.median, curve.last_day) == (0, None, -1)

    def test_everybody_heard_on_day_0(self):
        curve = curve_of([0, 0, 0])
        assert (curve.survival.tolist(), curve.median) == ([0.0], 0)
        assert np.isnan([curve.lower[0], curve.upper[0]]).all()


class TestAalenJohansen:
    def test_gives_the_known_incidence_with_competing_ties(self):
        days = np.array([1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 10])
        curves = aalen_johansen(days, np.array([1, 2, 1, 0, 2, 1, 0, 1, 2, 0, 1, 2]))
        assert curves.positive[-1] == pytest.approx(0.541667, abs=5e-7)
        assert curves.negative[-1] == pytest.approx(0.458333, abs=5e-7)

    @given(waits)
    def test_equals_the_exact_fractions(self, rows):
        curves = incidence_of(rows)
        positive, negative = oracle.incidence(rows)
        assert curves.times.tolist() == oracle.event_days(rows)
        assert curves.positive.tolist() == pytest.approx(positive, abs=1e-12)
        assert curves.negative.tolist() == pytest.approx(negative, abs=1e-12)

    @given(waits)
    def test_the_two_outcomes_and_the_silent_add_up_to_all(self, rows):
        curves = incidence_of(rows)
        silent = curve_of_waits(rows).survival
        assert (curves.positive + curves.negative + silent).tolist() == pytest.approx([1.0] * silent.size)


class TestChanceOfWord:
    @given(waits, st.integers(0, 8), st.integers(1, 8))
    def test_is_the_fall_of_the_curve_among_those_still_silent(self, rows, silent, within):
        chance = chance_of_word(curve_of_waits(rows), silent, within)
        left = sum(day > silent for day, _ in rows)
        if chance is None:
            longest = max((day for day, _ in rows), default=-1)
            assert left == 0 or (silent + within > longest and oracle.survival(rows, longest) > 0)
        else:
            exact = 1 - oracle.survival(rows, silent + within) / oracle.survival(rows, silent)
            assert (chance.value, chance.at_risk) == (pytest.approx(float(exact), abs=1e-12), left)

    def test_of_twenty_silent_for_nine_days_eight_heard_within_the_next_seven(self):
        curve = curve_of([2] * 5 + [12] * 8 + [30] * 12)
        chance = chance_of_word(curve, 9, 7)
        assert (chance.value, chance.at_risk) == (pytest.approx(0.4), 20)
        assert chance.lower < 0.4 < chance.upper

    def test_its_interval_is_the_log_log_band_of_the_silent_alone(self):
        chance = chance_of_word(curve_of([2, 2, 11, 14, 15], [20, 20]), 9, 7)
        alone = curve_of([11, 14, 15], [20, 20])
        assert chance.lower == pytest.approx(1 - alone.upper[-1])
        assert chance.upper == pytest.approx(1 - alone.lower[-1])

    def test_is_refused_where_nobody_was_silent_that_long(self):
        curve = curve_of([2, 4], [10])
        assert chance_of_word(curve, 10, 1) is None
        assert chance_of_word(curve, 4, 7) is None
        assert chance_of_word(curve, 4, 6) is not None

    def test_reaches_beyond_the_last_word_once_everybody_heard(self):
        chance = chance_of_word(curve_of([2, 4]), 3, 90)
        assert (chance.value, chance.lower, chance.upper, chance.at_risk) == (1.0, None, None, 1)

    def test_no_word_ahead_is_a_chance_of_nothing_without_an_interval(self):
        chance = chance_of_word(curve_of([2], [10, 10]), 3, 5)
        assert (chance.value, chance.lower, chance.upper, chance.at_risk) == (0.0, None, None, 2)


class TestWilson:
    def test_three_of_ten(self):
        three = wilson(3, 10)
        assert (three.rate, three.lower, three.upper) == pytest.approx((0.3, 0.107791, 0.603222), abs=5e-7)

    @given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    @example((0, 1))
    @example((7, 7))
    def test_its_bounds_solve_the_score_equation(self, case):
        k, n = case
        found, exact = wilson(k, n), oracle.share([True] * k + [False] * (n - k), bool)
        assert (found.lower, found.upper) == pytest.approx((exact["lower"], exact["upper"]), abs=1e-9)
        assert 0 <= found.lower <= found.rate <= found.upper <= 1

    def test_of_nothing_there_is_no_rate(self):
        nothing = wilson(0, 0)
        assert (nothing.k, nothing.n, nothing.rate, nothing.lower, nothing.upper) == (0, 0, None, None, None)

    def test_none_and_all_touch_the_ends_exactly(self):
        assert (wilson(0, 9).lower, wilson(9, 9).upper) == (0.0, 1.0)


class TestCalibration:
    def test_the_brier_score_of_three_forecasts(self):
        found = calibration(np.array([0.9, 0.2, 0.5]), np.array([True, False, True]))
        assert found.brier == pytest.approx((0.01 + 0.04 + 0.25) / 3)
        assert found.baseline == pytest.approx(2 / 9)
        assert found.bins == ()

    def test_without_forecasts_there_is_none(self):
        assert calibration(np.array([]), np.array([], dtype=bool)) is None

    @given(st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=20, max_size=200))
    def test_bins_hold_every_forecast_once_and_never_part_equal_ones(self, forecasts):
        stated = np.array([tenth / 10 for tenth, _ in forecasts])
        came = np.array([yes for _, yes in forecasts])
        bins = calibration(stated, came).bins
        if len(np.unique(stated)) == 1:
            assert bins == ()
        if bins:
            assert sum(one.came.n for one in bins) == len(forecasts)
            assert sum(one.came.k for one in bins) == came.sum()
            means = [one.stated for one in bins]
            assert means == sorted(set(means))

    def test_twenty_forecasts_fill_two_bins(self):
        stated = np.array([0.2] * 10 + [0.8] * 10)
        came = np.array([True] * 2 + [False] * 8 + [True] * 7 + [False] * 3)
        low, high = calibration(stated, came).bins
        assert (low.stated, low.came.k, low.came.n) == (pytest.approx(0.2), 2, 10)
        assert (high.stated, high.came.k, high.came.n) == (pytest.approx(0.8), 7, 10)


class TestSpearman:
    def test_ties_share_their_mean_rank(self):
        # Ranks less their mean: -2, -½, -½, 1, 2 and -1, -2, ½, ½, 2.
        found = spearman(np.array([1.0, 2, 2, 3, 5]), np.array([2.0, 1, 3, 3, 4]))
        assert found.value == pytest.approx(7.25 / 9.5)
        assert -1 < found.lower < found.value < found.upper < 1

    def test_its_interval_follows_bonett_and_wright(self):
        found = spearman(np.arange(10.0), np.array([0.0, 2, 1, 3, 5, 4, 6, 9, 8, 7]))
        error = math.sqrt((1 + found.value**2 / 2) / 7)
        assert math.atanh(found.upper) - math.atanh(found.value) == pytest.approx(1.959963984540054 * error)

    def test_perfect_order_has_no_interval_and_no_variation_has_no_value(self):
        perfect = spearman(np.arange(6.0), np.arange(6.0))
        assert (perfect.value, perfect.lower, perfect.upper) == (1.0, None, None)
        assert spearman(np.ones(6), np.arange(6.0)) is None
        assert spearman(np.array([1.0]), np.array([2.0])) is None


class TestRankBiserial:
    @given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=40))
    def test_is_the_balance_of_all_pairs(self, ratings):
        yes = [value for value, came in ratings if came]
        no = [value for value, came in ratings if not came]
        found = rank_biserial(np.array([v for v, _ in ratings], float), np.array([c for _, c in ratings], bool))
        if not yes or not no:
            assert found is None
            return
        pairs = [(a > b) - (a < b) for a in yes for b in no]
        assert found.value == pytest.approx(sum(pairs) / len(pairs))
        if found.lower is not None:
            assert -1 <= found.lower <= found.value + 1e-12
            assert found.value - 1e-12 <= found.upper <= 1

    def test_its_variance_is_the_unbiased_one_worked_out_pair_by_pair(self):
        yes, no = [5, 4, 4, 3, 5], [3, 2, 4, 1]
        found = rank_biserial(np.array(yes + no, float), np.array([True] * 5 + [False] * 4))
        table = np.sign(np.subtract.outer(yes, no)).astype(float)
        m, n = table.shape
        d = table.mean()
        rows, columns = table.mean(axis=1), table.mean(axis=0)
        s2 = n**2 * ((rows - d) ** 2).sum() + m**2 * ((columns - d) ** 2).sum() - ((table - d) ** 2).sum()
        s2 = max(s2 / (m * n * (m - 1) * (n - 1)), (1 - d * d) / (m * n - 1))
        z = 1.959963984540054
        half = z * math.sqrt(s2) * math.sqrt((1 - d * d) ** 2 + z * z * s2)
        scale = 1 - d * d + z * z * s2
        assert (found.lower, found.upper) == pytest.approx(((d - d**3 - half) / scale, (d - d**3 + half) / scale))

    def test_a_clean_split_of_few_is_not_certain(self):
        found = rank_biserial(np.array([5.0, 4, 4, 1, 2]), np.array([True, True, True, False, False]))
        assert (found.value, found.upper) == (1.0, 1.0)
        assert found.lower < 0

    def test_a_single_yes_has_no_interval(self):
        found = rank_biserial(np.array([5.0, 4, 4]), np.array([True, False, False]))
        assert (found.value, found.lower, found.upper) == (1.0, None, None)


def test_a_curve_is_one_before_its_first_day_and_holds_until_the_next():
    curve = curve_of([2, 5], [5])
    assert [curve.at(day) for day in (0, 1, 2, 4, 5, 99)] == pytest.approx([1, 1, 2 / 3, 2 / 3, 1 / 3, 1 / 3])
    assert curve_of([]).at(3) == 1.0


@pytest.mark.parametrize("n", [4, 5])
def test_the_interval_of_a_rank_correlation_needs_four_and_is_fishers(n):
    first, second = np.arange(float(n)), np.array([1.0, 0.0, *range(2, n)])
    found = spearman(first, second)
    assert found is not None
    assert found.n == n
    assert found.value == pytest.approx(1 - 6 * 2 / (n * (n * n - 1)))
    error = math.sqrt((1 + found.value**2 / 2) / (n - 3))
    bounds = [math.tanh(math.atanh(found.value) + sign * 1.959963984540054 * error) for sign in (-1, 1)]
    assert [found.lower, found.upper] == pytest.approx(bounds)


@pytest.mark.parametrize(("second", "r"), [([1.0, 2.0], 1.0), ([2.0, 1.0], -1.0), ([1.0, 3.0, 2.0], 0.5)])
def test_a_rank_correlation_of_two_or_three_has_no_interval(second, r):
    found = spearman(np.arange(float(len(second))), np.array(second))
    assert found is not None
    assert (found.value, found.lower, found.upper, found.n) == (pytest.approx(r), None, None, len(second))


def test_what_varies_by_exactly_one_varies():
    assert spearman(np.array([0.0, 1, 0, 1, 1]), np.array([1.0, 0, 0, 1, 1])) is not None
    assert spearman(np.array([0.0, 1, 0, 1, 1]), np.array([3.0] * 5)) is None
