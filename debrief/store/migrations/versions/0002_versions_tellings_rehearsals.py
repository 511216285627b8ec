"""Drafts keep their versions and the findings that were ignored; stories know where they were told; rehearsals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# The types stand here as they were when this step was released: the ones in use may move on.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.Text()
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Adds two columns and four tables; what is there stays as it is."""
    _add_set_aside_to_messages()
    op.add_column("lessons", sa.Column("learned_at", INSTANT, nullable=True))
    _make_draft_versions()
    _make_ignored_findings()
    _make_tellings()
    _make_rehearsals()


def _add_set_aside_to_messages() -> None:
    """A default is needed while there are rows, and none afterwards: every write says what it sets aside."""
    op.add_column("messages", sa.Column("set_aside", JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("messages") as batch:
        batch.alter_column("set_aside", server_default=None)


def _make_draft_versions() -> None:
    op.create_table(
        "draft_versions",
        *_who_and_which(),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_draft_versions"),
        _under("draft_versions", "message_id", "messages"),
    )
    op.create_index("ix_draft_versions_owner_message_id", "draft_versions", ["owner", "message_id"])


def _make_ignored_findings() -> None:
    op.create_table(
        "ignored_findings",
        *_who_and_which(),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("words", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_ignored_findings"),
        _under("ignored_findings", "message_id", "messages"),
        sa.UniqueConstraint(
            "owner", "message_id", "rule", "words", name="uq_ignored_findings_owner_message_id_rule_words"
        ),
    )


def _make_tellings() -> None:
    op.create_table(
        "tellings",
        *_who_and_which(),
        sa.Column("story_id", TEXT, nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("landed", sa.Integer(), nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_tellings"),
        _under("tellings", "story_id", "stories"),
        _under("tellings", "interview_id", "interviews"),
        sa.UniqueConstraint("owner", "story_id", "interview_id", name="uq_tellings_owner_story_id_interview_id"),
    )
    op.create_index("ix_tellings_owner_interview_id", "tellings", ["owner", "interview_id"])


def _make_rehearsals() -> None:
    op.create_table(
        "rehearsals",
        *_who_and_which(),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_rehearsals"),
        _under("rehearsals", "interview_id", "interviews"),
    )
    op.create_index("ix_rehearsals_owner_interview_id", "rehearsals", ["owner", "interview_id"])


def _who_and_which() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _under(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["owner", column],
        [f"{parent}.owner", f"{parent}.id"],
        name=f"fk_{table}_owner_{column}",
        ondelete="CASCADE",
        deferrable=True,
        initially="IMMEDIATE",
    )
