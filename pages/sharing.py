"""Sharing: let an advisor read an interview, see that they do, and take it back."""

import streamlit as st

from ui.centre.sharing import draw_consent, draw_given, draw_offer, draw_reading
from ui.kit.chooser import choose_round
from ui.kit.guard import guard

guard()

with st.container(width=820):
    st.title("Sharing", anchor=False)
    draw_given()
    _, one = choose_round()
    draw_offer(one)
    draw_reading(one)
    draw_consent()
