"""Refusals met in callbacks, shown at the top of the page that runs next."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import streamlit as st

from debrief.errors import DebriefError
from debrief.store import JournalEntry
from debrief.usecases.record import undo
from ui.kit import session
from ui.kit.announced import announce
from ui.kit.moved import draw_moves, forget_moves, moves_noted, moves_to_tell
from ui.kit.plain import plain, plain_error
from ui.kit.undo import JUST_DONE, done_noted, forget_done
from ui.kit.uninterrupted import uninterrupted

_KEY = "refused"
_BESIDE = "beside_done"


@contextmanager
def refusals_shown() -> Generator[None]:
    """What a callback's use case is called in: a refusal becomes a sentence on the next screen.

    It is carried through, though the next press comes in meanwhile.
    """
    with uninterrupted():
        try:
            yield
        except DebriefError as error:
            st.session_state[_KEY] = plain_error(error)


def doing(action: Callable[[], object], *, moves_of: str | None = None, beside: str = "") -> None:
    """Calls one use case from a callback, and offers to take it back: at the top of the page, which may be far off.

    `moves_of` is the application whose dates the action may move: what moved is told. `beside` is said below the line
    that offers to take it back.
    """
    with refusals_shown():
        with done_noted(), _noting(moves_of):
            action()
        st.session_state[_BESIDE] = (st.session_state.get(JUST_DONE), beside)
        entry = _just_done()
        if entry is not None:
            st.toast(f"{plain(entry.sentence)}. Undo is at the top.", icon=":material/check:")


def done_here(action: Callable[[], object], *, moves_of: str | None = None) -> bool:
    """Whether one use case, called by a dialog's button, was done; a refusal is shown there, where it can be mended."""
    try:
        with done_noted(), _noting(moves_of):
            action()
    except DebriefError as error:
        st.error(plain_error(error), icon=":material/error:")
        return False
    return True


def draw_refusal() -> None:
    """The sentence of the last refusal, once."""
    refused = st.session_state.pop(_KEY, None)
    if refused:
        st.error(refused, icon=":material/error:")


def draw_undo() -> None:
    """The line that says what was just done, with Undo beside it, and what that moved: instead of "are you sure?"."""
    entry = _just_done()
    if entry is None and not moves_to_tell():
        return
    with st.container(gap="small", key="just_done_line"):
        with st.container(horizontal=True, vertical_alignment="center"):
            if entry is not None:
                announce(entry.sentence)
            told, icon = (entry.sentence, "check") if entry is not None else ("Dates have changed", "event_repeat")
            st.markdown(f":green-background[:material/{icon}: {plain(told)}]", width="content")
            with st.container(horizontal=True, width="content", wrap=False):
                _draw_ways(entry)
        if entry is not None:
            _draw_beside(entry)
        draw_moves()


def _draw_ways(entry: JournalEntry | None) -> None:
    """To take it back, or to have the line go away."""
    if entry is not None:
        st.button(
            "Undo", icon=":material/undo:", type="tertiary", on_click=take_back, args=(entry.id, entry.application_id)
        )
    st.button("Fine", icon=":material/close:", type="tertiary", on_click=_fine)


def _draw_beside(entry: JournalEntry) -> None:
    """What there is to say to what was just done, beyond that it is done."""
    done, sentence = st.session_state.get(_BESIDE, (None, ""))
    if sentence and done == entry.id:
        announce(sentence)
        st.markdown(sentence)


def take_back(entry_id: int, application_id: str | None = None) -> None:
    """Takes one entry of the journal back, and tells what that moves; a callback."""
    forget_done()
    with refusals_shown():
        with _noting(application_id, because="you took it back"):
            undo(session.actor(), session.store(), session.now(), entry_id)
        st.toast("Taken back.", icon=":material/undo:")


def _noting(application_id: str | None, because: str = "") -> AbstractContextManager[None]:
    """What moved before is no longer told; what moves now is, where it is known whose dates may move."""
    forget_moves()
    return moves_noted(application_id, because) if application_id else nullcontext()


def _just_done() -> JournalEntry | None:
    entry_id = st.session_state.get(JUST_DONE)
    if entry_id is None:
        return None
    with session.reading() as unit:
        return next((entry for entry in unit.journal(limit=20) if entry.id == entry_id), None)


def _fine() -> None:
    forget_done()
    forget_moves()
