"""Backups are whole, private and few; restoring is all or nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from store_cases import a_full_case, an_application
from store_histories import dump

from debrief.domain.facts import Application, Fact
from debrief.errors import Refused, StoreBroken
from debrief.store import Store, open_store
from debrief.store import backups as backups_module
from debrief.store.backups import (
    BEFORE_IMPORT,
    BEFORE_RESTORE,
    BY_HAND,
    DAILY,
    back_up,
    check_backup,
    daily_backup,
    list_backups,
    prune,
    restore,
)


@pytest.fixture
def file(sqlite_store: Store, now: datetime) -> Path:
    """The file of a record with something of every kind in it."""
    with sqlite_store.unit("local", now, "Logged") as unit:
        unit.add_all(a_full_case(now))
    assert sqlite_store.file is not None
    return sqlite_store.file


def dumped(store: Store, now: datetime) -> dict[tuple[str, str], Fact]:
    with store.unit("local", now) as unit:
        return dump(unit)


def add_one(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        unit.add(an_application("Birch & Sons"))


def test_a_backup_holds_what_was_committed_and_is_one_private_file(
    sqlite_store: Store, file: Path, now: datetime
) -> None:
    before = dumped(sqlite_store, now)
    with sqlite_store.unit("local", now, "Not yet kept") as unit:
        unit.add(an_application("Cedar Works"))
        made = back_up(file, now)
    assert [path.name for path in made.parent.iterdir()] == ["debrief-20260304T120000Z-by-hand.db"]
    if os.name == "posix":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    copy = open_store(f"sqlite:///{made}")
    assert dumped(copy, now) == before
    copy.close()


def test_a_backup_is_listed_with_its_time_in_utc_its_reason_and_size(file: Path) -> None:
    at = datetime(2026, 3, 4, 20, 30, 15, 999, tzinfo=UTC)
    paths = [back_up(file, at), back_up(file, at), back_up(file, at + timedelta(days=1), BEFORE_IMPORT)]
    (file.parent / "backups" / "debrief-notes.db").write_text("not one of ours")
    newest, second, first = list_backups(file)
    assert [first.path, second.path, newest.path] == [paths[0], paths[1], paths[2]]
    assert (newest.reason, first.reason, first.at) == (BEFORE_IMPORT, BY_HAND, at.replace(microsecond=0))
    assert first.size == paths[0].stat().st_size > 4096


def test_there_is_one_backup_a_day_of_use(file: Path, now: datetime) -> None:
    assert daily_backup(file, now) is not None
    assert daily_backup(file, now + timedelta(hours=11)) is None
    assert daily_backup(file, now + timedelta(hours=12)) is not None
    assert [backup.reason for backup in list_backups(file)] == [DAILY, DAILY]


def test_seven_days_and_four_weeks_are_kept_and_all_made_by_hand(file: Path, now: datetime) -> None:
    made = back_up(file, now - timedelta(days=300))
    folder = made.parent
    for days in range(60):  # a copy of a copy is as good here, and quicker
        at = now - timedelta(days=days)
        shutil.copyfile(made, folder / f"debrief-{at:%Y%m%dT%H%M%SZ}-daily.db")
        shutil.copyfile(made, folder / f"debrief-{at:%Y%m%dT%H%M%SZ}-before-import.db")
    gone = prune(file)
    kept = list_backups(file)
    assert len(gone) + len(kept) == 121
    assert [backup.at.date() for backup in kept if backup.reason == DAILY] == [
        *(date(2026, 3, 4) - timedelta(days=days) for days in range(7)),  # Wednesday to Thursday
        date(2026, 2, 22),  # the Sunday of the week before last, and so on
        date(2026, 2, 15),
    ]
    assert [backup.at for backup in kept if backup.reason == BEFORE_IMPORT] == [
        now - timedelta(days=days) for days in range(3)
    ]
    assert [backup.path for backup in kept if backup.reason == BY_HAND] == [made]


def test_restoring_puts_the_record_back_and_keeps_what_was_there(
    sqlite_store: Store, file: Path, now: datetime
) -> None:
    before = dumped(sqlite_store, now)
    made = back_up(file, now)
    add_one(sqlite_store, now)
    with sqlite_store.unit("local", now) as unit:
        versions = unit.data_versions()
    after = dumped(sqlite_store, now)
    kept = restore(file, made, now)
    assert kept is not None
    assert dumped(sqlite_store, now) == before  # through connections that were open all the while
    with sqlite_store.unit("local", now) as unit:
        assert unit.data_versions()["Application"] != versions["Application"]
    add_one(sqlite_store, now)
    assert [backup.reason for backup in list_backups(file)] == [BY_HAND, BEFORE_RESTORE]
    restore(file, kept, now)
    assert dumped(sqlite_store, now) == after


def damage(path: Path) -> None:
    """Overwrites everything behind the first page."""
    size = path.stat().st_size
    with path.open("rb+") as raw:
        raw.seek(4096)
        raw.write(os.urandom(size - 4096))


def truncate(path: Path) -> None:
    with path.open("rb+") as raw:
        raw.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite_with_text(path: Path) -> None:
    path.write_text("not a database at all " * 1000)


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE schema_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize("spoil", [damage, truncate, empty, overwrite_with_text, make_foreign, make_newer, Path.unlink])
def test_a_file_that_is_not_a_healthy_record_is_not_restored(
    sqlite_store: Store, file: Path, now: datetime, spoil: Callable[[Path], object]
) -> None:
    made = back_up(file, now)
    spoil(made)
    add_one(sqlite_store, now)
    before = dumped(sqlite_store, now)
    for attempt in (lambda: check_backup(made), lambda: restore(file, made, now)):
        with pytest.raises(Refused):
            attempt()
    assert dumped(sqlite_store, now) == before
    assert not any(backup.reason == BEFORE_RESTORE for backup in list_backups(file))


@pytest.mark.parametrize("spoil", [damage, truncate, overwrite_with_text])
def test_a_damaged_record_is_moved_aside_and_the_backup_takes_its_place(
    sqlite_store: Store, file: Path, now: datetime, spoil: Callable[[Path], object]
) -> None:
    before = dumped(sqlite_store, now)
    made = back_up(file, now)
    sqlite_store.close()
    spoil(file)
    spoiled = file.read_bytes()
    with pytest.raises(StoreBroken):
        back_up(file, now)
    aside = restore(file, made, now)
    assert aside is not None
    assert aside.read_bytes() == spoiled
    assert dumped(sqlite_store, now) == before
    assert sorted(path.name for path in file.parent.iterdir() if path.is_file()) == [
        "debrief.db",
        "debrief.db-shm",
        "debrief.db-wal",
    ]


def test_a_backup_that_cannot_be_finished_leaves_nothing(
    file: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups_module, "check_pages", fill_up)
    with pytest.raises(StoreBroken, match="No backup could be made"):
        back_up(file, now)
    assert list((file.parent / "backups").iterdir()) == []


def test_a_record_that_is_gone_is_restored(sqlite_store: Store, file: Path, now: datetime) -> None:
    before = dumped(sqlite_store, now)
    made = back_up(file, now)
    sqlite_store.close()
    file.unlink()
    assert restore(file, made, now) is None
    assert dumped(sqlite_store, now) == before


@pytest.mark.parametrize("failing", ["copy", "check_pages"])
def test_a_disk_that_fails_while_restoring_leaves_the_record_where_it_is(
    sqlite_store: Store, file: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    made = back_up(file, now)
    add_one(sqlite_store, now)
    before = dumped(sqlite_store, now)
    working = getattr(backups_module, failing)

    def fail(*paths: Path) -> None:
        if file in paths:
            raise sqlite3.OperationalError("disk I/O error")
        working(*paths)

    monkeypatch.setattr(backups_module, failing, fail)
    with pytest.raises(StoreBroken):
        restore(file, made, now)
    assert dumped(sqlite_store, now) == before
    assert not list(file.parent.rglob("damaged-*"))


def test_an_older_record_is_brought_up_to_date_when_it_is_restored(
    sqlite_store: Store, file: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(file, now)
    brought: list[str] = []
    monkeypatch.setattr(backups_module, "bring_up_to_date", lambda engine, before: brought.append(engine.url.database))
    restore(file, made, now)
    assert brought == [str(file)]
    with sqlite_store.unit("local", now) as unit:
        assert len(unit.find(Application)) == 1
