"""What makes the collector's rounds long is settled; what nobody refers to any more is freed all the same."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ui.kit import settled
from ui.kit.settled import Settling, settle_what_stays


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leaves the collector as it was."""
    before = gc.callbacks[:]
    gc.callbacks[:] = [watcher for watcher in before if not isinstance(watcher, Settling)]
    yield
    gc.callbacks[:] = before
    gc.unfreeze()


def test_a_long_round_settles_what_survived_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "LONG", 0.0)
    gc.unfreeze()
    settle_what_stays()

    gc.collect()

    assert gc.get_freeze_count() > 1000


def test_a_short_round_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "LONG", 3600.0)
    gc.unfreeze()
    settle_what_stays()

    gc.collect()

    assert gc.get_freeze_count() == 0


def test_every_so_often_everything_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "LONG", 0.0)
    monkeypatch.setattr(settled, "LOOK_AGAIN", 2)
    settle_what_stays()

    gc.collect()
    gc.collect()

    assert gc.get_freeze_count() == 0


def test_one_watcher_is_enough() -> None:
    settle_what_stays()
    settle_what_stays()

    assert sum(isinstance(watcher, Settling) for watcher in gc.callbacks) == 1
