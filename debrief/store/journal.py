"""The journal: what each labelled unit changed, so that it can be told and undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from debrief.domain.facts import Application, Fact, Interview, Message, Reflection
from debrief.errors import NotFound
from debrief.store.mapping import mapped
from debrief.store.rows import Rows
from debrief.store.tables import journal_changes, journal_entries

KEPT_ENTRIES = 500
"""How many entries the journal keeps for each owner; what fell out can no longer be undone."""
HELD = 5_000
"""How many changes of one unit are held in memory before they are written."""
READ_AT_ONCE = 1_000
"""How many changes are read back at a time."""

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


@dataclass(frozen=True, slots=True)
class Heading:
    """What an entry is told as."""

    at: datetime
    sentence: str
    undoes: int | None = None


class Way(Enum):
    """What happened to a fact."""

    ANY = "any"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Recorder:
    """Gathers what one unit changes: of each fact, how it was first and how it is last.

    Once there is a heading, what is gathered beyond HELD changes goes into the
    journal at once, so that a unit of any size takes little memory.
    """

    def __init__(self, rows: Rows) -> None:
        self.heading: Heading | None = None
        self._rows = rows
        self._changes: dict[tuple[str, str], tuple[Image, Image]] = {}
        self._number: int | None = None
        self._applications: set[str] = set()

    def note(self, before: Fact | None, after: Fact | None) -> None:
        """A fact was added (no before), changed, or removed (no after)."""
        fact = after or before
        if fact is None:
            return
        key = (mapped(type(fact)).name, fact.id)
        first = self._changes[key][0] if key in self._changes else image_of(before)
        self._changes[key] = (first, image_of(after))
        if len(self._changes) >= HELD and self.heading is not None:
            self._write(self.heading)

    def finish(self) -> int | None:
        """Writes what is left and gives the entry's number; None where there is no heading, or nothing changed."""
        if self.heading is None:
            return None
        self._write(self.heading)
        if self._number is not None and len(self._applications) == 1:
            concerns = self._rows.scope.update(journal_entries, journal_entries.c.number == self._number)
            self._rows.transaction.write(concerns.values(application_id=next(iter(self._applications))))
        return self._number

    def _write(self, heading: Heading) -> None:
        """What is different. Of a fact that was written before, its first state stays."""
        changes = [
            Change(kind, fact_id, before, after)
            for (kind, fact_id), (before, after) in self._changes.items()
            if content_of(before) != content_of(after)
        ]
        self._changes.clear()
        if not changes:
            return
        if self._number is None:
            self._number = _open_entry(self._rows, heading)
        if len(self._applications) < 2:
            self._applications |= _applications_of(self._rows, changes)
        _write_changes(self._rows, self._number, changes)


def image_of(fact: Fact | None) -> Image:
    """The fact as JSON."""
    return None if fact is None else mapped(type(fact)).to_json(fact)


def content_of(image: Image) -> Image:
    """An image but for its version: how often a row was written says nothing about what stands in it."""
    return image and {name: value for name, value in image.items() if name != "version"}


def _went(way: Way) -> tuple[ColumnElement[bool], ...]:
    """Conditions for changes of one way; where there is no image, JSON's null stands."""
    if way is Way.ANY:
        return ()
    before = sa.type_coerce(journal_changes.c.before, sa.Text)
    after = sa.type_coerce(journal_changes.c.after, sa.Text)
    return (
        before == "null" if way is Way.ADDED else before != "null",
        after == "null" if way is Way.REMOVED else after != "null",
    )


def _open_entry(rows: Rows, heading: Heading) -> int:
    """Writes an entry without its changes and gives its number; the oldest beyond KEPT_ENTRIES are dropped."""
    table = journal_entries
    last = rows.scope.select(table, [sa.func.coalesce(sa.func.max(table.c.number), 0)])
    number = int(rows.transaction.read(last).scalar_one()) + 1
    entry = {"number": number, "at": heading.at, "sentence": heading.sentence, "undoes": heading.undoes}
    rows.transaction.write(rows.scope.insert(table).values(entry))
    rows.transaction.write(rows.scope.delete(table, table.c.number <= number - KEPT_ENTRIES))
    return number


def _write_changes(rows: Rows, number: int, changes: Iterable[Change]) -> None:
    statement = rows.scope.insert(journal_changes)
    rows.transaction.write(
        statement.on_conflict_do_update(
            index_elements=["owner", "number", "kind", "id"], set_={"after": statement.excluded.after}
        ),
        [
            {"number": number, "kind": change.kind, "id": change.id, "before": change.before, "after": change.after}
            for change in changes
        ],
    )


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


def read_sentence(rows: Rows, number: int) -> str:
    """The sentence of an entry. Raises NotFound."""
    found = rows.transaction.read(
        rows.scope.select(journal_entries, [journal_entries.c.sentence], journal_entries.c.number == number)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound("This is no longer in the journal, so it cannot be undone.")
    return found


def read_changes(rows: Rows, number: int, kind: type[Fact], way: Way = Way.ANY) -> Iterator[list[Change]]:
    """What an entry changed among the facts of one kind, some at a time."""
    table = journal_changes
    name, last = mapped(kind).name, ""
    columns = [table.c.kind, table.c.id, table.c.before, table.c.after]
    while True:
        wanted = (table.c.number == number, table.c.kind == name, table.c.id > last, *_went(way))
        statement = rows.scope.select(table, columns, *wanted).order_by(table.c.id).limit(READ_AT_ONCE)
        some = [Change(row.kind, row.id, row.before, row.after) for row in rows.transaction.read(statement)]
        if some:
            yield some
            last = some[-1].id
        if len(some) < READ_AT_ONCE:
            return


_ON_THE_WAY = {kind.__name__ for kind in (Interview, Reflection, Message)}
"""What stands between a fact and its application; where it changed too, its own image says where it belongs."""


def _applications_of(rows: Rows, changes: Iterable[Change]) -> set[str]:
    """The applications that the changes concern; of more than one, perhaps not all."""
    images = [(change.kind, image) for change in changes for image in (change.before, change.after) if image]
    applications = {image["id"] for kind, image in images if kind == Application.__name__}
    applications |= {image["application_id"] for _, image in images if "application_id" in image}
    if len(applications) > 1:
        return applications
    known = {image["id"] for kind, image in images if kind in _ON_THE_WAY}
    interviews = {image["interview_id"] for _, image in images if "interview_id" in image}
    for column, parent in (("reflection_id", Reflection), ("message_id", Message)):
        parents = {image[column] for _, image in images if column in image} - known
        interviews |= {found.interview_id for found in rows.by_id(parent, parents).values()}
    return applications | {one.application_id for one in rows.by_id(Interview, interviews - known).values()}
