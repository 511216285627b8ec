"""Five minutes of rehearsing: which question comes, how long it took, and that no step is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from debrief.domain.facts import Answer, Rehearsal
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.rehearsals import (
    FORGOTTEN_AFTER,
    LENGTH,
    SITTING_SETTING,
    Sitting,
    answer_given,
    begin_sitting,
    end_sitting,
    forget_sitting,
    practices,
    rate_answer,
    sitting_in,
    skip_question,
)
from tests.unit.usecases.a_record import ME, NOW, logged, reflecting

SECOND = timedelta(seconds=1)


@pytest.fixture
def met(sqlite_store: Store) -> Store:
    """A record with three hard questions: lost, solid, and not marked."""
    first = logged(sqlite_store)
    reflecting(sqlite_store, first, hard_questions=[{"asked": "Why us?", "went": 4}, {"asked": "And the gap?"}])
    second = logged(sqlite_store, employer="Birch & Partners", on=date(2026, 2, 2))
    reflecting(
        sqlite_store, second, hard_questions=[{"asked": "Why so short?", "went": 1}, {"asked": "why US", "went": 5}]
    )
    return sqlite_store


def now_is(store: Store, after: timedelta = timedelta(0)) -> Sitting | None:
    with store.unit(ME.owner, NOW + after) as unit:
        return sitting_in(unit)


def order(store: Store) -> list[str]:
    with store.unit(ME.owner, NOW) as unit:
        return [practice.question.asked for practice in practices(unit)]


def test_the_weakest_comes_first_and_one_question_once(met: Store) -> None:
    assert order(met) == ["Why so short?", "And the gap?", "Why us?"]


def test_a_rehearsed_question_gives_way_to_those_as_weak(met: Store) -> None:
    begin_sitting(ME, met, NOW)
    rate_answer(ME, met, NOW + 40 * SECOND, 3)

    assert order(met) == ["And the gap?", "Why us?", "Why so short?"]


def test_a_question_is_timed_marked_and_followed_by_the_next(met: Store) -> None:
    assert begin_sitting(ME, met, NOW).question == "Why so short?"
    assert answer_given(ME, met, NOW + 72 * SECOND).seconds == 72
    following = rate_answer(ME, met, NOW + 80 * SECOND, 2)

    assert (following.question, following.seconds, following.asked_at) == ("And the gap?", None, NOW + 80 * SECOND)
    with met.unit(ME.owner, NOW) as unit:
        (kept,) = unit.find(Rehearsal)
    assert (kept.question, kept.seconds, kept.rating, kept.at) == ("Why so short?", 72, 2, NOW + 80 * SECOND)
    assert following.rated == (kept.id,)


def test_a_mark_without_stopping_the_clock_takes_the_time_so_far(met: Store) -> None:
    begin_sitting(ME, met, NOW)
    rate_answer(ME, met, NOW + 33 * SECOND, 5)

    with met.unit(ME.owner, NOW) as unit:
        assert [one.seconds for one in unit.find(Rehearsal)] == [33]


def test_a_sitting_is_found_again_after_a_restart_and_forgotten_once_left(met: Store) -> None:
    begun = begin_sitting(ME, met, NOW)

    assert now_is(met, FORGOTTEN_AFTER) == begun
    assert now_is(met, FORGOTTEN_AFTER + SECOND) is None


@pytest.mark.parametrize(
    "stored",
    [
        {},
        "why us",
        {"started_at": "soon", "asked_at": "later", "interview_id": "", "question": "Why us?"},
        {"started_at": "2026-03-02T09:00:00", "asked_at": "2026-03-02T09:00:00", "question": "Why us?"},
        {
            "started_at": 1,
            "asked_at": [],
            "interview_id": None,
            "question": None,
            "seconds": "",
            "seen": 3,
            "rated": {},
        },
    ],
)
def test_a_sitting_that_cannot_be_read_is_none_and_another_one_begins(met: Store, stored: Answer) -> None:
    with met.unit(ME.owner, NOW) as unit:
        unit.set_setting(SITTING_SETTING, stored)

    assert now_is(met) is None
    assert begin_sitting(ME, met, NOW).question == "Why so short?"


def test_no_question_is_put_after_five_minutes(met: Store) -> None:
    begin_sitting(ME, met, NOW)

    over = rate_answer(ME, met, NOW + LENGTH, 4)

    assert over.is_over
    with pytest.raises(Refused, match="This rehearsal is over"):
        rate_answer(ME, met, NOW + LENGTH, 4)


def test_a_sitting_ends_when_every_question_was_put_skipped_ones_too(met: Store) -> None:
    begin_sitting(ME, met, NOW)
    skip_question(ME, met, NOW)
    skip_question(ME, met, NOW)

    assert skip_question(ME, met, NOW).is_over
    with met.unit(ME.owner, NOW) as unit:
        assert unit.find(Rehearsal) == []


def test_stopping_keeps_what_was_marked_and_another_one_can_begin(met: Store) -> None:
    begin_sitting(ME, met, NOW)
    rate_answer(ME, met, NOW + SECOND, 4)

    ended = end_sitting(ME, met, NOW + SECOND)
    assert ended.is_over
    assert len(ended.rated) == 1
    forget_sitting(ME, met, NOW)
    assert now_is(met) is None
    assert begin_sitting(ME, met, NOW).rated == ()


def test_a_mark_can_be_undone(met: Store) -> None:
    begin_sitting(ME, met, NOW)
    rate_answer(ME, met, NOW, 4)

    with met.unit(ME.owner, NOW) as unit:
        done = unit.journal()[0]
        unit.undo(done.id)

    assert done.sentence == "Rehearsed “Why so short?”"
    with met.unit(ME.owner, NOW) as unit:
        assert unit.find(Rehearsal) == []


@pytest.mark.parametrize("rating", [0, 6])
def test_a_mark_is_from_one_to_five(met: Store, rating: int) -> None:
    begin_sitting(ME, met, NOW)

    with pytest.raises(Refused, match="from 1 to 5"):
        rate_answer(ME, met, NOW, rating)


def test_without_hard_questions_there_is_nothing_to_begin(sqlite_store: Store) -> None:
    with pytest.raises(Refused, match="no hard question to rehearse yet"):
        begin_sitting(ME, sqlite_store, NOW)
