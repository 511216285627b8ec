"""What students share with an advisor: whose, the interview read-only, and comments beside its answers."""

from __future__ import annotations

import streamlit as st

from debrief.domain.centre import Share
from debrief.domain.wording import date_in_words, told_apart
from debrief.usecases.centre.sharing import LONGEST_COMMENT, Received, comment, received, shared_interview
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.told import draw_told

_OPENED = "shared.opened"


def choose_shared() -> Received:
    """The shared interview that the page is about: the one in the address, else the newest. Stops where none is."""
    found = {one.share.interview_id: one for one in received(session.actor(), session.store(), session.now())}
    if not found:
        st.info("Nobody shares anything with you right now. What students share appears here.", icon=":material/inbox:")
        st.stop()
    asked_for = st.query_params.get("interview")
    if asked_for and asked_for not in found:
        st.warning("The interview in this address is not shared with you, or not any more.", icon=":material/link_off:")
    chosen = asked_for if asked_for in found else next(iter(found))
    names = told_apart({id_: _name(one) for id_, one in found.items()})
    ids = list(found)
    picked = st.selectbox(
        "Interview", ids, index=ids.index(chosen), format_func=names.__getitem__, key=f"shared.{chosen}"
    )
    if st.query_params.get("interview") != picked:
        st.query_params["interview"] = picked
    if picked != chosen:
        st.rerun()
    return found[picked]


def draw_shared(one: Received) -> None:
    """The interview, and a place for a comment below each answer."""
    opened = st.session_state.get(_OPENED) != one.share.interview_id
    told = shared_interview(
        session.actor(), session.store(), session.now(), one.share, session.content().questionnaire, opened=opened
    )
    st.session_state[_OPENED] = one.share.interview_id
    st.caption(f"{plain(one.student.name)} shares this with you and sees when you open it. You can read and comment.")
    draw_told(told, lambda key, question: _offer_comment(one.share, key, question))


def _offer_comment(share: Share, key: str, question: str) -> None:
    field = f"comment.{share.interview_id}.{key}"
    with st.popover("Comment", icon=":material/add_comment:", help=f"Comment on: {plain(question)}"):
        st.text_area(f"Your comment on: {plain(question)}", key=field, max_chars=LONGEST_COMMENT)
        st.button("Add comment", key=f"add.{field}", on_click=_comment, args=(share, key, field))


def _comment(share: Share, key: str, field: str) -> None:
    typed = str(st.session_state.get(field, ""))
    with refusals_shown():
        comment(session.actor(), session.store(), session.now(), share, key, text=typed)
        st.session_state[field] = ""


def _name(one: Received) -> str:
    today = session.now().astimezone(one.round.interview.zone).date()
    held = date_in_words(one.round.interview.ended_local.date(), today)
    return f"{one.student.name} · {one.course.application.employer} · {one.round.interview.round} · {held}"
