"""A spreadsheet comes in by the browser: chosen, asked about, previewed, brought in, taken back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.navigation import YOUR_DATA

TABLE = b"Company,Position,Interview date,Outcome,Date of answer\nElm,Nurse,03/04/2025 10:00,Rejected,05/04/2025\n"
DAY_FIRST = "3 April 2025 (the day comes first)"


def test_a_spreadsheet_comes_in_and_goes_again(server: Server, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "search.csv"
    file.write_bytes(TABLE)
    page.set_viewport_size({"width": 390, "height": 900})
    screen = Screen(page, server.url)
    screen.open(YOUR_DATA.name, "Your data")
    screen.pick("Bring in")

    page.locator("input[type=file]").set_input_files(str(file))
    screen.sees("a table separated by commas, 1 row, 5 columns")
    expect(page.get_by_role("button", name="Bring in 3 entries")).to_have_count(0)
    page.get_by_text(DAY_FIRST).click()
    screen.sees("What would come in")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    screen.press("Bring in 3 entries")
    screen.sees("1 application, 1 interview and 1 answer came in.")
    screen.press("Undo")
    screen.open(YOUR_DATA.name, "Your data")
    screen.pick("Bring in")
    page.locator("input[type=file]").set_input_files(str(file))
    screen.sees("a table separated by commas, 1 row, 5 columns")
    page.get_by_text(DAY_FIRST).click()
    expect(screen.button("Bring in 3 entries")).to_be_visible()
