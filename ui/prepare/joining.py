"""Lessons that say nearly the same: joining them is offered, never done by itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.domain.facts import Lesson
from debrief.usecases.lessons import join_lessons, keep_apart
from debrief.usecases.recurring import Recurrence
from ui.kit import session
from ui.kit.notices import doing, refusals_shown
from ui.kit.plain import plain

AT_ONCE = 3
"""Offers on screen; the next come up as these are settled."""


def draw_joins(pairs: Sequence[Recurrence]) -> None:
    """Each pair with the choice of its words, or of leaving both as they are."""
    for pair in pairs[:AT_ONCE]:
        with st.container(border=True):
            st.markdown(":material/join_inner: **These two sound alike.** Are they one lesson that came back?")
            for kept, gone in ((pair.first, pair.again), (pair.again, pair.first)):
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(f"“{plain(kept.text)}”", width="stretch")
                    st.button(
                        "Join, in these words",
                        key=f"join.{pair.key}.{kept.id}",
                        icon=":material/join_inner:",
                        on_click=_join,
                        args=(kept, gone),
                    )
            st.button("They are two", key=f"apart.{pair.key}", type="tertiary", on_click=_keep_apart, args=(pair,))


def _join(kept: Lesson, gone: Lesson) -> None:
    doing(lambda: join_lessons(session.actor(), session.store(), session.now(), kept, gone))


def _keep_apart(pair: Recurrence) -> None:
    with refusals_shown():
        keep_apart(session.actor(), session.store(), session.now(), pair)
