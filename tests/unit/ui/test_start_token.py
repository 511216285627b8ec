"""The start token's cookie is found among those of other programs on this machine."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.doors.start_token import COOKIE, StartToken

TOKEN = "a-token-of-our-own"
OTHERS = ["", 'theme={"dark": true}; ', "of another program; ", "a b=c; ", "ü=ü; "]


@pytest.fixture
def browser() -> TestClient:
    async def page(request: object) -> PlainTextResponse:
        del request
        return PlainTextResponse("inside")

    return TestClient(Starlette(routes=[Route("/", page)], middleware=[Middleware(StartToken, token=TOKEN)]))


@pytest.mark.parametrize("others", OTHERS)
def test_who_has_the_cookie_comes_in_whatever_other_programs_keep(browser: TestClient, others: str) -> None:
    answer = browser.get("/", headers={"cookie": f"{others}{COOKIE}={TOKEN}".encode()})

    assert (answer.status_code, answer.text) == (200, "inside")


@pytest.mark.parametrize("told", ["", COOKIE, f"{COOKIE}=", f"{COOKIE}=wrong", f"other={TOKEN}", f"{COOKIE}=\xff"])
def test_who_has_another_cookie_stays_outside(browser: TestClient, told: str) -> None:
    assert browser.get("/", headers={"cookie": told.encode()}).status_code == 403
