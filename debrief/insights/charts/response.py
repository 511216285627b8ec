"""How long until the first word: the survival curve, for all and for groups."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.charts.days import DAYS_TITLE, curve_points, day_axis, days_shown, share_axis, up_to
from debrief.insights.charts.rows import single_waits
from debrief.insights.finding import (
    FEWEST,
    FEWEST_FOR_RATES,
    LABELS,
    Finding,
    are,
    caption_of,
    day_count,
    listed,
    percent,
    single_figures,
    table_of,
    too_few,
)
from debrief.insights.report import first_word_curve
from debrief.insights.statistics import Survival
from debrief.insights.theme import Look, dress, layered, spread_labels

KEY = "response-times"
TITLE = "How long they take"
MOST_GROUPS = 6
SMALL_GROUP = 100
"""Below this the bands of two curves are so wide that the page says so."""
NARROW = 265
"""Pixels between the axes on a phone."""
LONGEST_NAME = 120
"""Pixels that the name of a group may take; the table has all of it."""


def response_times(frame: pd.DataFrame, look: Look) -> Finding:
    """The share still without a word by day, with its band and a mark for each wait that has no word yet."""
    timed = frame[frame["word_days"].notna()]
    if len(timed) < FEWEST:
        promise = "how many days pass until the first word, counting those still silent."
        return too_few(KEY, TITLE, promise, frame)
    if len(timed) < FEWEST_FOR_RATES:
        return _single_answers(frame, timed, look)
    curve = first_word_curve(timed)
    points = curve_points(curve)
    reading = _reading(curve, timed)
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=_table(points),
        measures=single_figures(
            {"Still silent": silent_now(timed), "Days shown": days_shown(points)} | _no_times(frame)
        ),
        caption=caption_of(frame, _left_out(frame, timed), _beyond(points)),
        chart=dress(_curve_chart(points, curve.median, look), look),
        alt=f"A curve of the share of interviews still without a word, by day. {reading}",
    )


def response_times_by(frame: pd.DataFrame, look: Look, by: str) -> Finding:
    """One curve for each group of at least five interviews that shares a label of the column `by`."""
    key, title = f"{KEY}-by-{by.replace('_', '-')}", f"How long they take, by {LABELS[by]}"
    timed = frame[frame["word_days"].notna() & (frame[by] != "")]
    sizes = timed[by].value_counts()
    drawn = [str(label) for label in sizes.index[sizes >= FEWEST]][:MOST_GROUPS]
    if not drawn or len(timed) < FEWEST_FOR_RATES:
        promise = f"a curve for each {LABELS[by]} that has {FEWEST} or more, once there are {FEWEST_FOR_RATES} in all."
        return too_few(key, title, promise, frame)
    curves = {label: first_word_curve(timed[timed[by] == label]) for label in drawn}
    points = pd.concat([curve_points(curve).assign(group=label) for label, curve in curves.items()])
    reading = _group_reading(curves)
    left = [f"{label} ({size})" for label, size in sizes.items() if label not in drawn]
    left_out = f"Not drawn: {listed(left)}." if left else ""
    is_small = min(curve.n for curve in curves.values()) < SMALL_GROUP
    may_be_chance = "Between groups this small, differences can be chance." if is_small else ""
    return Finding(
        key=key,
        title=title,
        reading=reading,
        table=_table(points, by),
        measures=single_figures({f"Not drawn: {label}": size for label, size in sizes.items() if label not in drawn}),
        caption=caption_of(frame, left_out, may_be_chance),
        chart=dress(_groups_chart(points, look), look),
        alt=f"Curves of the share of interviews still without a word, by day, one for each {LABELS[by]}. {reading}",
    )


def silent_now(frame: pd.DataFrame) -> int:
    """How many interviews are undecided and have no word at all yet."""
    return int((frame["waiting"] & ~frame["word_seen"]).sum())


def median_in_words(curve: Survival) -> str:
    """When half had answered; or how many had by the last day that the curve speaks of."""
    if curve.median is not None:
        return f"Half of the employers answered {day_count(curve.median)}"
    last = int(curve.observed[-1])
    return f"Fewer than half of the employers answered: {percent(1 - curve.at(last))} within {counted(last, 'day')}"


def _reading(curve: Survival, timed: pd.DataFrame) -> str:
    return f"{median_in_words(curve)}; {are(silent_now(timed))} still silent."


def _curve_chart(points: pd.DataFrame, median: int | None, look: Look) -> alt.LayerChart:
    end = days_shown(points)
    shown = up_to(points, end)
    x = day_axis(end, end)
    base = alt.Chart(shown).encode(x=x, tooltip=_tooltips())
    band = base.mark_area(interpolate="step-after", color=look.main, opacity=0.18).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(interpolate="step-after", color=look.main, strokeWidth=2.5).encode(y=share_axis())
    marks = base.mark_tick(orient="vertical", size=13, thickness=1.6, color=look.ink).encode(y="share:Q")
    layers = [band, line, marks.transform_filter("datum.cut_off > 0")]
    if median is not None and median <= end:
        layers += _median_marks(median, look)
    return layered(layers, height=280)


def _median_marks(median: int, look: Look) -> list[alt.Chart]:
    half = alt.Chart(pd.DataFrame({"x": [median], "share": [0.5], "zero": [0.0], "words": [f"half by day {median}"]}))
    dashed = half.mark_rule(strokeDash=[4, 4], color=look.muted)
    return [
        dashed.encode(x="zero:Q", x2="x:Q", y="share:Q"),
        dashed.encode(x="x:Q", y="share:Q", y2="zero:Q"),
        half.mark_text(align="left", dx=8, dy=-9, fontWeight="bold").encode(x="x:Q", y="share:Q", text="words:N"),
    ]


def _groups_chart(points: pd.DataFrame, look: Look) -> alt.LayerChart:
    end = days_shown(points.sort_values("day"))
    labels = [str(label) for label in dict.fromkeys(points["group"])]
    shown = pd.concat([up_to(points[points["group"] == label], end).assign(group=label) for label in labels])
    slowness = shown.groupby("group")["share"].mean()
    ends = shown.groupby("group", sort=False).tail(1)[["group", "share"]].assign(x=end)
    ends = ends.iloc[np.argsort(ends["group"].map(slowness).to_numpy(), kind="stable")]
    ends["height"] = spread_labels(ends["share"].tolist(), gap=0.075)
    colour = alt.Color("group:N", scale=alt.Scale(domain=labels, range=list(look.groups[: len(labels)])), legend=None)
    x = day_axis(end, round(end * _room_for(labels)))
    tooltip = [alt.Tooltip("group:N", title=" "), *_tooltips()]
    base = alt.Chart(shown).encode(x=x, color=colour, tooltip=tooltip)
    lines = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(y=share_axis())
    marks = base.mark_tick(orient="vertical", size=11, thickness=1.6).encode(y="share:Q")
    names = (
        alt.Chart(ends)
        .mark_text(align="left", dx=7, fontWeight="bold", limit=LONGEST_NAME)
        .encode(x="x:Q", y="height:Q", text="group:N", color=colour)
    )
    return layered([lines, marks.transform_filter("datum.cut_off > 0"), names], height=300)


def _room_for(names: Sequence[str]) -> float:
    """How many times as long the axis has to be for these names to fit behind its end, on a narrow screen too."""
    longest = min(LONGEST_NAME, 8 * max(len(name) for name in names)) + 7
    return NARROW / (NARROW - longest)


def _tooltips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("day:Q", title="Day"),
        alt.Tooltip("share:Q", title="Still without a word", format=".0%"),
        alt.Tooltip("at_risk:Q", title="Silent until then", format=",d"),
        alt.Tooltip("heard:Q", title="Heard that day", format=",d"),
        alt.Tooltip("cut_off:Q", title="Silent waits that end here", format=",d"),
    ]


def _table(points: pd.DataFrame, by: str = "") -> pd.DataFrame:
    names = {
        "day": "Day",
        "at_risk": "Silent until then",
        "heard": "Heard that day",
        "cut_off": "Silent waits that end here",
        "share": "Still without a word (%)",
        "low": "At least (%)",
        "high": "At most (%)",
    }
    if by:
        names = {"group": LABELS[by].capitalize(), **names}
    return table_of(points, names, shares=("share", "low", "high")).reset_index(drop=True)


def _left_out(frame: pd.DataFrame, timed: pd.DataFrame) -> str:
    missing = len(frame) - len(timed)
    return f"{counted(missing, 'interview')} without the times for it left out." if missing else ""


def _no_times(frame: pd.DataFrame) -> dict[str, int]:
    missing = int(frame["word_days"].isna().sum())
    return {"Without the times for it": missing} if missing else {}


def _beyond(points: pd.DataFrame) -> str:
    end = days_shown(points)
    beyond = int(points.loc[points["day"] > end, ["heard", "cut_off"]].to_numpy().sum())
    if not beyond:
        return ""
    return f"{counted(beyond, 'wait')} longer than {end} days: beyond the right edge, in the table."


def _group_reading(curves: dict[str, Survival]) -> str:
    known = {label: curve.median for label, curve in curves.items() if curve.median is not None}
    if not known:
        return "In no group has half of the employers answered so far."
    by_speed = sorted(known, key=lambda label: known[label])
    fast, slow = by_speed[0], by_speed[-1]
    if known[fast] == known[slow]:
        return f"Half of the employers answered {day_count(known[fast])}, whatever the group."
    return f"{fast}: half answered {day_count(known[fast])}. {slow}: {day_count(known[slow])}."


def _single_answers(frame: pd.DataFrame, timed: pd.DataFrame, look: Look) -> Finding:
    waits = _single_waits(timed, look)
    heard = timed.loc[timed["word_seen"], "word_days"]
    reading = f"{heard.size} of {len(timed)} employers have answered"
    if heard.size:
        reading += f", between {int(heard.min())} and {counted(int(heard.max()), 'day')} after"
    reading += f"; {are(silent_now(timed))} still silent."
    names = {"label": "Interview", "days": "Days", "ending": "How the wait ended"}
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=table_of(waits, names),
        measures=single_figures(
            {"Answered": heard.size, "Of": len(timed), "Still silent": silent_now(timed)} | _no_times(frame)
        ),
        caption=caption_of(frame, _left_out(frame, timed), f"A curve follows from {FEWEST_FOR_RATES} on."),
        chart=dress(single_waits(waits, look, DAYS_TITLE), look),
        alt=f"A line for each interview, as long as the wait for a first word. {reading}",
        picks=("interview_id",),
    )


def _single_waits(timed: pd.DataFrame, look: Look) -> pd.DataFrame:
    seen = timed["word_seen"]
    days = timed["word_days"].astype(np.int64)
    kind = np.select([seen, timed["waiting"]], ["", ", silent"], ", let go")
    waits = pd.DataFrame(
        {
            "interview_id": timed["interview_id"],
            "label": timed["company"] + " · " + timed["round"],
            "days": days,
            "ended": seen,
            "ending": [counted(day, "day") + more for day, more in zip(days, kind, strict=True)],
            "colour": np.where(seen, look.yes, look.silent),
        }
    )
    return waits.sort_values(["ended", "days"], ascending=[False, True], kind="stable").reset_index(drop=True)
