"""Roles in the place of names: "Interviewer 1" for whoever was met, in what was typed too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Person

ELSEWHERE = "another interviewer"
_LETTER = r"[^\W\d_]"
_PART = re.compile(rf"{_LETTER}[\w'’.-]*")


@dataclass(frozen=True)
class Roles:
    """The roles of the people met in an application, those of one round (`leading`) first.

    Whole names are hidden, and their parts where they stand alone ("Dana",
    "Ms WHITFIELD"), with e-mail addresses and profiles. A part that is also a
    common word goes too: hiding too much does less harm than too little.
    """

    course: Course
    round: Round
    leading: Round
    elsewhere: Sequence[Person] = ()
    """Others whose whole names, addresses and profiles are hidden too: see `mentioned`."""

    @cached_property
    def by_id(self) -> dict[str, str]:
        """The role of each person."""
        return {person.id: f"Interviewer {number}" for number, person in enumerate(self._people, start=1)}

    @property
    def nameless(self) -> Course:
        """The application with roles for names."""
        return replace(self.course, rounds=tuple(self._nameless(one) for one in self.course.rounds))

    @property
    def nameless_round(self) -> Round:
        """The round with roles for names."""
        return self._nameless(self.round)

    def hide(self, text: str) -> str:
        """The text with roles for names."""
        return self._pattern.sub(lambda found: self._roles[found[0].casefold()], text) if self._roles else text

    def _nameless(self, one: Round) -> Round:
        people = {met.person.id: replace(met.person, name=self.by_id[met.person.id]) for met in one.met}
        return replace(one, met=tuple(replace(met, person=people[met.person.id]) for met in one.met))

    @cached_property
    def _people(self) -> tuple[Person, ...]:
        rounds = (self.leading, *self.course.rounds)
        return tuple({met.person.id: met.person for one in rounds for met in one.met}.values())

    @cached_property
    def _roles(self) -> dict[str, str]:
        """The role by what is to be hidden, folded; where two people share a part, it is the first one's."""
        roles: dict[str, str] = {}
        for person in self._people:
            for spelling in _spellings(person):
                roles.setdefault(spelling.casefold(), self.by_id[person.id])
        for person in self.elsewhere:
            for spelling in _addresses(person):
                roles.setdefault(spelling.casefold(), ELSEWHERE)
        return roles

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Whole names before their parts. Han and kana have no gaps between words, so no edge is asked for there."""
        own = {spelling for person in self._people for spelling in _spellings(person)}
        spellings = own | {spelling for person in self.elsewhere for spelling in _addresses(person)}
        longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
        return re.compile("|".join(_edged(spelling) for spelling in longest_first))


def mentioned(people: Iterable[Person], texts: Iterable[str]) -> tuple[Person, ...]:
    """Those of the people whose whole name, address or profile stands in one of the texts."""
    told = "\n".join(texts).casefold()
    return tuple(person for person in people if any(part.casefold() in told for part in _addresses(person)))


def _spellings(person: Person) -> list[str]:
    """The name, its parts that begin with a capital or have no case, the e-mail address and the profile."""
    parts = [part for part in _PART.findall(person.name) if len(part) > 1 and not part[0].islower()]
    return [*_addresses(person), *parts]


def _addresses(person: Person) -> list[str]:
    return [spelling for spelling in (person.name, person.email, person.profile) if spelling]


def _edged(spelling: str) -> str:
    start = r"(?<!\w)" if _has_edges(spelling[0]) else ""
    end = r"(?!\w)" if _has_edges(spelling[-1]) else ""
    written = re.escape(spelling)
    if "@" in spelling or "/" in spelling:
        written = f"(?i:{written})"
    elif spelling.upper() != spelling:
        written = f"(?:{written}|{re.escape(spelling.upper())})"
    return f"{start}{written}{end}"


def _has_edges(letter: str) -> bool:
    return not "\u3040" <= letter <= "\u9fff"
