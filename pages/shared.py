"""Shared with you: what students let their advisor read, and comments beside it."""

import streamlit as st

from ui.centre.shared import choose_shared, draw_shared
from ui.kit.guard import guard

guard()

with st.container(width=820):
    st.title("Shared with you", anchor=False)
    draw_shared(choose_shared())
