"""A form whose fields are kept in the record as they are filled in, until it is sent off or cleared.

A page switch, a reload or a restart brings back what was entered: nothing
waits for a button to be safe.

What the record says of a field is remembered beside what is entered over it.
A field that nobody changed here follows the record; one that was changed both
here and there is contested, until somebody chooses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any, cast

import streamlit as st

from debrief.domain.facts import Answer
from debrief.usecases.settings import keep_setting
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.uninterrupted import uninterrupted

Value = str | bool | int | date | time | list[str] | None

_OVER = "over"
"""Where the setting keeps what was entered over, beside the fields."""


class KeptForm:
    """The fields of one form by name; their widgets live in session state under `key(name)`."""

    def __init__(self, name: str, known: Mapping[str, Value] | None = None) -> None:
        """A form of this name; `known` is what its fields say before anything is entered."""
        self.name = name
        self._known = dict(known or {})
        self._setting = f"form.{name}"
        self._fields_key = f"{name}:fields"
        self._kept_key = f"{name}:kept"
        self._over_key = f"{name}:over"
        if self._kept_key not in st.session_state:
            with session.reading() as unit:
                kept = dict(cast("dict[str, Any]", unit.setting(self._setting, {})))
            st.session_state[self._over_key] = {field: _decoded(said) for field, said in kept.pop(_OVER, {}).items()}
            st.session_state[self._kept_key] = kept
        for field in self._known:
            self._follow(field)

    @property
    def was_kept(self) -> bool:
        """Whether the form was found with something in it."""
        return bool(st.session_state[self._kept_key])

    @property
    def contested(self) -> Sequence[str]:
        """The fields that were changed here, while the record came to say something else."""
        return [field for field, known in self._known.items() if self._over[field] != known]

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
            over: dict[str, Answer] = {field: _encoded(said) for field, said in self._over.items()}
            kept: dict[str, Answer] = {**values, _OVER: over} if over else values
            keep_setting(session.actor(), session.store(), session.now(), self._setting, kept)
            st.session_state[self._kept_key] = values

    @uninterrupted()
    def set(self, field: str, value: Value) -> None:
        """Changes a field from a callback, and keeps it."""
        self.field(field, value)
        st.session_state[self.key(field)] = value
        self.keep()

    @uninterrupted()
    def settle(self, mine: bool) -> None:
        """Chooses what was entered, or what the record says by now, wherever the two are at odds; a callback."""
        for field in self.contested:
            self._over[field] = self._known[field]
            if not mine:
                st.session_state[self.key(field)] = self._known[field]
        self.keep()

    @uninterrupted()
    def clear(self) -> None:
        """Empties the form, for good."""
        keep_setting(session.actor(), session.store(), session.now(), self._setting, {})
        for field in st.session_state.pop(self._fields_key, {}):
            st.session_state.pop(self.key(field), None)
        st.session_state.pop(self._kept_key, None)
        st.session_state.pop(self._over_key, None)

    @property
    def _over(self) -> dict[str, Value]:
        """What the record said of each field when it was entered over, or last followed."""
        over: dict[str, Value] = st.session_state.setdefault(self._over_key, {})
        return over

    def _follow(self, field: str) -> None:
        """Takes over what the record says by now, unless it was changed here; a list, with what was changed here."""
        known, was = self._known[field], self._over.setdefault(field, self._known[field])
        held = self._held(field)
        if known == was:
            return
        if isinstance(known, list) and isinstance(was, list) and isinstance(held, list):
            if any(self._is_written_in(card) for card in was if card in held and card not in known):
                return
            followed: Value = _merged(held, was, known)
        elif held in (was, known):
            followed = known
        else:
            return
        self._over[field] = known
        if followed != held:
            st.session_state[self.key(field)] = followed
            if field in st.session_state[self._kept_key]:
                st.session_state[self._kept_key][field] = _encoded(followed)

    def _held(self, field: str) -> Value:
        """What the field says, on the screen or kept; what the record said where nothing was entered."""
        kept: dict[str, object] = st.session_state[self._kept_key]
        return st.session_state.get(self.key(field), _decoded(kept[field]) if field in kept else self._over[field])

    def _is_written_in(self, card: str) -> bool:
        """Whether anything was changed in a card: in a field that ends with its name."""
        return any(self._held(field) != was for field, was in self._over.items() if field.endswith(f".{card}"))


def _merged(held: list[str], was: list[str], known: list[str]) -> list[str]:
    """A list with what was added here and there, without what was taken out here or there."""
    return [one for one in known if one in held or one not in was] + [
        one for one in held if one not in was and one not in known
    ]


def _encoded(value: Value) -> Answer:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, list):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value


def _decoded(kept: object) -> Value:
    """What the field held; None where nobody can read it any more."""
    try:
        match kept:
            case {"date": str(day)}:
                return date.fromisoformat(day)
            case {"time": str(hour)}:
                return time.fromisoformat(hour)
            case str() | bool() | int() | list():
                return kept
            case _:
                return None
    except ValueError:
        return None
