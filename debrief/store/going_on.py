"""Which applications anything may still be due in: a bound drawn by the database, so that a long past costs nothing.

What is due is decided in `debrief.domain.agenda` and nowhere else. This only
leaves out what it would find nothing in; a test holds the agenda of what is
left against the agenda of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from debrief.domain.facts import Decision, Fact, Heard, Interview, Message, Reflection, RoundState, Word
from debrief.store.rows import Rows
from debrief.store.scope import Condition
from debrief.store.tables import TABLES

_ROUND = TABLES[Interview]
_WORDS = TABLES[Heard]
_FINAL = tuple(word for word in Word if word.is_final)
_GOOD_NEWS = (Word.ADVANCED, Word.OFFER)


def ids_going_on(rows: Rows, since: datetime) -> Sequence[str]:
    """The ids of the applications that have at least one round to look at.

    That is one still to come or to finish; one not looked back on; one without
    an end by an answer or a decision; an offer without a decision; the last
    round of an application, where good news was the last word; and one in which
    anything happened since `since`. What lies further back than the longest
    window of the house rules and has come to an end has nothing ahead.
    """
    held = sa.and_(
        _ROUND.c.state == RoundState.HELD,
        sa.or_(
            _ROUND.c.ended_at >= since,
            ~_has(Reflection, TABLES[Reflection].c.finished_at.is_not(None)),
            ~sa.or_(_has(Heard, _WORDS.c.what.in_(_FINAL)), _has(Decision)),
            sa.and_(_has(Heard, _WORDS.c.what == Word.OFFER), ~_has(Decision)),
            sa.and_(_is_last(), _has(Heard, _WORDS.c.what.in_(_GOOD_NEWS), ~_decided_after())),
            _has(Heard, _WORDS.c.at >= since),
            _has(Message, TABLES[Message].c.sent_at >= since),
        ),
    )
    wanted = sa.or_(_ROUND.c.state == RoundState.SCHEDULED, held)
    statement = rows.scope.select(_ROUND, [_ROUND.c.application_id], wanted).distinct()
    return list(rows.transaction.read(statement).scalars())


def _has(kind: type[Fact], *where: Condition) -> Condition:
    """Whether the round has a fact of this kind."""
    table = TABLES[kind]
    same = (table.c.owner == _ROUND.c.owner, table.c.interview_id == _ROUND.c.id)
    return sa.exists(_one(table, (*same, *where))).correlate(_ROUND)


def _is_last() -> Condition:
    """Whether no round of the application ended later; of those that ended at once, any may be the last."""
    later = _ROUND.alias()
    same = (later.c.owner == _ROUND.c.owner, later.c.application_id == _ROUND.c.application_id)
    return ~sa.exists(_one(later, (*same, later.c.ended_at > _ROUND.c.ended_at))).correlate(_ROUND)


def _decided_after() -> Condition:
    """Whether a decision was taken once the word was out."""
    decisions = TABLES[Decision]
    same = (decisions.c.owner == _WORDS.c.owner, decisions.c.interview_id == _WORDS.c.interview_id)
    return sa.exists(_one(decisions, (*same, decisions.c.at >= _WORDS.c.at))).correlate(_WORDS)


def _one(table: sa.FromClause, where: Iterable[Condition]) -> sa.Select[int]:
    return sa.select(sa.literal(1)).select_from(table).where(*where)
