"""Stories and tellings keep what two tabs wrote at once, until the user has chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# The types stand here as they were when this step was released: the ones in use may move on.
JSON = sa.Text()


def upgrade() -> None:
    """Adds a column to each; what is there stays as it is."""
    for table in ("stories", "tellings"):
        _add_set_aside_to(table)


def _add_set_aside_to(table: str) -> None:
    """A default is needed while there are rows, and none afterwards: every write says what it sets aside."""
    op.add_column(table, sa.Column("set_aside", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table(table) as batch:
        batch.alter_column("set_aside", server_default=None)
