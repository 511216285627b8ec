"""A start token, as notebooks have: whoever does not know it sees nothing, not even of the same machine's other users.

Off unless DEBRIEF_START_TOKEN is set: to `new` for one that is made at each
start and told in the terminal, or to a secret of one's own. The first visit
carries it in the address; a cookie that scripts cannot read carries it on.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from functools import cache
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.doors.feed import FOLDER

VARIABLE = "DEBRIEF_START_TOKEN"
NEW = "new"
PARAMETER = "token"
COOKIE = "debrief_start"
_SHORTEST = 16
_REFUSED = (
    "This Debrief was started with a token. Open the address that its terminal shows; it carries the token.\n"
    "If the terminal is closed, stop Debrief and start it again.\n"
)


def start_token_middleware() -> list[Middleware]:
    """The check in front of pages, websocket, files and downloads; nothing where no token is asked for."""
    token = start_token()
    return [Middleware(StartToken, token=token)] if token else []


@cache
def start_token() -> str | None:
    """The token of this process, made and told in the terminal at its start; None where none is asked for."""
    asked = os.environ.get(VARIABLE, "").strip()
    if not asked:
        return None
    if asked != NEW and len(asked) < _SHORTEST:
        sys.exit(f"{VARIABLE} is too short to keep anybody out: take {_SHORTEST} characters or more, or “{NEW}”.")
    token = secrets.token_urlsafe(24) if asked == NEW else asked
    port = st.get_option("server.port")
    sys.stderr.write(f"\nOpen Debrief with its token:  http://127.0.0.1:{port}/?{urlencode({PARAMETER: token})}\n\n")
    return token


class StartToken:
    """Lets through who brings the token. The calendar feed has a secret of its own and is left to it."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] not in ("http", "websocket") or _is_open(str(scope["path"])) or self._is_known(scope):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        await self._admit(scope)(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        return self._knows(HTTPConnection(scope).cookies.get(COOKIE, ""))

    def _knows(self, told: str) -> bool:
        return hmac.compare_digest(told.encode(), self._token.encode())

    def _admit(self, scope: Scope) -> Response:
        """The way in for an address that carries the token: a cookie, and the same address without it."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not any(name == PARAMETER and self._knows(value) for name, value in query):
            return PlainTextResponse(_REFUSED, HTTPStatus.FORBIDDEN)
        rest = urlencode([(name, value) for name, value in query if name != PARAMETER])
        path = "/" + str(scope["path"]).lstrip("/\\")
        onward = RedirectResponse(f"{path}?{rest}" if rest else path, HTTPStatus.SEE_OTHER)
        onward.set_cookie(COOKIE, self._token, httponly=True, samesite="lax", secure=scope["scheme"] == "https")
        onward.headers["Cache-Control"] = "no-store"
        onward.headers["Referrer-Policy"] = "no-referrer"
        return onward


def _is_open(path: str) -> bool:
    """The feed, and the word that the server is up, which says nothing about anybody."""
    return path.startswith(f"{FOLDER}/") or path == "/_stcore/health"
