"""What the tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from debrief.store import Store, open_store


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One record for all examples of a property, on each database; each example takes an owner of its own."""
    if request.param == "sqlite":
        store = open_store(f"sqlite:///{tmp_path_factory.mktemp('record') / 'debrief.db'}")
        yield store
        store.close()
        return
    with request.getfixturevalue("postgresql").database() as url:
        store = open_store(url)
        yield store
        store.close()
