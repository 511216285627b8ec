"""The names that a letter may have got wrong: every employer, role and person of the record, found by their words.

A critique looks at each name that it is told of. Of tens of thousands a letter
touches a few: those that have a word in common with it. The others cannot
matter to it, and are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from debrief.desk.critique.text import bare
from debrief.domain.facts import Application, Fact, Meeting, Person
from debrief.store import Unit

RESTS_ON: tuple[type[Fact], ...] = (Application, Person, Meeting)
"""The kinds of facts that the names are read from."""


class Names:
    """Names of one kind, by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        by_word: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(names):
            for word in _words(name):
                by_word[word].append(name)
        self._by_word: Mapping[str, Sequence[str]] = by_word

    def near(self, texts: Iterable[str], *, but: str) -> tuple[str, ...]:
        """Those that have a word in common with the texts, in order; `but` is one's own name."""
        words = {word for text in texts for word in _words(text)}
        found = {name for word in words for name in self._by_word.get(word, ())}
        return tuple(sorted(name for name in found if name.casefold() != but.casefold()))


@dataclass(frozen=True, slots=True)
class NamesOnRecord:
    """The names of the whole record."""

    companies: Names
    roles: Names
    people: Names
    """Everybody who was met."""


def names_on_record(unit: Unit) -> NamesOnRecord:
    """All names, read by columns."""
    jobs = unit.columns(Application, ("employer", "role"))
    met = frozenset(unit.columns(Meeting, ("person_id",))["person_id"])
    people = unit.columns(Person, ("id", "name"))
    return NamesOnRecord(
        companies=Names(jobs["employer"]),
        roles=Names(jobs["role"]),
        people=Names(name for id_, name in zip(people["id"], people["name"], strict=True) if id_ in met),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", bare(text)))
