"""The statistics of waiting for an answer: pure functions on numpy arrays, every formula with its source.

Time is whole days. An interview that is still silent is *censored*: we know
that no word came up to that day, and nothing after it. Leaving such interviews
out, as averages of answered ones do, makes employers look faster than they are.

Sources, named in the functions:

* Kaplan, Meier (1958), Nonparametric estimation from incomplete observations, JASA 53.
* Greenwood (1926), The natural duration of cancer.
* Kalbfleisch, Prentice (2002), The statistical analysis of failure time data, section 1.4: the log-log band.
* Aalen, Johansen (1978), An empirical transition matrix for non-homogeneous Markov chains, Scand. J. Stat. 5.
* Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
* Brier (1950), Verification of forecasts expressed in terms of probability, Monthly Weather Review 78.
* Bonett, Wright (2000), Sample size requirements for estimating correlations, Psychometrika 65.
* Feng, Cliff (2004), Monte Carlo evaluation of ordinal d with improved confidence interval, JMASM 3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]

Z = NormalDist().inv_cdf(0.975)
"""Half the width of a 95 % interval in standard errors: Φ⁻¹(0.975)."""

CENSORED, POSITIVE, NEGATIVE = 0, 1, 2
"""How a wait for an answer ended: not yet, with a yes (advanced or offer), with a no."""

FEWEST_FORECASTS_A_BIN = 10
"""A reliability bin with fewer would say next to nothing: its interval spans more than half of all chances."""
MOST_BINS = 5


@dataclass(frozen=True, slots=True)
class Survival:
    """A Kaplan–Meier curve. The arrays run over `times`, the distinct days with an event, in order."""

    times: Whole
    at_risk: Whole
    """Those whose wait had not ended before that day; one censored on the day counts."""
    events: Whole
    survival: Real
    """The share still silent after that day."""
    lower: Real
    """The 95 % band; NaN where it is undefined, which is where the curve is 0."""
    upper: Real
    median: int | None
    """The smallest day with a survival of at most 1/2; None while the curve stays above."""
    observed: Whole
    """Every observed day, events and censorings, in order."""

    @property
    def n(self) -> int:
        """How many waits went in."""
        return self.observed.size

    @property
    def last_day(self) -> float:
        """The last day that the curve speaks of: the longest wait, without end once everybody heard; -1 with none."""
        if self.n == 0:
            return -1
        everybody_heard = self.survival.size > 0 and self.survival[-1] == 0
        return math.inf if everybody_heard else float(self.observed[-1])

    def at(self, day: float) -> float:
        """The share still silent after `day`, a day from 0 to `last_day`."""
        index = int(np.searchsorted(self.times, day, side="right")) - 1
        return 1.0 if index < 0 else float(self.survival[index])

    def silent_after(self, day: int) -> int:
        """How many were still followed after `day`, and silent up to its end."""
        return self.n - int(np.searchsorted(self.observed, day, side="right"))


@dataclass(frozen=True, slots=True)
class Incidence:
    """Aalen–Johansen cumulative incidence of two outcomes that exclude each other, over the days with an event."""

    times: Whole
    positive: Real
    negative: Real


@dataclass(frozen=True, slots=True)
class Proportion:
    """`k` of `n` with its Wilson 95 % interval. The rate and its bounds are None where n is 0."""

    k: int
    n: int
    rate: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance with its 95 % interval (None where undefined), and how many were at risk."""

    value: float
    lower: float | None
    upper: float | None
    at_risk: int


@dataclass(frozen=True, slots=True)
class Association:
    """How far two things go together, from -1 to 1, with its 95 % interval (None where undefined)."""

    value: float
    lower: float | None
    upper: float | None
    n: int


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Forecasts of about the same height: the mean of what was stated, and what came of them."""

    stated: float
    came: Proportion


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well stated chances fit what happened."""

    n: int
    brier: float
    """Mean squared distance of stated chance and outcome: 0 is perfect, 0.25 is what "50 %" each time gets."""
    baseline: float
    """What stating the overall share each time would have got."""
    bins: tuple[ReliabilityBin, ...]
    """From low to high; empty while there are too few forecasts for two bins."""


def kaplan_meier(days: Whole, seen: Flags) -> Survival:
    """The share still silent by day, from waits of `days` that ended in a word (`seen`) or were censored.

    S(t) = Π (1 - d_i / n_i) over the event days t_i ≤ t (Kaplan, Meier 1958).
    A wait censored on an event day is at risk on it.
    """
    observed = np.sort(days)
    times, events = np.unique(days[seen], return_counts=True)
    events = events.astype(np.int64)
    at_risk = _at_risk(observed, times)
    survival = _product(at_risk, events)
    lower, upper = _log_log_band(at_risk, events)
    median = _median(times, at_risk, events)
    return Survival(times, at_risk, events, survival, lower, upper, median, observed)


def aalen_johansen(days: Whole, causes: Whole) -> Incidence:
    """The share that had a yes, and the share that had a no, by each day; `causes` holds CENSORED, POSITIVE, NEGATIVE.

    F_j(t) = Σ S(t_i-) d_ij / n_i over the event days t_i ≤ t, with S the share
    that had neither (Aalen, Johansen 1978). F_1 + F_2 + S = 1.
    """
    times = np.unique(days[causes != CENSORED])
    at_risk = _at_risk(np.sort(days), times)
    by_cause = np.stack([_count_on(days[causes == cause], times) for cause in (POSITIVE, NEGATIVE)])
    neither = _product(at_risk, by_cause.sum(axis=0))
    before = np.concatenate(([1.0], neither[:-1])) if times.size else neither
    positive, negative = np.cumsum(before * by_cause / at_risk, axis=1)
    return Incidence(times, positive, negative)


def chance_of_word(curve: Survival, silent: int, within: int) -> Chance | None:
    """After `silent` days without a word: the chance of one within the next `within` days.

    1 - S(silent + within) / S(silent), which is a Kaplan–Meier estimate of its
    own among those still silent, and has its log-log band. None where nobody
    was followed beyond `silent` days, or nobody silent as long as `silent +
    within`: the data say nothing there.
    """
    at_risk = curve.silent_after(silent)
    if at_risk == 0 or silent + within > curve.last_day:
        return None
    ahead = (curve.times > silent) & (curve.times <= silent + within)
    if not ahead.any():
        return Chance(0.0, None, None, at_risk)
    n, d = curve.at_risk[ahead], curve.events[ahead]
    lower, upper = _log_log_band(n, d)
    silent_still = float(np.prod((n - d) / n))
    return Chance(1 - silent_still, _defined(1 - upper[-1]), _defined(1 - lower[-1]), at_risk)


def wilson(k: int, n: int) -> Proportion:
    """`k` of `n` with the score interval (Wilson 1927), which stays inside 0 to 1 and holds for small n.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)
    """
    if n == 0:
        return Proportion(k, n, None, None, None)
    rate = k / n
    centre = rate + Z * Z / (2 * n)
    half = Z * math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    lower = 0.0 if k == 0 else (centre - half) / scale
    upper = 1.0 if k == n else (centre + half) / scale
    return Proportion(k, n, rate, lower, upper)


def calibration(stated: Real, came: Flags) -> Calibration | None:
    """How well chances `stated` (0 to 1) fit whether the yes `came`. None without any forecast.

    Brier score: mean of (stated - outcome)² (Brier 1950). The bins hold about
    the same number of forecasts each; equal forecasts are never torn apart.
    """
    n = stated.size
    if n == 0:
        return None
    outcome = came.astype(np.float64)
    share = float(outcome.mean())
    brier = float(np.mean((stated - outcome) ** 2))
    return Calibration(n, brier, share * (1 - share), _reliability(stated, came))


def spearman(first: Real, second: Real) -> Association | None:
    """Spearman's rank correlation, ties sharing their mean rank. None where one of the two never varies.

    The interval is Fisher's, with the standard error √((1 + r²/2) / (n - 3)) of
    Bonett and Wright (2000); it is undefined for n < 4 and for |r| = 1.
    """
    n = first.size
    if n < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    ranks = _mid_ranks(first) - (n + 1) / 2, _mid_ranks(second) - (n + 1) / 2
    r = float(ranks[0] @ ranks[1] / math.sqrt(float(ranks[0] @ ranks[0]) * float(ranks[1] @ ranks[1])))
    r = min(1.0, max(-1.0, r))
    if n < 4 or abs(r) == 1:
        return Association(r, None, None, n)
    error = math.sqrt((1 + r * r / 2) / (n - 3))
    return Association(r, math.tanh(math.atanh(r) - Z * error), math.tanh(math.atanh(r) + Z * error), n)


def rank_biserial(values: Real, yes: Flags) -> Association | None:
    """How much higher `values` are where the outcome was a yes: P(higher) - P(lower) over all pairs of a yes and a no.

    Also known as Cliff's d. The interval is the asymmetric one of Feng and
    Cliff (2004) with the unbiased variance; it needs two of each. None where
    one of the outcomes never happened.
    """
    high, low = values[yes], values[~yes]
    m, n = high.size, low.size
    if m == 0 or n == 0:
        return None
    of_high = _dominance(high, low)
    of_low = -_dominance(low, high)
    d = float(of_high.mean())
    if m < 2 or n < 2:
        return Association(d, None, None, m + n)
    if abs(d) == 1:
        smaller = min(m, n)
        bound = (smaller - Z * Z) / (smaller + Z * Z)
        return Association(d, *((bound, 1.0) if d > 0 else (-1.0, -bound)), m + n)
    spread = m * n * (1 - d * d) - _tied_pairs(high, low)
    variance = (n * n * float(np.sum((of_high - d) ** 2)) + m * m * float(np.sum((of_low - d) ** 2)) - spread) / (
        m * n * (m - 1) * (n - 1)
    )
    variance = max(variance, (1 - d * d) / (m * n - 1))
    half = Z * math.sqrt(variance) * math.sqrt((1 - d * d) ** 2 + Z * Z * variance)
    scale = 1 - d * d + Z * Z * variance
    return Association(d, (d - d**3 - half) / scale, (d - d**3 + half) / scale, m + n)


def _at_risk(observed: Whole, times: Whole) -> Whole:
    return (observed.size - np.searchsorted(observed, times, side="left")).astype(np.int64)


def _product(at_risk: Whole, events: Whole) -> Real:
    """Π (n - d) / n up to each event day."""
    return np.cumprod((at_risk - events) / at_risk, dtype=np.float64)


def _count_on(days: Whole, times: Whole) -> Whole:
    return np.bincount(np.searchsorted(times, days), minlength=times.size).astype(np.int64)


def _log_log_band(at_risk: Whole, events: Whole) -> tuple[Real, Real]:
    """S^exp(± z √V / |ln S|), V = Σ d / (n (n - d)) after Greenwood; NaN where S is 0."""
    left = at_risk - events
    defined = left > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        log_survival = np.cumsum(np.log1p(-events / at_risk))
        reach = Z * np.sqrt(np.cumsum(events / (at_risk * left))) / np.abs(log_survival)
        lower = np.where(defined, np.exp(log_survival * np.exp(reach)), np.nan)
        upper = np.where(defined, np.exp(log_survival * np.exp(-reach)), np.nan)
    return lower, upper


def _median(times: Whole, at_risk: Whole, events: Whole) -> int | None:
    """The smallest day with S ≤ 1/2, decided without rounding.

    After i factors the running product is off by less than 4 i ε of itself, so
    only a day within that distance of 1/2 needs whole-number arithmetic.
    """
    survival = _product(at_risk, events)
    doubt = 4 * np.finfo(np.float64).eps * np.arange(1, times.size + 1)
    for index in np.flatnonzero(survival <= 0.5 + doubt):
        if survival[index] < 0.5 - doubt[index] or _at_most_half(at_risk[: index + 1], events[: index + 1]):
            return int(times[index])
    return None


def _at_most_half(at_risk: Whole, events: Whole) -> bool:
    left = math.prod((at_risk - events).tolist())
    return 2 * left <= math.prod(at_risk.tolist())


def _reliability(stated: Real, came: Flags) -> tuple[ReliabilityBin, ...]:
    wanted = min(MOST_BINS, stated.size // FEWEST_FORECASTS_A_BIN)
    if wanted < 2:
        return ()
    edges = np.unique(np.quantile(stated, np.arange(1, wanted) / wanted))
    index = np.searchsorted(edges, stated, side="left")
    members = [index == one for one in range(edges.size + 1)]
    filled = [member for member in members if member.any()]
    if len(filled) < 2:
        return ()
    return tuple(
        ReliabilityBin(float(stated[member].mean()), wilson(int(came[member].sum()), int(member.sum())))
        for member in filled
    )


def _mid_ranks(values: Real) -> Real:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]


def _dominance(ours: Real, theirs: Real) -> Real:
    """For each of ours: the share of theirs that it exceeds, less the share that exceeds it."""
    ordered = np.sort(theirs)
    below = np.searchsorted(ordered, ours, side="left")
    above = ordered.size - np.searchsorted(ordered, ours, side="right")
    return (below - above) / ordered.size


def _tied_pairs(ours: Real, theirs: Real) -> int:
    ordered = np.sort(theirs)
    return int((np.searchsorted(ordered, ours, side="right") - np.searchsorted(ordered, ours, side="left")).sum())


def _defined(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
