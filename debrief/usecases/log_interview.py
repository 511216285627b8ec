"""Logging a round: what a tired person enters becomes an application, an interview and the people met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from debrief.domain.checks import (
    checked_email,
    checked_line,
    checked_not_future,
    checked_text,
    checked_zone,
    end_instant,
    required_line,
)
from debrief.domain.courses import RoundInCourse
from debrief.domain.facts import (
    Application,
    Decision,
    Focus,
    Format,
    Heard,
    Interview,
    Meeting,
    Message,
    Person,
    RoundState,
)
from debrief.errors import Conflict, Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

OFFERED = 200
"""The latest rounds whose employers are offered; any other can be typed, and is known again by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """One person met, as entered. `topics` holds one topic a line.

    `person_id` says that it is still this person of the round, though the name may have been put right. Without it,
    it is whoever has the name at the employer, or somebody new; somebody else who has the name is meant in any case.
    """

    name: str
    title: str = ""
    email: str = ""
    recruiter: bool = False
    topics: str = ""
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewEntry:
    """One round, as entered: the date and the time are those on the clock of `timezone`."""

    employer: str
    role: str
    round: str
    on: date
    at: time
    timezone: str
    state: RoundState = RoundState.HELD
    format: Format = Format.VIDEO
    focus: Focus = Focus.CONVERSATION
    reply_by: date | None = None
    people: tuple[PersonEntry, ...] = ()
    notes: str = ""
    country: str | None = None
    source: str = ""
    sector: str = ""
    role_family: str = ""
    employer_size: str = ""


class JobFields(TypedDict):
    """What an entry and an application have in common."""

    employer: str
    role: str
    country: str | None
    source: str
    sector: str
    role_family: str
    employer_size: str


def log_interview(actor: Actor, store: Store, now: datetime, entry: InterviewEntry) -> Interview:
    """Keeps a round. It joins the application to the same employer and role, or opens one. Refuses what cannot be."""
    checked = _checked(entry, now)
    label = f"Logged {checked.round} at {checked.employer}"
    with store.unit(actor.owner, now, label) as unit:
        application = _application_for(unit, checked)
        interview = unit.add(_interview(checked, application))
        _meet(unit, checked, interview)
    return interview


def change_interview(
    actor: Actor,
    store: Store,
    now: datetime,
    interview: Interview,
    entry: InterviewEntry,
    *,
    over: RoundInCourse | None = None,
) -> Interview:
    """Changes a round that is already logged; `interview` is the version that was read. Conflict if it moved on.

    `over` is all that the entry was written over, where it is at hand: the application and the people met may not have
    moved on either.
    """
    checked = _checked(entry, now)
    with store.unit(actor.owner, now, f"Changed {checked.round} at {checked.employer}") as unit:
        if over is not None:
            _refuse_if_moved_on(unit, over)
        application = unit.get(Application, interview.application_id)
        fresh = _interview(checked, application)
        _refuse_an_end_after_what_followed(unit, interview, fresh)
        _rename(unit, application, checked)
        changed = unit.change(replace(fresh, id=interview.id, version=interview.version, origin=interview.origin))
        _meet(unit, checked, changed)
    return changed


def employers_of_late(unit: Unit) -> list[str]:
    """The employers of the latest rounds, by name: to be offered where one is typed."""
    rounds = unit.latest(Interview, OFFERED)
    known = unit.find(Application, id={one.application_id for one in rounds})
    return sorted({application.employer for application in known}, key=str.casefold)


def roles_at(unit: Unit, employer: str) -> list[str]:
    """The roles that one applied for at an employer."""
    return list(dict.fromkeys(application.role for application in unit.find(Application, employer=employer)))


def people_at(unit: Unit, employer: str) -> list[Person]:
    """The people met at an employer."""
    return unit.find(Person, employer=employer)


def _refuse_if_moved_on(unit: Unit, read: RoundInCourse) -> None:
    """Raises Conflict where the application, the round or whom one met there is not as it was read."""
    course = unit.course_of(read.round.interview.id)
    stored = course.round_of(read.round.interview.id)
    if stored is None or (course.application, stored.interview, stored.met) != (
        read.course.application,
        read.round.interview,
        read.round.met,
    ):
        raise Conflict("This round was changed elsewhere just now. Look at it again, then save.", stored=stored)


def _refuse_an_end_after_what_followed(unit: Unit, interview: Interview, fresh: Interview) -> None:
    """Refuses to move the end of a round behind something that was sent, heard or decided after it."""
    dated = [
        *(message.sent_at for message in unit.find(Message, interview_id=interview.id) if message.sent_at),
        *(word.at for word in unit.find(Heard, interview_id=interview.id)),
        *(decision.at for decision in unit.find(Decision, interview_id=interview.id)),
    ]
    first = min(dated, default=None)
    if first is not None and first < fresh.ended_at:
        raise Refused(
            f"What you logged on {first.astimezone(fresh.zone):%d %B %Y, %H:%M} would then lie before the interview "
            "ended. Mend that entry first, or choose an earlier end.",
            field="on",
        )


def _rename(unit: Unit, application: Application, entry: InterviewEntry) -> None:
    """Makes the job that of the entry, for every round; the people met at the employer stay the same people."""
    renamed = replace(application, **_job(entry))
    if renamed == application:
        return
    unit.change(renamed)
    if renamed.employer == application.employer:
        return
    for one in unit.course(application.id).rounds:
        for met in one.met:
            person = unit.get(Person, met.person.id)
            if person.employer == application.employer:
                unit.change(replace(person, employer=renamed.employer))


def _checked(entry: InterviewEntry, now: datetime) -> InterviewEntry:
    zone = checked_zone(entry.timezone, field="timezone")
    ended_at = end_instant(entry.on, entry.at, zone)
    if entry.state is not RoundState.SCHEDULED:
        checked_not_future(ended_at, now, "The end of the interview", field="on")
    elif ended_at < now - timedelta(days=1):
        raise Refused(
            "A round still to come lies in the past. Say whether it was held or cancelled, or mend the date.",
            field="state",
        )
    if entry.reply_by is not None and entry.reply_by < entry.on:
        raise Refused("The promised reply date lies before the interview. Mend one of the two.", field="reply_by")
    return replace(
        entry,
        employer=required_line(entry.employer, "The employer's name", field="employer"),
        role=required_line(entry.role, "The role", field="role"),
        round=required_line(entry.round, "The name of the round", field="round"),
        notes=checked_text(entry.notes, "The note", field="notes"),
        source=checked_line(entry.source, "The source", field="source"),
        sector=checked_line(entry.sector, "The sector", field="sector"),
        role_family=checked_line(entry.role_family, "The kind of role", field="role_family"),
        employer_size=checked_line(entry.employer_size, "The size of the employer", field="employer_size"),
        people=_checked_people(entry.people),
    )


def _checked_people(entries: tuple[PersonEntry, ...]) -> tuple[PersonEntry, ...]:
    people = tuple(_checked_person(person) for person in entries)
    names = [person.name.casefold() for person in people]
    for place, person in enumerate(people):
        if person.name.casefold() in names[:place]:
            raise Refused(
                f"{person.name} stands there twice. Put everything about one person into one place; "
                "if they are two people, tell their names apart.",
                field="people",
            )
    return people


def _checked_person(person: PersonEntry) -> PersonEntry:
    email = checked_email(person.email, field="email")
    return replace(
        person,
        name=required_line(person.name, "The name of a person met", field="people"),
        title=checked_line(person.title, "The title", field="people"),
        email=email,
        topics=checked_text(person.topics, f"What {person.name} talked about", field="people"),
    )


def _interview(entry: InterviewEntry, application: Application) -> Interview:
    return Interview(
        application_id=application.id,
        round=entry.round,
        ended_at=end_instant(entry.on, entry.at, ZoneInfo(entry.timezone)),
        timezone=entry.timezone,
        state=entry.state,
        format=entry.format,
        focus=entry.focus,
        reply_by=entry.reply_by,
        notes=entry.notes,
    )


def _application_for(unit: Unit, entry: InterviewEntry) -> Application:
    """The application to the same employer and role, with what the entry says of the job beyond it; else a new one."""
    wanted = (entry.employer.casefold(), entry.role.casefold())
    for application in unit.find(Application):
        if (application.employer.casefold(), application.role.casefold()) == wanted:
            return _completed(unit, application, entry)
    return unit.add(Application(**_job(entry)))


def _completed(unit: Unit, application: Application, entry: InterviewEntry) -> Application:
    """An application once a further round was logged: a field that was left empty takes nothing away."""
    completed = replace(
        application,
        country=entry.country or application.country,
        source=entry.source or application.source,
        sector=entry.sector or application.sector,
        role_family=entry.role_family or application.role_family,
        employer_size=entry.employer_size or application.employer_size,
    )
    return unit.change(completed) if completed != application else application


def _job(entry: InterviewEntry) -> JobFields:
    """What an entry says about the application."""
    return {
        "employer": entry.employer,
        "role": entry.role,
        "country": entry.country,
        "source": entry.source,
        "sector": entry.sector,
        "role_family": entry.role_family,
        "employer_size": entry.employer_size,
    }


def _meet(unit: Unit, entry: InterviewEntry, interview: Interview) -> None:
    """Makes the interview's meetings those of the entry; people already known at the employer are met again."""
    known = {
        person.name.casefold(): person
        for person in unit.find(Person)
        if person.employer.casefold() == entry.employer.casefold()
    }
    met = {meeting.person_id: meeting for meeting in unit.find(Meeting, interview_id=interview.id)}
    own = {person.id: person for person in unit.find(Person, id=list(met))}
    for place, person_entry in enumerate(entry.people):
        person = _known_or_new(unit, known, person_entry, entry.employer, own.get(person_entry.person_id or ""))
        own.pop(person.id, None)
        topics = tuple(line.strip() for line in person_entry.topics.splitlines() if line.strip())
        meeting = met.pop(person.id, None)
        if meeting is None:
            unit.add(Meeting(interview_id=interview.id, person_id=person.id, topics=topics, place=place))
        elif (meeting.topics, meeting.place) != (topics, place):
            unit.change(replace(meeting, topics=topics, place=place))
    for left in met.values():
        unit.remove(left)


def _known_or_new(
    unit: Unit, known: dict[str, Person], entry: PersonEntry, employer: str, own: Person | None
) -> Person:
    """The person of an entry: `own`, whose name may be put right, unless another has that name; else somebody new."""
    name = entry.name.casefold()
    person = own if own is not None and own.name.casefold() == name else known.get(name, own)
    if person is None:
        person = unit.add(
            Person(
                name=entry.name,
                employer=employer,
                title=entry.title,
                email=entry.email,
                recruiter=entry.recruiter,
            )
        )
        known[name] = person
        return person
    completed = replace(
        person,
        name=entry.name if person is own else person.name,
        title=entry.title or person.title,
        email=entry.email or person.email,
        recruiter=entry.recruiter,
    )
    if completed == person:
        return person
    if known.get(person.name.casefold()) == person:
        del known[person.name.casefold()]
    known[name] = unit.change(completed)
    return known[name]
