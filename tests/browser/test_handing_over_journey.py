"""Handing over in a real browser: choose, look at the preview, download, and read the file with another program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import Server


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not here")
def test_a_period_with_roles_in_place_of_names_becomes_a_pdf_that_tells_the_same(
    shared_server: Server, page: Page
) -> None:
    screen = Screen(page, shared_server.url)
    screen.open("your_data", "Your data")
    screen.pick("A period")
    page.get_by_text("Roles in place of names").click()
    screen.settled()
    screen.sees("Interviewer 1")
    found = barriers(page)

    with page.expect_download() as download:
        screen.button("Download as PDF").click()
    text = _text_of(Path(download.value.path()))

    assert found == []
    assert download.value.suggested_filename.startswith("Interviews ")
    assert "Interviewer 1" in text
    assert "Page 1 of" in text


@pytest.mark.parametrize(
    ("part", "button", "ending", "beginning"),
    [
        ("Proof of activity", "Download as PDF", ".pdf", b"%PDF"),
        ("Proof of activity", "Download as CSV", ".csv", b"\xef\xbb\xbfdate,company"),
        ("Tables", "Download all tables", ".zip", b"PK"),
        ("Tables", "Download people", ".vcf", b"BEGIN:VCARD"),
        ("Everything", "Download everything", ".json", b"{"),
    ],
)
def test_what_a_button_promises_is_in_the_file(
    shared_server: Server, page: Page, part: str, button: str, ending: str, beginning: bytes
) -> None:
    screen = Screen(page, shared_server.url)
    screen.open("your_data", "Your data")
    screen.pick(part)

    with page.expect_download() as download:
        screen.button(button).click()

    assert download.value.suggested_filename.endswith(ending)
    assert Path(download.value.path()).read_bytes().startswith(beginning)


def _text_of(file: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
