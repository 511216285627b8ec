"""Who sits at the screen of a server: asked of the sign-in on each run, and again by each callback and fragment."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from debrief.content.centre import load_admission, named_file
from debrief.domain.admission import Admission
from debrief.domain.centre import Member, Role
from debrief.errors import DebriefError, SignInNeeded
from debrief.store import Store, Unit
from debrief.store.centre import Centre
from debrief.usecases.actor import Actor
from debrief.usecases.centre.sign_in import acting, admitted, enter

_WHOSE = "whose"

_checked: ContextVar[Member | None] = ContextVar("checked", default=None)


@dataclass(frozen=True, slots=True)
class Entrance:
    """What asking for somebody at the door gave: a member, or why there is none."""

    member: Member | None
    refusal: DebriefError | None = None

    @property
    def role(self) -> Role | None:
        """The member's."""
        return self.member.role if self.member else None


def admission() -> Admission:
    """The centre's list; a file that was edited is read again. Raises Refused or ContentBroken where there is none."""
    file = named_file(os.environ)
    return _admission(str(file), file.stat().st_mtime_ns)


class CheckedStore(Store):
    """A server's record as pages use it: each unit of work asks first whether the sign-in still holds.

    A callback runs before the router can ask, and may hold an actor that the run
    before gave it. What a download makes outside of any run is let through here:
    the gate in front of media asks who fetches it.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(store.engine)
        self.unchecked = store
        self._clock = clock

    @contextmanager
    def unit(self, owner: str, now: datetime, label: str | None = None) -> Generator[Unit]:
        """As `Store.unit`. Raises SignInNeeded where nobody is signed in, or not any more."""
        self._check()
        with super().unit(owner, now, label) as unit:
            yield unit

    @contextmanager
    def centre(self, owner: str, role: Role, now: datetime) -> Generator[Centre]:
        """As `Store.centre`. Raises SignInNeeded where nobody is signed in, or not any more."""
        self._check()
        with super().centre(owner, role, now) as centre:
            yield centre

    def _check(self) -> None:
        if get_script_run_ctx(suppress_warning=True) is not None:
            member(self, self._clock())


def member(store: Store, now: datetime) -> Member:
    """Who is signed in. Raises SignInNeeded where nobody is, or not any more."""
    return _checked.get() or _admitted(store, now)


def actor(store: Store, now: datetime) -> Actor:
    """The same as the one who acts."""
    return acting(member(store, now))


def at_the_door(store: Store, now: datetime) -> Entrance:
    """Checks the sign-in for this run and keeps the member's name; a refusal comes back to be told."""
    try:
        found = _admitted(store, now)
        _keep_apart(found.owner)
        if not st.session_state.get("entered"):
            enter(found, _unchecked(store), now)
            st.session_state["entered"] = True
    except DebriefError as error:
        if isinstance(error, SignInNeeded):
            st.session_state.clear()
        return Entrance(None, error)
    return Entrance(found)


@contextmanager
def inside(entrance: Entrance) -> Generator[None]:
    """What the router runs a page in: the check that opened the door holds for the whole run.

    Raises the refusal where it did not open.
    """
    if entrance.refusal is not None:
        raise entrance.refusal
    token = _checked.set(entrance.member)
    try:
        yield
    finally:
        _checked.reset(token)


def _admitted(store: Store, now: datetime) -> Member:
    return admitted(st.user.to_dict(), admission(), _unchecked(store), now)


def _unchecked(store: Store) -> Store:
    """The record that the check itself reads."""
    return store.unchecked if isinstance(store, CheckedStore) else store


def _keep_apart(owner: str) -> None:
    """A session that has changed hands begins anew: nothing that one person typed is left to the next."""
    if st.session_state.get(_WHOSE, owner) != owner:
        st.session_state.clear()
    st.session_state[_WHOSE] = owner


@st.cache_resource(show_spinner=False, max_entries=2)
def _admission(file: str, edited: int) -> Admission:
    del edited
    return load_admission(Path(file))
