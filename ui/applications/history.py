"""What was changed in one application, and the way back, one change at a time."""

from __future__ import annotations

import streamlit as st

from debrief.domain.wording import moment_in_words
from debrief.store import JournalEntry
from ui.kit import session
from ui.kit.notices import take_back
from ui.kit.paging import page_of
from ui.kit.plain import plain

ROWS_A_PAGE = 10
MOST = 200


def draw_history(application_id: str) -> None:
    """The journal of one application, newest first, with "Undo the last one"."""
    with session.reading() as unit:
        entries = unit.journal(application_id=application_id, limit=MOST)
    if not entries:
        return
    with st.expander("What you changed", icon=":material/history:"):
        last = next((entry for entry in entries if entry.undoes is None and not entry.undone), None)
        if last is not None:
            st.button(
                "Undo the last one",
                icon=":material/undo:",
                help=plain(last.sentence),
                on_click=take_back,
                args=(last.id, application_id),
            )
        shown, draw_pager = page_of(entries, ROWS_A_PAGE, key=f"history.{application_id}")
        for entry in shown:
            _row(entry)
        draw_pager()


def _row(entry: JournalEntry) -> None:
    when = moment_in_words(entry.at.astimezone(session.local_now().tzinfo), session.now())
    told = f"~~{plain(entry.sentence)}~~ taken back" if entry.undone else plain(entry.sentence)
    st.markdown(f"{told}  \n:gray[{plain(when)}]")
