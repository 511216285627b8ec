"""Rehearsing: which hard question to say aloud next, and how those rehearsed have come on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from debrief.domain.facts import Rehearsal
from debrief.domain.preparation import QuestionMet

UNRATED = 3
"""How strong a question counts as that nobody has marked yet: between lost and ready."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One hard question with how it went alone since."""

    question: QuestionMet
    rehearsals: tuple[Rehearsal, ...] = ()
    """In order of time."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells the question from others: where it was met and its words."""
        return self.question.round.interview.id, self.question.asked

    @property
    def strength(self) -> int:
        """1 (lost) to 5 (ready): the last rehearsal's mark, else how it went in the interview."""
        return self.rehearsals[-1].rating if self.rehearsals else self.question.went or UNRATED

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Weak and seldom rehearsed counts alike: smaller comes first."""
        times = len(self.rehearsals)
        return self.strength + times, times, self.rehearsals[-1].at.isoformat() if self.rehearsals else ""


def to_rehearse(met: Iterable[QuestionMet], rehearsals: Iterable[Rehearsal]) -> tuple[Practice, ...]:
    """Every hard question once, the weakest and least rehearsed first.

    A question that was met twice in the same words is taken where it went worse.
    """
    said: dict[str, list[Rehearsal]] = defaultdict(list)
    for one in sorted(rehearsals, key=lambda one: (one.at, one.id)):
        said[_folded(one.question)].append(one)
    by_words: dict[str, Practice] = {}
    for question in met:
        practice = Practice(question, tuple(said[_folded(question.asked)]))
        known = by_words.get(_folded(question.asked))
        if known is None or (question.went or UNRATED) < (known.question.went or UNRATED):
            by_words[_folded(question.asked)] = practice
    return tuple(sorted(by_words.values(), key=lambda practice: practice.urgency))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(" .?!")
