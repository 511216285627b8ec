"""What Alembic runs: the steps, on the connection and in the transaction that `debrief.store.schema` hands over."""

from __future__ import annotations

from alembic import context

from debrief.store.migrations import VERSION_TABLE
from debrief.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
