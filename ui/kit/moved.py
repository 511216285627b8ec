"""What a change moved on the timeline, told once below the line that offers to take it back."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

import streamlit as st

from debrief.domain.agenda import Due
from debrief.domain.wording import counted
from debrief.errors import NotFound
from debrief.usecases.moves import moved_between, steps_listed
from ui.kit import session
from ui.kit.plain import plain

FEW = 3
_KEY = "moved"


@contextmanager
def moves_noted(application_id: str | None = None, because: str = "") -> Generator[None]:
    """What a change is made in: the steps of one application, or of all, are looked at before and after it.

    Without a reason, the sentence under which the change went into the journal is the reason.
    """
    before = _steps(application_id)
    yield
    moved = moved_between(before, _steps(application_id), because or _last_sentence())
    if moved:
        st.session_state[_KEY] = [(one.employer, one.sentence()) for one in moved]


def forget_moves() -> None:
    """Stops telling what moved."""
    st.session_state.pop(_KEY, None)


def moves_to_tell() -> Sequence[tuple[str, str]]:
    """What there is to tell: employer and sentence, round by round."""
    return st.session_state.get(_KEY, ())


def draw_moves() -> None:
    """What moved: a sentence a round, with the employer where there are several; many unfold."""
    told = moves_to_tell()
    several = len(told) > 1
    for employer, sentence in told[:FEW]:
        _line(employer if several else "", sentence)
    if told[FEW:]:
        with st.expander(f"{counted(len(told) - FEW, 'more interview')} with changed dates"):
            for employer, sentence in told[FEW:]:
                _line(employer, sentence)


def _line(employer: str, sentence: str) -> None:
    named = f"**{plain(employer)}:** " if employer else ""
    st.caption(f":material/event_repeat: {named}{plain(sentence)}")


def _steps(application_id: str | None) -> tuple[Due, ...]:
    """The steps as they stand; none of an application that is not there yet, or not any more."""
    try:
        return steps_listed(session.actor(), session.store(), session.now(), session.content().rules, application_id)
    except NotFound:
        return ()


def _last_sentence() -> str:
    with session.reading() as unit:
        entries = unit.journal(limit=1)
    return entries[0].sentence if entries else ""
