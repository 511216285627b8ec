"""Databases and files of every released version are read by today's program with nothing lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief.exchange.lossless import KINDS, SCHEMA_VERSION, read_record, write_record
from debrief.store import Store, open_store
from debrief.store.mapping import mapped
from debrief.store.migrations import FOLDER, HEAD

RELEASED = Path(__file__).parents[2] / "fixtures" / "released"
DATABASES = sorted(RELEASED.glob("*.sqlite"))
FILES = sorted(RELEASED.glob("*.json"))
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(params=DATABASES, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Store]]:
    """A database as a released version left it, opened by today's program."""
    database = tmp_path / "debrief.db"
    shutil.copy(request.param, database)
    store = open_store(f"sqlite:///{database}")
    yield request.param, store
    store.close()


def rows_in(database: Path, table: str) -> list[dict[str, object]]:
    """The rows of a table as they stand in a SQLite file; none where the file has no such table."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    try:
        names = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] if table in names else []
    finally:
        connection.close()


def test_every_step_before_the_newest_has_a_database_kept_from_its_release() -> None:
    steps = {path.name[:4] for path in (FOLDER / "versions").glob("0*.py")}
    assert steps - {HEAD} <= {path.stem for path in DATABASES}


def test_a_released_database_opens_with_every_row_as_it_was(released: tuple[Path, Store], tmp_path: Path) -> None:
    before, _ = released
    kept = 0
    for kind in KINDS.values():
        table = mapped(kind).table.name
        after = {row["id"]: row for row in rows_in(tmp_path / "debrief.db", table)}
        for row in rows_in(before, table):
            assert {name: after[row["id"]][name] for name in row} == row
            kept += 1
    assert kept > 300


def test_a_released_database_can_be_written_to_and_its_journal_undone(released: tuple[Path, Store]) -> None:
    _, store = released
    with store.unit("local", NOW) as unit:
        before = {kind: unit.find(kind) for kind in KINDS.values()}
        entry = unit.journal()[0]
    with store.unit("local", NOW) as unit:
        unit.undo(entry.id)
    assert unit.entry is not None
    with store.unit("local", NOW) as unit:
        assert {kind: unit.find(kind) for kind in KINDS.values()} != before
        unit.undo(unit.journal()[0].id)
    with store.unit("local", NOW) as unit:
        after = {kind: unit.find(kind) for kind in KINDS.values()}
    assert {kind: {fact.id for fact in facts} for kind, facts in after.items()} == {
        kind: {fact.id for fact in facts} for kind, facts in before.items()
    }


def test_every_released_file_version_has_a_file_kept() -> None:
    assert {path.stem for path in FILES} >= {str(version) for version in range(1, SCHEMA_VERSION)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_released_export_is_read_and_loses_nothing(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    written = json.loads(write_record(read_record(path.read_bytes())))
    assert written["schema"] == SCHEMA_VERSION
    for name in (name for name in KINDS if name in told):
        kept = [{key: entry[key] for key in before} for before, entry in zip(told[name], written[name], strict=True)]
        assert kept == told[name]
    assert written["settings"] == told["settings"]
