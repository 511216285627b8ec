"""Charts with one labelled row for each thing: names that may occur twice, and single interviews as dots."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from debrief.insights.finding import percent
from debrief.insights.theme import ROW_HEIGHT, Look, layered, percent_axis

LABEL_AFTER_BAR = "slice(datum.label, indexof(datum.label, '|') + 1)"
"""Shows of a row's key "3|Acme" the name alone: the number keeps rows apart that are called the same."""


def keyed(names: pd.Series) -> list[str]:
    """Names as keys of rows, in order, each of its own."""
    return [f"{place}|{name}" for place, name in enumerate(names)]


def row_position(keys: list[str], **axis: Any) -> alt.Y:
    """The vertical place of rows by their `row` key, in the order of `keys`."""
    return alt.Y("row:N", sort=keys, axis=alt.Axis(title=None, grid=False, labelExpr=LABEL_AFTER_BAR, **axis))


def row_height(rows: int, each: int = ROW_HEIGHT) -> int:
    """The height in pixels of a chart with so many rows."""
    return each * max(rows, 1) + 8


def interval_rows(data: pd.DataFrame, look: Look, title: str, picks: list[str]) -> alt.LayerChart:
    """A share with its interval for each row: the share as a point with its percent above, the counts at the right.

    `data` has the columns label, k, n, rate, lower, upper (shares of 1), colour, and those to pick by.
    """
    rows = data.assign(
        row=keyed(data["label"]),
        words=[percent(rate) for rate in data["rate"]],
        counts=[f"{k:,} of {n:,}" for k, n in zip(data["k"], data["n"], strict=True)],
        edge=1.04,
    )
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("counts:N", title=" "),
        alt.Tooltip("rate:Q", title="Share", format=".0%"),
        alt.Tooltip("lower:Q", title="At least", format=".0%"),
        alt.Tooltip("upper:Q", title="At most", format=".0%"),
    ]
    base = alt.Chart(rows).encode(y=row_position(rows["row"].tolist()), tooltip=tooltip)
    x = alt.X(
        "lower:Q", scale=alt.Scale(domain=[0, _room_for(rows["counts"])], nice=False), axis=percent_axis(title, steps=2)
    )
    colour = alt.Color("colour:N", scale=None)
    interval = base.mark_rule(strokeWidth=5, opacity=0.42, strokeCap="round").encode(x=x, x2="upper:Q", color=colour)
    point = base.mark_point(filled=True, size=120, opacity=1).encode(x="rate:Q", color=colour)
    if picks:
        point = point.add_params(alt.selection_point(name="pick", fields=picks))
    words = base.mark_text(dy=-13, fontWeight="bold", fontSize=12).encode(x="rate:Q", text="words:N")
    counts = base.mark_text(align="left", color=look.muted).encode(x="edge:Q", text="counts:N")
    return layered([interval, point, words, counts], height=40 * len(rows) + 8)


def single_waits(waits: pd.DataFrame, look: Look, title: str) -> alt.LayerChart:
    """Each wait as a line from the interview on: a full dot where it ended in a word, a hollow one where it did not.

    `waits` has the columns label, days, ended (whether in a word), ending (in words), colour and interview_id.
    """
    data = waits.assign(row=keyed(waits["label"]))
    y = row_position(data["row"].tolist(), labelLimit=140, labelPadding=10)
    longest = max(float(data["days"].max()), 1.0)
    x = alt.X(
        "days:Q",
        scale=alt.Scale(domain=[0, longest * 2.1]),
        axis=alt.Axis(title=title, tickMinStep=1, grid=False, values=_whole_days(longest)),
    )
    pick = alt.selection_point(name="pick", fields=["interview_id"])
    base = alt.Chart(data).encode(y=y, tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("ending:N", title=" ")])
    lines = base.mark_rule(strokeWidth=2, color=look.line).encode(x=alt.X("zero:Q"), x2="days:Q")
    lines = lines.transform_calculate(zero="0")
    dots = base.mark_point(size=95, filled=True, opacity=1).encode(
        x=x, color=alt.Color("colour:N", scale=None), shape=alt.value("circle")
    )
    heard = dots.transform_filter("datum.ended").add_params(pick)
    silent = base.mark_point(size=95, filled=True, opacity=1, fill=look.paper, strokeWidth=2).encode(
        x=x, stroke=alt.Stroke("colour:N", scale=None)
    )
    words = base.mark_text(align="left", dx=9, color=look.muted).encode(x=x, text="ending:N")
    return layered([lines, heard, silent.transform_filter("!datum.ended"), words], height=row_height(len(data)))


def _room_for(words: pd.Series) -> float:
    """Where an axis of shares has to end for these words to fit behind 100 %, on a narrow screen too."""
    return 1.06 + 0.05 * int(words.str.len().max())


def _whole_days(longest: float) -> list[int]:
    step = next(step for step in (1, 2, 5, 7, 14, 28, 56, 112, 365, 3650) if longest / step <= 7 or step == 3650)
    return list(range(0, int(longest) + 1, step))
