"""Lessons that say nearly the same: found, so that joining them can be offered. Nothing is joined here.

Two lessons are alike by the families of their words ("pause", "pausing"),
longer words counting more; lessons of one area need less, of two areas more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import JaroWinkler

from debrief.domain.facts import Lesson, LessonState

ALIKE = 0.65
ALIKE_IN_ONE_AREA = 0.5
ALIKE_IN_TWO_AREAS = 0.8
"""From which likeness on (0 to 1) two lessons are offered for joining."""
_FAMILY = 0.87
"""From which Jaro–Winkler similarity on two words are of one family."""
_HEAD = 3
"""Letters that the words of a family begin with in common."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Two lessons that say nearly the same, the one that was learned first in front."""

    first: Lesson
    again: Lesson
    likeness: float

    @property
    def key(self) -> str:
        """Tells the pair from others, in whichever order."""
        return pair_key(self.first, self.again)


def recurring(lessons: Sequence[Lesson], apart: Collection[str] = ()) -> tuple[Recurrence, ...]:
    """The pairs to offer, the likest first; `apart` are keys of pairs to be left alone, as dropped lessons are."""
    kept = [lesson for lesson in lessons if lesson.state is not LessonState.DROPPED]
    found = (
        Recurrence(one, other, text_likeness(one.text, other.text))
        for one, other in _with_a_common_word(sorted(kept, key=lambda lesson: (lesson.created_at, lesson.id)))
        if pair_key(one, other) not in apart
    )
    offered = [pair for pair in found if pair.likeness >= _bar(pair.first, pair.again)]
    return tuple(sorted(offered, key=lambda pair: (-pair.likeness, pair.key)))


def pair_key(one: Lesson, other: Lesson) -> str:
    """What a pair is remembered by."""
    return "+".join(sorted((one.id, other.id)))


def text_likeness(one: str, other: str) -> float:
    """How alike two texts are worded: 0 for no word in common, 1 for the same families of words."""
    words, others = _words(one), _words(other)
    whole = sum(map(_weight, (*words, *others)))
    if not whole:
        return float(one.casefold().split() == other.casefold().split())
    return (_shared(words, others) + _shared(others, words)) / whole


def _bar(one: Lesson, other: Lesson) -> float:
    if one.area and other.area:
        return ALIKE_IN_ONE_AREA if one.area == other.area else ALIKE_IN_TWO_AREAS
    return ALIKE


def _shared(words: Collection[str], others: Collection[str]) -> int:
    return sum(_weight(word) for word in words if any(_one_family(word, other) for other in others))


def _one_family(word: str, other: str) -> bool:
    return word[:_HEAD] == other[:_HEAD] and JaroWinkler.similarity(word, other) >= _FAMILY


def _weight(word: str) -> int:
    """Short words hold a sentence together; long ones say what it is about."""
    return max(0, len(word) - 2)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _with_a_common_word(lessons: Sequence[Lesson]) -> Iterator[tuple[Lesson, Lesson]]:
    """Pairs worth comparing: a word in each begins alike. Of a thousand lessons most pairs are not."""
    by_head: dict[str, list[int]] = defaultdict(list)
    for place, lesson in enumerate(lessons):
        for head in {word[:_HEAD] for word in _words(lesson.text) if _weight(word) > 1}:
            by_head[head].append(place)
    pairs = {pair for places in by_head.values() for pair in combinations(places, 2)}
    for one, other in sorted(pairs):
        yield lessons[one], lessons[other]
