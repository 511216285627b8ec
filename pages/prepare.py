"""Prepare: lessons, stories and questions from earlier interviews, before the next one."""

import streamlit as st

from ui.kit.guard import guard
from ui.prepare.page import draw_prepare

guard()

with st.container(width=820):
    st.title("Prepare", anchor=False)
    draw_prepare()
