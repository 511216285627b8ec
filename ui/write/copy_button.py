"""A button that copies a text and says so, on screen and to a screen reader."""

from __future__ import annotations

from streamlit.components.v2 import component

_HTML = """<button type="button"></button><span role="status" aria-live="polite"></span>"""

_CSS = """
:host { display: block; font-size: 0.875rem; }
button {
  font: inherit; white-space: nowrap; cursor: pointer;
  padding: 0.45rem 0.9rem; border-radius: var(--st-button-radius, 0.6rem);
  border: 1px solid var(--st-border-color); background: var(--st-background-color); color: var(--st-text-color);
}
button:hover { border-color: var(--st-primary-color); color: var(--st-link-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
span:not(:empty) { margin-left: 0.6rem; }
span { color: var(--st-text-color); }
"""

_SCRIPT = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("span");
  button.textContent = data.label;
  button.onclick = async () => {
    const typed = document.querySelector(`.st-key-${CSS.escape(data.field)} :is(textarea, input)`);
    const text = typed ? typed.value : data.text;
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = data.done;
    } catch {
      if (typed) { typed.focus(); typed.select(); }
      status.textContent = data.failed;
    }
    setTimeout(() => { status.textContent = ""; }, 6000);
  };
}
"""

_component = component("debrief_copy", html=_HTML, css=_CSS, js=_SCRIPT)


def copy_button(label: str, text: str, *, field: str, key: str) -> None:
    """Copies what stands in the field of this key at the moment of the click, or else `text`."""
    _component(
        key=key,
        width="content",
        data={
            "label": label,
            "text": text,
            "field": field.replace(".", "-"),
            "done": "Copied. Paste it where you write.",
            "failed": "Selected. Press Ctrl+C (or Cmd+C) to copy.",
        },
    )
