"""Saving as typed: one invisible component commits what stands in a text field.

Streamlit sends a field's text when it loses focus or on Ctrl+Enter; a closed
tab would lose it. The script below presses those keys after a short quiet, and
at least every second and a half while typing goes on. The fields, their focus
and their caret stay Streamlit's own; `on_change` does the saving.
"""

from __future__ import annotations

from streamlit.components.v2 import component

_SCRIPT = """
const QUIET_MS = 800;
const WHILE_TYPING_MS = 1500;
const FIELDS = '[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input';

export default function () {
  if (window.__debriefSavesAsTyped) return;
  window.__debriefSavesAsTyped = true;
  const pending = new Map();

  const commit = (field) => {
    const waiting = pending.get(field);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    pending.delete(field);
    field.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", code: "Enter", keyCode: 13, which: 13,
      ctrlKey: field.tagName === "TEXTAREA", bubbles: true, cancelable: true,
    }));
  };

  const expect = (event) => {
    const field = event.target;
    if (event.isComposing || !(field instanceof HTMLElement) || !field.matches(FIELDS)) return;
    const now = Date.now();
    const waiting = pending.get(field) ?? { since: now, timer: 0 };
    clearTimeout(waiting.timer);
    const left = Math.max(0, Math.min(QUIET_MS, waiting.since + WHILE_TYPING_MS - now));
    waiting.timer = setTimeout(() => commit(field), left);
    pending.set(field, waiting);
  };
  document.addEventListener("input", expect, true);
  document.addEventListener("compositionend", expect, true);  // an input method's last word brings no input event

  const commitAll = () => [...pending.keys()].forEach(commit);
  document.addEventListener("keydown", (event) => {
    if (event.isTrusted && event.altKey) commitAll();  // a button's shortcut is about to act, and perhaps to redraw
  }, true);
  document.addEventListener("visibilitychange", () => { if (document.hidden) commitAll(); });
  window.addEventListener("pagehide", commitAll);
}
"""

_component = component("debrief_saves_as_typed", js=_SCRIPT)


def save_as_typed() -> None:
    """Mounts the script; once a run is enough for every field on the page."""
    _component(key="saves_as_typed")
