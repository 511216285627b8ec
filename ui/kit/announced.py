"""What changes on a page while somebody is busy elsewhere on it, told to a screen reader: saved, done, to look at."""

from __future__ import annotations

import streamlit as st
from streamlit.components.v2 import component

_KEY = "announced"

_HTML = '<div role="status" aria-live="polite"></div>'

_CSS = (
    "div { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }"
)

_SCRIPT = """
export default function ({ parentElement, data }) {
  const status = parentElement.querySelector("[role=status]");
  if (status.textContent !== data.text) status.textContent = data.text;
}
"""

_component = component("debrief_announced", html=_HTML, css=_CSS, js=_SCRIPT)


def announce(sentence: str) -> None:
    """Has a sentence read out once this run is through, if it was not the last one read."""
    st.session_state.setdefault(_KEY, []).append(sentence)


def draw_announced() -> None:
    """The place that screen readers listen to, at the end of every page."""
    sentences: list[str] = st.session_state.pop(_KEY, [])
    _component(key="announced_place", data={"text": " ".join(sentences)})
