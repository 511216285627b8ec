"""What the terminal says when a workshop starts, and the clock that wipes a room whose time is up."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from io import StringIO

import segno
import streamlit as st

from debrief.usecases.workshop.host import LASTS, Host
from ui.kit import session
from ui.workshop.host import host, is_local_only, join_address

EVERY = 30
"""Seconds between two looks at the clock."""


@asynccontextmanager
async def workshop(app: st.App) -> AsyncGenerator[None]:
    """The server's life in a workshop: a text at its start, a look at the clock now and then, and nothing left."""
    del app
    held = host()
    sys.stdout.write(start_text(held))
    sys.stdout.flush()
    watch = asyncio.create_task(_wipe_in_time(held))
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        held.memory.wipe()


def start_text(held: Host) -> str:
    """Who can reach the room, where, with which code, and the facilitator's secret."""
    reach = (
        "Only this machine can reach it. To let a room in, start it with\n"
        "    streamlit run app.py --server.address 0.0.0.0 -- --workshop"
        if is_local_only()
        else "Whoever is in the same network as this machine can reach it, without encryption.\n"
        "  Use a network that you trust, and stop it (Ctrl+C) when the workshop is over."
    )
    hours = int(LASTS.total_seconds() // 3600)
    return f"""
  Debrief: a workshop

  {reach}
  No record is opened. What participants do is kept in memory alone, and wiped when
  the room is ended, when this program stops, or {hours} hours after the room was opened.

  Participants   {join_address()}
  Room code      {held.code}

{_qr(join_address(held.code))}
  Facilitator    {join_address()}facilitate
  Secret         {held.secret}   (keep it off the projector)

"""


def _qr(address: str) -> str:
    """The address as a QR code of block characters."""
    drawn = StringIO()
    segno.make(address, error="l").terminal(out=drawn, compact=True)
    return "\n".join(f"  {line}" for line in drawn.getvalue().splitlines())


async def _wipe_in_time(held: Host) -> None:
    while True:
        await asyncio.sleep(EVERY)
        held.room(session.now())
