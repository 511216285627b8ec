"""The steps that lie ahead as a calendar file: importing it again moves and cancels events, and doubles none.

An event's UID comes from the interview, the step and whom or what it answers,
so it stays the same from file to file. What was in earlier files is kept in a
ledger: an event that looks the same keeps its SEQUENCE and LAST-MODIFIED, one
that changed gets higher ones, one that is no longer due is handed out once more
as cancelled. SEQUENCE is the moment of the change, counted in seconds: it grows
even where the ledger was lost, as after moving to another machine.

Nothing private is in the file: no notes, no texts of messages, no answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeGuard

from icalendar import Alarm, Calendar, Event

from debrief.domain.agenda import DaysOf, Due, is_put_off, steps_of
from debrief.domain.checks import LATEST_YEAR
from debrief.domain.courses import Course
from debrief.domain.facts import Answer
from debrief.domain.rules import HouseRules, StepName
from debrief.exchange import words

Link = Callable[[Due], str]
"""The address of the page where a step can be taken."""

_TITLES = {
    StepName.REFLECT: "Look back on the interview at {employer}",
    StepName.THANK_YOU: "Thank {person}, {employer}",
    StepName.SEND_MATERIAL: "Send {employer} what they asked for",
    StepName.CHECK_IN: "Check in with {employer}",
    StepName.LAST_MESSAGE: "Last message to {employer}",
    StepName.LET_GO: "Let go of {employer}?",
    StepName.REJECTION_REPLY: "Thank {employer} for their answer",
    StepName.FEEDBACK_REQUEST: "Ask {employer} for feedback",
    StepName.CONNECT: "Connect with {person}, {employer}",
    StepName.OFFER_REPLY: "Answer the offer of {employer}",
}
_AT_AN_HOUR = {StepName.REFLECT, StepName.THANK_YOU}
"""Steps whose window is in hours; the others are due on days."""
_LENGTH = timedelta(minutes=30)
_BEFORE_THE_HOUR = timedelta(hours=-2)
_ON_THE_MORNING = timedelta(hours=9)
_ONE_DAY = timedelta(days=1)
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_CANCELLED_FOR = timedelta(days=60)
"""How long a cancelled event is handed out, for calendars into which the file is seldom taken."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_BREAK = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One step as an event: at an hour (aware datetimes) or on whole days (dates, the end not included)."""

    uid: str
    application_id: str
    start: date
    end: date
    title: str
    description: str
    url: str
    reminder: timedelta
    """When it is shown, counted from the start."""

    def __post_init__(self) -> None:
        """Checks what calendars insist on and the library does not. Raises ValueError."""
        timed = [isinstance(at, datetime) and at.utcoffset() is not None for at in (self.start, self.end)]
        whole = [not isinstance(at, datetime) for at in (self.start, self.end)]
        if not (all(timed) or all(whole)):
            raise ValueError("start and end are both dates or both aware datetimes")
        if self.end <= self.start:
            raise ValueError("an event ends after it starts")
        if not (self.uid and self.title and self.url):
            raise ValueError("an event has a UID, a title and an address")

    @property
    def digest(self) -> str:
        """What it looks like, in short."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Handed:
    """What the ledger knows of one event that was in a file."""

    application_id: str
    digest: str
    """Empty once it was cancelled."""
    changed_at: datetime
    start: str
    title: str


Ledger = Mapping[str, Handed]
"""By UID."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The file, and the ledger to keep for the next one."""

    content: bytes
    ledger: Ledger


def events_ahead(
    courses: Iterable[Course], rules: HouseRules, days_of: DaysOf, now: datetime, link: Link
) -> tuple[CalendarEvent, ...]:
    """The steps that are upcoming, open or late, those put off on the day until when, skipped ones not at all."""
    return tuple(
        _event(due, now, link) for course in courses for due in steps_of(course, rules, days_of, now) if due.lies_ahead
    )


def calendar_file(
    events: Iterable[CalendarEvent], ledger: Ledger, now: datetime, application_id: str | None = None
) -> CalendarFile:
    """The events as a file; what the ledger holds and is no longer among them is cancelled.

    With `application_id` the events are those of one application, and what the
    ledger holds of others is left alone.
    """
    calendar = Calendar.new(prodid="-//Debrief//Debrief//EN", method="PUBLISH", calscale="GREGORIAN", name="Debrief")
    del calendar["UID"]  # a new one each time would make the same events look like another calendar
    kept = dict(ledger)
    for event in events:
        kept[event.uid] = _handed(event, ledger.get(event.uid), now)
        calendar.add_component(_written(event, kept[event.uid], now))
    listed = {component.uid for component in calendar.events}
    for uid, handed in ledger.items():
        if uid in listed or application_id not in (None, handed.application_id):
            continue
        cancelled = _cancelled(handed, now)
        if now - cancelled.changed_at > _CANCELLED_FOR:
            del kept[uid]
            continue
        kept[uid] = cancelled
        calendar.add_component(_written_off(uid, cancelled, now))
    return CalendarFile(calendar.to_ical(), kept)


def ledger_to_json(ledger: Ledger) -> Answer:
    """The ledger as it is kept among the settings."""
    return {
        uid: [one.application_id, one.digest, one.changed_at.isoformat(), one.start, one.title]
        for uid, one in sorted(ledger.items())
    }


def ledger_from_json(kept: Answer) -> Ledger:
    """The ledger that `ledger_to_json` wrote; what is none is left out, since SEQUENCE grows without it too."""
    rows = kept.items() if isinstance(kept, dict) else ()
    return {uid: handed for uid, row in rows if (handed := _handed_from_json(row))}


def _handed_from_json(row: Answer) -> Handed | None:
    if not _is_texts(row) or len(row) != 5:
        return None
    application_id, digest, changed_at, start, title = row
    try:
        _read_start(start)
        changed = datetime.fromisoformat(changed_at).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Handed(application_id, digest, changed, start, title) if changed.year <= LATEST_YEAR else None


def _is_texts(row: Answer) -> TypeGuard[list[str]]:
    return isinstance(row, list) and all(isinstance(part, str) for part in row)


def _event(due: Due, now: datetime, link: Link) -> CalendarEvent:
    step, one = due.step, due.round
    employer = _fit(due.course.application.employer)
    person = _fit(step.person.name) if step.person else "your interviewer"
    start, end = _span(due, now)
    part = step.key[1]
    return CalendarEvent(
        uid=f"{one.interview.id}-{step.name.value}{f'-{part}' if part else ''}@debrief",
        application_id=due.course.application.id,
        start=start,
        end=end,
        title=_TITLES[step.name].format(employer=employer, person=person),
        description=_fit(_described(due)),
        url=link(due),
        reminder=_ON_THE_MORNING if not isinstance(start, datetime) else _BEFORE_THE_HOUR,
    )


def _span(due: Due, now: datetime) -> tuple[date, date]:
    """At the hour: the half hour before it is due. On days: from when it opens until it is due."""
    step = due.step
    if is_put_off(due, now) and due.snooze and due.snooze.until:
        return due.snooze.until, due.snooze.until + _ONE_DAY
    if step.name in _AT_AN_HOUR and step.due:
        ends = step.due.astimezone(UTC)
        return ends - _LENGTH, ends
    last = step.due.date() if step.due else step.opens.date()
    return step.opens.date(), last + _ONE_DAY


def _described(due: Due) -> str:
    step, application = due.step, due.course.application
    window = [f"From {words.moment(step.opens)}"]
    window += [f"best by {words.moment(step.due)}"] if step.due else []
    window += [f"at the latest by {words.moment(step.closes)}"] if step.closes else []
    return f"{application.role}, {due.round.interview.round}\n{', '.join(window)} ({due.round.interview.timezone})"


def _handed(event: CalendarEvent, before: Handed | None, now: datetime) -> Handed:
    if before and before.digest == event.digest:
        return before
    changed_at = _after(before, now)
    return Handed(event.application_id, event.digest, changed_at, event.start.isoformat(), event.title)


def _cancelled(before: Handed, now: datetime) -> Handed:
    if not before.digest:
        return before
    return Handed(before.application_id, "", _after(before, now), before.start, before.title)


def _after(before: Handed | None, now: datetime) -> datetime:
    """Now, or a second later than before, should the clock have been set back. To the second, as calendars count."""
    moment = now.astimezone(UTC).replace(microsecond=0)
    return max(moment, before.changed_at + timedelta(seconds=1)) if before else moment


def _written(event: CalendarEvent, handed: Handed, now: datetime) -> Event:
    written = _bare(event.uid, handed, now, event.start)
    written.DTEND = event.end
    written.description = event.description
    written.url = event.url
    written.add("STATUS", "CONFIRMED")
    alarm = Alarm.new(description=event.title)
    alarm.add("ACTION", "DISPLAY")
    alarm.TRIGGER = event.reminder
    written.add_component(alarm)
    return written


def _written_off(uid: str, handed: Handed, now: datetime) -> Event:
    written = _bare(uid, handed, now, _read_start(handed.start))
    written.add("STATUS", "CANCELLED")
    return written


def _read_start(kept: str) -> date:
    """The start of an event as the ledger keeps it. Raises ValueError."""
    return datetime.fromisoformat(kept) if "T" in kept else date.fromisoformat(kept)


def _bare(uid: str, handed: Handed, now: datetime, start: date) -> Event:
    """What every event has. It is private, and leaves the hour free for other things."""
    written = Event.new(
        uid=uid,
        stamp=now.astimezone(UTC),
        last_modified=handed.changed_at,
        sequence=int((handed.changed_at - _BEGINNING).total_seconds()),
        start=start,
        summary=handed.title,
    )
    written.add("CLASS", "PRIVATE")
    written.add("TRANSP", "TRANSPARENT")
    return written


def _fit(text: str) -> str:
    """The text without control characters, which a calendar cannot hold."""
    return _CONTROL.sub("\ufffd", _BREAK.sub("\n", text))
