"""What a change moved is told from the steps before it and after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from debrief.domain.facts import Interview, Word
from debrief.errors import NotFound, Refused
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import choose_rules
from debrief.usecases.answers import WordEntry, log_word, mend_word, name_date
from debrief.usecases.log_interview import InterviewEntry, log_interview
from debrief.usecases.moves import moved_between, steps_listed
from tests.house_rules import BOOK

ROBIN = Actor("robin")


@pytest.fixture
def interview(sqlite_store: Store, now: datetime) -> Interview:
    """An interview of the day before, with nobody met by name and no date promised."""
    entry = InterviewEntry(
        employer="Acme Lanterns",
        role="Data Analyst",
        round="Panel",
        on=date(2026, 3, 3),
        at=time(10, 0),
        timezone="Europe/London",
    )
    return log_interview(ROBIN, sqlite_store, now, entry)


def _sentences(store: Store, now: datetime, change: Callable[[], object], because: str = "") -> list[str]:
    before = steps_listed(ROBIN, store, now, BOOK)
    change()
    return [moved.sentence() for moved in moved_between(before, steps_listed(ROBIN, store, now, BOOK), because)]


def test_a_named_date_moves_the_check_in(sqlite_store: Store, now: datetime, interview: Interview) -> None:
    word = log_word(ROBIN, sqlite_store, now, interview.id, WordEntry(what=Word.UPDATE, at=now))

    told = _sentences(
        sqlite_store,
        now,
        lambda: name_date(ROBIN, sqlite_store, now, word, date(2026, 3, 20)),
        "Acme Lanterns named Friday 20 March",
    )

    assert told == [
        "Check-in moved from 11 to 23 March; letting go moved from 1 to 10 April: Acme Lanterns named Friday 20 March"
    ]
    with sqlite_store.unit(ROBIN.owner, now) as unit:
        assert unit.journal()[0].sentence == "Acme Lanterns named Friday 20 March"


def test_other_house_rules_move_the_check_in(sqlite_store: Store, now: datetime, interview: Interview) -> None:
    told = _sentences(sqlite_store, now, lambda: choose_rules(ROBIN, sqlite_store, now, BOOK.rules["gentle"]))

    assert interview.id
    assert told == ["Check-in moved from 10 to 17 March"]


def test_a_no_says_in_one_breath_what_ends_and_what_begins(
    sqlite_store: Store, now: datetime, interview: Interview
) -> None:
    entry = WordEntry(what=Word.REJECTED, at=now)

    told = _sentences(sqlite_store, now, lambda: log_word(ROBIN, sqlite_store, now, interview.id, entry))

    assert told == [
        "No longer needed: thank-you note, check-in and letting go; "
        "now on the list: reply to the rejection (from 4 March) and request for feedback (from 4 March)"
    ]


def test_what_is_logged_anew_has_not_moved(sqlite_store: Store, now: datetime, interview: Interview) -> None:
    entry = InterviewEntry(
        employer="Birch Mills",
        role="Analyst",
        round="First",
        on=date(2026, 3, 3),
        at=time(9, 0),
        timezone="Europe/London",
    )

    assert interview.id
    assert _sentences(sqlite_store, now, lambda: log_interview(ROBIN, sqlite_store, now, entry)) == []


def test_the_steps_of_one_application_can_be_asked_for_alone(
    sqlite_store: Store, now: datetime, interview: Interview
) -> None:
    alone = steps_listed(ROBIN, sqlite_store, now, BOOK, interview.application_id)

    assert {due.round.interview.id for due in alone} == {interview.id}
    with pytest.raises(NotFound):
        steps_listed(Actor("another"), sqlite_store, now, BOOK, interview.application_id)


def test_a_date_before_the_word_that_named_it_is_refused(
    sqlite_store: Store, now: datetime, interview: Interview
) -> None:
    word = log_word(ROBIN, sqlite_store, now, interview.id, WordEntry(what=Word.UPDATE, at=now))
    early = now.date() - timedelta(days=1)

    with pytest.raises(Refused, match="before the day on which they named it"):
        name_date(ROBIN, sqlite_store, now, word, early)
    with pytest.raises(Refused, match="before the day on which they named it"):
        mend_word(ROBIN, sqlite_store, now, word, at=now, reply_by=early, note="")
