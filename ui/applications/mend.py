"""The dialog in which the date and the note of an answer are mended."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from debrief.domain.courses import Round
from debrief.domain.facts import Heard, Word
from debrief.usecases.answers import mend_word
from ui.kit import session
from ui.kit.notices import done_here

_DATE_LABELS = {Word.OFFER: "Answer by", Word.UPDATE: "They will answer by", Word.REQUEST: "They will answer by"}


@st.dialog("When did they answer?", icon=":material/edit:")
def mend_dialog(one: Round, word: Heard) -> None:
    """Date, time and note of one answer, on the clock of the interview's place."""
    zone = one.interview.zone
    local = word.at.astimezone(zone)
    day, clock = st.columns(2)
    on = day.date_input("Date", local.date(), key=f"mend.on.{word.id}")
    at = clock.time_input("Time", local.time().replace(second=0, microsecond=0), key=f"mend.at.{word.id}")
    label = _DATE_LABELS.get(word.what)
    reply_by = st.date_input(label, word.reply_by, key=f"mend.by.{word.id}") if label else None
    note = st.text_area("What they said", word.note, key=f"mend.note.{word.id}", height=100)
    entered = datetime.combine(on, at, tzinfo=zone)
    unchanged = entered == local.replace(second=0, microsecond=0)
    if st.button("Save", type="primary") and _saved(one, word, word.at if unchanged else entered, reply_by, note):
        st.rerun()


def _saved(one: Round, word: Heard, at: datetime, reply_by: date | None, note: str) -> bool:
    actor, store, now = session.actor(), session.store(), session.now()
    return done_here(
        lambda: mend_word(actor, store, now, word, at=at, reply_by=reply_by, note=note),
        moves_of=one.interview.application_id,
    )
