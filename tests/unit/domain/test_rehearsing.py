"""Which hard question is rehearsed next, and what is known of it by then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from a_round import END, a_course, a_round, an_interview

from debrief.domain.facts import Rehearsal
from debrief.domain.preparation import QuestionMet
from debrief.domain.rehearsing import to_rehearse


def met(asked: str, went: int | None = None, interview: str = "one") -> QuestionMet:
    one = a_round(interview=an_interview(id=interview))
    return QuestionMet(asked=asked, said="", went=went, next_time=(), competencies=(), course=a_course(one), round=one)


def rehearsed(question: str, rating: int, days: int = 0, interview: str = "one") -> Rehearsal:
    at = END + timedelta(days=days)
    return Rehearsal(id=f"r{days}", interview_id=interview, question=question, seconds=60, rating=rating, at=at)


def order(questions: list[QuestionMet], rehearsals: list[Rehearsal] | None = None) -> list[str]:
    return [practice.question.asked for practice in to_rehearse(questions, rehearsals or [])]


def test_the_weakest_comes_first_and_an_unmarked_one_counts_as_middling() -> None:
    assert order([met("d", 4), met("u"), met("a", 1), met("b", 2)]) == ["a", "b", "u", "d"]


def test_each_rehearsal_moves_a_question_back_and_the_last_mark_counts() -> None:
    questions = [met("why", 2), met("how", 3)]
    assert order(questions) == ["why", "how"]
    assert order(questions, [rehearsed("why", 2)]) == ["how", "why"]
    (how, why) = to_rehearse(questions, [rehearsed("why", 5, days=2), rehearsed("why", 1, days=1)])
    assert (how.strength, why.strength) == (3, 5)
    assert [one.rating for one in why.rehearsals] == [1, 5]
    assert why.key == ("one", "why")


def test_of_equally_urgent_ones_the_less_rehearsed_and_the_longer_ago_comes_first() -> None:
    assert order([met("twice", 1), met("never", 3)], [rehearsed("twice", 1, 1), rehearsed("twice", 1, 2)]) == [
        "never",
        "twice",
    ]
    assert order([met("b", 3), met("a", 3)], [rehearsed("b", 2, 5), rehearsed("a", 2, 1)]) == ["a", "b"]


@pytest.mark.parametrize("again", ["Why you?", "why  you", " WHY you ?! ", "Why you."])
def test_the_same_words_are_one_question_taken_where_it_went_worse(again: str) -> None:
    (one,) = to_rehearse([met("Why you?", 4), met(again, 2, "two")], [rehearsed("why you", 5)])
    assert (one.question.went, one.question.round.interview.id) == (2, "two")
    assert len(one.rehearsals) == 1
    (one,) = to_rehearse([met("Why you?", 2), met(again, 2, "two")], [])
    assert one.question.round.interview.id == "one"
    (one,) = to_rehearse([met("Why you?", 4), met(again, None, "two")], [])
    assert one.question.round.interview.id == "two"
    (one,) = to_rehearse([met("Why you?", None), met(again, 3, "two")], [])
    assert one.question.round.interview.id == "one"


def test_other_words_are_another_question() -> None:
    assert len(order([met("Why you"), met("Why us")], [rehearsed("Why them", 1)])) == 2
