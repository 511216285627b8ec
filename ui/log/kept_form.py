"""A form whose fields are kept in the record as they are filled in, until it is sent off or cleared.

A page switch, a reload or a restart brings back what was entered: nothing
waits for a button to be safe.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum

import streamlit as st

from debrief.domain.facts import Answer
from debrief.usecases.settings import keep_setting
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.uninterrupted import uninterrupted

Value = str | bool | int | date | time | list[str] | None


class KeptForm:
    """The fields of one form by name; their widgets live in session state under `key(name)`."""

    def __init__(self, name: str, known: Mapping[str, Value] | None = None) -> None:
        """A form of this name; `known` is what its fields say before anything is entered."""
        self.name = name
        self._known = dict(known or {})
        self._setting = f"form.{name}"
        self._fields_key = f"{name}:fields"
        self._kept_key = f"{name}:kept"
        if self._kept_key not in st.session_state:
            with session.reading() as unit:
                st.session_state[self._kept_key] = unit.setting(self._setting, {})

    @property
    def was_kept(self) -> bool:
        """Whether the form was found with something in it."""
        return bool(st.session_state[self._kept_key])

    def key(self, field: str) -> str:
        """Where session state holds the field."""
        return f"{self.name}.{field}"

    def known(self, field: str) -> Value:
        """What the field says before anything is entered."""
        return self._known.get(field)

    def field(self, field: str, default: Value) -> str:
        """The key for a field's widget, with what was kept, or the default, already in it."""
        key = self.key(field)
        st.session_state.setdefault(self._fields_key, {})[field] = None
        if key not in st.session_state:
            kept: dict[str, object] = st.session_state[self._kept_key]
            st.session_state[key] = _decoded(kept[field]) if field in kept else self._known.get(field, default)
        return key

    def keep(self) -> None:
        """Keeps every field as it stands: the `on_change` of each widget."""
        with refusals_shown():
            values: dict[str, Answer] = {
                field: _encoded(st.session_state[self.key(field)])
                for field in st.session_state.get(self._fields_key, {})
                if self.key(field) in st.session_state
            }
            keep_setting(session.actor(), session.store(), session.now(), self._setting, values)
            st.session_state[self._kept_key] = values

    @uninterrupted()
    def set(self, field: str, value: Value) -> None:
        """Changes a field from a callback, and keeps it."""
        self.field(field, value)
        st.session_state[self.key(field)] = value
        self.keep()

    @uninterrupted()
    def clear(self) -> None:
        """Empties the form, for good."""
        keep_setting(session.actor(), session.store(), session.now(), self._setting, {})
        for field in st.session_state.pop(self._fields_key, {}):
            st.session_state.pop(self.key(field), None)
        st.session_state.pop(self._kept_key, None)


def _encoded(value: Value) -> Answer:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, list):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value


def _decoded(kept: object) -> Value:
    if isinstance(kept, dict):
        return date.fromisoformat(kept["date"]) if "date" in kept else time.fromisoformat(kept["time"])
    return kept if isinstance(kept, str | bool | int | list) else None
