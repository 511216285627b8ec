"""The schema is brought up to date as a whole or not at all, and agrees with what the code expects."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from store_cases import a_full_case
from store_histories import dump

from debrief.domain.facts import Story
from debrief.errors import StoreBroken
from debrief.store import Store, open_store
from debrief.store import store as store_module
from debrief.store.backups import BEFORE_MIGRATION, list_backups
from debrief.store.engine import engine_for
from debrief.store.mapping import KINDS
from debrief.store.migrations import FOLDER, HEAD, VERSION_TABLE
from debrief.store.schema import bring_up_to_date
from debrief.store.tables import metadata

REBUILD_A_PARENT = """
    recreate = "always" if op.get_context().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("applications", recreate=recreate) as batch:
        batch.add_column(sa.Column("wanted", sa.Text(), nullable=False, server_default="yes"))
"""
ADD_A_TABLE = """
    op.create_table("extras", sa.Column("id", sa.Text(), primary_key=True))
    op.execute("INSERT INTO extras VALUES ('one')")
    op.execute("UPDATE applications SET employer = 'overwritten'")
    op.execute("DELETE FROM snoozes")
"""
BREAK = """
    op.execute("UPDATE no_such_table SET x = 1")
"""
LOSE_A_PARENT = """
    op.execute("DELETE FROM interviews")
"""

Migrate = Callable[..., Store]


@pytest.fixture
def filled_url(store_url: str, now: Any) -> str:
    """A database of the newest schema with something of every kind in it."""
    store = open_store(store_url)
    with store.unit("local", now, "Logged Alder & Finch") as unit:
        unit.add_all(a_full_case(now))
        unit.set_setting("tone", "warm")
    store.close()
    return store_url


@pytest.fixture
def migrate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrate]:
    """Opens a store with one more step than there is, which does what the given lines say."""
    opened: list[Store] = []

    def open_with(url: str, *lines: str) -> Store:
        steps = tmp_path / "100% steps"
        shutil.copytree(FOLDER, steps, ignore=shutil.ignore_patterns("__pycache__"))
        number = f"{int(HEAD) + 1:04}"
        head = f'import sqlalchemy as sa\nfrom alembic import op\nrevision = "{number}"\ndown_revision = "{HEAD}"\n'
        (steps / "versions" / f"{number}_more.py").write_text(f"{head}\ndef upgrade():\n{''.join(lines)}")

        def bring(engine: Engine, before: Callable[[], object]) -> None:
            bring_up_to_date(engine, before, steps, number)

        with monkeypatch.context() as patched:
            patched.setattr(store_module, "bring_up_to_date", bring)
            opened.append(open_store(url))
        return opened[-1]

    yield open_with
    for store in opened:
        store.close()


@pytest.fixture
def empty_twin(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An empty database of the same kind as the store's."""
    on_sqlite = store.engine.dialect.name == "sqlite"
    engine = engine_for(f"sqlite:///{tmp_path / 'twin.db'}" if on_sqlite else request.getfixturevalue("postgresql_url"))
    yield engine
    engine.dispose()


def everything(url: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of all tables, and all their rows."""
    engine = engine_for(url)
    with engine.connect() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        rows = [tuple(row) for name in names for row in connection.execute(sa.text(f"SELECT * FROM {name}"))]
    engine.dispose()
    return names, sorted(rows, key=repr)


def shape(engine: Engine) -> dict[str, Any]:
    """All that the database says about its tables."""
    inspector = sa.inspect(engine)

    def of(table: str) -> dict[str, Any]:
        parts = {
            "columns": inspector.get_columns(table),
            "key": [inspector.get_pk_constraint(table)],
            "references": inspector.get_foreign_keys(table),
            "unique": inspector.get_unique_constraints(table),
            "checks": inspector.get_check_constraints(table),
            "indexes": inspector.get_indexes(table),
        }
        return {name: sorted(re.sub(r"\s+", " ", repr(entry)) for entry in found) for name, found in parts.items()}

    return {table: of(table) for table in inspector.get_table_names() if table != VERSION_TABLE}


def test_the_migrated_schema_is_what_the_code_expects(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_steps_make_the_same_tables_as_the_code_would_down_to_the_checks(store: Store, empty_twin: Engine) -> None:
    metadata.create_all(empty_twin)
    assert shape(empty_twin) == shape(store.engine)


def test_the_newest_step_is_the_one_the_program_names() -> None:
    directory = ScriptDirectory(FOLDER)
    assert directory.get_heads() == [HEAD]
    assert all(re.fullmatch(r"\d{4}", step.revision) for step in directory.walk_revisions())


def test_opening_what_is_up_to_date_does_nothing_and_needs_no_alembic(sqlite_url: str) -> None:
    open_store(sqlite_url).close()
    program = (
        "import sys; from debrief.store import open_store; open_store(sys.argv[1]).close(); "
        "sys.exit('alembic' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", program, sqlite_url], check=True, cwd=root)


@pytest.mark.parametrize("step", ["0002", "0003", "0004"])
def test_a_record_of_an_earlier_step_opens_with_all_that_it_could_hold(
    store: Store, empty_twin: Engine, now: Any, step: str
) -> None:
    with store.unit("local", now) as unit:
        unit.add_all(a_full_case(now))
        unit.add(Story(title="A story without a telling", created_at=now))
        before = dump(unit)
    bring_up_to_date(empty_twin, lambda: None, head=step)
    older = sa.MetaData()
    older.reflect(empty_twin)
    with store.engine.connect() as source, empty_twin.begin() as target:
        for then in (table for table in older.sorted_tables if table.name in metadata.tables):
            today = metadata.tables[then.name]
            for row in source.execute(sa.select(*(today.c[column.name] for column in then.columns))).all():
                target.execute(today.insert().values(row._asdict()))

    opened = open_store(empty_twin.url.render_as_string(hide_password=False))
    with opened.unit("local", now) as unit:
        assert dump(unit) == before
    opened.close()


def test_a_step_that_rebuilds_a_parent_table_loses_no_child(filled_url: str, now: Any, migrate: Migrate) -> None:
    store = open_store(filled_url)
    with store.unit("local", now) as unit:
        before = dump(unit)
    store.close()
    store = migrate(filled_url, REBUILD_A_PARENT)
    with store.unit("local", now) as unit:
        assert dump(unit) == before
        unit.remove(unit.courses()[0].application)
        assert [kind.__name__ for kind in KINDS if unit.find(kind)] == ["Person", "Story"]  # references still hold


@pytest.mark.parametrize(
    "lines",
    [
        (ADD_A_TABLE, BREAK),
        (REBUILD_A_PARENT, BREAK),
        (ADD_A_TABLE, REBUILD_A_PARENT, "    raise RuntimeError('out of luck')\n"),
    ],
)
def test_a_step_that_breaks_midway_leaves_everything_as_it_was(
    filled_url: str, migrate: Migrate, lines: tuple[str, ...]
) -> None:
    before = everything(filled_url)
    with pytest.raises(StoreBroken, match="is as it was before"):
        migrate(filled_url, *lines)
    assert everything(filled_url) == before
    open_store(filled_url).close()


def test_a_step_that_breaks_on_an_empty_database_leaves_it_empty(store_url: str, migrate: Migrate) -> None:
    with pytest.raises(StoreBroken):
        migrate(store_url, BREAK)
    assert everything(store_url) == ([], [])


def test_a_step_that_orphans_rows_is_taken_back(sqlite_url: str, now: Any, migrate: Migrate) -> None:
    store = open_store(sqlite_url)
    with store.unit("local", now) as unit:
        unit.add_all(a_full_case(now))
    store.close()
    before = everything(sqlite_url)
    with pytest.raises(StoreBroken, match="would have left 9 rows without what they belong to"):
        migrate(sqlite_url, LOSE_A_PARENT)
    assert everything(sqlite_url) == before


def test_before_a_migration_there_is_a_backup(sqlite_url: str, now: Any, migrate: Migrate) -> None:
    store = open_store(sqlite_url)
    with store.unit("local", now) as unit:
        unit.add_all(a_full_case(now))
        before = dump(unit)
    store.close()
    file = store.file
    assert file is not None
    assert list_backups(file) == ()
    migrate(sqlite_url, ADD_A_TABLE)
    (backup,) = list_backups(file)
    assert backup.reason == BEFORE_MIGRATION
    copy = open_store(f"sqlite:///{backup.path}")
    with copy.unit("local", now) as unit:
        assert dump(unit) == before
    copy.close()


def test_a_database_newer_than_the_program_is_refused_with_a_sentence(filled_url: str, migrate: Migrate) -> None:
    migrate(filled_url, ADD_A_TABLE).close()
    before = everything(filled_url)
    with pytest.raises(StoreBroken, match="newer version of Debrief"):
        open_store(filled_url)
    assert everything(filled_url) == before


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'photos.db'}"
    engine = engine_for(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE photos (id INTEGER)")
        connection.commit()
    engine.dispose()
    with pytest.raises(StoreBroken, match=r"photos\.db belongs to another program"):
        open_store(url)
    assert everything(url) == (["photos"], [])
