"""The cards that several pages show: a step to take, with its window, its reason and its button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from debrief.domain.agenda import Due
from debrief.domain.facts import DecisionKind
from debrief.domain.timeline import StepState
from debrief.domain.wording import date_in_words, step_in_words, window_in_words
from ui.agenda.answers import decide_now
from ui.agenda.snooze import later_popover
from ui.kit import session
from ui.kit.navigation import go_to
from ui.kit.plain import plain
from ui.kit.sources import said_by
from ui.kit.status import Color
from ui.kit.steps import FACES, does

COLORS: Mapping[StepState, Color] = {
    StepState.UPCOMING: "gray",
    StepState.OPEN: "orange",
    StepState.LATE: "red",
    StepState.MISSED: "gray",
    StepState.DONE: "green",
    StepState.OFF: "gray",
}
ICONS = {
    StepState.UPCOMING: ":material/event_upcoming:",
    StepState.OPEN: ":material/schedule:",
    StepState.LATE: ":material/alarm:",
    StepState.MISSED: ":material/event_busy:",
    StepState.DONE: ":material/check:",
    StepState.OFF: ":material/block:",
}


def due_card(due: Due, *, primary: bool, after: Due | None = None) -> None:
    """One step with one button that does it, or goes exactly where it is done.

    `after` is the card above this one: a reason that stands there already is not given again.
    """
    now = session.now()
    with st.container(border=True, key=f"card.{_key(due)}"):
        words, button = st.columns([2.1, 1.9], vertical_alignment="center")
        with words:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{plain(due.course.application.employer)}**", width="content")
                st.badge(
                    state_words(due),
                    icon=ICONS[due.step.state],
                    color=COLORS[due.step.state],
                    help=window_in_words(due.step, now),
                )
            why = "" if after is not None and after.step.name is due.step.name else f"  \n{plain(reason(due))}"
            st.caption(f"{plain(due.round.interview.round)}{why}")
        with button, st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            act_button(due, primary=primary)
            later_popover(due, key=_key(due))


def act_button(due: Due, *, primary: bool, width: Literal["stretch", "content"] = "stretch") -> None:
    """The one button of a step."""
    face = FACES[due.step.name]
    key = f"act.{_key(due)}"
    kind = "primary" if primary else "secondary"
    if face.page is None:
        st.button(
            plain(does(due)),
            key=key,
            icon=face.icon,
            type=kind,
            width=width,
            wrap=True,
            on_click=decide_now,
            args=(due.round.interview, DecisionKind.LET_GO),
        )
    elif st.button(plain(does(due)), key=key, icon=face.icon, type=kind, width=width, wrap=True):
        go_to(
            face.page,
            interview=due.round.interview.id,
            kind=face.kind.value if face.kind else None,
            to=due.step.person_id,
        )


def _key(due: Due) -> str:
    return f"{due.round.interview.id}.{due.step.name}.{due.step.key[1]}"


def state_words(due: Due) -> str:
    """Where the step stands, in words; an offer says the date by which it wants its answer."""
    if due.answer_by is not None:
        today = session.now().astimezone(due.round.interview.zone).date()
        return f"answer by {date_in_words(due.answer_by, today)}"
    return step_in_words(due.step, session.now())


def reason(due: Due) -> str:
    """Why, and who says so, in one line; from the checklist's item for this step."""
    item = next((item for item in session.content().checklist.dos if item.step is due.step.name), None)
    if item is None:
        return ""
    return f"{item.why} ({said_by(source.key for source in item.sources)})"
