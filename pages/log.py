"""Log an interview: what happened, when, with whom, and what was promised."""

import streamlit as st

from debrief.errors import Refused
from debrief.usecases.log_interview import log_interview
from ui import session
from ui.guard import guard
from ui.kept_form import KeptForm
from ui.log_form import draw_people, draw_promise, draw_when, draw_where, entry_of
from ui.navigation import REFLECT, TODAY, go_to

guard()

form = KeptForm("log")
with session.reading() as unit:
    courses = unit.courses()

with st.container(width=820):
    st.title("Log an interview")
    st.write("Two minutes now, while names and topics are fresh. You can add to it later.")
    if form.was_kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("What you enter is kept as you go.")
            st.button("Start over", type="tertiary", icon=":material/restart_alt:", on_click=form.clear)
    draw_where(form, courses)
    draw_when(form)
    st.subheader("Who was there?")
    draw_people(form, courses)
    st.subheader("What comes next?")
    draw_promise(form)
    if st.button("Log it", type="primary", icon=":material/check:"):
        try:
            interview = log_interview(session.actor(), session.store(), session.now(), entry_of(form))
        except Refused as error:
            st.error(str(error), icon=":material/error:")
        else:
            form.clear()
            if interview.state == "held":
                go_to(REFLECT, interview=interview.id)
            go_to(TODAY)
