"""Which questions of the questionnaire the charts read. The only place that knows their ids.

A questionnaire without them (a centre may take a question out) leaves those charts empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from debrief.domain.facts import Answer, Answers

OVERALL_RATING = "overall"
"""How did it go, all in all? 1 to 5."""
CHANCE_OF_YES = "chance"
"""How likely is a yes? 0 to 100."""
HARD_QUESTIONS = "hard_questions"
"""Entries, each with how it went (1 to 5) and what it was about."""
LANDED_ANSWERS = "landed"
"""Entries, each with what it showed."""
HOW_IT_WENT = "went"
COMPETENCIES = "competencies"


@dataclass(frozen=True, slots=True)
class Moment:
    """One question of an interview that was written down: a hard one, or one whose answer landed."""

    competency: str
    """The id in the questionnaire. A question about two of them makes two moments."""
    hard: bool
    went: int | None
    """How a hard question went, 1 (lost for words) to 5 (strong); None where it was not rated, and for landed ones."""


def self_rating(answers: Answers) -> float | None:
    """How the candidate rated the round as a whole, 1 to 5; None where it was not answered."""
    return _number(answers, OVERALL_RATING)


def stated_chance(answers: Answers) -> float | None:
    """The chance of a yes that the candidate stated, 0 to 1; None where it was not answered."""
    percent = _number(answers, CHANCE_OF_YES)
    return None if percent is None else percent / 100


def moments(answers: Answers) -> Iterator[Moment]:
    """The hard questions and the answers that landed, once for each competency that they were about."""
    for entry in _entries(answers, HARD_QUESTIONS):
        went = _whole(entry.get(HOW_IT_WENT))
        for competency in _texts(entry.get(COMPETENCIES)):
            yield Moment(competency, hard=True, went=went)
    for entry in _entries(answers, LANDED_ANSWERS):
        for competency in _texts(entry.get(COMPETENCIES)):
            yield Moment(competency, hard=False, went=None)


def _number(answers: Answers, question: str) -> float | None:
    answer = answers.get(question)
    whole = _whole(answer.value) if answer else None
    return None if whole is None else float(whole)


def _whole(value: Answer) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _entries(answers: Answers, question: str) -> Iterator[dict[str, Answer]]:
    answer = answers.get(question)
    if answer and isinstance(answer.value, list):
        yield from (entry for entry in answer.value if isinstance(entry, dict))


def _texts(value: Answer) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
