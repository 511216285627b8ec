"""From an act in a real browser to the settled screen, beside a bare page with as many elements; and typing.

    .venv/bin/python -m bench.clicks [--interviews 1000] [--rounds 7] [--pages today write …]

Each page is opened in headless Chromium, and so is its bare counterpart. In
turns, each is asked to run again by Streamlit's own key, R, as a press of any
button would; the clock stops with the last change of the screen. Then a note is
typed into: how long each key takes until the next frame shows it, while the
server is busy with the critique and while it is not. Wall clock, medians: only
the ratios say something on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, sync_playwright

from bench.bare import bare_server
from bench.pages import NAMES, record_of
from bench.streamlit_client import Visitor
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.screen import Screen
from tests.browser.server import Server

TYPED = "Thank you for the talk about the move to shifts of four, which I would like to hear more about. " * 2

RUN_AGAIN = """
() => new Promise((done) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const began = performance.now();
  let last = began, ran = false;
  const state = () => app.getAttribute("data-test-script-state");
  const watcher = new MutationObserver(() => { last = performance.now(); ran ||= state() === "running"; });
  watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const look = () => {
    if (ran && state() !== "running" && performance.now() - last > 200) {
      watcher.disconnect();
      done(last - began);
    } else setTimeout(look, 10);
  };
  document.body.dispatchEvent(new KeyboardEvent("keydown", {
    key: "r", code: "KeyR", keyCode: 82, which: 82, bubbles: true,
  }));
  look();
})
"""
"""Presses R; gives the milliseconds until nothing changes any more."""

LISTEN = """
() => {
  window.__keys = [];
  document.addEventListener("input", (event) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = app.getAttribute("data-test-script-state") === "running";
    const from = event.timeStamp;
    requestAnimationFrame(() => window.__keys.push([busy, performance.now() - from]));
  }, true);
}
"""
"""Notes for each key how long it took until the next frame, and whether the server was at work meanwhile."""


def main() -> None:
    """Measures, and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interviews", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pages", nargs="+", choices=NAMES, default=NAMES)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        record = record_of(Path(tempfile.gettempdir()) / "debrief-bench", asked.interviews, kept_up=True)
        server = stack.enter_context(Server(folder / "ours" / "data", DEBRIEF_DATABASE_URL=f"sqlite:///{record}"))
        bare = stack.enter_context(asyncio.run(_bare(server, folder, asked.pages)))
        playwright = stack.enter_context(sync_playwright())
        path = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        print("| page | Debrief | bare page | ratio |")
        print("|---|---:|---:|---:|", flush=True)
        for name in asked.pages:
            ours, floor = settled_after(browser, server, bare, name, asked.rounds)
            print(f"| {name} | {ours:.0f} ms | {floor:.0f} ms | {ours / floor:.2f} |", flush=True)
        print("\n| typing a note, to the next frame | keys | median | 95 % within |")
        print("|---|---:|---:|---:|", flush=True)
        for told, times in typing(browser, server).items():
            print(f"| {told} | {len(times)} | {median(times):.0f} ms | {quantiles(times, n=20)[-1]:.0f} ms |")
        browser.close()


async def _bare(server: Server, folder: Path, names: Sequence[str]) -> Server:
    """The bare counterparts of these pages."""
    async with AsyncExitStack() as stack:
        seen = {name: await stack.enter_async_context(Visitor(server.port, page=name)) for name in names}
        for visitor in seen.values():
            await visitor.run()
        return bare_server(folder / "bare", seen)


def settled_after(browser: Browser, server: Server, bare: Server, name: str, rounds: int) -> tuple[float, float]:
    """Milliseconds until the screen has settled, of Debrief's page and the bare one: medians of runs in turns."""
    tabs = [_opened(browser, f"{server.url}/{name}"), _opened(browser, f"{bare.url}/?page={name}")]
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for page, times in zip(tabs, taken, strict=True):
            found = float(page.evaluate(RUN_AGAIN))
            if turn:  # the first run fills what later ones find
                times.append(found)
    for page in tabs:
        page.close()
    return median(taken[0]), median(taken[1])


def typing(browser: Browser, server: Server) -> dict[str, list[float]]:
    """Milliseconds a key, by what the server was doing; everything typed stands there in the end."""
    page = _opened(browser, f"{server.url}/write")
    field = page.get_by_label("The note", exact=True)
    field.fill("")
    field.press("End")
    page.evaluate(LISTEN)
    field.press_sequentially(TYPED, delay=40)
    assert TYPED in field.input_value()
    Screen(page, server.url).settled()
    keys: list[tuple[bool, float]] = [(bool(busy), float(took)) for busy, took in page.evaluate("window.__keys")]
    page.close()
    return {
        "while the server reads and saves": [took for busy, took in keys if busy],
        "while it rests": [took for busy, took in keys if not busy],
    }


def _opened(browser: Browser, address: str) -> Page:
    """A page that has drawn all it has to draw."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(address)
    page.locator('[data-testid="stHeading"], [data-testid="stMarkdown"]').first.wait_for()
    Screen(page, address).settled()
    return page


if __name__ == "__main__":
    main()
