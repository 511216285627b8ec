"""A process killed at any moment, power gone mid-write, a full disk, a folder closed to writing, a clock set back."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_cases import an_application
from test_store_crowds import start_writer

from debrief.domain.facts import Lesson
from debrief.store import Store, open_store
from debrief.store.backups import DAILY, daily_backup, list_backups

ROOT = Path(__file__).resolve().parents[3]
WRITES = 300


def file_in(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def lessons_in(url: str, now: datetime) -> set[str]:
    """What a program that opens the record afterwards finds; the file's pages are sound."""
    store = open_store(url)
    try:
        with closing(sqlite3.connect(file_in(url))) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        with store.unit("local", now) as unit:
            return {lesson.id for lesson in unit.find(Lesson)}
    finally:
        store.close()


def test_a_writer_killed_at_any_moment_of_300_writes_has_lost_nothing_that_was_acknowledged(
    sqlite_url: str, now: datetime
) -> None:
    open_store(sqlite_url).close()
    acknowledged: set[str] = set()
    written = kills = 0
    chosen = random.Random(20261122)
    while written < WRITES:
        writer = start_writer(sqlite_url, f"run{kills}", WRITES - written)
        assert writer.stdout is not None
        for _ in range(chosen.randrange(1, 60)):
            line = writer.stdout.readline().strip()
            if not line:
                break
            acknowledged.add(line)
            written += 1
        writer.send_signal(signal.SIGKILL)  # somewhere in the write that follows
        acknowledged.update(writer.stdout.read().split())
        writer.wait()
        writer.stdout.close()
        kills += 1
        found = lessons_in(sqlite_url, now)
        assert acknowledged <= found
        assert len(found - acknowledged) <= kills  # at most the write that was under way, each time
    assert kills > 5


@pytest.mark.skipif(os.name != "posix", reason="only a POSIX system can hold a process still: use Linux or macOS")
def test_the_files_as_a_power_cut_leaves_them_hold_every_acknowledged_write(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    open_store(sqlite_url).close()
    writer = start_writer(sqlite_url, "run", 120)
    assert writer.stdout is not None
    acknowledged: set[str] = set()
    for cut in range(8):
        for _ in range(12):
            acknowledged.add(writer.stdout.readline().strip())
        writer.send_signal(signal.SIGSTOP)
        left = tmp_path / f"cut{cut}"
        left.mkdir()
        for file in file_in(sqlite_url).parent.glob("debrief.db*"):
            if not file.name.endswith("-shm"):  # it lives in memory, which a power cut takes along
                shutil.copyfile(file, left / file.name)
        writer.send_signal(signal.SIGCONT)
        assert acknowledged <= lessons_in(f"sqlite:///{left / 'debrief.db'}", now)
    writer.kill()
    writer.stdout.close()
    writer.wait()


LIMITED = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from debrief.domain.facts import Lesson
from debrief.errors import StoreBroken
from debrief.store import open_store

url = sys.argv[1]
now = datetime(2026, 3, 4, 12, tzinfo=UTC)
store = open_store(url)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
room = 60_000 + max(file.stat().st_size for file in Path(url.removeprefix("sqlite:///")).parent.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
for number in range(1000):
    try:
        with store.unit("local", now, "Learned something") as unit:
            unit.add(Lesson(id=str(number), text="Breathe. " * 400, created_at=now))
    except StoreBroken as broken:
        print("refused", broken)
        break
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="only a POSIX system can limit a file's size: use Linux or macOS")
def test_when_the_disk_takes_no_more_it_is_said_and_all_that_was_acknowledged_is_there(
    sqlite_url: str, now: datetime
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, sqlite_url],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    *acknowledged, refusal = done.stdout.splitlines()
    assert refusal.startswith("refused The disk")
    assert len(acknowledged) > 3
    assert lessons_in(sqlite_url, now) == set(acknowledged)


READ_ONLY = """
import os, sys
from debrief.errors import StoreBroken
from debrief.store import open_store

if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open_store(sys.argv[1])
except StoreBroken as broken:
    print(broken)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights of folders are POSIX: use Linux or macOS")
@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_that_cannot_be_written_to_is_told_with_its_place(exists: bool) -> None:
    with tempfile.TemporaryDirectory() as outside:  # pytest's own folders are closed to other users
        folder = Path(outside) / "record"
        folder.mkdir()
        url = f"sqlite:///{folder / 'debrief.db'}"
        if exists:
            open_store(url).close()
            (folder / "debrief.db").chmod(0o444)
        Path(outside).chmod(0o755)
        folder.chmod(0o555)
        # Modules are imported while the process still may read them all.
        done = subprocess.run(
            [sys.executable, "-c", f"import debrief.store, sqlalchemy.dialects.sqlite.pysqlite\n{READ_ONLY}", url],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert str(folder) in done.stdout, done.stderr
    assert "cannot be opened for writing" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_clock_set_back_loses_no_write_no_journal_and_no_backup(sqlite_store: Store, now: datetime) -> None:
    assert sqlite_store.file is not None
    late, early = now, now - timedelta(days=400)
    first = daily_backup(sqlite_store.file, late)
    with sqlite_store.unit("local", late, "First") as unit:
        unit.add(an_application("Alder & Finch"))
    with sqlite_store.unit("local", early, "Second") as unit:
        unit.add(an_application("Birch & Sons"))
    second = daily_backup(sqlite_store.file, early)
    assert {backup.path for backup in list_backups(sqlite_store.file)} == {first, second}
    assert {backup.reason for backup in list_backups(sqlite_store.file)} == {DAILY}
    with sqlite_store.unit("local", early) as unit:
        assert [entry.sentence for entry in unit.journal()] == ["Second", "First"]
        unit.undo(unit.journal()[0].id)
    with sqlite_store.unit("local", early) as unit:
        assert [course.application.employer for course in unit.courses()] == ["Alder & Finch"]


def test_the_year_may_be_any_that_a_calendar_holds(sqlite_store: Store) -> None:
    for year in (1970, 9999):
        moment = datetime(year, 1, 2, tzinfo=UTC)
        with sqlite_store.unit("local", moment, "Learned") as unit:
            unit.add(Lesson(text="Breathe", created_at=moment))
    with sqlite_store.unit("local", moment) as unit:
        assert [lesson.created_at.year for lesson in unit.find(Lesson)] == [1970, 9999]
