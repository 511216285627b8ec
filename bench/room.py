"""A workshop's room under load: how long joining and answering take with a hundred participants on this machine.

    .venv/bin/python -m bench.room [--people 100] [--scenarios 10] [--within 10] [--calm]

Starts a server of its own on loopback, joins everybody at once, then works
through the scenarios in step: within so many seconds everybody presses Next,
within as many again everybody answers. In each step some reload their page
before they answer, and some lose the connection at the very moment at which
they do, come back by their seat and answer again if the page still asks; not
with --calm. Checks on the facilitator's screen that every answer was counted
once, and as it was given. Prints how long participants wait for the screen.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bench.streamlit_client import Visitor
from tests.browser.server import WorkshopServer

PROGRAMME = "Ten quick ones"
ANSWER = "I would do this"
LETTERS = "ABCD"


class Trouble(Enum):
    """What happens to somebody on the way to an answer."""

    NONE = "answer"
    RELOAD = "answer after a reload"
    LOST = "answer whose connection was lost"


@dataclass(frozen=True)
class Amount:
    """How much load."""

    people: int
    scenarios: int
    within: float
    """Seconds over which a step's presses are spread."""
    calm: bool = False
    """Whether nobody reloads or loses the connection."""

    def trouble(self, number: int, step: int) -> Trouble:
        """What happens to a participant in a step: a fifth reload, a fifth lose the connection, others each time."""
        troubles = {} if self.calm else {0: Trouble.RELOAD, 1: Trouble.LOST}
        return troubles.get((number + step) % 5, Trouble.NONE)


@dataclass
class Held:
    """What a workshop took, in seconds; `presses` by what was done."""

    joined: float = 0.0
    presses: dict[str, list[float]] = field(default_factory=dict)
    processor: float = 0.0
    answers: int = 0
    errors: int = 0


class Participant:
    """Somebody with a seat, who finds it again after a reload."""

    def __init__(self, server: WorkshopServer, tab: Visitor) -> None:
        self.tab = tab
        self.errors = 0
        self._server = server

    async def go_on(self) -> None:
        """Shows what the facilitator has opened."""
        await self.tab.press("Next")

    async def answer(self, letter: str, trouble: Trouble) -> None:
        """Answers, whatever happens on the way."""
        if trouble is Trouble.RELOAD:
            await self._reload()
        self.tab.choose(letter)
        if trouble is Trouble.LOST:
            pressed = self.tab.first("button", ANSWER).button.id
            await self.tab.send(self.tab.asked(pressed).SerializeToString())
            self.tab.vanish()
            await self._reload()
            if not any(one.button.label == ANSWER for one in self.tab.shown("button")):
                return  # it had arrived
            self.tab.choose(letter)
        await self.tab.press(ANSWER)

    async def _reload(self) -> None:
        """Loads the page anew by the address that it has."""
        await self.leave()
        self.tab = await Visitor(self._server.port, query=self.tab.query).__aenter__()

    async def leave(self) -> None:
        """Closes the tab."""
        self.errors += self.tab.exceptions
        await self.tab.__aexit__(None, None, None)


async def workshop(server: WorkshopServer, amount: Amount) -> Held:
    """One workshop from the opening of the room to its last answer. Raises AssertionError if one is lost or doubled."""
    held = Held()
    async with Visitor(server.port, page="facilitate") as lead:
        lead.write("Facilitator's secret", server.told("Secret"))
        await lead.press("Go on")
        lead.choose(PROGRAMME)
        await lead.run()
        await lead.press("Open the room")

        began = time.perf_counter()
        seats = await asyncio.gather(*(_joined(server) for _ in range(amount.people)))
        held.joined = time.perf_counter() - began
        before = server.processor_seconds()
        for step in range(amount.scenarios):
            await lead.press("Open the first step for everybody" if step == 0 else "Next step for everybody")
            given = await _step(seats, amount, step, held)
            await lead.press("Show the answers")
            assert f"**{amount.people} of {amount.people}** answered" in lead.text(), lead.text()
            counted = re.findall(r"(?m)^([A-D])\. .*· \*\*(\d+)\*\*$", lead.text())
            assert {letter: int(count) for letter, count in counted if count != "0"} == given, (counted, given)
            held.answers += given.total()
        held.processor = server.processor_seconds() - before
        for one in seats:
            await one.leave()
            held.errors += one.errors
    return held


async def _joined(server: WorkshopServer) -> Participant:
    tab = await Visitor(server.port, query=f"code={server.told('Room code')}").__aenter__()
    await tab.press("Join")
    assert "seat=" in tab.query, tab.text()
    return Participant(server, tab)


async def _step(seats: Sequence[Participant], amount: Amount, step: int, held: Held) -> Counter[str]:
    """One step of everybody; gives who answered what."""
    nexts = await asyncio.gather(*(_measured(one.go_on, amount.within) for one in seats))
    held.presses.setdefault("next", []).extend(nexts)
    choices = [random.choice(LETTERS) for _ in seats]
    troubles = [amount.trouble(number, step) for number in range(len(seats))]

    async def answered(one: Participant, letter: str, trouble: Trouble) -> None:
        took = await _measured(lambda: one.answer(letter, trouble), amount.within)
        held.presses.setdefault(trouble.value, []).append(took)

    await asyncio.gather(*map(answered, seats, choices, troubles))
    return Counter(choices)


async def _measured(act: Callable[[], Awaitable[None]], within: float) -> float:
    """Seconds that one act took, done at a random moment within so many seconds."""
    await asyncio.sleep(random.uniform(0, within))
    began = time.perf_counter()
    await act()
    return time.perf_counter() - began


def tell(held: Held, amount: Amount) -> None:
    """Prints what a workshop took, as a table."""
    print("| what | times | p50, s | p95, s | slowest, s |")
    print("|---|---|---|---|---|")
    print(f"| {amount.people} join at once, until the last is in | 1 | | | {held.joined:.1f} |")
    for name, seconds in held.presses.items():
        ordered = sorted(seconds)
        p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
        print(f"| {name}, over {amount.within:g} s | {len(ordered)} | {p50:.2f} | {p95:.2f} | {ordered[-1]:.2f} |")
    acts = sum(map(len, held.presses.values()))
    print(f"\nProcessor: {1000 * held.processor / acts:.0f} ms an act, the facilitator's included.")
    print(f"Counted: {held.answers} answers, each once and as it was given; screens with an error: {held.errors}.")


def main() -> None:
    """Reads the command line, and runs one workshop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--scenarios", type=int, default=10)
    parser.add_argument("--within", type=float, default=10.0)
    parser.add_argument("--calm", action="store_true", help="nobody reloads or loses the connection")
    asked = parser.parse_args()
    amount = Amount(asked.people, asked.scenarios, asked.within, asked.calm)
    print(f"cores: {os.cpu_count()}, load before: {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as folder, WorkshopServer(Path(folder) / "data") as server:
        tell(asyncio.run(workshop(server, amount)), amount)


if __name__ == "__main__":
    main()
