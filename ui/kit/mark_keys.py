"""Marks by number keys: 4 on a rating of five picks its fourth step, 7 on a chance in tens picks 70 %."""

from __future__ import annotations

from streamlit.components.v2 import component

_SCRIPT = """
const STEPS = { 5: (digit) => digit - 1, 11: (digit) => digit };

export default function () {
  if (window.__debriefMarksByKeys) return;
  window.__debriefMarksByKeys = true;
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    if (!(at instanceof HTMLElement) || at.getAttribute("role") !== "radio") return;
    const steps = [...at.closest('[role="radiogroup"]').querySelectorAll('[role="radio"]')];
    const step = steps[STEPS[steps.length]?.(Number(event.key))];
    if (!step) return;
    event.preventDefault();
    step.focus();
    if (step.getAttribute("aria-checked") !== "true") step.click();
  }, true);
}
"""

_component = component("debrief_marks_by_keys", js=_SCRIPT)


def mark_by_keys() -> None:
    """Mounts the script; once a run is enough for every rating on the page."""
    _component(key="marks_by_keys")
