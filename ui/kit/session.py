"""What a page works with: who acts, the store, the content, the time and the browser's zone."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from debrief.content import Content, content_edited, open_content
from debrief.domain.checks import known_zones
from debrief.domain.facts import new_id
from debrief.errors import DebriefError, Refused, StoreBroken
from debrief.store import Store, Unit, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.housekeeping import keep_daily_backup
from ui.kit import identity
from ui.kit.first_page import first_page_over
from ui.kit.mode import Mode, mode
from ui.kit.plain import plain_error

if TYPE_CHECKING:
    from debrief.desk.critique import Meaning

log = logging.getLogger("debrief")

TEST_CLOCK = "DEBRIEF_TEST_CLOCK"
"""Names a file that holds an ISO instant: browser tests walk through weeks with it."""


def actor() -> Actor:
    """The person at the screen. Raises SignInNeeded where a server knows none, or not any more."""
    return identity.actor(store(), now()) if mode() is Mode.SERVER else Actor()


def door() -> identity.Entrance:
    """Whether somebody may come in: on a server whoever is signed in, elsewhere everybody."""
    if mode() is not Mode.SERVER:
        return identity.Entrance(None)
    try:
        return identity.at_the_door(store(), now())
    except DebriefError as error:
        return identity.Entrance(None, error)


def now() -> datetime:
    """The current instant, in UTC."""
    test_clock = os.environ.get(TEST_CLOCK)
    if test_clock:
        if mode() is Mode.SERVER:
            raise Refused(f"{TEST_CLOCK} is for tests. Unset it: a server goes by the real time.")
        return datetime.fromisoformat(Path(test_clock).read_text(encoding="utf-8").strip()).astimezone(UTC)
    return datetime.now(UTC)


def browser_zone() -> str:
    """The browser's time zone, or UTC where it tells none that is known."""
    zone = st.context.timezone
    return zone if zone in known_zones() else "UTC"


def local_now() -> datetime:
    """The current instant on the user's own clock."""
    return now().astimezone(ZoneInfo(browser_zone()))


def tab() -> str:
    """A name for this browser tab, to tell it from another one that edits the same text."""
    return str(st.session_state.setdefault("tab", new_id()))


@st.cache_resource(show_spinner="Opening your record …")
def store() -> Store:
    """The one store of this process; opening it migrates the database. Raises Refused in a workshop."""
    if mode() is Mode.WORKSHOP:
        raise Refused("A workshop opens no record. Start Debrief without --workshop to work with your own.")
    opened = open_store()
    return identity.CheckedStore(opened, now) if mode() is Mode.SERVER else opened


def close_store() -> None:
    """Lets go of the record's file, which is about to be replaced; the next run opens it anew."""
    with suppress(StoreBroken):
        store().close()
    store.clear()


@st.cache_resource(show_spinner=False)
def meaning() -> Meaning | None:
    """The critique's meaning layer; None where it is switched off or cannot be loaded."""
    from debrief.desk.critique import load_meaning  # noqa: PLC0415 - brings numpy, and no page but Write asks for it

    return load_meaning()


def back_up_daily() -> None:
    """Copies the record once on each day of use. A full disk is told, and stops nobody from working."""
    try:
        _back_up(now().date())
    except StoreBroken as error:
        log.warning("no daily backup", exc_info=error)
        st.toast(plain_error(error), icon=":material/warning:", duration="long")


@st.cache_resource(show_spinner=False, max_entries=1)
def _back_up(day: date) -> bool:
    del day
    keep_daily_backup(store(), now())
    return True


def content() -> Content:
    """What the coach says, as it stood when this run began; files that were edited are read again."""
    return _content_of_run.get() or _content_now()


@contextmanager
def content_of_one_run() -> Generator[None]:
    """What the router runs a page in: the content files are looked at once, however often a page asks for them.

    The first run of a process waits for no more of them than its page says. All later ones stand on files that have
    been read to the end: whoever edits one is told of a mistake wherever they are.
    """
    found = _content_now()
    if first_page_over.is_set():
        found.whole()
    token = _content_of_run.set(found)
    try:
        yield
    finally:
        _content_of_run.reset(token)


def read_content_ahead() -> None:
    """Reads all of the content, so that no page waits for it. Of a mistake in it the next run tells."""
    with suppress(DebriefError):
        _content_now().whole()


def reading() -> AbstractContextManager[Unit]:
    """A unit of the actor's record for reading."""
    return store().unit(actor().owner, now())


def _content_now() -> Content:
    return _content(repr(content_edited()))


@st.cache_resource(show_spinner=False, max_entries=2)
def _content(edited: str) -> Content:
    del edited
    return open_content()


_content_of_run: ContextVar[Content | None] = ContextVar("content of run", default=None)
