from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from awkward import AWKWARD
from courses_from_facts import courses_of
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from strict_ics import Component, read_strictly

from debrief.content import load_content
from debrief.domain.agenda import Due
from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import (
    Application,
    Heard,
    Interview,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    Snooze,
    Word,
)
from debrief.domain.rules import HouseRules
from debrief.exchange.calendar import (
    CalendarEvent,
    CalendarFile,
    Ledger,
    calendar_file,
    events_ahead,
    ledger_from_json,
    ledger_to_json,
)
from debrief.exchange.sample_history import read_sample
from debrief.public_holidays import working_days
from tests.examples import examples

ENDED = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # Tuesday, 15:00 in Kuala Lumpur
NOW = ENDED + timedelta(hours=2)
INTERVIEW = Interview(
    id="i1",
    application_id="a1",
    round="panel",
    ended_at=ENDED,
    timezone="Asia/Kuala_Lumpur",
    notes="PRIVATE",
)
DANA = Person(id="p1", name="Dana Whitfield", employer="Kopi Lantern")


@cache
def _rules() -> HouseRules:
    return load_content().rules.choose("standard")


def _link(due: Due) -> str:
    return f"http://127.0.0.1:8501/write?interview={due.round.interview.id}&step={due.step.name.value}"


def _course(**changes: object) -> Course:
    one = Round(INTERVIEW, met=(Met(DANA, Meeting(interview_id="i1", person_id="p1", topics=("PRIVATE",))),))
    return Course(Application(id="a1", employer="Kopi Lantern", role="Analyst"), (replace(one, **changes),))


def _file(course: Course, now: datetime = NOW, ledger: Ledger | None = None) -> CalendarFile:
    return calendar_file(events_ahead([course], _rules(), working_days, now, _link), ledger or {}, now)


def _events(file: CalendarFile) -> dict[str, Component]:
    return {event["UID"]: event for event in read_strictly(file.content).children}


def _sent(kind: MessageKind, at: datetime) -> Message:
    return Message(interview_id="i1", kind=kind, person_id="p1", subject="PRIVATE", body="PRIVATE", sent_at=at)


def test_each_step_ahead_is_one_event_with_a_uid_of_its_own() -> None:
    events = _events(_file(_course()))

    assert set(events) == {
        "i1-reflect@debrief",
        "i1-thank_you-p1@debrief",
        "i1-check_in@debrief",
        "i1-let_go@debrief",
        "i1-connect-p1@debrief",
    }
    assert {event["STATUS"] for event in events.values()} == {"CONFIRMED"}


def test_a_step_due_at_an_hour_ends_then_and_reminds_before() -> None:
    thank_you = _events(_file(_course()))["i1-thank_you-p1@debrief"]

    assert (thank_you["DTSTART"], thank_you["DTEND"]) == ("20260304T063000Z", "20260304T070000Z")
    assert [alarm["TRIGGER"] for alarm in thank_you.children] == ["-PT2H"]
    assert thank_you["SUMMARY"] == "Thank Dana Whitfield, Kopi Lantern"
    assert thank_you["URL"] == "http://127.0.0.1:8501/write?interview=i1&step=thank_you"


def test_a_step_due_on_days_lies_on_the_dates_of_the_interviews_place() -> None:
    late_evening = replace(INTERVIEW, ended_at=datetime(2026, 3, 3, 17, 0, tzinfo=UTC))  # 4 March, 01:00 there
    check_in = _events(_file(_course(interview=late_evening), NOW + timedelta(days=1)))["i1-check_in@debrief"]

    assert (check_in["DTSTART"], check_in["DTEND"]) == ("20260311", "20260314")
    assert [alarm["TRIGGER"] for alarm in check_in.children] == ["PT9H"]
    assert "Wednesday 11 March 2026, 00:00" in check_in["DESCRIPTION"]
    assert "(Asia/Kuala_Lumpur)" in check_in["DESCRIPTION"]


def test_nothing_private_is_in_the_file() -> None:
    course = _course(
        messages=(_sent(MessageKind.THANK_YOU, NOW),),
        heard=(Heard(interview_id="i1", what=Word.UPDATE, at=NOW, note="PRIVATE"),),
        snoozes=(Snooze(interview_id="i1", step="reflect", until=date(2026, 3, 9), reason="PRIVATE", at=NOW),),
    )

    assert b"PRIVATE" not in _file(course).content.replace(b"CLASS:PRIVATE", b"")


def test_nothing_new_gives_the_same_events() -> None:
    first = _file(_course())
    again = _file(_course(), NOW + timedelta(minutes=5), first.ledger)

    assert again.ledger == first.ledger
    assert _without_stamps(again.content) == _without_stamps(first.content)


def _without_stamps(content: bytes) -> bytes:
    return re.sub(rb"DTSTAMP:\w+\r\n", b"", content)


def test_a_moved_step_keeps_its_uid_and_gets_a_higher_sequence() -> None:
    first = _file(_course())
    later = NOW + timedelta(days=1)
    update = Heard(interview_id="i1", what=Word.UPDATE, at=later, reply_by=date(2026, 3, 20))
    moved = _file(_course(heard=(update,)), later, first.ledger)
    before, after = (_events(file)["i1-check_in@debrief"] for file in (first, moved))

    assert (before["DTSTART"], after["DTSTART"]) == ("20260310", "20260323")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] == "20260304T090000Z"
    untouched = "i1-reflect@debrief"
    assert _events(moved)[untouched]["SEQUENCE"] == _events(first)[untouched]["SEQUENCE"]


def test_a_step_that_is_done_is_cancelled_in_the_next_file() -> None:
    first = _file(_course())
    done = _file(_course(messages=(_sent(MessageKind.THANK_YOU, NOW),)), NOW + timedelta(hours=1), first.ledger)
    thank_you = _events(done)["i1-thank_you-p1@debrief"]

    assert thank_you["STATUS"] == "CANCELLED"
    assert not thank_you.children
    assert int(thank_you["SEQUENCE"]) > int(_events(first)["i1-thank_you-p1@debrief"]["SEQUENCE"])
    assert thank_you["DTSTART"] == "20260304T063000Z"


def test_what_was_never_handed_out_is_not_cancelled() -> None:
    events = _events(_file(_course(messages=(_sent(MessageKind.THANK_YOU, NOW),))))

    assert "i1-thank_you-p1@debrief" not in events
    assert {event["STATUS"] for event in events.values()} == {"CONFIRMED"}


def test_a_cancelled_event_that_is_due_again_comes_back_with_a_higher_sequence() -> None:
    first = _file(_course())
    gone = _file(_course(messages=(_sent(MessageKind.THANK_YOU, NOW),)), NOW + timedelta(hours=1), first.ledger)
    back = _file(_course(), NOW + timedelta(hours=1), gone.ledger)
    thank_you = _events(back)["i1-thank_you-p1@debrief"]

    assert thank_you["STATUS"] == "CONFIRMED"
    assert int(thank_you["SEQUENCE"]) > int(_events(gone)["i1-thank_you-p1@debrief"]["SEQUENCE"])


def test_a_cancelled_event_is_forgotten_after_two_months() -> None:
    first = _file(_course())
    nothing: tuple[CalendarEvent, ...] = ()
    soon = calendar_file(nothing, first.ledger, NOW + timedelta(days=1))
    later = calendar_file(nothing, soon.ledger, NOW + timedelta(days=62))

    assert len(_events(soon)) == 5
    assert _events(later) == {}
    assert later.ledger == {}


def test_the_file_of_one_application_leaves_the_events_of_others_alone() -> None:
    first = _file(_course())
    other = calendar_file((), first.ledger, NOW + timedelta(hours=1), "another application")
    own = calendar_file((), first.ledger, NOW + timedelta(hours=1), "a1")

    assert _events(other) == {}
    assert other.ledger == first.ledger
    assert {event["STATUS"] for event in _events(own).values()} == {"CANCELLED"}


def test_sequences_grow_even_where_the_ledger_was_lost_or_the_clock_set_back() -> None:
    first = _file(_course())
    lost = _file(_course(), NOW + timedelta(days=1), {})
    set_back = calendar_file((), first.ledger, NOW - timedelta(days=3))
    uid = "i1-check_in@debrief"

    assert int(_events(lost)[uid]["SEQUENCE"]) > int(_events(first)[uid]["SEQUENCE"])
    assert int(_events(set_back)[uid]["SEQUENCE"]) > int(_events(first)[uid]["SEQUENCE"])


def test_a_put_off_step_moves_and_a_skipped_one_is_left_out() -> None:
    until = Snooze(interview_id="i1", step="thank_you", person_id="p1", until=date(2026, 3, 9), at=NOW)
    skipped = Snooze(interview_id="i1", step="reflect", at=NOW, reason="too long ago")
    events = _events(_file(_course(snoozes=(until, skipped))))

    assert events["i1-thank_you-p1@debrief"]["DTSTART"] == "20260309"
    assert "i1-reflect@debrief" not in events


def test_done_and_closed_steps_are_left_out() -> None:
    reflection = Reflection(interview_id="i1", questionnaire=1, started_at=ENDED, finished_at=NOW)
    events = _events(_file(_course(reflection=reflection), NOW + timedelta(days=300)))

    assert set(events) == {"i1-let_go@debrief"}


def test_two_requests_are_two_events() -> None:
    words = tuple(Heard(id=f"h{n}", interview_id="i1", what=Word.REQUEST, at=NOW) for n in (1, 2))

    assert {uid for uid in _events(_file(_course(heard=words))) if "send_material" in uid} == {
        "i1-send_material-h1@debrief",
        "i1-send_material-h2@debrief",
    }


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_comes_out_the_same_and_adds_no_events(text: str) -> None:
    one = _course().rounds[0]
    met = Met(replace(DANA, name=text), one.met[0].meeting)
    course = Course(Application(id="a1", employer=text, role=text), (replace(one, met=(met,)),))
    events = _events(_file(course))
    shown = text.replace("\r\n", "\n")

    assert len(events) == 5
    assert events["i1-check_in@debrief"]["SUMMARY"] == f"Check in with {shown}"
    assert events["i1-thank_you-p1@debrief"]["SUMMARY"] == f"Thank {shown}, {shown}"
    assert events["i1-check_in@debrief"]["DESCRIPTION"].startswith(f"{shown}, panel\n")
    assert events["i1-check_in@debrief"].children[0]["DESCRIPTION"] == f"Check in with {shown}"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
@settings(max_examples=examples(50), deadline=None)
def test_any_employer_at_all_gives_a_file_that_opens(employer: str) -> None:
    course = replace(_course(), application=Application(id="a1", employer=employer, role="x"))
    file = _file(course)

    assert len(_events(file)) == 5
    assert len(Calendar.from_ical(file.content).events) == 5


def test_the_sample_opens_in_both_readers() -> None:
    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    events = events_ahead(courses_of(read_sample(now)), _rules(), working_days, now, _link)
    file = calendar_file(events, {}, now)
    first = {event["UID"]: event["SUMMARY"] for event in read_strictly(file.content).children}
    second = {str(event["UID"]): str(event["SUMMARY"]) for event in Calendar.from_ical(file.content).events}

    assert first == second
    assert len(first) == len(events) > 20


@given(st.integers(0, 5 * 365 * 24 * 60), st.sampled_from(["Africa/Casablanca", "Asia/Tokyo"]))
@settings(max_examples=examples(40), deadline=None)
def test_every_window_makes_an_event_that_calendars_take(minutes: int, zone: str) -> None:
    ended = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    interview = replace(INTERVIEW, ended_at=ended, timezone=zone)

    assert len(_events(_file(_course(interview=interview), ended + timedelta(hours=1)))) == 5


def test_the_ledger_survives_the_settings() -> None:
    ledger = _file(_course()).ledger

    assert ledger_from_json(ledger_to_json(ledger)) == ledger


@pytest.mark.parametrize(
    "kept",
    [
        None, 7, [], {"uid": None}, {"uid": ["a"]}, {"uid": ["a", "b", "soon", "c", "d"]},
        {"uid": ["a", "b", "2026-03-02T09:00:00+00:00", "soon", "d"]},
        {"uid": ["a", "b", "0001-01-01T00:00:00+14:00", "2026-03-02", "d"]},
        {"uid": ["a", "b", "9999-12-31T23:59:59+00:00", "2026-03-02", "d"]},
    ],
)  # fmt: skip
def test_a_spoilt_ledger_is_an_empty_one(kept: object) -> None:
    assert ledger_from_json(kept) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"uid": ""},
        {"title": ""},
        {"url": ""},
        {"end": date(2026, 3, 3)},
        {"end": datetime(2026, 3, 5, tzinfo=UTC)},
        {"start": ENDED.replace(tzinfo=None), "end": NOW.replace(tzinfo=None)},
    ],
)
def test_an_event_that_calendars_would_refuse_cannot_be_made(changes: dict[str, object]) -> None:
    event = CalendarEvent("u", "a1", date(2026, 3, 3), date(2026, 3, 4), "Title", "", "http://x", timedelta())

    with pytest.raises(ValueError, match=r"event|both"):
        replace(event, **changes)
