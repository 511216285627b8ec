"""Earlier versions of a draft, what differs in them, and the note composed anew from the record."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.desk.changes import Change, Fate, what_changes
from debrief.desk.composer import Draft
from debrief.domain.facts import DraftVersion
from debrief.domain.letters import Text
from debrief.domain.wording import counted, moment_in_words
from debrief.usecases.draft_versions import text_of
from ui.kit import session
from ui.kit.plain import plain
from ui.write.sheet import Sheet

CHANGES = {
    Fate.KEPT: ":gray[{}]",
    Fate.GONE: ":material/remove: ~~{}~~",
    Fate.NEW: ":material/add: **{}**",
}


def offer_fresh(sheet: Sheet, draft: Draft) -> None:
    """What would change if the note were composed anew; never put in its place unasked."""
    composed = Text(draft.subject, draft.body)
    if sheet.text == composed:
        return
    with st.expander("Start again from the record", icon=":material/restart_alt:"):
        st.caption("You changed this note, so it stays as you left it. Composed anew, this would change:")
        _draw_changes(_between(sheet.text, composed))
        st.button("Take the new text instead of mine", on_click=sheet.replace, args=(composed,))
        st.caption("Yours stays among the earlier versions.")


def draw_versions(sheet: Sheet, versions: Sequence[DraftVersion]) -> None:
    """The earlier versions, the latest first, each with what it would change and the button that brings it back."""
    others = [version for version in versions if text_of(version) != sheet.text]
    if not others:
        return
    zone = session.local_now().tzinfo
    with st.expander(counted(len(others), "earlier version"), icon=":material/history:"):
        for version in others:
            when = moment_in_words(version.kept_at.astimezone(zone), session.now())
            with st.container(border=True):
                st.markdown(f"**Until {plain(when)}**")
                _draw_changes([one for one in _between(sheet.text, text_of(version)) if one.fate is not Fate.KEPT])
                st.button(
                    "Bring it back",
                    key=f"version.{version.id}",
                    icon=":material/undo:",
                    on_click=sheet.replace,
                    args=(text_of(version),),
                )


def _between(now: Text, then: Text) -> list[Change]:
    """What becomes of subject and sentences if `then` takes the place of `now`."""
    subject: list[Change] = []
    if now.subject != then.subject:
        subject = [Change(Fate.GONE, now.subject), Change(Fate.NEW, then.subject)]
    return [change for change in (*subject, *what_changes(now.body, then.body)) if change.text.strip()]


def _draw_changes(changes: Sequence[Change]) -> None:
    for change in changes:
        st.markdown(CHANGES[change.fate].format(plain(change.text.strip())))
