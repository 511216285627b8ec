"""Reflect: look back at one interview, section by section, saved as it is typed."""

import streamlit as st

from debrief.domain.facts import RoundState
from debrief.usecases.reflections import begin
from ui import session
from ui.chooser import choose_round
from ui.guard import guard
from ui.reflection import draw_reflection

guard()

with st.container(width=820):
    st.title("Reflect")
    course, one = choose_round(states=(RoundState.HELD, RoundState.CANCELLED, RoundState.NO_SHOW))
    questionnaire = session.content().questionnaire
    reflection = one.reflection or begin(
        session.actor(), session.store(), session.now(), one.interview.id, questionnaire=questionnaire.version
    )
    draw_reflection(one, reflection, questionnaire)
