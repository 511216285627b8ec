"""Fields that the program fills, told from what somebody typed into them.

A browser sends every field of the page with each request. One that sets out
before the browser has drawn what was put into a field brings what stood there
before, and Streamlit takes that for a change by the user. Until the browser has
brought the new value once, an older one is put right again, and not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from ui.kit.uninterrupted import uninterrupted


@dataclass(frozen=True, slots=True)
class _Filling:
    """What was put into a field, and what it held before, as long as the browser may still bring that."""

    value: object
    before: tuple[object, ...] = ()
    is_fresh: bool = True
    """Whether no run has begun since that could have brought it back from the browser."""


@uninterrupted()
def fill(key: str, value: object) -> None:
    """Puts a value into a field, in place of what it holds."""
    if key in st.session_state and (held := st.session_state[key]) != value:
        known = _filling(key)
        st.session_state[_key(key)] = _Filling(value, (*(known.before if known else ()), held))
    st.session_state[key] = value


@uninterrupted()
def put_right(*keys: str) -> bool:
    """Whether any of these fields was changed by a browser that had not drawn its filling yet; it gets that again.

    For what runs when a field changes, before it is kept.
    """
    late = False
    for key in keys:
        known = _filling(key)
        if known is None or (held := st.session_state.get(key)) == known.value:
            continue
        if held in known.before:
            late = True
            st.session_state[key] = known.value
            st.session_state[_key(key)] = replace(known, is_fresh=True)
        else:
            del st.session_state[_key(key)]  # somebody types there
    return late


@uninterrupted()
def look_again(*keys: str) -> None:
    """Forgets what stood in these fields before, once the browser has brought their filling; for each drawing."""
    for key in keys:
        known = _filling(key)
        if known is None:
            continue
        if known.is_fresh:
            st.session_state[_key(key)] = replace(known, is_fresh=False)
        elif st.session_state.get(key) == known.value:
            del st.session_state[_key(key)]


def _filling(key: str) -> _Filling | None:
    return st.session_state.get(_key(key))


def _key(key: str) -> str:
    return f"filled.{key}"
