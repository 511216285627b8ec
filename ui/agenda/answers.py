"""Logging an answer in two clicks: what they said, then what follows."""

from __future__ import annotations

import streamlit as st

from debrief.domain.courses import Round
from debrief.domain.facts import DecisionKind, Interview, Word
from debrief.usecases.answers import WordEntry, decide, log_word
from ui.agenda.named_date import ask_later
from ui.kit import session
from ui.kit.notices import doing

WORDS = {
    Word.ADVANCED: "Next round",
    Word.REJECTED: "They said no",
    Word.OFFER: "An offer",
    Word.UPDATE: "An update, no decision yet",
    Word.REQUEST: "They asked me for something",
}
TO_IT = {
    Word.ADVANCED: "Well done. Log the next round as soon as you know its date.",
    Word.REJECTED: "That is hard to read. It is one no, to one post; what you learned in that talk stays yours.",
    Word.OFFER: "Congratulations. Take a moment to enjoy it.",
}
"""What is said to news that is more than a date."""
DECISIONS = {
    DecisionKind.LET_GO: "Let go",
    DecisionKind.WITHDREW: "Withdraw",
    DecisionKind.ACCEPTED: "Accept the offer",
    DecisionKind.DECLINED: "Decline the offer",
}


def answer_menu(one: Round, *, key: str) -> None:
    """The menu "They answered": choosing logs the word as heard now, then asks for the date that came with it."""
    st.menu_button(
        "They answered",
        list(WORDS),
        format_func=lambda word: WORDS[word],
        key=key,
        icon=":material/mark_email_read:",
        on_click=_log_word,
        args=(one.interview, key),
    )


def decision_menu(one: Round, *, key: str) -> None:
    """The menu "I decided"."""
    st.menu_button(
        "I decided",
        list(DECISIONS),
        format_func=lambda kind: DECISIONS[kind],
        key=key,
        icon=":material/how_to_reg:",
        on_click=_decide,
        args=(one.interview, key),
    )


def decide_now(interview: Interview, what: DecisionKind) -> None:
    """Logs the candidate's decision as made now; a callback."""
    now = session.now()
    doing(
        lambda: decide(session.actor(), session.store(), now, interview.id, what=what, at=now),
        moves_of=interview.application_id,
    )


def _log_word(interview: Interview, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is None:
        return
    now = session.now()
    entry = WordEntry(what=Word(chosen), at=now)

    def log() -> None:
        ask_later(log_word(session.actor(), session.store(), now, interview.id, entry))

    doing(log, moves_of=interview.application_id, beside=TO_IT.get(entry.what, ""))


def _decide(interview: Interview, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        decide_now(interview, DecisionKind(chosen))
