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
    """What the record lacks, asked beside the draft; the answer goes back to the record as it is typed."""
    shown = _shown(slot, asks)
    if not shown:
        return
    with st.container(border=True):
        st.markdown(":material/lightbulb: **This would make it better**")
        for ask in shown:
            key = _key(slot, ask)
            if key not in st.session_state:
                st.session_state.pop(_given_key(key), None)
            st.text_input(
                plain(ask.text),
                key=key,
                on_change=_answer,
                args=(slot, ask, key),
                help="Your answer goes into your record, and into the note where you have not changed it.",
            )


def _shown(slot: Slot, asks: Sequence[Question]) -> list[Question]:
    """What is asked, and what was answered on this screen: a field stays while somebody may be typing in it.

    What was on screen keeps its place; what is asked since the last run comes after it.
    """
    place = f"asks.{slot.interview_id}.{slot.kind}.{slot.person_id}"
    before: list[Question] = st.session_state.get(place, [])
    open_now = {ask.id for ask in asks}
    stay = [ask for ask in before if ask.id in open_now or st.session_state.get(_key(slot, ask))]
    shown = [*stay, *(ask for ask in asks if ask.id not in {one.id for one in stay})]
    st.session_state[place] = shown
    return shown


def _key(slot: Slot, ask: Question) -> str:
    return f"ask.{slot.interview_id}.{slot.person_id}.{ask.id}"


def _given_key(key: str) -> str:
    """Where the tab remembers what the record was last given from a field."""
    return f"given.{key}"


def _answer(slot: Slot, ask: Question, key: str) -> None:
    with refusals_shown():
        actor, store, now = session.actor(), session.store(), session.now()
        if ask.home is Home.REFLECTION:
            version = session.content().questionnaire.version
            begin(actor, store, now, slot.interview_id, questionnaire=version)
        text, before = str(st.session_state[key] or ""), str(st.session_state.get(_given_key(key)) or "")
        st.session_state[_given_key(key)] = give_back(
            actor, store, now, slot, question=ask, text=text, instead_of=before
        )
