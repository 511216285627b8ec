"""The employer's word and the candidate's decision."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from debrief.domain.courses import Status
from debrief.domain.facts import DecisionKind, RoundState, Word
from debrief.errors import NotFound, Refused
from debrief.store import Store
from debrief.usecases.answers import WordEntry, decide, log_word
from tests.unit.usecases.a_record import ME, NOW, logged, round_of

ENDED = datetime(2026, 3, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        (Word.UPDATE, Status.WAITING),
        (Word.REQUEST, Status.WAITING),
        (Word.ADVANCED, Status.ADVANCED),
        (Word.REJECTED, Status.REJECTED),
        (Word.OFFER, Status.OFFER),
    ],
)
def test_a_word_is_kept_and_settles_the_round_if_it_is_final(sqlite_store: Store, word: Word, status: Status) -> None:
    interview = logged(sqlite_store)

    heard = log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=word, at=NOW, note="by phone"))

    one = round_of(sqlite_store, interview)
    assert one.heard == (heard,)
    assert one.status is status


@pytest.mark.parametrize("at", [ENDED, NOW])
def test_a_word_at_the_very_end_or_right_now_is_kept(sqlite_store: Store, at: datetime) -> None:
    assert log_word(ME, sqlite_store, NOW, logged(sqlite_store).id, WordEntry(what=Word.UPDATE, at=at)).at == at


@pytest.mark.parametrize(
    ("at", "says"),
    [(ENDED - timedelta(minutes=1), "before the interview ended"), (NOW + timedelta(minutes=1), "in the future")],
)
def test_a_word_or_decision_out_of_its_time_is_refused(sqlite_store: Store, at: datetime, says: str) -> None:
    interview = logged(sqlite_store)

    with pytest.raises(Refused, match=says) as refused:
        log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.REJECTED, at=at))
    with pytest.raises(Refused, match=says):
        decide(ME, sqlite_store, NOW, interview.id, what=DecisionKind.LET_GO, at=at)

    assert refused.value.field == "at"
    assert round_of(sqlite_store, interview).heard == ()
    assert round_of(sqlite_store, interview).decisions == ()


@pytest.mark.parametrize("state", [RoundState.CANCELLED, RoundState.NO_SHOW])
def test_a_round_that_was_not_held_has_nothing_to_answer(sqlite_store: Store, state: RoundState) -> None:
    interview = logged(sqlite_store, state=state)

    with pytest.raises(Refused, match="was not held"):
        log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.REJECTED, at=NOW))
    with pytest.raises(Refused, match="was not held"):
        decide(ME, sqlite_store, NOW, interview.id, what=DecisionKind.WITHDREW, at=NOW)


def test_a_named_date_before_the_day_it_was_named_is_refused(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)

    with pytest.raises(Refused, match="lies before the day") as refused:
        log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.UPDATE, at=NOW, reply_by=date(2026, 3, 3)))

    assert refused.value.field == "reply_by"


def test_the_day_a_date_is_named_is_the_one_at_the_interviews_place(sqlite_store: Store) -> None:
    interview = logged(sqlite_store, timezone="Pacific/Auckland", on=date(2026, 3, 4))
    word = WordEntry(what=Word.UPDATE, at=NOW, reply_by=date(2026, 3, 4))

    with pytest.raises(Refused, match="lies before the day"):  # it is the 5th there
        log_word(ME, sqlite_store, NOW, interview.id, word)


def test_a_note_with_control_characters_is_refused(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)

    with pytest.raises(Refused, match="position 3"):
        log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.UPDATE, at=NOW, note="no\x1b"))


def test_a_decision_is_kept_and_can_be_undone(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)

    decision = decide(ME, sqlite_store, NOW, interview.id, what=DecisionKind.WITHDREW, at=NOW)

    assert round_of(sqlite_store, interview).decisions == (decision,)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        (done, *_) = unit.journal()
        unit.undo(done.id)
    assert done.sentence == "You withdrew from Brightwater Energy"
    assert round_of(sqlite_store, interview).status is Status.WAITING


def test_a_second_press_keeps_a_word_and_a_decision_once(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)
    for at in (NOW - timedelta(seconds=2), NOW):
        log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.UPDATE, at=at, note="soon"))
        decide(ME, sqlite_store, NOW, interview.id, what=DecisionKind.LET_GO, at=at)

    log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.UPDATE, at=NOW, note="sooner"))
    log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.REJECTED, at=NOW, note="soon"))
    decide(ME, sqlite_store, NOW, interview.id, what=DecisionKind.WITHDREW, at=NOW)

    one = round_of(sqlite_store, interview)
    assert sorted((word.what.value, word.note) for word in one.heard) == [
        ("rejected", "soon"),
        ("update", "soon"),
        ("update", "sooner"),
    ]
    assert sorted(decision.what.value for decision in one.decisions) == ["let_go", "withdrew"]


def test_nothing_is_answered_for_an_interview_that_is_gone(sqlite_store: Store) -> None:
    with pytest.raises(NotFound):
        log_word(ME, sqlite_store, NOW, "0" * 32, WordEntry(what=Word.UPDATE, at=NOW))
    with pytest.raises(NotFound):
        decide(ME, sqlite_store, NOW, "0" * 32, what=DecisionKind.LET_GO, at=NOW)
