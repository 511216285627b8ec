"""The log page's form as a whole: opened for a new or a logged round, read back as one entry, and kept."""

from __future__ import annotations

from datetime import date, time

import streamlit as st

from debrief.domain.courses import Course, Round, RoundInCourse
from debrief.domain.facts import Application, Focus, Format, Interview, RoundState
from debrief.errors import Conflict
from debrief.usecases.log_interview import InterviewEntry, change_interview, log_interview
from ui.kit import session
from ui.kit.moved import moves_noted
from ui.kit.undo import done_noted
from ui.kit.uninterrupted import uninterrupted
from ui.log.kept_form import KeptForm, Value
from ui.log.people import known_people, people_of


def round_asked_for(interview_id: str | None) -> RoundInCourse | None:
    """The round that is to be changed; None where the address names none that is in the record."""
    if not interview_id:
        return None
    with session.reading() as unit:
        if not unit.find(Interview, id=interview_id):
            return None
        course = unit.course_of(interview_id)
    one = course.round_of(interview_id)
    return RoundInCourse(course, one) if one is not None else None


def form_for(editing: RoundInCourse | None, *, application_id: str | None) -> KeptForm:
    """The form of a round that is to be changed, of another round of an application, or of a new round."""
    if editing is not None:
        return KeptForm(f"edit.{editing.round.interview.id}", _known(*editing))
    with session.reading() as unit:
        known = unit.find(Application, id=application_id) if application_id else []
    if known:
        return KeptForm(f"next.{application_id}", _known_job(known[0]))
    return KeptForm("log")


@uninterrupted()
def keep_entry(form: KeptForm, editing: RoundInCourse | None) -> Interview:
    """Logs the round, or changes the one that is edited, and empties the form. Raises what the use case refuses.

    A second press that came in meanwhile finds the form empty: it is given what the first one kept.
    """
    done: Interview | None = st.session_state.get(_done_key(form))
    if done is None:
        with done_noted():
            done = _keep(form, editing)
        form.clear()
        st.session_state[_done_key(form)] = done
    return done


def await_press(form: KeptForm) -> None:
    """The form stands there, not pressed: what is pressed from now on is no second press of something before."""
    st.session_state.pop(_done_key(form), None)


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
        people=people_of(form),
    )


def _keep(form: KeptForm, editing: RoundInCourse | None) -> Interview:
    if form.contested:
        raise Conflict("Some of this was changed elsewhere meanwhile. Choose above what is to stay, then save.")
    actor, store, now = session.actor(), session.store(), session.now()
    entry = entry_of(form)
    if editing is None:
        return log_interview(actor, store, now, entry)
    interview = editing.round.interview
    with moves_noted(interview.application_id):
        return change_interview(actor, store, now, interview, entry, over=editing)


def _done_key(form: KeptForm) -> str:
    return f"{form.name}:done"


def _known_job(job: Application) -> dict[str, Value]:
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
    return {
        **_known_job(course.application),
        "round": interview.round,
        "state": interview.state,
        "on": local.date(),
        "at": local.time().replace(second=0, microsecond=0),
        "timezone": interview.timezone,
        "format": interview.format,
        "focus": interview.focus,
        "reply_by": interview.reply_by,
        "notes": interview.notes,
        **known_people(one.met),
    }
