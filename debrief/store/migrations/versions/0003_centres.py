"""Career centres: members, shares, comments, the log, sign-outs; and on PostgreSQL a second wall between owners."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# The types stand here as they were when this step was released: the ones in use may move on.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")

OWN = (
    "applications", "interviews", "people", "meetings", "reflections", "reflection_answers", "messages",
    "draft_versions", "ignored_findings", "heard", "decisions", "lessons", "stories", "tellings", "rehearsals", "ticks",
    "snoozes", "settings", "data_versions", "journal_entries", "journal_changes", "sign_outs",
)  # fmt: skip
"""The tables whose rows are their owner's alone, but for what is shared."""

ME = "current_setting('debrief.owner', true)"
MY_ROLE = "current_setting('debrief.role', true)"

# What an advisor may read. Each condition reads other tables under their own policies, so that one row that is
# shared opens what hangs under it and what it hangs under, and nothing else.
SHARED_BY_INTERVIEW = (  # the names are ours
    "EXISTS (SELECT 1 FROM shares s WHERE s.owner = {table}.owner "  # noqa: S608
    f"AND s.interview_id = {{table}}.{{column}} AND s.advisor = {ME})"
)
SHARED = {
    "interviews": SHARED_BY_INTERVIEW.format(table="interviews", column="id"),
    **{
        table: SHARED_BY_INTERVIEW.format(table=table, column="interview_id")
        for table in ("meetings", "reflections", "messages", "heard", "decisions", "comments")
    },
    "reflection_answers": (
        "EXISTS (SELECT 1 FROM reflections r "
        "WHERE r.owner = reflection_answers.owner AND r.id = reflection_answers.reflection_id)"
    ),
    "people": "EXISTS (SELECT 1 FROM meetings m WHERE m.owner = people.owner AND m.person_id = people.id)",
    "applications": (
        "EXISTS (SELECT 1 FROM interviews i WHERE i.owner = applications.owner AND i.application_id = applications.id)"
    ),
    "shares": f"advisor = {ME}",
}


def upgrade() -> None:
    """Adds five tables; on PostgreSQL each row is then seen by whom the transaction says it acts for."""
    _make_members()
    _make_shares()
    _make_comments()
    _make_log()
    op.create_table(
        "sign_outs",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_sign_outs"),
    )
    if op.get_context().dialect.name == "postgresql":
        _raise_walls()


def _make_members() -> None:
    op.create_table(
        "members",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("cohort", TEXT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("in_figures", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name="pk_members"),
    )


def _make_shares() -> None:
    op.create_table(
        "shares",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("advisor", TEXT, nullable=False),
        sa.Column("shared_at", INSTANT, nullable=False),
        sa.Column("with_private", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "interview_id", "advisor", name="pk_shares"),
        _of_an_interview("shares"),
    )
    op.create_index("ix_shares_advisor", "shares", ["advisor"])


def _make_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("author_name", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_comments"),
        _of_an_interview("comments"),
    )
    op.create_index("ix_comments_owner_interview_id", "comments", ["owner", "interview_id"])


def _make_log() -> None:
    op.create_table(
        "log_entries",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("whose", TEXT, nullable=False),
        sa.Column("about", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_entries"),
    )
    op.create_index("ix_log_entries_whose_at", "log_entries", ["whose", "at"])
    op.create_index("ix_log_entries_at", "log_entries", ["at"])


def _of_an_interview(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["owner", "interview_id"],
        ["interviews.owner", "interviews.id"],
        name=f"fk_{table}_owner_interview_id",
        ondelete="CASCADE",
        deferrable=True,
        initially="IMMEDIATE",
    )


def _raise_walls() -> None:
    """Row-level security on every table; FORCE, so that it holds for the tables' owner too."""
    for table in (*OWN, "members", "shares", "comments", "log_entries"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table in (*OWN, "shares"):
        op.execute(f"CREATE POLICY own ON {table} USING (owner = {ME}) WITH CHECK (owner = {ME})")
    for table, condition in SHARED.items():
        op.execute(f"CREATE POLICY shared ON {table} FOR SELECT USING ({condition})")
    op.execute(
        "CREATE POLICY own ON members "
        f"USING (owner = {ME} OR {MY_ROLE} = 'administrator') WITH CHECK (owner = {ME} OR {MY_ROLE} = 'administrator')"
    )
    # Students choose among the advisors, and advisors know by name who shares with them.
    op.execute(
        "CREATE POLICY known ON members FOR SELECT USING (role = 'advisor' "  # noqa: S608
        f"OR EXISTS (SELECT 1 FROM shares s WHERE s.owner = members.owner AND s.advisor = {ME}))"
    )
    op.execute(f"CREATE POLICY own ON comments FOR SELECT USING (owner = {ME})")
    op.execute(f"CREATE POLICY erased ON comments FOR DELETE USING (owner = {ME} OR author = {ME})")
    written = SHARED["comments"]
    op.execute(f"CREATE POLICY written ON comments FOR INSERT WITH CHECK (author = {ME} AND {written})")
    # The log is added to by everybody, about themselves, and changed by nobody.
    op.execute(f"CREATE POLICY added ON log_entries FOR INSERT WITH CHECK (who = {ME})")
    op.execute(f"CREATE POLICY read ON log_entries FOR SELECT USING (whose = {ME} OR {MY_ROLE} = 'administrator')")
