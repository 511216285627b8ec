"""A real server that is killed, has no room left or finds its clock set back, while a visitor goes on typing."""

from __future__ import annotations

import asyncio
import random
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.crash import crashed_again_and_again
from bench.streamlit_client import Visitor
from debrief.domain.facts import ReflectionAnswer
from debrief.usecases.sample import load_sample
from tests.browser.histories import ME, logged, open_record
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in
from ui.kit.session import TEST_CLOCK

WRITES = 8
"""Through two or three kills; 300 writes: `python -m bench.crash`."""


def test_a_server_killed_while_somebody_types_has_lost_nothing_that_it_acknowledged(server: Server) -> None:
    _, wrong = crashed_again_and_again(server, WRITES, random.Random(20261122))
    assert wrong == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
def test_a_server_without_room_says_so_and_goes_on_once_there_is_some(server: Server) -> None:
    import resource

    with closing(open_record(server)) as store:
        address = f"interview={logged(store, 'Kestrel Rail').id}&section=went_well"
    unlimited = resource.prlimit(server.process_id, resource.RLIMIT_FSIZE)

    async def refused_then_kept() -> None:
        async with Visitor(server.port, page="reflect", query=address) as tab:

            async def told(text: str) -> str:
                tab.set_text(tab.first("text_area").text_area.id, text)
                await tab.run()
                return tab.text()

            room = max(file.stat().st_size for file in server.data.iterdir() if file.is_file()) + 4096
            resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, (room, unlimited[1]))
            many = [f"{number} of many, all of them long. " * 5_000 for number in range(9)]
            answers = [await told(text) for text in many]
            assert "nothing was saved" in answers[-1]
            assert "The disk" in answers[-1]
            resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, unlimited)
            assert "nothing was saved" not in await told("There is room for this.")

    asyncio.run(refused_then_kept())
    with closing(open_record(server)) as store, store.unit(ME.owner, datetime.now(UTC)) as unit:
        assert [answer.value for answer in unit.find(ReflectionAnswer)] == ["There is room for this."]


def test_every_page_is_drawn_though_the_clock_was_set_back_a_year(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    clock.write_text(now.isoformat(), encoding="utf-8")

    async def wrong() -> list[str]:
        async with Visitor(server.port) as tab:
            clock.write_text((now - timedelta(days=400)).isoformat(), encoding="utf-8")
            for entry in pages_in(Mode.LOCAL):
                await tab.visit(entry.name)
                if tab.exceptions or "not expect" in tab.text():
                    seen.append(entry.name)
        return seen

    seen: list[str] = []
    with Server(tmp_path / "data", **{TEST_CLOCK: str(clock)}) as server:
        with closing(open_record(server)) as store:
            load_sample(ME, store, now)
        assert asyncio.run(wrong()) == []
