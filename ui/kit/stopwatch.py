"""A clock that runs in the browser, up or down to zero: the page is not redrawn for it, and a reload takes it up."""

from __future__ import annotations

from streamlit.components.v2 import component

_HTML = """<span role="timer" aria-label=""></span>"""

_CSS = """
:host { display: block; }
span { font-size: 2rem; font-variant-numeric: tabular-nums; color: var(--st-text-color); }
"""

_SCRIPT = """
export default function ({ parentElement, data }) {
  const face = parentElement.querySelector("span");
  face.setAttribute("aria-label", data.label);
  clearInterval(face.ticking);
  const since = Date.now() - data.seconds * 1000;
  const show = () => {
    const passed = Math.max(0, Math.round((Date.now() - since) / 1000));
    const shown = data.limit === null ? passed : Math.max(0, data.limit - passed);
    face.textContent = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
  };
  show();
  if (data.running) face.ticking = setInterval(show, 500);
  return () => clearInterval(face.ticking);
}
"""

_component = component("debrief_stopwatch", html=_HTML, css=_CSS, js=_SCRIPT)


def stopwatch(seconds: int, *, label: str, running: bool, key: str, limit: int | None = None) -> None:
    """Shows so many seconds, and goes on counting while it runs; with a limit, how many of those are left."""
    _component(key=key, data={"seconds": seconds, "label": label, "running": running, "limit": limit})
