"""Engines and transactions. What differs between SQLite and PostgreSQL in daily use stands here alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import URL, Connection, CursorResult, Engine, Executable, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from debrief.errors import DebriefError, StoreBroken
from debrief.store.faults import told_in_sentences

PATIENCE_SECONDS = 10
"""How long a write waits for another one before it gives up."""

Values: TypeAlias = "Mapping[str, Any] | Sequence[Mapping[str, Any]] | None"

_ON_CONNECT = {
    "sqlite": (
        f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}",
        "PRAGMA synchronous = FULL",  # what was acknowledged survives a power cut too …
        "PRAGMA fullfsync = ON",  # … on a Mac as well
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",  # what was deleted is overwritten, not only unlinked
    ),
    "postgresql": ("SET TIME ZONE 'UTC'", f"SET lock_timeout = '{PATIENCE_SECONDS}s'"),
}
_BEGIN_READING = {
    "sqlite": "BEGIN",
    "postgresql": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}
_BEGIN_WRITING = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE",
}
_ACT_AS = sa.text("SELECT set_config('debrief.owner', :owner, true), set_config('debrief.role', :role, true)")
"""For this transaction alone, so that a pooled connection leaks nothing: whose rows the database lets through."""

_ADDRESS_EXPECTED = (
    "This is not the address of a database that Debrief knows. "
    "Write sqlite:////folder/debrief.db or postgresql://user:password@host/name."
)


def engine_for(url: str) -> Engine:
    """An engine for `sqlite:///…`, `postgresql://…` or `postgres://…`; StoreBroken where the URL is none of these."""
    address = _parse(url)
    engine = sa.create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=address.get_backend_name() != "sqlite",
        pool_timeout=PATIENCE_SECONDS,
    )
    event.listen(engine, "connect", _prepare)
    return engine


def sqlite_file(engine: Engine) -> Path | None:
    """The database file, where there is one."""
    name = engine.url.database
    return Path(name).absolute() if engine.dialect.name == "sqlite" and name else None


def _parse(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreBroken(_ADDRESS_EXPECTED) from None
    backend = address.drivername.partition("+")[0]
    if backend == "sqlite" and address.database not in (None, "", ":memory:"):
        return address.set(drivername="sqlite")
    if backend in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    raise StoreBroken(_ADDRESS_EXPECTED)


def _prepare(connection: Any, record: object) -> None:
    """Readies a new connection. SQLite's driver would begin transactions of its own: it is told not to."""
    if hasattr(connection, "pgconn"):
        with connection.cursor() as cursor:
            for statement in _ON_CONNECT["postgresql"]:
                cursor.execute(statement)
        connection.commit()
    else:
        connection.isolation_level = None
        for statement in _ON_CONNECT["sqlite"]:
            connection.execute(statement).close()


class _Phase(Enum):
    IDLE = "idle"
    READING = "reading"
    WRITING = "writing"
    FAILED = "failed"
    ENDED = "ended"


class Transaction:
    """One transaction of one owner: reads see one moment; writers of one owner take turns.

    It begins with the first statement. One that only reads never waits for
    anybody. With its first write it moves on to the present, as the only writer:
    what was read before may have changed since, which row versions and unique
    keys bring to light. One that is told to write from the start
    (`begin_writing`) has no such gap.

    After a driver's error nothing more is done in it and nothing of it is kept:
    SQLite may have rolled back already, and then further statements would
    stand alone.
    """

    def __init__(self, engine: Engine, owner: str, role: str = "") -> None:
        self.dialect = engine.dialect.name
        self._engine = engine
        self._owner = owner
        self._role = role
        self._connection: Connection | None = None
        self._phase = _Phase.IDLE

    def read(self, statement: Executable) -> CursorResult[Any]:
        """Runs a statement that changes nothing."""
        if self._phase is _Phase.IDLE:
            self._begin(_Phase.READING)
        return self._run(statement)

    def write(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        """Runs a statement that changes rows."""
        self.begin_writing()
        return self._run(statement, values)

    def begin_writing(self) -> None:
        """Becomes the owner's only writer, waiting for another one where need be."""
        if self._phase is _Phase.READING:
            self._leave()
        if self._phase is _Phase.IDLE:
            self._begin(_Phase.WRITING)

    def fail(self) -> None:
        """Sees to it that nothing of this is kept: something half done cannot be taken back by itself."""
        self._phase = _Phase.FAILED

    def commit(self) -> None:
        """Keeps everything; raises, and keeps nothing, if anything failed."""
        if self._phase is _Phase.FAILED:
            self.roll_back()
            raise StoreBroken("Something failed on the way, so nothing was saved. Reload the page and try again.")
        connection = self._connection
        try:
            with told_in_sentences():
                if connection is not None:
                    connection.commit()
        except DebriefError:
            if connection is not None:
                connection.invalidate()  # a COMMIT that fails leaves SQLite's transaction open
            raise
        finally:
            self.roll_back()

    def roll_back(self) -> None:
        """Keeps nothing that was not committed, and gives the connection back."""
        connection, self._connection, self._phase = self._connection, None, _Phase.ENDED
        if connection is not None:
            with told_in_sentences():
                connection.close()

    def _leave(self) -> None:
        """Ends the reading part."""
        if self._connection is not None:
            with told_in_sentences():
                self._connection.rollback()
        self._phase = _Phase.IDLE

    def _begin(self, phase: _Phase) -> None:
        opening = (_BEGIN_WRITING if phase is _Phase.WRITING else _BEGIN_READING)[self.dialect]
        with told_in_sentences():
            if self._connection is None:
                self._connection = self._engine.connect()
        self._phase = phase
        self._run(sa.text(opening))
        if self.dialect == "postgresql":
            self._run(_ACT_AS, {"owner": self._owner, "role": self._role})
        if phase is _Phase.WRITING and self.dialect == "postgresql":
            self._run(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(self._owner, 0))))

    def _run(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        if self._phase is _Phase.ENDED:
            raise RuntimeError("this unit has ended: read and write inside its `with`")
        if self._phase is _Phase.FAILED or self._connection is None:
            raise StoreBroken("Something failed before this, so nothing was saved. Reload the page and try again.")
        with told_in_sentences():
            try:
                return self._connection.execute(statement, values)
            except DBAPIError:
                self._phase = _Phase.FAILED
                raise
