"""Which interview a page is about: the one in the address, else the one last looked at, else the latest held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from debrief.domain.courses import RoundInCourse
from debrief.domain.facts import Application, Interview, RoundState
from debrief.domain.wording import day_in_words, told_apart
from ui.kit import session
from ui.kit.directory import LISTED, directory, search_field
from ui.kit.navigation import LOG, go_to

_LAST = "last_interview"
_SEARCH = "interview.search"


def choose_round(*, states: Sequence[RoundState] = (RoundState.HELD,), waits: str = "") -> RoundInCourse:
    """The round that this page is about. Stops the page, with a way on, where there is none.

    `waits` says what will stand here once there is one.
    """
    with session.reading() as unit:
        latest = unit.latest(Interview, LISTED + 1, state=states)
    if not latest:
        _nothing_yet(waits)
    chosen = _chosen(latest[0], states)
    _remember(chosen.id)
    picked = _pick(chosen, latest, states)
    if picked != chosen.id:
        _remember(picked)
        st.rerun()
    with session.reading() as unit:
        course = unit.course(chosen.application_id)
    return next(one for one in course.placed if one.round.interview.id == chosen.id)


def _chosen(latest: Interview, states: Sequence[RoundState]) -> Interview:
    """The one in the address, else the one last looked at, else the latest."""
    asked_for, last = st.query_params.get("interview"), st.session_state.get(_LAST)
    with session.reading() as unit:
        known = {one.id: one for one in unit.find(Interview, id=[id_ for id_ in (asked_for, last) if id_])}
    known = {id_: one for id_, one in known.items() if one.state in states}
    if asked_for and asked_for not in known:
        st.warning(
            "The interview in this address is not in your record, or was not held. Here is your latest one.",
            icon=":material/link_off:",
        )
    return known.get(asked_for or "") or known.get(last or "") or latest


def _pick(chosen: Interview, latest: Sequence[Interview], states: Sequence[RoundState]) -> str:
    """The list to choose from: the latest, or what a search finds where there are more than a list can hold."""
    offered: Sequence[Interview] = latest
    place = st.container()
    if len(latest) > LISTED:
        place, beside = st.columns([2, 1])
        with beside:
            wanted = search_field("Find another one", key=_SEARCH)
            offered = _found(wanted, states) if wanted.strip() else latest[:LISTED]
            if not offered:
                st.caption("No interview matches.")
    if chosen not in offered:
        offered = sorted([chosen, *offered], key=lambda one: (one.ended_at, one.id), reverse=True)
    names = _names(offered)
    return place.selectbox(
        "Interview",
        list(names),
        index=list(names).index(chosen.id),
        format_func=names.__getitem__,
        key=f"interview.{chosen.id}",
    )


def _found(wanted: str, states: Sequence[RoundState]) -> Sequence[Interview]:
    """The latest rounds of the latest applications that a search finds."""
    ids = [one.id for one in directory().found(wanted)[:LISTED]]
    with session.reading() as unit:
        return unit.latest(Interview, LISTED, state=states, application_id=ids)


def _names(offered: Sequence[Interview]) -> Mapping[str, str]:
    with session.reading() as unit:
        applications = unit.find(Application, id={one.application_id for one in offered})
    employers = {one.id: one.employer for one in applications}
    return told_apart({one.id: _name(employers.get(one.application_id, ""), one) for one in offered})


def _remember(interview_id: str) -> None:
    st.session_state[_LAST] = interview_id
    if st.query_params.get("interview") != interview_id:
        st.query_params["interview"] = interview_id


def _name(employer: str, one: Interview) -> str:
    today = session.now().astimezone(one.zone).date()
    return f"{employer} · {one.round} · {day_in_words(one.ended_local.date(), today)}"


def _nothing_yet(waits: str) -> None:
    if waits:
        st.write(waits)
    st.info("There is no interview yet. Log one first; it takes two minutes.", icon=":material/edit_calendar:")
    if st.button("Log an interview", type="primary", icon=":material/edit_calendar:"):
        go_to(LOG)
    st.stop()
