"""Workshop: the situations alone, and how to hold them with a group."""

import streamlit as st

from ui.kit.guard import guard
from ui.workshop.solo import draw_hold_one, draw_solo

guard()

with st.container(width=820):
    st.title("Workshop", anchor=False)
    alone, together = st.tabs(["On your own", "With a group"])
    with alone:
        draw_solo()
    with together:
        draw_hold_one()
