"""What tests of every kind share: a fixed `now`, and stores on SQLite and PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief.store import Store, open_store
from tests.postgresql import Cluster, temporary_cluster

NO_POSTGRESQL = (
    "PostgreSQL is not here: install it (Debian: `apt-get install postgresql`), "
    "or name a server's database for tests in DEBRIEF_TEST_POSTGRES_URL"
)


@pytest.fixture
def now() -> datetime:
    """A fixed moment: noon UTC on Wednesday 4 March 2026."""
    return datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL server to make databases on: the one named in the environment, else one started for this run."""
    named = os.environ.get("DEBRIEF_TEST_POSTGRES_URL")
    with temporary_cluster(tmp_path_factory.mktemp("postgresql"), named) as cluster:
        if cluster is None:
            pytest.skip(NO_POSTGRESQL)
        yield cluster


@pytest.fixture
def postgresql_url(postgresql: Cluster) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgresql.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'record' / 'debrief.db'}"


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """An empty record on SQLite."""
    store = open_store(sqlite_url)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty record, once on SQLite and once on PostgreSQL."""
    store = open_store(store_url)
    yield store
    store.close()
