"""A PostgreSQL database whose app role is neither the keeper of the tables nor a superuser: its walls hold."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import make_url

from debrief.store.scope import Scope
from tests.postgresql import Cluster


@contextmanager
def walled_database(postgresql: Cluster, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """The address under which the app opens an empty database; the keeper's is in the environment."""
    role = f"app_{uuid4().hex}"
    with postgresql.database() as keeper_url:
        keeper = sa.create_engine(make_url(keeper_url).set(drivername="postgresql+psycopg"))
        with keeper.begin() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS")
        monkeypatch.setenv("DEBRIEF_MIGRATION_DATABASE_URL", keeper_url)
        try:
            yield make_url(keeper_url).set(username=role).render_as_string(hide_password=False)
        finally:
            with keeper.begin() as connection:
                connection.exec_driver_sql(f"DROP OWNED BY {role}")
                connection.exec_driver_sql(f"DROP ROLE {role}")
            keeper.dispose()


def take_the_scope_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on our statements mean everybody's rows, and the database alone stands between people."""
    monkeypatch.setattr(Scope, "select", lambda self, table, columns, *where: sa.select(*columns).where(*where))
    monkeypatch.setattr(Scope, "update", lambda self, table, *where: sa.update(table).where(*where))
    monkeypatch.setattr(Scope, "delete", lambda self, table, *where: sa.delete(table).where(*where))
