"""Takes back one entry of the journal: everything in it is as it was before, or nothing is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from debrief.domain.facts import Fact
from debrief.errors import Conflict, Refused
from debrief.store.journal import Change, Image, Recorder, content_of, image_of, read_changes
from debrief.store.mapping import mapped, mapped_by_name
from debrief.store.rows import Rows

_CHANGED_SINCE = "Something in it has changed since, so it cannot be undone as a whole. Change it by hand instead."


def undo(rows: Rows, recorder: Recorder, number: int) -> str:
    """Puts back what the entry changed and gives back its sentence.

    Rows that were removed come back as they were; versions of changed ones go on
    counting, so that a tab that still shows what is undone is told so. Raises NotFound if the
    entry is gone, Refused if anything in it has changed since or if newer work
    hangs under what would go.
    """
    sentence, changes = read_changes(rows, number)
    stored = _stored(rows, changes)
    for change in changes:
        if not _stands_as(stored.get((change.kind, change.id)), change.after):
            raise Refused(f"“{sentence}”: {_CHANGED_SINCE}")
    _defer_references(rows)
    _rewrite(rows, recorder, changes, stored)
    _take_away(
        rows, recorder, [stored[change.kind, change.id] for change in changes if change.before is None], sentence
    )
    _put_back(rows, recorder, changes, sentence)
    return sentence


def _stored(rows: Rows, changes: Iterable[Change]) -> dict[tuple[str, str], Fact]:
    """What the record holds of the facts in the changes."""
    ids: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        ids[change.kind].append(change.id)
    return {
        (name, fact_id): fact
        for name, wanted in ids.items()
        for fact_id, fact in rows.by_id(mapped_by_name(name).kind, wanted).items()
    }


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


def _rewrite(rows: Rows, recorder: Recorder, changes: Iterable[Change], stored: dict[tuple[str, str], Fact]) -> None:
    """Writes the old values over what was changed; first, so that nothing is still under what goes next."""
    for change in changes:
        if change.before is None or change.after is None:
            continue
        fact = stored[change.kind, change.id]
        mapping = mapped(type(fact))
        before = mapping.from_json({**mapping.to_json(fact), **change.before, "version": fact.version + 1})
        rows.update(before)
        recorder.note(fact, before)


def _take_away(rows: Rows, recorder: Recorder, facts: list[Fact], sentence: str) -> None:
    """Removes what was added."""
    removal = rows.remove(facts)
    if len(removal.gone) > len(facts) or removal.emptied:
        raise Refused(f"“{sentence}”: something newer belongs to it and would be lost. Remove that first, then undo.")
    for fact in facts:
        recorder.note(fact, None)


def _put_back(rows: Rows, recorder: Recorder, changes: Iterable[Change], sentence: str) -> None:
    """Adds again what was removed."""
    gone: dict[type[Fact], list[Fact]] = defaultdict(list)
    for change in changes:
        if change.before is not None and change.after is None:
            fact: Fact = mapped_by_name(change.kind).from_json(change.before)
            gone[type(fact)].append(fact)
    for kind, facts in gone.items():
        if rows.insert(kind, facts) < len(facts):
            raise Conflict(f"“{sentence}”: {_CHANGED_SINCE}")
        for fact in facts:
            recorder.note(None, fact)
