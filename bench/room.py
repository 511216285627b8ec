"""A workshop's room under load: how long joining and answering take with a hundred participants on this machine.

    .venv/bin/python -m bench.room [--people 100] [--scenarios 10] [--within 10]

Starts a server of its own on loopback, joins everybody at once, then works
through the scenarios in step: within so many seconds everybody presses Next,
within as many again everybody answers. Prints the times that a participant
waits for the screen after a press, and checks on the facilitator's screen
that every answer was counted once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bench.streamlit_client import Visitor
from tests.browser.server import WorkshopServer

PROGRAMME = "Ten quick ones"


async def measured(act: Callable[[], Awaitable[None]], within: float) -> float:
    """Seconds that one press took, made at a random moment within so many seconds."""
    await asyncio.sleep(random.uniform(0, within))
    began = time.perf_counter()
    await act()
    return time.perf_counter() - began


async def workshop(server: WorkshopServer, people: int, scenarios: int, within: float) -> None:
    """One workshop from the opening of the room to its end."""
    async with Visitor(server.port, page="facilitate") as lead:
        lead.write("Facilitator's secret", server.told("Secret"))
        await lead.press("Go on")
        lead.choose(PROGRAMME)
        await lead.run()
        await lead.press("Open the room")

        began = time.perf_counter()
        seats = await asyncio.gather(*(_joined(server) for _ in range(people)))
        print(f"joined: {people} at once, the last after {time.perf_counter() - began:.1f} s")
        before = server.processor_seconds()

        nexts: list[float] = []
        answers: list[float] = []
        for step in range(scenarios):
            await lead.press("Open the first step for everybody" if step == 0 else "Next step for everybody")
            nexts += await asyncio.gather(*(measured(lambda one=one: one.press("Next"), within) for one in seats))
            answers += await asyncio.gather(*(measured(lambda one=one: _answer(one), within) for one in seats))
            await lead.press("Show the answers")
            counts = [int(count) for count in re.findall(r"· \*\*(\d+)\*\*", lead.text())]
            assert f"**{people} of {people}** answered" in lead.text(), lead.text()
            assert sum(counts) == people, counts
        spent = server.processor_seconds() - before
        _tell("next", nexts, within)
        _tell("answer", answers, within)
        print(f"processor: {1000 * spent / (len(nexts) + len(answers)):.0f} ms a press, the facilitator's included")
        broken = sum(one.exceptions for one in seats)
        print(f"counted: {people * scenarios} answers, each once; screens with an error: {broken}")
        for one in seats:
            await one.__aexit__(None, None, None)


async def _joined(server: WorkshopServer) -> Visitor:
    visitor = await Visitor(server.port, query=f"code={server.told('Room code')}").__aenter__()
    await visitor.press("Join")
    assert "seat=" in visitor.query, visitor.text()
    return visitor


async def _answer(visitor: Visitor) -> None:
    visitor.choose(random.choice("ABCD"))
    await visitor.press("I would do this")


def _tell(name: str, seconds: Sequence[float], within: float) -> None:
    ordered = sorted(seconds)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
    print(f"{name}: spread over {within:g} s, p50 {p50:.2f} s, p95 {p95:.2f} s, slowest {ordered[-1]:.2f} s")


def main() -> None:
    """Reads the command line, and runs one workshop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--scenarios", type=int, default=10)
    parser.add_argument("--within", type=float, default=10.0)
    asked = parser.parse_args()
    print(f"cores: {os.cpu_count()}, load before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder, WorkshopServer(Path(folder) / "data") as server:
        asyncio.run(workshop(server, asked.people, asked.scenarios, asked.within))


if __name__ == "__main__":
    main()
