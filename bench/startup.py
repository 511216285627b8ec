"""From the start of the process to the first usable page, beside a bare Streamlit app of one page.

    .venv/bin/python -m bench.startup [--rounds 5] [--record empty|sample]

Both are started the same way, in turns; a visitor asks for the start page as
soon as the server answers, and the clock stops when the page is drawn. Told are
the medians of the wall clock and of the server's processor time: on a busy
machine only the second says something.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.streamlit_client import Visitor
from tests.browser.server import Server

BARE = "import streamlit as st\n\nst.title('Bare')\nst.write('One page.')\nst.button('A button')\n"


@dataclass(frozen=True, slots=True)
class Start:
    """One start, in seconds until the first page stood."""

    wall: float
    processor: float


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--record", choices=("empty", "sample"), default="sample")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        ours = Server(folder / "ours" / "data")
        bare = Server(folder / "bare" / "data")
        bare.script = str(folder / "bare.py")
        if asked.record == "sample":
            ours.data.parent.mkdir()
            ours.command("sample")
        taken: dict[str, list[Start]] = {"Debrief": [], "bare app": []}
        for _ in range(asked.rounds):
            for told, server in zip(taken, (ours, bare), strict=True):
                taken[told].append(asyncio.run(started(server)))
    print("| | wall clock | processor time |")
    print("|---|---:|---:|")
    wall = {told: median(start.wall for start in starts) for told, starts in taken.items()}
    processor = {told: median(start.processor for start in starts) for told, starts in taken.items()}
    for told in taken:
        print(f"| {told} | {wall[told]:.2f} s | {processor[told]:.2f} s |")
    print(f"| ratio | {wall['Debrief'] / wall['bare app']:.2f} | {processor['Debrief'] / processor['bare app']:.2f} |")


async def started(server: Server) -> Start:
    """Starts a server, has its first page drawn, and ends it."""
    began = time.perf_counter()
    with server:
        async with Visitor(server.port) as visitor:
            taken = Start(time.perf_counter() - began, server.processor_seconds())
            assert not visitor.exceptions
            assert list(visitor.shown("heading"))
    return taken


if __name__ == "__main__":
    main()
