"""Two indexes: the latest rounds come first without sorting all, and an employer is found by name."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds them; nothing else changes."""
    op.create_index("ix_interviews_owner_ended_at_id", "interviews", ["owner", "ended_at", "id"])
    op.create_index("ix_applications_owner_employer", "applications", ["owner", "employer"])
