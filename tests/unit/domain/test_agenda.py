"""What stands on Today, in what order, what was put off, and who is silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from debrief.domain.agenda import Agenda, Due, Urgency, agenda
from debrief.domain.courses import Course
from debrief.domain.facts import Application, RoundState, Snooze, Word
from debrief.domain.rules import StepName
from debrief.domain.workdays import WorkingDays
from tests.house_rules import BOOK
from tests.unit.domain.a_round import END, a_course, a_round, an_interview, heard, later, met

STANDARD = BOOK.rules["standard"]
DAYS = WorkingDays()


def _agenda(*courses: Course, now: datetime) -> Agenda:
    return agenda(courses, STANDARD, lambda _: DAYS, now)


def _snooze(step: StepName = StepName.REFLECT, at: datetime = END, **facts: Any) -> Snooze:
    return Snooze(interview_id="one", step=step.value, at=at, **facts)


def _names(dues: Iterable[Due]) -> list[tuple[str, str | None]]:
    return [(due.step.name.value, due.step.person_id) for due in dues]


def test_an_offer_stands_above_what_is_late_and_that_above_what_is_open_and_soon() -> None:
    offered = Course(
        Application(id="offered", employer="Birch Mills", role="Analyst"),
        (
            a_round(
                interview=an_interview(id="two", application_id="offered"), heard=(heard(Word.OFFER, later(days=2)),)
            ),
        ),
    )

    found = _agenda(a_course(a_round(met=met("Dana Whitfield"))), offered, now=later(days=2, hours=1))

    urgencies = [due.urgency for due in found.dues]
    assert urgencies == sorted(urgencies)
    assert found.now[0].step.name is StepName.OFFER_REPLY
    assert {due.urgency for due in found.now} >= {Urgency.OFFER, Urgency.LATE, Urgency.OPEN}
    assert all(due.urgency is Urgency.SOON for due in found.soon)
    assert [due.step.opens for due in found.soon] == sorted(due.step.opens for due in found.soon)


def test_of_two_offers_the_one_to_be_answered_first_comes_first() -> None:
    def offer(name: str, at: datetime, answer_by: date) -> Course:
        word = heard(Word.OFFER, at, reply_by=answer_by)
        return Course(
            Application(id=name, employer=name, role="Analyst"),
            (a_round(interview=an_interview(id=name), heard=(word,)),),
        )

    earlier_word = offer("Birch Mills", later(days=1), date(2026, 3, 20))
    earlier_date = offer("Copper Mills", later(days=2), date(2026, 3, 9))

    found = _agenda(earlier_word, earlier_date, now=later(days=2, hours=1))

    offers = [due.course.application.employer for due in found.now if due.urgency is Urgency.OFFER]
    assert offers == ["Copper Mills", "Birch Mills"]


def test_letting_go_is_offered_when_one_feels_like_it_and_never_late() -> None:
    found = _agenda(a_course(a_round()), now=later(days=60))

    (let_go,) = [due for due in found.now if due.step.name is StepName.LET_GO]
    assert let_go.urgency is Urgency.WHENEVER


def test_a_step_put_off_comes_back_on_its_day_in_the_interviews_zone() -> None:
    put_off = a_course(a_round(snoozes=(_snooze(until=date(2026, 3, 5)),)))
    new_york = ZoneInfo("America/New_York")
    before = datetime(2026, 3, 4, 23, 59, tzinfo=new_york)

    assert [due.step.name for due in _agenda(put_off, now=before).put_off] == [StepName.REFLECT]
    assert not _agenda(put_off, now=before + timedelta(minutes=1)).put_off
    assert StepName.REFLECT in {due.step.name for due in _agenda(put_off, now=before + timedelta(minutes=1)).now}


def test_a_step_skipped_for_one_person_stays_for_the_other() -> None:
    skipped = a_course(
        a_round(met=met("Dana Whitfield", "Amir Haddad"), snoozes=(_snooze(StepName.THANK_YOU, person_id="dana"),))
    )

    found = _agenda(skipped, now=later(hours=1))

    assert _names(found.put_off) == [("thank_you", "dana")]
    assert not found.put_off[0].lies_ahead
    assert ("thank_you", "amir") in _names(found.now)
    assert all(due.lies_ahead for due in found.dues)


def test_the_latest_putting_off_counts() -> None:
    twice = a_course(a_round(snoozes=(_snooze(reason="no time"), _snooze(at=later(hours=1), until=date(2026, 3, 4)))))

    assert _agenda(twice, now=later(hours=2)).put_off
    assert not _agenda(twice, now=later(days=2)).put_off


def test_a_pause_over_one_word_leaves_the_answer_to_the_next_one_due() -> None:
    first, second = heard(Word.REQUEST, later(days=1)), heard(Word.REQUEST, later(days=2))
    asked_twice = a_course(a_round(heard=(first, second), snoozes=(_snooze(StepName.SEND_MATERIAL, word_id=first.id),)))

    found = _agenda(asked_twice, now=later(days=2, hours=1))

    assert [due.step.word for due in found.put_off] == [first]
    assert second in [due.step.word for due in found.now]


def test_silence_is_counted_from_the_last_word_and_the_longest_comes_first() -> None:
    updated = Course(
        Application(id="updated", employer="Birch Mills", role="Analyst"),
        (a_round(interview=an_interview(id="two"), heard=(heard(Word.UPDATE, later(days=3)),)),),
    )

    found = _agenda(updated, a_course(a_round()), now=later(days=5))

    assert [(one.course.application.employer, one.days) for one in found.silent] == [
        ("Acme Lanterns", 5),
        ("Birch Mills", 2),
    ]
    assert [one.next_step and one.next_step.name for one in found.silent] == [StepName.CHECK_IN, StepName.CHECK_IN]


@pytest.mark.parametrize("what", [Word.REJECTED, Word.OFFER, Word.ADVANCED])
def test_whoever_has_answered_is_not_silent(what: Word) -> None:
    assert not _agenda(a_course(a_round(heard=(heard(what, later(days=1)),))), now=later(days=2)).silent


def test_rounds_to_come_are_told_apart_from_those_to_finish() -> None:
    planned = a_course(a_round(interview=an_interview(state=RoundState.SCHEDULED)))

    assert _agenda(planned, now=later(hours=-1)).to_come
    assert not _agenda(planned, now=later(hours=-1)).to_finish
    assert _agenda(planned, now=later(hours=1)).to_finish
    assert not _agenda(planned, now=later(hours=1)).dues


def test_every_step_of_a_held_round_is_at_hand_whatever_its_state() -> None:
    found = _agenda(a_course(a_round(heard=(heard(Word.REJECTED, later(days=1)),))), now=later(days=2))

    assert {step.name for step in found.steps["one"]} >= {StepName.CHECK_IN, StepName.REJECTION_REPLY}
    assert StepName.CHECK_IN not in {due.step.name for due in found.dues}


@pytest.mark.parametrize(
    ("wanted", "found"), [("acme", True), ("ANALYST dana", True), ("acme birch", False), ("", True)]
)
def test_a_search_wants_every_word_somewhere(wanted: str, found: bool) -> None:
    listed = _agenda(a_course(a_round(met=met("Dana Whitfield"))), now=later(hours=1))
    (thank,) = [due for due in listed.now if due.step.name is StepName.THANK_YOU]

    assert thank.speaks_of(wanted) is found


def test_a_silent_round_is_told_with_its_course_and_what_comes_next_of_the_waiting_alone() -> None:
    course = a_course(a_round(met=met("Dana Whitfield")))

    (silence,) = _agenda(course, now=later(hours=30)).silent

    assert (silence.course, silence.round) == (course, course.rounds[0])
    assert silence.next_step is not None
    assert silence.next_step.name is StepName.CHECK_IN  # before it the thank-you is due, which no silence waits for


def test_days_of_silence_change_at_midnight_where_the_interview_was() -> None:
    """It ended at 15:00 in New York; a day later there, at 23:30, it is the second morning in London."""
    found = _agenda(a_course(a_round()), now=later(days=1, hours=8, minutes=30).astimezone(ZoneInfo("Europe/London")))

    assert [silence.days for silence in found.silent] == [1]


def test_planned_rounds_come_the_nearest_first_and_are_to_finish_at_their_planned_end() -> None:
    far, near = (
        Course(
            Application(id=name, employer=name, role="Analyst"),
            (a_round(interview=an_interview(id=name, state=RoundState.SCHEDULED, ended_at=later(days=days))),),
        )
        for name, days in (("far", 9), ("near", 2))
    )

    found = _agenda(far, near, now=later(days=1))
    ended = _agenda(far, near, now=later(days=2))

    assert found.courses == (far, near)
    assert [course.application.id for course, _ in found.to_come] == ["near", "far"]
    assert [course.application.id for course, _ in ended.to_finish] == ["near"]
    assert [course.application.id for course, _ in ended.to_come] == ["far"]


def test_holidays_are_those_of_the_applications_country() -> None:
    asked: list[str | None] = []

    def days_of(country: str | None) -> WorkingDays:
        asked.append(country)
        return DAYS

    abroad = Course(Application(id="acme", employer="Acme", role="Analyst", country="MY"), (a_round(),))
    agenda([abroad], STANDARD, days_of, later(hours=1))

    assert asked == ["MY"]


def test_a_search_finds_the_person_whom_a_step_concerns_and_a_step_without_one_has_no_name() -> None:
    listed = _agenda(a_course(a_round(met=met("Dana Whitfield"))), now=later(hours=1))
    (reflect,) = [due for due in listed.now if due.step.name is StepName.REFLECT]

    assert not reflect.speaks_of("dana")
    assert not reflect.speaks_of("none")
    assert reflect.speaks_of("lanterns analyst first")
