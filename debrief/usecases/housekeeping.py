"""Looking after the record as a whole: backups, restoring one, deleting everything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from debrief.domain.wording import counted
from debrief.store import Store
from debrief.store.backups import Backup, back_up, daily_backup, list_backups, newest_sound, restore
from debrief.store.salvage import Salvaged, salvage, start_fresh
from debrief.usecases.actor import Actor

_CALLED = {
    "applications": ("application",),
    "interviews": ("interview",),
    "people": ("person", "people"),
    "reflections": ("reflection",),
    "messages": ("note",),
    "heard": ("answer",),
    "decisions": ("decision",),
    "lessons": ("lesson",),
    "stories": ("story", "stories"),
    "settings": ("setting",),
}
"""What somebody knows by name of what the tables hold; the rest goes with it."""


def backups_of(store: Store) -> tuple[Backup, ...]:
    """The backups at hand, newest first; none where the record is on a server."""
    return list_backups(store.file) if store.file else ()


def make_backup(store: Store, now: datetime) -> Path | None:
    """A backup by hand; None where the record is on a server, whose keeper backs it up."""
    return back_up(store.file, now) if store.file else None


def keep_daily_backup(store: Store, now: datetime) -> None:
    """Today's backup, if there is none yet."""
    if store.file is not None:
        daily_backup(store.file, now)


def restore_backup(store: Store, now: datetime, backup: Backup) -> None:
    """Puts a backup in the place of the record, which is backed up first."""
    if store.file is not None:
        restore(store.file, backup.path, now)


def backup_to_go_back_to(file: Path) -> Backup | None:
    """The newest backup of a damaged record that is whole."""
    return newest_sound(file)


def replace_damaged(file: Path, now: datetime, backup: Backup) -> Path | None:
    """Puts a backup in the place of a damaged record; gives back where the damaged file is kept."""
    return restore(file, backup.path, now)


def save_what_is_readable(file: Path, now: datetime) -> Salvaged:
    """Makes a new record of all that can still be read of a damaged one, which is kept aside."""
    return salvage(file, now)


def begin_anew(file: Path, now: datetime) -> Path | None:
    """Begins an empty record; gives back where the damaged file is kept."""
    return start_fresh(file, now)


def delete_everything(actor: Actor, store: Store, now: datetime, *, with_backups: bool) -> tuple[str, ...]:
    """Deletes everything of the actor and, where wanted, the backups; gives the list of what went, in words."""
    with store.unit(actor.owner, now) as unit:
        counts = unit.forget_everything()
    gone = [counted(counts[table], *nouns) for table, nouns in _CALLED.items() if counts.get(table)]
    if with_backups:
        backups = backups_of(store)
        for backup in backups:
            backup.path.unlink(missing_ok=True)
        gone.append(counted(len(backups), "backup"))
    return tuple(gone)
