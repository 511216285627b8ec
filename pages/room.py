"""The participants' page of a workshop: join, work through what is open, go on."""

import streamlit as st

from ui.kit.guard import guard
from ui.workshop.room import draw_participant

guard()

with st.container(width=680):
    draw_participant()
