"""The few things about the look that the theme cannot say."""

from __future__ import annotations

import streamlit as st

_STYLE = """
<style>
[data-testid^="stBaseButton-primary"]:not(:disabled), [data-testid^="stBaseButton-primary"]:not(:disabled) * {
  color: light-dark(#FFFFFF, #0E2522);
  opacity: 1;
}
[data-testid="stRadio"] [role="radiogroup"] { gap: 0.75rem; }
@media (max-width: 640px) {
  div[data-testid="stToastContainer"] { top: auto; bottom: 1rem; }
}
</style>
"""
"""The browser picks the colour by the theme that is on, also when the night falls while the page is open."""
_OVER_THE_PAGE = """
<style>[role="dialog"], [data-testid="stPopoverBody"] {{ color-scheme: {scheme}; }}</style>
"""
"""What opens over the page stands outside of Streamlit's app, and does not know its theme; it opens with a run."""


def is_night() -> bool:
    """Whether the visitor looks at the dark theme."""
    return st.context.theme.type == "dark"


def draw_look() -> None:
    """Words that can be read on the buttons' teal: Streamlit writes white on the night's light one, and the keys of a
    shortcut half transparent. Room between choices that run over several lines, to read and to touch. And on a phone
    what is told in passing comes up from below: at the top it would lie on Undo.
    """
    st.html(_STYLE + _OVER_THE_PAGE.format(scheme="dark" if is_night() else "light"))
