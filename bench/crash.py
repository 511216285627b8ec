"""The server is killed at random moments while somebody types: is anything lost that it had acknowledged?

    .venv/bin/python -m bench.crash [--writes 300] [--seed 1]

Starts a server of its own on loopback, opens a reflection by the websocket as a
browser does, and writes into its fields in turn. Every so often the server gets
a SIGKILL, wherever it is just then, and is started again. After each: the
database is sound, every field holds what was acknowledged for it last, or what
was on its way, and a tab that comes in anew is shown the same.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from streamlit.proto.TextArea_pb2 import TextArea
from websockets.exceptions import ConnectionClosed

from bench.streamlit_client import Visitor
from debrief.domain.facts import ReflectionAnswer
from tests.browser.histories import ME, logged, open_record
from tests.browser.server import Server

LONGEST = 4.0
"""Seconds from the first write of a tab to the kill, at most."""


@dataclass(slots=True)
class Typed:
    """What somebody has typed into the fields of a page, by their labels."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    under_way: tuple[str, str] | None = None
    writes: int = 0

    def may_hold(self, label: str) -> set[str]:
        """What a field may hold after a crash."""
        last = {self.acknowledged[label]}
        return last | {self.under_way[1]} if self.under_way and self.under_way[0] == label else last


def fields_of(tab: Visitor) -> dict[str, TextArea]:
    """The page's long texts by the key that the program gives them: places change as answers open further fields."""
    return {one.text_area.id.rpartition("-")[2]: one.text_area for one in tab.shown("text_area")}


async def typed_until_killed(server: Server, address: str, typed: Typed, kill_after: float) -> None:
    """Writes into one field after another until the server is gone. Raises ConnectionClosed where it goes unkilled."""
    typed.under_way = None
    killed = asyncio.Event()

    def kill() -> None:
        killed.set()
        server.kill()

    try:
        async with Visitor(server.port, page="reflect", query=address) as tab:
            asyncio.get_running_loop().call_later(kill_after, kill)
            while True:
                for label, one in fields_of(tab).items():
                    text = f"write {typed.writes}."
                    typed.under_way = (label, text)
                    tab.set_text(one.id, text)
                    await tab.run()
                    typed.acknowledged[label] = text
                    typed.under_way = None
                    typed.writes += 1
    except ConnectionClosed:
        if not killed.is_set():
            raise


def lost(server: Server, typed: Typed) -> list[str]:
    """What is wrong with the database that the killed server left, in sentences."""
    with closing(sqlite3.connect(server.data / "debrief.db")) as plain:
        checks = [*plain.execute("PRAGMA integrity_check"), *plain.execute("PRAGMA foreign_key_check")]
    with closing(open_record(server)) as store, store.unit(ME.owner, datetime.now(UTC)) as unit:
        kept = "\n".join(str(answer.value) for answer in unit.find(ReflectionAnswer))
    missing = [label for label in typed.acknowledged if not any(text in kept for text in typed.may_hold(label))]
    if typed.under_way and typed.under_way[1] in kept:
        typed.acknowledged |= dict([typed.under_way])
    typed.under_way = None
    return [f"the database is not sound: {row}" for row in checks if row != ("ok",)] + [
        f"{label} has lost {typed.acknowledged[label]!r}" for label in missing
    ]


async def shown_otherwise(server: Server, address: str, typed: Typed) -> list[str]:
    """What a tab that comes in anew is shown and should not be, in sentences."""
    async with Visitor(server.port, page="reflect", query=address) as tab:
        held = {label: one.value if one.set_value else one.default for label, one in fields_of(tab).items()}
        wrong = [f"{label} shows {held.get(label)!r}, not {text!r}" for label, text in typed.acknowledged.items()
                 if held.get(label) != text]  # fmt: skip
        return wrong + ["an error is on the screen"] * bool(tab.exceptions)


def crashed_again_and_again(server: Server, writes: int, chance: random.Random) -> tuple[int, list[str]]:
    """Writes so often, through as many crashes as it takes. How many these were, and what went wrong."""
    with closing(open_record(server)) as store:
        address = f"interview={logged(store, 'Kestrel Rail').id}&section=went_well"
    typed, kills, wrong = Typed(), 0, list[str]()
    while typed.writes < writes:
        asyncio.run(typed_until_killed(server, address, typed, chance.uniform(0, LONGEST)))
        kills += 1
        wrong += lost(server, typed)
        server.start()
        wrong += asyncio.run(shown_otherwise(server, address, typed))
    return kills, wrong


def main() -> None:
    """Reads the command line, crashes, and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data") as server:
        kills, wrong = crashed_again_and_again(server, asked.writes, random.Random(asked.seed))
    print(f"{asked.writes} writes, {kills} kills, seed {asked.seed}: {len(wrong)} finds")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
