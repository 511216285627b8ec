"""A centre's record, on SQLite and on PostgreSQL behind its walls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from debrief.domain.centre import Member, Role
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from tests.walls import walled_database

ROLES = {
    "amina": Role.STUDENT,
    "bela": Role.STUDENT,
    "cato": Role.ADVISOR,
    "dora": Role.ADMINISTRATOR,
    "finn": Role.FACILITATOR,
}


def acting(name: str) -> Actor:
    """One of the centre's people."""
    return Actor(name, ROLES.get(name, Role.STUDENT), name.title())


@pytest.fixture
def walled_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty record on PostgreSQL, opened by a role that the walls hold for."""
    with walled_database(request.getfixturevalue("postgresql"), monkeypatch) as url:
        store = open_store(url)
        yield store
        store.close()


@pytest.fixture(params=["sqlite_store", "walled_store"])
def centre_store(request: pytest.FixtureRequest, now: object) -> Store:
    """A record whose centre everybody has signed in at once."""
    store: Store = request.getfixturevalue(request.param)
    for name, role in ROLES.items():
        with store.centre(name, role, request.getfixturevalue("now")) as centre:
            centre.enter(Member(name, name.title(), f"{name}@college.example", role))
    return store


@pytest.fixture
def centre_file(tmp_path: Path) -> Path:
    """A centre's list."""
    return tmp_path / "centre.yaml"
