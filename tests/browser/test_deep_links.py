"""A page opened by its address on a cold server is the page that the router shows."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import INSIGHTS, LOG, TODAY, YOUR_DATA, PageEntry, pages_in


@pytest.mark.parametrize("entry", pages_in(Mode.LOCAL), ids=lambda entry: entry.name)
def test_a_cold_deep_link_shows_the_page_with_its_navigation(server: Server, page: Page, entry: PageEntry) -> None:
    screen = Screen(page, server.url)

    heading = "Just out of an interview?" if entry is TODAY else entry.title
    screen.open("" if entry is TODAY else entry.name, heading)

    expect(page.get_by_role("link", name=entry.title, exact=True)).to_be_visible()
    screen.settled()
    cold = page.get_by_role("main").inner_text()
    other = LOG if entry is TODAY else TODAY
    page.get_by_role("link", name=other.title, exact=True).click()
    screen.sees_heading(other.title if other is LOG else "Just out of an interview?")
    page.get_by_role("link", name=entry.title, exact=True).click()
    screen.sees_heading(heading)
    page.wait_for_function("cold => document.querySelector('[data-testid=stMain]').innerText === cold", arg=cold)


def test_the_part_that_was_looked_at_stands_in_the_address(shared_server: Server, page: Page) -> None:
    screen = Screen(page, shared_server.url)
    for address, part in ((YOUR_DATA.name, "Backups"), (INSIGHTS.name, "How long do they take?")):
        screen.open(address)
        screen.pick(part)
        screen.reload()

        expect(page.get_by_role("radio", name=part)).to_be_checked()


def test_a_foreign_host_name_is_refused(server: Server) -> None:
    asked = urllib.request.Request(f"{server.url}/", headers={"Host": "evil.example"})

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked, timeout=30)

    with refused.value as answer:
        assert answer.code == 400
