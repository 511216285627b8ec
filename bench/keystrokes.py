"""Typing in the writing desk: how long each key takes to show, while the critique is at work and while it rests.

    .venv/bin/python -m bench.keystrokes

A note is typed into headless Chromium, a key every 40 ms, with the sample
history behind it. The page sends what stands there every 0.8 s, and the server
saves it and reads it critically. Told is the time from each key to the next
frame, which shows it, by what the server was doing meanwhile. Wall clock: what
matters is that the two lines say the same.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.screen import Screen
from tests.browser.server import Server

TYPED = "Thank you for the talk about the move to shifts of four, which I would like to hear more about. " * 2

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
    """Types, and prints the table."""
    path = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data") as server, sync_playwright() as driver:
        server.command("sample")
        browser = driver.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        keys = typed(browser.new_page(), server)
        browser.close()
    print("| a key to the next frame | keys | median | 95 % within |")
    print("|---|---:|---:|---:|")
    for told, busy in (("while the server saves and reads", True), ("while it rests", False)):
        times = [took for was_busy, took in keys if was_busy is busy]
        if len(times) > 1:
            print(f"| {told} | {len(times)} | {median(times):.0f} ms | {quantiles(times, n=20)[-1]:.0f} ms |")


def typed(page: Page, server: Server) -> list[tuple[bool, float]]:
    """For each key whether the server was at work, and milliseconds; everything typed stands there in the end."""
    screen = Screen(page, server.url)
    screen.open("write", heading="Write")
    field = page.get_by_label("The note", exact=True)
    field.fill("")
    page.evaluate(LISTEN)
    field.press_sequentially(TYPED, delay=40)
    assert TYPED in field.input_value()
    screen.settled()
    return [(bool(busy), float(took)) for busy, took in page.evaluate("window.__keys")]


if __name__ == "__main__":
    main()
