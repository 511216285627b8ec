"""Logging a round: what a tired person enters becomes an application, an interview and the people met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from debrief.domain.checks import (
    checked_line,
    checked_not_future,
    checked_text,
    checked_zone,
    required_line,
)
from debrief.domain.facts import (
    Application,
    Focus,
    Format,
    Interview,
    Meeting,
    Person,
    RoundState,
)
from debrief.errors import Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """One person met, as entered. `topics` holds one topic a line."""

    name: str
    title: str = ""
    email: str = ""
    recruiter: bool = False
    topics: str = ""


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
    actor: Actor, store: Store, now: datetime, interview: Interview, entry: InterviewEntry
) -> Interview:
    """Changes a round that is already logged; `interview` is the version that was read. Conflict if it moved on."""
    checked = _checked(entry, now)
    with store.unit(actor.owner, now, f"Changed {checked.round} at {checked.employer}") as unit:
        application = unit.get(Application, interview.application_id)
        renamed = replace(application, employer=checked.employer, role=checked.role, country=checked.country)
        if renamed != application:
            unit.change(renamed)
        fresh = _interview(checked, application)
        changed = unit.change(replace(fresh, id=interview.id, version=interview.version, origin=interview.origin))
        _meet(unit, checked, changed)
    return changed


def end_instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which the clock of this zone shows this date and time. Refuses a time the clock skips."""
    local = datetime.combine(on, at, tzinfo=zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused(
            f"On {on:%d %B %Y} the clocks in {zone.key} go forward and {at:%H:%M} does not exist. "
            "Choose the time that the clock showed.",
            field="at",
        )
    return local


def _checked(entry: InterviewEntry, now: datetime) -> InterviewEntry:
    zone = checked_zone(entry.timezone, field="timezone")
    ended_at = end_instant(entry.on, entry.at, zone)
    if entry.state is not RoundState.SCHEDULED:
        checked_not_future(ended_at, now, "The end of the interview", field="on")
    elif ended_at < now - timedelta(days=1):
        raise Refused("A round still to come lies in the past. Was it held, or cancelled?", field="state")
    if entry.reply_by is not None and entry.reply_by < entry.on:
        raise Refused("The promised reply date lies before the interview. Mend one of the two.", field="reply_by")
    return replace(
        entry,
        employer=required_line(entry.employer, "The employer's name", field="employer"),
        role=required_line(entry.role, "The role", field="role"),
        round=required_line(entry.round, "The name of the round", field="round"),
        notes=checked_text(entry.notes, "The note", field="notes"),
        source=checked_line(entry.source, "The source", field="source"),
        people=tuple(_checked_person(person) for person in entry.people),
    )


def _checked_person(person: PersonEntry) -> PersonEntry:
    email = checked_line(person.email, "The e-mail address", field="email")
    if email and (email.count("@") != 1 or email.startswith("@") or email.endswith("@") or " " in email):
        raise Refused(f"“{email}” is not an e-mail address. Mend it or leave it empty.", field="email")
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
    wanted = (entry.employer.casefold(), entry.role.casefold())
    for application in unit.find(Application):
        if (application.employer.casefold(), application.role.casefold()) == wanted:
            return application
    return unit.add(Application(employer=entry.employer, role=entry.role, country=entry.country, source=entry.source))


def _meet(unit: Unit, entry: InterviewEntry, interview: Interview) -> None:
    """Makes the interview's meetings those of the entry; people already known at the employer are met again."""
    known = {
        person.name.casefold(): person
        for person in unit.find(Person)
        if person.employer.casefold() == entry.employer.casefold()
    }
    met = {meeting.person_id: meeting for meeting in unit.find(Meeting, interview_id=interview.id)}
    for place, person_entry in enumerate(entry.people):
        person = _known_or_new(unit, known, person_entry, entry.employer)
        topics = tuple(line.strip() for line in person_entry.topics.splitlines() if line.strip())
        meeting = met.pop(person.id, None)
        if meeting is None:
            unit.add(Meeting(interview_id=interview.id, person_id=person.id, topics=topics, place=place))
        elif (meeting.topics, meeting.place) != (topics, place):
            unit.change(replace(meeting, topics=topics, place=place))
    for left in met.values():
        unit.remove(left)


def _known_or_new(unit: Unit, known: dict[str, Person], entry: PersonEntry, employer: str) -> Person:
    person = known.get(entry.name.casefold())
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
        known[entry.name.casefold()] = person
        return person
    completed = replace(
        person,
        title=entry.title or person.title,
        email=entry.email or person.email,
        recruiter=entry.recruiter,
    )
    return unit.change(completed) if completed != person else person
