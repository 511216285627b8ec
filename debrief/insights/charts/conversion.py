"""How often an interview leads on: the share with a yes among the settled, by round or by source."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.charts.rows import interval_rows, row_height
from debrief.insights.finding import (
    FEWEST,
    FEWEST_FOR_RATES,
    LABELS,
    Finding,
    caption_of,
    listed,
    percent,
    single_figures,
    table_of,
    too_few,
)
from debrief.insights.history import YES
from debrief.insights.statistics import wilson
from debrief.insights.theme import Look, dress, layered

MOST_ROWS = 12
OUTCOMES = ("Yes", "No", "No answer", "Waiting")


def conversion(frame: pd.DataFrame, look: Look, by: str = "round") -> Finding:
    """The share of the settled interviews that led to a next round or an offer, for each label of the column `by`."""
    key, title = f"conversion-by-{by.replace('_', '-')}", f"What leads on, by {LABELS[by]}"
    labelled = frame[frame[by] != ""]
    if len(labelled) < FEWEST:
        promise = f"how often an interview leads to a next round or an offer, by {LABELS[by]}."
        return too_few(key, title, promise, frame)
    if len(labelled) < FEWEST_FOR_RATES:
        return _single_outcomes(frame, labelled, look, by)
    shares = conversion_shares(labelled, by)
    drawn = shares[shares["n"] >= FEWEST].head(MOST_ROWS)
    reading = _reading(drawn)
    left_out = [f"{label} ({n})" for label, n in shares.loc[~shares.index.isin(drawn.index), ["label", "n"]].to_numpy()]
    return Finding(
        key=key,
        title=title,
        reading=reading,
        table=_table(shares, by),
        caption=caption_of(frame, f"In the table only, too few to draw: {listed(left_out)}." if left_out else ""),
        chart=_chart(drawn, look, by),
        alt=f"A point with its 95 % interval for each {LABELS[by]}: the share of settled ones with a yes. {reading}",
        picks=(by,),
    )


def conversion_shares(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row for each label: label, k with a yes, n settled, and the rate with its Wilson bounds (NaN where n is 0).

    Rounds stand in the order in which they usually come, other labels by how many interviews they have.
    """
    groups = frame.assign(yes=frame["answer"].isin(YES)).groupby(by, sort=True)
    shares = groups.agg(k=("yes", "sum"), n=("settled", "sum"), place=("sequence", "mean"), size=("yes", "size"))
    order = ["place", "size"] if by == "round" else ["size", "place"]
    shares = shares.sort_values(order, ascending=[by == "round", False], kind="stable").reset_index(names="label")
    found = [wilson(int(k), int(n)) for k, n in zip(shares["k"], shares["n"], strict=True)]
    for name in ("rate", "lower", "upper"):
        shares[name] = np.array([getattr(one, name) for one in found], dtype=np.float64)
    return shares.drop(columns=["place", "size"])


def _chart(drawn: pd.DataFrame, look: Look, by: str) -> alt.LayerChart | None:
    if drawn.empty:
        return None
    rows = drawn.assign(colour=look.main, **{by: drawn["label"]})
    return dress(interval_rows(rows, look, "Share that led on", [by]), look)


def _table(shares: pd.DataFrame, by: str) -> pd.DataFrame:
    names = {
        "label": LABELS[by].capitalize(),
        "k": "Yes",
        "n": "Settled",
        "rate": "Share (%)",
        "lower": "At least (%)",
        "upper": "At most (%)",
    }
    return table_of(shares, names, shares=("rate", "lower", "upper"))


def _reading(drawn: pd.DataFrame) -> str:
    if drawn.empty:
        return f"No group has {FEWEST} settled interviews yet; the table has the counts."
    best, worst = drawn.iloc[int(drawn["rate"].argmax())], drawn.iloc[int(drawn["rate"].argmin())]
    first = f"{best['label']}: {percent(best['rate'])} led on ({best['k']:,} of {best['n']:,})"
    if best["rate"] == worst["rate"]:
        return f"{first}."
    verdict = " That difference may be chance." if worst["upper"] >= best["lower"] else ""
    return f"{first}; {worst['label']}: {percent(worst['rate'])} ({worst['k']:,} of {worst['n']:,}).{verdict}"


def _single_outcomes(frame: pd.DataFrame, labelled: pd.DataFrame, look: Look, by: str) -> Finding:
    """Each interview as a dot, for histories too short for shares."""
    outcome = outcomes(labelled)
    counts = pd.crosstab(labelled[by], outcome).reindex(columns=list(OUTCOMES), fill_value=0)
    order = labelled.groupby(by)["sequence"].mean().sort_values(kind="stable").index
    counts = counts.loc[order]
    yes, settled = int((outcome == "Yes").sum()), int((outcome != "Waiting").sum())
    reading = f"{yes} of {counted(settled, 'settled interview')} led to a next round or an offer."
    return Finding(
        key=f"conversion-by-{by.replace('_', '-')}",
        title=f"What leads on, by {LABELS[by]}",
        reading=reading,
        table=counts.reset_index(names=LABELS[by].capitalize()).rename_axis(columns=None),
        measures=single_figures({"Led on": yes, "Settled": settled}),
        caption=caption_of(frame, f"Shares follow from {FEWEST_FOR_RATES} on."),
        chart=dress(_dots(counts, look, by), look),
        alt=f"A dot for each interview, by {LABELS[by]} and how it ended. {reading}",
        picks=(by,),
    )


def outcomes(frame: pd.DataFrame) -> pd.Series:
    """How each interview stands: one of OUTCOMES."""
    kind = np.select(
        [frame["answer"].isin(YES), frame["answer"] == "rejected", frame["settled"]], OUTCOMES[:3], OUTCOMES[3]
    )
    return pd.Series(kind, frame.index)


def _dots(counts: pd.DataFrame, look: Look, by: str) -> alt.LayerChart:
    data = pd.DataFrame(
        [
            (label, outcome, place)
            for label, row in counts.iterrows()
            for place, outcome in enumerate(outcome for outcome in OUTCOMES for _ in range(int(row[outcome])))
        ],
        columns=[by, "outcome", "place"],
    )
    words = pd.DataFrame(
        {
            by: counts.index,
            "place": counts.sum(axis=1).to_numpy() - 0.4,
            "words": [
                ", ".join(f"{row[outcome]} {outcome.lower()}" for outcome in OUTCOMES if row[outcome])
                for _, row in counts.iterrows()
            ],
        }
    )
    y = alt.Y(f"{by}:N", sort=list(counts.index), axis=alt.Axis(title=None, grid=False))
    widest = float(counts.sum(axis=1).max())
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[-0.5, max(widest * 2.2, 9)], nice=False))
    colours = alt.Scale(domain=list(OUTCOMES), range=[look.yes, look.no, look.silent, look.paper])
    outlines = alt.Scale(domain=list(OUTCOMES), range=[look.yes, look.no, look.silent, look.silent])
    shapes = alt.Scale(domain=list(OUTCOMES), range=["circle", "diamond", "square", "circle"])
    pick = alt.selection_point(name="pick", fields=[by])
    dots = (
        alt.Chart(data)
        .mark_point(size=130, opacity=1, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill("outcome:N", scale=colours, legend=None),
            stroke=alt.Stroke("outcome:N", scale=outlines, legend=None),
            shape=alt.Shape("outcome:N", scale=shapes, legend=None),
            tooltip=[alt.Tooltip(f"{by}:N", title=" "), alt.Tooltip("outcome:N", title=" ")],
        )
        .add_params(pick)
    )
    text = alt.Chart(words).mark_text(align="left", color=look.muted).encode(x="place:Q", y=y, text="words:N")
    return layered([dots, text], height=row_height(len(counts)) + 8)
