"""One note on screen: its fields, kept as they are typed, and never overwritten by another tab or by the record."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from debrief.domain.facts import Channel, Message
from debrief.domain.letters import Text
from debrief.usecases.draft_versions import text_of
from debrief.usecases.notes import Edit, Kept, Slot, save_draft, settle_draft, text_aside
from ui.kit import session
from ui.kit.filled import fill, look_again, put_right
from ui.kit.notices import refusals_shown
from ui.kit.typed_on import is_typed_on
from ui.kit.uninterrupted import uninterrupted

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
    def text(self) -> Text:
        """What the fields hold."""
        subject = str(st.session_state.get(self.subject_key) or "") if self.slot.channel is Channel.EMAIL else ""
        return Text(subject, str(st.session_state.get(self.body_key) or ""))

    @property
    def _base_key(self) -> str:
        return f"base-{self.name}"

    @property
    def _shown_key(self) -> str:
        return f"shown-{self.name}"

    def draw(self, composed: Text, kept: Kept) -> None:
        """The fields, and the texts of other tabs where they wrote something else meanwhile."""
        if kept.draft is not None and kept.rivals:
            self._draw_conflict(kept.draft, kept.rivals)
        look_again(self.subject_key, self.body_key)
        value = text_of(kept.draft) if kept.draft else composed
        if self._base_key in st.session_state:
            self._take_over(value, kept.draft)
            self._draw_fields(Text("", ""))
        else:
            self._draw_first(value, kept.draft)

    def save(self) -> None:
        """Keeps the note as it stands; the `on_change` of its fields."""
        with refusals_shown():
            if put_right(self.subject_key, self.body_key) and self.text == st.session_state[self._shown_key]:
                return
            self._keep(self.text, replaces=False)

    def replace(self, text: Text) -> None:
        """Puts another text in place of this one, which becomes a version; a callback."""
        with refusals_shown():
            put_right(self.subject_key, self.body_key)
            if st.session_state.get(self._base_key) is None:
                self._keep(self.text, replaces=False)
            self._put(text)
            self._keep(text, replaces=True)

    def kept(self) -> Message:
        """The note as it stands, in the record. Raises Refused where it cannot be kept."""
        put_right(self.subject_key, self.body_key)
        return self._keep(self.text, replaces=False)

    def forget(self) -> None:
        """Forgets what this tab knows of the note, once it is sent."""
        for key in (self._base_key, self._shown_key):
            st.session_state.pop(key, None)

    def _draw_first(self, value: Text, draft: Message | None) -> None:
        """The fields in a new session: filled from the record, unless the browser sent a text along.

        It does so when the server was started again under an open page: what was
        typed before this session had run once is kept, not overwritten.
        """
        self._draw_fields(value)
        if self._sent_along(value, draft):
            st.rerun()

    @uninterrupted()
    def _sent_along(self, value: Text, draft: Message | None) -> bool:
        """Whether the fields hold anything but what they were filled with; it is kept then."""
        held = self.text
        began_so = is_typed_on(held.subject, value.subject) and is_typed_on(held.body, value.body)
        st.session_state[self._base_key] = text_of(draft) if draft and began_so else None
        st.session_state[self._shown_key] = value
        if held != value:
            self.save()
        return held != value

    @uninterrupted()
    def _take_over(self, value: Text, draft: Message | None) -> None:
        """Fills the fields from the record: when they come back, and when it changed while this tab wrote nothing.

        What this tab wrote and the record set aside is what its fields go on with.
        """
        missing = self.body_key not in st.session_state
        aside = text_aside(draft, session.tab()) if draft else None
        if missing and aside is not None:
            self._put(aside)
            return
        untouched = self.text == st.session_state.get(self._shown_key)
        if missing or (untouched and self.text != value):
            self._put(value)
            st.session_state[self._base_key] = text_of(draft) if draft else None
            st.session_state[self._shown_key] = value

    def _draw_fields(self, first: Text) -> None:
        if self.slot.channel is Channel.EMAIL:
            st.text_input("Subject", first.subject, key=self.subject_key, on_change=self.save)
        height = 380 if self.slot.channel is Channel.EMAIL else 180
        st.text_area("The note", first.body, key=self.body_key, on_change=self.save, height=height)

    def _put(self, text: Text) -> None:
        fill(self.subject_key, text.subject)
        fill(self.body_key, text.body)

    def _keep(self, text: Text, *, replaces: bool) -> Message:
        edit = Edit(st.session_state.get(self._base_key), session.tab(), replaces)
        saved = save_draft(session.actor(), session.store(), session.now(), self.slot, text=text, edit=edit)
        if text_of(saved) == text:
            st.session_state[self._base_key] = text
            st.session_state[self._shown_key] = text
        return saved

    def _draw_conflict(self, draft: Message, rivals: tuple[Text, ...]) -> None:
        with st.container(border=True):
            st.warning(
                "Two tabs wrote different texts here. All are kept until you choose, and the others after that "
                "as earlier versions.",
                icon=":material/call_split:",
            )
            for number, version in enumerate((text_of(draft), *rivals), start=1):
                st.markdown(f"**Version {number}**")
                st.text("\n\n".join(filter(None, (version.subject, version.body))))
                st.button(
                    f"Keep version {number}",
                    key=f"keep-{number}-{self.name}",
                    on_click=self._settle,
                    args=(draft, version),
                )

    def _settle(self, seen: Message, text: Text) -> None:
        with refusals_shown():
            settled = settle_draft(session.actor(), session.store(), session.now(), self.slot, seen=seen, text=text)
            self._put(text)
            st.session_state[self._base_key] = text_of(settled)
            st.session_state[self._shown_key] = text
