"""What is wrong in a file: by row and column, up to fifty told, all counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from debrief.errors import Refused

MOST_TOLD = 50
_LONGEST_SHOWN = 60
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What would break a line, turn it round or not be drawn at all."""


class RowProblem(NamedTuple):
    """One cell, or row, that cannot be brought in."""

    row: int
    """As a spreadsheet counts: the first row of the file is 1."""
    column: str
    """Its header; "" where the whole row is meant."""
    reason: str

    def __str__(self) -> str:
        place = f"Row {self.row:,}, {self.column}" if self.column else f"Row {self.row:,}"
        return f"{place}: {self.reason}"


@dataclass(slots=True)
class Problems:
    """Gathers what is wrong."""

    told: list[RowProblem] = field(default_factory=list[RowProblem])
    count: int = 0
    rows: int = 0
    """How many rows have at least one."""

    def add(self, found: Iterable[RowProblem]) -> None:
        """Counts them all, and keeps the first fifty."""
        before = self.count
        for problem in found:
            self.count += 1
            if len(self.told) < MOST_TOLD:
                self.told.append(problem)
        self.rows += self.count > before

    def refusal(self, name: str) -> Refused:
        """The sentence for all of them."""
        listing = "\n".join(f"- {problem}" for problem in self.told)
        more = f"\n… and {self.count - len(self.told):,} more" if self.count > len(self.told) else ""
        count = f"{self.count:,} {'place' if self.count == 1 else 'places'}"
        return Refused(
            f"{shown(name)} cannot be brought in as it is, and nothing was changed. Mend {count}:\n{listing}{more}"
        )


def shown(text: str) -> str:
    """A piece of somebody's file as it can stand in a sentence: one line, short, nothing invisible in it."""
    line = _NOT_SHOWN.sub("\ufffd", text.strip())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"
