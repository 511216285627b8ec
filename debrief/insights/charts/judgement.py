"""Am I judging myself well? The own mark, and the stated chance of a yes, beside what came of it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.charts.conversion import OUTCOMES, outcomes
from debrief.insights.finding import FEWEST, FEWEST_FOR_RATES, Finding, caption_of, percent, single_figures, table_of
from debrief.insights.statistics import Association, Calibration, calibration, rank_biserial, spearman
from debrief.insights.theme import Look, dress, layered, percent_axis

RATING_KEY, RATING_TITLE = "self-rating", "Your own mark, and what came of it"
CHANCE_KEY, CHANCE_TITLE = "stated-chance", "The chance that you gave it, and what came of it"
SHOWN = OUTCOMES[:3]
"""Interviews that still wait have no outcome to compare with."""


def self_rating_against_outcome(frame: pd.DataFrame, look: Look) -> Finding:
    """How often each mark ended in a yes, a no, or silence, and whether the mark tells one from the other."""
    rated = frame[frame["self_rating"].notna() & frame["settled"]]
    if len(rated) < FEWEST:
        return _too_few(RATING_KEY, RATING_TITLE, "whether your own mark knows how it ends.", frame, len(rated))
    answered = rated[rated["answer"] != ""]
    yes = (outcomes(answered) == SHOWN[0]).to_numpy()
    tells = rank_biserial(answered["self_rating"].to_numpy(), yes)
    counts = _counts(rated, rated["self_rating"].round())
    reading = _rating_reading(tells, len(rated))
    return Finding(
        key=RATING_KEY,
        title=RATING_TITLE,
        reading=reading,
        table=_grid_table(counts, "Mark"),
        measures=pd.concat([_pairs(tells, len(rated)), _measures(tells, _agreement(frame))], ignore_index=True),
        caption=caption_of(frame, f"{counted(len(rated), 'settled interview')} with a mark."),
        chart=dress(_grid(counts, look, "Your mark, 1 (badly) to 5 (very well)", [1, 2, 3, 4, 5]), look),
        alt=f"Dots as large as they are many: your mark across, what came of it down. {reading}",
        picks=(),
    )


def stated_chance_against_outcome(frame: pd.DataFrame, look: Look) -> Finding:
    """How often a yes came where a chance was stated, and how far the statements were off."""
    stated = frame[frame["stated_chance"].notna() & (frame["answer"] != "")]
    if len(stated) < FEWEST:
        return _too_few(CHANCE_KEY, CHANCE_TITLE, "how far you can trust your own forecast.", frame, len(stated))
    came = (outcomes(stated) == SHOWN[0]).to_numpy()
    found = calibration(stated["stated_chance"].to_numpy(), came)
    if found is None or len(stated) < FEWEST_FOR_RATES or not found.bins:
        return _single_chances(frame, stated, found, look)
    reading = _chance_reading(found)
    bins = _bin_frame(found)
    names = {
        "stated": "Stated (%)",
        "k": "Yes",
        "n": "Answered",
        "rate": "Came (%)",
        "low": "At least (%)",
        "high": "At most (%)",
    }
    return Finding(
        key=CHANCE_KEY,
        title=CHANCE_TITLE,
        reading=reading,
        table=table_of(bins, names, shares=("stated", "rate", "low", "high")),
        measures=_brier(found),
        caption=caption_of(
            frame, f"{counted(found.n, 'answered interview')} with a stated chance. Dashed: exactly as stated."
        ),
        chart=dress(_reliability(bins, look), look),
        alt=f"Points against a diagonal: the chance you stated across, how often a yes came up. {reading}",
    )


def _counts(rows: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """Columns value, outcome, count: how often each came together."""
    counts = pd.DataFrame({"value": values, "outcome": outcomes(rows)}).value_counts().reset_index(name="count")
    return counts.sort_values(
        ["outcome", "value"], key=lambda one: one.map(SHOWN.index) if one.name == "outcome" else one
    )


def _grid(counts: pd.DataFrame, look: Look, title: str, values: list[int]) -> alt.LayerChart:
    present = [outcome for outcome in SHOWN if outcome in set(counts["outcome"])]
    margin = (values[-1] - values[0]) / 8
    x = alt.X(
        "value:Q",
        axis=alt.Axis(title=title, values=values, grid=False),
        scale=alt.Scale(domain=[values[0] - margin, values[-1] + margin], nice=False),
    )
    y = alt.Y("outcome:N", sort=present, axis=alt.Axis(title=None, grid=True))
    size = alt.Size(
        "count:Q", scale=alt.Scale(domain=[0, max(8, int(counts["count"].max()))], range=[220, 1600]), legend=None
    )
    colour = alt.Color(
        "outcome:N", scale=alt.Scale(domain=list(SHOWN), range=[look.yes, look.no, look.silent]), legend=None
    )
    tooltip = [
        alt.Tooltip("value:Q", title=title.split(",", maxsplit=1)[0]),
        alt.Tooltip("outcome:N", title="Came"),
        alt.Tooltip("count:Q", title="Interviews", format=",d"),
    ]
    base = alt.Chart(counts).encode(x=x, y=y, tooltip=tooltip)
    dots = base.mark_circle(opacity=0.3).encode(size=size, color=colour)
    rings = base.mark_point(strokeWidth=2, opacity=1).encode(size=size, color=colour)
    numbers = base.mark_text(fontWeight="bold", fontSize=12).encode(text=alt.Text("count:Q", format=",d"))
    return layered([dots, rings, numbers], height=62 * len(present) + 8)


def _grid_table(counts: pd.DataFrame, name: str) -> pd.DataFrame:
    wide = counts.pivot_table(index="value", columns="outcome", values="count", fill_value=0, aggfunc="sum")
    wide = wide.reindex(columns=[outcome for outcome in SHOWN if outcome in wide.columns]).astype(int)
    return wide.reset_index(names=name).rename_axis(columns=None)


def _rating_reading(tells: Association | None, rated: int) -> str:
    if tells is None:
        return f"{counted(rated, 'marked interview')} so far, but not yet a yes and a no to compare."
    higher = percent((tells.value + 1) / 2)
    pairs = f"of all pairs of a yes and a no, you had marked the yes higher in {higher} (half of equal marks counted)"
    if tells.lower is None or tells.upper is None:
        return f"Too few to tell so far: {pairs}."
    if tells.lower > 0:
        return f"Your mark knows something: {pairs}."
    if tells.upper < 0:
        return f"You mark yourself lower where it goes well: {pairs}."
    return f"Your mark does not tell a yes from a no so far: {pairs}."


def _agreement(frame: pd.DataFrame) -> Association | None:
    both = frame[frame["self_rating"].notna() & frame["stated_chance"].notna()]
    return spearman(both["self_rating"].to_numpy(), both["stated_chance"].to_numpy())


def _pairs(tells: Association | None, rated: int) -> pd.DataFrame:
    higher = {} if tells is None else {"Pairs with the yes marked higher (%)": float(round((tells.value + 1) * 50))}
    return single_figures({"Settled, with a mark": rated} | higher)


def _measures(tells: Association | None, agrees: Association | None) -> pd.DataFrame:
    found = {"Marked higher where it was a yes (−1 to 1)": tells, "Mark and stated chance agree (−1 to 1)": agrees}
    rows = [(name, one.value, one.lower, one.upper, one.n) for name, one in found.items() if one]
    measures = pd.DataFrame(rows, columns=["Measure", "Value", "At least", "At most", "n"])
    return measures.astype(dict.fromkeys(("Value", "At least", "At most"), float)).round(2)


def _brier(found: Calibration) -> pd.DataFrame:
    rows = [
        ("Brier score of your stated chances (0 is perfect)", found.brier, found.n),
        ("The same, had you stated the overall share each time", found.baseline, found.n),
    ]
    return pd.DataFrame(rows, columns=["Measure", "Value", "n"]).round({"Value": 3})


def _chance_reading(found: Calibration) -> str:
    worst = max(found.bins, key=lambda one: abs(one.stated - (one.came.rate or 0.0)))
    better = "better" if found.brier < found.baseline else "no better"
    return (
        f"Where you said about {percent(worst.stated)}, a yes came in {percent(worst.came.rate or 0.0)} "
        f"({worst.came.k:,} of {worst.came.n:,}). On the whole you forecast {better} than always saying the average."
    )


def _bin_frame(found: Calibration) -> pd.DataFrame:
    rows = [(one.stated, one.came.k, one.came.n, one.came.rate, one.came.lower, one.came.upper) for one in found.bins]
    return pd.DataFrame(rows, columns=["stated", "k", "n", "rate", "low", "high"])


def _reliability(bins: pd.DataFrame, look: Look) -> alt.LayerChart:
    data = bins.assign(
        counts=[f"{k:,} of {n:,}" for k, n in zip(bins["k"], bins["n"], strict=True)],
        words=[percent(rate) for rate in bins["rate"]],
    )
    full = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("stated:Q", axis=percent_axis("The chance that you stated"), scale=full)
    y = alt.Y("low:Q", axis=percent_axis("How often a yes came"), scale=full)
    tooltip = [
        alt.Tooltip("stated:Q", title="Stated", format=".0%"),
        alt.Tooltip("rate:Q", title="Came", format=".0%"),
        alt.Tooltip("low:Q", title="At least", format=".0%"),
        alt.Tooltip("high:Q", title="At most", format=".0%"),
        alt.Tooltip("counts:N", title="Yes"),
    ]
    diagonal = alt.Chart(pd.DataFrame({"stated": [0.0, 1.0], "low": [0.0, 1.0]}))
    just = diagonal.mark_line(strokeDash=[4, 4], color=look.muted, strokeWidth=1.2).encode(x=x, y=y)
    base = alt.Chart(data).encode(x=x, tooltip=tooltip)
    interval = base.mark_rule(strokeWidth=5, opacity=0.42, color=look.main, strokeCap="round").encode(y=y, y2="high:Q")
    point = base.mark_point(filled=True, size=120, opacity=1, color=look.main).encode(y="rate:Q")
    words = base.encode(text="words:N")
    above = words.encode(y="high:Q").mark_text(dy=-11, fontWeight="bold", fontSize=12)
    below = words.encode(y="low:Q").mark_text(dy=13, fontWeight="bold", fontSize=12)
    names = [above.transform_filter("datum.high <= 0.92"), below.transform_filter("datum.high > 0.92")]
    return layered([just, interval, point, *names], height=300)


def _single_chances(frame: pd.DataFrame, stated: pd.DataFrame, found: Calibration | None, look: Look) -> Finding:
    counts = _counts(stated, (stated["stated_chance"] * 100).round())
    yes = outcomes(stated) == SHOWN[0]
    median = {name: (stated["stated_chance"][rows] * 100).median() for name, rows in (("yes", yes), ("no", ~yes))}
    said = [f"about {round(value)} % where it became a {name}" for name, value in median.items() if value >= 0]
    reading = f"You had stated {' and '.join(said)}."
    return Finding(
        key=CHANCE_KEY,
        title=CHANCE_TITLE,
        reading=reading,
        table=_grid_table(counts, "Stated (%)"),
        measures=_brier(found) if found else pd.DataFrame(),
        caption=caption_of(
            frame, f"{counted(len(stated), 'answered interview')} with a stated chance. More show how well it fits."
        ),
        chart=dress(_grid(counts, look, "The chance that you stated, in percent", [0, 25, 50, 75, 100]), look),
        alt=f"Dots: the chance you stated across, what came of it down. {reading}",
    )


def _too_few(key: str, title: str, promise: str, frame: pd.DataFrame, have: int) -> Finding:
    return Finding(
        key=key,
        title=title,
        reading=f"From {FEWEST} answered interviews on that you reflected on: {promise} You have {have} so far.",
        table=pd.DataFrame(),
        caption=caption_of(frame),
    )
