"""Which interviews the charts speak of: by date, kind of role, round, source and status; kept in the page's address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from debrief.insights.record import Record

COLUMNS = {"role_families": "role_family", "rounds": "round", "sources": "source", "statuses": "status"}
"""The fields that list labels, with the frame's column that each looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to keep. An empty tuple, or no date, keeps everything; so does a new `Filters()`."""

    since: date | None = None
    """The first day on which an interview may have ended, in its own zone."""
    until: date | None = None
    """The last one."""
    role_families: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The interviews of a frame (see history) that pass. A date leaves out those whose day is not known."""
        kept = pd.Series(True, frame.index)
        if self.since:
            kept &= frame["ended_on"] >= pd.Timestamp(self.since)
        if self.until:
            kept &= frame["ended_on"] <= pd.Timestamp(self.until)
        for field, column in COLUMNS.items():
            labels: tuple[str, ...] = getattr(self, field)
            if labels:
                kept &= frame[column].isin(labels)
        return frame if kept.all() else frame[kept]

    def narrow(self, record: Record) -> Record:
        """The record with the interviews that pass, and what belongs to them."""
        return record.only(self.apply(record.interviews))

    def to_query(self) -> dict[str, list[str]]:
        """The filters as parameters of the page's address; nothing for what is not set."""
        dates = {"since": self.since, "until": self.until}
        query = {name: [day.isoformat()] for name, day in dates.items() if day}
        return query | {field: list(getattr(self, field)) for field in COLUMNS if getattr(self, field)}

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Filters:
        """The filters that an address asks for. What it says wrongly, or about other things, is passed over."""
        labels = {field: tuple(dict.fromkeys(query.get(field, ()))) for field in COLUMNS}
        return cls(since=_day(query.get("since", ())), until=_day(query.get("until", ())), **labels)


def choices(frame: pd.DataFrame) -> dict[str, list[str]]:
    """What can be chosen for each field of `Filters` that lists labels, the most frequent first; "" is left out."""
    return {
        field: [str(label) for label in frame[column].value_counts().index if label]
        for field, column in COLUMNS.items()
    }


def _day(values: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None
