"""The route that hands the calendar to programs that subscribed to it: `/calendar/<secret>.ics`.

What answers there makes calendars, and so is loaded by the first program that
asks; no start waits for it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from ui.kit.mode import Mode, mode
from ui.kit.turns import TURNS

if TYPE_CHECKING:
    from debrief.usecases.actor import Actor
    from ui.doors.feed_served import Feed

FOLDER = "/calendar"
ENDING = ".ics"


def feed_address(app: str, actor: Actor, secret: str) -> str:
    """Where an app at this address serves the actor's calendar; on a server it says whose, for there are many."""
    name = f"{actor.owner}.{secret}" if mode() is Mode.SERVER else secret
    return f"{app}{FOLDER}/{name}{ENDING}"


def feed_route() -> Mount:
    """The route, for the server to mount."""

    @cache
    def feed() -> Feed:
        return _feed_class()()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await run_in_threadpool(
            _feed_class
        )  # slow when it is first loaded; the feed itself is made by one thread alone
        await feed()(scope, receive, send)

    return Mount(FOLDER, app=answer)


def _feed_class() -> type[Feed]:
    with TURNS.running():
        from ui.doors.feed_served import Feed  # noqa: PLC0415

    return Feed
