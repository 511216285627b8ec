"""One text of the record in a field: saved as it is typed, never overwritten by another tab or by a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from debrief.errors import Conflict
from ui.kit.filled import fill, look_again, put_right
from ui.kit.notices import refusals_shown
from ui.kit.typed_on import is_typed_on
from ui.kit.uninterrupted import uninterrupted

Save = Callable[[str, str], object]
"""Keeps a text, given the one that this tab had read before; raises Conflict where the record holds another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """The field of one text."""

    key: str
    recorded: str
    """What the record holds."""
    save: Save

    def draw(self, label: str, *, long: bool = True, help: str | None = None) -> None:  # noqa: A002  as Streamlit says
        """The field, and both texts where another tab wrote something else meanwhile."""
        first = self._base_key not in st.session_state
        if not first:
            look_again(self.key)
            self._take_over()
        text = self.recorded if first else ""
        if long:
            st.text_area(label, text, key=self.key, on_change=self._keep, help=help, height=110)
        else:
            st.text_input(label, text, key=self.key, on_change=self._keep, help=help)
        if first and self._sent_along():
            st.rerun()
        if self._is_contested():
            self._draw_conflict()

    @property
    def _base_key(self) -> str:
        return f"base.{self.key}"

    @property
    def _held(self) -> str:
        return str(st.session_state.get(self.key) or "")

    @uninterrupted()
    def _take_over(self) -> None:
        """Fills the field from the record: after a change of page, and when this tab wrote nothing new."""
        if self.key not in st.session_state or self._held == st.session_state[self._base_key]:
            self._fill(self.recorded)

    @uninterrupted()
    def _sent_along(self) -> bool:
        """Whether the browser sent a longer text along, as it does when the server was started again under an open
        page; it is kept then."""
        grown = is_typed_on(self._held, self.recorded)
        st.session_state[self._base_key] = self.recorded if grown else ""
        is_new = grown and self._held != self.recorded
        if is_new:
            self._keep()
        return is_new

    def _fill(self, text: str) -> None:
        st.session_state[self._base_key] = text
        fill(self.key, text)

    def _is_contested(self) -> bool:
        return self._held != self.recorded and st.session_state[self._base_key] != self.recorded

    @uninterrupted()
    def _keep(self) -> None:
        if put_right(self.key):
            return
        with refusals_shown():
            try:
                self.save(self._held, st.session_state[self._base_key])
            except Conflict:
                return  # both texts are on the next screen
            st.session_state[self._base_key] = self._held

    def _draw_conflict(self) -> None:
        with st.container(border=True):
            st.warning("Another tab changed this. Yours stands above, not kept yet.", icon=":material/call_split:")
            st.text(self.recorded)
            with st.container(horizontal=True):
                st.button("Keep mine", key=f"mine.{self.key}", on_click=self._settle, args=(True,))
                st.button("Take the other", key=f"theirs.{self.key}", on_click=self._settle, args=(False,))

    @uninterrupted()
    def _settle(self, mine: bool) -> None:
        if mine:
            st.session_state[self._base_key] = self.recorded
            self._keep()
        else:
            self._fill(self.recorded)
