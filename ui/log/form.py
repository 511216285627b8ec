"""The fields of the log page, read back as one entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from debrief.domain.checks import known_zones
from debrief.domain.facts import Focus, Format, RoundState
from debrief.public_holidays import countries
from debrief.usecases.log_interview import employers_of_late, roles_at
from ui.kit import session
from ui.log.kept_form import KeptForm

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


def draw_where(form: KeptForm) -> None:
    """Employer, role and round; what is known already is offered."""
    with session.reading() as unit:
        employers = employers_of_late(unit)
    left, middle, right = st.columns(3)
    employer = left.selectbox(
        "Employer",
        employers,
        key=form.field("employer", None),
        on_change=form.keep,
        accept_new_options=True,
        placeholder="Type or choose",
    )
    with session.reading() as unit:
        roles = roles_at(unit, employer or "")
    middle.selectbox(
        "Role",
        roles,
        key=form.field("role", None),
        on_change=form.keep,
        accept_new_options=True,
        placeholder="Type or choose",
    )
    right.selectbox(
        "Round",
        ROUNDS,
        key=form.field("round", "First interview"),
        on_change=form.keep,
        accept_new_options=True,
        help="Choose a name or type your own. A second round with the same employer and role joins the first.",
    )


def draw_job(form: KeptForm) -> None:
    """What else is known about the job; the country decides which public holidays count."""
    with st.expander("More about the job, if you like", icon=":material/work:"):
        st.selectbox(
            "Where did you find this job?",
            SOURCES,
            key=form.field("source", None),
            on_change=form.keep,
            accept_new_options=True,
            placeholder="Optional",
            help="Insights compare sources: where do your interviews lead somewhere?",
        )
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
        own_size = form.field("employer_size", None)
        right.selectbox(
            "Size of the employer",
            _with_own(SIZES, own_size),
            key=own_size,
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
    own_zone = form.field("timezone", session.browser_zone())
    zone.selectbox(
        "Time zone",
        _with_own(known_zones(), own_zone),
        key=own_zone,
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
        wrap=True,
    )
    right.selectbox(
        "What it was, mostly",
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


def _with_own(offered: Sequence[str], key: str) -> Sequence[str]:
    """What is offered, and what the field of this key holds where that is none of it, as an import may bring it.

    Streamlit would put the first of the list in the place of what is not on it.
    """
    own: str | None = st.session_state[key]
    return offered if not own or own in offered else (own, *offered)


def _end_label(form: KeptForm) -> str:
    scheduled = st.session_state.get(form.key("state")) == RoundState.SCHEDULED
    return "Planned end" if scheduled else "Ended at"
