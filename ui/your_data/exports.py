"""The part of Your data that hands over: summaries, a proof of activity, tables and cards, everything in one file."""

from __future__ import annotations

import streamlit as st

from debrief.domain.facts import Interview
from debrief.exchange.tables import TableName
from debrief.usecases.exports import people_file, table_file, tables_file
from debrief.usecases.lossless import export_all
from ui.kit import session
from ui.kit.navigation import LOG, go_to
from ui.kit.taken import noted
from ui.your_data.proof_part import draw_proof
from ui.your_data.summary_part import draw_summary

TABLES = {
    TableName.INTERVIEWS: "Interviews",
    TableName.MESSAGES: "Notes",
    TableName.PEOPLE: "People",
    TableName.QUESTIONS: "Hard questions",
    TableName.LESSONS: "Lessons",
    TableName.STORIES: "Stories",
}


def draw_exports() -> None:
    """What can be handed over or taken along."""
    with session.reading() as unit:
        empty = not unit.latest(Interview, 1)
    if empty:
        st.info("Once you have logged an interview, you can hand it over from here.", icon=":material/description:")
        if st.button("Log an interview", type="primary"):
            go_to(LOG)
        draw_everything()
        return
    parts = {
        "Summary": draw_summary,
        "Proof of activity": draw_proof,
        "Tables": draw_tables,
        "Everything": draw_everything,
    }
    names = list(parts)
    chosen = st.pills("What to hand over", names, default=names[0], required=True, key="export", bind="query-params")
    parts[chosen or names[0]]()


def draw_tables() -> None:
    """The tables for a spreadsheet, and the people for an address book."""
    actor, store, now, content = session.actor(), session.store(), session.now(), session.content()
    st.write("Tables for a spreadsheet: dates as 2026-03-05, and no cell that calculates, whatever was typed into it.")
    st.download_button(
        "Download all tables (ZIP)",
        noted("tables, zip", lambda: tables_file(actor, store, now, content).content),
        file_name="debrief tables.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        type="primary",
    )
    with st.container(horizontal=True):
        for name, title in TABLES.items():
            st.download_button(
                f"{title} (CSV)",
                noted(f"{name.value}, csv", lambda name=name: table_file(actor, store, now, name, content).content),
                file_name=f"{name.value}.csv",
                mime="text/csv",
                icon=":material/table:",
                on_click="ignore",
            )
    st.write("The people you met, as cards for your address book. Importing them again updates them and doubles none.")
    st.download_button(
        "Download people (vCard)",
        noted("people, vcf", lambda: people_file(actor, store, now).content),
        file_name="people.vcf",
        mime="text/vcard",
        icon=":material/contacts:",
        on_click="ignore",
    )


def draw_everything() -> None:
    """The whole record in one file."""
    actor, store, now = session.actor(), session.store(), session.now()
    st.write(
        "Everything you entered in one file that Debrief, and other programs, can read again. Nothing is left out."
    )
    st.download_button(
        "Download everything (JSON)",
        noted("everything, json", lambda: export_all(actor, store, now)),
        file_name="debrief.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )
