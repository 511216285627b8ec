"""The fields of the log page, read back as one entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

import streamlit as st

from debrief.domain.checks import known_zones
from debrief.domain.courses import Course, Round
from debrief.domain.facts import Focus, Format, Interview, Person, RoundState
from debrief.public_holidays import countries
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, change_interview, log_interview
from ui import session
from ui.kept_form import KeptForm, Value
from ui.moved import moves_noted
from ui.undo import remember_done

ROUNDS = [
    "Phone screen",
    "First interview",
    "Hiring manager interview",
    "Technical interview",
    "Panel",
    "Case study",
    "Assessment",
    "Final interview",
]
SOURCES = ["Job board", "Company site", "Referral", "Recruiter", "Career centre", "Fair or event", "Internal"]
SIZES = ["Up to 10", "11 to 50", "51 to 250", "251 to 1,000", "More than 1,000"]
STATES = {
    RoundState.HELD: "It happened",
    RoundState.SCHEDULED: "Still to come",
    RoundState.CANCELLED: "Cancelled",
    RoundState.NO_SHOW: "Nobody came",
}
FORMATS = {
    Format.VIDEO: "Video",
    Format.ON_SITE: "On site",
    Format.PHONE: "Phone",
    Format.WRITTEN: "Written",
}
FOCUSES = {
    Focus.CONVERSATION: "Conversation",
    Focus.TECHNICAL: "Technical",
    Focus.CASE: "Case",
    Focus.PRESENTATION: "Presentation",
    Focus.ASSESSMENT: "Assessment",
    Focus.GROUP: "Group",
}


def form_for(courses: tuple[Course, ...], *, interview_id: str | None, application_id: str | None) -> KeptForm:
    """The form of a new round, of another round of an application, or of a round that is to be changed."""
    for course in courses:
        one = course.round_of(interview_id) if interview_id else None
        if one is not None:
            return KeptForm(f"edit.{one.interview.id}", _known(course, one))
        if course.application.id == application_id:
            return KeptForm(f"next.{application_id}", _known_job(course))
    return KeptForm("log")


def draw_where(form: KeptForm, courses: tuple[Course, ...]) -> None:
    """Employer, role and round; what is known already is offered."""
    employers = sorted({course.application.employer for course in courses}, key=str.casefold)
    left, right = st.columns(2)
    employer = left.selectbox(
        "Employer",
        employers,
        key=form.field("employer", None),
        on_change=form.keep,
        accept_new_options=True,
        placeholder="Type or choose",
    )
    roles = [course.application.role for course in courses if course.application.employer == employer]
    right.selectbox(
        "Role",
        list(dict.fromkeys(roles)),
        key=form.field("role", None),
        on_change=form.keep,
        accept_new_options=True,
        placeholder="Type or choose",
    )
    left, right = st.columns(2)
    left.selectbox(
        "Round",
        ROUNDS,
        key=form.field("round", "First interview"),
        on_change=form.keep,
        accept_new_options=True,
        help="Choose a name or type your own. A second round with the same employer and role joins the first.",
    )
    right.selectbox(
        "Where did you find this job?",
        SOURCES,
        key=form.field("source", None),
        on_change=form.keep,
        accept_new_options=True,
        placeholder="Optional",
        help="Insights compare sources: where do your interviews lead somewhere?",
    )


def draw_job(form: KeptForm) -> None:
    """What else is known about the job; the country decides which public holidays count."""
    with st.expander("More about the job", icon=":material/work:"):
        left, right = st.columns(2)
        left.selectbox(
            "Country",
            sorted(countries()),
            key=form.field("country", None),
            on_change=form.keep,
            placeholder="Optional",
            help="Two-letter code. Its public holidays are no working days: check-ins wait for the next one.",
        )
        right.text_input("Sector", key=form.field("sector", ""), on_change=form.keep, placeholder="Optional")
        left, right = st.columns(2)
        left.text_input(
            "Kind of role", key=form.field("role_family", ""), on_change=form.keep, placeholder="For example: analyst"
        )
        right.selectbox(
            "Size of the employer",
            SIZES,
            key=form.field("employer_size", None),
            on_change=form.keep,
            placeholder="Optional",
        )


def draw_when(form: KeptForm) -> None:
    """What became of the round, and when it ended on the clock of its place."""
    now = session.local_now()
    st.segmented_control(
        "What became of it?",
        list(STATES),
        format_func=lambda state: STATES[RoundState(state)],
        key=form.field("state", RoundState.HELD),
        on_change=form.keep,
        required=True,
    )
    last_hour = (now - timedelta(minutes=now.minute % 15)).time().replace(second=0, microsecond=0)
    day, clock, zone = st.columns([2, 1.4, 2.6])
    day.date_input("Date", key=form.field("on", now.date()), on_change=form.keep)
    clock.time_input(_end_label(form), key=form.field("at", last_hour), on_change=form.keep, step=timedelta(minutes=5))
    zone.selectbox(
        "Time zone",
        known_zones(),
        key=form.field("timezone", session.browser_zone()),
        on_change=form.keep,
        help="The clock at the place of the interview. Guessed from your browser.",
    )
    left, right = st.columns(2)
    left.segmented_control(
        "How",
        list(FORMATS),
        format_func=lambda value: FORMATS[Format(value)],
        key=form.field("format", Format.VIDEO),
        on_change=form.keep,
        required=True,
    )
    right.selectbox(
        "Mostly",
        list(FOCUSES),
        format_func=lambda value: FOCUSES[Focus(value)],
        key=form.field("focus", Focus.CONVERSATION),
        on_change=form.keep,
        help="The questionnaire asks what fits.",
    )


def draw_promise(form: KeptForm) -> None:
    """The date that the employer named, and a note of one's own."""
    st.date_input(
        "When did they promise to answer?",
        key=form.field("reply_by", None),
        on_change=form.keep,
        help="The date they named, if any. Check-ins wait until it has passed.",
    )
    st.text_area(
        "Anything else to remember",
        key=form.field("notes", ""),
        on_change=form.keep,
        height=90,
        placeholder="For yourself only",
    )


def draw_people(form: KeptForm, courses: tuple[Course, ...]) -> None:
    """Who was there; each person is a small card of their own."""
    numbers = _numbers(form)
    for place, number in enumerate(numbers, start=1):
        with st.container(border=True):
            _draw_person(form, courses, number=number, place=place)
    st.button(
        "Add a person" if numbers else "Add who was there",
        icon=":material/person_add:",
        on_click=lambda: form.set("people", [*numbers, str(max([0, *map(int, numbers)]) + 1)]),
    )


def entry_of(form: KeptForm) -> InterviewEntry:
    """What was entered, as the use case takes it."""

    def text(field: str) -> str:
        return str(st.session_state.get(form.key(field)) or "")

    reply_by = st.session_state.get(form.key("reply_by"))
    on, at = st.session_state.get(form.key("on")), st.session_state.get(form.key("at"))
    now = session.local_now()
    return InterviewEntry(
        employer=text("employer"),
        role=text("role"),
        round=text("round"),
        on=on if isinstance(on, date) else now.date(),
        at=at if isinstance(at, time) else now.time(),
        timezone=text("timezone"),
        state=RoundState(text("state") or RoundState.HELD),
        format=Format(text("format") or Format.VIDEO),
        focus=Focus(text("focus") or Focus.CONVERSATION),
        reply_by=reply_by if isinstance(reply_by, date) else None,
        notes=text("notes"),
        source=text("source"),
        country=text("country") or None,
        sector=text("sector"),
        role_family=text("role_family"),
        employer_size=text("employer_size"),
        people=tuple(_person_of(form, number) for number in _numbers(form)),
    )


def keep_entry(form: KeptForm, courses: tuple[Course, ...], editing: str | None) -> Interview:
    """Logs the round, or changes the one that is edited, and empties the form. Raises what the use case refuses."""
    actor, store, now = session.actor(), session.store(), session.now()
    changed = next((one.interview for course in courses if editing and (one := course.round_of(editing))), None)
    entry = entry_of(form)
    if changed is None:
        interview = log_interview(actor, store, now, entry)
    else:
        with moves_noted(changed.application_id):
            interview = change_interview(actor, store, now, changed, entry)
    form.clear()
    remember_done()
    return interview


def _known_job(course: Course) -> dict[str, Value]:
    job = course.application
    return {
        "employer": job.employer,
        "role": job.role,
        "source": job.source or None,
        "country": job.country,
        "sector": job.sector,
        "role_family": job.role_family,
        "employer_size": job.employer_size or None,
    }


def _known(course: Course, one: Round) -> dict[str, Value]:
    """What a logged round says, field by field."""
    interview, local = one.interview, one.interview.ended_local
    known: dict[str, Value] = {
        **_known_job(course),
        "round": interview.round,
        "state": interview.state,
        "on": local.date(),
        "at": local.time().replace(second=0, microsecond=0),
        "timezone": interview.timezone,
        "format": interview.format,
        "focus": interview.focus,
        "reply_by": interview.reply_by,
        "notes": interview.notes,
        "people": [str(number) for number in range(1, len(one.met) + 1)],
    }
    for number, met in enumerate(one.met, start=1):
        known[f"name.{number}"] = met.person.name
        known[f"title.{number}"] = met.person.title
        known[f"email.{number}"] = met.person.email
        known[f"recruiter.{number}"] = met.person.recruiter
        known[f"topics.{number}"] = "\n".join(met.meeting.topics)
    return known


def _end_label(form: KeptForm) -> str:
    scheduled = st.session_state.get(form.key("state")) == RoundState.SCHEDULED
    return "Planned end" if scheduled else "Ended at"


def _numbers(form: KeptForm) -> list[str]:
    return list(st.session_state[form.field("people", [])])


def _draw_person(form: KeptForm, courses: tuple[Course, ...], *, number: str, place: int) -> None:
    known = {
        met.person.name: met.person
        for course in courses
        if course.application.employer == st.session_state.get(form.key("employer"))
        for one in course.rounds
        for met in one.met
    }
    name, title = st.columns(2)
    chosen = name.selectbox(
        f"Name of person {place}",
        list(known),
        key=form.field(f"name.{number}", None),
        on_change=_recall,
        args=(form, known, number),
        accept_new_options=True,
        placeholder="Type or choose",
    )
    title.text_input(
        "Their title",
        key=form.field(f"title.{number}", ""),
        on_change=form.keep,
        placeholder="Engineering manager",
    )
    email, recruiter = st.columns([2, 1], vertical_alignment="bottom")
    email.text_input(
        "Their e-mail",
        key=form.field(f"email.{number}", ""),
        on_change=form.keep,
        placeholder="Optional",
    )
    recruiter.toggle("Recruiter", key=form.field(f"recruiter.{number}", False), on_change=form.keep)
    st.text_area(
        "What did you talk about with them?",
        key=form.field(f"topics.{number}", ""),
        on_change=form.keep,
        height=90,
        placeholder="One topic a line: their move to a new warehouse system",
        help="The thank-you note is built on this: one concrete thing each.",
    )
    others = [other for other in _numbers(form) if other != number]
    st.button(
        f"Take {chosen or 'this person'} out",
        key=f"{form.name}.out.{number}",
        type="tertiary",
        icon=":material/person_remove:",
        on_click=lambda: form.set("people", list(others)),
    )


def _recall(form: KeptForm, known: Mapping[str, Person], number: str) -> None:
    """Fills in what is known about the person just named; what was typed already stays."""
    person = known.get(str(st.session_state.get(form.key(f"name.{number}")) or ""))
    if person is not None:
        for field, said in {"title": person.title, "email": person.email, "recruiter": person.recruiter}.items():
            key = form.key(f"{field}.{number}")
            st.session_state[key] = st.session_state.get(key) or said
    form.keep()


def _person_of(form: KeptForm, number: str) -> PersonEntry:
    def value(field: str) -> str:
        return str(st.session_state.get(form.key(f"{field}.{number}")) or "")

    return PersonEntry(
        name=value("name"),
        title=value("title"),
        email=value("email"),
        recruiter=bool(st.session_state.get(form.key(f"recruiter.{number}"))),
        topics=value("topics"),
    )
