"""The check in front of downloads and pictures on a server: Streamlit hands its `/media` links to whoever knows them.

Their names cannot be guessed, but can be passed on. The gate lets through only
requests that bring a sign-in that holds; a link kept from before a sign-out
leads nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from debrief.errors import DebriefError
from debrief.store import Store
from debrief.usecases.centre.sign_in import admitted
from ui.kit import identity, session
from ui.kit.mode import Mode, mode

GUARDED = "/media/"


def media_gate() -> list[Middleware]:
    """The gate, on a server; elsewhere nobody signs in."""
    return [Middleware(MediaGate)] if mode() is Mode.SERVER else []


class MediaGate:
    """Lets requests for media through that come with a sign-in that holds."""

    def __init__(
        self,
        app: ASGIApp,
        store: Callable[[], Store] = session.store,
        clock: Callable[[], datetime] = session.now,
    ) -> None:
        self._app = app
        self._store = store
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        guarded = scope["type"] == "http" and GUARDED in scope["path"]
        if guarded and not await run_in_threadpool(self._may, Request(scope)):
            await PlainTextResponse("Sign in first.\n", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _may(self, request: Request) -> bool:
        try:
            admitted(_claims(request), identity.admission(), self._store(), self._clock())
        except DebriefError:
            return False
        return True


def _claims(request: Request) -> dict[str, Any]:
    """What the sign-in's cookie says, if the server signed it."""
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    whole = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    try:
        claims = json.loads(whole) if whole else {}
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}
