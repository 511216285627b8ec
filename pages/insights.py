"""Insights: outcomes and response times across one's interviews, with n and those still waiting."""

import streamlit as st

from debrief.insights.finding import FEWEST
from ui.insights.history import History
from ui.insights.page import choose_filters, choose_question, draw_definitions, draw_example, draw_question
from ui.kit.guard import guard
from ui.kit.navigation import LOG, go_to

guard()

with st.container(width=980):
    st.title("Insights")
    history = History()
    interviews = history.interviews
    if interviews.empty:
        st.write(f"From {FEWEST} interviews on, this page shows where you advance, how long employers take, and more.")
        if st.button("Log an interview", type="primary", icon=":material/edit_calendar:"):
            go_to(LOG)
        draw_example()
        st.stop()
    filters = choose_filters(history)
    question = choose_question(history)
    draw_question(history, question, filters)
    if len(interviews) < FEWEST:
        draw_example()
    draw_definitions()
