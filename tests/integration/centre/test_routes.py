"""What a server answers beside its pages: a calendar to those who know its secret, media to whom they were made for."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from debrief.content.centre import CENTRE_VARIABLE
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.calendar_feed import switch_feed_off, switch_feed_on
from debrief.usecases.centre.sign_in import sign_out
from debrief.usecases.housekeeping import delete_everything
from debrief.usecases.sample import load_sample
from tests.app.centre import AMINA, BELA, CENTRE, DORA
from ui.doors.feed import feed_address, feed_route
from ui.doors.media_gate import MediaGate, media_gate
from ui.kit.taken import Files

HOST = "coach.college.example"


@pytest.fixture
def served(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A server's record, with a history of Amina's."""
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE, encoding="utf-8")
    monkeypatch.setenv("DEBRIEF_MODE", "server")
    monkeypatch.setenv(CENTRE_VARIABLE, str(file))
    now = datetime.now(UTC)
    monkeypatch.setattr("ui.kit.session.store", lambda: store)
    load_sample(Actor(AMINA.owner), store, now)
    return store


def ask(app: ASGIApp, path: str, cookie: str = "") -> tuple[int, str]:
    """Status and body of one request."""
    sent: list[Any] = []
    headers = [(b"host", HOST.encode()), *([(b"cookie", cookie.encode())] if cookie else [])]
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": b"", "headers": headers, "server": (HOST, 80),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_the_calendar_of_each_opens_by_its_own_address_alone(served: Store) -> None:
    now = datetime.now(UTC)
    amina, bela = Actor(AMINA.owner), Actor(BELA.owner)
    hers, his = switch_feed_on(amina, served, now), switch_feed_on(bela, served, now)
    app = Starlette(routes=[feed_route()])

    def calendar(actor: Actor, secret: str) -> tuple[int, str]:
        return ask(app, feed_address(f"http://{HOST}", actor, secret).removeprefix(f"http://{HOST}"))

    assert calendar(amina, hers)[0] == calendar(bela, his)[0] == 200
    assert "BEGIN:VEVENT" in calendar(amina, hers)[1]
    assert "BEGIN:VEVENT" not in calendar(bela, his)[1]
    for actor, secret in ((bela, hers), (amina, his), (Actor(), hers), (Actor(""), hers), (amina, "")):
        assert calendar(actor, secret)[0] == 404
    assert ask(app, f"/calendar/{hers}.ics")[0] == 404


def test_a_calendar_ends_with_its_switch_and_with_its_record(served: Store) -> None:
    now = datetime.now(UTC)
    amina = Actor(AMINA.owner)
    app = Starlette(routes=[feed_route()])
    path = feed_address("", amina, switch_feed_on(amina, served, now))
    assert ask(app, path)[0] == 200

    switch_feed_off(amina, served, now)
    assert ask(app, path)[0] == 404

    path = feed_address("", amina, switch_feed_on(amina, served, now))
    delete_everything(amina, served, now, with_backups=False)
    assert ask(app, path)[0] == 404


MADE = "the whole record"


def gated(store: Store) -> ASGIApp:
    """Something to download behind the gate, made for Amina."""

    async def file(request: object) -> PlainTextResponse:
        del request
        return PlainTextResponse(MADE)

    paths = ("/media/{name}", "/coach/media/{name}", "/static/media/{name}", "/_stcore/health")
    files = Files()
    files.made_for(AMINA.owner, MADE)
    return MediaGate(
        Starlette(routes=[Route(path, file) for path in paths]),
        store=lambda: store,
        files=files,
        content_of={"abc.json": MADE.encode()}.get,
    )


def cookie_of(claims: dict[str, Any], secret: str | None = None) -> str:
    """The cookie in which Streamlit keeps a sign-in."""
    value = create_signed_value(secret or get_cookie_secret(), USER_COOKIE_NAME, json.dumps(claims))
    return f"{USER_COOKIE_NAME}={value.decode()}"


@pytest.mark.parametrize("path", ["/media/abc.json", "/coach/media/abc.json"])
def test_a_download_is_for_whoever_had_it_made(served: Store, path: str) -> None:
    app = gated(served)

    assert ask(app, path, cookie_of(AMINA.claims())) == (200, MADE)
    for cookie in (
        "",
        f"{USER_COOKIE_NAME}=forged",
        cookie_of(AMINA.claims(), "another server's secret"),
        cookie_of(AMINA.claims(began=timedelta(hours=-2))),
        cookie_of({**AMINA.claims(), "email": "amina@elsewhere.example"}),
        cookie_of({}),
        cookie_of(BELA.claims()),
        cookie_of(DORA.claims()),
    ):
        assert ask(app, path, cookie)[0] == 403
    for path in ("/static/media/letters.woff2", "/_stcore/health"):
        assert ask(app, path)[0] == 200


def test_a_link_to_media_ends_with_the_sign_in(served: Store) -> None:
    app, cookie = gated(served), cookie_of(AMINA.claims())
    assert ask(app, "/media/abc.json", cookie)[0] == 200

    sign_out(Actor(AMINA.owner), served, datetime.now(UTC))

    assert ask(app, "/media/abc.json", cookie)[0] == 403


def test_the_gate_stands_on_a_server_alone(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert media_gate()
    monkeypatch.setenv("DEBRIEF_MODE", "local")
    assert not media_gate()
