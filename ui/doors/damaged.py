"""The screen for a damaged record: what can be done about it, each way keeping the damaged file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from debrief.domain.wording import counted, in_words, moment_in_words
from debrief.errors import DebriefError, StoreDamaged
from debrief.store import record_file
from debrief.store.salvage import Salvaged
from debrief.usecases.housekeeping import (
    backup_to_go_back_to,
    begin_anew,
    replace_damaged,
    save_what_is_readable,
)
from ui.doors.screens import store_broken
from ui.kit import session
from ui.kit.mode import Mode, mode
from ui.kit.plain import plain, plain_error

_TOLD = ("applications", "interviews", "people", "messages", "reflection_answers", "lessons", "stories")
"""The tables whose counts mean something to somebody who is worried."""


def draw_damaged(error: StoreDamaged) -> None:
    """Says what is wrong and offers the ways out, the safest first; on a server its keeper takes them."""
    if mode() is Mode.SERVER:
        store_broken(error)
        return
    st.title("The file with your record is damaged")
    st.error(plain_error(error), icon=":material/heart_broken:")
    file = record_file()
    if file is None:
        st.write("Your record is on a database server: ask whoever runs it for a backup.")
        return
    st.write(
        "This happens when a disk fails or a copy breaks off. Choose how to go on. "
        "Whatever you choose, the damaged file is kept beside the backups, so that nothing is thrown away."
    )
    st.caption(f"The file: {plain(str(file))}")
    with st.container(border=True):
        _offer_backup(file)
    with st.container(border=True):
        st.subheader("Save what can still be read")
        st.write("Goes through the damaged file entry by entry and keeps all that is whole. Newer than any backup.")
        if st.button("Save what can be read", icon=":material/healing:"):
            _try(lambda: _salvaged_in_words(save_what_is_readable(file, session.now())))
    with st.container(border=True):
        st.subheader("Start with an empty record")
        st.write("You can import an export of yours afterwards, or go back to a backup on the page Your data.")
        if st.button("Start empty", icon=":material/note_add:"):
            _try(lambda: _kept(begin_anew(file, session.now())))


def _offer_backup(file: Path) -> None:
    backup = backup_to_go_back_to(file)
    if backup is None:
        st.subheader("Go back to a backup")
        st.write("There is no backup that is whole.")
        return
    when = moment_in_words(backup.at.astimezone(session.local_now().tzinfo), session.now())
    st.subheader(f"Go back to the backup of {when}")
    st.write("What was entered after that is not in it. It has been checked and is whole.")
    if st.button("Go back to this backup", icon=":material/settings_backup_restore:", type="primary"):
        _try(lambda: _kept(replace_damaged(file, session.now(), backup)))


def _try(way_out: Callable[[], str]) -> None:
    """Takes a way out and says what came of it; the next click opens the record anew."""
    session.close_store()
    try:
        with st.spinner("Mending your record …"):
            told = way_out()
    except DebriefError as error:
        st.error(plain_error(error), icon=":material/error:")
        return
    st.success(told, icon=":material/check:")
    st.button("Open my record", icon=":material/arrow_forward:", type="primary")


def _salvaged_in_words(saved: Salvaged) -> str:
    counts = [counted(saved.kept[name], *_spoken(name)) for name in _TOLD if name in saved.kept]
    lost = " Not everything could be read; compare with your last backup." if saved.incomplete or saved.lost else ""
    return f"Saved: {in_words(counts)}.{lost} {_kept(saved.aside)}"


def _spoken(table: str) -> tuple[str, str]:
    spoken = {"people": ("person", "people"), "messages": ("note", "notes"), "stories": ("story", "stories")}
    return spoken.get(table, (table.removesuffix("s").replace("_", " "), table.replace("_", " ")))


def _kept(aside: Path | None) -> str:
    return f"The damaged file is kept as {plain(str(aside))}." if aside else "There was nothing to keep."
