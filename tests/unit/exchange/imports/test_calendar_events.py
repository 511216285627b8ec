"""Events of a calendar file: which there are, when they end, and who was invited."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from debrief.content import load_content
from debrief.domain.facts import Format, RoundState
from debrief.errors import Refused
from debrief.exchange.imports.calendar_events import EventChoice, draft_of, read_calendar
from debrief.exchange.imports.source import Source

WORDS = load_content().imports
FILE = Path(__file__).resolve().parents[3] / "fixtures" / "imports" / "calendars" / "interviews.ics"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def calendar(*lines: str) -> Source:
    events = "".join(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n" for line in lines)
    return Source("c.ics", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode())


def test_events_are_in_order_of_time_with_zone_people_and_a_guess() -> None:
    found = read_calendar(Source("c.ics", FILE), WORDS)

    assert [(event.number, event.title, event.likely) for event in found.events] == [
        (1, "Dentist", False),
        (2, "Interview at Alder, Finch & Co", True),
        (3, "Panel @ Birchworks", True),
    ]
    interview = found.events[1]
    assert (interview.timezone, interview.day) == ("America/New_York", date(2026, 2, 10))
    assert [(one.name, one.email) for one in interview.people] == [
        ("Dana Whitfield", "dana@alderfinch.example"),
        ("Amir Rahman", "amir@alderfinch.example"),
    ]
    assert (found.repeating, found.unreadable) == (1, 1)
    assert found.events[2].employer == "Birchworks"
    assert found.needs_a_zone([3])
    assert not found.needs_a_zone([2])


def test_a_chosen_event_becomes_a_round_that_is_held_planned_or_called_off() -> None:
    source = calendar(
        "DTSTART:20260210T140000Z\r\nDTEND:20260210T150000Z\r\nLOCATION:12 Mill Lane",
        "DTSTART;TZID=Asia/Kuala_Lumpur:20260501T100000\r\nDURATION:PT1H\r\nLOCATION:+60 3 1234 5678",
        "DTSTART;VALUE=DATE:20260502\r\nDTEND;VALUE=DATE:20260503\r\nSTATUS:CANCELLED",
    )
    found = read_calendar(source, WORDS).events

    rounds = [draft_of(EventChoice(one, "Elm", "Nurse", "First", (), "Europe/Paris"), NOW).rounds[0] for one in found]

    assert [(one.timezone, one.state, one.format, one.has_clock) for one in rounds] == [
        ("Europe/Paris", RoundState.HELD, Format.ON_SITE, True),
        ("Asia/Kuala_Lumpur", RoundState.SCHEDULED, Format.PHONE, True),
        ("Europe/Paris", RoundState.CANCELLED, Format.VIDEO, False),
    ]
    assert rounds[0].ended_at == datetime(2026, 2, 10, 15, tzinfo=UTC)
    assert rounds[1].ended_at == datetime(2026, 5, 1, 3, tzinfo=UTC)
    assert rounds[2].day == date(2026, 5, 2)


def test_what_the_calendar_does_not_know_has_to_be_told() -> None:
    (event,) = read_calendar(calendar("DTSTART:20260210T140000Z"), WORDS).events

    with pytest.raises(Refused, match="employer's name is empty"):
        draft_of(EventChoice(event, " ", "Nurse", "First", ()), NOW)


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:no time",
        "DTSTART:20260230T250000",
        "DTSTART:00010101T000000",
        "DTSTART;VALUE=DATE:20260101\r\nDTEND:20260102T000000Z",
        "DTSTART:20260101T000000Z\r\nDURATION:P99999999999D",
    ],
)
def test_an_event_without_a_time_that_can_be_read_is_counted_and_left_out(event: str) -> None:
    found = read_calendar(calendar(event, "DTSTART:20260210T140000Z"), WORDS)

    assert (len(found.events), found.unreadable) == (1, 1)


def test_the_files_own_definition_of_a_zone_is_not_run() -> None:
    endless = "BEGIN:VTIMEZONE\r\nTZID:Evil\r\nBEGIN:STANDARD\r\nDTSTART:19000101T000000\r\nRRULE:FREQ=SECONDLY\r\n"
    endless += "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    event = "BEGIN:VEVENT\r\nDTSTART;TZID=Evil:20260210T140000\r\nEND:VEVENT\r\n"

    (found,) = read_calendar(Source("c", f"BEGIN:VCALENDAR\r\n{endless}{event}END:VCALENDAR".encode()), WORDS).events

    assert (found.timezone, found.ends) == ("", datetime(2026, 2, 10, 14))  # noqa: DTZ001 it names no zone


@pytest.mark.parametrize(
    "content", ["BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nEND:VEVENT", "BEGIN:VCALENDAR\r\nEND:VCALENDAR"]
)
def test_a_calendar_without_events_is_refused(content: str) -> None:
    with pytest.raises(Refused, match=r"calendar|event"):
        read_calendar(Source("c.ics", content.encode()), WORDS)
