"""Putting off, skipping and bringing back, through the store and its journal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from debrief.domain.agenda import Agenda, Due
from debrief.domain.facts import Snooze
from debrief.domain.rules import StepName
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import todays_agenda
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from debrief.usecases.snoozes import bring_back, put_off, skip
from tests.house_rules import BOOK

ROBIN = Actor("robin")
TODAY = date(2026, 3, 4)


@pytest.fixture
def logged(sqlite_store: Store, now: datetime) -> Store:
    """A record with one interview that ended two hours ago."""
    entry = InterviewEntry(
        employer="Acme Lanterns",
        role="Data Analyst",
        round="Panel",
        on=TODAY,
        at=time(10, 0),
        timezone="Europe/London",
        people=(PersonEntry(name="Dana Whitfield"), PersonEntry(name="Amir Haddad")),
    )
    log_interview(ROBIN, sqlite_store, now, entry)
    return sqlite_store


def _agenda(store: Store, now: datetime) -> Agenda:
    return todays_agenda(ROBIN, store, now, BOOK.rules["standard"])


def _thank_dana(dues: tuple[Due, ...]) -> list[Due]:
    return [due for due in dues if due.step.name is StepName.THANK_YOU and due.step.person_id and _is_dana(due)]


def _is_dana(due: Due) -> bool:
    return due.step.person is not None and due.step.person.name == "Dana Whitfield"


def _sentences(store: Store, now: datetime) -> list[str]:
    with store.unit(ROBIN.owner, now) as unit:
        return [entry.sentence for entry in unit.journal()]


def test_a_step_put_off_is_back_on_its_day(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)

    put_off(ROBIN, logged, now, due, date(2026, 3, 6))

    assert _thank_dana(_agenda(logged, now).put_off)
    assert not _thank_dana(_agenda(logged, now).now)
    assert _thank_dana(_agenda(logged, now + timedelta(days=2)).now)
    assert _sentences(logged, now)[0] == (
        "Put off until Friday 6 March: thank-you note to Dana Whitfield, Acme Lanterns"
    )


def test_a_step_skipped_stays_away_and_says_why(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)

    kept = skip(ROBIN, logged, now, due, "  thanked her in person ")

    assert kept.reason == "thanked her in person"
    assert _thank_dana(_agenda(logged, now + timedelta(days=5)).put_off)
    assert _sentences(logged, now)[0] == (
        "Skipped: thank-you note to Dana Whitfield, Acme Lanterns (thanked her in person)"
    )


def test_skipping_without_a_reason_is_refused(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)

    with pytest.raises(Refused, match="why you skip it"):
        skip(ROBIN, logged, now, due, "   ")

    assert _thank_dana(_agenda(logged, now).now)


@pytest.mark.parametrize("until", [TODAY, TODAY - timedelta(days=1)])
def test_a_day_that_is_not_ahead_is_refused(logged: Store, now: datetime, until: date) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)

    with pytest.raises(Refused, match="not ahead"):
        put_off(ROBIN, logged, now, due, until)


def test_a_step_can_be_put_off_to_its_last_day_and_not_beyond(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)
    assert due.step.closes is not None
    last = due.step.closes.date()

    with pytest.raises(Refused, match="closes on Wednesday 11 March"):
        put_off(ROBIN, logged, now, due, last + timedelta(days=1))

    assert put_off(ROBIN, logged, now, due, last).until == last


def test_bringing_back_takes_away_every_pause_that_still_holds(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)
    skip(ROBIN, logged, now, due, "no time")
    (again,) = _thank_dana(_agenda(logged, now).put_off)
    put_off(ROBIN, logged, now, again, date(2026, 3, 9))

    (brought,) = _thank_dana(_agenda(logged, now).put_off)
    bring_back(ROBIN, logged, now, brought)

    assert _thank_dana(_agenda(logged, now).now)
    assert not _thank_dana(_agenda(logged, now).put_off)


def test_a_pause_that_ran_out_stays_in_the_story_when_a_later_one_is_brought_back(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)
    put_off(ROBIN, logged, now, due, TODAY + timedelta(days=1))
    later = now + timedelta(days=2)
    (again,) = _thank_dana(_agenda(logged, later).now)
    skip(ROBIN, logged, later, again, "too late now")

    (brought,) = _thank_dana(_agenda(logged, later).put_off)
    bring_back(ROBIN, logged, later, brought)

    with logged.unit(ROBIN.owner, later) as unit:
        assert [snooze.until for snooze in unit.find(Snooze)] == [TODAY + timedelta(days=1)]


def test_putting_off_can_be_undone(logged: Store, now: datetime) -> None:
    (due,) = _thank_dana(_agenda(logged, now).now)
    put_off(ROBIN, logged, now, due, date(2026, 3, 6))

    with logged.unit(ROBIN.owner, now) as unit:
        unit.undo(unit.journal()[0].id)

    assert _thank_dana(_agenda(logged, now).now)
