"""The tables of a career centre: members, shares, comments, the log, and who signed out when.

They are no facts of a record: they are neither exported with it nor undone.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table

from debrief.domain.centre import Role
from debrief.store.columns import Choice, ExactText, Flag, Instant
from debrief.store.tables import metadata


def _of_an_interview() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["owner", "interview_id"],
        ["interviews.owner", "interviews.id"],
        ondelete="CASCADE",
        deferrable=True,
        initially="IMMEDIATE",
    )


members = Table(
    "members",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("name", ExactText, nullable=False),
    Column("email", ExactText, nullable=False),
    Column("role", Choice(Role), nullable=False),
    Column("cohort", ExactText, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("in_figures", Flag, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("interview_id", ExactText, primary_key=True),
    Column("advisor", ExactText, primary_key=True),
    Column("shared_at", Instant, nullable=False),
    Column("with_private", Flag, nullable=False),
    _of_an_interview(),
    Index(None, "advisor"),
)

comments = Table(
    "comments",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("id", ExactText, primary_key=True),
    Column("interview_id", ExactText, nullable=False),
    Column("question", ExactText, nullable=False),
    Column("author", ExactText, nullable=False),
    Column("author_name", ExactText, nullable=False),
    Column("text", ExactText, nullable=False),
    Column("at", Instant, nullable=False),
    _of_an_interview(),
    Index(None, "owner", "interview_id"),
)

log_entries = Table(
    "log_entries",
    metadata,
    Column("id", ExactText, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", ExactText, nullable=False),
    Column("what", ExactText, nullable=False),
    Column("whose", ExactText, nullable=False),
    Column("about", ExactText, nullable=False),
    Index(None, "whose", "at"),
    Index(None, "at"),
)

sign_outs = Table(
    "sign_outs",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("at", Instant, nullable=False),
)
"""When somebody last signed out: whoever signed in before that is out, in every tab and on every replica."""
