"""The parts of the Applications page: the searchable list, and one application as a timeline."""

from __future__ import annotations

import streamlit as st

from debrief.domain.courses import Course, Round
from debrief.domain.directory import Directory
from debrief.domain.events import Event, EventKind, events_of
from debrief.domain.facts import Decision, Heard, Interview, Message, RoundState, Snooze
from debrief.domain.wording import NOTE_NAMES, counted, date_in_words, in_words, moment_in_words
from debrief.errors import NotFound
from debrief.usecases.answers import DECISION_SENTENCES, WORD_SENTENCES
from debrief.usecases.notes import take_back_sent
from debrief.usecases.record import remove_application, remove_entry, remove_interview
from ui.agenda.answers import answer_menu, decision_menu
from ui.agenda.snooze import snooze_told
from ui.applications.calendar_files import calendar_button
from ui.applications.history import draw_history
from ui.applications.mend import mend_dialog
from ui.kit import session
from ui.kit.directory import search_field
from ui.kit.navigation import APPLICATIONS, CHECKLIST, LOG, REFLECT, WRITE, go_to, link_to, open_here
from ui.kit.notices import doing
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.status import status_badge, status_name

ROWS_A_PAGE = 12
EVENT_ICONS = {
    EventKind.ROUND: ":material/groups:",
    EventKind.REFLECTED: ":material/psychology_alt:",
    EventKind.SENT: ":material/send:",
    EventKind.HEARD: ":material/mark_email_read:",
    EventKind.DECIDED: ":material/how_to_reg:",
    EventKind.PUT_OFF: ":material/snooze:",
}


def application_asked_for() -> Course | None:
    """The application in the address; None where it names none. One that is not in the record is told."""
    chosen = st.query_params.get("application")
    if not chosen:
        return None
    try:
        with session.reading() as unit:
            return unit.course(chosen)
    except NotFound:
        st.warning(
            "The application in this address is not in your record. Here are all that are.", icon=":material/link_off:"
        )
        return None


def draw_list(known: Directory) -> None:
    """All applications, with search and a filter by status; only those of the page turned to are read in full."""
    left, right = st.columns([1.2, 2])
    with left:
        wanted = search_field("Search", key="search")
    chosen = right.pills(
        "Status", known.statuses, selection_mode="multi", format_func=status_name, key="statuses", wrap=True
    )
    found = known.found(wanted, chosen)
    st.caption(f"{counted(len(found), 'application')} of {len(known.applications)}")
    if not found:
        st.info(
            "No application matches. Take a filter off, or search for something shorter.", icon=":material/search_off:"
        )
    shown, draw_pager = page_of(found, ROWS_A_PAGE, key="applications")
    with session.reading() as unit:
        courses = {course.application.id: course for course in unit.courses([one.id for one in shown])}
    for one in shown:
        if one.id in courses:  # else it was taken out in this very moment
            _row(courses[one.id])
    draw_pager()


def draw_one(course: Course) -> None:
    """One application: where it stands, what can be logged, and its story."""
    application = course.application
    open_here("All applications", key="all", icon=":material/arrow_back:")
    st.title(plain(application.employer))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(application.role)}**", width="content")
        status_badge(course.status)
        details = [part for part in (application.source, application.country, application.sector) if part]
        if details:
            st.caption(plain(" · ".join(details)), width="content")
    with st.container(horizontal=True):
        if course.latest is not None and course.latest.interview.state is RoundState.HELD:
            answer_menu(course.latest, key="heard")
            decision_menu(course.latest, key="decided")
        if st.button("Log another round", icon=":material/add:"):
            go_to(LOG, application=application.id)
        calendar_button(course)
        if st.button("Delete", icon=":material/delete:", type="tertiary"):
            doing(lambda: remove_application(session.actor(), session.store(), session.now(), application.id))
            go_to(APPLICATIONS)
    for one in reversed(course.rounds):
        _round(course, one)
    draw_history(application.id)


def _round(course: Course, one: Round) -> None:
    interview = one.interview
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(plain(interview.round), width="content", anchor=False)
            status_badge(one.status)
        if one.met:
            st.caption(plain("With " + in_words([met.person.name for met in one.met])))
        with st.container(horizontal=True, vertical_alignment="center"):
            if interview.state is RoundState.HELD:
                link_to(REFLECT, "Reflect", interview=interview.id)
                link_to(CHECKLIST, "Checklist", interview=interview.id)
                link_to(WRITE, "Write", interview=interview.id)
            link_to(LOG, "Edit", icon=":material/edit:", interview=interview.id)
            if st.button("Delete this round", key=f"out.{interview.id}", icon=":material/delete:", type="tertiary"):
                doing(lambda: remove_interview(session.actor(), session.store(), session.now(), interview.id))
                st.rerun()
        for event in events_of(course):
            if event.round is one:
                _event(course, event)


def _event(course: Course, event: Event) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        when = moment_in_words(event.at, session.now())
        st.markdown(f"{EVENT_ICONS[event.kind]} {plain(_told(course, event))}  \n:gray[{plain(when)}]", width="stretch")
        if isinstance(event.fact, Message | Heard | Decision):
            with st.container(horizontal=True, width="content", gap="small"):
                _event_tools(event)


def _event_tools(event: Event) -> None:
    """What can be done about an event: mend it, or take it out."""
    fact = event.fact
    if isinstance(fact, Heard) and st.button("Mend", key=f"mend.{fact.id}", type="tertiary", icon=":material/edit:"):
        mend_dialog(event.round, fact)
    if isinstance(fact, Message) and st.button(
        "It was not sent", key=f"unsent.{fact.id}", type="tertiary", icon=":material/undo:"
    ):
        doing(lambda: take_back_sent(session.actor(), session.store(), session.now(), fact))
        st.rerun()
    if isinstance(fact, Heard | Decision) and st.button(
        "Delete", key=f"out.{fact.id}", type="tertiary", icon=":material/delete:"
    ):
        doing(
            lambda: remove_entry(session.actor(), session.store(), session.now(), fact),
            moves_of=event.round.interview.application_id,
        )
        st.rerun()


def _told(course: Course, event: Event) -> str:
    """An event as a sentence."""
    employer = course.application.employer
    match event.fact:
        case Interview() as interview:
            told = {
                RoundState.HELD: "The interview ended",
                RoundState.SCHEDULED: "The interview is planned",
                RoundState.CANCELLED: "The round was cancelled",
                RoundState.NO_SHOW: "Nobody came",
            }[interview.state]
            return f"{told}. They promised an answer by {_day(interview)}" if interview.reply_by else told
        case Message() as message:
            met = event.round.met_by(message.person_id)
            return f"You sent the {NOTE_NAMES[message.kind]} to {met.person.name if met else 'the team'}"
        case Heard() as word:
            told = WORD_SENTENCES[word.what].format(employer=employer)
            named = f", naming {date_in_words(word.reply_by, session.now().date())}" if word.reply_by else ""
            return f"{told}{named}{': ' + word.note if word.note else ''}"
        case Decision() as decision:
            return DECISION_SENTENCES[decision.what].format(employer=employer)
        case Snooze() as snooze:
            met = event.round.met_by(snooze.person_id)
            return snooze_told(snooze, event.round.interview, met.person.name if met else None)
        case _:
            return "You finished the reflection"


def _day(interview: Interview) -> str:
    assert interview.reply_by is not None  # noqa: S101  asked only where one was promised
    return date_in_words(interview.reply_by, session.now().astimezone(interview.zone).date())


def _row(course: Course) -> None:
    application = course.application
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        open_here(
            f"**{plain(application.employer)}** · {plain(application.role)}",
            key=f"open.{application.id}",
            application=application.id,
        )
        if course.latest is None:
            st.caption("No round yet", width="stretch")
            return
        rounds = counted(len(course.rounds), "round")
        when = date_in_words(course.latest.interview.ended_local.date(), session.now().date())
        st.caption(f"{rounds}, last on {plain(when)}", width="stretch")
        status_badge(course.status)
