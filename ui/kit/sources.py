"""Who says so, in as few words as tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import streamlit as st

from debrief.domain.advice import HOUSE, GuidesDiffer, Source
from debrief.domain.wording import in_words
from ui.kit import session
from ui.kit.plain import plain


class Sourced(Protocol):
    """Anything that the coach says and that rests on the guides."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Who says so."""
        ...

    @property
    def differs(self) -> tuple[GuidesDiffer, ...]:
        """Where the guides differ on it."""
        ...


def said_by(keys: Iterable[str]) -> str:
    """The sources by their short names; "all five guides" where none is missing."""
    sources = session.content().guides.sources
    named = {key for key in keys if key in sources}
    guides = [key for key in sources if key != HOUSE]
    if named.issuperset(guides):
        return f"all {_NUMBERS.get(len(guides), str(len(guides)))} guides"
    return in_words([source.short for key, source in sources.items() if key in named])


def draw_reasons(said: Sourced) -> None:
    """Who says so, and where the guides differ."""
    st.caption(f"Says who: {plain(said_by(source.key for source in said.sources))}")
    for note in said.differs:
        with st.container(border=True):
            st.markdown(f":material/balance: **Guides differ:** {plain(note.about)}")
            for view in note.views:
                st.markdown(f"- **{plain(said_by(view.sources))}:** {plain(view.says)}")


_NUMBERS = {3: "three", 4: "four", 5: "five", 6: "six"}
