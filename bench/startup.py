"""From the start of the process to the first usable page, beside a bare Streamlit app of one page.

    .venv/bin/python -m bench.startup [--rounds 5] [--record empty|sample] [--browser]

Both are started the same way, in turns; a visitor asks for the start page as
soon as the server answers, and the clock stops when the page is drawn. Told are
the medians of the wall clock and of the server's processor time: on a busy
machine only the second says something.

Without `--browser` the visitor is a program that speaks Streamlit's protocol,
and has no page to fetch first: the strictest measure. With it, it is headless
Chromium with nothing in its cache: what somebody waits for at the screen.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from bench.streamlit_client import Visitor
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.screen import IDLE
from tests.browser.server import Server

BARE = "import streamlit as st\n\nst.title('Bare')\nst.write('One page.')\nst.button('A button')\n"
OURS = "Debrief"
BESIDE = "bare app"


@dataclass(frozen=True, slots=True)
class Start:
    """One start, in seconds until the first page stood."""

    wall: float
    processor: float


Visit = Callable[[Server], AbstractContextManager[None]]
"""Somebody who is at a server's first page, which stands; at the end they leave."""


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--record", choices=("empty", "sample"), default="sample")
    parser.add_argument("--browser", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, by_browser() if asked.browser else by_protocol() as visit:
        servers = servers_in(Path(name), asked.record)
        taken: dict[str, list[Start]] = {told: [] for told in servers}
        for _ in range(asked.rounds):
            for told, server in servers.items():
                taken[told].append(started(server, visit))
    print("| | wall clock | processor time |")
    print("|---|---:|---:|")
    wall = {told: median(start.wall for start in starts) for told, starts in taken.items()}
    processor = {told: median(start.processor for start in starts) for told, starts in taken.items()}
    for told in taken:
        print(f"| {told} | {wall[told]:.2f} s | {processor[told]:.2f} s |")
    print(f"| ratio | {wall[OURS] / wall[BESIDE]:.2f} | {processor[OURS] / processor[BESIDE]:.2f} |")


def servers_in(folder: Path, record: str) -> dict[str, Server]:
    """The two servers, with the record of ours."""
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    ours = Server(folder / "ours" / "data")
    bare = Server(folder / "bare" / "data")
    bare.script = str(folder / "bare.py")
    if record == "sample":
        ours.data.parent.mkdir()
        ours.command("sample")
    return {OURS: ours, BESIDE: bare}


def started(server: Server, visit: Visit) -> Start:
    """Starts a server, has its first page drawn, and ends it."""
    began = time.perf_counter()
    with server, visit(server):
        return Start(time.perf_counter() - began, server.processor_seconds())


@contextmanager
def by_protocol() -> Generator[Visit]:
    """Visits without a browser."""

    @contextmanager
    def visit(server: Server) -> Generator[None]:
        visitor = Visitor(server.port)
        with asyncio.Runner() as runner:
            runner.run(visitor.__aenter__())
            assert not visitor.exceptions
            assert list(visitor.shown("heading"))
            yield
            runner.run(visitor.__aexit__(None, None, None))

    yield visit


@contextmanager
def by_browser() -> Generator[Visit]:
    """Visits by one browser, each as by somebody who has never been there."""
    path = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))

        @contextmanager
        def visit(server: Server) -> Generator[None]:
            with browser.new_context() as visitor:
                page = visitor.new_page()
                page.goto(server.url)
                page.get_by_role("heading", level=1).wait_for()
                page.locator(IDLE).wait_for()
                yield

        yield visit
        browser.close()


if __name__ == "__main__":
    main()
