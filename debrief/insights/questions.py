"""Which questions of the questionnaire the charts read: in the figures, the only place that knows their ids.

A questionnaire without them (a centre may take a question out) leaves those charts empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from debrief.domain.facts import Answer
from debrief.domain.preparation import HARD_QUESTIONS

OVERALL_RATING = "overall"
"""How did it go, all in all? 1 to 5."""
CHANCE_OF_YES = "chance"
"""How likely is a yes? 0 to 100."""
LANDED_ANSWERS = "landed"
"""Entries, each with what it showed."""
ASKED = (OVERALL_RATING, CHANCE_OF_YES, HARD_QUESTIONS, LANDED_ANSWERS)
"""All of them."""
HOW_IT_WENT = "went"
COMPETENCIES = "competencies"


@dataclass(frozen=True, slots=True)
class Moment:
    """One question of an interview that was written down: a hard one, or one whose answer landed."""

    competency: str
    """The id in the questionnaire; empty where nobody said what it was about. One about two makes two moments."""
    hard: bool
    went: int | None
    """How a hard question went, 1 (lost for words) to 5 (strong); None where it was not rated, and for landed ones."""


def rating(value: Answer) -> float | None:
    """The mark that an answer gives, 1 to 5; None where it gives none."""
    whole = _whole(value)
    return None if whole is None else float(whole)


def share(value: Answer) -> float | None:
    """The chance that an answer states in percent, 0 to 1; None where it states none."""
    percent = _whole(value)
    return None if percent is None else percent / 100


def moments_in(question: str, value: Answer) -> Iterator[Moment]:
    """The hard questions, or the answers that landed, once for each competency that they were about, or once."""
    if question not in (HARD_QUESTIONS, LANDED_ANSWERS) or not isinstance(value, list):
        return
    hard = question == HARD_QUESTIONS
    for entry in value:
        if isinstance(entry, dict):
            went = _whole(entry.get(HOW_IT_WENT)) if hard else None
            for competency in _texts(entry.get(COMPETENCIES)) or [""]:
                yield Moment(competency, hard, went)


def _whole(value: Answer) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _texts(value: Answer) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
