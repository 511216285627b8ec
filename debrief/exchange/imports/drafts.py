"""What one row or event says, checked, before it is known what of it is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from debrief.domain.facts import DecisionKind, Format, RoundState, Word

NAMELESS_ROUND = "Interview"
"""What a round is called whose name the file does not tell."""


@dataclass(frozen=True, slots=True)
class JobDraft:
    """What is said about the application."""

    employer: str
    role: str
    country: str | None = None
    source: str = ""
    sector: str = ""
    employer_size: str = ""
    role_family: str = ""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody who is named."""

    name: str
    title: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """One interview, with what came of it."""

    label: str
    ended_at: datetime
    """Aware. Where no time of day is told, the latest moment that fits."""
    day: date
    """In its own zone."""
    timezone: str
    has_clock: bool
    state: RoundState
    format: Format = Format.VIDEO
    reply_by: date | None = None
    notes: str = ""
    people: tuple[PersonDraft, ...] = ()
    words: tuple[tuple[Word, datetime], ...] = ()
    decisions: tuple[tuple[DecisionKind, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class RowDraft:
    """One row or event as a whole."""

    row: int
    job: JobDraft
    rounds: tuple[RoundDraft, ...] = ()
    people: tuple[PersonDraft, ...] = ()
    """Named where there is no round that they were met in."""
    left_out: str = ""
    """A status that says something, but not when, or about no interview: it has no place in the history."""
