"""The questions beside a draft: what the record lacks, and where the answer goes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.desk.questions import Home, Question
from debrief.usecases.composing import give_back
from debrief.usecases.notes import Slot
from debrief.usecases.reflections import begin
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain


def draw_asks(slot: Slot, asks: Sequence[Question]) -> None:
    """What the record lacks, asked beside the draft; the answer goes back to the record."""
    if not asks:
        return
    with st.container(border=True):
        st.markdown(":material/lightbulb: **This would make it better**")
        for ask in asks:
            key = f"ask.{slot.interview_id}.{slot.person_id}.{ask.id}"
            st.text_input(
                plain(ask.text),
                key=key,
                on_change=_answer,
                args=(slot, ask, key),
                help="Your answer goes into your record, and into the note where you have not changed it.",
            )


def _answer(slot: Slot, ask: Question, key: str) -> None:
    with refusals_shown():
        actor, store, now = session.actor(), session.store(), session.now()
        if ask.home is Home.REFLECTION:
            version = session.content().questionnaire.version
            begin(actor, store, now, slot.interview_id, questionnaire=version)
        give_back(actor, store, now, slot, question=ask, text=str(st.session_state[key]))
