"""The calendar part of Your data: a file with all steps, and an address that calendars can subscribe to."""

from __future__ import annotations

import streamlit as st

from debrief.usecases.calendar_feed import feed_secret, switch_feed_off, switch_feed_on
from debrief.usecases.moves import steps_listed
from ui.applications.calendar_files import app_address, download_steps
from ui.doors.feed import feed_address
from ui.kit import session
from ui.kit.hosts import LOOPBACK
from ui.kit.notices import refusals_shown
from ui.kit.taken import note


def draw_calendar() -> None:
    """The steps of all applications for one's own calendar, once or for good."""
    st.subheader("A file, once", anchor=False)
    st.write("Every step that lies ahead, with a reminder and a link back to the page where you take it.")
    book = session.content().rules
    if any(due.lies_ahead for due in steps_listed(session.actor(), session.store(), session.now(), book)):
        download_steps("Download all steps (.ics)", "steps")
    else:
        st.caption("Nothing lies ahead right now, so there is nothing to put into a calendar.")
    st.subheader("An address, for good", anchor=False)
    secret = feed_secret(session.actor(), session.store(), session.now())
    if secret is None:
        _draw_off()
    else:
        _draw_on(secret)


def _draw_off() -> None:
    st.write("A calendar program can subscribe to Debrief and keep itself up to date. This is off until you want it.")
    st.button("Switch it on", icon=":material/rss_feed:", on_click=_switch_on)
    st.caption("It will show employers, names and dates to whoever knows its address; your notes and letters never.")


def _draw_on(secret: str) -> None:
    st.write("Give this address to your calendar program, as a calendar to subscribe to:")
    st.code(feed_address(app_address(), session.actor(), secret), language=None, wrap_lines=True)
    here = "programs on this machine" if st.get_option("server.address") in LOOPBACK else "whoever reaches this server"
    st.caption(
        f"It answers {here}, while Debrief runs. Treat the address as a password: employers, names and dates "
        "can be read with it, your notes and letters never, and nothing can be changed."
    )
    with st.container(horizontal=True):
        st.button(
            "New address",
            icon=":material/autorenew:",
            help="The address above stops working at once; subscribe again with the new one.",
            on_click=_switch_on,
        )
        st.button("Switch it off", icon=":material/block:", type="tertiary", on_click=_switch_off)


def _switch_on() -> None:
    with refusals_shown():
        switch_feed_on(session.actor(), session.store(), session.now())
        note("calendar's address")


def _switch_off() -> None:
    with refusals_shown():
        switch_feed_off(session.actor(), session.store(), session.now())
