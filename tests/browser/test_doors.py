"""Who gets in: host names, foreign pages, and the start token, asked of a real server without a browser."""

from __future__ import annotations

import base64
import http.client
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server

TOKEN = "correct-horse-battery-staple"
PATHS = ["/", "/today", "/insights", "/app/static/icon.svg", "/_stcore/host-config", "/media/nothing.png"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("doors") / "data") as started:
        yield started


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that was started with a token."""
    folder = tmp_path_factory.mktemp("doors")
    with Server(folder / "data", DEBRIEF_START_TOKEN=TOKEN) as started:
        yield started


def asked(server: Server, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def shaken(server: Server, **headers: str) -> int:
    """What the server answers to a page that wants to open the app's websocket: 101 is yes."""
    told = {
        "Host": f"127.0.0.1:{server.port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        **headers,
    }
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as wire:
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        wire.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
        return int(wire.recv(64).split()[1])


@pytest.mark.parametrize("path", [*PATHS, "/calendar/nothing.ics"])
def test_a_name_that_was_rebound_to_this_machine_is_refused_everywhere(plain: Server, path: str) -> None:
    assert asked(plain, path, Host="evil.example").status == 400
    assert asked(plain, path, Host=f"evil.example:{plain.port}").status == 400


def test_the_websocket_opens_for_the_apps_own_page_alone(plain: Server) -> None:
    own = f"http://127.0.0.1:{plain.port}"
    assert shaken(plain, Origin=own) == 101
    assert shaken(plain, Origin="http://evil.example") in (400, 403)
    assert shaken(plain, Origin="http://evil.example", Host="evil.example") in (400, 403)
    assert shaken(plain, Origin="null") in (400, 403)


@pytest.mark.parametrize("path", PATHS)
def test_without_the_token_nothing_is_shown(guarded: Server, path: str) -> None:
    for attempt in (path, f"{path}?token=", f"{path}?token=wrong", f"{path}?token={TOKEN[:-1]}"):
        assert asked(guarded, attempt).status == 403
    assert asked(guarded, path, Cookie="debrief_start=wrong").status == 403
    assert asked(guarded, path, Cookie="debrief_start").status == 403
    assert shaken(guarded, Origin=f"http://127.0.0.1:{guarded.port}") == 403


def test_the_token_in_the_address_is_taken_out_of_it_and_carried_on_by_a_cookie(guarded: Server) -> None:
    answer = asked(guarded, f"/insights?token={TOKEN}&round=final")
    assert (answer.status, answer.headers["Location"]) == (303, "/insights?round=final")
    kept = answer.headers["Set-Cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    cookie = kept.partition(";")[0]
    assert asked(guarded, "/insights?round=final", Cookie=cookie).status == 200
    assert shaken(guarded, Origin=f"http://127.0.0.1:{guarded.port}", Cookie=cookie) == 101


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///evil.example//x"])
def test_the_way_in_leads_to_no_other_site(guarded: Server, path: str) -> None:
    onward = asked(guarded, f"{path}?token={TOKEN}").headers["Location"]
    assert onward.startswith("/")
    assert not onward.startswith(("//", "/\\"))


def test_the_calendar_keeps_to_its_own_secret(guarded: Server) -> None:
    assert asked(guarded, "/calendar/wrong.ics").status == 404
    assert asked(guarded, "/calendar").status in (403, 404)


def test_the_terminal_tells_the_address_with_the_token(guarded: Server) -> None:
    assert f"http://127.0.0.1:{guarded.port}/?token={TOKEN}" in guarded.log


def test_a_token_that_keeps_nobody_out_is_refused_at_the_start(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", DEBRIEF_START_TOKEN="short")
    with pytest.raises(AssertionError, match="too short to keep anybody out"), server:
        pass
    assert "Traceback" not in server.log
