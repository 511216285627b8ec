"""From a press to the settled screen, in a real browser: each page beside a bare one with as many elements.

    .venv/bin/python -m bench.clicks [--interviews 1000] [--pages today log …] [--presses 15]

The one press that both pages have in common, and that changes nothing, is
Streamlit's own R for "run again": it goes the way of every click, to the server
and back into the page. Told is the median of the time from the key to the second
frame after the server's last message, in headless Chromium, both pages taking
turns. Wall clock, so let the machine rest meanwhile; take the ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from bench.bare import bare_server
from bench.pages import NAMES, Clock, record_of
from bench.streamlit_client import Visitor
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.navigation import TODAY
from ui.kit.session import TEST_CLOCK

LISTEN = """
() => {
  let pressed = 0;
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => {
        const from = pressed;
        requestAnimationFrame(() => requestAnimationFrame(() => (window.__told = [from, performance.now()])));
      });
    }
  };
  document.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  window.__settled = (quiet) => {
    const [from, until] = window.__told ?? [0, 0];
    return from && from === pressed && performance.now() - until > quiet ? until - from : null;
  };
}
"""
"""Notes when the second frame after the server's last message was drawn, for each press."""

QUIET = 400
"""Milliseconds without a message after which a run has told everything."""


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=1_000)
    parser.add_argument("--pages", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--presses", type=int, default=15)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "debrief-bench")
    asked = parser.parse_args()
    record, clock = record_of(asked.folder, asked.interviews, kept_up=True), Clock(asked.folder / "clock")
    environment = {"DEBRIEF_DATABASE_URL": f"sqlite:///{record}", TEST_CLOCK: str(clock.file)}
    path = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
    print("| page | press to settled | bare page | ratio |")
    print("|---|---:|---:|---:|", flush=True)
    with (
        Server(asked.folder / "server" / "data", **environment) as server,
        asyncio.run(_bare_pages(asked.folder / "bare", server, asked.pages)) as bare,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        for name in asked.pages:
            ours, floor = browser.new_page(), browser.new_page()
            for page in (ours, floor):
                page.add_init_script(f"({LISTEN})()")
            Screen(ours, server.url).open("" if name == TODAY.name else name)
            Screen(floor, bare.url).open(f"?page={name}")
            took = settled_after(ours, floor, asked.presses)
            print(f"| {name} | {took[0]:.0f} ms | {took[1]:.0f} ms | {took[0] / took[1]:.2f} |", flush=True)
            ours.close()
            floor.close()
        browser.close()


async def _bare_pages(folder: Path, server: Server, names: Sequence[str]) -> Server:
    """A server of pages with as many elements as a visitor sees on each of Debrief's."""
    async with AsyncExitStack() as stack:
        seen = {name: await stack.enter_async_context(Visitor(server.port, page=name)) for name in names}
        return bare_server(folder, seen)


def settled_after(ours: Page, floor: Page, presses: int) -> tuple[float, float]:
    """Milliseconds from a press to the settled screen, medians of both pages."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(presses):
        for page, noted in zip((ours, floor), took, strict=True):
            page.bring_to_front()
            page.keyboard.press("r")
            noted.append(float(page.wait_for_function(f"window.__settled({QUIET})").json_value()))
    return median(took[0]), median(took[1])


if __name__ == "__main__":
    main()
