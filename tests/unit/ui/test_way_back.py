"""Signing in leads back to the page that a link named, and to no other place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.doors.way_back import COOKIE, page_named, way_back
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in

HOST = "https://coach.college.example"
NAMES = {entry.name for entry in pages_in(Mode.SERVER)}


@pytest.fixture(params=["", "/coach"])
def base(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def browser(base: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser at a server whose sign-in works as Streamlit's does: out to the provider, and back to the start."""
    monkeypatch.setenv("DEBRIEF_MODE", "server")

    async def login(request: Request) -> RedirectResponse:
        return RedirectResponse("https://login.college.example/authorize", 302)

    async def callback(request: Request) -> RedirectResponse:
        return RedirectResponse(f"{base}/", 302)

    routes = [Route(f"{base}/auth/login", login), Route(f"{base}/oauth2callback", callback)]
    with TestClient(Starlette(routes=routes, middleware=way_back()), HOST, follow_redirects=False) as client:
        yield client


def lands_on(browser: TestClient, base: str, referer: str | None) -> str:
    """Where somebody stands after leaving from one page for the sign-in."""
    out = browser.get(f"{base}/auth/login?provider=signed", headers={"referer": referer} if referer else {})
    assert out.headers["location"] == "https://login.college.example/authorize"
    return browser.get(f"{base}/oauth2callback?state=s&code=c").headers["location"]


def test_one_lands_on_the_page_that_the_link_named_with_what_it_should_show(browser: TestClient, base: str) -> None:
    page = f"{base}/reflect?interview=0123abc&depth=full"

    assert lands_on(browser, base, f"{HOST}{page}") == page
    assert lands_on(browser, base, f"{HOST}{base}/your_data") == f"{base}/your_data"


@pytest.mark.parametrize("told", [None, "", "/", "/today", "/nowhere", "/auth/login", "/reflect/../../evil", "/room"])
def test_any_other_place_leads_to_the_start(browser: TestClient, base: str, told: str | None) -> None:
    assert lands_on(browser, base, None if told is None else f"{HOST}{base}{told}") == f"{base}/"


def test_the_way_back_is_gone_once_it_was_taken(browser: TestClient, base: str) -> None:
    lands_on(browser, base, f"{HOST}{base}/insights")

    assert browser.get(f"{base}/oauth2callback").headers["location"] == f"{base}/"
    assert lands_on(browser, base, f"{HOST}{base}/") == f"{base}/"


def test_a_cookie_of_somebody_elses_making_leads_to_no_other_site(browser: TestClient, base: str) -> None:
    for forged in (
        "//evil.example/",
        "https:%2F%2Fevil.example",
        "%2F%2Fevil.example%2Finsights",
        "%0d%0aX: y",
        "\\evil",
    ):
        answer = browser.get(f"{base}/oauth2callback", headers={"cookie": f"{COOKIE}={forged}"})
        assert answer.headers["location"] in (f"{base}/", f"{base}/insights"), forged
        assert "x" not in answer.headers


def test_the_way_back_is_found_among_the_cookies_of_other_programs(browser: TestClient, base: str) -> None:
    cookies = f'theme={{"dark": true}}; {COOKIE}=insights'

    answer = browser.get(f"{base}/oauth2callback", headers={"cookie": cookies})

    assert answer.headers["location"] == f"{base}/insights"


def test_what_keeps_the_page_is_for_the_way_back_alone(browser: TestClient, base: str) -> None:
    answer = browser.get(f"{base}/auth/login", headers={"referer": f"{HOST}{base}/insights"})

    (kept,) = [cookie for cookie in answer.headers.get_list("set-cookie") if cookie.startswith(COOKIE)]
    assert {"HttpOnly", "SameSite=lax", "Secure", f"Path={base}/oauth2callback"} <= set(kept.split("; "))


@given(st.text() | st.from_regex(r"(https?:)?//?[a-z.]*/(reflect|insights|x)(\?.*)?"))
def test_whatever_an_address_says_only_pages_of_ours_are_named(address: str) -> None:
    name, _, query = page_named(address).partition("?")

    assert name in NAMES | {""}
    assert not set(query) & set("\r\n /\\#")


def test_on_ones_own_machine_there_is_no_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBRIEF_MODE", raising=False)

    assert way_back() == []
