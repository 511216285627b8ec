"""Shared with you: what students let their advisor read, and comments beside it."""

import streamlit as st

from ui.guard import guard
from ui.shared import choose_shared, draw_shared

guard()

with st.container(width=820):
    st.title("Shared with you", anchor=False)
    draw_shared(choose_shared())
