"""The parts of Your data beside exports and imports: backups, house rules, the sample, deleting everything."""

from __future__ import annotations

import streamlit as st

from debrief.domain.wording import in_words, moment_in_words
from debrief.store import data_folder
from debrief.usecases.agenda import choose_rules, rules_in_force
from debrief.usecases.housekeeping import backups_of, delete_everything, make_backup, restore_backup
from debrief.usecases.notes import SENDER_SETTING
from debrief.usecases.sample import load_sample, remove_sample, sample_loaded
from debrief.usecases.settings import keep_setting
from ui.kit import session
from ui.kit.mode import Mode, mode
from ui.kit.moved import moves_noted
from ui.kit.notices import doing, refusals_shown
from ui.kit.plain import plain

DELETE_WORD = "delete"


def draw_backups() -> None:
    """The backups at hand, one by hand, and restoring one."""
    file = session.store().file
    if file is None:
        st.info("Your record is on a database server; whoever runs it keeps the backups.", icon=":material/database:")
        return
    st.caption(f"Your record is the file {plain(str(file))}. A copy is made daily and before every large change.")
    if st.button("Back up now", icon=":material/save:"):
        with refusals_shown():
            make_backup(session.store(), session.now())
            st.toast("Backed up.", icon=":material/check:")
    backups = backups_of(session.store())
    if not backups:
        st.write("There is no backup yet.")
        return
    zone = session.local_now().tzinfo
    now = session.now()
    names = {
        backup: f"{moment_in_words(backup.at.astimezone(zone), now)} · {backup.reason} · {backup.size // 1024:,} kB"
        for backup in backups
    }
    chosen = st.selectbox("A backup to go back to", backups, format_func=lambda backup: names[backup])
    if st.button("Go back to it", icon=":material/settings_backup_restore:"):
        with refusals_shown():
            restore_backup(session.store(), session.now(), chosen)
            st.toast("Restored. What was there before was backed up first.", icon=":material/check:")
        st.rerun()


def draw_settings() -> None:
    """Your name in notes, and the house rules in force."""
    actor, store = session.actor(), session.store()
    with session.reading() as unit:
        name = str(unit.setting(SENDER_SETTING, ""))
    st.session_state.setdefault("settings.name", name)
    st.text_input("Your name, as you sign notes", key="settings.name", on_change=_keep_name, autocomplete="name")
    book = session.content().rules
    force = rules_in_force(actor, store, session.now(), book)
    ids = list(book.rules)
    chosen = st.selectbox(
        "House rules",
        ids,
        index=ids.index(force.id),
        format_func=lambda id_: book.rules[id_].texts.title + (" (example)" if book.rules[id_].texts.example else ""),
        help="How long to wait, how often to ask, whom to connect with. Everything due follows at once.",
    )
    st.caption(plain(book.rules[chosen].texts.description))
    if chosen != force.id:
        with moves_noted(because=f"the house rules are now “{book.rules[chosen].texts.title}”"):
            choose_rules(actor, store, session.now(), book.rules[chosen])
        st.rerun()
    if book.problems:
        st.warning("Some files with house rules have mistakes and are left out:", icon=":material/build:")
        for problem in book.problems:
            st.code(str(problem), language=None)


def draw_sample() -> None:
    """The sample history: in and out in one click."""
    actor, store = session.actor(), session.store()
    if sample_loaded(actor, store, session.now()):
        st.write("The sample history of 40 invented interviews is loaded.")
        st.button(
            "Remove the sample",
            icon=":material/delete:",
            on_click=lambda: doing(lambda: remove_sample(actor, store, session.now())),
        )
    else:
        st.write("40 invented interviews over ten months, to look around in. What is yours stays apart.")
        st.button(
            "Load the sample",
            icon=":material/explore:",
            on_click=lambda: doing(lambda: load_sample(actor, store, session.now())),
        )


def draw_delete() -> None:
    """Deleting everything, after typing a word."""
    st.write(f"This deletes all interviews, reflections, notes and settings for good. Type **{DELETE_WORD}** to go on.")
    typed = st.text_input("The word", key="delete.word", placeholder=DELETE_WORD)
    with_backups = not on_a_server() and st.checkbox("The backups too", value=True)
    ready = (typed or "").strip().casefold() == DELETE_WORD
    if st.button("Delete everything", type="primary", icon=":material/delete_forever:", disabled=not ready):
        with refusals_shown():
            gone = delete_everything(session.actor(), session.store(), session.now(), with_backups=with_backups)
            st.session_state.clear()
            st.session_state["deleted"] = f"Deleted, for good: {in_words(gone)}." if gone else "There was nothing left."
        st.rerun()


def draw_deleted() -> None:
    """What was just deleted, once."""
    deleted = st.session_state.pop("deleted", None)
    if deleted:
        st.success(deleted, icon=":material/delete_forever:")


def on_a_server() -> bool:
    """Whether somebody else keeps the record and its backups."""
    return mode() is Mode.SERVER


def folder_note() -> str:
    """Where everything is kept."""
    if on_a_server():
        return "Everything is kept on your career centre's server, which also backs it up."
    return f"Everything is kept in {plain(str(data_folder()))}"


def _keep_name() -> None:
    name = str(st.session_state["settings.name"]).strip()
    with refusals_shown():
        keep_setting(session.actor(), session.store(), session.now(), SENDER_SETTING, name)
