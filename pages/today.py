"""Today: what is due across all applications, what not to do, and who is still silent."""

import streamlit as st

from ui.agenda.snooze import draw_put_off
from ui.agenda.today import (
    agenda_now,
    draw_donts,
    draw_dues,
    draw_planned,
    draw_silent,
    draw_soon,
    draw_welcome,
    nothing_logged,
)
from ui.kit.guard import guard

guard()

with st.container(width=900):
    if nothing_logged():
        draw_welcome()
        st.stop()
    agenda = agenda_now()
    st.title("Today")
    draw_planned(agenda)
    draw_dues(agenda)
    draw_put_off(agenda.put_off)
    draw_donts(agenda)
    draw_silent(agenda)
    draw_soon(agenda)
