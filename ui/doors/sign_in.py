"""The way in and out of a server: the screen before the sign-in, and the line that says who is signed in."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.errors import StreamlitAuthError

from debrief.domain.centre import Member
from debrief.errors import SignInNeeded
from debrief.usecases.centre.sign_in import sign_out
from ui.kit import identity, session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain, plain_error

log = logging.getLogger("debrief")


def draw_sign_in(refusal: SignInNeeded) -> None:
    """All that is shown before the sign-in, and after it has ended."""
    with st.container(width=560):
        st.title("Debrief", anchor=False)
        st.write("A coach for the hours and weeks after a job interview.")
        st.info(plain_error(refusal), icon=":material/lock:")
        st.button("Sign in", type="primary", icon=":material/login:", on_click=_sign_in)
        st.caption(
            f"{plain(identity.admission().name)} runs this server. Your record is yours: "
            "nobody reads what you do not share."
        )


def draw_signed_in(member: Member) -> None:
    """Who is signed in, and the way out, below the navigation."""
    with st.sidebar:
        st.caption(f"Signed in as {plain(member.name)}, {member.role.value}")
        st.button(
            "Sign out",
            icon=":material/logout:",
            type="tertiary",
            help="Ends your sign-in here and in every other tab and browser.",
            on_click=_sign_out,
        )


def _sign_in() -> None:
    try:
        st.login()
    except StreamlitAuthError as error:
        log.error("sign-in is not set up: %s", error)
        st.error("Signing in is not set up on this server yet. Tell your career centre.", icon=":material/error:")


def _sign_out() -> None:
    with refusals_shown():
        sign_out(session.actor(), session.store(), session.now())
    st.logout()
