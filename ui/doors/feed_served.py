"""What answers at the calendar's address: the file for whoever knows the secret, to everybody else 404.

It knows no user and no session: the secret is all that opens it. The store is
the one of the pages, so that it lets go of a damaged file together with them.
"""

from __future__ import annotations

import logging
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from debrief.content import content_folder
from debrief.content.rules import load
from debrief.errors import ContentBroken, DebriefError
from debrief.exchange.calendar import Ledger
from debrief.usecases.actor import Actor
from debrief.usecases.calendar_feed import feed_file, opens_feed
from debrief.usecases.calendar_files import page_links
from ui.doors.feed import ENDING, FOLDER
from ui.kit import session
from ui.kit.mode import Mode, mode

_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="debrief.ics"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

log = logging.getLogger("debrief")


class Feed:
    """The ASGI application behind the route."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._handed: dict[str, Ledger] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        response = await run_in_threadpool(self._answer, Request(scope))
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        here = str(request.scope["root_path"])
        name = request.url.path.removeprefix(f"{here}/")
        if request.method not in ("GET", "HEAD") or not name.endswith(ENDING):
            return _nothing_here()
        base = str(request.url.replace(path=here.removesuffix(FOLDER), query="", fragment=""))
        try:
            content = self._calendar(name.removesuffix(ENDING), base)
        except DebriefError:
            log.exception("the calendar cannot be handed out")
            return PlainTextResponse("The calendar cannot be read right now.\n", 503)
        if content is None:
            return _nothing_here()
        return Response(content, media_type="text/calendar; charset=utf-8", headers=_HEADERS)

    def _calendar(self, name: str, base: str) -> bytes | None:
        """The calendar, for whoever knows the secret. One at a time: what was handed out is remembered."""
        now = session.now()
        actor, secret = _whose(name)
        with self._lock:
            store = session.store()
            if not opens_feed(actor, store, now, secret):
                return None
            book, problems = load(content_folder())
            if book is None:
                raise ContentBroken(problems)
            file = feed_file(actor, store, now, book, page_links(base), handed=self._handed.get(actor.owner, {}))
            self._handed[actor.owner] = file.ledger
            return file.content


def _whose(name: str) -> tuple[Actor, str]:
    """Whose calendar a name asks for, and with which secret."""
    if mode() is not Mode.SERVER:
        return Actor(), name
    owner, _, secret = name.partition(".")
    return Actor(owner), secret


def _nothing_here() -> Response:
    return PlainTextResponse("Not found\n", 404)
