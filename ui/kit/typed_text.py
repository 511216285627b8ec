"""One text of the record in a field: saved as it is typed, never overwritten by another tab or by a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from debrief.usecases.two_tabs import Typed
from ui.kit import session
from ui.kit.filled import fill, look_again, put_right
from ui.kit.notices import refusals_shown
from ui.kit.typed_on import is_typed_on
from ui.kit.uninterrupted import uninterrupted

Save = Callable[[Typed], str]
"""Keeps a text, or sets it aside where another tab wrote something else; gives back what the record holds then."""
Settle = Callable[[str], object]
"""Keeps the text that the user chose; raises Conflict where there are others by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """The field of one text."""

    key: str
    recorded: str
    """What the record holds."""
    rivals: tuple[str, ...]
    """What other tabs wrote: in the record, too, until the user has chosen."""
    save: Save
    settle: Settle

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
        if self.rivals:
            self._draw_conflict(joinable=long)

    @property
    def _base_key(self) -> str:
        return f"base.{self.key}"

    @property
    def _aside_key(self) -> str:
        """Where session state holds what this tab wrote and the record set aside."""
        return f"aside.{self.key}"

    @property
    def _held(self) -> str:
        return str(st.session_state.get(self.key) or "")

    @uninterrupted()
    def _take_over(self) -> None:
        """Fills the field from the record: after a change of page, and when this tab wrote nothing new.

        What this tab wrote and another one's stands against is nothing new once the user has chosen; until then it is
        what the field goes on with.
        """
        aside = st.session_state.get(self._aside_key)
        if aside in self.rivals:
            if self.key not in st.session_state:
                fill(self.key, aside)
        elif self.key not in st.session_state or self._held in (st.session_state[self._base_key], aside):
            self._fill(self.recorded)

    @uninterrupted()
    def _sent_along(self) -> bool:
        """Whether the browser sent another text along, as it does when the server was started again under an open
        page; it is kept then, or set aside where it is not what the record holds and more."""
        grown = is_typed_on(self._held, self.recorded)
        st.session_state[self._base_key] = self.recorded if grown else ""
        if self._held == self.recorded:
            return False
        if self._held:
            self._keep()
        return True

    def _fill(self, text: str) -> None:
        st.session_state[self._base_key] = text
        st.session_state[self._aside_key] = None
        fill(self.key, text)

    @uninterrupted()
    def _keep(self) -> None:
        if put_right(self.key):
            return
        with refusals_shown():
            held = self._held
            kept = self.save(Typed(held, st.session_state[self._base_key], session.tab()))
            if kept == held:
                st.session_state[self._base_key] = held
            st.session_state[self._aside_key] = None if kept == held else held

    def _draw_conflict(self, *, joinable: bool) -> None:
        versions = (self.recorded, *self.rivals)
        with st.container(border=True):
            st.warning(
                "Two tabs wrote different texts here. All are kept until you choose.", icon=":material/call_split:"
            )
            for number, version in enumerate(versions, start=1):
                st.markdown(f"**Version {number}**")
                st.text(version or "(empty)")
                self._settle_button(f"Keep version {number}", version)
            if joinable:
                self._settle_button("Keep them all, one below the other", "\n\n".join(filter(None, versions)))

    def _settle_button(self, label: str, text: str) -> None:
        st.button(label, key=f"{label}.{self.key}", on_click=self._settle, args=(text,))

    @uninterrupted()
    def _settle(self, text: str) -> None:
        with refusals_shown():
            self.settle(text)
            self._fill(text)
