"""What an import speaks of: where a column can go, what a status word means, and how known programs name things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from debrief.domain.facts import Format


class Target(StrEnum):
    """What a column of a table can hold, as far as Debrief has a place for it."""

    EMPLOYER = "employer"
    ROLE = "role"
    INTERVIEW_AT = "interview_at"
    INTERVIEW_TIME = "interview_time"
    ROUND = "round"
    TIMEZONE = "timezone"
    FORMAT = "format"
    STATE = "state"
    REPLY_BY = "reply_by"
    PEOPLE = "people"
    PERSON_TITLE = "person_title"
    PERSON_EMAIL = "person_email"
    STATUS = "status"
    STATUS_AT = "status_at"
    DECISION = "decision"
    DECIDED_AT = "decided_at"
    NOTES = "notes"
    COUNTRY = "country"
    SOURCE = "source"
    SECTOR = "sector"
    EMPLOYER_SIZE = "employer_size"
    ROLE_FAMILY = "role_family"

    @property
    def is_date(self) -> bool:
        """Whether its cells are dates."""
        return self in (Target.INTERVIEW_AT, Target.REPLY_BY, Target.STATUS_AT, Target.DECIDED_AT)


NEEDED = (Target.EMPLOYER, Target.ROLE)
"""Without these nobody can tell what a row is about."""


class Meaning(StrEnum):
    """What a word in a status column says, in terms of the record."""

    NOTHING = "nothing"
    """A stage before any answer, or one that Debrief does not keep: saved, applied, interviewing."""
    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    UPDATE = "update"
    REQUEST = "request"
    ADVANCED = "advanced"
    REJECTED = "rejected"
    OFFER = "offer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class Column:
    """How one target is called on screen, and by which headers it is known."""

    label: str
    synonyms: tuple[str, ...]
    """Normalised by `header_words`."""


@dataclass(frozen=True, slots=True)
class ReadyMapping:
    """How one program names the columns of what it exports."""

    id: str
    name: str
    signature: tuple[frozenset[str], ...]
    """Headers (normalised) of which one whole set has to be in a file for it to be known as this program's."""
    columns: Mapping[str, Target]
    """By normalised header."""
    note: str = ""
    """What one should know of such files, for the screen."""

    def fits(self, headers: frozenset[str]) -> int:
        """How many headers of the signature are there: 0 unless a whole set is."""
        return max((len(some) for some in self.signature if some <= headers), default=0)


@dataclass(frozen=True, slots=True)
class ImportWords:
    """Everything that tells an import what words mean; read from content/."""

    columns: Mapping[Target, Column] = field(default_factory=dict[Target, Column])
    meanings: Mapping[str, Meaning] = field(default_factory=dict[str, Meaning])
    """By normalised word."""
    meaning_labels: Mapping[Meaning, str] = field(default_factory=dict[Meaning, str])
    formats: Mapping[str, Format] = field(default_factory=dict[str, Format])
    blanks: frozenset[str] = frozenset()
    """What stands in a cell to say that nothing does, such as "n/a"."""
    event_words: tuple[str, ...] = ()
    """Words in the title of a calendar event that make an interview of it."""
    ready: tuple[ReadyMapping, ...] = ()

    def meaning_of(self, word: str) -> Meaning | None:
        """What a status word says; None where it is not known."""
        return self.meanings.get(header_words(word))


_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")


def header_words(text: str) -> str:
    """A header or a status word in one way of writing: "companyName", "Company_Name" and "COMPANY NAME" are one."""
    return _NO_WORD.sub(" ", _CAMEL.sub(" ", text)).strip().casefold()
