"""What a chart says: the picture with its one-line reading, its words for those who cannot see it, and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import altair as alt
import pandas as pd

from debrief.domain.wording import counted

FEWEST = 5
"""With fewer interviews nothing is drawn: the page says what will appear."""
FEWEST_FOR_RATES = 13
"""Up to twelve, single interviews are drawn and counted; from here on there are rates and curves."""

LABELS = {
    "round": "round",
    "source": "source",
    "role_family": "kind of role",
    "employer_size": "employer size",
    "sector": "sector",
}
"""The columns by which groups can be compared, as people say them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, ready for a page. `chart` is None while there is too little to draw."""

    key: str
    """Stable: for links, files and widgets."""
    title: str
    reading: str
    """What the chart says, in one plain sentence or two."""
    table: pd.DataFrame
    """Every number of the chart, under names that people read."""
    caption: str
    """How many interviews it rests on, how many are still waiting, and what was left out."""
    measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Single figures that belong to it, with their intervals: a second, short table. Often empty."""
    chart: alt.LayerChart | None = None
    alt: str = ""
    """The picture in words, for a screen reader: the kind of chart, and what it states."""
    warning: str = ""
    """What not to conclude from it."""
    picks: tuple[str, ...] = ()
    """The frame's columns that a picked mark stands for (the chart's parameter "pick"); () where nothing can be."""
    reaching: str = ""
    """That of them of which a mark that leaves the others empty stands for every value from its own on."""

    def as_example(self) -> Finding:
        """The finding marked as made of invented data, for those who have too little of their own."""
        return replace(
            self,
            key=f"example-{self.key}",
            title=f"Example: {self.title}",
            reading=f"With invented data: {self.reading}",
            alt=f"An example with invented data. {self.alt}",
            caption=f"Invented data, not yours. {self.caption}",
            picks=(),
        )


def picked(frame: pd.DataFrame, points: Sequence[Mapping[str, object]], *, reaching: str = "") -> pd.DataFrame:
    """The interviews that the picked marks stand for: for each point, those that share all its values.

    A point that says nothing but how far it reaches (a finding's `reaching`) has those that reach as far or farther.
    """
    chosen = pd.Series(False, frame.index)
    for point in points:
        if reaching in point and not any(value for name, value in point.items() if name != reaching):
            chosen |= frame[reaching] >= point[reaching]
            continue
        matches = pd.Series(True, frame.index)
        for name, value in point.items():
            matches &= frame[name] == value
        chosen |= matches
    return frame[chosen]


def too_few(key: str, title: str, promise: str, frame: pd.DataFrame) -> Finding:
    """What stands in place of a chart until there are enough interviews; `promise` says what it will show."""
    n = len(frame)
    have = "You have none so far" if n == 0 else f"You have {n} so far"
    return Finding(
        key=key,
        title=title,
        reading=f"From {FEWEST} interviews on: {promise} {have}.",
        table=pd.DataFrame(),
        caption=caption_of(frame),
    )


def table_of(frame: pd.DataFrame, names: Mapping[str, str], *, shares: Sequence[str] = ()) -> pd.DataFrame:
    """The columns in `names`, in that order, under what people call them; `shares` of 1 as whole percent."""
    percents = {name: (frame[name] * 100).round() for name in shares}
    return frame.assign(**percents)[list(names)].rename(columns=names)


def single_figures(figures: Mapping[str, float]) -> pd.DataFrame:
    """Figures that words state and no row of the table holds, by what they are: columns Measure, Value."""
    return pd.DataFrame(figures.items(), columns=["Measure", "Value"])


def with_counts(finding: Finding, frame: pd.DataFrame) -> Finding:
    """The finding with the counts of its caption among its measures, where it has numbers at all."""
    if finding.table.empty:
        return finding
    counts = single_figures({"Interviews": len(frame), "Still waiting for an answer": frame["waiting"].sum()})
    return replace(finding, measures=pd.concat([counts, finding.measures], ignore_index=True))


def caption_of(frame: pd.DataFrame, *more: str) -> str:
    """The line under a chart: how many interviews, how many still waiting, and whatever else has to be said."""
    n, waiting = len(frame), int(frame["waiting"].sum()) if len(frame) else 0
    parts = [f"{counted(n, 'interview')}, {waiting:,} still waiting for an answer."]
    return " ".join([*parts, *(part for part in more if part)])


def listed(names: Sequence[str], most: int = 6) -> str:
    """ "a, b, c and 4 more"."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def are(count: int) -> str:
    """ "none is", "1 is", "6 are"."""
    return "none is" if count == 0 else f"{count:,} {'is' if count == 1 else 'are'}"


def percent(share: float) -> str:
    """A share as people say it: "58 %"; never "0 %" or "100 %" for what is not quite so."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 < share < 1:
        return "over 99 %"
    return f"{round(share * 100)} %"


def day_count(days: int) -> str:
    """ "on the day itself", "within 1 day", "within 8 days"."""
    return "on the day itself" if days == 0 else f"within {counted(days, 'day')}"
