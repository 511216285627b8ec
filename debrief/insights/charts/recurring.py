"""What comes back: what hard questions were about and how they went, and what became of the lessons."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.charts.rows import row_height
from debrief.insights.finding import FEWEST, Finding, are, caption_of, single_figures, table_of
from debrief.insights.record import Record
from debrief.insights.theme import Look, dress, layered, readable_on

COMPETENCIES_KEY, COMPETENCIES_TITLE = "hard-questions", "What hard questions are about, and how they go"
LESSONS_KEY, LESSONS_TITLE = "lessons", "Lessons by area, and how far they have come"
MOST_ROWS = 12
NOT_SAID = "Not said"
WENT = {"weak": "Lost or shaky", "half": "Halfway", "strong": "Solid or strong", "unrated": "Not rated"}
STATES = {"open": "Open", "practising": "Practising", "learned": "Learned", "dropped": "Dropped"}


def hard_questions(record: Record, look: Look, titles: Mapping[str, str]) -> Finding:
    """How the hard questions went by what they were about; `titles` are the names of competencies by their ids."""
    hard = record.moments[record.moments["hard"]]
    if len(hard) < FEWEST:
        return _too_few(COMPETENCIES_KEY, COMPETENCIES_TITLE, "hard question", len(hard), record)
    counts = competency_counts(record.moments, titles)
    drawn = counts[counts["times"] > 0].head(MOST_ROWS)
    reading = _what_comes_up(drawn[drawn["title"] != NOT_SAID], len(hard))
    names = {"title": "About", "times": "Hard questions", **WENT, "landed": "Answers that landed"}
    return Finding(
        key=COMPETENCIES_KEY,
        title=COMPETENCIES_TITLE,
        reading=reading,
        table=table_of(counts, names),
        caption=caption_of(record.interviews, "A question about two things counts for both."),
        chart=dress(_stacked(drawn, look, WENT, [look.no, look.silent, look.yes, look.paper]), look),
        alt=f"Bars by what hard questions were about, divided by how they went. {reading}",
    )


def _what_comes_up(named: pd.DataFrame, hard: int) -> str:
    if named.empty:
        return f"None of {counted(hard, 'hard question')} says what it was about."
    worst = named.iloc[0]
    return (
        f"{worst['title']} comes up most in hard questions: {counted(int(worst['times']), 'time')}, "
        f"{int(worst['weak'])} of them lost or shaky."
    )


def competency_counts(moments: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """One row for each competency, the most frequent in hard questions first.

    Columns: title, weak (went 1 or 2), half (3), strong (4 or 5), unrated, landed, times (the hard ones together).
    """
    went = moments["went"]
    kind = np.select([~moments["hard"], went <= 2, went == 3, went >= 4], ["landed", *list(WENT)[:3]], "unrated")
    counts = pd.crosstab(moments["competency"], kind).reindex(columns=[*WENT, "landed"], fill_value=0)
    counts["title"] = [titles.get(one, one.replace("_", " ").capitalize()) or NOT_SAID for one in counts.index]
    counts["times"] = counts[list(WENT)].sum(axis=1)
    return counts.sort_values(["times", "weak"], ascending=False, kind="stable")


def lessons(record: Record, look: Look) -> Finding:
    """How many lessons each area has, and how far they have come."""
    each = record.lessons.drop_duplicates("lesson_id")
    if len(each) < FEWEST:
        return _too_few(LESSONS_KEY, LESSONS_TITLE, "lesson", len(each), record)
    area = each["area"].where(each["area"] != "", "Anything else")
    counts = pd.crosstab(area, each["state"]).reindex(columns=list(STATES), fill_value=0)
    order = counts.sum(axis=1)
    counts = counts.assign(order=order).sort_values("order", ascending=False, kind="stable").drop(columns="order")
    counts = counts.reset_index(names="title")
    learned, still = int(counts["learned"].sum()), int(counts[["open", "practising"]].sum().sum())
    reading = f"{counted(len(each), 'lesson')} so far: {learned} learned, {are(still)} still open or in practice."
    names = {"title": "Area", **STATES}
    return Finding(
        key=LESSONS_KEY,
        title=LESSONS_TITLE,
        reading=reading,
        table=table_of(counts, names).rename_axis(columns=None),
        measures=single_figures({"Lessons": len(each), "Learned": learned, "Open or in practice": still}),
        caption=caption_of(record.interviews, f"{counted(len(each), 'lesson')}."),
        chart=dress(
            _stacked(counts.head(MOST_ROWS), look, STATES, [look.paper, look.stream, look.yes, look.silent]), look
        ),
        alt=f"Bars by area, divided by how far the lessons have come. {reading}",
    )


def _stacked(counts: pd.DataFrame, look: Look, names: Mapping[str, str], fills: list[str]) -> alt.LayerChart:
    """A bar for each row of `counts` (column title), divided into the columns `names`, with numbers inside."""
    data = _pieces(counts, names)
    used = [name for name in names.values() if name in set(data["kind"])]
    palette = dict(zip(names.values(), fills, strict=True))
    titles = counts["title"].tolist()
    scale = alt.Scale(domain=used, range=[palette[name] for name in used])
    legend = alt.Legend(orient="top", title=None, columns=2)
    y = alt.Y("title:N", sort=titles, axis=alt.Axis(title=None, grid=False, labelLimit=170))
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, int(data["stop"].max())], nice=False))
    tooltip = [alt.Tooltip("title:N", title=" "), alt.Tooltip("kind:N", title=" "), alt.Tooltip("count:Q", title=" ")]
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(height=19, stroke=look.muted, strokeWidth=0.8).encode(
        x=x, x2="stop:Q", color=alt.Color("kind:N", scale=scale, legend=legend)
    )
    ink = alt.Color("ink:N", scale=None)
    data["ink"] = [readable_on(palette[kind], look) for kind in data["kind"]]
    numbers = base.mark_text(fontWeight="bold", fontSize=12).encode(x="middle:Q", text="count:Q", color=ink)
    return layered([bars, numbers], height=row_height(len(counts)) + 40)


def _pieces(counts: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The bars' pieces end to end: title, kind, count, start, stop, middle; pieces of nothing left out."""
    pieces = counts.melt("title", list(names), var_name="kind", value_name="count")
    pieces["stop"] = pieces.groupby("title")["count"].cumsum()
    pieces["start"] = pieces["stop"] - pieces["count"]
    pieces["middle"] = (pieces["start"] + pieces["stop"]) / 2
    pieces["kind"] = pieces["kind"].map(dict(names))
    return pieces[pieces["count"] > 0].copy()


def _too_few(key: str, title: str, one: str, have: int, record: Record) -> Finding:
    return Finding(
        key=key,
        title=title,
        reading=f"From {counted(FEWEST, one)} on: what comes back. Reflections have brought {have} so far.",
        table=pd.DataFrame(),
        caption=caption_of(record.interviews),
    )
