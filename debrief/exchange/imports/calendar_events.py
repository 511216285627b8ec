"""The events of a calendar file, and how the chosen ones become interviews.

Zones are kept where the event names one that is known; the file's own
definitions of zones are passed over, for they are small programs. An event that
repeats is no interview and is left out; an exception to one is an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from icalendar import Calendar

from debrief.domain.checks import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    checked_email,
    checked_zone,
    end_instant,
    is_zone,
    required_line,
)
from debrief.domain.clock import date_in, day_ends
from debrief.domain.facts import Format, RoundState
from debrief.domain.importing import ImportWords
from debrief.errors import Refused
from debrief.exchange.imports.drafts import JobDraft, PersonDraft, RoundDraft, RowDraft
from debrief.exchange.imports.problems import shown
from debrief.exchange.imports.source import Source, text_of

MOST_EVENTS = 5_000
_MOST_PEOPLE = 50
_ZONE_DEFINITION = re.compile(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE[^\n]*\n?", re.DOTALL | re.IGNORECASE)
_AT_EMPLOYER = re.compile(r"(?:\bat|\bwith|@)\s+(?P<name>[^\W\d_][\w&.'’\- ]{1,60}?)\s*(?:[-–—:|,(/]|$)")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What the calendar library raises over a file that breaks the rules."""
_MEETING_ADDRESS = re.compile(r"https?://|zoom|teams|meet|webex|video|online|virtual", re.IGNORECASE)
_PHONE = re.compile(r"phone|call|\+?\d[\d ()-]{6,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EventFound:
    """One event of a calendar file."""

    number: int
    """Counted from 1 in the order of time."""
    title: str
    ends: datetime | date
    """A date where the event takes whole days; naive where it names no zone."""
    timezone: str
    """IANA name; "" where the event names none that is known."""
    people: tuple[PersonDraft, ...]
    place: str
    cancelled: bool
    likely: bool
    """Whether its title sounds like an interview."""
    employer: str
    """A guess from its title; "" without one."""

    @property
    def day(self) -> date:
        """The day on which it ends, on its own clock."""
        return self.ends.date() if isinstance(self.ends, datetime) else self.ends


@dataclass(frozen=True, slots=True)
class CalendarFound:
    """What a calendar file holds."""

    events: tuple[EventFound, ...]
    repeating: int
    """Events that repeat, and were left out."""
    unreadable: int
    """Events without a time that can be read, and were left out."""

    def needs_a_zone(self, numbers: Iterable[int]) -> bool:
        """Whether any of these events leaves open on whose clock it is."""
        chosen = set(numbers)
        return any(event.number in chosen and not event.timezone for event in self.events)


@dataclass(frozen=True, slots=True)
class EventChoice:
    """An event that was an interview, with what the calendar does not know."""

    event: EventFound
    employer: str
    role: str
    round: str
    people: tuple[PersonDraft, ...]
    zone: str = ""
    """For an event that names none."""


def read_calendar(source: Source, words: ImportWords) -> CalendarFound:
    """The events of a calendar file. Raises Refused for what is no calendar, or one without events."""
    events: list[EventFound] = []
    repeating = unreadable = 0
    for component in _components(source):
        if len(events) >= MOST_EVENTS:
            raise Refused(
                f"{shown(source.name)} holds more than {MOST_EVENTS:,} events. "
                "Export the months of your job search alone, and bring that in."
            )
        try:
            if component.get("RRULE") is not None or component.get("RDATE") is not None:
                repeating += 1
                continue
            events.append(_event(component, words))
        except _BROKEN:
            unreadable += 1
    if not events:
        raise Refused(
            f"{shown(source.name)} holds no event that could be an interview"
            + (f": {repeating:,} repeat, which interviews do not." if repeating else ".")
        )
    in_order = sorted(events, key=lambda event: (event.day, str(event.ends), event.title))
    numbered = tuple(replace(event, number=number) for number, event in enumerate(in_order, start=1))
    return CalendarFound(numbered, repeating, unreadable)


def draft_of(choice: EventChoice, now: datetime) -> RowDraft:
    """The interview that an event was. Raises Refused where something is missing or cannot be."""
    event = choice.event
    zone = checked_zone(event.timezone or choice.zone or "UTC", field="zone")
    ended_at = _end(event, zone)
    state = RoundState.CANCELLED if event.cancelled else RoundState.HELD
    if ended_at > now and not event.cancelled:
        state = RoundState.SCHEDULED
    job = JobDraft(
        required_line(choice.employer, "The employer's name", field="employer"),
        required_line(choice.role, "The role", field="role"),
    )
    return RowDraft(
        event.number,
        job,
        (
            RoundDraft(
                label=required_line(choice.round, "The name of the round", field="round"),
                ended_at=ended_at,
                day=date_in(zone, ended_at),
                timezone=zone.key,
                has_clock=isinstance(event.ends, datetime),
                state=state,
                format=_format(event.place),
                people=tuple(map(_checked, choice.people)),
            ),
        ),
    )


def _components(source: Source) -> Iterator[Any]:
    text = _ZONE_DEFINITION.sub("", text_of(source))
    try:
        calendars = cast("list[Any]", Calendar.from_ical(text, multiple=True))
        found = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except _BROKEN:
        raise Refused(
            f"{shown(source.name)} is no calendar file that can be read. "
            "Export it once more from your calendar program."
        ) from None
    yield from found


def _event(component: Any, words: ImportWords) -> EventFound:
    """Raises one of _BROKEN where the event has no time that can be read."""
    ends = _ends(component)
    if not EARLIEST_YEAR <= ends.year <= LATEST_YEAR:
        raise ValueError("a slip of the keyboard")
    title = shown(str(component.get("SUMMARY", "")))
    people = _people(component)
    folded = title.casefold()
    return EventFound(
        number=0,
        title=title or "Without a title",
        ends=ends,
        timezone=_zone_name(ends),
        people=people,
        place=str(component.get("LOCATION", "")),
        cancelled=str(component.get("STATUS", "")).upper() == "CANCELLED",
        likely=any(word in folded for word in words.event_words),
        employer=_employer(title, people),
    )


def _ends(component: Any) -> datetime | date:
    start = component["DTSTART"].dt
    if not isinstance(start, date):
        raise TypeError("a time without a day")
    if component.get("DTEND") is not None:
        end = component["DTEND"].dt
    elif component.get("DURATION") is not None:
        end = start + component["DURATION"].dt
    else:
        end = start
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end if _instant(end) >= _instant(start) else start
    if isinstance(end, datetime) or isinstance(start, datetime) or not isinstance(end, date):
        raise TypeError("start and end of two kinds")
    return max(start, end - timedelta(days=1))  # the end of whole days is the day after


def _instant(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _zone_name(at: datetime | date) -> str:
    name = getattr(getattr(at, "tzinfo", None), "key", "")
    return name if is_zone(name) and name not in ("UTC", "Etc/UTC") else ""


def _people(component: Any) -> tuple[PersonDraft, ...]:
    """Everybody whose name or address the event tells, the organiser first."""
    entries: list[Any] = []
    for key in ("ORGANIZER", "ATTENDEE"):
        held = component.get(key)
        entries += cast("list[Any]", held) if isinstance(held, list) else [held] if held is not None else []
    people: dict[str, PersonDraft] = {}
    for entry in entries[:_MOST_PEOPLE]:
        address = str(entry).strip()
        email = address[7:] if address.casefold().startswith("mailto:") else ""
        params = getattr(entry, "params", {})
        if str(params.get("CUTYPE", "INDIVIDUAL")).upper() in ("ROOM", "RESOURCE"):
            continue
        name = shown(str(params.get("CN", "")).strip(' "')) or email.partition("@")[0]
        if name and "\ufffd" not in name:
            people.setdefault(name.casefold(), PersonDraft(name, email=email if "@" in email else ""))
    return tuple(people.values())


def _employer(title: str, people: Sequence[PersonDraft]) -> str:
    """An employer that the title names: "Interview at Alder & Finch". The name of somebody invited is none."""
    named = {person.name.casefold() for person in people}
    found = [match["name"].strip() for match in _AT_EMPLOYER.finditer(title)]
    return next((name for name in reversed(found) if name.casefold() not in named), "")


def _end(event: EventFound, zone: ZoneInfo) -> datetime:
    if not isinstance(event.ends, datetime):
        return day_ends(zone, event.ends)
    if event.ends.tzinfo is not None:
        return event.ends.astimezone(UTC)
    return end_instant(event.ends.date(), event.ends.time(), zone).astimezone(UTC)


def _format(place: str) -> Format:
    if not place.strip() or _MEETING_ADDRESS.search(place):
        return Format.VIDEO
    return Format.PHONE if _PHONE.search(place) else Format.ON_SITE


def _checked(person: PersonDraft) -> PersonDraft:
    return PersonDraft(
        required_line(person.name, "The name of a person met", field="people"),
        email=checked_email(person.email, field="people"),
    )
