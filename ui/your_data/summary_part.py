"""The summary on Your data: about what, for whom, what goes in, a preview, and the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from debrief.domain.facts import RoundState
from debrief.domain.wording import told_apart
from debrief.errors import Refused
from debrief.exchange.document import Section
from debrief.exchange.summary import Audience, OneApplication, OneInterview, Scope, SummaryOptions, sections_for
from debrief.usecases.summaries import SummaryRequest, summary, summary_sections
from ui.kit import session
from ui.kit.chooser import choose_round
from ui.kit.directory import directory, narrowed_by_search
from ui.kit.plain import plain, plain_error
from ui.your_data.document_files import download_document, preview
from ui.your_data.periods import choose_period

AUDIENCES = {Audience.MENTOR: "A mentor", Audience.JOB_CENTRE: "A job centre", Audience.MYSELF: "Myself"}

PAST = (RoundState.HELD, RoundState.NO_SHOW, RoundState.CANCELLED)


def draw_summary() -> None:
    """A document to hand over, with everything that goes into it in your hands."""
    st.write("A document for a mentor, a job centre or yourself. What is private stays out unless you put it in.")
    scope = _choose_scope()
    actor, store, now, content = session.actor(), session.store(), session.local_now(), session.content()
    try:
        offered = summary_sections(actor, store, now, scope, content)
    except Refused as refusal:
        st.info(plain_error(refusal), icon=":material/event_busy:")
        return
    request = _choose_contents(scope, offered)
    if request.options.sections == frozenset():
        st.info("Nothing is chosen yet. Pick at least one section.", icon=":material/checklist:")
        return
    shown = summary(actor, store, now, replace(request, figures=False), content)
    make = (lambda: summary(actor, store, now, request, content)) if request.figures else None
    download_document(shown, make)
    if request.figures:
        st.caption("The charts are drawn when you download; the preview shows the rest.")
    preview(shown)


def _choose_scope() -> Scope:
    kinds: dict[str, Callable[[], Scope]] = {
        "One interview": _choose_interview,
        "An application": _choose_application,
        "A period": choose_period,
    }
    names = list(kinds)
    chosen = st.segmented_control("About", names, default=names[0], required=True, key="summary.about")
    return kinds[chosen or names[0]]()


def _choose_interview() -> Scope:
    _, one = choose_round(states=PAST)
    return OneInterview(one.interview.id)


def _choose_application() -> Scope:
    known = [one for one in directory().applications if one.ended_at is not None]
    names = told_apart({one.id: one.name for one in narrowed_by_search(known, key="summary.search")})
    return OneApplication(st.selectbox("Application", list(names), format_func=names.__getitem__))


def _choose_contents(scope: Scope, offered: tuple[Section, ...]) -> SummaryRequest:
    """For whom, and what goes in: the audience decides at first, every section can be put in or left out."""
    audiences = list(AUDIENCES)
    audience = st.segmented_control(
        "For", audiences, default=audiences[0], required=True, format_func=AUDIENCES.__getitem__, key="summary.for"
    )
    first_choice = sections_for(audience or audiences[0], offered)
    titles = {section.id: section.title for section in offered}
    private = {section.id for section in offered if section.private}
    chosen = st.pills(
        "What goes in",
        list(titles),
        selection_mode="multi",
        default=[id_ for id_ in titles if id_ in first_choice],
        format_func=lambda id_: f"{':material/lock: ' if id_ in private else ''}{plain(titles[id_])}",
        help="A lock marks what is private.",
        key=f"sections.{scope}.{audience}",
    )
    with st.container(horizontal=True):
        roles = st.toggle("Roles in place of names", help="“Interviewer 1” instead of the name, in what you typed too.")
        figures = not isinstance(scope, OneInterview) and st.toggle(
            "Charts", help="Where applications go, how long employers take, hard questions and habits."
        )
    return SummaryRequest(scope, SummaryOptions(frozenset(chosen), roles), figures)
