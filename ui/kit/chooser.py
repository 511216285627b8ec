"""Which interview a page is about: the one in the address, else the one last looked at, else the latest held."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.domain.courses import Course, Round
from debrief.domain.facts import RoundState
from debrief.domain.wording import date_in_words, told_apart
from ui.kit import session
from ui.kit.navigation import LOG, go_to

_LAST = "last_interview"


def choose_round(*, states: Sequence[RoundState] = (RoundState.HELD,)) -> tuple[Course, Round]:
    """The round that this page is about. Stops the page, with a way on, where there is none."""
    with session.reading() as unit:
        courses = unit.courses()
    found = {one.interview.id: (course, one) for course in courses for one in course.rounds}
    offered = sorted(
        (id_ for id_, (_, one) in found.items() if one.interview.state in states),
        key=lambda id_: found[id_][1].interview.ended_at,
        reverse=True,
    )
    if not offered:
        _nothing_yet()
    asked_for = st.query_params.get("interview")
    if asked_for and asked_for not in offered:
        st.warning(
            "The interview in this address is not in your record, or was not held. Here is your latest one.",
            icon=":material/link_off:",
        )
    chosen = next(id_ for id_ in (asked_for, st.session_state.get(_LAST), offered[0]) if id_ in offered)
    _remember(chosen)
    names = told_apart({id_: _name(*found[id_]) for id_ in offered})
    picked = st.selectbox(
        "Interview",
        offered,
        index=offered.index(chosen),
        format_func=names.__getitem__,
        key=f"interview.{chosen}",
    )
    if picked != chosen:
        _remember(picked)
        st.rerun()
    return found[chosen]


def _remember(interview_id: str) -> None:
    st.session_state[_LAST] = interview_id
    if st.query_params.get("interview") != interview_id:
        st.query_params["interview"] = interview_id


def _name(course: Course, one: Round) -> str:
    today = session.now().astimezone(one.interview.zone).date()
    when = date_in_words(one.interview.ended_local.date(), today)
    return f"{course.application.employer} · {one.interview.round} · {when}"


def _nothing_yet() -> None:
    st.info(
        "There is no interview to work on yet. Log one first; it takes two minutes.", icon=":material/edit_calendar:"
    )
    if st.button("Log an interview", type="primary"):
        go_to(LOG)
    st.stop()
