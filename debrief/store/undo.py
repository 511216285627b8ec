"""Takes back one entry of the journal: everything in it is as it was before, or nothing is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from debrief.domain.facts import Fact
from debrief.errors import Conflict, Refused
from debrief.store.journal import Change, Image, Recorder, Way, content_of, image_of, read_changes
from debrief.store.mapping import KINDS, mapped
from debrief.store.rows import Rows

_CHANGED_SINCE = "Something in it has changed since, so it cannot be undone as a whole. Change it by hand instead."


def undo(rows: Rows, recorder: Recorder, number: int, sentence: str) -> None:
    """Puts back what the entry with this sentence changed.

    Rows that were removed come back as they were; versions of changed ones go on
    counting, so that a tab that still shows what is undone is told so. Raises Refused if
    anything in it has changed since or if newer work hangs under what would go.
    Everything is done some facts at a time, so that even an import of 100,000
    rows fits into memory.
    """
    for kind in KINDS:
        for changes in read_changes(rows, number, kind):
            _refuse_if_changed(rows.by_id(kind, [change.id for change in changes]), changes, sentence)
    _defer_references(rows)
    for kind in KINDS:  # first, so that nothing is still under what goes next
        for changes in read_changes(rows, number, kind, Way.CHANGED):
            _rewrite(rows, recorder, kind, changes)
    for kind in reversed(KINDS):  # children first: what is still under a parent then is newer
        for changes in read_changes(rows, number, kind, Way.ADDED):
            _take_away(rows, recorder, kind, [change.id for change in changes], sentence)
    for kind in KINDS:
        for changes in read_changes(rows, number, kind, Way.REMOVED):
            _put_back(rows, recorder, kind, [change.before for change in changes], sentence)


def _refuse_if_changed(stored: Mapping[str, Fact], changes: Iterable[Change], sentence: str) -> None:
    if not all(_stands_as(stored.get(change.id), change.after) for change in changes):
        raise Refused(f"“{sentence}”: {_CHANGED_SINCE}")


def _stands_as(stored: Fact | None, after: Image) -> bool:
    """Whether the record holds what the entry left. Fields that are newer than the entry do not count."""
    now = content_of(image_of(stored))
    then = content_of(after)
    if now is None or then is None:
        return now is then
    return all(then[name] == now[name] for name in then.keys() & now.keys())


def _defer_references(rows: Rows) -> None:
    """Lets a child be put back before its parent; the database checks when the unit ends."""
    statement = "PRAGMA defer_foreign_keys = ON" if rows.scope.dialect == "sqlite" else "SET CONSTRAINTS ALL DEFERRED"
    rows.transaction.write(sa.text(statement))


def _rewrite(rows: Rows, recorder: Recorder, kind: type[Fact], changes: Sequence[Change]) -> None:
    """Writes the old values over what was changed."""
    mapping = mapped(kind)
    stored = rows.by_id(kind, [change.id for change in changes])
    for change in changes:
        fact = stored[change.id]
        before = mapping.from_json({**mapping.to_json(fact), **(change.before or {}), "version": fact.version + 1})
        rows.update(before)
        recorder.note(fact, before)


def _take_away(rows: Rows, recorder: Recorder, kind: type[Fact], ids: Sequence[str], sentence: str) -> None:
    """Removes what was added."""
    facts = list(rows.by_id(kind, ids).values())
    removal = rows.remove(facts)
    if len(removal.gone) > len(facts) or removal.emptied:
        raise Refused(f"“{sentence}”: something newer belongs to it and would be lost. Remove that first, then undo.")
    for fact in facts:
        recorder.note(fact, None)


def _put_back(rows: Rows, recorder: Recorder, kind: type[Fact], images: Sequence[Image], sentence: str) -> None:
    """Adds again what was removed."""
    facts: list[Fact] = [mapped(kind).from_json(image) for image in images if image]
    if rows.insert(kind, facts) < len(facts):
        raise Conflict(f"“{sentence}”: {_CHANGED_SINCE}")
    for fact in facts:
        recorder.note(None, fact)
