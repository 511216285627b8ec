"""A real server and a real headless Chromium for journeys; without Chromium they are skipped, saying how to get it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.network import Asked
from tests.browser.server import Server

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_CHROMIUM = "Chromium is not here: install it (Debian: `apt-get install chromium`) and see that it is on the PATH"


expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for a module. Its driver keeps an event loop running: no longer than browser tests do."""
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own, with an empty record, for tests that change it, stop it or need it cold."""
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for a module's tests that only look; the sample history is loaded."""
    with Server(tmp_path_factory.mktemp("browser") / "data") as started:
        started.command("sample")
        yield started


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A visitor: a browser window in London. Whatever a test does with it, it asks nobody but this machine."""
    opened = chromium.new_context(viewport={"width": 1440, "height": 1000}, timezone_id="Europe/London", locale="en-GB")
    opened.set_default_timeout(30_000)
    asked = Asked(opened)
    yield opened
    opened.close()
    assert asked.elsewhere() == set()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The visitor's first tab."""
    return context.new_page()
