"""The pace of a search: interviews and answers week by week, and their running totals."""

from __future__ import annotations

import altair as alt
import pandas as pd

from debrief.insights.finding import FEWEST, Finding, counted, plural, too_few
from debrief.insights.theme import Look, dress, layered

KEY = "pace"
TITLE = "Interviews and answers by {unit}"
TOTALS_TITLE = "Running total"
DAYS_BY_DATE = 190
"""Up to half a year the axis names days, beyond it months."""
MOST_WEEKS = 104
"""Beyond two years, months take the place of weeks."""
SERIES = {"interviews": "Interviews", "answers": "Answers"}


def pace(frame: pd.DataFrame, look: Look) -> Finding:
    """Interviews and answers per week; per month for histories longer than two years."""
    counts, unit = pace_counts(frame)
    title = TITLE.format(unit=unit)
    if len(frame) < FEWEST or counts.empty:
        return too_few(KEY, title, "how many interviews and answers each week brings.", frame)
    busiest = counts.iloc[int(counts["interviews"].argmax())]
    reading = (
        f"{plural(int(counts['interviews'].sum()), 'interview')} and {plural(int(counts['answers'].sum()), 'answer')} "
        f"in {plural(len(counts), unit)}; the busiest {unit} was that of {busiest['name']}, "
        f"with {plural(int(busiest['interviews']), 'interview')}."
    )
    return Finding(
        key=KEY,
        title=title,
        reading=reading,
        table=_table(counts, unit),
        caption=counted(frame, _undated(frame)),
        chart=dress(_bars(counts, unit, look), look),
        alt=f"Bars up for interviews and down for answers, by {unit}. {reading}",
    )


def running_totals(frame: pd.DataFrame, look: Look) -> Finding:
    """Interviews and answers so far, week by week: the gap between the two is what is still out."""
    counts, unit = pace_counts(frame)
    if len(frame) < FEWEST or counts.empty:
        return too_few("running-total", TOTALS_TITLE, "how your interviews and answers add up.", frame)
    last = counts.iloc[-1]
    reading = (
        f"{plural(int(last['interviews_so_far']), 'interview')} so far and "
        f"{plural(int(last['answers_so_far']), 'answer')}."
    )
    return Finding(
        key="running-total",
        title=TOTALS_TITLE,
        reading=reading,
        table=_table(counts, unit),
        caption=counted(frame, _undated(frame)),
        chart=dress(_totals(counts, look), look),
        alt=f"Two rising lines, interviews and answers so far. {reading}",
    )


def pace_counts(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """A row for each week or month from the first interview to the last event, and which of the two: "week", "month".

    Columns: start (UTC midnight of its first day; weeks begin on Monday), stop
    (of the next one), name ("2 March 2026", "March 2026"), interviews, answers,
    interviews_so_far, answers_so_far.
    """
    held, answered = frame["ended_on"].dropna(), frame["answered_on"].dropna()
    if held.empty:
        return pd.DataFrame(), "week"
    first, last = held.min(), max(held.max(), answered.max()) if len(answered) else held.max()
    by_week = (last - first).days <= MOST_WEEKS * 7
    period = "W-SUN" if by_week else "M"
    index = pd.period_range(first, last, freq=period)
    counts = pd.DataFrame(
        {
            name: days.dt.to_period(period).value_counts().reindex(index, fill_value=0).to_numpy()
            for name, days in (("interviews", held), ("answers", answered))
        }
    )
    counts["start"] = index.start_time.tz_localize("UTC")
    counts["stop"] = (index + 1).start_time.tz_localize("UTC")
    counts["name"] = [f"{day.day} {day:%B %Y}" if by_week else f"{day:%B %Y}" for day in index.start_time]
    counts["interviews_so_far"] = counts["interviews"].cumsum()
    counts["answers_so_far"] = counts["answers"].cumsum()
    return counts, "week" if by_week else "month"


def _bars(counts: pd.DataFrame, unit: str, look: Look) -> alt.LayerChart:
    data = counts.assign(
        down=-counts["answers"], zero=0, edge=counts["start"] + (counts["stop"] - counts["start"]) * 0.86
    )
    most = max(int(counts["interviews"].max()), int(counts["answers"].max()), 1)
    tooltip = [
        alt.Tooltip("name:N", title=f"{unit.capitalize()} of" if unit == "week" else " "),
        alt.Tooltip("interviews:Q", title="Interviews", format=",d"),
        alt.Tooltip("answers:Q", title="Answers", format=",d"),
    ]
    x = alt.X("start:T", scale=alt.Scale(type="utc"), axis=_time_axis(counts))
    step = _nice_step(most)
    ticks = list(range(-step * (most // step), most + 1, step))
    axis = alt.Axis(title=None, labelExpr="format(abs(datum.value), ',d')", values=ticks)
    y = alt.Y("interviews:Q", axis=axis, scale=alt.Scale(domain=[-most * 1.25, most * 1.25], nice=False))
    base = alt.Chart(data).encode(x=x, x2="edge:T", tooltip=tooltip)
    up = base.mark_bar(color=look.groups[0], cornerRadiusEnd=2).encode(y=y, y2="zero:Q")
    down = base.mark_bar(color=look.groups[2], cornerRadiusEnd=2).encode(y="down:Q", y2="zero:Q")
    words = pd.DataFrame(
        {
            "start": [counts["start"].iloc[0]] * 2,
            "height": [most * 1.2, -most * 1.2],
            "words": [f"{SERIES['interviews']} ↑", f"{SERIES['answers']} ↓"],
            "colour": [look.groups[0], look.groups[2]],
        }
    )
    names = (
        alt.Chart(words)
        .mark_text(align="left", dx=4, fontWeight="bold")
        .encode(x="start:T", y="height:Q", text="words:N", color=alt.Color("colour:N", scale=None))
    )
    return layered([up, down, names], height=220)


def _totals(counts: pd.DataFrame, look: Look) -> alt.LayerChart:
    most = max(int(counts["interviews_so_far"].iloc[-1]), 1)
    x = alt.X("stop:T", axis=_time_axis(counts), scale=alt.Scale(type="utc", nice=False))
    axis = alt.Axis(title=None, tickMinStep=1, tickCount=4, format=",d")
    layers: list[alt.Chart] = []
    for name, colour, height in (("interviews", look.groups[0], 1.12), ("answers", look.groups[2], 1.0)):
        total = f"{name}_so_far"
        y = alt.Y(f"{total}:Q", axis=axis, scale=alt.Scale(domain=[0, most * 1.16], nice=False))
        tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip(f"{total}:Q", title=SERIES[name], format=",d")]
        line = alt.Chart(counts).mark_line(interpolate="step-before", strokeWidth=2.5, color=colour)
        corner = counts.head(1).assign(words=f"{SERIES[name]} {counts[total].iloc[-1]:,}", height=most * height)
        text = alt.Chart(corner).mark_text(align="left", dx=6, fontWeight="bold", color=colour)
        layers += [line.encode(x=x, y=y, tooltip=tooltip), text.encode(x=x, y="height:Q", text="words:N")]
    return layered(layers, height=240)


def _time_axis(counts: pd.DataFrame) -> alt.Axis:
    """Dates along the time axis, as UTC: the frame's days have no zone, and no browser may shift them."""
    days = (counts["stop"].iloc[-1] - counts["start"].iloc[0]).days
    shape = "%-d %b" if days <= DAYS_BY_DATE else "%b %Y"
    return alt.Axis(title=None, grid=False, tickCount=5, labelExpr=f"utcFormat(datum.value, '{shape}')")


def _nice_step(most: int) -> int:
    """Steps of an axis of counts: at most three up to `most`."""
    sizes = (step * 10**power for power in range(9) for step in (1, 2, 5))
    return next(step for step in sizes if most / step <= 3)


def _table(counts: pd.DataFrame, unit: str) -> pd.DataFrame:
    names = {
        "name": "Week of" if unit == "week" else "Month",
        "interviews": "Interviews",
        "answers": "Answers",
        "interviews_so_far": "Interviews so far",
        "answers_so_far": "Answers so far",
    }
    return counts[list(names)].rename(columns=names)


def _undated(frame: pd.DataFrame) -> str:
    missing = int(frame["ended_on"].isna().sum())
    return f"{plural(missing, 'interview')} without a date left out." if missing else ""
