"""The journal: what each labelled unit changed, so that it can be told and undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa

from debrief.domain.facts import Application, Fact, Interview, Message, Reflection
from debrief.errors import NotFound
from debrief.store.mapping import mapped
from debrief.store.rows import Rows
from debrief.store.tables import journal_changes, journal_entries

KEPT_ENTRIES = 500
"""How many entries the journal keeps for each owner; what fell out can no longer be undone."""

Image: TypeAlias = "dict[str, Any] | None"
"""A fact as JSON; None where there is none."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that was done."""

    id: int
    """Entries of one owner are numbered in the order of their writing."""
    at: datetime
    sentence: str
    application_id: str | None
    """The application that it concerns, where it is exactly one."""
    undoes: int | None
    """The entry that this one took back."""
    undone: bool
    """Whether it has been taken back itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after."""

    kind: str
    id: str
    before: Image
    after: Image


class Recorder:
    """Gathers what one unit changes: of each fact, how it was first and how it is last."""

    def __init__(self) -> None:
        self._changes: dict[tuple[str, str], tuple[Image, Image]] = {}

    def note(self, before: Fact | None, after: Fact | None) -> None:
        """A fact was added (no before), changed, or removed (no after)."""
        fact = after or before
        if fact is None:
            return
        key = (mapped(type(fact)).name, fact.id)
        first = self._changes[key][0] if key in self._changes else image_of(before)
        self._changes[key] = (first, image_of(after))

    def changes(self) -> list[Change]:
        """What is different in the end."""
        return [
            Change(kind, fact_id, before, after)
            for (kind, fact_id), (before, after) in self._changes.items()
            if content_of(before) != content_of(after)
        ]


def image_of(fact: Fact | None) -> Image:
    """The fact as JSON."""
    return None if fact is None else mapped(type(fact)).to_json(fact)


def content_of(image: Image) -> Image:
    """An image but for its version: how often a row was written says nothing about what stands in it."""
    return image and {name: value for name, value in image.items() if name != "version"}


def write_entry(rows: Rows, changes: list[Change], at: datetime, sentence: str, undoes: int | None) -> int:
    """Writes one entry and gives back its number; the oldest beyond KEPT_ENTRIES are dropped."""
    table = journal_entries
    last = rows.scope.select(table, [sa.func.coalesce(sa.func.max(table.c.number), 0)])
    number = int(rows.transaction.read(last).scalar_one()) + 1
    entry = {
        "number": number,
        "at": at,
        "sentence": sentence,
        "application_id": _application_of(rows, changes),
        "undoes": undoes,
    }
    rows.transaction.write(rows.scope.insert(table).values(entry))
    rows.transaction.write(
        rows.scope.insert(journal_changes),
        [
            {"number": number, "kind": change.kind, "id": change.id, "before": change.before, "after": change.after}
            for change in changes
        ],
    )
    rows.transaction.write(rows.scope.delete(table, table.c.number <= number - KEPT_ENTRIES))
    return number


def read_entries(rows: Rows, application_id: str | None, limit: int) -> tuple[JournalEntry, ...]:
    """The newest entries, newest first."""
    table = journal_entries
    statement = rows.scope.select(table, [column for column in table.c if column.name != "owner"])
    if application_id is not None:
        statement = statement.where(table.c.application_id == application_id)
    entries: list[JournalEntry] = []
    undone: set[int] = set()
    for row in rows.transaction.read(statement.order_by(table.c.number.desc()).limit(limit)):
        # An undoing is newer than what it undoes; one that was itself undone counts for nothing.
        if row.undoes is not None and row.number not in undone:
            undone.add(row.undoes)
        entries.append(
            JournalEntry(row.number, row.at, row.sentence, row.application_id, row.undoes, row.number in undone)
        )
    return tuple(entries)


def read_changes(rows: Rows, number: int) -> tuple[str, list[Change]]:
    """The sentence of an entry and what it changed. Raises NotFound."""
    entry = rows.transaction.read(
        rows.scope.select(journal_entries, [journal_entries.c.sentence], journal_entries.c.number == number)
    ).scalar_one_or_none()
    if entry is None:
        raise NotFound("This is no longer in the journal, so it cannot be undone.")
    table = journal_changes
    found = rows.transaction.read(
        rows.scope.select(table, [table.c.kind, table.c.id, table.c.before, table.c.after], table.c.number == number)
    )
    return entry, [Change(row.kind, row.id, row.before, row.after) for row in found]


_ON_THE_WAY = {kind.__name__ for kind in (Interview, Reflection, Message)}
"""What stands between a fact and its application; where it changed too, its own image says where it belongs."""


def _application_of(rows: Rows, changes: Iterable[Change]) -> str | None:
    """The application that all changes concern, if it is one."""
    images = [(change.kind, image) for change in changes for image in (change.before, change.after) if image]
    applications = {image["id"] for kind, image in images if kind == Application.__name__}
    applications |= {image["application_id"] for _, image in images if "application_id" in image}
    if len(applications) > 1:
        return None
    known = {image["id"] for kind, image in images if kind in _ON_THE_WAY}
    interviews = {image["interview_id"] for _, image in images if "interview_id" in image}
    for column, parent in (("reflection_id", Reflection), ("message_id", Message)):
        parents = {image[column] for _, image in images if column in image} - known
        interviews |= {found.interview_id for found in rows.by_id(parent, parents).values()}
    applications |= {interview.application_id for interview in rows.by_id(Interview, interviews - known).values()}
    return applications.pop() if len(applications) == 1 else None
