"""Insights in a real browser: a picked mark opens its application, filters stay in the address, charts are saved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import Server

LAST_HEADINGS = {
    "How long do they take?": "What comes, and when",
    "Should I still wait?": "Still waiting",
    "What comes back, and what pays off?": "Habits, and what came of it",
}
"""What stands last under a question: once it is there, all of it is."""


@pytest.fixture
def screen(shared_server: Server, page: Page) -> Screen:
    """The page with the sample history."""
    screen = Screen(page, shared_server.url)
    screen.open("insights", "Insights")
    return screen


def finding(screen: Screen, title: str) -> Locator:
    """The box of one finding."""
    return (
        screen.page.get_by_test_id("stVerticalBlock")
        .filter(has=screen.page.get_by_role("heading", name=title, exact=True))
        .last
    )


def test_a_picked_mark_leaves_its_interviews_and_opens_their_application(screen: Screen) -> None:
    box = finding(screen, "Where applications go")
    chart = box.locator("svg.marks").first
    expect(chart).to_be_visible()
    before = box.get_by_text(re.compile(r"^\d+ interviews behind this chart$"))
    expect(before).to_be_visible()

    chart.locator("path[aria-label^='start:'][aria-label*='Rejected']").first.click()
    expect(box.get_by_text(re.compile(r"^\d+ interviews behind what you picked$"))).to_be_visible()

    link = box.get_by_role("link").first
    employer = link.inner_text().split(" · ")[0].split("\n")[-1].strip()
    link.click()
    screen.settled()
    expect(screen.page).to_have_url(re.compile(r"/applications\?application=\w+"))
    screen.sees_heading(employer)


def test_the_interviews_behind_a_chart_are_reached_by_the_keyboard(screen: Screen) -> None:
    box = finding(screen, "Where applications go")
    summary = box.locator("summary").filter(has_text="behind this chart")
    summary.focus()
    screen.page.keyboard.press("Enter")
    screen.settled()

    link = box.get_by_role("link").first
    expect(link).to_be_visible()
    link.focus()
    screen.page.keyboard.press("Enter")
    screen.settled()
    expect(screen.page).to_have_url(re.compile(r"/applications\?application=\w+"))


def test_a_filter_stays_in_the_address_and_opens_again(screen: Screen) -> None:
    screen.press("Filters")
    screen.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Rejected").click()
    screen.settled()
    expect(screen.page).to_have_url(re.compile(r"statuses=rejected"))
    sentence = finding(screen, "Where applications go").get_by_text(re.compile(r"still waiting for an answer"))
    expect(sentence).to_contain_text(", 0 still waiting")
    told = sentence.inner_text()

    screen.reload()

    expect(screen.button("Filters (1)")).to_be_visible()
    expect(finding(screen, "Where applications go").get_by_text(told, exact=True)).to_be_visible()


@pytest.mark.parametrize(("name", "start"), [("PNG", b"\x89PNG\r\n"), ("SVG", b"<svg")])
def test_a_chart_is_saved_as_a_picture_under_a_name_that_says_what_it_is(
    screen: Screen, name: str, start: bytes
) -> None:
    button = finding(screen, "Where applications go").get_by_role("button", name=f"Save as {name}")
    with screen.page.expect_download() as download:
        button.click()

    assert re.fullmatch(rf"debrief-course-\d{{4}}-\d\d-\d\d\.{name.lower()}", download.value.suggested_filename)
    assert Path(download.value.path()).read_bytes().startswith(start)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_of_every_kind_leave_no_avoidable_barrier(screen: Screen, scheme: Literal["light", "dark"]) -> None:
    screen.page.emulate_media(color_scheme=scheme)
    for question, last in LAST_HEADINGS.items():
        screen.pick(question)
        screen.sees_heading(last)
        screen.settled()
        expect(screen.page.locator('[data-stale="true"]')).to_have_count(0)
        screen.page.mouse.move(0, 0)
        expect(screen.page.locator("canvas, svg.marks").first).to_be_visible()
        assert barriers(screen.page) == []
