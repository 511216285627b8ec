"""Refusals met in callbacks, shown at the top of the page that runs next."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

import streamlit as st

from debrief.errors import DebriefError
from ui import session
from ui.plain import plain
from ui.undo import JUST_DONE, forget_done, remember_done

_KEY = "refused"


@contextmanager
def refusals_shown() -> Generator[None]:
    """What a callback's use case is called in: a refusal becomes a sentence on the next screen."""
    try:
        yield
    except DebriefError as error:
        st.session_state[_KEY] = str(error)


def doing(action: Callable[[], object]) -> None:
    """Calls one use case from a callback, and offers to take it back."""
    with refusals_shown():
        action()
        remember_done()


def draw_refusal() -> None:
    """The sentence of the last refusal, once."""
    refused = st.session_state.pop(_KEY, None)
    if refused:
        st.error(refused, icon=":material/error:")


def draw_undo() -> None:
    """The line that says what was just done, with Undo beside it: undo instead of "are you sure?"."""
    entry_id = st.session_state.get(JUST_DONE)
    if entry_id is None:
        return
    with session.reading() as unit:
        entry = next((entry for entry in unit.journal(limit=20) if entry.id == entry_id), None)
    if entry is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="just_done_line"):
        st.badge(plain(entry.sentence), icon=":material/check:", color="green")
        st.button("Undo", icon=":material/undo:", type="tertiary", on_click=_take_back, args=(entry_id,))
        st.button("Fine", icon=":material/close:", type="tertiary", on_click=forget_done)


def _take_back(entry_id: int) -> None:
    forget_done()
    with refusals_shown():
        with session.store().unit(session.actor().owner, session.now()) as unit:
            unit.undo(entry_id)
        st.toast("Taken back.", icon=":material/undo:")
