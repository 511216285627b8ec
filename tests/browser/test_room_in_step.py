"""A room that answers in step while pages reload and connections break: each answer counts once, as it was given."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bench.room import Amount, Trouble, workshop
from tests.browser.server import WorkshopServer


def test_no_answer_is_lost_or_counted_twice_whatever_happens_on_the_way(tmp_path: Path) -> None:
    amount = Amount(people=10, scenarios=5, within=0.5)
    with WorkshopServer(tmp_path / "data") as server:
        held = asyncio.run(workshop(server, amount))

    assert held.answers == 50
    assert held.errors == 0
    assert {trouble: len(held.presses[trouble.value]) for trouble in Trouble} == {
        Trouble.NONE: 30,
        Trouble.RELOAD: 10,
        Trouble.LOST: 10,
    }
