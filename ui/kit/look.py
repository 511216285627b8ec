"""The one thing about the look that the theme cannot say."""

from __future__ import annotations

import streamlit as st

_DARK_ON_LIGHT_TEAL = """
<style>
[data-testid^="stBaseButton-primary"]:not(:disabled), [data-testid^="stBaseButton-primary"]:not(:disabled) * {
  color: #0E2522;
}
</style>
"""


def is_night() -> bool:
    """Whether the visitor looks at the dark theme."""
    return st.context.theme.type == "dark"


def draw_look() -> None:
    """Dark words on the light teal of the night's buttons: Streamlit writes white there, which nobody can read."""
    if is_night():
        st.html(_DARK_ON_LIGHT_TEAL)
