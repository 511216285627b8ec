"""Write: the note that goes out, composed from the record and read critically before it does."""

import streamlit as st

from debrief.domain.facts import RoundState
from ui.kit.chooser import choose_round
from ui.kit.guard import guard
from ui.write.page import choose_slot, draw_sheet

guard()

with st.container(width=1180):
    st.title("Write")
    course, one = choose_round(
        states=(RoundState.HELD, RoundState.NO_SHOW, RoundState.CANCELLED),
        waits="Thank-yous, check-ins and replies, drafted from what you logged and read critically before they go.",
    )
    draw_sheet(course, one, choose_slot(course, one))
