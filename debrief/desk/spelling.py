"""Spelling help by Harper, an optional extra: absent, nothing here finds anything and nothing breaks.

Harper is young and knows few names and trades, so only what it is nearly
always right about is passed on: small-letter words with a near neighbour in
the dictionary, and a handful of grammar checks. What is a matter of taste is
left alone: a content word said twice ("boda boda") and, where nobody chose an
English, a word that is right in another one ("gray", "afterwards"). Measured on
the development letters by `python -m bench.spelling`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

from rapidfuzz.distance import OSA

from debrief.domain.critique import Finding, Letter, Place, RecordFacts, Severity
from debrief.errors import Refused

RULE = "spelling"
SPELL_CHECK, DOUBLED = "SpellCheck", "RepeatedWords"
TRUSTED = frozenset(
    {SPELL_CHECK, DOUBLED, "AnA", "ItsContraction", "ItsPossessive", "ThenThan", "ToLoseTooLoose"}
    | {"TheirToThere", "TheirToTheyre", "ThereToTheir", "TheyreToTheir"}
)
"""Harper's checks that raised hardly a false alarm on the development letters, out of some nine hundred."""
SHORTEST = 4
"""Letters of a word that is judged: shorter ones are slang and abbreviations."""
SMALL_WORDS = frozenset(
    (  # noqa: SIM905 - read more easily so
        "the a an and or of to in on at by for from with as is are was were be been it its this these those i we you "
        "he she they my your our their his her will would can could should may have has not but if than then when which"
    ).split()
)
"""Words that nobody says twice on purpose."""
LONG = 8
"""Letters of a word in which two slips are believed, where both words have the same letters: tommorow, tomorrow."""

_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Dialect(StrEnum):
    """The kind of English that a candidate writes."""

    AMERICAN = "american"
    AUSTRALIAN = "australian"
    BRITISH = "british"
    CANADIAN = "canadian"
    INDIAN = "indian"


_DIALECTS = {
    "US": Dialect.AMERICAN,
    "PH": Dialect.AMERICAN,
    "CA": Dialect.CANADIAN,
    "AU": Dialect.AUSTRALIAN,
    "NZ": Dialect.AUSTRALIAN,
    "IN": Dialect.INDIAN,
}


def dialect_of(country: str | None) -> Dialect:
    """The English that is usual in a country (ISO 3166); British where there is no other habit."""
    return _DIALECTS.get((country or "").upper(), Dialect.BRITISH)


class Speller:
    """Finds likely misspellings, with the words of the record taken as right."""

    def __init__(self, linter: Any, others: Callable[[], Sequence[Any]] = tuple) -> None:
        """Takes a linter of Harper's, no more thread-safe than that, hence the lock; and what gives those of other
        kinds of English whose spellings are right too, asked for only once a word looks wrong.
        """
        self._linter = linter
        self._others = others
        self._lock = Lock()

    def findings(self, letter: Letter, record: RecordFacts) -> tuple[Finding, ...]:
        """What may be misspelt in subject and body, in order; a matter of `tip`."""
        known = sorted(set(_words_of(record)))
        with self._lock:
            self._linter.clear_words()
            self._linter.import_words(known)
            return tuple(
                finding
                for place, text in ((Place.SUBJECT, letter.subject), (Place.BODY, letter.body))
                for finding in self._in(place, text)
            )

    def _in(self, place: Place, text: str) -> Iterator[Finding]:
        named = ((name, lint) for name, lints in self._linter.organized_lints(text).items() for lint in lints)
        for name, lint in sorted(named, key=lambda found: (found[1].span.start, found[1].span.end)):
            words = text[lint.span.start : lint.span.end]
            offered = [one.replacement_text for one in lint.suggestions]
            near = _near(words, offered) if name == SPELL_CHECK else next(iter(offered), None)
            if near is not None and not self._is_taste(name, words):
                yield Finding(
                    rule=RULE,
                    severity=Severity.TIP,
                    place=place,
                    start=lint.span.start,
                    end=lint.span.end,
                    message=f"“{words}” may be a slip; “{near}” is likelier." if near else f"“{words}” may be a slip.",
                    why="A slip of spelling is seen before anything else is.",
                    sources=("G4",),
                    suggestion=near,
                )

    def _is_taste(self, name: str, words: str) -> bool:
        """Whether this is no slip: a content word said twice, or a word that is right in another English."""
        if name == DOUBLED:
            return words.lower().split()[0] not in SMALL_WORDS
        return name == SPELL_CHECK and any(not linter.lint(words) for linter in self._others())


def with_spelling(findings: Iterable[Finding], spelled: Iterable[Finding]) -> tuple[Finding, ...]:
    """The critique's findings, and behind them the spelling of words that no other finding concerns."""
    first = tuple(findings)
    return (*first, *(slip for slip in spelled if not any(_overlap(slip, other) for other in first)))


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("harper") is not None


@lru_cache(maxsize=2 * len(Dialect))
def load_speller(dialect: Dialect, *, guessed: bool = False) -> Speller | None:
    """The speller of a dialect, built once (about a second); None where the extra is not installed.

    Where the dialect is only guessed, British and American spellings are right beside its own.
    """
    if not is_installed():
        return None
    others = [one for one in (Dialect.BRITISH, Dialect.AMERICAN) if guessed and one is not dialect]
    return Speller(_linter(dialect, TRUSTED), lambda: [_dictionary(one) for one in others])


@lru_cache(maxsize=len(Dialect))
def _dictionary(dialect: Dialect) -> Any:
    """A linter that only looks words up."""
    return _linter(dialect, frozenset({SPELL_CHECK}))


def _linter(dialect: Dialect, checks: frozenset[str]) -> Any:
    harper: Any = import_module("harper")
    linter = harper.Linter(harper.Dialect[dialect.name])
    linter.set_lint_config({name: name in checks for name in harper.get_default_lint_config()})
    return linter


def required_speller(dialect: Dialect) -> Speller:
    """The speller of a dialect. Refuses where the extra is not installed."""
    speller = load_speller(dialect)
    if speller is None:
        raise Refused("Spelling needs the optional grammar engine. Install it: pip install 'debrief[grammar]'.")
    return speller


def _words_of(record: RecordFacts) -> Iterator[str]:
    """Every word of the names and topics on record."""
    named = (record.sender, record.recipient, record.company, record.role)
    several = (record.details, record.other_companies, record.other_people, record.other_roles)
    for text in (*filter(None, named), *(text for texts in several for text in texts)):
        yield from _WORDS.findall(text)


def _near(word: str, offered: Iterable[str]) -> str | None:
    """The first word offered that is a slip away; None for names, codes and rare words."""
    if len(word) < SHORTEST or not word.isascii() or not word.islower():
        return None
    return next((one for one in offered if one.islower() and _is_slip(word, one)), None)


def _is_slip(word: str, meant: str) -> bool:
    slips = 2 if len(word) >= LONG and set(word) == set(meant) else 1
    return OSA.distance(word, meant) <= slips


def _overlap(one: Finding, other: Finding) -> bool:
    """Whether both concern the same words; a finding about the whole note concerns none in particular."""
    return one.place is other.place and one.start < other.end and other.start < one.end and other.end - other.start < 80
