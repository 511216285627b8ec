"""axe finds no violation of WCAG 2.2 A or AA on any page, by day and by night, that Debrief's code can avoid."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import APPLICATIONS, LOG, TODAY, PageEntry, pages_in

WHOLE_PAGE: ViewportSize = {"width": 1280, "height": 4000}
"""Of what one would have to scroll to, axe does not judge the colours."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("entry", pages_in(Mode.LOCAL), ids=lambda entry: entry.name)
def test_a_page_has_no_avoidable_barrier(
    shared_server: Server, chromium: Browser, entry: PageEntry, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(viewport=WHOLE_PAGE, color_scheme=scheme, timezone_id="Europe/London")
    try:
        page = context.new_page()
        screen = Screen(page, shared_server.url)
        screen.open("" if entry is TODAY else entry.name, entry.title)

        assert barriers(page) == []
    finally:
        context.close()


def test_a_night_that_falls_while_the_page_is_open_leaves_every_word_readable(
    shared_server: Server, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=WHOLE_PAGE, color_scheme="light")
    try:
        page = context.new_page()
        Screen(page, shared_server.url).open(LOG.name, LOG.title)
        page.emulate_media(color_scheme="dark")
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")

        assert barriers(page) == []
    finally:
        context.close()


def test_a_question_over_the_page_is_readable_by_night(shared_server: Server, chromium: Browser) -> None:
    context = chromium.new_context(viewport=WHOLE_PAGE, color_scheme="dark", timezone_id="Europe/London")
    try:
        page = context.new_page()
        screen = Screen(page, shared_server.url)
        screen.open(APPLICATIONS.name, APPLICATIONS.title)
        screen.press("Copperleaf Learning")
        screen.press("Mend")
        expect(page.get_by_role("dialog").get_by_role("button", name="Save")).to_be_visible()

        assert barriers(page) == []
    finally:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_stops_a_note_is_readable(
    shared_server: Server, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(viewport=WHOLE_PAGE, color_scheme=scheme, timezone_id="Europe/London")
    try:
        page = context.new_page()
        screen = Screen(page, shared_server.url)
        screen.open("write?kind=thank_you", "Write")
        screen.write("Subject", "")
        expect(page.get_by_role("alert").filter(has_text="Not yet")).to_be_visible()

        assert barriers(page) == []
    finally:
        context.close()
