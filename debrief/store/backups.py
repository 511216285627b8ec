"""Backups of a SQLite database: whole, checked, and few enough to keep.

A backup is made by SQLite's own online copying, so that it holds one moment
even while others write. It is one file, readable by its owner alone, and is
only given its name once it has been opened and found healthy.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import URL

from debrief.errors import Refused, StoreBroken
from debrief.store.engine import engine_for
from debrief.store.migrations import HEAD, VERSION_TABLE
from debrief.store.schema import APPLICATION_ID, bring_up_to_date

DAILY = "daily"
BY_HAND = "by-hand"
BEFORE_MIGRATION = "before-migration"
BEFORE_IMPORT = "before-import"
BEFORE_RESTORE = "before-restore"

_KEPT_DAYS = 7
_KEPT_WEEKS = 4
_KEPT_BEFORE = 3
"""How many are kept of those made before each kind of large change."""

_NAME = re.compile(r"debrief-(\d{8}T\d{6}Z)-([a-z-]+)(?:-\d+)?\.db")
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup."""

    path: Path
    at: datetime
    """The moment whose state it holds, in UTC, to the second."""
    reason: str
    """One of the words above."""
    size: int
    """Bytes."""


def daily_backup(file: Path, now: datetime) -> Path | None:
    """Backs up once a day of use (days of UTC), then prunes. None if today's is there already."""
    today = now.astimezone(UTC).date()
    if any(backup.reason == DAILY and backup.at.date() == today for backup in list_backups(file)):
        return None
    made = back_up(file, now, DAILY)
    prune(file)
    return made


def back_up(file: Path, at: datetime, reason: str = BY_HAND) -> Path:
    """Copies the database into `backups/` beside it, checks the copy, and gives back where it is.

    Raises StoreBroken, and leaves no half backup, if the disk is full or the database is damaged.
    """
    folder = folder_of(file)
    target = _free_name(folder, f"debrief-{at.astimezone(UTC).strftime(_TIME)}-{reason}")
    part = target.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        copy(file, part)
        check_pages(part)
        part.replace(target)
        _sync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        raise StoreBroken(
            f"No backup could be made in {folder}. Check that the disk has space and that the folder can be written to."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def list_backups(file: Path) -> tuple[Backup, ...]:
    """The backups of a database, newest first."""
    found = [
        Backup(path, _read_time(match[1]), match[2], path.stat().st_size)
        for path in folder_of(file).glob("debrief-*.db")
        if (match := _NAME.fullmatch(path.name))
    ]
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.path.stem), reverse=True))


def prune(file: Path) -> tuple[Backup, ...]:
    """Removes what is no longer needed and gives it back.

    Kept are the newest daily backup of each of the last 7 days and 4 weeks of
    use, the last 3 before each kind of large change, and all made by hand.
    """
    backups = list_backups(file)
    daily = [backup for backup in backups if backup.reason == DAILY]
    kept = {*_newest_of_each(daily, _day)[:_KEPT_DAYS], *_newest_of_each(daily, _week)[:_KEPT_WEEKS]}
    for reason in (BEFORE_MIGRATION, BEFORE_IMPORT, BEFORE_RESTORE):
        kept.update([backup for backup in backups if backup.reason == reason][:_KEPT_BEFORE])
    gone = tuple(backup for backup in backups if backup not in kept and backup.reason != BY_HAND)
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    return gone


def restore(file: Path, backup: Path, now: datetime) -> Path | None:
    """Puts a backup in the place of the database, as a whole; gives back where the state before it is kept.

    Other connections see the restored record from their next transaction on. A
    database too damaged to be backed up is moved aside, helpers and all; None
    means that there was none. Raises Refused, and changes nothing, if the backup
    is not a healthy database of this program or if the database is another
    program's, and StoreBroken if the disk fails.
    """
    check_backup(backup)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_sound(file):
            _refuse_foreign(file)
            before = back_up(file, now, BEFORE_RESTORE)
            copy(backup, file)
        else:
            part = file.with_suffix(".part")
            part.unlink(missing_ok=True)
            copy(backup, part)
            before = put_in_place(file, part, now)
    except (OSError, sqlite3.Error) as error:
        raise StoreBroken(
            "The backup could not be put in place. Check that the disk has space, then try again."
        ) from error
    engine = engine_for(URL.create("sqlite", database=str(file)).render_as_string())
    try:
        bring_up_to_date(engine, lambda: None)
    finally:
        engine.dispose()
    return before


def check_backup(path: Path) -> None:
    """Raises Refused, with the reason, unless this is a healthy database of Debrief that this version can read."""
    if not path.is_file():
        raise Refused(f"There is no file {path}. Choose one of the backups.")
    try:
        check_pages(path)
        with closing(open_to_read(path)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            reached = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone() if ours else None  # noqa: S608
    except sqlite3.Error as error:
        raise Refused(
            f"{path.name} is damaged or is no database. Choose another backup; nothing was changed."
        ) from error
    if reached is None:
        raise _not_ours(path)
    if reached[0] > HEAD:
        raise Refused(f"{path.name} was made by a newer version of Debrief. Update the program first.")


def folder_of(file: Path) -> Path:
    """Where the backups of a database are."""
    return file.parent / "backups"


def state_of(file: Path) -> datetime:
    """When the database was last written to, in UTC."""
    files = [file, file.with_name(file.name + "-wal")]
    return datetime.fromtimestamp(max(one.stat().st_mtime for one in files if one.exists()), UTC)


def newest_sound(file: Path) -> Backup | None:
    """The newest backup of a database that could be put in its place."""
    for backup in list_backups(file):
        try:
            check_backup(backup.path)
        except Refused:
            continue
        return backup
    return None


def copy(source: Path, target: Path) -> None:
    """Copies a database page by page into another one, in one transaction of the target."""
    fresh = not target.exists()
    if fresh:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(open_to_read(source)) as reader, closing(sqlite3.connect(target, timeout=10)) as writer:
        writer.execute("PRAGMA synchronous = FULL")
        reader.backup(writer)
        if fresh:
            writer.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    if fresh:
        with target.open("rb+") as copied:
            os.fsync(copied.fileno())


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing: not even the helper files, where there are none."""
    quiet = "" if path.with_name(path.name + "-wal").exists() else "&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{quiet}", uri=True, timeout=10)


def check_pages(path: Path) -> None:
    """Raises sqlite3.DatabaseError unless every page and every reference is sound."""
    with closing(open_to_read(path)) as connection:
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != "ok" or orphan is not None:
        raise sqlite3.DatabaseError("the copy is not sound")


def _is_sound(file: Path) -> bool:
    """Whether the database can be read; a disk that fails or is full says nothing against it and is raised."""
    try:
        check_pages(file)
    except sqlite3.OperationalError:
        if file.exists():
            raise
        return False
    except sqlite3.DatabaseError:
        return False
    return True


def _refuse_foreign(file: Path) -> None:
    """Raises Refused where a sound database holds something, though nothing of ours."""
    with closing(open_to_read(file)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if names and VERSION_TABLE not in names:
        raise _not_ours(file)


def _not_ours(path: Path) -> Refused:
    return Refused(f"{path.name} is not a database of Debrief. Choose another file; nothing was changed.")


def put_in_place(file: Path, part: Path, now: datetime) -> Path | None:
    """Gives a finished file the name of the database. What had it is renamed, helpers and all; gives back where it is.

    None where there was no database before.
    """
    aside = _free_name(folder_of(file), f"damaged-{now.astimezone(UTC).strftime(_TIME)}")
    existed = file.exists()
    aside.parent.mkdir(mode=0o700, exist_ok=True)
    for helper in ("-wal", "-shm", ""):
        old = file.with_name(file.name + helper)
        if old.exists():
            old.replace(aside.with_name(aside.name + helper))
    part.replace(file)
    _sync_folder(file.parent)
    return aside if existed else None


def _free_name(folder: Path, stem: str) -> Path:
    """A name in the folder that no file has yet."""
    path, count = folder / f"{stem}.db", 1
    while path.exists():
        path, count = folder / f"{stem}-{count}.db", count + 1
    return path


def _read_time(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)


def _newest_of_each(backups: Iterable[Backup], period: Callable[[Backup], date]) -> list[Backup]:
    """The newest backup of each period; newest first, as the backups come."""
    newest: dict[date, Backup] = {}
    for backup in backups:
        newest.setdefault(period(backup), backup)
    return list(newest.values())


def _day(backup: Backup) -> date:
    return backup.at.date()


def _week(backup: Backup) -> date:
    """The Monday of its week."""
    return backup.at.date() - timedelta(days=backup.at.weekday())


def _sync_folder(folder: Path) -> None:
    """Makes a new name in a folder survive a power cut, where the system knows how."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
