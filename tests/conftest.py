"""What tests of every kind share: a fixed `now`, and stores on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

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


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema and nothing in it, to be copied: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("migrated") / "debrief.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def migrated_url(postgresql: Cluster) -> Iterator[str]:
    """A PostgreSQL database with the newest schema and nothing in it, to be copied."""
    with postgresql.database() as url:
        open_store(url).close()
        yield url


@pytest.fixture
def sqlite_store(sqlite_url: str, migrated_file: Path) -> Iterator[Store]:
    """An empty record on SQLite."""
    file = Path(make_url(sqlite_url).database or "")
    file.parent.mkdir()
    shutil.copyfile(migrated_file, file)
    store = open_store(sqlite_url)
    yield store
    store.close()


@pytest.fixture
def postgresql_store(postgresql: Cluster, migrated_url: str) -> Iterator[Store]:
    """An empty record on PostgreSQL."""
    with postgresql.database(template=make_url(migrated_url).database or "") as url:
        store = open_store(url)
        yield store
        store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty record, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_store")
