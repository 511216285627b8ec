"""A centre's figures over many people's waits, so that none of them can be told apart.

A fixed set of cuts, no filters. A cell is shown where at least five people
stand behind it, and only while no sum or difference of shown cells leaves fewer
than five: what would be left over is hidden along with a neighbour. Counts come
in steps of five, so that one person's joining or leaving seldom shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from debrief.insights.statistics import kaplan_meier

FEWEST_PEOPLE = 5
MOST_CELLS = 8
"""Cells of one cut; the smaller ones are left out."""
STEP = 5

Places = frozenset[int]
"""Waits by their place in the list."""
Cut = Mapping[str, Places]
"""The waits behind each label of one cut; they share none."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One interview's wait for the employer's first word."""

    person: str
    sector: str
    round: str
    days: int
    seen: bool
    """Whether a word came; else the wait is censored."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of one group of waits."""

    label: str
    at_least: int
    """Interviews, rounded down to a step of five."""
    median: int | None
    """By which day half had a word; None while fewer have."""
    quarter: int | None
    """By which day a quarter had."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown: all waits together, and cut two ways. Everything is empty with fewer than five people."""

    total: Cell | None
    by_sector: tuple[Cell, ...]
    by_round: tuple[Cell, ...]


def figures(waits: Sequence[Wait]) -> Figures:
    """The figures of these waits, each group by Kaplan and Meier's estimate, largest groups first."""
    everything = frozenset(range(len(waits)))
    people = [wait.person for wait in waits]
    if _people(everything, people) < FEWEST_PEOPLE:
        return Figures(None, (), ())
    cuts = [_cut(wait.sector for wait in waits), _cut(wait.round for wait in waits)]
    by_sector, by_round = safe_cuts(cuts, everything, people)
    return Figures(_cell("", everything, waits), _cells(by_sector, waits), _cells(by_round, waits))


def safe_cuts(cuts: Sequence[Cut], everything: Places, people: Sequence[str]) -> list[dict[str, Places]]:
    """The cells of each cut that can be shown beside everything together.

    `people` says whose each place is.
    """
    shown = [_large_enough(cut, people) for cut in cuts]
    while (exposed := _exposed(shown, everything, people)) is not None:
        place, inside = exposed
        smallest = min(inside, key=lambda label: (len(shown[place][label]), label))
        del shown[place][smallest]
    return shown


def _large_enough(cut: Cut, people: Sequence[str]) -> dict[str, Places]:
    fit = [label for label, places in cut.items() if label and _people(places, people) >= FEWEST_PEOPLE]
    largest = sorted(fit, key=lambda label: (-len(cut[label]), label))[:MOST_CELLS]
    return {label: cut[label] for label in largest}


def _exposed(shown: Sequence[Cut], everything: Places, people: Sequence[str]) -> tuple[int, list[str]] | None:
    """A cut with the cells that, taken off a sum of shown ones, leave too few people; None where there is none.

    Taking off fewer of them leaves more people: the largest number that fits in is the one to look at.
    """
    for of, whole in _sums(shown, everything):
        for place, cut in enumerate(shown):
            if place == of:
                continue
            inside = [label for label, places in cut.items() if places <= whole]
            rest = whole.difference(*(cut[label] for label in inside))
            if inside and rest and _people(rest, people) < FEWEST_PEOPLE:
                return place, inside
    return None


def _sums(shown: Sequence[Cut], everything: Places) -> Iterator[tuple[int, Places]]:
    """Everything, and each sum of cells of one cut, with the cut's place (-1: none)."""
    yield -1, everything
    for place, cut in enumerate(shown):
        for size in range(1, len(cut) + 1):
            for some in combinations(cut.values(), size):
                yield place, frozenset().union(*some)


def _cut(labels: Iterable[str]) -> dict[str, Places]:
    found: dict[str, set[int]] = {}
    for place, label in enumerate(labels):
        found.setdefault(label, set()).add(place)
    return {label: frozenset(places) for label, places in found.items()}


def _people(places: Iterable[int], people: Sequence[str]) -> int:
    return len({people[place] for place in places})


def _cells(cut: Cut, waits: Sequence[Wait]) -> tuple[Cell, ...]:
    return tuple(_cell(label, places, waits) for label, places in cut.items())


def _cell(label: str, places: Places, waits: Sequence[Wait]) -> Cell:
    chosen = [waits[place] for place in sorted(places)]
    curve = kaplan_meier(np.array([wait.days for wait in chosen]), np.array([wait.seen for wait in chosen]))
    quarter = next((int(day) for day, left in zip(curve.times, curve.survival, strict=True) if left <= 0.75), None)
    return Cell(label, len(chosen) // STEP * STEP, curve.median, quarter)
