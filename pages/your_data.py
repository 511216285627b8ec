"""Your data: hand it over, bring it in, keep it safe, or delete it."""

import streamlit as st

from ui.kit.guard import guard
from ui.your_data.calendar_part import draw_calendar
from ui.your_data.exports import draw_exports
from ui.your_data.imports import draw_imports
from ui.your_data.page import (
    draw_backups,
    draw_delete,
    draw_deleted,
    draw_sample,
    draw_settings,
    folder_note,
    on_a_server,
)

guard()

TABS = {
    "Hand over": draw_exports,
    "Bring in": draw_imports,
    "Settings": draw_settings,
    "Backups": draw_backups,
    "Calendar": draw_calendar,
    "Sample": draw_sample,
    "Delete": draw_delete,
}

with st.container(width=820):
    st.title("Your data")
    st.caption(folder_note())
    draw_deleted()
    names = [name for name in TABS if name != "Backups" or not on_a_server()]
    chosen = st.segmented_control(
        "What would you like to do?", names, default=names[0], required=True, key="part", bind="query-params"
    )
    TABS[chosen or names[0]]()
