"""Signing in against a real provider: two people in two browsers, sign-out in every tab, and the end of a sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import Server
from tests.browser.signing_in import as_a_centre, is_out, provider, sign_in, through_the_provider

LASTS = timedelta(seconds=25)
TRIES = 200


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Server]:
    """A centre's server, cold."""
    with provider() as address, as_a_centre(Server(tmp_path / "data"), address) as server:
        yield server


def test_two_people_in_two_browsers_keep_apart_and_a_sign_out_ends_every_tab(centre: Server, chromium: Browser) -> None:
    hers, his = chromium.new_context(), chromium.new_context()
    try:
        before = Screen(hers.new_page(), centre.url)
        before.open("your_data")  # cold, by its address
        is_out(before, "Sign in to open your record.")
        amina = sign_in(before.page, centre.url, "amina")
        amina.press("Look around with sample data")
        amina.open("applications", "Applications")
        expect(amina.page.get_by_text("Signed in as Amina, student")).to_be_visible()

        bela = sign_in(his.new_page(), centre.url, "bela", "applications?search=Acorn")
        bela.sees_heading("Applications")  # where the link led, and not Today
        expect(bela.page).to_have_url(f"{centre.url}/applications?search=Acorn")
        bela.sees("Every employer that you talk to appears here")

        second = Screen(hers.new_page(), centre.url)
        second.open("your_data", "Your data")
        amina.button("Sign out").click()
        amina.page.get_by_role("button", name="End session").click()  # the provider asks on its own page
        is_out(amina, "Sign in to open your record.")
        second.pick("Bring in")
        is_out(second, "You have signed out.")
        second.open("applications")
        is_out(second, "Sign in to open your record.")

        bela.open("applications")
        expect(bela.page.get_by_text("Signed in as Bela, student")).to_be_visible()
    finally:
        hers.close()
        his.close()


def test_what_was_downloaded_opens_for_whoever_downloaded_it_alone(centre: Server, chromium: Browser) -> None:
    hers, his, nobodys = chromium.new_context(accept_downloads=True), chromium.new_context(), chromium.new_context()
    try:
        sign_in(his.new_page(), centre.url, "bela")
        amina = sign_in(hers.new_page(), centre.url, "amina", "your_data")
        with amina.page.expect_download() as download:
            amina.page.get_by_role("button", name="Download everything (JSON)").click()
        link = download.value.url
        assert "/media/" in link
        assert [context.request.get(link).status for context in (hers, his, nobodys)] == [200, 403, 403]
    finally:
        for context in (hers, his, nobodys):
            context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_centres_pages_have_no_avoidable_barrier(
    centre: Server, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    found: dict[str, object] = {}
    for name, paths in {"cato": ["shared"], "amina": ["sharing"], "dora": ["centre"]}.items():
        context = chromium.new_context(color_scheme=scheme)
        try:
            page = context.new_page()
            Screen(page, centre.url).open()
            found["sign-in"] = barriers(page)
            screen = sign_in(page, centre.url, name)
            if name == "amina":
                screen.press("Look around with sample data")
            for path in paths:
                screen.open(path)
                found[path] = barriers(page)
        finally:
            context.close()
    assert not any(found.values()), found


def test_a_sign_in_that_runs_out_ends_the_tab_on_its_next_run(tmp_path: Path, chromium: Browser) -> None:
    context = chromium.new_context()
    with provider(LASTS) as address, as_a_centre(Server(tmp_path / "data"), address) as server:
        try:
            amina = through_the_provider(context.new_page(), server.url, "amina")
            ended = amina.page.get_by_text("Your sign-in has run out.")
            greeted = amina.page.get_by_text("Signed in as Amina")
            expect(greeted.or_(ended)).to_be_visible()  # a slow machine may take longer than the sign-in lasts
            for _ in range(TRIES):  # each a run of the app
                amina.reload()
                if ended.is_visible():
                    break
            is_out(amina, "Your sign-in has run out.")
        finally:
            context.close()
