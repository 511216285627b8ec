"""The part of Your data that brings in what was kept elsewhere: a file, what is in it, a preview, then all of it."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from debrief.domain.wording import counted
from debrief.exchange.imports.source import Kind, Source, kind_of
from debrief.usecases.imports import import_record, preview_record
from ui.kit import session
from ui.kit.plain import plain
from ui.kit.undo import done_noted
from ui.your_data.import_calendar import draw_calendar_import
from ui.your_data.import_kept import finish, kept_for, refusal_told, uploader_key
from ui.your_data.import_table import draw_table_import

_LISTS = {
    "reflection_answers": "answers of reflections",
    "draft_versions": "versions of drafts",
    "ignored_findings": "findings left as they are",
    "heard": "answers of employers",
    "snoozes": "steps put off",
    "ticks": "items ticked",
}


def draw_imports() -> None:
    """From a chosen file to what it added. Nothing is changed before the last button."""
    done = st.session_state.pop("import.done", None)
    if done:
        st.success(done, icon=":material/check:")
    st.write("Bring in what you kept elsewhere: a spreadsheet, a job tracker, a calendar, or a copy of your record.")
    chosen = st.file_uploader(
        "The file",
        key=uploader_key(),
        help="CSV, TSV, JSON, Markdown or a calendar (.ics). First you see what is in it; until then nothing changes.",
    )
    if chosen is None:
        _draw_what_can_come()
        return
    with refusal_told():
        source = Source(chosen.name, chosen.getvalue())
        match kind_of(source):
            case Kind.RECORD:
                _draw_record(chosen, source)
            case Kind.CALENDAR:
                draw_calendar_import(chosen, source)
            case _:
                draw_table_import(chosen, source)


def _draw_what_can_come() -> None:
    ready = ", ".join(plain(one.name) for one in session.content().imports.ready)
    st.markdown(
        f"- **Known as they are:** {ready}. Export there, and bring in the file (out of a zip, the CSV inside).\n"
        "- **Any table** with at least an employer and a role: save it as CSV (in Excel: *CSV UTF-8*).\n"
        "- **A calendar** (.ics): you choose the events that were interviews.\n"
        "- **A copy of your record** that Debrief made (.json), into a record that does not hold it."
    )
    st.caption("What is there already is found and left out. All of it comes in, or nothing; Undo takes it back.")


def _draw_record(chosen: UploadedFile, source: Source) -> None:
    found = kept_for(chosen, "record", lambda: preview_record(session.actor(), session.store(), session.now(), source))
    st.markdown(
        f"**{plain(chosen.name)}** is a copy that Debrief made. It holds {counted(found.total, 'entry', 'entries')}:"
    )
    st.markdown("\n".join(f"- {count:,} {_LISTS.get(name, name)}" for name, count in found.counts.items()))
    if found.doubles:
        st.error(
            f"{counted(found.doubles, 'of them is', 'of them are')} in your record already, so it cannot be brought in "
            "beside it. To go back to the state of this file, delete everything first, then bring it in.",
            icon=":material/error:",
        )
    if st.button("Bring in everything", type="primary", icon=":material/upload:", disabled=bool(found.doubles)):
        with done_noted(), st.spinner("Bringing it in …"):
            count = import_record(session.actor(), session.store(), session.now(), source)
        finish(counted(count, "entry", "entries"))
