"""Reads history.csv, one interview a row, into the frame of `history`; a mistake is refused by row and column.

Rows are counted as a spreadsheet does: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import numpy as np
import pandas as pd

from debrief.domain.checks import is_zone
from debrief.errors import Refused
from debrief.insights.history import ANSWERS, DECISIONS, FILE_ROW, GIVEN, INSTANTS, NUMBERS, column, standing

NEEDED = ("round", "ended_at", "timezone", "first_word_at", "answer", "answered_at", "decision", "decided_at", "source")
"""Columns without which the figures would say something false: an absent one is refused, an empty one is not."""
OPTIONAL = ("company", "role", "thank_you_at", "self_rating")
EARLIEST = datetime.fromisoformat("1900-01-01T00:00:00+00:00")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Table:
    """The known columns of the file, blanks around the cells taken off, with the number of each row."""

    rows: list[int]
    columns: dict[str, list[str]]

    def parse(self, name: str, read: Callable[[str], Value]) -> list[Value | None]:
        """The column with each cell read; an empty cell is None. `read` raises ValueError with what was expected."""
        cells = self.columns[name]
        values: list[Value | None] = []
        for cell in cells:
            try:
                values.append(read(cell) if cell else None)
            except ValueError as error:
                raise self.refusal(len(values), name, f"“{_shorten(cell)}” {error}") from error
        return values

    def refusal(self, place: int, name: str, reason: str) -> Refused:
        return Refused(f"Row {self.rows[place]}, column {name}: {reason}", field=name)


def read_history(text: str) -> pd.DataFrame:
    """The interviews of a history.csv with the columns that are given; raises Refused for what cannot be read.

    Columns may stand in any order; unknown ones are ignored, and rows without
    anything in them. Cells may be empty. `company` and `role` together make an
    application.
    """
    table = _read_table(text)
    _check_zones(table)
    _check_pairs(table)
    values: dict[str, Sequence[object]] = dict(table.columns)
    values |= {name: table.parse(name, _instant) for name in INSTANTS if name in table.columns}
    values |= {name: table.parse(name, _number) for name in NUMBERS if name in table.columns}
    values["answer"] = [answer or "" for answer in table.parse("answer", _one_of(ANSWERS))]
    values["decision"] = [decision or "" for decision in table.parse("decision", _one_of(DECISIONS))]
    values["interview_id"] = [f"row {row}" for row in table.rows]
    values["application_id"] = _applications(table)
    absent = {name: [None if name in (*INSTANTS, *NUMBERS) else ""] * len(table.rows) for name in GIVEN}
    given = {name: values.get(name, absent[name]) for name in GIVEN if name not in ("sequence", "rounds_held")}
    frame = pd.DataFrame({name: column(name, cells) for name, cells in given.items()})
    frame.index = pd.Index(table.rows, name=FILE_ROW, dtype=np.int64)
    return _with_courses(frame)[list(GIVEN)]


def _read_table(text: str) -> _Table:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = list(enumerate(reader, start=1))
    except csv.Error as error:
        raise Refused(f"Line {reader.line_num} is not CSV ({error}). Save the table as CSV once more.") from error
    if not lines:
        raise Refused(f"The file is empty. Its first row has to name the columns: {', '.join(NEEDED)}.")
    header = [name.strip() for name in lines[0][1]]
    _check_header(header)
    filled = [(row, cells) for row, cells in lines[1:] if any(cell.strip() for cell in cells)]
    for row, cells in filled:
        if len(cells) != len(header):
            raise Refused(
                f"Row {row} has {len(cells)} cells, but the header names {len(header)} columns. "
                "A comma inside a cell needs quotation marks round the cell."
            )
    known = {name: header.index(name) for name in (*NEEDED, *OPTIONAL) if name in header}
    columns = {name: [cells[place].strip() for _, cells in filled] for name, place in known.items()}
    return _Table([row for row, _ in filled], columns)


def _check_header(header: list[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Refused(
            f"Row 1 has to name the columns of the table; missing: {', '.join(missing)}. "
            "A column may be empty, but has to be there.",
            field=missing[0],
        )
    for name in (*NEEDED, *OPTIONAL):
        if header.count(name) > 1:
            raise Refused(f"Row 1 names the column {name} more than once. Keep the one that counts.", field=name)


def _check_zones(table: _Table) -> None:
    zones = table.columns["timezone"]
    for zone in dict.fromkeys(zones):
        if zone and not is_zone(zone):
            reason = f"“{_shorten(zone)}” is not a known time zone. Write one such as Europe/London."
            raise table.refusal(zones.index(zone), "timezone", reason)


def _check_pairs(table: _Table) -> None:
    """A time of an answer or a decision that is not there is a slip that would count as silence."""
    for what, when in (("answer", "answered_at"), ("decision", "decided_at")):
        for place, (said, at) in enumerate(zip(table.columns[what], table.columns[when], strict=True)):
            if at and not said:
                raise table.refusal(place, when, f"a time is given, but the column {what} is empty. Fill in both.")


def _instant(cell: str) -> datetime:
    try:
        instant = datetime.fromisoformat(cell)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError("is not a date and time with an offset, such as 2026-03-04T15:30:00+01:00.")
    if instant < EARLIEST:
        raise ValueError("lies before 1900.")
    return instant


def _number(cell: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("is not a number.")
    return number


def _one_of(words: Sequence[str]) -> Callable[[str], str]:
    allowed = frozenset(words)

    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"is none of {', '.join(words)}. Leave the cell empty if there was none.")
        return cell

    return read


def _applications(table: _Table) -> list[str]:
    """Rows of one employer and role belong together; a row that names no employer stands alone."""
    blank = [""] * len(table.rows)
    named = zip(table.columns.get("company", blank), table.columns.get("role", blank), table.rows, strict=True)
    return [f"{company}, {role}" if company else f"row {row}" for company, role, row in named]


def _with_courses(frame: pd.DataFrame) -> pd.DataFrame:
    """Adds status, place in the application, and the application's status: its latest round's."""
    frame["status"] = standing(frame)
    in_time = frame.sort_values("ended_at", kind="stable").groupby("application_id", sort=False)
    frame["sequence"] = in_time.cumcount() + 1
    frame["rounds_held"] = in_time["status"].transform("size")
    frame["course_status"] = in_time["status"].transform("last")
    return frame


def _shorten(cell: str) -> str:
    return cell if len(cell) <= 60 else f"{cell[:59]}…"
