"""The collector rests until the first page stands; then what is in memory is settled."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Event

import pytest

from ui.kit import first_page
from ui.kit.first_page import end_first_page, rest_until_the_first_page


@pytest.fixture(autouse=True)
def _just_started(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if no page had been drawn yet; leaves the collector as it was."""
    monkeypatch.setattr(first_page, "first_page_over", Event())
    yield
    gc.enable()
    gc.unfreeze()


def test_the_collector_rests_until_the_first_page_stands_and_then_leaves_alone_what_is_there() -> None:
    rest_until_the_first_page()
    assert not gc.isenabled()

    end_first_page()

    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000


def test_later_pages_settle_nothing() -> None:
    end_first_page()
    gc.unfreeze()

    end_first_page()

    assert gc.get_freeze_count() == 0
