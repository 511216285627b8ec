"""Insights: outcomes and response times across one's interviews, with n and those still waiting."""

import streamlit as st

from debrief.insights.finding import FEWEST
from ui.guard import guard
from ui.insights import CHARTS, draw_finding, history, look
from ui.navigation import LOG, go_to

guard()

with st.container(width=980):
    st.title("Insights")
    frame = history()
    if frame.empty:
        st.write(f"From {FEWEST} interviews on, this page shows where you advance, how long employers take, and more.")
        if st.button("Log an interview", type="primary", icon=":material/edit_calendar:"):
            go_to(LOG)
        st.stop()
    names = list(CHARTS)
    chosen = st.segmented_control("Look at", names, default=names[0], required=True, key="part")
    for chart in CHARTS[chosen or names[0]]:
        draw_finding(chart(frame, look()))
