"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The types stand here as they were when this step was released: the ones in use may move on.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.Text()
INSTANT = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")


def upgrade() -> None:
    """Makes all tables."""
    _make_applications()
    _make_data_versions()
    _make_journal_entries()
    _make_lessons()
    _make_people()
    _make_settings()
    _make_stories()
    _make_interviews()
    _make_journal_changes()
    _make_decisions()
    _make_heard()
    _make_meetings()
    _make_messages()
    _make_reflections()
    _make_snoozes()
    _make_ticks()
    _make_reflection_answers()


def _make_applications() -> None:
    op.create_table(
        "applications",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("employer", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("sector", TEXT, nullable=False),
        sa.Column("employer_size", TEXT, nullable=False),
        sa.Column("role_family", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_applications"),
    )


def _make_data_versions() -> None:
    op.create_table(
        "data_versions",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "kind", name="pk_data_versions"),
    )


def _make_journal_entries() -> None:
    op.create_table(
        "journal_entries",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.Column("application_id", TEXT, nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("owner", "number", name="pk_journal_entries"),
    )
    op.create_index("ix_journal_entries_owner_application_id", "journal_entries", ["owner", "application_id"])


def _make_lessons() -> None:
    op.create_table(
        "lessons",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("area", TEXT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("interview_ids", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_lessons"),
        sa.CheckConstraint(
            "state IN ('open', 'practising', 'learned', 'dropped')",
            name=op.f("ck_lessons_state"),
        ),
    )


def _make_people() -> None:
    op.create_table(
        "people",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("employer", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("profile", TEXT, nullable=False),
        sa.Column("recruiter", sa.Boolean(), nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_people"),
    )
    op.create_index("ix_people_owner_employer", "people", ["owner", "employer"])


def _make_settings() -> None:
    op.create_table(
        "settings",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name="pk_settings"),
    )


def _make_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("situation", TEXT, nullable=False),
        sa.Column("task", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("result", TEXT, nullable=False),
        sa.Column("competencies", JSON, nullable=False),
        sa.Column("interview_ids", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_stories"),
    )


def _make_interviews() -> None:
    op.create_table(
        "interviews",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("application_id", TEXT, nullable=False),
        sa.Column("round", TEXT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("timezone", TEXT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("focus", sa.String(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("notes", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_interviews"),
        sa.CheckConstraint(
            "focus IN ('conversation', 'technical', 'case', 'presentation', 'assessment', 'group')",
            name=op.f("ck_interviews_focus"),
        ),
        sa.CheckConstraint(
            "format IN ('phone', 'video', 'on_site', 'written')",
            name=op.f("ck_interviews_format"),
        ),
        sa.CheckConstraint(
            "state IN ('scheduled', 'held', 'cancelled', 'no_show')",
            name=op.f("ck_interviews_state"),
        ),
        sa.ForeignKeyConstraint(
            ["owner", "application_id"],
            ["applications.owner", "applications.id"],
            name="fk_interviews_owner_application_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )
    op.create_index(
        "ix_interviews_owner_application_id_ended_at", "interviews", ["owner", "application_id", "ended_at"]
    )


def _make_journal_changes() -> None:
    op.create_table(
        "journal_changes",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("after", JSON, nullable=True),
        sa.PrimaryKeyConstraint("owner", "number", "kind", "id", name="pk_journal_changes"),
        sa.ForeignKeyConstraint(
            ["owner", "number"],
            ["journal_entries.owner", "journal_entries.number"],
            name="fk_journal_changes_owner_number",
            ondelete="CASCADE",
        ),
    )


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_decisions"),
        sa.CheckConstraint(
            "what IN ('accepted', 'declined', 'withdrew', 'let_go')",
            name=op.f("ck_decisions_what"),
        ),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_decisions_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )
    op.create_index("ix_decisions_owner_interview_id", "decisions", ["owner", "interview_id"])


def _make_heard() -> None:
    op.create_table(
        "heard",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_heard"),
        sa.CheckConstraint(
            "what IN ('update', 'request', 'advanced', 'rejected', 'offer')",
            name=op.f("ck_heard_what"),
        ),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_heard_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )
    op.create_index("ix_heard_owner_interview_id", "heard", ["owner", "interview_id"])


def _make_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("topics", JSON, nullable=False),
        sa.Column("concerns", JSON, nullable=False),
        sa.Column("rapport", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_meetings"),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_meetings_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.ForeignKeyConstraint(
            ["owner", "person_id"],
            ["people.owner", "people.id"],
            name="fk_meetings_owner_person_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.UniqueConstraint("owner", "interview_id", "person_id", name="uq_meetings_owner_interview_id_person_id"),
    )
    op.create_index("ix_meetings_owner_person_id", "meetings", ["owner", "person_id"])


def _make_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_messages"),
        sa.CheckConstraint(
            "channel IN ('email', 'linkedin')",
            name=op.f("ck_messages_channel"),
        ),
        sa.CheckConstraint(
            "kind IN ('thank_you', 'check_in', 'last_message', 'send_material', 'rejection_reply', "
            "'feedback_request', 'connect', 'keep_in_touch', 'withdraw', 'offer_reply')",
            name=op.f("ck_messages_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_messages_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.ForeignKeyConstraint(
            ["owner", "person_id"],
            ["people.owner", "people.id"],
            name="fk_messages_owner_person_id",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )
    op.create_index("ix_messages_owner_interview_id", "messages", ["owner", "interview_id"])
    op.create_index("ix_messages_owner_person_id", "messages", ["owner", "person_id"])


def _make_reflections() -> None:
    op.create_table(
        "reflections",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("depth", sa.String(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_reflections"),
        sa.CheckConstraint(
            "depth IN ('short', 'full')",
            name=op.f("ck_reflections_depth"),
        ),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_reflections_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.UniqueConstraint("owner", "interview_id", name="uq_reflections_owner_interview_id"),
    )


def _make_snoozes() -> None:
    op.create_table(
        "snoozes",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("word_id", TEXT, nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_snoozes"),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_snoozes_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.ForeignKeyConstraint(
            ["owner", "person_id"],
            ["people.owner", "people.id"],
            name="fk_snoozes_owner_person_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.ForeignKeyConstraint(
            ["owner", "word_id"],
            ["heard.owner", "heard.id"],
            name="fk_snoozes_owner_word_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
    )
    op.create_index("ix_snoozes_owner_interview_id", "snoozes", ["owner", "interview_id"])
    op.create_index("ix_snoozes_owner_person_id", "snoozes", ["owner", "person_id"])
    op.create_index("ix_snoozes_owner_word_id", "snoozes", ["owner", "word_id"])


def _make_ticks() -> None:
    op.create_table(
        "ticks",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("interview_id", TEXT, nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_ticks"),
        sa.ForeignKeyConstraint(
            ["owner", "interview_id"],
            ["interviews.owner", "interviews.id"],
            name="fk_ticks_owner_interview_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.UniqueConstraint("owner", "interview_id", "item", name="uq_ticks_owner_interview_id_item"),
    )


def _make_reflection_answers() -> None:
    op.create_table(
        "reflection_answers",
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reflection_id", TEXT, nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("set_aside", JSON, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("owner", "id", name="pk_reflection_answers"),
        sa.ForeignKeyConstraint(
            ["owner", "reflection_id"],
            ["reflections.owner", "reflections.id"],
            name="fk_reflection_answers_owner_reflection_id",
            ondelete="CASCADE",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.UniqueConstraint(
            "owner", "reflection_id", "question", name="uq_reflection_answers_owner_reflection_id_question"
        ),
    )
