"""Saving as typed: one invisible component commits what stands in a text field.

Streamlit sends a field's text when it loses focus or on Ctrl+Enter; a closed
tab would lose it. The script below presses those keys after a short quiet, and
at least every 0.8 s while typing goes on; where the connection is lost, as soon
as it is back. The fields, their focus and their caret stay Streamlit's own;
`on_change` does the saving.
"""

from __future__ import annotations

from streamlit.components.v2 import component

_SCRIPT = """
const QUIET_MS = 600;
const WHILE_TYPING_MS = 800;
const AGAIN_MS = 400;
const LOOK_MS = 500;
const STATE = "data-test-script-state";
const FIELDS = '[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input';

export default function () {
  if (window.__debriefSavesAsTyped) return;
  window.__debriefSavesAsTyped = true;
  const pending = new Map();
  let last = null;  // the field whose text was sent last, and
  let lost = false;  // whether the connection was lost after that,
  let again = null;  // the text that is being sent again, and
  let drawn = false;  // whether the page was drawn since that began

  const pressKeys = (field) => field.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", code: "Enter", keyCode: 13, which: 13,
    ctrlKey: field.tagName === "TEXTAREA", bubbles: true, cancelable: true,
  }));
  const commit = (field) => {
    clearTimeout(pending.get(field)?.timer);
    pending.delete(field);
    if (field.disabled && field.isConnected) {  // the connection is lost: once it is back
      pending.set(field, { since: Date.now(), timer: setTimeout(() => commit(field), AGAIN_MS) });
      return;
    }
    last = field;
    pressKeys(field);
  };

  const isText = (field) => field instanceof HTMLElement && field.matches(FIELDS);
  const expect = (field) => {
    const now = Date.now();
    const waiting = pending.get(field) ?? { since: now, timer: 0 };
    clearTimeout(waiting.timer);
    const left = Math.max(0, Math.min(QUIET_MS, waiting.since + WHILE_TYPING_MS - now));
    waiting.timer = setTimeout(() => commit(field), left);
    pending.set(field, waiting);
  };
  const typed = (event) => {
    if (event.isTrusted && event.target === last && again !== null) {
      again = null;
      markSending(false);
    }
    if (!event.isComposing && isText(event.target)) expect(event.target);
  };
  document.addEventListener("input", typed, true);
  document.addEventListener("compositionend", typed, true);  // an input method's last word brings no input event
  if (isText(document.activeElement)) expect(document.activeElement);  // typed before this script was there

  // A text that was sent while the server died is gone, and the page takes it for sent. Once the server is back, it is
  // sent a blank longer, where the typing was; when the new session has drawn the page, perhaps with the older text in
  // that field, it is put there as it was. A run for each, or the server sees the same text as before, and no change.
  const isAtRest = () => document.querySelector(`[data-testid="stApp"][${STATE}="notRunning"]`) !== null;
  const put = (field, text) => {
    const prototype = field.tagName === "TEXTAREA" ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    const [start, end] = [field.selectionStart, field.selectionEnd];
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    pressKeys(field);
    field.setSelectionRange(start, end);
  };
  const markSending = (so) => document.body.toggleAttribute("data-sends-again", so);  // for whoever must wait for it
  const putBack = () => {
    if (again !== null) put(last, again);
    again = null;
    markSending(false);
  };
  new MutationObserver(() => { drawn = true; }).observe(document.body, { subtree: true, attributeFilter: [STATE] });
  setInterval(() => {
    if (!last?.isConnected) return markSending(false);
    if (last.disabled) {
      [lost, again] = [true, null];
      markSending(true);
    } else if (lost && isAtRest()) {
      [lost, again, drawn] = [false, last.value, false];
      const caret = last.selectionEnd;
      put(last, `${again.slice(0, caret)} ${again.slice(caret)}`);
    } else if (drawn && isAtRest()) putBack();
  }, LOOK_MS);

  const commitAll = () => [...pending.keys()].forEach(commit);
  document.addEventListener("keydown", (event) => {
    if (!event.isTrusted || !event.altKey) return;
    if (isText(event.target)) expect(event.target);
    commitAll();  // a button's shortcut is about to act, and perhaps to take the field away
  }, true);
  document.addEventListener("visibilitychange", () => { if (document.hidden) commitAll(); });
  window.addEventListener("pagehide", () => { putBack(); commitAll(); });
}
"""

_component = component("debrief_saves_as_typed", js=_SCRIPT)


def save_as_typed() -> None:
    """Mounts the script; once a run is enough for every field on the page."""
    _component(key="saves_as_typed")
