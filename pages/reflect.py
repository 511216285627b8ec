"""Reflect: look back at one interview, question by question, saved as it is typed."""

import streamlit as st

from debrief.domain.facts import RoundState
from ui.kit import session
from ui.kit.chooser import choose_round
from ui.kit.guard import guard
from ui.reflect.page import draw_reflection

guard()

with st.container(width=820):
    st.title("Reflect", anchor=False)
    course, one = choose_round(
        states=(RoundState.HELD, RoundState.CANCELLED, RoundState.NO_SHOW),
        waits="A few questions for the first hours, three minutes or fifteen, and what follows from your answers.",
    )
    draw_reflection(course, one, session.content().questionnaire)
