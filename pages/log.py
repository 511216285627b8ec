"""Log an interview: what happened, when, with whom, and what was promised; or change what was logged."""

import streamlit as st

from debrief.errors import DebriefError
from ui.kit.guard import guard
from ui.kit.navigation import LOG, REFLECT, TODAY, go_to, open_here
from ui.kit.plain import plain_error
from ui.log.contested import draw_contested
from ui.log.entry import await_press, form_for, keep_entry, round_asked_for
from ui.log.form import draw_job, draw_promise, draw_when, draw_where
from ui.log.people import draw_people

guard()

editing = round_asked_for(st.query_params.get("interview"))
form = form_for(editing, application_id=st.query_params.get("application"))

with st.container(width=820):
    st.title("Change this round" if editing else LOG.title)
    st.write("Two minutes now, while names and topics are fresh. You can add to it later.")
    if form.was_kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption("What you enter is kept as you go.")
            st.button("Start over", type="tertiary", icon=":material/restart_alt:", on_click=form.clear)
    if editing:
        open_here("Log another interview instead", key="new", icon=":material/add:")
    draw_where(form)
    draw_when(form)
    st.subheader("Who was there?", anchor=False)
    draw_people(form)
    st.subheader("What comes next?", anchor=False)
    draw_promise(form)
    draw_job(form)
    draw_contested(form)
    if st.button("Save the changes" if editing else "Log it", type="primary", icon=":material/check:"):
        try:
            interview = keep_entry(form, editing)
        except DebriefError as error:
            st.error(plain_error(error), icon=":material/error:")
        else:
            go_to(REFLECT if interview.state == "held" else TODAY, interview=interview.id)
    else:
        await_press(form)
