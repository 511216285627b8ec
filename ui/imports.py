"""The part of Your data that brings in what was kept elsewhere."""

from __future__ import annotations

import streamlit as st

from debrief.domain.wording import counted
from debrief.usecases.lossless import import_all
from ui import session
from ui.notices import refusals_shown


def draw_imports() -> None:
    """The way back in for everything in one file."""
    chosen = st.file_uploader("Read such a file into an empty record", type="json")
    if chosen is not None and st.button("Read it", icon=":material/upload:"):
        with refusals_shown():
            count = import_all(session.actor(), session.store(), session.now(), chosen.getvalue())
            st.toast(f"Read {counted(count, 'fact')}.", icon=":material/check:")
        st.rerun()
