"""What is shown instead of a traceback. It is there before anything else of ours is, and so needs little of it."""

from __future__ import annotations

import logging

import streamlit as st

from debrief.errors import SignInNeeded

log = logging.getLogger("debrief")


def unexpected(error: Exception) -> bool:
    """The screen for a mistake of ours: a sentence for the visitor, the whole story for the log."""
    if isinstance(error, SignInNeeded):  # met by a callback or a fragment, before the router could ask
        from ui.doors.sign_in import draw_sign_in  # noqa: PLC0415 - on a server only

        draw_sign_in(error)
        return True
    log.error("a page failed", exc_info=error)
    st.error(
        "Something went wrong that we did not expect. What you entered before is safe. "
        "Reload the page; if it happens again, the terminal that runs Debrief shows what to report.",
        icon=":material/report:",
    )
    return True
