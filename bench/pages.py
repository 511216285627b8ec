"""What the server spends on each page, at records of any size, beside a bare Streamlit page with as many elements.

    .venv/bin/python -m bench.pages [--interviews 100 1000 10000 100000] [--pages today log …] [--as-it-comes]

Records are made once and kept in --folder. Debrief's own server runs on each of
them, as a process of its own; a visitor without a browser opens every page,
then has it drawn again, and again after another process changed the record. The
bare pages answer the same visitor in between, batch by batch. The clock goes on
by a minute with each batch, so that nothing is kept for longer than it would be.
All times are processor time of the server's process (Linux), whatever else the
machine is busy with.

The record is that of somebody who does what Debrief says: what is older than
two months is looked back on and has come to an end. `--as-it-comes`: every
second interview never looked back on, a fifth of them open for ever.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from bench.bare import bare_server
from bench.insights_history import NOW, fill
from bench.streamlit_client import Visitor
from debrief.domain.facts import Application, Heard, Message, Person
from debrief.store import Store, open_store
from debrief.usecases.actor import LOCAL_OWNER
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in
from ui.kit.session import TEST_CLOCK

NAMES = [entry.name for entry in pages_in(Mode.LOCAL)]
BATCHES, BATCH = 3, 4
"""Reruns in a batch, which is a minute's; batches of Debrief and of the bare page take turns."""
CHANGES = 3
CHANGED = (Application, Person, Heard, Message)
"""What another process changes before the run that is told as "after a change": one fact of each kind."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs at one size, in milliseconds of the server's processor time."""

    first: float
    """The first time that anybody opens it."""
    changed: float
    """The first run after the record was changed by another process."""
    rerun: float
    bare: float
    elements: int


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--pages", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "debrief-bench")
    parser.add_argument("--as-it-comes", action="store_true")
    asked = parser.parse_args()
    print("| page | interviews | first load | after a change | rerun | bare page | of that | of the smallest |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    smallest: dict[str, Cost] = {}
    for size in asked.interviews:
        found = asyncio.run(costs_at(asked.folder, size, asked.pages, kept_up=not asked.as_it_comes))
        for name, cost in found.items():
            base = smallest.setdefault(name, cost)
            print(
                f"| {name} | {size:,} | {cost.first:,.0f} ms | {cost.changed:,.0f} ms | {cost.rerun:.0f} ms "
                f"| {cost.bare:.0f} ms ({cost.elements} elements) | {cost.rerun / cost.bare:.2f} "
                f"| {cost.rerun / base.rerun:.2f} |",
                flush=True,
            )


async def costs_at(folder: Path, size: int, names: Sequence[str], *, kept_up: bool) -> dict[str, Cost]:
    """The costs of these pages on a record of this size."""
    record = record_of(folder, size, kept_up=kept_up)
    clock = Clock(folder / "clock")
    environment = {"DEBRIEF_DATABASE_URL": f"sqlite:///{record}", TEST_CLOCK: str(clock.file)}
    async with AsyncExitStack() as stack:
        server = stack.enter_context(Server(folder / "server" / "data", **environment))
        await stack.enter_async_context(Visitor(server.port, page="workshop"))  # opens what every page shares
        seen: dict[str, Visitor] = {}
        first: dict[str, float] = {}
        for name in names:
            before = server.processor_seconds()
            seen[name] = await stack.enter_async_context(Visitor(server.port, page=name))
            first[name] = 1000 * (server.processor_seconds() - before)
            await seen[name].run()
            assert not seen[name].exceptions, seen[name].text()
        bare = stack.enter_context(bare_server(folder / "bare", seen))
        changed = await after_changes(server, seen, record)
        found: dict[str, Cost] = {}
        for name in names:
            floor = await stack.enter_async_context(Visitor(bare.port, query=f"page={name}"))
            rerun, base = await taking_turns((server, seen[name]), (bare, floor), clock)
            found[name] = Cost(first[name], changed[name], rerun, base, len(floor.elements))
        return found


async def taking_turns(
    ours: tuple[Server, Visitor], floor: tuple[Server, Visitor], clock: Clock
) -> tuple[float, float]:
    """Milliseconds of a rerun of each: the median over batches that take turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(BATCHES):
        clock.go_on(timedelta(minutes=1))
        for (server, visitor), times in zip((ours, floor), taken, strict=True):
            before = server.processor_seconds()
            for _ in range(BATCH):
                await visitor.run()
            times.append(1000 * (server.processor_seconds() - before) / BATCH)
    return median(taken[0]), median(taken[1])


async def after_changes(server: Server, seen: dict[str, Visitor], record: Path) -> dict[str, float]:
    """Milliseconds of the first run of each page after the record changed under it: the median of a few."""
    store = open_store(f"sqlite:///{record}")
    taken: dict[str, list[float]] = {name: [] for name in seen}
    for name, visitor in seen.items():
        for _ in range(CHANGES):
            change(store)
            before = server.processor_seconds()
            await visitor.run()
            taken[name].append(1000 * (server.processor_seconds() - before))
    store.close()
    return {name: median(times) for name, times in taken.items()}


def change(store: Store) -> None:
    """Writes one fact of each of a few kinds, as another tab or the command line would."""
    with store.unit(LOCAL_OWNER, NOW) as unit:
        for kind in CHANGED:
            (fact_id,) = unit.columns(kind, ["id"])["id"][:1]
            unit.change(replace(unit.get(kind, fact_id)))


class Clock:
    """The clock that the server goes by."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._now: datetime = NOW
        self.go_on(timedelta())

    def go_on(self, time: timedelta) -> None:
        """Lets so much time pass."""
        self._now += time
        self.file.write_text(self._now.isoformat(), encoding="utf-8")


def record_of(folder: Path, size: int, *, kept_up: bool) -> Path:
    """A record with so many interviews, made the first time and kept."""
    place = folder / f"{size}{'' if kept_up else '-as-it-comes'}"
    file = place / "debrief.db"
    if not (place / "whole").exists():
        file.unlink(missing_ok=True)
        store = open_store(f"sqlite:///{file}")
        fill(store, LOCAL_OWNER, size, kept_up=kept_up)
        store.close()
        (place / "whole").touch()
    return file


if __name__ == "__main__":
    main()
