"""The tables: one for each kind of fact, the journal, the settings and the data versions.

Every table has an owner, and every reference to a parent includes it, so that
no row can hang under somebody else's. What hangs under a row goes with it by
cascade, except a note to a person: it outlives the person (see REFERENCES).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import Column, Index, Table, UniqueConstraint
from sqlalchemy.types import TypeEngine

from debrief.domain.facts import (
    Application,
    Channel,
    Decision,
    DecisionKind,
    Depth,
    DraftVersion,
    Fact,
    Focus,
    Format,
    Heard,
    IgnoredFinding,
    Interview,
    Lesson,
    LessonState,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Rehearsal,
    RoundState,
    Snooze,
    Story,
    Telling,
    Tick,
    Word,
)
from debrief.store.columns import Choice, Day, ExactText, Flag, Instant, Json, Number, Row

Part: TypeAlias = "Column[Any] | sa.Constraint | Index"

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _must(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = ExactText) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _may(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = ExactText) -> Column[Any]:
    return Column(name, kind, nullable=True)


def _one_of(name: str, words: type[StrEnum]) -> tuple[Part, ...]:
    """A column for one of a few words, which the database holds to."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return _must(name, Choice(words)), sa.CheckConstraint(f"{name} IN ({listed})", name=name)


def _under(parent: str, column: str, *, cascade: bool = True) -> sa.ForeignKeyConstraint:
    """A reference to a row of the same owner. Deferrable: undoing may put a child back before its parent."""
    return sa.ForeignKeyConstraint(
        ["owner", column],
        [f"{parent}.owner", f"{parent}.id"],
        ondelete="CASCADE" if cascade else None,
        deferrable=True,
        initially="IMMEDIATE",
    )


def _table(name: str, *parts: Part) -> Table:
    """A table of facts: whose the row is, which it is, how often it was written, and the rest."""
    return Table(
        name,
        metadata,
        Column("owner", ExactText, primary_key=True),
        Column("id", ExactText, primary_key=True),
        _must("version", Number),
        *parts,
    )


TABLES: dict[type[Fact], Table] = {
    Application: _table(
        "applications",
        _must("employer"),
        _must("role"),
        _may("country"),
        _must("source"),
        _must("sector"),
        _must("employer_size"),
        _must("role_family"),
        _must("origin"),
        Index(None, "owner", "employer"),
    ),
    Interview: _table(
        "interviews",
        _must("application_id"),
        _must("round"),
        _must("ended_at", Instant),
        _must("timezone"),
        *_one_of("state", RoundState),
        *_one_of("format", Format),
        *_one_of("focus", Focus),
        _may("reply_by", Day),
        _must("notes"),
        _must("origin"),
        _under("applications", "application_id"),
        Index(None, "owner", "application_id", "ended_at"),
        Index(None, "owner", "ended_at", "id"),
    ),
    Person: _table(
        "people",
        _must("name"),
        _must("employer"),
        _must("title"),
        _must("email"),
        _must("profile"),
        _must("recruiter", Flag),
        _must("origin"),
        Index(None, "owner", "employer"),
    ),
    Meeting: _table(
        "meetings",
        _must("interview_id"),
        _must("person_id"),
        _must("topics", Row),
        _must("concerns", Row),
        _may("rapport", Number),
        _must("place", Number),
        _under("interviews", "interview_id"),
        _under("people", "person_id"),
        UniqueConstraint("owner", "interview_id", "person_id"),
        Index(None, "owner", "person_id"),
    ),
    Reflection: _table(
        "reflections",
        _must("interview_id"),
        _must("questionnaire", Number),
        *_one_of("depth", Depth),
        _must("started_at", Instant),
        _may("finished_at", Instant),
        _under("interviews", "interview_id"),
        UniqueConstraint("owner", "interview_id"),
    ),
    ReflectionAnswer: _table(
        "reflection_answers",
        _must("reflection_id"),
        _must("question"),
        _must("value", Json),
        _must("set_aside", Row),
        _must("saved_at", Instant),
        _under("reflections", "reflection_id"),
        UniqueConstraint("owner", "reflection_id", "question"),
    ),
    Message: _table(
        "messages",
        _must("interview_id"),
        *_one_of("kind", MessageKind),
        *_one_of("channel", Channel),
        _may("person_id"),
        _must("subject"),
        _must("body"),
        _may("sent_at", Instant),
        _must("set_aside", Row),
        _under("interviews", "interview_id"),
        _under("people", "person_id", cascade=False),
        Index(None, "owner", "interview_id"),
        Index(None, "owner", "person_id"),
    ),
    DraftVersion: _table(
        "draft_versions",
        _must("message_id"),
        _must("subject"),
        _must("body"),
        _must("kept_at", Instant),
        _under("messages", "message_id"),
        Index(None, "owner", "message_id"),
    ),
    IgnoredFinding: _table(
        "ignored_findings",
        _must("message_id"),
        _must("rule"),
        _must("words"),
        _must("reason"),
        _must("at", Instant),
        _under("messages", "message_id"),
        UniqueConstraint("owner", "message_id", "rule", "words"),
    ),
    Heard: _table(
        "heard",
        _must("interview_id"),
        *_one_of("what", Word),
        _must("at", Instant),
        _may("reply_by", Day),
        _must("note"),
        _under("interviews", "interview_id"),
        Index(None, "owner", "interview_id"),
    ),
    Decision: _table(
        "decisions",
        _must("interview_id"),
        *_one_of("what", DecisionKind),
        _must("at", Instant),
        _must("note"),
        _under("interviews", "interview_id"),
        Index(None, "owner", "interview_id"),
    ),
    Lesson: _table(
        "lessons",
        _must("text"),
        _must("area"),
        *_one_of("state", LessonState),
        _must("interview_ids", Row),
        _must("created_at", Instant),
        _may("learned_at", Instant),
        _must("origin"),
    ),
    Story: _table(
        "stories",
        _must("title"),
        _must("situation"),
        _must("task"),
        _must("action"),
        _must("result"),
        _must("competencies", Row),
        _must("interview_ids", Row),
        _must("created_at", Instant),
        _must("origin"),
        _must("set_aside", Row),
    ),
    Telling: _table(
        "tellings",
        _must("story_id"),
        _must("interview_id"),
        _may("landed", Number),
        _must("note"),
        _must("set_aside", Row),
        _under("stories", "story_id"),
        _under("interviews", "interview_id"),
        UniqueConstraint("owner", "story_id", "interview_id"),
        Index(None, "owner", "interview_id"),
    ),
    Rehearsal: _table(
        "rehearsals",
        _must("interview_id"),
        _must("question"),
        _must("seconds", Number),
        _must("rating", Number),
        _must("at", Instant),
        _under("interviews", "interview_id"),
        Index(None, "owner", "interview_id"),
    ),
    Tick: _table(
        "ticks",
        _must("interview_id"),
        _must("item"),
        _must("at", Instant),
        _under("interviews", "interview_id"),
        UniqueConstraint("owner", "interview_id", "item"),
    ),
    Snooze: _table(
        "snoozes",
        _must("interview_id"),
        _must("step"),
        _may("person_id"),
        _may("word_id"),
        _may("until", Day),
        _must("reason"),
        _must("at", Instant),
        _under("interviews", "interview_id"),
        _under("people", "person_id"),
        _under("heard", "word_id"),
        Index(None, "owner", "interview_id"),
        Index(None, "owner", "person_id"),
        Index(None, "owner", "word_id"),
    ),
}
"""The table of each kind of fact, parents before children."""

settings = Table(
    "settings",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("key", ExactText, primary_key=True),
    _must("value", Json),
)

data_versions = Table(
    "data_versions",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("kind", ExactText, primary_key=True),
    _must("number", sa.BigInteger),
)

journal_entries = Table(
    "journal_entries",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _must("at", Instant),
    _must("sentence"),
    _may("application_id"),
    _may("undoes", sa.Integer),
    Index(None, "owner", "application_id"),
)

journal_changes = Table(
    "journal_changes",
    metadata,
    Column("owner", ExactText, primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    Column("kind", ExactText, primary_key=True),
    Column("id", ExactText, primary_key=True),
    _may("before", Json),
    _may("after", Json),
    sa.ForeignKeyConstraint(
        ["owner", "number"], ["journal_entries.owner", "journal_entries.number"], ondelete="CASCADE"
    ),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """How one kind of fact hangs under another: by which column, and whether it goes when the parent goes."""

    child: type[Fact]
    column: str
    parent: type[Fact]
    cascades: bool
    """Otherwise the child stays, and its reference is emptied."""


def _references() -> tuple[Reference, ...]:
    kinds = {table.name: kind for kind, table in TABLES.items()}
    return tuple(
        Reference(kind, key.column_keys[1], kinds[key.referred_table.name], key.ondelete == "CASCADE")
        for kind, table in TABLES.items()
        for key in sorted(table.foreign_key_constraints, key=lambda key: tuple(key.column_keys))
    )


REFERENCES = _references()
