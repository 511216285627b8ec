"""Sharing with an advisor: what to share and with whom, what is shared now, and what they wrote beside it."""

from __future__ import annotations

import streamlit as st

from debrief.domain.centre import Member
from debrief.domain.courses import Round
from debrief.domain.wording import counted, date_in_words, moment_in_words
from debrief.usecases.centre.sharing import (
    Given,
    advisors,
    count_me,
    counted_in,
    given,
    own_interview,
    share,
    take_back,
)
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.told import draw_told

_COUNTED = "sharing.counted"


def draw_given() -> None:
    """Everything that is shared now, who looked at it, and a button each that ends it."""
    shares = given(session.actor(), session.store(), session.now())
    st.subheader("Shared now", anchor=False)
    if not shares:
        st.write("Nothing. Your record is yours alone until you share an interview here.")
    for one in shares:
        _draw_share(one)


def draw_offer(one: Round) -> None:
    """Sharing the chosen interview: with whom, with or without what is private, and how it will read."""
    st.subheader("Share this interview", anchor=False)
    choices = {member.owner: member for member in advisors(session.actor(), session.store(), session.now())}
    if not choices:
        st.info("No advisor has signed in at your centre yet: there is nobody to share with.", icon=":material/group:")
        return
    names = {owner: member.name for owner, member in choices.items()}
    chosen = st.selectbox("With", list(choices), format_func=names.__getitem__, key="sharing.with")
    private = st.toggle(
        "With my private notes and the notes I sent",
        key="sharing.private",
        help="Off: sections of the reflection that are marked private, your own notes and your letters stay hidden.",
    )
    st.button(
        f"Share with {plain(choices[chosen].name)}",
        type="primary",
        icon=":material/share:",
        on_click=_share,
        args=(one.interview.id, choices[chosen], private),
    )
    st.caption(
        "They read and comment; they change nothing. You see when they look, and take it back whenever you like."
    )


def draw_reading(one: Round) -> None:
    """How the interview reads for an advisor, with the comments that were written beside it."""
    shares = given(session.actor(), session.store(), session.now())
    private = any(held.share.with_private for held in shares if held.share.interview_id == one.interview.id)
    told = own_interview(
        session.actor(),
        session.store(),
        session.now(),
        one.interview.id,
        session.content().questionnaire,
        with_private=private or bool(st.session_state.get("sharing.private")),
    )
    comments = len(told.comments) + sum(len(answer.comments) for answer in told.answers)
    label = f"How it reads, with {counted(comments, 'comment')}" if comments else "How it reads"
    with st.expander(label, expanded=bool(comments), icon=":material/visibility:"):
        draw_told(told)


def draw_consent() -> None:
    """Being counted in the centre's figures, or not."""
    st.subheader("The centre's figures", anchor=False)
    st.session_state[_COUNTED] = counted_in(session.actor(), session.store(), session.now())
    st.toggle("Count my interviews", key=_COUNTED, on_change=_count_me)
    st.caption(
        "How long employers take to answer, by sector and round, over everybody who agrees. "
        "No figure is shown of fewer than five people, and nobody reads your record for it."
    )


def _draw_share(one: Given) -> None:
    zone = session.local_now().tzinfo
    today = session.local_now().date()
    held = date_in_words(one.round.interview.ended_local.date(), today)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="small"):
            st.markdown(f"**{plain(one.course.application.employer)}** · {plain(one.round.interview.round)} · {held}")
            private = ", private parts too" if one.share.with_private else ""
            since = moment_in_words(one.share.shared_at.astimezone(zone), session.now())
            st.caption(f"With {plain(one.advisor)} since {since}{private}")
            if one.views:
                last = moment_in_words(one.views[0].astimezone(zone), session.now())
                st.caption(f":material/visibility: Opened {counted(len(one.views), 'time')}, last {last}")
            else:
                st.caption(":material/visibility_off: Not opened yet")
        st.button(
            "Take back",
            key=f"take_back.{one.share.interview_id}.{one.share.advisor}",
            icon=":material/undo:",
            help=f"{plain(one.advisor)} can no longer read it, at once.",
            on_click=_take_back,
            args=(one,),
        )


def _share(interview_id: str, advisor: Member, private: bool) -> None:
    with refusals_shown():
        share(session.actor(), session.store(), session.now(), interview_id, advisor.owner, with_private=private)
        st.toast(f"Shared with {plain(advisor.name)}.", icon=":material/share:")


def _take_back(one: Given) -> None:
    with refusals_shown():
        take_back(session.actor(), session.store(), session.now(), one.share.interview_id, one.share.advisor)
        st.toast(f"{plain(one.advisor)} can no longer read it.", icon=":material/undo:")


def _count_me() -> None:
    with refusals_shown():
        count_me(session.actor(), session.store(), session.now(), in_figures=bool(st.session_state[_COUNTED]))
