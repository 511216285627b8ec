"""Applications: the searchable list, or one application as a timeline."""

import streamlit as st

from ui.applications.page import application_asked_for, draw_list, draw_one
from ui.kit.directory import directory
from ui.kit.guard import guard
from ui.kit.navigation import LOG, go_to

guard()

with st.container(width=900):
    course = application_asked_for()
    if course:
        draw_one(course)
    else:
        st.title("Applications")
        known = directory()
        if known.applications:
            draw_list(known)
        else:
            st.write("Every employer that you talk to appears here, with its rounds, notes and answers.")
            if st.button("Log an interview", type="primary", icon=":material/edit_calendar:"):
                go_to(LOG)
