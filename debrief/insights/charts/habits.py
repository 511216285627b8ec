"""Habits beside outcomes: notes, reflections and check-ins in time, and how often a yes came. Not cause and effect."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from debrief.insights.charts.rows import interval_rows
from debrief.insights.finding import FEWEST, FEWEST_FOR_RATES, Finding, caption_of, table_of, too_few
from debrief.insights.history import YES
from debrief.insights.record import Record
from debrief.insights.statistics import wilson
from debrief.insights.theme import Look, dress

KEY = "habits"
TITLE = "Habits, and what came of it"
WARNING = (
    "This is not cause and effect. After a talk that went well a note is written sooner, "
    "and employers who answer quickly leave no time for a check-in."
)


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit: its name, and the words for interviews where it was kept and where it was not."""

    words: str
    kept: str
    not_kept: str


HABITS = {
    "note_in_time": Habit("A note within 24 hours", "Note in time", "Note later, or none"),
    "reflection_in_time": Habit("A reflection within 24 hours", "Reflected in time", "Later, or not at all"),
    "check_ins_in_time": Habit("Check-ins only when the rules say so", "Check-ins in time", "One out of time"),
}


def habits(record: Record, look: Look) -> Finding:
    """How often each habit was kept, and the share with a yes where it was and where it was not."""
    frame = record.interviews
    if len(frame) < FEWEST:
        return too_few(KEY, TITLE, "how often your notes, reflections and check-ins were in time.", frame)
    counts = habit_counts(record)
    pairs = counts["interviews"].to_numpy().reshape(-1, 2)
    parts = [
        f"{habit.words}: {kept:,} of {kept + not_kept:,}"
        for habit, (kept, not_kept) in zip(HABITS.values(), pairs, strict=True)
        if kept + not_kept
    ]
    reading = ". ".join(parts) + "." if parts else "No interview is old enough yet to tell."
    names = {
        "label": "Habit",
        "interviews": "Interviews",
        "of": "Of",
        "n": "Settled",
        "k": "Yes",
        "rate": "Share with a yes (%)",
        "lower": "At least (%)",
        "upper": "At most (%)",
    }
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=table_of(counts, names, shares=("rate", "lower", "upper")),
        caption=caption_of(
            frame, "" if len(frame) >= FEWEST_FOR_RATES else f"Shares follow from {FEWEST_FOR_RATES} on."
        ),
        chart=_chart(counts, look) if len(frame) >= FEWEST_FOR_RATES else None,
        alt=f"Pairs of points with intervals: the share with a yes where a habit was kept, and where not. {reading}",
        warning=WARNING,
    )


def habit_counts(record: Record) -> pd.DataFrame:
    """Two rows for each habit: kept, and not.

    Columns: habit, kept, label, interviews, of (how many), n settled, k with a yes, rate, lower, upper (Wilson's).
    """
    frame = record.interviews
    in_time = record.check_ins.groupby("interview_id")["in_time"].all().astype(float)
    frame = frame.assign(check_ins_in_time=frame["interview_id"].map(in_time), yes=frame["answer"].isin(YES))
    rows: list[tuple[object, ...]] = []
    for habit, words in HABITS.items():
        for kept, label in ((True, words.kept), (False, words.not_kept)):
            group = frame[frame[habit] == float(kept)]
            share = wilson(int(group["yes"].sum()), int(group["settled"].sum()))
            rows.append((habit, kept, label, len(group), share.k, share.n, share.rate, share.lower, share.upper))
    counts = pd.DataFrame(rows, columns=["habit", "kept", "label", "interviews", "k", "n", "rate", "lower", "upper"])
    counts["of"] = counts.groupby("habit")["interviews"].transform("sum")
    return counts.astype(dict.fromkeys(("rate", "lower", "upper"), np.float64))


def _chart(counts: pd.DataFrame, look: Look) -> alt.LayerChart | None:
    drawn = counts[counts["n"] >= FEWEST]
    if drawn.empty:
        return None
    colour = np.where(drawn["kept"], look.main, look.silent)
    return dress(interval_rows(drawn.assign(colour=colour), look, "Share with a yes", []), look)
