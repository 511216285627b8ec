"""axe finds no violation of WCAG 2.2 A or AA on any page, by day and by night, that Debrief's code can avoid."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import TODAY, PageEntry, pages_in


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("entry", pages_in(Mode.LOCAL), ids=lambda entry: entry.name)
def test_a_page_has_no_avoidable_barrier(
    shared_server: Server, chromium: Browser, entry: PageEntry, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(color_scheme=scheme, timezone_id="Europe/London")
    try:
        page = context.new_page()
        screen = Screen(page, shared_server.url)
        screen.open("" if entry is TODAY else entry.name, entry.title)

        assert barriers(page) == []
    finally:
        context.close()
