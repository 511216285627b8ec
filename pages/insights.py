"""Insights: outcomes and response times across one's interviews, with n and those still waiting."""

import streamlit as st

from debrief.insights.finding import FEWEST
from ui.guard import guard
from ui.insights import choose_filters, choose_question, draw_example, draw_question, has_enough, history
from ui.navigation import LOG, go_to

guard()

with st.container(width=980):
    st.title("Insights")
    record = history()
    if record.interviews.empty:
        st.write(f"From {FEWEST} interviews on, this page shows where you advance, how long employers take, and more.")
        if st.button("Log an interview", type="primary", icon=":material/edit_calendar:"):
            go_to(LOG)
        draw_example()
        st.stop()
    shown = choose_filters(record.interviews).narrow(record)
    question = choose_question(record.interviews)
    draw_question(question, shown)
    if not has_enough(record.interviews):
        draw_example()
