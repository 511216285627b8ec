"""The one thing about the look that the theme cannot say."""

from __future__ import annotations

import streamlit as st

_WORDS_ON_TEAL = """
<style>
[data-testid^="stBaseButton-primary"]:not(:disabled), [data-testid^="stBaseButton-primary"]:not(:disabled) * {
  color: light-dark(#FFFFFF, #0E2522);
  opacity: 1;
}
</style>
"""
"""The browser picks the colour by the theme that is on, also when the night falls while the page is open."""


def is_night() -> bool:
    """Whether the visitor looks at the dark theme."""
    return st.context.theme.type == "dark"


def draw_look() -> None:
    """Words that can be read on the buttons' teal: Streamlit writes white on the night's light one, and the keys of a
    shortcut half transparent.
    """
    st.html(_WORDS_ON_TEAL)
