"""Saves what can still be read of a damaged SQLite database: row by row, into a new one that takes its place.

Whole pages may be gone and single values garbled. A row is kept when every
value of it can be understood; what hung under a lost row is lost with it.
The damaged file is renamed, never changed.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import URL, Table
from sqlalchemy.dialects import sqlite

from debrief.domain.checks import is_zone
from debrief.errors import Refused, StoreBroken, StoreDamaged
from debrief.store.backups import check_pages, put_in_place
from debrief.store.engine import engine_for
from debrief.store.migrations import HEAD, VERSION_TABLE
from debrief.store.schema import bring_up_to_date
from debrief.store.tables import REFERENCES, TABLES, Reference, metadata

_FAR = 5_000
"""How many row numbers past the last readable one are tried, where the end of a table is unreadable."""

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came out of a damaged database."""

    kept: Mapping[str, int]
    """Rows by table, those of at least one row."""
    incomplete: tuple[str, ...]
    """The tables of which something could not be read."""
    lost: int
    """Rows that were found and could not be kept: garbled, or without what they hung under."""
    aside: Path | None
    """Where the damaged file is now."""


def salvage(file: Path, now: datetime) -> Salvaged:
    """Puts a new database with all readable rows in the place of a damaged one, which is kept aside.

    Raises Refused, and changes nothing, if no fact can be read; StoreBroken if the disk fails.
    """
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with _copy_opened(file) as damaged:
            revision = _revision_of(damaged)
            _make(part, revision)
            kept, incomplete, lost = _move_rows(damaged, part)
        if not any(kept.get(table.name) for table in TABLES.values()):
            raise Refused("Nothing in the damaged file can be read any more. Go back to a backup; nothing was changed.")
        _make(part, HEAD)
        check_pages(part)
        return Salvaged(kept, incomplete, lost, put_in_place(file, part, now))
    except (OSError, sqlite3.Error) as error:
        raise StoreBroken(
            "The record could not be saved anew. Check that the disk has space, then try again."
        ) from error
    finally:
        part.unlink(missing_ok=True)


def start_fresh(file: Path, now: datetime) -> Path | None:
    """Puts an empty database in the place of one that is damaged; gives back where that one is kept."""
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        _make(part, HEAD)
        return put_in_place(file, part, now)
    except OSError as error:
        raise StoreBroken("No new database could be made. Check that the disk has space, then try again.") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _copy_opened(file: Path) -> Generator[sqlite3.Connection]:
    """A copy of the file with its log, open for reading: SQLite may want to write while it looks."""
    with tempfile.TemporaryDirectory(prefix="debrief-salvage-", dir=file.parent) as folder:
        copied = Path(folder) / file.name
        for helper in ("", "-wal"):
            source = file.with_name(file.name + helper)
            if source.exists():
                shutil.copyfile(source, copied.with_name(copied.name + helper))
        with closing(sqlite3.connect(copied)) as connection:
            connection.text_factory = _decode
            connection.execute("PRAGMA writable_schema = ON")  # else a file shorter than it says is not looked at
            connection.execute("PRAGMA cell_size_check = ON")
            yield connection


def _decode(raw: bytes) -> str:
    """Text whose garbled bytes are marked as such."""
    return raw.decode("utf-8", "replace")


def _revision_of(damaged: sqlite3.Connection) -> str:
    """The step that the database had reached; the newest where even that is lost."""
    try:
        row = damaged.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    except sqlite3.DatabaseError:
        return HEAD
    return row[0] if row and row[0] <= HEAD else HEAD


def _make(part: Path, revision: str) -> None:
    """Makes a database of the given step, or brings one on to it; one file, nothing beside it."""
    engine = engine_for(URL.create("sqlite", database=str(part)).render_as_string())
    try:
        part.touch(mode=0o600)
        bring_up_to_date(engine, lambda: None, head=revision)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()


def _move_rows(damaged: sqlite3.Connection, part: Path) -> tuple[dict[str, int], tuple[str, ...], int]:
    """Fills the new database. Gives back the rows by table, the tables not wholly read, and the rows lost."""
    incomplete: list[str] = []
    found = 0
    with closing(sqlite3.connect(part)) as fresh:
        for table in metadata.sorted_tables:
            names = [row[1] for row in fresh.execute(f"PRAGMA table_info({table.name})")]
            if not names:
                continue
            reading = _Reading(damaged, table, names)
            holes = ", ".join("?" * len(names))
            insert = f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) VALUES ({holes})"  # noqa: S608
            fresh.executemany(insert, reading.rows())
            found += reading.found
            if not reading.whole:
                incomplete.append(table.name)
        _drop_orphans(fresh)
        fresh.commit()
        counts = {
            table.name: fresh.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
            for table in metadata.sorted_tables
            if fresh.execute(f"PRAGMA table_info({table.name})").fetchone()
        }
    return {name: count for name, count in counts.items() if count}, tuple(incomplete), found - sum(counts.values())


class _Reading:
    """Reads what it can of one table."""

    def __init__(self, damaged: sqlite3.Connection, table: Table, names: list[str]) -> None:
        self._damaged = damaged
        self._select = f"SELECT rowid, {', '.join(names)} FROM {table.name}"  # noqa: S608
        self._checks = [_check_of(table.c[name]) for name in names if name in table.c]
        self.whole = True
        self.found = 0
        self._reached = 0
        self._there = True

    def rows(self) -> Iterator[Values]:
        """The rows that can be understood: forwards to the first hole, backwards to the last, then one by one."""
        for number, values in self._from(f"{self._select} ORDER BY rowid"):
            self._reached = number
            yield from self._understood(values)
        if self.whole or not self._there:
            return
        first = self._reached
        behind = 0
        for number, values in self._from(f"{self._select} WHERE rowid > {first} ORDER BY rowid DESC"):
            behind = number
            yield from self._understood(values)
        for number in range(first + 1, behind or first + _FAR):
            for _, values in self._from(f"{self._select} WHERE rowid = {number}"):
                yield from self._understood(values)

    def _from(self, statement: str) -> Iterator[tuple[int, Values]]:
        try:
            for row in self._damaged.execute(statement):
                yield row[0], row[1:]
        except sqlite3.DatabaseError as error:
            self.whole = False
            self._there = error.sqlite_errorname.startswith("SQLITE_CORRUPT")  # else the table itself is gone

    def _understood(self, values: Values) -> Iterator[Values]:
        self.found += 1
        if all(check(value) for check, value in zip(self._checks, values, strict=True)):
            yield values


def _check_of(column: sa.Column[Any]) -> Callable[[Any], bool]:
    """Whether a raw value can stand in the column."""
    stored = column.type.dialect_impl(_DIALECT)
    read = stored.result_processor(_DIALECT, None)
    shape = int if stored.compile(_DIALECT) in ("INTEGER", "BIGINT", "BOOLEAN") else str
    is_key = column.name in ("owner", "id") or column.name.endswith("_id")

    def understood(value: Any) -> bool:
        if value is None:
            return bool(column.nullable)
        if not isinstance(value, shape) or (is_key and _GARBLED in str(value)):
            return False
        if column.name == "timezone":
            return is_zone(str(value))
        try:
            if read is not None:
                read(value)
        except StoreDamaged:
            return False
        return True

    return understood


def _drop_orphans(fresh: sqlite3.Connection) -> None:
    """Removes what hangs under rows that were lost, over and over; a note only forgets its lost person."""
    while orphans := fresh.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, parent, _ in orphans:
            named = next(
                (one.column for one in REFERENCES if _names(one) == (table, parent) and not one.cascades), None
            )
            if named:
                fresh.execute(f"UPDATE {table} SET {named} = NULL WHERE rowid = ?", (rowid,))  # noqa: S608
            else:
                fresh.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608


def _names(reference: Reference) -> tuple[str, str]:
    return TABLES[reference.child].name, TABLES[reference.parent].name


_DIALECT = sqlite.dialect()
_GARBLED = "\ufffd"
"""What stands where bytes are no text."""
