"""Which column goes where: known programs first, then headers, held against what stands in the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from debrief.domain.checks import is_zone
from debrief.domain.importing import ImportWords, ReadyMapping, Target, header_words
from debrief.exchange.imports.dates import looks_like_a_date, read_clock

SEVERAL = frozenset({Target.INTERVIEW_AT})
"""Targets that more than one column may have: a table can hold a date for each round."""
_TOLD_IN_WORDS = frozenset({Target.STATUS, Target.STATE, Target.DECISION})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def known_program(headers: Sequence[str], words: ImportWords) -> ReadyMapping | None:
    """The program whose export has these headers; of several that would fit, the one that is known by most."""
    names = frozenset(map(header_words, headers))
    best = max(words.ready, key=lambda ready: ready.fits(names), default=None)
    return best if best is not None and best.fits(names) else None


def ready_columns(headers: Sequence[str], ready: ReadyMapping) -> dict[int, Target]:
    """Where a known program's columns go; of two that would go to one place, the first."""
    found: dict[int, Target] = {}
    for place, header in enumerate(headers):
        target = ready.columns.get(header_words(header))
        if target is not None and target not in found.values():
            found[place] = target
    return found


def guessed_columns(headers: Sequence[str], cells: Sequence[Sequence[str]], words: ImportWords) -> dict[int, Target]:
    """Where columns probably go. `cells` holds some filled cells of each column.

    A header counts only if the cells below it bear it out: a column "interview"
    full of yes and no is no date.
    """
    guesses: list[tuple[int, int, Target]] = []
    for place, header in enumerate(headers):
        likely = _by_header(header_words(header), words)
        fitting = [guess for guess in likely if _borne_out(guess[0], cells[place], words)]
        fitting += [guess for guess in likely if guess[0] in _TOLD_IN_WORDS]  # its words can be asked about
        guesses += [(-strength, place, target) for target, strength in fitting[:1]]
    found: dict[int, Target] = {}
    for _, place, target in sorted(guesses):
        if target in SEVERAL or target not in found.values():
            found[place] = target
    return dict(sorted(found.items()))


def _by_header(header: str, words: ImportWords) -> list[tuple[Target, int]]:
    """The targets that a header may stand for, the likeliest first: those that it names exactly, then those within.

    Of equals, those first that the cells can disprove.
    """
    exact = [(target, 2) for target, column in words.columns.items() if header in column.synonyms]
    exact.sort(key=lambda guess: not (guess[0].is_date or guess[0] in _TESTS or guess[0] in _TOLD_IN_WORDS))
    parts = set(header.split())
    within = [
        (target, 1)
        for target, column in words.columns.items()
        if any(" " in synonym and set(synonym.split()) <= parts for synonym in column.synonyms)
    ]
    return [*exact, *(guess for guess in within if (guess[0], 2) not in exact)]


def _borne_out(target: Target, cells: Sequence[str], words: ImportWords) -> bool:
    """Whether cells are what a target holds. An empty column bears out anything."""
    if cells and target in _TOLD_IN_WORDS:
        return any(words.meaning_of(cell) is not None for cell in cells)
    test = looks_like_a_date if target.is_date else _TESTS.get(target)
    return not cells or test is None or sum(map(test, cells)) * 2 >= len(cells)


def _is_clock(cell: str) -> bool:
    try:
        read_clock(cell)
    except ValueError:
        return False
    return True


_TESTS: Mapping[Target, Callable[[str], bool]] = {
    Target.INTERVIEW_TIME: _is_clock,
    Target.TIMEZONE: is_zone,
    Target.PERSON_EMAIL: lambda cell: bool(_EMAIL.fullmatch(cell)),
}
