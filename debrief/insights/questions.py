"""Which questions of the questionnaire the charts read. The only place that knows their ids."""

from __future__ import annotations

from debrief.domain.facts import Answers

OVERALL_RATING = "overall"
"""How did it go, all in all? 1 to 5."""
CHANCE_OF_YES = "chance_of_yes"
"""How likely is a yes? 0 to 100."""


def self_rating(answers: Answers) -> float | None:
    """How the candidate rated the round as a whole, 1 to 5; None where it was not answered."""
    return _number(answers, OVERALL_RATING)


def stated_chance(answers: Answers) -> float | None:
    """The chance of a yes that the candidate stated, 0 to 1; None where it was not answered."""
    percent = _number(answers, CHANCE_OF_YES)
    return None if percent is None else percent / 100


def _number(answers: Answers, question: str) -> float | None:
    answer = answers.get(question)
    if answer is None or isinstance(answer.value, bool) or not isinstance(answer.value, int):
        return None
    return float(answer.value)
