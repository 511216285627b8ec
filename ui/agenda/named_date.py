"""The question that follows an update or an offer: did a date come with it? What follows is counted from it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from debrief.domain.facts import Application, Heard, Interview, Word
from debrief.usecases.answers import name_date
from ui.kit import session
from ui.kit.notices import doing
from ui.kit.plain import plain

_ASKED = "date.asked"
_QUESTIONS = {
    Word.UPDATE: ("Did {employer} name a new date?", "They will answer by"),
    Word.OFFER: ("Did {employer} name a date to answer by?", "Answer by"),
}


def ask_later(word: Heard) -> None:
    """Has the next screen ask for the date, where one may have come with this word."""
    if word.what in _QUESTIONS and word.reply_by is None:
        st.session_state[_ASKED] = word.id


def ask_for_date() -> None:
    """Asks, once; closing the question or saying that there was no date leaves the word as it is."""
    word_id = st.session_state.pop(_ASKED, None)
    if word_id is None:
        return
    with session.reading() as unit:
        word = next(iter(unit.find(Heard, id=word_id)), None)
        if word is None:
            return
        interview = unit.get(Interview, word.interview_id)
        employer = unit.get(Application, interview.application_id).employer
    question, label = _QUESTIONS[word.what]
    st.dialog(question.format(employer=plain(employer)), icon=":material/event:")(_question)(word, interview, label)


def _question(word: Heard, interview: Interview, label: str) -> None:
    st.write("What comes next is counted from it. You can mend it later.")
    key = f"date.{word.id}"
    st.date_input(label, None, min_value=word.at.astimezone(interview.zone).date(), key=key)
    with st.container(horizontal=True):
        kept = st.button("Keep the date", type="primary", on_click=_keep, args=(word, interview, key))
        skipped = st.button("They named none", type="tertiary")
    if kept or skipped:
        st.rerun()


def _keep(word: Heard, interview: Interview, key: str) -> None:
    named: date | None = st.session_state.get(key)
    if named is not None:
        doing(
            lambda: name_date(session.actor(), session.store(), session.now(), word, named),
            moves_of=interview.application_id,
        )
