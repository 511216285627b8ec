"""Your centre: its people, erasing on request, the log, and figures over those who agreed."""

import streamlit as st

from ui.centre.page import draw_erase, draw_figures, draw_log, draw_members
from ui.kit.guard import guard

guard()

TABS = {"Members": draw_members, "Erase somebody": draw_erase, "Log": draw_log, "Figures": draw_figures}

with st.container(width=900):
    st.title("Your centre", anchor=False)
    names = list(TABS)
    chosen = st.segmented_control("What would you like to see?", names, default=names[0], required=True, key="centre")
    TABS[chosen or names[0]]()
