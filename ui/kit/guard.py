"""The guard at the top of every page: no page runs but through the router."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

_routed: ContextVar[bool] = ContextVar("routed", default=False)


@contextmanager
def routed() -> Generator[None]:
    """What the router runs a page in."""
    token = _routed.set(True)
    try:
        yield
    finally:
        _routed.reset(token)


def guard() -> None:
    """Stops a page that was reached around the router, before it reads or draws anything."""
    if not _routed.get():
        st.error("This page is opened through Debrief's start page.", icon=":material/lock:")
        st.stop()
