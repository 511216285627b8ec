"""The check in front of downloads on a server: Streamlit hands its `/media` links to whoever knows them.

Their names cannot be guessed, but can be passed on. The gate hands a file only
to the person for whom it was made, while their sign-in holds: a link that was
passed on, or kept from before a sign-out, leads nowhere.
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
from streamlit import runtime
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from debrief.errors import DebriefError
from debrief.store import Store
from debrief.usecases.centre.sign_in import admitted
from ui.kit import identity, session
from ui.kit.mode import Mode, mode
from ui.kit.taken import FILES, Files

_FOLDER = "/media/"
_REFUSED = "This file was made for somebody else, or your sign-in has ended. Sign in, and download it anew.\n"


def media_gate() -> list[Middleware]:
    """The gate, on a server; elsewhere nobody signs in."""
    return [Middleware(MediaGate)] if mode() is Mode.SERVER else []


def stored(name: str) -> bytes | None:
    """What is in a file that Streamlit keeps for downloading; None where it keeps none of this name."""
    if not runtime.exists():
        return None
    file = runtime.get_instance().media_file_mgr.read_file(name)
    return file.content if file else None


class MediaGate:
    """Lets requests for media through that come from whom they were made for, with a sign-in that holds."""

    def __init__(
        self,
        app: ASGIApp,
        store: Callable[[], Store] = session.store,
        clock: Callable[[], datetime] = session.now,
        files: Files = FILES,
        content_of: Callable[[str], bytes | None] = stored,
    ) -> None:
        self._app = app
        self._store = store
        self._clock = clock
        self._files = files
        self._content_of = content_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        content = self._asked_for(scope)
        if content is not None and not await run_in_threadpool(self._may, Request(scope), content):
            await PlainTextResponse(_REFUSED, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _asked_for(self, scope: Scope) -> bytes | None:
        """The content of the file that a request wants; None where it wants something else."""
        if scope["type"] != "http":
            return None
        _, folder, name = str(scope["path"]).rpartition(_FOLDER)
        return self._content_of(name) if folder else None

    def _may(self, request: Request, content: bytes) -> bool:
        try:
            member = admitted(_claims(request), identity.admission(), self._store(), self._clock())
        except DebriefError:
            return False
        return self._files.may_open(member.owner, content)


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
