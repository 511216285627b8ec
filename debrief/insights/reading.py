"""How the charts read the record: some fields of some facts, as columns. No fact is built, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import pandas as pd

from debrief.domain.facts import Fact

PartT = TypeVar("PartT")

INSTANTS = frozenset({"ended_at", "at", "sent_at", "finished_at", "created_at", "learned_at"})
AS_THEY_ARE = frozenset({"value", "interview_ids", "reply_by"})
"""Fields whose values stay Python's own: JSON, tuples, and dates that may be missing. The others are text."""


class Reads(Protocol):
    """Reads fields of the facts of a kind as columns, in order of time and then of id: `Unit.columns`."""

    def __call__(self, kind: type[Fact], names: Sequence[str], /, **wanted: Any) -> Mapping[str, Sequence[Any]]:
        """A sequence for each name; `wanted` are values that fields have to have, or several of which one."""
        ...


def nothing(kind: type[Fact], names: Sequence[str], /, **wanted: Any) -> Mapping[str, Sequence[Any]]:
    """Reads a record that holds no fact of any kind."""
    del kind, wanted
    return dict.fromkeys(names, ())


@dataclass(frozen=True, slots=True)
class Part(Generic[PartT]):
    """A part of the history that is read in one go, and the kinds of fact that it rests on: kept until they change."""

    facts: tuple[type[Fact], ...]
    read: Callable[[Reads], PartT]


def table(read: Reads, kind: type[Fact], /, *names: str, **wanted: Any) -> pd.DataFrame:
    """Fields of facts as a frame: instants in UTC, NaT where there is none; text, "" where there is none."""
    columns = read(kind, names, **wanted)
    return pd.DataFrame({name: _column(name, columns[name]) for name in names})


def instants(values: Sequence[Any]) -> pd.Series:
    """Aware datetimes, or None, as instants in UTC to the microsecond."""
    return pd.Series(pd.to_datetime(pd.Series(values, dtype=object), utc=True)).astype("datetime64[us, UTC]")


def _column(name: str, values: Sequence[Any]) -> pd.Series:
    if name in INSTANTS:
        return instants(values)
    if name in AS_THEY_ARE:
        return pd.Series(np.fromiter(values, dtype=object, count=len(values)), dtype=object)
    return pd.Series(values, dtype=str).fillna("")
