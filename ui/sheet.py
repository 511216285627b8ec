"""One note on screen: its fields, kept as they are typed, and never overwritten by another tab or by the record."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from debrief.desk.composer import Draft
from debrief.domain.facts import Message
from debrief.errors import Conflict
from debrief.usecases.notes import Slot, save_draft
from ui import session
from ui.notices import refusals_shown

TEAM = "team"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One note: its slot, and where session state holds its fields and what this tab knows of it."""

    slot: Slot

    @property
    def name(self) -> str:
        """Tells it from other notes."""
        return f"{self.slot.interview_id}-{self.slot.kind}-{self.slot.person_id or TEAM}-{self.slot.channel}"

    @property
    def subject_key(self) -> str:
        """The key of the subject's field."""
        return f"subject-{self.name}"

    @property
    def body_key(self) -> str:
        """The key of the body's field."""
        return f"body-{self.name}"

    @property
    def subject(self) -> str:
        """The subject as it stands."""
        return str(st.session_state.get(self.subject_key) or "")

    @property
    def body(self) -> str:
        """The body as it stands."""
        return str(st.session_state.get(self.body_key) or "")

    @property
    def _touched_key(self) -> str:
        return f"touched-{self.name}"

    @property
    def _seen_key(self) -> str:
        return f"seen-{self.name}"

    @property
    def _other_key(self) -> str:
        return f"other-{self.name}"

    def fill(self, subject: str, body: str) -> None:
        """Puts texts into the fields."""
        st.session_state[self.subject_key] = subject
        st.session_state[self.body_key] = body

    def take_over(self, draft: Draft, stored: Message | None) -> None:
        """What the fields show: what this tab typed, else the kept draft, else what the record allows."""
        if self._touched_key in st.session_state and self.body_key in st.session_state:
            return
        if stored is None:
            self.fill(draft.subject, draft.body)
        else:
            self.fill(stored.subject, stored.body)
        st.session_state[self._seen_key] = stored.version if stored else 0

    def save(self) -> None:
        """Keeps the draft as it stands; the `on_change` of its fields."""
        st.session_state[self._touched_key] = True
        self._keep(seen=st.session_state.get(self._seen_key))

    def forget(self) -> None:
        """Forgets what this tab typed, once the note is sent."""
        for key in (self._touched_key, self._seen_key, self._other_key):
            st.session_state.pop(key, None)

    def draw_conflict(self) -> None:
        """The other text, where another tab kept one meanwhile, and the choice."""
        other = st.session_state.get(self._other_key)
        if not isinstance(other, Message):
            return
        with st.container(border=True):
            st.warning("Another tab changed this note. Yours stands below, not kept yet.", icon=":material/call_split:")
            st.text(other.body)
            with st.container(horizontal=True):
                st.button("Keep mine", on_click=self._settle, args=(None,), key=f"mine-{self.name}")
                st.button("Take the other", on_click=self._settle, args=(other,), key=f"theirs-{self.name}")

    def _settle(self, other: Message | None) -> None:
        if other is not None:
            self.fill(other.subject, other.body)
        self._keep(seen=None)

    def _keep(self, *, seen: int | None) -> None:
        actor, store, now = session.actor(), session.store(), session.now()
        with refusals_shown():
            try:
                kept = save_draft(actor, store, now, self.slot, subject=self.subject, body=self.body, seen=seen)
            except Conflict as conflict:
                st.session_state[self._other_key] = conflict.stored
                return
            st.session_state[self._seen_key] = kept.version
            st.session_state.pop(self._other_key, None)
