"""Your data: hand it over, keep it safe, take it with you, or delete it."""

import streamlit as st

from ui.calendar_part import draw_calendar
from ui.guard import guard
from ui.your_data import (
    draw_backups,
    draw_copy,
    draw_delete,
    draw_deleted,
    draw_sample,
    draw_settings,
    draw_summary,
    folder_note,
    has_interviews,
)

guard()

TABS = {
    "Summary": draw_summary,
    "Settings": draw_settings,
    "Backups": draw_backups,
    "Copy": draw_copy,
    "Calendar": draw_calendar,
    "Sample": draw_sample,
    "Delete": draw_delete,
}

with st.container(width=820):
    st.title("Your data")
    st.caption(folder_note())
    draw_deleted()
    names = list(TABS) if has_interviews() else [name for name in TABS if name != "Summary"]
    chosen = st.segmented_control("What would you like to do?", names, default=names[0], required=True, key="part")
    TABS[chosen or names[0]]()
