"""axe finds no violation of WCAG 2.2 A or AA on any page, by day and by night, that Debrief's code can avoid."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import TODAY, PageEntry, pages_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

STREAMLITS_OWN = {
    "list": "The sidebar's navigation is a <ul> whose children are <div>s.",
    "listitem": "The same navigation: its <li>s stand in those <div>s.",
    "target-size": "The day, month and year of a date field are drawn by Streamlit, closer than 24 px.",
}
"""Rules that Streamlit's own markup breaks, each with the reason why no setting of ours mends it."""


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page that Debrief's code can avoid, with the elements."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        (violation["id"], [node["html"][:200] for node in violation["nodes"]][:5])
        for violation in found.response["violations"]
        if violation["id"] not in STREAMLITS_OWN
    ]


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
