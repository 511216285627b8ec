"""Every statement about facts is made here, and so it is here alone that each is bound to its owner."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Delete, Select, Table, Update
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Scope:
    """Makes the statements of one owner."""

    owner: str
    dialect: str

    def select(self, table: Table, columns: Collection[ColumnElement[Any]], *where: Condition) -> Select[Any]:
        """These columns of the owner's rows."""
        return sa.select(*columns).where(table.c.owner == self.owner, *where)

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """A new row of the owner's."""
        made = _insert_on_postgresql(table) if self.dialect == "postgresql" else sqlite.insert(table)
        return made.values(owner=self.owner)

    def update(self, table: Table, *where: Condition) -> Update:
        """A change to the owner's rows."""
        return sa.update(table).where(table.c.owner == self.owner, *where)

    def delete(self, table: Table, *where: Condition) -> Delete:
        """The end of the owner's rows."""
        return sa.delete(table).where(table.c.owner == self.owner, *where)


def _insert_on_postgresql(table: Table) -> postgresql.Insert:
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - a large module, for a server's record alone

    return postgresql.insert(table)
