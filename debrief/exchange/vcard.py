"""People as vCards (RFC 2426, version 3.0, which address books take): importing them again updates and doubles none.

A card's UID comes from the person in the record, so it stays the same from file
to file. A name is not taken apart: where the family name stands differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from icalendar.parser import Contentline

from debrief.domain.courses import Course, met_at
from debrief.domain.facts import Interview, Person
from debrief.exchange import words

_ESCAPED = re.compile(r"[\\;,\n]")
_BREAK = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
"""What is handed on as an address to open; anything else that stands in its place is text."""


def as_vcards(people: Iterable[Person], courses: Sequence[Course]) -> bytes:
    """A card for each person, with the interviews where they were met; in order of employer and name."""
    met = met_at(courses)
    ordered = sorted(people, key=lambda person: (person.employer.casefold(), person.name, person.id))
    lines = (line for person in ordered for line in _card(person, met.get(person.id, [])))
    return b"".join(Contentline(line).to_ical() + b"\r\n" for line in lines)


def _card(person: Person, interviews: Iterable[Interview]) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:debrief-person-{_escaped(person.id)}"
    yield f"FN:{_escaped(person.name)}"
    yield f"N:;{_escaped(person.name)};;;"
    yield from (f"{name}:{_escaped(text)}" for name, text in _known(person) if text)
    yield from (f"NOTE:{_escaped(note)}" for note in ["\n".join(_notes(person, interviews))] if note)
    yield "END:VCARD"


def _known(person: Person) -> Iterator[tuple[str, str]]:
    yield "ORG", person.employer
    yield "TITLE", person.title
    yield "EMAIL;TYPE=INTERNET", person.email
    yield "URL", person.profile if _ADDRESS.fullmatch(person.profile) else ""


def _notes(person: Person, interviews: Iterable[Interview]) -> Iterator[str]:
    if person.recruiter:
        yield "Recruiter"
    if person.profile and not _ADDRESS.fullmatch(person.profile):
        yield f"Profile: {person.profile}"
    for interview in sorted(interviews, key=attrgetter("ended_at")):
        yield f"Met on {words.short_day(interview.ended_local.date())}: {interview.round}"


def _escaped(text: str) -> str:
    clean = _CONTROL.sub("\ufffd", _BREAK.sub("\n", text))
    return _ESCAPED.sub(lambda mark: "\\n" if mark[0] == "\n" else f"\\{mark[0]}", clean)
