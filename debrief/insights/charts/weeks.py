"""The pace of a search: interviews and answers week by week, and running totals of these and of lessons."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.finding import FEWEST, Finding, are, caption_of, single_figures, table_of, too_few
from debrief.insights.record import Record
from debrief.insights.theme import Look, dress, layered

KEY = "pace"
TITLE = "Interviews and answers by {unit}"
TOTALS_KEY, TOTALS_TITLE = "running-total", "Running total"
LESSONS_KEY, LESSONS_TITLE = "lessons-over-time", "Lessons opened and learned, over time"
DAYS_BY_DATE = 190
"""Up to half a year the axis names days, beyond it months."""
MOST_WEEKS = 104
"""Beyond two years, months take the place of weeks."""
MOST_TICKS = 5
SERIES = {"interviews": "Interviews", "answers": "Answers"}
LESSON_SERIES = {"opened": "Opened", "learned": "Learned"}


def pace(frame: pd.DataFrame, look: Look) -> Finding:
    """Interviews and answers per week; per month for histories longer than two years."""
    counts, unit = pace_counts(frame)
    title = TITLE.format(unit=unit)
    if len(frame) < FEWEST or counts.empty:
        return too_few(KEY, title, "how many interviews and answers each week brings.", frame)
    busiest = counts.iloc[int(counts["interviews"].argmax())]
    came = (
        f"{counted(int(counts['interviews'].sum()), 'interview')} and {counted(int(counts['answers'].sum()), 'answer')}"
    )
    reading = (
        f"{came} in {counted(len(counts), unit)}; the busiest {unit} was that of {busiest['name']}, "
        f"with {counted(int(busiest['interviews']), 'interview')}."
    )
    return Finding(
        key=KEY,
        title=title,
        reading=reading,
        table=_table(counts, unit, SERIES),
        measures=single_figures({f"{unit.capitalize()}s": len(counts), **_without_a_date(frame)}),
        caption=caption_of(frame, _undated(frame)),
        chart=dress(_bars(counts, unit, look), look),
        alt=f"Bars up for interviews and down for answers, by {unit}. {reading}",
    )


def running_totals(frame: pd.DataFrame, look: Look) -> Finding:
    """Interviews and answers so far, week by week: the gap between the two is what is still out."""
    counts, unit = pace_counts(frame)
    if len(frame) < FEWEST or counts.empty:
        return too_few(TOTALS_KEY, TOTALS_TITLE, "how your interviews and answers add up.", frame)
    last = counts.iloc[-1]
    reading = (
        f"{counted(int(last['interviews_so_far']), 'interview')} so far and "
        f"{counted(int(last['answers_so_far']), 'answer')}."
    )
    return Finding(
        key=TOTALS_KEY,
        title=TOTALS_TITLE,
        reading=reading,
        table=_table(counts, unit, SERIES),
        measures=single_figures(_without_a_date(frame)),
        caption=caption_of(frame, _undated(frame)),
        chart=dress(_totals(counts, SERIES, look), look),
        alt=f"Two rising lines, interviews and answers so far. {reading}",
    )


def lessons_over_time(record: Record, look: Look) -> Finding:
    """Lessons opened and learned so far, week by week: the gap between the two is what is still to be learned."""
    each = record.lessons.drop_duplicates("lesson_id")
    if len(each) < FEWEST:
        reading = f"From {counted(FEWEST, 'lesson')} on: how lessons come and are learned. You have {len(each)} so far."
        return Finding(LESSONS_KEY, LESSONS_TITLE, reading, pd.DataFrame(), caption_of(record.interviews))
    days = {"opened": _utc_days(each["created_at"]), "learned": _utc_days(each["learned_at"])}
    counts, unit = counts_by_period(days)
    last = counts.iloc[-1]
    dropped = int((each["state"] == "dropped").sum())
    undated = int(((each["state"] == "learned") & each["learned_at"].isna()).sum())
    reading = (
        f"{counted(int(last['opened_so_far']), 'lesson')} opened so far; "
        f"{are(int(last['learned_so_far']) + undated)} learned."
    )
    told = [f"{counted(len(each), 'lesson')}, {dropped:,} of them dropped."]
    told += [f"{are(undated)} learned without a date, and not in the line.".capitalize()] if undated else []
    return Finding(
        key=LESSONS_KEY,
        title=LESSONS_TITLE,
        reading=reading,
        table=_table(counts, unit, LESSON_SERIES),
        measures=single_figures({"Lessons": len(each), "Dropped": dropped, "Learned without a date": undated}),
        caption=caption_of(record.interviews, *told),
        chart=dress(_totals(counts, LESSON_SERIES, look), look),
        alt=f"Two rising lines, lessons opened and learned so far. {reading}",
    )


def pace_counts(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Interviews and answers by week or month, from the first interview to the last event: see `counts_by_period`."""
    return counts_by_period({"interviews": frame["ended_on"], "answers": frame["answered_on"]})


def counts_by_period(days: Mapping[str, pd.Series]) -> tuple[pd.DataFrame, str]:
    """How many days of each series fall into each week or month, and which of the two: "week", "month".

    A row for each from the first day of the first series to the last day of any.
    Columns: start (UTC midnight of its first day; weeks begin on Monday), stop
    (of the next one), name ("2 March 2026", "March 2026"), and for each series
    its own name and that with "_so_far". Without a day in the first series no row.
    """
    known = {name: series.dropna() for name, series in days.items()}
    leading = next(iter(known.values()))
    if leading.empty:
        return pd.DataFrame(), "week"
    first, last = leading.min(), max(series.max() for series in known.values() if len(series))
    by_week = (last - first).days <= MOST_WEEKS * 7
    period = "W-SUN" if by_week else "M"
    index = pd.period_range(first, last, freq=period)
    counts = pd.DataFrame(
        {
            name: series.dt.to_period(period).value_counts().reindex(index, fill_value=0).to_numpy()
            for name, series in known.items()
        }
    )
    counts["start"] = index.start_time.tz_localize("UTC")
    counts["stop"] = (index + 1).start_time.tz_localize("UTC")
    counts["name"] = [f"{day.day} {day:%B %Y}" if by_week else f"{day:%B %Y}" for day in index.start_time]
    for name in known:
        counts[f"{name}_so_far"] = counts[name].cumsum()
    return counts, "week" if by_week else "month"


def _utc_days(instants: pd.Series) -> pd.Series:
    """The days of instants that belong to no place of their own."""
    return instants.dt.tz_localize(None).dt.normalize()


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
    tick = _nice_count(most)
    axis = alt.Axis(title=None, labelExpr="format(abs(datum.value), ',d')", values=[-tick, 0, tick])
    y = alt.Y("interviews:Q", axis=axis, scale=alt.Scale(domain=[-most * 1.25, most * 1.25], nice=False))
    base = alt.Chart(data).encode(x=x, x2="edge:T", tooltip=tooltip)
    up = base.mark_bar(color=look.groups[0], cornerRadiusEnd=2).encode(y=y, y2="zero:Q")
    down = base.mark_bar(color=look.groups[2], cornerRadiusEnd=2).encode(y="down:Q", y2="zero:Q")
    words = pd.DataFrame(
        {
            "start": [counts["start"].iloc[0]] * 2,
            "height": [most * 1.2, -most * 1.2],
            "words": list(SERIES.values()),
            "colour": [look.groups[0], look.groups[2]],
        }
    )
    names = (
        alt.Chart(words)
        .mark_text(align="left", dx=4, fontWeight="bold")
        .encode(x="start:T", y="height:Q", text="words:N", color=alt.Color("colour:N", scale=None))
    )
    return layered([up, down, names], height=220)


def _totals(counts: pd.DataFrame, names: Mapping[str, str], look: Look) -> alt.LayerChart:
    """A line for each series, from nothing at the beginning of the first week to its total at the end of the last."""
    most = max(int(counts[f"{name}_so_far"].iloc[-1]) for name in names)
    begun = counts.head(1).assign(stop=counts["start"].iloc[0], **{f"{name}_so_far": 0 for name in names})
    data = pd.concat([begun, counts])
    x = alt.X("stop:T", axis=_time_axis(counts), scale=alt.Scale(type="utc", nice=False))
    axis = alt.Axis(title=None, tickMinStep=1, tickCount=4, format=",d")
    layers: list[alt.Chart] = []
    for (name, title), colour, height in zip(
        names.items(), (look.groups[0], look.groups[2]), (1.24, 1.12), strict=True
    ):
        total = f"{name}_so_far"
        y = alt.Y(f"{total}:Q", axis=axis, scale=alt.Scale(domain=[0, most * 1.3], nice=False))
        tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip(f"{total}:Q", title=title, format=",d")]
        line = alt.Chart(data).mark_line(strokeWidth=2.5, color=colour)
        corner = begun.assign(words=f"{title} {counts[total].iloc[-1]:,}", height=most * height)
        text = alt.Chart(corner).mark_text(align="left", dx=6, fontWeight="bold", color=colour)
        layers += [line.encode(x=x, y=y, tooltip=tooltip), text.encode(x=x, y="height:Q", text="words:N")]
    return layered(layers, height=240)


def _time_axis(counts: pd.DataFrame) -> alt.Axis:
    """Dates along the time axis, at the beginnings of weeks or months.

    As UTC: the frame's days have no zone, and no browser may shift them.
    """
    days = (counts["stop"].iloc[-1] - counts["start"].iloc[0]).days
    shape = "%-d %b" if days <= DAYS_BY_DATE else "%b %Y"
    shown = counts["start"].iloc[:: -(-len(counts) // MOST_TICKS)]
    return alt.Axis(
        title=None,
        grid=False,
        values=[alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in shown],
        labelExpr=f"utcFormat(datum.value, '{shape}')",
    )


def _nice_count(most: int) -> int:
    """The largest round number up to `most`."""
    return max(step * 10**power for power in range(9) for step in (1, 2, 5) if step * 10**power <= most)


def _table(counts: pd.DataFrame, unit: str, series: Mapping[str, str]) -> pd.DataFrame:
    names = {"name": "Week of" if unit == "week" else "Month", **series}
    names |= {f"{name}_so_far": f"{title} so far" for name, title in series.items()}
    return table_of(counts, names)


def _undated(frame: pd.DataFrame) -> str:
    return "".join(
        f"{counted(count, 'interview')} without a date left out." for count in _without_a_date(frame).values()
    )


def _without_a_date(frame: pd.DataFrame) -> dict[str, int]:
    missing = int(frame["ended_on"].isna().sum())
    return {"Without a date": missing} if missing else {}
