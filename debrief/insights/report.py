"""The figures behind the charts: how long they take, what they say, by round and by source."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from debrief.insights.history import YES, with_days
from debrief.insights.history_file import read_history
from debrief.insights.statistics import (
    Incidence,
    Proportion,
    Real,
    Survival,
    aalen_johansen,
    kaplan_meier,
    wilson,
)


@dataclass(frozen=True, slots=True)
class Rates:
    """How settled interviews ended; the three add up to 1. `no_answer`: a decision without an answer."""

    advanced_or_offer: Proportion
    rejected: Proportion
    no_answer: Proportion


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set of interviews says."""

    n: int
    waiting: int
    """Unsettled: no answer and no decision."""
    first_word: Survival
    answer: Incidence
    rates: Rates


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of all interviews, and of each round and source that has a name, in alphabetical order."""

    overall: Figures
    by_round: Mapping[str, Figures]
    by_source: Mapping[str, Figures]


def report(frame: pd.DataFrame) -> Report:
    """All figures of a frame (see history)."""
    return Report(figures(frame), figures_by(frame, "round"), figures_by(frame, "source"))


def figures(frame: pd.DataFrame) -> Figures:
    """The figures of the interviews in a frame."""
    return Figures(
        n=len(frame),
        waiting=int(frame["waiting"].sum()),
        first_word=first_word_curve(frame),
        answer=answer_curves(frame),
        rates=rates(frame),
    )


def figures_by(frame: pd.DataFrame, name: str) -> dict[str, Figures]:
    """The figures of each group that shares a label of the column `name`; rows without a label are left out."""
    groups = frame.groupby(name, sort=True).indices
    return {str(label): figures(frame.iloc[places]) for label, places in groups.items() if label}


def first_word_curve(frame: pd.DataFrame) -> Survival:
    """The share without a first word by day; interviews without the times for it are left out."""
    timed = frame[frame["word_days"].notna()]
    return kaplan_meier(timed["word_days"].to_numpy(np.int64), timed["word_seen"].to_numpy(np.bool_))


def answer_curves(frame: pd.DataFrame) -> Incidence:
    """The shares with a yes and with a no by day; interviews without the times for it are left out."""
    timed = frame[frame["answer_days"].notna()]
    return aalen_johansen(timed["answer_days"].to_numpy(np.int64), timed["answer_cause"].to_numpy(np.int64))


def rates(frame: pd.DataFrame) -> Rates:
    """How the settled interviews ended; those waiting are left out, because nobody knows yet."""
    settled = int(frame["settled"].sum())
    yes = int(frame["answer"].isin(YES).sum())
    rejected = int((frame["answer"] == "rejected").sum())
    return Rates(wilson(yes, settled), wilson(rejected, settled), wilson(settled - yes - rejected, settled))


def insights_json(csv_text: str, now: datetime) -> str:
    """The report on a history.csv as one line of JSON.

    Raises Refused for a file that cannot be read, and for a `now` before the
    last event.
    """
    found = report(with_days(read_history(csv_text), now))
    groups = {"by_round": found.by_round, "by_source": found.by_source}
    listed = {name: {label: _words(group) for label, group in by.items()} for name, by in groups.items()}
    return json.dumps(_words(found.overall) | listed, allow_nan=False)


def _words(found: Figures) -> dict[str, Any]:
    curve, answer = found.first_word, found.answer
    return {
        "n": found.n,
        "waiting": found.waiting,
        "first_word": {
            "times": curve.times.tolist(),
            "at_risk": curve.at_risk.tolist(),
            "events": curve.events.tolist(),
            "survival": curve.survival.tolist(),
            "lower": _or_null(curve.lower),
            "upper": _or_null(curve.upper),
            "median": curve.median,
        },
        "answer": {
            "times": answer.times.tolist(),
            "positive": answer.positive.tolist(),
            "negative": answer.negative.tolist(),
        },
        "rates": asdict(found.rates),
    }


def _or_null(values: Real) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]
