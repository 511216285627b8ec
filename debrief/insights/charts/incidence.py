"""What comes of an interview, and when: yes and no side by side as the days pass."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.charts.days import DAYS_TITLE, day_axis
from debrief.insights.charts.rows import single_waits
from debrief.insights.finding import (
    FEWEST,
    FEWEST_FOR_RATES,
    Finding,
    caption_of,
    percent,
    single_figures,
    table_of,
    too_few,
)
from debrief.insights.report import answer_curves
from debrief.insights.statistics import CENSORED, POSITIVE, Incidence
from debrief.insights.theme import Look, dress, layered, percent_axis, spread_labels

KEY = "outcomes-over-time"
TITLE = "What comes, and when"


def outcomes_over_time(frame: pd.DataFrame, look: Look) -> Finding:
    """The shares with a yes (advanced or offer) and with a no by day, the silent between them."""
    timed = frame[frame["answer_days"].notna()]
    answered = int((timed["answer_cause"] != CENSORED).sum())
    if len(timed) < FEWEST:
        return too_few(KEY, TITLE, "how many lead to a yes, how many to a no, and by which day.", frame)
    if len(timed) < FEWEST_FOR_RATES or answered == 0:
        return _single_answers(frame, timed, look)
    points = incidence_points(answer_curves(timed))
    reading = _reading(points)
    left_out = len(frame) - len(timed)
    measures = {"Days shown": _days_shown(points), "Without the times for it": left_out}
    names = {"day": "Day", "yes": "Yes (%)", "no": "No (%)", "silent": "No answer yet (%)"}
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=table_of(points, names, shares=("yes", "no", "silent")),
        measures=single_figures(measures),
        caption=caption_of(
            frame, f"{counted(left_out, 'interview')} without the times for it left out." if left_out else ""
        ),
        chart=dress(_chart(points, look), look),
        alt=f"Two areas that grow with the days, yes from below and no from above. {reading}",
    )


def incidence_points(curves: Incidence) -> pd.DataFrame:
    """Columns day, yes, no, silent (shares of 1), from day 0 on, a row for each day with an answer."""
    yes, no = np.concatenate(([0.0], curves.positive)), np.concatenate(([0.0], curves.negative))
    points = pd.DataFrame({"day": np.concatenate(([0], curves.times)), "yes": yes, "no": no})
    return points.drop_duplicates("day", keep="last").assign(silent=lambda all_: 1 - all_["yes"] - all_["no"])


def _chart(points: pd.DataFrame, look: Look) -> alt.LayerChart:
    end = _days_shown(points)
    shown = points[points["day"] <= end]
    shown = shown.assign(x=shown["day"])
    if int(shown["day"].iloc[-1]) < end:
        shown = pd.concat([shown, shown.tail(1).assign(x=end)])
    shown = shown.assign(below_no=1 - shown["no"], zero=0.0, one=1.0)
    tooltip = [
        alt.Tooltip("day:Q", title="Day"),
        alt.Tooltip("yes:Q", title="Yes", format=".0%"),
        alt.Tooltip("no:Q", title="No", format=".0%"),
        alt.Tooltip("silent:Q", title="No answer yet", format=".0%"),
    ]
    base = alt.Chart(shown).encode(x=day_axis(end, round(end * 1.5)), tooltip=tooltip)
    axis = percent_axis("Share of all interviews")
    height = alt.Y("yes:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))
    yes = base.mark_area(interpolate="step-after", color=look.yes, opacity=0.85).encode(y=height, y2="zero:Q")
    silent = base.mark_area(interpolate="step-after", color=look.silent, opacity=0.16).encode(
        y="yes:Q", y2="below_no:Q"
    )
    no = base.mark_area(interpolate="step-after", color=look.no, opacity=0.85).encode(y="below_no:Q", y2="one:Q")
    return layered([silent, yes, no, _labels(shown.iloc[-1], end, look)], height=280)


def _labels(last: pd.Series, end: int, look: Look) -> alt.Chart:
    middles = [last["yes"] / 2, last["yes"] + last["silent"] / 2, 1 - last["no"] / 2]
    data = pd.DataFrame(
        {
            "x": end,
            "height": spread_labels(middles, gap=0.08),
            "words": [f"Yes {percent(last['yes'])}", f"Not yet {percent(last['silent'])}", f"No {percent(last['no'])}"],
            "colour": [look.yes, look.muted, look.no],
        }
    )
    return (
        alt.Chart(data)
        .mark_text(align="left", dx=7, fontWeight="bold")
        .encode(x="x:Q", y="height:Q", text="words:N", color=alt.Color("colour:N", scale=None))
    )


def _days_shown(points: pd.DataFrame) -> int:
    """A week past the day by which 99 of 100 answers had come."""
    answered = points["yes"] + points["no"]
    most = int(points["day"][answered >= 0.99 * answered.iloc[-1]].iloc[0])
    return max(14, most + 7)


def _reading(points: pd.DataFrame) -> str:
    end = _days_shown(points)
    last = points[points["day"] <= end].iloc[-1]
    return (
        f"Within {end} days {percent(last['yes'])} lead to a next round or an offer and {percent(last['no'])} to a no; "
        f"{percent(last['silent'])} have no answer by then."
    )


def _single_answers(frame: pd.DataFrame, timed: pd.DataFrame, look: Look) -> Finding:
    answered = timed["answer_cause"] != CENSORED
    yes = timed["answer_cause"] == POSITIVE
    days = timed["answer_days"].astype(np.int64)
    kind = np.select([yes, answered, timed["waiting"]], ["yes", "no", "open"], "let go")
    waits = pd.DataFrame(
        {
            "interview_id": timed["interview_id"],
            "label": timed["company"] + " · " + timed["round"],
            "days": days,
            "ended": answered,
            "ending": [f"{counted(day, 'day')}, {what}" for day, what in zip(days, kind, strict=True)],
            "colour": np.select([yes, answered], [look.yes, look.no], look.silent),
        }
    ).sort_values(["ended", "days"], ascending=[False, True], kind="stable")
    said_yes, said_no, silent = int(yes.sum()), int((answered & ~yes).sum()), int((~answered).sum())
    reading = f"{said_yes} yes and {said_no} no so far, {silent} without an answer."
    names = {"label": "Interview", "days": "Days", "ending": "How it stands"}
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=table_of(waits, names),
        measures=single_figures({"Yes": said_yes, "No": said_no, "Without an answer": silent}),
        caption=caption_of(frame, f"Shares follow from {FEWEST_FOR_RATES} on."),
        chart=dress(single_waits(waits.reset_index(drop=True), look, DAYS_TITLE), look),
        alt=f"A line for each interview, up to its answer. {reading}",
        picks=("interview_id",),
    )
