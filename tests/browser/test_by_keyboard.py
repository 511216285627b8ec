"""The whole main job without a mouse, and what a screen reader is told meanwhile; large print; little motion."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import Browser, Locator, Page, expect

from debrief.domain.facts import Interview, Message
from tests.browser.histories import ME, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.mode import Mode
from ui.kit.navigation import TODAY, pages_in

EMPLOYER = "Nordlicht Robotics"
MOST_TABS = 80
HAS_FOCUS = "(element) => element === document.activeElement || element.contains(document.activeElement)"
LARGE_PRINT = 320
"""What zoom of 400 % leaves of a screen of 1,280 pixels."""


class Keyboard:
    """Somebody who never touches the mouse: goes from field to field, and presses keys."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.page = screen.page

    def reach(self, place: Locator) -> None:
        """Tabs until the place has the focus."""
        expect(place).to_be_visible()
        for _ in range(MOST_TABS):
            if place.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} tabs do not lead to {place}")

    def press(self, name: str | re.Pattern[str]) -> None:
        """Goes to a button and presses Enter."""
        self.reach(self.page.get_by_role("button", name=name, exact=isinstance(name, str)).first)
        self.page.keyboard.press("Enter")
        self.screen.settled()

    def choose(self, field: str, value: str) -> None:
        """Goes to a box that offers choices, types, and takes what was typed."""
        box = self.page.get_by_role("combobox", name=field)
        self.reach(box)
        self.page.keyboard.type(value)
        expect(box).to_have_value(value)
        self.page.keyboard.press("Enter")
        expect(box).to_have_value(value)
        self.screen.settled()

    def write(self, field: str | re.Pattern[str], text: str) -> None:
        """Goes to a text field, and types."""
        self.reach(self.page.get_by_role("textbox", name=field).first)
        self.page.keyboard.type(text)

    def hears(self, sentence: str | re.Pattern[str]) -> None:
        """Expects that a screen reader was told something without moving there."""
        expect(self.page.get_by_role("status").filter(has_text=sentence).first).to_be_attached()


def test_the_main_job_without_a_mouse(server: Server, page: Page) -> None:
    screen = Screen(page, server.url)
    hands = Keyboard(screen)
    screen.open("", "Just out of an interview?")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    hands.press(re.compile("Log an interview"))
    screen.sees_heading("Log an interview")
    hands.choose("Employer", EMPLOYER)
    hands.choose("Role", "Data Analyst")
    hands.press(re.compile("Add who was there"))
    hands.choose("Name of person 1", "Chinedu Okafor")
    hands.write("What did you talk about with them?", "their new warehouse")
    hands.press(re.compile("Log it"))

    screen.sees_heading("Reflect")
    hands.hears(re.compile(f"logged.*{EMPLOYER}|{EMPLOYER}.*logged", re.IGNORECASE))
    hands.write(re.compile("What went well"), "I stayed calm.")
    hands.hears(re.compile(r"Saved \d\d:\d\d"))
    hands.press(re.compile("What follows"))
    hands.press(re.compile("Finish"))
    hands.press(re.compile("Thank [A-Z]"))

    screen.sees_heading("Write")
    hands.hears("1 thing to look at in the note.")
    hands.write("What name do you sign with?", "Aisyah Rahman")
    hands.hears("The note is ready to send.")
    hands.press(re.compile("^I sent it$"))
    screen.sees(re.compile("Sent on "))

    with closing(open_record(server)) as store, store.unit(ME.owner, datetime.now(UTC)) as unit:
        (interview,) = unit.find(Interview)
        (note,) = unit.find(Message)
        (application,) = [course.application for course in unit.courses()]
    assert application.employer == EMPLOYER
    assert interview.id == note.interview_id
    assert note.sent_at is not None
    assert "new warehouse" in note.body


def test_large_print_needs_no_scrolling_to_the_side_and_nothing_keeps_moving(
    shared_server: Server, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": LARGE_PRINT, "height": 512}, reduced_motion="reduce")
    try:
        page = context.new_page()
        screen = Screen(page, shared_server.url)
        for entry in pages_in(Mode.LOCAL):
            screen.open("" if entry is TODAY else entry.name, entry.title)
            too_wide = page.evaluate(
                "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
                ".some((one) => one.scrollWidth > one.clientWidth)"
            )
            assert not too_wide, entry.name
            page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
    finally:
        context.close()
