"""Checklist: the dos of one interview with their windows, and the don'ts that matter now."""

import streamlit as st

from ui.agenda.checklist import draw_checklist, standing_of
from ui.kit.chooser import choose_round
from ui.kit.guard import guard

guard()

with st.container(width=820):
    st.title("Checklist")
    course, one = choose_round(waits="What to do after an interview and by when, what to leave alone, and who says so.")
    draw_checklist(standing_of(course, one))
