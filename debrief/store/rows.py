"""Reading and writing the facts of one owner; what a change means is not known here."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, UniqueConstraint

from debrief.domain.facts import Fact
from debrief.store.columns import Instant
from debrief.store.engine import Transaction
from debrief.store.mapping import Mapped, mapped
from debrief.store.scope import Condition, Scope
from debrief.store.tables import REFERENCES, data_versions

FactT = TypeVar("FactT", bound=Fact)
ItemT = TypeVar("ItemT")

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_AT_ONCE = 1000
"""How many ids stand in one statement, far below what any database allows; and rows that are turned into columns."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes when some facts go, and what stays but loses its reference to them."""

    gone: tuple[Fact, ...]
    emptied: tuple[tuple[Fact, Fact], ...]
    """Before and after, of each."""


class Rows:
    """The rows of one owner in one transaction. `touched` are the kinds that were written to."""

    def __init__(self, transaction: Transaction, scope: Scope) -> None:
        self.transaction = transaction
        self.scope = scope
        self.touched: set[str] = set()

    def fetch(self, kind: type[FactT], *where: Condition) -> list[FactT]:
        """The facts of a kind, in order of time (those without one last) and then of id.

        All are put in order by the database; some of them here. It would else be
        tempted to go through all in that order, to pick the few.
        """
        mapping = mapped(kind)
        statement = self.scope.select(mapping.table, mapping.columns, *where)
        if where:
            return sorted(map(mapping.fact, self.transaction.read(statement)), key=_place(mapping))
        return [mapping.fact(row) for row in self.transaction.read(statement.order_by(*_order(mapping)))]

    def latest(self, kind: type[FactT], count: int, *where: Condition) -> list[FactT]:
        """The last so many of the facts that `fetch` would give, the latest first."""
        mapping = mapped(kind)
        backwards = [term.desc().nulls_first() if term.nullable else term.desc() for term in _terms(mapping)]
        statement = self.scope.select(mapping.table, mapping.columns, *where).order_by(*backwards).limit(count)
        return [mapping.fact(row) for row in self.transaction.read(statement)]

    def columns(self, kind: type[Fact], names: Sequence[str], *where: Condition) -> dict[str, list[Any]]:
        """Fields of the facts that `fetch` would give, a list for each, in the same order."""
        mapping = mapped(kind)
        chosen = [mapping.table.c[name] for name in names]
        statement = self.scope.select(mapping.table, chosen, *where).order_by(*_order(mapping))
        columns: dict[str, list[Any]] = {name: [] for name in names}
        for rows in self.transaction.read(statement).partitions(_AT_ONCE):
            for column, values in zip(columns.values(), zip(*rows, strict=True), strict=True):
                column.extend(values)
        return columns

    def by_id(self, kind: type[FactT], ids: Collection[str]) -> dict[str, FactT]:
        """Those of the facts that exist."""
        table = mapped(kind).table
        return {fact.id: fact for some in batches(ids) for fact in self.fetch(kind, table.c.id.in_(some))}

    def insert(self, kind: type[FactT], facts: Sequence[FactT]) -> int:
        """Adds facts; gives back how many. One whose id or unique key is taken is left out."""
        mapping = mapped(kind)
        if not facts:
            return 0
        self.touched.add(mapping.name)
        statement = self.scope.insert(mapping.table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
        return self.transaction.write(statement, [mapping.row(fact) for fact in facts]).rowcount

    def update(self, fact: Fact) -> None:
        """Writes all fields of a fact over its row."""
        mapping = mapped(type(fact))
        self.touched.add(mapping.name)
        statement = self.scope.update(mapping.table, mapping.table.c.id == fact.id)
        self.transaction.write(statement.values(mapping.row(fact)))

    def delete(self, kind: type[Fact], ids: Collection[str]) -> None:
        """Removes facts of a kind; what hangs under them goes along by the database (see `removal_of`)."""
        table = mapped(kind).table
        for some in batches(ids):
            self.touched.add(mapped(kind).name)
            self.transaction.write(self.scope.delete(table, table.c.id.in_(some)))

    def remove(self, facts: Sequence[Fact]) -> Removal:
        """Removes facts with all that hangs under them; gives back what went and what lost its reference."""
        removal = self.removal_of(facts)
        for _, emptied in removal.emptied:
            self.update(emptied)
        self.touched.update(mapped(type(fact)).name for fact in removal.gone)
        for kind in {type(fact) for fact in facts}:
            self.delete(kind, [fact.id for fact in facts if type(fact) is kind])
        return removal

    def removal_of(self, facts: Iterable[Fact]) -> Removal:
        """What goes, and what stays with an empty reference, when these facts are removed."""
        gone = {(type(fact), fact.id): fact for fact in facts}
        emptied: dict[tuple[type[Fact], str], tuple[Fact, Fact]] = {}
        heads = list(gone)
        while heads:
            found: list[tuple[type[Fact], str]] = []
            for reference in REFERENCES:
                parents = [key[1] for key in heads if key[0] is reference.parent]
                for child in self.children(reference.child, reference.column, parents):
                    key = (reference.child, child.id)
                    if not reference.cascades:
                        emptied[key] = (child, replace(child, version=child.version + 1, **{reference.column: None}))
                    elif key not in gone:
                        gone[key] = child
                        found.append(key)
            heads = found
        stay = tuple(pair for key, pair in emptied.items() if key not in gone)
        return Removal(tuple(gone.values()), stay)

    def children(self, kind: type[FactT], column: str, parents: Collection[str]) -> list[FactT]:
        """The facts of a kind that refer to any of the parents by this column."""
        table = mapped(kind).table
        return [fact for some in batches(parents) for fact in self.fetch(kind, table.c[column].in_(some))]

    def in_the_way_of(self, fact: FactT) -> FactT | None:
        """The stored fact that has the same id or the same unique key."""
        mapping = mapped(type(fact))
        same = [mapping.table.c.id == fact.id]
        for constraint in mapping.table.constraints:
            if isinstance(constraint, UniqueConstraint):
                names = [column.name for column in constraint.columns if column.name != "owner"]
                same.append(sa.and_(*(mapping.table.c[name] == getattr(fact, name) for name in names)))
        return next(iter(self.fetch(type(fact), sa.or_(*same))), None)

    def note_touched(self) -> None:
        """Gives each kind that was written to a new data version: a random number, so that none ever comes back.

        Counting would, after a backup is restored, give old numbers to new
        content, and caches would show what is no longer so.
        """
        for kind in sorted(self.touched):
            number = secrets.randbits(62)
            statement = self.scope.insert(data_versions).values(kind=kind, number=number)
            self.transaction.write(
                statement.on_conflict_do_update(index_elements=["owner", "kind"], set_={"number": number})
            )
        self.touched.clear()


def matching(mapping: Mapped[Any], wanted: Mapping[str, Any]) -> list[Condition]:
    """Conditions for fields to equal values, to be one of several, or to be empty (None)."""
    conditions: list[Condition] = []
    for name, value in wanted.items():
        column = mapping.table.c[name]
        if isinstance(value, (list, tuple, set, frozenset)):
            conditions.append(column.in_(list(value)))
        else:
            conditions.append(column.is_(None) if value is None else column == value)
    return conditions


def holding_any(column: Column[Any], ids: Iterable[str]) -> Condition:
    """A condition for a list of ids, kept as JSON text, to hold any of these."""
    text = sa.type_coerce(column, sa.Text)
    return sa.or_(sa.false(), *(text.contains(json.dumps(id_, ensure_ascii=False), autoescape=True) for id_ in ids))


def _order(mapping: Mapped[Any]) -> list[ColumnElement[Any]]:
    return [term.nulls_last() if term.nullable else term for term in _terms(mapping)]


def _place(mapping: Mapped[FactT]) -> Callable[[FactT], tuple[bool, datetime, str]]:
    """The same order, for facts at hand."""
    times = [column.name for column in _terms(mapping)[:-1]]

    def place(fact: FactT) -> tuple[bool, datetime, str]:
        at: datetime | None = getattr(fact, times[0]) if times else None
        return at is None, at or _BEGINNING, fact.id

    return place


def _terms(mapping: Mapped[Any]) -> list[Column[Any]]:
    """What facts of a kind are ordered by: their first moment, if they have one, and their id."""
    times = [column for column in mapping.columns if isinstance(column.type, Instant)]
    return [*times[:1], mapping.table.c.id]


def batches(items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    """The items, so many at a time that their ids fit into one statement."""
    rest = iter(items)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
