"""What a person sees and does on Debrief's pages, by role and label."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.runs import Runs

IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


class Screen:
    """One tab of one visitor."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self._runs = Runs(page)

    def open(self, path: str = "", heading: str | None = None) -> None:
        """Goes to a page by its address and waits until it is drawn."""
        self._runs.begin_anew()
        self.page.goto(f"{self.url}/{path}")
        self.settled()
        if heading:
            self.sees_heading(heading)

    def reload(self) -> None:
        """Reloads as F5 does."""
        self._runs.begin_anew()
        self.page.reload()
        self.settled()

    def settled(self) -> None:
        """Waits until what was last done here, if the server has a part in it, is done there and drawn."""
        self._runs.done()
        expect(self.page.locator(IDLE)).to_be_visible(timeout=30_000)
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)  # where a part of Streamlit is being loaded

    def sees_heading(self, name: str) -> None:
        """Expects a heading."""
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_be_visible()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Expects a text on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Presses a button."""
        self.button(name, exact=exact).click()
        self.settled()

    def button(self, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=name, exact=exact).first

    def follow(self, name: str) -> None:
        """Follows a link."""
        self.page.get_by_role("link", name=name).first.click()
        self.settled()

    def choose(self, field: str, value: str) -> None:
        """Types into a box that offers choices, and takes what was typed."""
        box = self.page.get_by_role("combobox", name=field)
        box.click()
        box.press("ControlOrMeta+a")
        box.press_sequentially(value)
        expect(box).to_have_value(value)
        box.press("Enter")
        expect(box).to_have_value(value)
        self.settled()

    def write(self, field: str | re.Pattern[str], text: str) -> None:
        """Types into a text field and leaves it."""
        box = self.page.get_by_role("textbox", name=field).first
        box.fill(text)
        box.blur()
        self.settled()

    def reads(self, field: str | re.Pattern[str], text: str | re.Pattern[str]) -> None:
        """Expects a text field to hold a text."""
        expect(self.page.get_by_role("textbox", name=field).first).to_have_value(text)

    def pick(self, name: str | re.Pattern[str]) -> None:
        """Picks one of several pills or segments."""
        self.page.get_by_role("radio", name=name).or_(self.page.get_by_role("button", name=name)).first.click()
        self.settled()
