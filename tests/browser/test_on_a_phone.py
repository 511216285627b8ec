"""A telephone: nothing that can be pressed or read is cut off, and what stops a note is named where it stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import TODAY, pages_in

PHONE: ViewportSize = {"width": 390, "height": 844}
CUT_OFF = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const scrolls = (element) => !["visible", "clip"].includes(getComputedStyle(element).overflowX);
    const groups = '[role="radiogroup"], [role="toolbar"], [role="group"]';
    const cut = [main, ...main.querySelectorAll(groups)].filter(
        (element) => scrolls(element) && element.scrollWidth > element.clientWidth + 1
    );
    return cut.map((element) => [element.getAttribute("role"), element.innerText.slice(0, 60)]);
}"""
ADDRESSES = [
    *("" if entry is TODAY else entry.name for entry in pages_in(Mode.LOCAL)),
    "reflect?depth=full",
    "prepare?part=lessons",
    "write?kind=rejection_reply",
]


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A tab on a telephone."""
    context = chromium.new_context(viewport=PHONE, timezone_id="Europe/London", locale="en-GB")
    yield context.new_page()
    context.close()


def test_no_choice_is_cut_off(shared_server: Server, phone: Page) -> None:
    screen = Screen(phone, shared_server.url)
    cut: dict[str, Any] = {}
    for address in ADDRESSES:
        screen.open(address)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        screen.settled()
        cut[address] = phone.evaluate(CUT_OFF)

    assert cut == {address: [] for address in ADDRESSES}


def test_what_stops_a_note_is_named_beside_the_ways_out_and_leads_to_its_mending(
    shared_server: Server, phone: Page
) -> None:
    screen = Screen(phone, shared_server.url)
    screen.open("write?kind=thank_you", "Write")
    note = phone.get_by_role("textbox", name="The note", exact=True)
    note.fill(f"{note.input_value()}\n\nWhat is the salary?")
    note.blur()

    stopped = phone.get_by_role("alert").filter(has_text="Not yet: 1 thing")
    expect(stopped).to_contain_text("Pay and benefits can wait until there is an offer")
    stopped.get_by_role("link", name="Why, and what to do").click()
    expect(phone.get_by_role("heading", name=re.compile("to look at"))).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Take this sentence out")).to_be_in_viewport()
