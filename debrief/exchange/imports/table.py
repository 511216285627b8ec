"""A file as a table: a header and rows, read anew each time they are asked for, never all of them held at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from debrief.errors import Refused
from debrief.exchange.imports.json_list import objects_as_rows
from debrief.exchange.imports.markdown_table import markdown_rows
from debrief.exchange.imports.problems import shown
from debrief.exchange.imports.source import Kind, Source, kind_of, text_lines, text_of

MOST_COLUMNS = 200
MOST_ROWS = 250_000
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_JUDGED_BY = 30
"""Rows from the beginning by which the delimiter is found."""


class Row(NamedTuple):
    """One row under the header."""

    number: int
    """As a spreadsheet counts."""
    cells: list[str]
    """As many as there are columns; none where the row is at fault."""
    fault: str = ""
    """Why the row cannot be laid under the header."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header, and a way to its rows."""

    kind: Kind
    columns: tuple[str, ...]
    """As they stand in the file, made different from one another where two are the same."""
    rows: Callable[[], Iterator[Row]]
    layout: str
    """How it is laid out, in words: "separated by commas"."""


def read_table(source: Source) -> Table:
    """The file as a table. Raises Refused, for a file that holds none, at once or while rows are read."""
    kind = kind_of(source)
    match kind:
        case Kind.DELIMITED:
            return _delimited(source)
        case Kind.MARKDOWN:
            return _listed(kind, source, markdown_rows(text_of(source), source.name), "a table in Markdown")
        case Kind.JSON_LIST:
            return _listed(kind, source, objects_as_rows(text_of(source), source.name), "a list in JSON")
        case _:
            raise Refused(f"{shown(source.name)} is no table.")


def _listed(kind: Kind, source: Source, rows: Iterable[tuple[int, list[str]]], layout: str) -> Table:
    """A table whose rows are few enough to be held."""
    listed = list(rows)
    header = _checked_header(listed[0][1], source)
    body = [_laid(number, cells, len(header)) for number, cells in listed[1:] if any(cells)]
    if len(body) > MOST_ROWS:
        raise _too_many_rows(source)
    return Table(kind, header, lambda: iter(body), layout)


def _delimited(source: Source) -> Table:
    delimiter = _delimiter_of(source)
    records = _records(source, delimiter)
    header = _checked_header(_header_of(records, source), source)
    return Table(
        Kind.DELIMITED, header, lambda: _body(source, delimiter, len(header)), f"separated by {_DELIMITERS[delimiter]}"
    )


def _records(source: Source, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records with their numbers. Raises Refused where quotation marks or the encoding are broken."""
    reader = csv.reader(_without_hint(text_lines(source)), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(_broken(number, source, str(error))) from None
        yield number, record


def _without_hint(lines: Iterator[str]) -> Iterator[str]:
    """The lines but for Excel's own “sep=;”, in whose place stands a blank one, so that rows keep their numbers."""
    first = next(lines, "")
    hint = first.removeprefix("\ufeff").strip().casefold()
    return chain(["\n" if hint.startswith("sep=") and len(hint) <= 5 else first], lines)


def _broken(number: int, source: Source, error: str) -> str:
    start = f"Row {number:,} of {shown(source.name)}"
    if "field larger" in error:
        return (
            f"{start} holds a cell of more than {csv.field_size_limit():,} characters, or a quotation mark in it is "
            "opened and never closed. Shorten the cell, or mend the mark."
        )
    if "unexpected end" in error:
        return (
            f"{start}: a quotation mark is opened and never closed. Mend it there, or save the table as CSV once more."
        )
    return f"{start}: quotation marks are broken ({error}). Mend them there, or save the table as CSV once more."


def _delimiter_of(source: Source) -> str:
    """The sign between the cells: the one that cuts the first rows into equally many."""
    lines = list(islice(_without_hint(text_lines(source)), _JUDGED_BY))
    best = max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))
    if _evenness(lines, best) == (0, 0):
        raise Refused(
            f"{shown(source.name)} has one column only: no comma, semicolon, tab or bar divides its rows. "
            "A table of applications needs at least the employer and the role in columns of their own."
        )
    return best


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Which part of the rows a delimiter cuts as it does the first it cuts, and into how many cells; (0, 0) where it
    cuts none. A part, not a number: the wrong sign reads a cell of several lines as so many rows."""
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter)
    try:
        lengths = [len(record) for record in reader if any(cell.strip() for cell in record)]
    except csv.Error:
        lengths = [len(line.split(delimiter)) for line in lines]
    cut = [length for length in lengths if length > 1]
    return (cut.count(cut[0]) / len(lengths), cut[0]) if cut else (0, 0)


def _header_of(records: Iterator[tuple[int, list[str]]], source: Source) -> list[str]:
    """The first row that names at least two columns: titles above the table are passed over."""
    for _, cells in records:
        if sum(bool(cell.strip()) for cell in cells) > 1:
            return cells
    raise Refused(f"{shown(source.name)} has no row that names columns. Its first row has to name them.")


def _checked_header(cells: list[str], source: Source) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        raise Refused(
            f"{shown(source.name)} has {len(cells):,} columns; up to {MOST_COLUMNS} can be brought in. "
            "Keep those that you want, and save it once more."
        )
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = shown(cell.removeprefix("\ufeff")) or f"Column {place}"
        again = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)


def _body(source: Source, delimiter: str, width: int) -> Iterator[Row]:
    records = _records(source, delimiter)
    for _, cells in records:
        if sum(bool(cell.strip()) for cell in cells) > 1:
            break
    read = 0
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        read += 1
        if read > MOST_ROWS:
            raise _too_many_rows(source)
        yield _laid(number, cells, width)


def _laid(number: int, cells: list[str], width: int) -> Row:
    """A record under the header; empty cells beyond it do no harm."""
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) == width:
        return Row(number, cells)
    other = max(_DELIMITERS, key=lambda delimiter: cells[0].count(delimiter) if cells else 0)
    mixed = bool(cells) and len(cells) < width and cells[0].count(other) >= width - 1
    return Row(
        number,
        [],
        f"it is separated by {_DELIMITERS[other]}, unlike the header."
        if mixed
        else f"it has {len(cells):,} cells, but the header names {width:,} columns. "
        "A cell with the dividing sign in it needs quotation marks round it.",
    )


def _too_many_rows(source: Source) -> Refused:
    return Refused(
        f"{shown(source.name)} has more than {MOST_ROWS:,} rows. "
        "Split it into smaller files and bring them in one by one."
    )
