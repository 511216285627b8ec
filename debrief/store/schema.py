"""Brings a database to the newest schema: all of the way, or not at all."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from debrief.errors import StoreBroken, StoreDamaged
from debrief.store.faults import scrubbed, told_in_sentences
from debrief.store.migrations import FOLDER, HEAD, VERSION_TABLE
from debrief.store.tables import metadata

APPLICATION_ID: Final = 0x44425246
"""Marks a SQLite file as ours ("DBRF"), for `file` and for restoring."""

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()  # Alembic keeps the running migration in a global
_ADVISORY_LOCK: Final = 4_919_237_101


def bring_up_to_date(engine: Engine, before: Callable[[], object], steps: Path = FOLDER, head: str = HEAD) -> None:
    """Makes or migrates the schema; calls `before` before an existing one is touched.

    Raises StoreBroken, and leaves everything as it was, if a step fails, if the
    database is newer than the program, or if the file is another program's.
    """
    with told_in_sentences(), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _check_ours(connection)
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        reached = revision_of(connection)
    if reached == head:
        return
    if reached is not None and reached > head:
        raise StoreBroken(
            "This database was written by a newer version of Debrief. "
            "Update the program, or restore a backup made before the update."
        )
    if reached is not None:
        before()
    with _one_at_a_time, _migrating(engine) as connection:
        if revision_of(connection) != head:  # another process may have been faster
            with _walls_down(connection):
                _run_steps(connection, steps, head)


def check_sound(engine: Engine) -> None:
    """Raises StoreDamaged if a SQLite file's pages do not hang together. A server looks after its own."""
    if engine.dialect.name != "sqlite":
        return
    with told_in_sentences(), engine.connect() as connection:
        verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if verdict != "ok":
        _log.error("the database is damaged")
        raise StoreDamaged("The database file is damaged: parts of it cannot be read. Nothing was changed.")


def allow(engine: Engine, role: str) -> None:
    """Lets a role of PostgreSQL's work with the tables, though not alter them, nor change the centre's log.

    Replicas that start together take turns: PostgreSQL refuses two grants on one table at once.
    """
    if role == engine.url.username:
        return
    name = engine.dialect.identifier_preparer.quote(role)
    with told_in_sentences(), engine.begin() as connection:
        _begin_on_postgresql(connection)
        for table in metadata.sorted_tables:
            verbs = "SELECT, INSERT" if table.name == "log_entries" else "SELECT, INSERT, UPDATE, DELETE"
            connection.exec_driver_sql(f'GRANT {verbs} ON "{table.name}" TO {name}')
        connection.exec_driver_sql(f'GRANT SELECT ON "{VERSION_TABLE}" TO {name}')


def revision_of(connection: Connection) -> str | None:
    """The step that the database has reached; None where it has none."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()  # noqa: S608


def _check_ours(connection: Connection) -> None:
    """Refuses a file that holds something, though nothing of ours. A server's database may well be shared."""
    names = sa.inspect(connection).get_table_names()
    if names and VERSION_TABLE not in names:
        raise StoreBroken(f"{connection.engine.url.database} belongs to another program. Choose another file.")


def _run_steps(connection: Connection, steps: Path, head: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import, and needed once in a blue moon
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, head)


@contextmanager
def _migrating(engine: Engine) -> Generator[Connection]:
    """A connection of its own, in a transaction that takes the schema along when it is rolled back."""
    with told_in_sentences(), engine.connect() as connection:
        connection.detach()
        begin = _begin_on_sqlite if engine.dialect.name == "sqlite" else _begin_on_postgresql
        begin(connection)
        try:
            yield connection
            if engine.dialect.name == "sqlite":
                _finish_on_sqlite(connection)
            connection.commit()
        except Exception as error:
            connection.rollback()
            if isinstance(error, StoreBroken):
                raise
            cause = scrubbed(error) if isinstance(error, SQLAlchemyError) else error
            _log.error("a migration failed: %s", cause)
            raise StoreBroken(
                "The database could not be brought up to date and is as it was before. The log says why."
            ) from cause


def _begin_on_sqlite(connection: Connection) -> None:
    """Foreign keys are off meanwhile: rebuilding a parent table would delete its children by cascade."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF").close()
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _finish_on_sqlite(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise StoreBroken(
            f"Bringing the database up to date would have left {len(orphans)} rows without what they belong to, "
            "so it is as it was before. Please report this."
        )
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _begin_on_postgresql(connection: Connection) -> None:
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))


@contextmanager
def _walls_down(connection: Connection) -> Generator[None]:
    """On PostgreSQL a step sees the rows of all owners; nobody else does, since it ends in the same transaction."""
    if connection.dialect.name != "postgresql":
        yield
        return
    for table in _walled(connection, "relforcerowsecurity"):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
    yield
    for table in _walled(connection, "relrowsecurity"):
        connection.exec_driver_sql(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def _walled(connection: Connection, mark: str) -> list[str]:
    """Our tables that have row-level security, by one of the two marks that PostgreSQL keeps of it."""
    ours = ", ".join(f"'{table.name}'" for table in metadata.sorted_tables)
    found = connection.exec_driver_sql(
        f"SELECT relname FROM pg_class WHERE {mark} AND relname IN ({ours}) "  # noqa: S608 - our own names
        "AND pg_table_is_visible(oid) ORDER BY relname"
    )
    return list(found.scalars())
