"""The part of Your data that hands over: the summary of an interview, and everything in one file."""

from __future__ import annotations

import streamlit as st

from debrief.domain.facts import Interview, RoundState
from debrief.exchange.markdown import as_markdown
from debrief.exchange.summary import SummaryOptions
from debrief.usecases.lossless import export_all
from debrief.usecases.summaries import SummaryForm, SummaryRequest, interview_summary, sections_to_choose, summary_file
from ui import session
from ui.chooser import choose_round
from ui.plain import plain

FORMS = {SummaryForm.WORD: "Word", SummaryForm.MARKDOWN: "Markdown", SummaryForm.HTML: "Web page"}


def draw_exports() -> None:
    """What can be handed over or taken along."""
    if has_interviews():
        draw_summary()
    st.subheader("Everything", anchor=False)
    draw_copy()


def draw_summary() -> None:
    """The summary of one interview: what goes in, a preview, and the file."""
    st.write("Two pages for a mentor, a job centre or yourself. What is private stays out unless you put it in.")
    _, one = choose_round(states=tuple(RoundState))
    actor, store, now = session.actor(), session.store(), session.now()
    questionnaire = session.content().questionnaire
    sections = sections_to_choose(actor, store, now, one.interview.id, questionnaire)
    titles = {section.id: section.title for section in sections}
    private = {section.id for section in sections if section.private}
    chosen = st.pills(
        "What goes in",
        list(titles),
        selection_mode="multi",
        default=[id_ for id_ in titles if id_ not in private],
        format_func=lambda id_: f"{':material/lock: ' if id_ in private else ''}{plain(titles[id_])}",
        key=f"sections.{one.interview.id}",
    )
    roles = st.toggle("Roles in place of names", help="“Interviewer 1” instead of the name, in what you typed too.")
    options = SummaryOptions(sections=frozenset(chosen), roles_for_names=roles)
    request = SummaryRequest(one.interview.id, questionnaire, options)
    with st.container(horizontal=True):
        for form, name in FORMS.items():
            made = summary_file(actor, store, now, request, form)
            st.download_button(
                f"Download as {name}",
                made.content,
                file_name=made.name,
                mime=made.mime_type,
                icon=":material/download:",
                on_click="ignore",
                type="primary" if form is SummaryForm.WORD else "secondary",
            )
    with st.expander("Preview", expanded=True):
        st.markdown(as_markdown(interview_summary(actor, store, now, request)))


def draw_copy() -> None:
    """Everything in one file."""
    st.write(
        "Everything you entered in one file that Debrief, and other programs, can read again. Nothing is left out."
    )
    st.download_button(
        "Download everything (JSON)",
        lambda: export_all(session.actor(), session.store(), session.now()),
        file_name="debrief.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )


def has_interviews() -> bool:
    """Whether there is anything to hand over."""
    with session.reading() as unit:
        return bool(unit.find(Interview))
