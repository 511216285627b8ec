"""The way back from the sign-in: one stands on the page that the link named, and not on Today.

Streamlit sends everybody to the start page. On the way out the browser says
which page it leaves; a cookie keeps that until the provider sends it back, be
it to another replica. Only the names of our own pages count, so that no link
and no cookie leads anywhere else.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.kit.mode import Mode, mode
from ui.kit.navigation import TODAY, pages_in

COOKIE = "debrief_way_back"
_LOGIN = "/auth/login"
_CALLBACK = "/oauth2callback"
_LASTS = 900
"""Seconds; a sign-in that takes longer ends on Today."""
_LONGEST = 1_000
"""Characters of a page's name with what it should show."""
_NAMES = frozenset(entry.name for entry in pages_in(Mode.SERVER) if entry is not TODAY)


def way_back() -> list[Middleware]:
    """The way back, on a server; elsewhere nobody signs in."""
    return [Middleware(WayBack)] if mode() is Mode.SERVER else []


def page_named(address: str, base: str = "") -> str:
    """The page of ours that an address below `base` names, with what it should show; "" where it names none."""
    try:
        told = urlsplit(address)
        wanted = parse_qsl(told.query, max_num_fields=20)
    except ValueError:
        return ""
    name = told.path.removeprefix(f"{base}/")
    if name not in _NAMES:
        return ""
    page = f"{name}?{urlencode(wanted)}" if wanted else name
    return page if len(page) <= _LONGEST else name


class WayBack:
    """Remembers the page when somebody leaves for the sign-in, and leads back to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        path = str(scope["path"]) if scope["type"] == "http" else ""
        if path.endswith(_LOGIN):
            base = path.removesuffix(_LOGIN)
            page = page_named(Headers(scope=scope).get("referer", ""), base)
            cookie, location = _cookie(scope, base, page), None
        elif path.endswith(_CALLBACK) and (kept := HTTPConnection(scope).cookies.get(COOKIE)) is not None:
            base = path.removesuffix(_CALLBACK)
            page = page_named(f"{base}/{unquote(kept)}", base)
            cookie, location = _cookie(scope, base, ""), f"{base}/{page}"
        else:
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("set-cookie", cookie)
                if location is not None and headers.get("location") == f"{base}/":
                    headers["location"] = location
            await send(message)

        await self._app(scope, receive, sent)


def _cookie(scope: Scope, base: str, page: str) -> str:
    """The header that keeps a page until the way back, or with "" lets go of it."""
    answer = Response()
    answer.set_cookie(
        COOKIE,
        quote(page, safe=""),
        max_age=_LASTS if page else 0,
        path=f"{base}{_CALLBACK}",
        httponly=True,
        samesite="lax",
        secure=scope["scheme"] == "https",
    )
    return answer.headers["set-cookie"]
