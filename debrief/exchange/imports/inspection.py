"""One walk through a file before anything is asked: how many rows, what stands in each column, what it probably is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from debrief.domain.importing import NEEDED, ImportWords, Meaning, ReadyMapping, Target, header_words
from debrief.errors import Refused
from debrief.exchange.imports.dates import DayOrder, Evidence
from debrief.exchange.imports.mapping import guessed_columns, known_program, ready_columns
from debrief.exchange.imports.problems import Problems, RowProblem, shown
from debrief.exchange.imports.source import Source
from debrief.exchange.imports.table import Table, read_table

_KEPT_VALUES = 40
"""Different cells of a column that are kept: enough to judge it by, and for every word of a status column."""
_SHOWN_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """One column of the file."""

    name: str
    filled: int
    """How many rows have something in it."""
    values: tuple[str, ...]
    """Its first different cells."""
    more_values: bool
    """Whether there are more than are kept."""
    dates: Evidence

    @property
    def samples(self) -> tuple[str, ...]:
        """Some of its cells as they can be shown."""
        return tuple(map(shown, self.values[:_SHOWN_SAMPLES]))


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a file."""

    source: Source
    table: Table
    rows: int
    columns: tuple[ColumnFound, ...]
    ready: ReadyMapping | None
    """The program that it comes from, where it is known."""
    mapping: Mapping[int, Target]
    """Where each column goes, as far as that can be told: by its place."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decided about a file."""

    mapping: Mapping[int, Target]
    zone: str = ""
    """For times and dates that name none."""
    order: DayOrder | None = None
    """For columns that prove none themselves."""
    meanings: Mapping[str, Meaning] = field(default_factory=dict[str, Meaning])
    """Of status words that are not known; by normalised word."""
    with_duplicates: bool = False
    without_bad_rows: bool = False


@dataclass(frozen=True, slots=True)
class Questions:
    """What has to be answered, or should be, before rows can be read."""

    missing: tuple[Target, ...]
    """Without a column for these nothing can be read."""
    unclear_dates: tuple[ColumnFound, ...]
    """Date columns in which 03/04 can be in March or in April."""
    zone: bool
    """Whether dates stand for themselves, so that somebody has to say on whose clock."""
    words: tuple[str, ...]
    """Status words that are not known; those left unanswered say nothing."""

    @property
    def keep_waiting(self) -> bool:
        """Whether rows cannot be read yet."""
        return bool(self.missing or self.unclear_dates or self.zone)


def inspect(source: Source, words: ImportWords) -> Inspection:
    """Walks through the file once. Raises Refused if it is no table, or if rows do not lie under its header."""
    table = read_table(source)
    columns = [_Gathered(name) for name in table.columns]
    problems = Problems()
    rows = 0
    for row in table.rows():
        rows += 1
        if row.fault:
            problems.add([RowProblem(row.number, "", row.fault)])
        for column, cell in zip(columns, row.cells, strict=False):
            column.take(cell, words.blanks)
    if problems.count:
        raise problems.refusal(source.name)
    if not rows:
        raise Refused(f"{shown(source.name)} names its columns, but there are no rows under them.")
    found = tuple(column.found() for column in columns)
    ready = known_program(table.columns, words)
    if ready is not None:
        mapping = ready_columns(table.columns, ready)
    else:
        mapping = guessed_columns(table.columns, [column.values for column in found], words)
    return Inspection(source, table, rows, found, ready, mapping)


def questions_of(inspection: Inspection, choices: Choices, words: ImportWords) -> Questions:
    """What is still to be answered about a file, given the choices so far."""
    mapped = choices.mapping
    targets = set(mapped.values())
    dated = [inspection.columns[place] for place, target in mapped.items() if target.is_date]
    told = [
        inspection.columns[place]
        for place, target in mapped.items()
        if target in (Target.STATUS, Target.STATE, Target.DECISION)
    ]
    unknown = {header_words(value): shown(value) for column in told for value in column.values}
    return Questions(
        missing=tuple(target for target in NEEDED if target not in targets),
        unclear_dates=() if choices.order else tuple(column for column in dated if column.dates.needs_an_answer),
        zone=Target.INTERVIEW_AT in targets and Target.TIMEZONE not in targets and not choices.zone,
        words=tuple(
            word
            for normal, word in unknown.items()
            if normal and normal not in words.meanings and normal not in choices.meanings
        ),
    )


class _Gathered:
    """What one column holds, while it is walked through."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = 0
        self.values: dict[str, None] = {}
        self.more_values = False
        self.dates = Evidence()

    def take(self, raw: str, blanks: frozenset[str]) -> None:
        """One more cell."""
        cell = raw.strip()
        if not cell or cell.casefold() in blanks:
            return
        self.filled += 1
        if cell in self.values:
            return
        if len(self.values) < _KEPT_VALUES:
            self.values[cell] = None
        else:
            self.more_values = True
        if cell[0].isdigit():
            self.dates = self.dates.with_cell(cell)

    def found(self) -> ColumnFound:
        """The column, walked through."""
        return ColumnFound(self.name, self.filled, tuple(self.values), self.more_values, self.dates)
