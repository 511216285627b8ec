"""Many writers at once, and a process that is killed: no lock error, no lost update, nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from store_cases import an_application

from debrief.domain.facts import Application, Lesson
from debrief.errors import Conflict, StoreBroken
from debrief.store import Store, open_store

THREADS = 8
WRITES = 12

WRITER = """
import sys
from datetime import UTC, datetime
from debrief.domain.facts import Lesson
from debrief.store import open_store

url, name, count = sys.argv[1:]
now = datetime(2026, 3, 4, 12, tzinfo=UTC)
store = open_store(url)
for number in range(int(count)):
    with store.unit("local", now, "Learned something") as unit:
        unit.add(Lesson(id=f"{name}-{number}", text="Breathe", created_at=now))
    print(f"{name}-{number}", flush=True)
"""


def start_writer(url: str, name: str, count: int) -> subprocess.Popen[str]:
    """A process that adds lessons one by one and says the id of each once its unit has ended."""
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", WRITER, url, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_threads_that_write_at_once_lose_nothing_and_see_no_lock(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        shared = unit.add(an_application())

    def write(thread: int) -> int:
        conflicts = 0
        for number in range(WRITES):
            with store.unit("local", now, "Learned something") as unit:
                unit.add(Lesson(text=f"{thread}-{number}", created_at=now))
            done = False
            while not done:
                try:
                    with store.unit("local", now) as unit:
                        read = unit.get(Application, shared.id)
                        unit.change(replace(read, source=read.source + "."))
                    done = True
                except Conflict:
                    conflicts += 1
        return conflicts

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))
    with store.unit("local", now) as unit:
        changed = unit.get(Application, shared.id)
        assert (changed.source, changed.version) == ("." * THREADS * WRITES, THREADS * WRITES + 1)
        assert len(unit.find(Lesson)) == THREADS * WRITES
        entries = unit.journal(limit=10_000)
        assert [entry.id for entry in entries] == list(range(THREADS * WRITES, 0, -1))


def test_processes_that_open_and_write_at_once_lose_nothing(store_url: str, now: datetime) -> None:
    writers = [start_writer(store_url, name, WRITES) for name in "abc"]
    outputs = [writer.communicate()[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 3
    assert [len(output.split()) for output in outputs] == [WRITES] * 3
    store = open_store(store_url)
    with store.unit("local", now) as unit:
        assert len(unit.find(Lesson)) == 3 * WRITES
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX systems")
@pytest.mark.parametrize("after", [1, 2, 7])
def test_a_process_killed_right_after_a_unit_ended_has_lost_nothing(sqlite_url: str, now: datetime, after: int) -> None:
    with start_writer(sqlite_url, "killed", 10_000) as writer:
        assert writer.stdout is not None
        acknowledged = {writer.stdout.readline().strip() for _ in range(after)}
        writer.send_signal(signal.SIGKILL)
        acknowledged |= set(writer.stdout.read().split())
    store = open_store(sqlite_url)
    with store.unit("local", now) as unit:
        kept = {lesson.id for lesson in unit.find(Lesson)}
        assert len(unit.journal(limit=100_000)) == len(kept)
    store.close()
    assert acknowledged <= kept
    assert len(kept) <= len(acknowledged) + 1


def test_a_page_that_reads_does_not_wait_for_one_that_writes(store: Store, now: datetime) -> None:
    with store.unit("local", now, "Writes") as writer:
        writer.add(an_application())
        with store.unit("local", now) as reader:
            assert reader.courses() == ()


def test_whoever_writes_while_another_does_waits_longer_than_five_seconds_and_then_goes_on(
    store: Store, now: datetime
) -> None:
    def write(by: Store) -> None:
        with by.unit("local", now, "Second") as unit:
            unit.add(Lesson(text="second", created_at=now))

    asked, shortened = "SHOW lock_timeout", "SET lock_timeout = '1ms'"
    if store.file:
        asked, shortened = "PRAGMA busy_timeout", "PRAGMA busy_timeout = 1"
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql(asked).scalar_one() in (10_000, "10s")
    impatient = open_store(store.engine.url.render_as_string(hide_password=False))

    @event.listens_for(impatient.engine, "checkout")
    def _lose_patience(connection: Any, record: object, proxy: object) -> None:
        connection.execute(shortened)
        connection.commit()

    with ThreadPoolExecutor(1) as pool:
        with store.unit("local", now, "First") as first:
            first.add(Lesson(text="first", created_at=now))
            second = pool.submit(write, store)
            with pytest.raises(StoreBroken, match="busy for too long"):
                write(impatient)
        second.result()
    impatient.close()
    with store.unit("local", now) as unit:
        assert [entry.sentence for entry in unit.journal()] == ["Second", "First"]
