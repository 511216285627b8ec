"""Those still silent: where each stands on the user's own curve, and how likely a word is within a week."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from debrief.domain.wording import counted
from debrief.insights.charts.days import DAYS_TITLE, curve_points, day_axis, days_shown, share_axis, up_to
from debrief.insights.charts.rows import single_waits
from debrief.insights.finding import (
    FEWEST,
    FEWEST_FOR_RATES,
    Finding,
    are,
    caption_of,
    percent,
    single_figures,
    table_of,
    too_few,
)
from debrief.insights.report import first_word_curve
from debrief.insights.statistics import Chance, Survival, chance_of_word
from debrief.insights.theme import Look, dress, layered

KEY = "waiting-now"
TITLE = "Still waiting"
WITHIN = 7
"""Days ahead that the chance speaks of."""
MOST_NAMES = 8
"""With more days than this on the curve, the names are left to the table."""
MOST_LETTERS = 26
"""Of names in one place."""
LETTERS_HIGH = 0.06
"""The height of a line of letters, on the scale of the shares."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the user's own history says about one length of silence."""

    silent: int
    followed: int
    """How many were silent that long and followed further."""
    chance: Chance | None
    """None where the history ends too early to say."""

    @property
    def is_telling(self) -> bool:
        """Whether enough interviews stand behind it to state a chance."""
        return self.chance is not None and self.followed >= FEWEST

    @property
    def sentence(self) -> str:
        """The prospect in words, with how many it rests on."""
        if self.followed < FEWEST:
            those = {0: "None", 1: "Only one"}.get(self.followed, f"Only {self.followed}")
            days = counted(self.silent, "day")
            return f"{those} of your interviews went beyond {days} of silence: too few to say more."
        if self.chance is None:
            return f"Your history ends before day {self.silent + WITHIN}: too early to say more."
        return (
            f"Of your interviews silent for {counted(self.silent, 'day')}, {percent(self.chance.value)} "
            f"(n = {self.followed:,}) heard within the next {WITHIN}."
        )


def prospect(curve: Survival, silent: int) -> Prospect:
    """What comes next after `silent` days without a word, on a curve from `report.first_word_curve`."""
    return Prospect(silent, curve.silent_after(silent), chance_of_word(curve, silent, WITHIN))


def waiting_now(frame: pd.DataFrame, look: Look) -> Finding:
    """Each interview without a word so far, on the curve of all."""
    silent = frame[frame["waiting"] & ~frame["word_seen"] & frame["word_days"].notna()]
    timed = frame[frame["word_days"].notna()]
    if len(timed) < FEWEST:
        return too_few(KEY, TITLE, "how long each has been silent, and what your own history says about it.", frame)
    if silent.empty:
        return Finding(
            KEY, TITLE, "Nobody is silent: every interview has had a word.", pd.DataFrame(), caption_of(frame)
        )
    if len(timed) < FEWEST_FOR_RATES:
        return _single_waits(frame, timed, silent, look)
    curve = first_word_curve(timed)
    prospects = {int(day): prospect(curve, int(day)) for day in np.unique(silent["word_days"])}
    longest = silent.iloc[int(silent["word_days"].argmax())]
    reading = f"{are(len(silent))} silent".capitalize() + f". {_most_telling(prospects, silent).sentence}"
    chart, hidden = _chart(curve, silent, prospects, look)
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=_table(silent, prospects),
        measures=single_figures({"Silent": len(silent), **_updated(frame), **hidden}),
        caption=caption_of(frame, _with_word(frame), _told(hidden)),
        chart=dress(chart, look),
        alt=(
            f"The curve of all interviews, with a dot for each silent one; the longest is {longest['company']}, "
            f"{counted(int(longest['word_days']), 'day')}. {reading}"
        ),
        picks=("word_days", "waiting", "word_seen"),
    )


def _most_telling(prospects: dict[int, Prospect], silent: pd.DataFrame) -> Prospect:
    """The prospect of the length of silence that most of the silent share, among those that say something."""
    telling = {day for day, one in prospects.items() if one.is_telling}
    days = silent["word_days"].astype(np.int64)
    shared = days[days.isin(telling)] if telling else days
    return prospects[int(shared.mode().iloc[0])]


def _chart(
    curve: Survival, silent: pd.DataFrame, prospects: dict[int, Prospect], look: Look
) -> tuple[alt.LayerChart, dict[str, int]]:
    """The chart, and how many waits lie beyond its edge (nothing where none does)."""
    points = curve_points(curve)
    end = max(days_shown(points), min(int(silent["word_days"].max()), 2 * days_shown(points)))
    waits = _by_day(silent, curve, prospects)
    shown = waits[waits["day"] <= end].copy()
    beyond = int(waits.loc[waits["day"] > end, "count"].sum())
    base = alt.Chart(up_to(points, end)).encode(x=day_axis(end, round(end * 1.12)))
    line = base.mark_line(interpolate="step-after", strokeWidth=2, color=look.silent)
    pick = alt.selection_point(name="pick", fields=["word_days", "waiting", "word_seen"])
    size = alt.Size(
        "count:Q", scale=alt.Scale(domain=[1, max(8, int(waits["count"].max()))], range=[90, 700]), legend=None
    )
    tooltip = [
        alt.Tooltip("names:N", title="Silent"),
        alt.Tooltip("day:Q", title="Days"),
        alt.Tooltip("count:Q", title="Interviews"),
        alt.Tooltip("sentence:N", title=" "),
    ]
    dots = (
        alt.Chart(shown)
        .mark_point(fill=look.paper, stroke=look.main, strokeWidth=2.2, opacity=1)
        .encode(x="x:Q", y="share:Q", size=size, tooltip=tooltip)
        .add_params(pick)
    )
    named = len(shown) <= MOST_NAMES
    top = max([1.0, *(height + LETTERS_HIGH for height in (_lift(shown, end) if named else []))])
    line = line.encode(y=share_axis(top))
    layers = [line, *(_names(shown, end, look) if named else []), dots]
    hidden = {f"Waits longer than {end} days": beyond} if beyond else {}
    return layered([*layers], height=280), hidden


def _by_day(silent: pd.DataFrame, curve: Survival, prospects: dict[int, Prospect]) -> pd.DataFrame:
    """The silent ones by how long they have been so: those of one day are one dot, as large as they are many."""
    groups = silent.groupby("word_days")["company"].agg(["size", _joined]).reset_index()
    groups.columns = ["day", "count", "names"]
    days = groups["day"].astype(np.int64)
    return groups.assign(
        day=days,
        x=days,
        word_days=days,
        waiting=True,
        word_seen=False,
        share=[curve.at(day) for day in days],
        sentence=[prospects[day].sentence for day in days],
    )


def _joined(names: pd.Series) -> str:
    """Two of the names, or one where two are too long for a phone, and how many more there are."""
    named = list(dict.fromkeys(names))
    told = named[:2] if len(", ".join(named[:2])) <= MOST_LETTERS else named[:1]
    more = len(named) - len(told)
    return ", ".join(told) + (f" +{more}" if more else "")


def _names(shown: pd.DataFrame, end: int, look: Look) -> list[alt.Chart]:
    """Names above the dots, lifted where they would run into each other, each with a thin line down to its dot.

    Those that would run out of the picture end at their dot.
    """
    base = alt.Chart(shown.assign(height=_lift(shown, end), leftwards=_leftwards(shown, end))).encode(x="x:Q")
    layers = [base.mark_rule(color=look.muted, strokeWidth=0.8).encode(y="share:Q", y2="height:Q")]
    for test, to_the_left in (("!datum.leftwards", False), ("datum.leftwards", True)):
        words = base.transform_filter(test).encode(y="height:Q", text="names:N")
        halo = words.mark_text(baseline="bottom", fontSize=12, stroke=look.paper, strokeWidth=4)
        for text in (halo, words.mark_text(baseline="bottom", fontSize=12)):
            text.mark.align, text.mark.dx = ("right", -4) if to_the_left else ("left", 4)
            layers.append(text)
    return layers


def _widths(shown: pd.DataFrame, end: int) -> pd.Series:
    """How wide each name is, in days: guessed for a narrow screen, 36 letters from edge to edge."""
    return (shown["names"].str.len() + 1) * end / 36


def _leftwards(shown: pd.DataFrame, end: int) -> pd.Series:
    """Whether a name ends at its dot: where it would run over the right edge, and has more room on the left."""
    return (shown["day"] + _widths(shown, end) > end) & (shown["day"] > end / 2)


def _lift(shown: pd.DataFrame, end: int) -> list[float]:
    """The height of each name: above its dot, and a line higher than any name that its own would run into."""
    line = 0.075
    placed: list[tuple[float, float, float]] = []
    places = zip(shown["day"], shown["share"], _widths(shown, end), _leftwards(shown, end), strict=True)
    for day, share, width, leftwards in places:
        start, stop = (day - width, float(day)) if leftwards else (float(day), day + width)
        height = share + 0.06
        for left, right, top in sorted(placed, key=lambda one: one[2]):
            if start < right and left < stop and abs(height - top) < line:
                height = top + line
        placed.append((start, stop, height))
    return [height for _, _, height in placed]


def _table(silent: pd.DataFrame, prospects: dict[int, Prospect]) -> pd.DataFrame:
    rows = silent.sort_values("word_days", ascending=False, kind="stable")
    found = [prospects[int(day)] for day in rows["word_days"]]
    chances = [one.chance if one.is_telling else None for one in found]
    return pd.DataFrame(
        {
            "Employer": rows["company"].to_numpy(),
            "Round": rows["round"].to_numpy(),
            "Days silent": rows["word_days"].astype(np.int64).to_numpy(),
            f"A word within {WITHIN} days (%)": [_percent(chance.value if chance else None) for chance in chances],
            "At least (%)": [_percent(chance.lower if chance else None) for chance in chances],
            "At most (%)": [_percent(chance.upper if chance else None) for chance in chances],
            "n": [one.followed for one in found],
            "In words": [one.sentence for one in found],
        }
    )


def _percent(share: float | None) -> float:
    return np.nan if share is None else float(round(share * 100))


def _told(hidden: dict[str, int]) -> str:
    return "".join(f"{what}: {count:,}, in the table." for what, count in hidden.items())


def _updated(frame: pd.DataFrame) -> dict[str, int]:
    updated = int((frame["waiting"] & frame["word_seen"]).sum())
    return {"Had an update": updated} if updated else {}


def _with_word(frame: pd.DataFrame) -> str:
    return "".join(
        f"{count:,} of them had an update and {'is' if count == 1 else 'are'} not silent."
        for count in _updated(frame).values()
    )


def _single_waits(frame: pd.DataFrame, timed: pd.DataFrame, silent: pd.DataFrame, look: Look) -> Finding:
    days = silent["word_days"].astype(np.int64)
    heard = timed.loc[timed["word_seen"], "word_days"]
    waits = pd.DataFrame(
        {
            "interview_id": silent["interview_id"],
            "label": silent["company"] + " · " + silent["round"],
            "days": days,
            "ended": False,
            "ending": [counted(day, "day") for day in days],
            "later": [int((heard > day).sum()) for day in days],
            "colour": look.main,
        }
    ).sort_values("days", ascending=False, kind="stable")
    longest = waits.iloc[0]
    length = f"for {longest['ending']}" if len(silent) == 1 else f"the longest for {longest['ending']}"
    reading = f"{are(len(silent))} silent, {length}"
    if heard.size:
        reading += f"; {longest['later']} of your {counted(heard.size, 'answer')} came later than that"
    names = {"label": "Interview", "days": "Days silent", "later": "Answers that came later than that"}
    return Finding(
        key=KEY,
        title=TITLE,
        reading=f"{reading}.",
        table=table_of(waits, names),
        measures=single_figures({"Silent": len(silent), "Answers": heard.size, **_updated(frame)}),
        caption=caption_of(frame, _with_word(frame), f"Chances follow from {FEWEST_FOR_RATES} interviews on."),
        chart=dress(single_waits(waits.reset_index(drop=True), look, DAYS_TITLE), look),
        alt=f"A line for each silent interview, as long as its silence. {reading}.",
        picks=("interview_id",),
    )
