"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

ItemT = TypeVar("ItemT")


def page_of(items: Sequence[ItemT], size: int, *, key: str) -> tuple[Sequence[ItemT], Callable[[], None]]:
    """The items of the page that is turned to, and what draws the pager below them (nothing for a single page)."""
    pages = -(-len(items) // size)
    state = f"page.{key}"
    if pages <= 1:
        return items, lambda: None
    chosen = min(int(st.session_state.get(state, 1)), pages)

    def draw() -> None:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.pagination(pages, key=state, width="stretch")  # sized by its content, it hides numbers

    return items[(chosen - 1) * size : chosen * size], draw
