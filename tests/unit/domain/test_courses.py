"""What a round holds: which note went out last, whom one met, what was heard first, and where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from a_round import a_course, a_round, an_interview, decided, heard, later, met, note

from debrief.domain.courses import NOTHING_YET, Status, status_of
from debrief.domain.facts import DecisionKind, MessageKind, RoundState, Word

THANKS = MessageKind.THANK_YOU


def test_the_note_that_counts_is_the_latest_of_its_kind_that_went_out() -> None:
    first, last = note(THANKS, later(hours=2), "dana"), note(THANKS, later(hours=9), "amir")
    others = (note(MessageKind.CHECK_IN, later(days=9)), note(THANKS, None, "dana"))
    one = a_round(messages=(others[0], last, first, others[1]))

    assert one.sent(THANKS) == last
    assert one.sent(THANKS, "dana") == first
    assert one.sent(THANKS, "nobody") is None
    assert one.sent(MessageKind.CONNECT) is None
    assert a_round(messages=(note(THANKS, None),)).sent(THANKS) is None


def test_a_person_is_found_among_those_met_in_the_round() -> None:
    one = a_round(met=met("Dana Whitfield", "Amir Haddad"))

    assert one.met_by("amir") == one.met[1]
    assert one.met_by("nobody") is None
    assert one.met_by(None) is None


def test_the_first_word_is_the_earliest_of_all() -> None:
    assert a_round().first_word_at is None
    words = (heard(Word.REJECTED, later(days=4)), heard(Word.UPDATE, later(days=2)))
    assert a_round(heard=words).first_word_at == later(days=2)


@pytest.mark.parametrize("state", [state for state in RoundState if state is not RoundState.HELD])
def test_a_round_that_was_not_held_stands_where_it_says(state: RoundState) -> None:
    one = replace(a_round(heard=(heard(Word.OFFER, later(days=1)),)), interview=an_interview(state=state))
    assert one.status == Status(state.value)


def test_a_held_round_stands_where_the_last_final_answer_or_decision_put_it() -> None:
    update, offer = heard(Word.UPDATE, later(days=5)), heard(Word.OFFER, later(days=2))
    assert a_round(heard=(update,)).status is Status.WAITING
    assert a_round(heard=(offer, update)).status is Status.OFFER
    declined, accepted = decided(DecisionKind.DECLINED, later(days=1)), decided(DecisionKind.ACCEPTED, later(days=2))
    assert a_round(heard=(offer,), decisions=(declined,)).status is Status.OFFER
    assert a_round(heard=(offer,), decisions=(accepted,)).status is Status.ACCEPTED  # a tie is the decision's
    assert status_of(RoundState.HELD, (), ()) is Status.WAITING


def test_open_is_where_somebody_has_a_move_to_make() -> None:
    assert {status for status in Status if status.is_open} == {
        Status.WAITING,
        Status.SCHEDULED,
        Status.OFFER,
        Status.ADVANCED,
    }


def test_a_course_stands_where_its_latest_round_does_and_knows_its_rounds() -> None:
    first, second = a_round(heard=(heard(Word.ADVANCED, later(days=1)),)), a_round(interview=an_interview(id="two"))
    course = a_course(first, second)

    assert (course.latest, course.status) == (second, Status.WAITING)
    assert (course.round_of("one"), course.round_of("two"), course.round_of("three")) == (first, second, None)
    assert (a_course().latest, a_course().status) == (None, NOTHING_YET)
