"""Curves over the days since the interview: their points, where their axis ends, and their axes."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from debrief.insights.statistics import Survival
from debrief.insights.theme import percent_axis

DAYS_TITLE = "Days since the interview"


def curve_points(curve: Survival) -> pd.DataFrame:
    """The curve day by day: a row for each day on which a word came or a silent wait was cut off, from day 0 on.

    Columns: day, at_risk, heard, cut_off, share, low, high (shares from 0 to 1).
    """
    days = np.union1d([0], curve.observed)
    step = np.searchsorted(curve.times, days, side="right")
    at_risk = curve.n - np.searchsorted(curve.observed, days, side="left")
    ended = np.searchsorted(curve.observed, days, side="right") - np.searchsorted(curve.observed, days, side="left")
    heard = np.zeros_like(days)
    heard[np.isin(days, curve.times)] = curve.events
    return pd.DataFrame(
        {
            "day": days,
            "at_risk": at_risk,
            "heard": heard,
            "cut_off": ended - heard,
            "share": np.concatenate(([1.0], curve.survival))[step],
            "low": np.concatenate(([np.nan], curve.lower))[step],
            "high": np.concatenate(([np.nan], curve.upper))[step],
        }
    )


def days_shown(points: pd.DataFrame) -> int:
    """Where the axis ends: a week past the day by which 99 of 100 words had come, so that a stray one does not rule."""
    heard = points["heard"].cumsum()
    if heard.iloc[-1] == 0:
        return max(14, int(points["day"].iloc[-1]))
    most = int(points["day"][heard >= 0.99 * heard.iloc[-1]].iloc[0])
    return min(max(14, most + 7), max(14, int(points["day"].iloc[-1])))


def up_to(points: pd.DataFrame, end: int) -> pd.DataFrame:
    """The points that the axis shows, with their place on it (`x`).

    Where the curve goes on beyond the axis, the last point is repeated at its
    end, so that the line reaches it.
    """
    shown = points[points["day"] <= end]
    shown = shown.assign(x=shown["day"])
    if int(shown["day"].iloc[-1]) == end or int(points["day"].iloc[-1]) < end:
        return shown
    return pd.concat([shown, shown.tail(1).assign(x=end, cut_off=0)])


def day_axis(last: int, end: int) -> alt.X:
    """The axis from day 0 to `end`, with ticks up to `last`: what lies between is room for names.

    Places are in the column `x`.
    """
    step = next(step for step in (2, 7, 14, 28, 56, 112, 364, 10_000) if last / step <= 7)
    axis = alt.Axis(title=DAYS_TITLE, grid=False, values=list(range(0, last + 1, step)))
    return alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0, end], nice=False))


def share_axis(top: float = 1) -> alt.Y:
    """The axis of the share that is still without a word, with room up to `top` for what is written above the curve."""
    return alt.Y("share:Q", axis=percent_axis("Still without a word"), scale=alt.Scale(domain=[0, top]))
