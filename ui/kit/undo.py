"""What was just done, remembered for the line that offers to take it back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import streamlit as st

from debrief.store import entries_noted

JUST_DONE = "just_done"


@contextmanager
def done_noted() -> Generator[None]:
    """What an action is called in: the next screen offers to take back what it wrote into the journal, if anything."""
    with entries_noted() as entries:
        yield
    st.session_state[JUST_DONE] = entries[-1] if entries else None


def forget_done() -> None:
    """Stops offering to take it back."""
    st.session_state.pop(JUST_DONE, None)
