"""The names that a letter may have got wrong: every employer, role and person of the record, found by their words.

A critique looks at each name that it is told of. Of tens of thousands a letter
touches a few: those whose first word stands in it, which may be named, and for
any other word a few of those that have it, which shows that it is part of a
name. The others cannot matter to it, and are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from debrief.desk.critique.text import bare
from debrief.domain.facts import Application, Fact, Meeting, Person
from debrief.store import Unit

RESTS_ON: tuple[type[Fact], ...] = (Application, Person, Meeting)
"""The kinds of facts that the names are read from."""


FEW = 20
"""Names that show that a word is part of a name."""


class Names:
    """Names of one kind, by their words."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names)):
            words = _words(name)
            for first in [word for word in words if word != "the"][:1]:
                self._by_first[first].append(name)
            for word in dict.fromkeys(words):
                if len(self._by_word[word]) < FEW:
                    self._by_word[word].append(name)

    def near(self, texts: Iterable[str], *, but: str) -> tuple[str, ...]:
        """Those that may matter to the texts, in order; `but` is one's own name."""
        words = {word for text in texts for word in _words(text)}
        found = {name for word in words for name in (*self._by_first.get(word, ()), *self._by_word.get(word, ()))}
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


def _words(text: str) -> Sequence[str]:
    return re.findall(r"\w+", bare(text))
