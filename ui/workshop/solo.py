"""The workshop on one's own machine: the activities alone, their papers, and how to hold it with a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from debrief.domain.room import RoomAnswer
from debrief.domain.scenarios import Activity, LetterExercise, LookBack
from debrief.domain.wording import counted
from debrief.exchange.workshop import plan_of
from ui.kit import session
from ui.kit.plain import plain
from ui.workshop.activity import ActivityView
from ui.workshop.papers import draw_papers

COMMAND = "streamlit run app.py --server.address 0.0.0.0 -- --workshop"
_ANSWERS, _DRAFTS, _CHOSEN = "solo.answers", "solo.drafts", "solo.activity"


@dataclass(frozen=True, slots=True)
class ThisTab:
    """A place that is kept as long as this tab is open, and nowhere else."""

    def answer_to(self, activity_id: str) -> RoomAnswer | None:
        """What was answered in this tab."""
        return st.session_state.setdefault(_ANSWERS, {}).get(activity_id)

    def give(self, activity: Activity, answer: RoomAnswer) -> None:
        """Keeps an answer."""
        st.session_state.setdefault(_ANSWERS, {})[activity.id] = answer

    def draft(self, name: str) -> str | None:
        """What was written in this tab."""
        return st.session_state.setdefault(_DRAFTS, {}).get(name)

    def keep(self, name: str, text: str) -> None:
        """Keeps what was written."""
        st.session_state.setdefault(_DRAFTS, {})[name] = text


def draw_solo() -> None:
    """One activity, chosen from all."""
    workshops = session.content().workshops
    st.write("What would you do? Invented people, real dilemmas, and what the guides make of each choice.")
    place = ThisTab()
    names = max((programme.activities for programme in workshops.programmes), key=len)
    chosen = st.selectbox(
        "Situation",
        names,
        format_func=lambda name: _named(workshops.activities[name]),
        key=_CHOSEN,
    )
    activity = workshops.activities[chosen]
    with st.container(border=True):
        st.subheader(plain(activity.title), anchor=False)
        ActivityView(activity, place).draw()
    done = sum(place.answer_to(name) is not None for name in names)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Next situation", icon=":material/arrow_forward:", on_click=_next, args=(names,))
        if place.answer_to(chosen) is not None:
            st.button("Decide again", icon=":material/replay:", type="tertiary", on_click=_again, args=(chosen,))
        st.caption(f"{done} of {len(names)} done. Nothing of it is kept once you close this tab.")


def draw_hold_one() -> None:
    """How to hold a workshop with a group, and its papers."""
    workshops = session.content().workshops
    st.write(
        "The same situations in a room of up to 100 people, each on their own device, without accounts: you open the "
        "steps, the room's answers appear without names, and nothing is kept. Stop Debrief, then start it so:"
    )
    st.code(COMMAND, language=None, wrap_lines=True)
    st.caption("The terminal then shows the address, a QR code, the room's code and your secret as facilitator.")
    programme = st.selectbox(
        "Programme",
        workshops.programmes,
        format_func=lambda one: f"{one.title} · {counted(workshops.minutes(one), 'minute')}",
        key="solo.programme",
    )
    st.caption(plain(programme.about))
    draw_papers(plan_of(workshops, programme.id))


def _named(activity: Activity) -> str:
    kind = "letter" if isinstance(activity, LetterExercise) else "look back" if isinstance(activity, LookBack) else ""
    return f"{activity.title} ({kind})" if kind else activity.title


def _next(names: Sequence[str]) -> None:
    st.session_state[_CHOSEN] = names[(names.index(st.session_state[_CHOSEN]) + 1) % len(names)]


def _again(activity_id: str) -> None:
    st.session_state[_ANSWERS].pop(activity_id, None)
    for key in [str(key) for key in st.session_state if str(key).startswith(f"workshop.{activity_id}.")]:
        del st.session_state[key]
