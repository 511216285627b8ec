"""Whole screens for when something is wrong, and the frame around every page."""

from __future__ import annotations

import logging

import streamlit as st

from debrief.domain.centre import Member
from debrief.errors import ContentBroken, DebriefError, StoreBroken
from ui.doors.sign_in import draw_signed_in
from ui.kit.mode import Mode, mode
from ui.kit.plain import plain_error

log = logging.getLogger("debrief")


def sidebar(member: Member | None) -> None:
    """What stands below the navigation on every page: where the record is, or on a server who is signed in."""
    if member is None:
        st.sidebar.caption("Everything stays on this machine.")
    else:
        draw_signed_in(member)


def sentence(error: DebriefError) -> None:
    """What went wrong, as a sentence."""
    st.error(plain_error(error), icon=":material/error:")


def content_broken(error: ContentBroken) -> None:
    """The screen shown instead of a page while content files are wrong; a server's visitors learn no more."""
    if mode() is Mode.SERVER:
        log.error("%s", error)
        _out_of_order()
        return
    st.title("The content files need mending")
    st.write(
        "Debrief reads what it says from the files in the content folder. "
        "Mend these places and reload the page; your record is untouched."
    )
    st.dataframe(
        [
            {"File": problem.file, "Line": problem.line, "Key": problem.key, "What is wrong": problem.expected}
            for problem in error.problems
        ],
        hide_index=True,
        alt="The mistakes found in the content files, by file and line",
    )
    st.caption("The same list on the command line: python -m debrief check-content")


def store_broken(error: StoreBroken) -> None:
    """The screen shown instead of a page while the database cannot be used; a server does not say where it is."""
    if mode() is Mode.SERVER:
        _out_of_order()
        return
    st.title("Your record cannot be opened right now")
    st.error(plain_error(error), icon=":material/database_off:")
    st.write("Nothing was changed. Once it is mended, reload this page.")


def _out_of_order() -> None:
    st.title("Debrief is out of order right now")
    st.error("Your record is untouched. Tell your career centre: its log says what to mend.", icon=":material/build:")
