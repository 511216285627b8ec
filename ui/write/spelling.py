"""Spelling help on the Write page: which English it goes by, or that the browser's own help is on."""

from __future__ import annotations

import streamlit as st

from debrief.desk.spelling import Dialect, Speller, dialect_of, is_installed, load_speller
from debrief.usecases.notes import DIALECT_SETTING
from debrief.usecases.settings import keep_setting
from ui.kit import session
from ui.kit.notices import refusals_shown

NAMES = {
    Dialect.BRITISH: "British English",
    Dialect.AMERICAN: "American English",
    Dialect.AUSTRALIAN: "Australian English",
    Dialect.CANADIAN: "Canadian English",
    Dialect.INDIAN: "Indian English",
}
_GUESSED = "guessed"


def speller_for(country: str | None) -> Speller | None:
    """The speller of the user's English, chosen or else guessed from the application's country; None without it."""
    chosen = _chosen()
    return load_speller(chosen) if chosen else load_speller(dialect_of(country), guessed=True)


def draw_dialect(country: str | None) -> None:
    """The choice of English where spelling is checked here, else the word that the browser checks it."""
    if not is_installed():
        st.caption(":material/spellcheck: Spelling is left to your browser, which marks slips in the note as you type.")
        return
    guess = NAMES[dialect_of(country)]
    chosen = _chosen()
    st.session_state.setdefault("dialect", chosen.value if chosen else _GUESSED)

    def keep() -> None:
        with refusals_shown():
            keep_setting(
                session.actor(), session.store(), session.now(), DIALECT_SETTING, str(st.session_state["dialect"])
            )

    st.selectbox(
        "Spelling",
        [_GUESSED, *(dialect.value for dialect in NAMES)],
        format_func=lambda each: f"As usual there ({guess})" if each == _GUESSED else NAMES[Dialect(each)],
        key="dialect",
        on_change=keep,
        help="Which English your notes are checked for. Names from your record count as right.",
    )


def _chosen() -> Dialect | None:
    with session.reading() as unit:
        kept = unit.setting(DIALECT_SETTING)
    return Dialect(kept) if isinstance(kept, str) and kept in list(Dialect) else None
