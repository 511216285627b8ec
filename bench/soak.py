"""Sessions that come and go for an hour: does the server's memory level off, and is everything given back?

    .venv/bin/python -m bench.soak [--minutes 60] [--people 3] [--seed 1]

Starts a server of its own on loopback with the sample history. So many people
at a time come in, walk through a few pages, type, log an interview and take it
back, and leave, some by closing their tab and some by vanishing. The record is
as long at the end as at the beginning, so that what grows is a leak. Prints a
Markdown table, a row every few minutes, and exits with status 1 where memory is
over 120 % of its level after SETTLED_AFTER minutes, or threads, files or
caches are over what they were then.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.streamlit_client import Visitor
from tests.browser.server import Server

PAGES = (
    "today",
    "log",
    "reflect",
    "checklist",
    "write",
    "applications",
    "insights",
    "prepare",
    "workshop",
    "your_data",
)
SETTLED_AFTER = 10.0
"""Minutes (a third of a shorter run). Until then caches fill and every page is met for the first time."""
ROWS = 12
MEMORY_LIMIT = 1.20
EMPTIED_AFTER = 150
"""Seconds after which the server has let go of a session whose tab is gone (Streamlit keeps it for two minutes)."""
TOLD_OF_EACH = 3_000
"""Characters of each traceback that are told."""
SPARE = 6
"""Threads, open files or kept caches by which two quiet moments of one server may differ."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the server holds at one moment."""

    minute: float
    memory: float
    """Resident, in MB."""
    threads: int
    files: int
    """Open file handles, sockets included."""
    kept: int
    """Things in Streamlit's caches and session states."""
    sessions: int
    """Sessions that have come so far."""

    def row(self) -> str:
        """One line of the table."""
        return (
            f"| {self.minute:.0f} | {self.sessions:,} | {self.memory:.0f} | {self.threads} | {self.files} "
            f"| {self.kept} |"
        )


HEADINGS = "| minute | sessions so far | memory, MB | threads | open files | things cached |\n|---|---|---|---|---|---|"


class Crowd:
    """People who come and go."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self.server = server
        self.chance = chance
        self.sessions = 0
        self.errors: list[str] = []

    async def stay(self, until: float) -> None:
        """One place in the room: whoever leaves is followed by the next, until the time is up."""
        while time.monotonic() < until:
            self.sessions += 1
            await self._visit()

    async def _visit(self) -> None:
        page = self.chance.choice(PAGES)
        tab = await Visitor(self.server.port, page=page).__aenter__()
        for _ in range(self.chance.randint(1, 5)):
            await self._act(tab, page)
            if tab.exceptions or "not expect" in tab.text():
                self.errors.append(f"{page}: {tab.text()[:300]}")
            await asyncio.sleep(self.chance.uniform(0, 1))
            page = self.chance.choice(PAGES)
            await tab.visit(page)
        if self.chance.random() < 0.2:
            tab.vanish()
        else:
            await tab.__aexit__(None, None, None)

    async def _act(self, tab: Visitor, page: str) -> None:
        """What somebody does on a page: types into what can be typed into, or logs an interview and takes it back."""
        if page == "log":
            await self._log_and_take_back(tab)
            return
        for kind in ("text_area", "text_input"):
            for one in list(tab.shown(kind))[:2]:
                tab.set_text(getattr(one, kind).id, f"Typed at {time.monotonic():.3f}")
        await tab.run()

    async def _log_and_take_back(self, tab: Visitor) -> None:
        for label in ("Employer", "Role"):
            tab.set_text(tab.first("selectbox", label).selectbox.id, f"Soaked {label} {self.chance.randrange(10**9)}")
        await tab.run()
        await tab.press("Log it")
        if any(one.button.label == "Undo" for one in tab.shown("button")):
            await tab.press("Undo")


def reading(server: Server, minute: float, sessions: int) -> Reading:
    """What the server holds now. Linux alone tells it so."""
    process = Path(f"/proc/{server.process_id}")
    status = process.joinpath("status").read_text(encoding="ascii")
    with urllib.request.urlopen(f"{server.url}/_stcore/metrics", timeout=60) as answer:
        metrics = answer.read().decode()
    told = re.findall(r"^cache_memory_bytes\{[^}]*\} (\d+)", metrics, re.MULTILINE)
    return Reading(
        minute=minute,
        memory=_number(status, "VmRSS") / 1024,
        threads=_number(status, "Threads"),
        files=sum(1 for _ in process.joinpath("fd").iterdir()),
        kept=sum(map(int, told)),
        sessions=sessions,
    )


def _number(status: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE)
    assert found is not None
    return int(found[1])


async def soak(server: Server, minutes: float, people: int, chance: random.Random) -> tuple[list[Reading], Crowd]:
    """The readings of a whole run: some while people come and go, the last when all have left."""
    crowd = Crowd(server, chance)
    began = time.monotonic()
    until = began + minutes * 60
    places = [asyncio.create_task(crowd.stay(until)) for _ in range(people)]
    print(HEADINGS, flush=True)
    readings: list[Reading] = []
    for step in range(1, ROWS + 1):
        due = began + step * minutes * 60 / ROWS
        await asyncio.wait(places, timeout=max(0.0, due - time.monotonic()))
        readings.append(await _noted(server, began, crowd))
    await asyncio.gather(*places)
    await asyncio.sleep(EMPTIED_AFTER)
    async with Visitor(server.port, page="today"):
        pass  # what is left of others is let go when the next one comes
    readings.append(await _noted(server, began, crowd))
    return readings, crowd


async def _noted(server: Server, began: float, crowd: Crowd) -> Reading:
    now = await asyncio.to_thread(reading, server, (time.monotonic() - began) / 60, crowd.sessions)
    print(now.row(), flush=True)
    return now


def judged(readings: Sequence[Reading]) -> list[str]:
    """What has grown since the server had settled, in sentences; nothing where nothing leaks."""
    settled = settled_of(readings)
    after = readings[readings.index(settled) + 1 :]
    worst = max(after, key=lambda one: one.memory)
    last = readings[-1]
    complaints: list[str] = []
    if worst.memory > settled.memory * MEMORY_LIMIT:
        complaints.append(f"memory grew from {settled.memory:.0f} to {worst.memory:.0f} MB")
    counts = [(name, getattr(settled, name), getattr(last, name)) for name in ("threads", "files", "kept")]
    return complaints + [f"{name} grew from {then} to {now}" for name, then, now in counts if now > then + SPARE]


def settled_of(readings: Sequence[Reading]) -> Reading:
    """The reading that the later ones are held against."""
    after = min(SETTLED_AFTER, readings[ROWS - 1].minute / 3)
    return next(one for one in readings if one.minute >= after)


def main() -> None:
    """Reads the command line, soaks, and judges."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data") as server:
        server.command("sample")
        readings, crowd = asyncio.run(soak(server, asked.minutes, asked.people, random.Random(asked.seed)))
        _, *tracebacks = server.log.split("Traceback")
    complaints = judged(readings)
    if crowd.errors:
        complaints.append(f"{len(crowd.errors)} screens with an error: {crowd.errors[:3]}")
    complaints += [f"Traceback{story[:TOLD_OF_EACH]}" for story in tracebacks[:3]]
    settled = settled_of(readings)
    most = max(one.memory for one in readings[readings.index(settled) :])
    print(f"\nMemory at most {most / settled.memory:.2f} of its level after {settled.minute:.0f} minutes.")
    print("\n".join(complaints) or "Nothing leaks.")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
