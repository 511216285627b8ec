"""Facts to rows and back, by the fields of the fact and the columns of its table: no kind needs code of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Column, Table

from debrief.domain.facts import Fact
from debrief.errors import Refused
from debrief.store.columns import Kept
from debrief.store.tables import TABLES

FactT = TypeVar("FactT", bound=Fact)


@dataclass(frozen=True, slots=True)
class Mapped(Generic[FactT]):
    """One kind of fact with its table."""

    kind: type[FactT]
    table: Table
    names: tuple[str, ...]
    """The fields, which are the columns without the owner, in one order."""
    types: tuple[Kept, ...]
    optional: frozenset[str]

    @property
    def name(self) -> str:
        """What the kind is called in the journal and among the data versions."""
        return self.kind.__name__

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """The columns of the fields, in their order."""
        return tuple(self.table.c[name] for name in self.names)

    def clean(self, fact: FactT) -> FactT:
        """The fact as it will be read back: moments in UTC, tuples for lists. Raises Refused, naming the field."""
        cleaned = {
            name: self._clean(name, kind, getattr(fact, name))
            for name, kind in zip(self.names, self.types, strict=True)
        }
        return self.kind(**cleaned)

    def row(self, fact: FactT) -> dict[str, Any]:
        """The fact's values by column."""
        return {name: getattr(fact, name) for name in self.names}

    def fact(self, row: Sequence[Any]) -> FactT:
        """The fact that stands in a row selected by `columns`."""
        return self.kind(**dict(zip(self.names, row, strict=True)))

    def to_json(self, fact: FactT) -> dict[str, Any]:
        """The fact as a JSON object."""
        return {
            name: None if (value := getattr(fact, name)) is None else kind.to_json(value)
            for name, kind in zip(self.names, self.types, strict=True)
        }

    def from_json(self, data: Mapping[str, Any]) -> FactT:
        """The fact that `to_json` wrote, perhaps in an older version: new fields get their default."""
        read: dict[str, Any] = {
            name: None if data[name] is None else kind.from_json(data[name])
            for name, kind in zip(self.names, self.types, strict=True)
            if name in data
        }
        return self.kind(**read)

    def _clean(self, name: str, kind: Kept, value: Any) -> Any:
        if value is None and name in self.optional:
            return None
        try:
            return kind.clean(value)
        except Refused as refusal:
            raise Refused(str(refusal), field=name) from None


def mapped(kind: type[FactT]) -> Mapped[FactT]:
    """The mapping of one kind of fact."""
    return cast("Mapped[FactT]", _MAPPED[kind])


def bumped(fact: FactT) -> FactT:
    """The fact one version on."""
    return replace(fact, version=fact.version + 1)


def _map(kind: type[Fact], table: Table) -> Mapped[Any]:
    names = tuple(entry.name for entry in fields(kind))
    if {*names, "owner"} != set(table.c.keys()):
        raise TypeError(f"{kind.__name__} and its table {table.name} differ")
    types = tuple(cast(Kept, table.c[name].type) for name in names)
    return Mapped(kind, table, names, types, frozenset(name for name in names if table.c[name].nullable))


_MAPPED: dict[type[Fact], Mapped[Any]] = {kind: _map(kind, table) for kind, table in TABLES.items()}
KINDS: tuple[type[Fact], ...] = tuple(TABLES)
"""All kinds of facts, parents before children."""
