"""What goes wrong with a database is told in a sentence; nothing is half done, and the log holds nothing personal."""

from __future__ import annotations

import os
import sqlite3
import stat
import traceback
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from store_cases import a_full_case, an_application, count_all

from debrief.domain.facts import Application, Lesson
from debrief.errors import DebriefError, StoreBroken
from debrief.store import Store, data_folder, open_store

SECRET = "Dana Whitfield told me about the merger"


def on_connect(store: Store, statement: str) -> None:
    """Runs a statement on every connection from now on."""
    store.engine.dispose()
    sa.event.listen(store.engine, "connect", lambda connection, record: connection.execute(statement).close())


def file_of(store: Store) -> Path:
    assert store.file is not None
    return store.file


def told(attempt: Callable[[], object]) -> StoreBroken:
    with pytest.raises(StoreBroken) as broken:
        attempt()
    return broken.value


def write(store: Store, now: datetime, text: str = SECRET) -> None:
    with store.unit("local", now, f"Kept: {text}") as unit:
        unit.add(Lesson(text=text * 1000, created_at=now))


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("PRAGMA max_page_count = 1", "The disk is full"),
        ("PRAGMA query_only = ON", "cannot be written to"),
    ],
)
def test_a_write_that_the_disk_does_not_take_is_told_and_leaves_nothing(
    sqlite_store: Store, now: datetime, statement: str, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    write(sqlite_store, now, "before")
    on_connect(sqlite_store, statement)
    broken = told(lambda: write(sqlite_store, now))
    assert str(broken).startswith(sentence) or sentence in str(broken)
    with sqlite_store.unit("local", now) as unit:
        assert (len(unit.find(Lesson)), len(unit.journal())) == (1, 1)
    shown = "".join(traceback.format_exception(broken)) + caplog.text
    assert "SQLITE_" in shown
    assert SECRET not in shown


def test_a_lock_that_is_never_given_up_is_told(sqlite_store: Store, now: datetime) -> None:
    on_connect(sqlite_store, "PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(file_of(sqlite_store), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "busy for too long" in str(told(lambda: write(sqlite_store, now)))
        other.execute("ROLLBACK")
    write(sqlite_store, now)


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "debrief.db"
    file.write_text("These are my notes on interviews. " * 100)
    assert "damaged or is not a database" in str(told(lambda: open_store(f"sqlite:///{file}")))
    assert file.read_text().startswith("These are my notes")


def test_a_damaged_page_is_told(sqlite_store: Store, now: datetime) -> None:
    for number in range(50):
        write(sqlite_store, now, str(number))
    sqlite_store.close()
    with closing(sqlite3.connect(file_of(sqlite_store))) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = plain.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'lessons'").fetchone()[0]
    with file_of(sqlite_store).open("rb+") as raw:
        raw.seek((root - 1) * 4096)
        raw.write(b"\xff" * 4096)

    def read() -> None:
        with sqlite_store.unit("local", now) as unit:
            unit.find(Lesson)

    assert "damaged" in str(told(read))


def test_a_server_that_is_not_there_is_told() -> None:
    url = "postgresql://debrief:secret@127.0.0.1:1/debrief"
    broken = told(lambda: open_store(url))
    assert "cannot be reached" in str(broken)
    assert "secret" not in "".join(traceback.format_exception(broken))


def test_a_connection_that_is_cut_is_told_and_the_next_unit_has_a_new_one(
    postgresql_store: Store, now: datetime
) -> None:
    def be_cut_off() -> None:
        with postgresql_store.unit("local", now, "Cut off") as unit:
            unit.add(an_application())
            with postgresql_store.engine.connect() as other:
                own = "datname = current_database() AND pid <> pg_backend_pid()"
                other.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {own}"))
            unit.add(an_application())

    assert "cannot be reached" in str(told(be_cut_off))
    with postgresql_store.unit("local", now) as unit:
        assert unit.find(Application) == []


def test_what_postgresql_says_about_values_stays_out_of_the_log(
    postgresql_store: Store, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    with postgresql_store.engine.connect() as connection:
        connection.execute(sa.text("ALTER TABLE lessons ADD CHECK (length(text) < 10)"))
        connection.commit()
    with pytest.raises(DebriefError, match="does not fit") as refused:
        write(postgresql_store, now)
    assert SECRET not in "".join(traceback.format_exception(refused.value)) + caplog.text


@pytest.mark.parametrize(
    "address", ["debrief", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql:/nohost", "://"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    assert "address of a database" in str(told(lambda: open_store(address)))


def test_both_spellings_of_a_server_address_are_taken(postgresql_url: str, now: datetime) -> None:
    for scheme in ("postgres://", "postgresql://"):
        store = open_store(postgresql_url.replace("postgresql://", scheme))
        with store.unit("local", now) as unit:
            unit.courses()
        store.close()


def test_the_record_is_kept_in_the_folder_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.delenv("DEBRIEF_DATABASE_URL", raising=False)
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "a b%20ü?#" / "debrief"))
    store = open_store()
    with store.unit("local", now) as unit:
        unit.add_all(a_full_case(now))
    assert store.file == data_folder() / "debrief.db"
    assert sorted(path.name for path in data_folder().iterdir()) == ["debrief.db", "debrief.db-shm", "debrief.db-wal"]
    if os.name == "posix":
        assert stat.S_IMODE(data_folder().stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in data_folder().iterdir()} == {0o600}
    store.close()


def test_the_record_is_kept_where_the_environment_says_else_in_the_users_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEBRIEF_DATA_FOLDER", raising=False)
    monkeypatch.setenv("DEBRIEF_DATABASE_URL", f"sqlite:///{tmp_path / 'chosen.db'}")
    store = open_store()
    assert store.file == tmp_path / "chosen.db"
    store.close()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder().name == "debrief"
    assert tmp_path in data_folder().parents


@pytest.mark.skipif(os.name != "posix", reason="modes are a thing of POSIX systems")
def test_a_database_that_others_could_read_is_closed_to_them(sqlite_store: Store, now: datetime) -> None:
    sqlite_store.close()
    file_of(sqlite_store).chmod(0o644)
    store = open_store(f"sqlite:///{sqlite_store.file}")
    with store.unit("local", now) as unit:
        assert count_all(unit) == 0
    assert stat.S_IMODE(file_of(store).stat().st_mode) == 0o600
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBRIEF_DATABASE_URL", raising=False)
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "file" / "debrief"))
    assert "cannot be made" in str(told(open_store))
    assert "cannot be opened" in str(told(lambda: open_store(f"sqlite:///{tmp_path}")))
