"""A shared interview on screen: as its advisor reads it, and as its student sees that they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from debrief.domain.centre import Comment
from debrief.domain.wording import moment_in_words
from debrief.exchange.markdown import blocks_as_markdown
from debrief.usecases.centre.sharing import InterviewTold, comments_beside, remove_comment
from ui.kit import session
from ui.kit.mode import Mode, mode
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain

BesideAnswer = Callable[[str, str], None]
"""Draws what stands below one answer: its key ("" for the whole interview) and the question's words."""


def draw_told(told: InterviewTold, beside: BesideAnswer | None = None) -> None:
    """The interview read-only, comments beside the answers they are about."""
    application = told.course.application
    st.subheader(f"{plain(application.employer)} · {plain(told.round.interview.round)}", anchor=False)
    for section in told.sections:
        st.markdown(f"##### {plain(section.title)}")
        st.markdown(blocks_as_markdown(section.blocks))
    heading = ""
    for answer in told.answers:
        if answer.section != heading:
            heading = answer.section
            st.markdown(f"##### {plain(heading)}")
        with st.container(border=True, gap="small"):
            st.markdown(f"**{plain(answer.question)}**")
            st.markdown(blocks_as_markdown(answer.blocks))
            draw_comments(answer.comments)
            if beside is not None:
                beside(answer.key, answer.question)
    if not told.answers:
        st.caption("No reflection on it is shown.")
    if told.comments or beside is not None:
        st.markdown("##### On the whole interview")
        draw_comments(told.comments)
        if beside is not None:
            beside("", "the whole interview")


def comments_here(interview_id: str) -> Mapping[str, tuple[Comment, ...]]:
    """What advisors wrote beside one's own answers, by the answer's key; nothing elsewhere than on a server."""
    if mode() is not Mode.SERVER:
        return {}
    return comments_beside(session.actor(), session.store(), session.now(), interview_id)


def draw_comments(comments: Iterable[Comment]) -> None:
    """Comments, the oldest first; whoever wrote one or is meant by it can remove it."""
    me = session.actor().owner
    for written in comments:
        when = moment_in_words(written.at.astimezone(session.local_now().tzinfo), session.now())
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container():
                st.markdown(f":material/chat: **{plain(written.author_name)}**, {when}")
                st.markdown(plain(written.text).replace("\n", "  \n"))
            if me in (written.author, written.owner):
                st.button(
                    "Remove",
                    key=f"remove.{written.id}",
                    icon=":material/delete:",
                    type="tertiary",
                    help=f"Removes this comment by {plain(written.author_name)}",
                    on_click=_remove,
                    args=(written,),
                )


def _remove(written: Comment) -> None:
    with refusals_shown():
        remove_comment(session.actor(), session.store(), session.now(), written)
