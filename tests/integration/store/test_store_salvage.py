"""A damaged database is told as such, never passed off as a record; what can be read of it is saved."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_cases import a_full_case, an_application

from debrief.domain.facts import Application, Interview, Message, Person
from debrief.errors import DebriefError, Refused, StoreDamaged
from debrief.store import open_store
from debrief.store.backups import back_up, list_backups, newest_sound, restore
from debrief.store.mapping import KINDS
from debrief.store.salvage import salvage, start_fresh

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PAGE = 4096


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database of 60 applications, each with something of every kind."""
    file = tmp_path_factory.mktemp("made") / "debrief.db"
    store = open_store(url(file))
    for _ in range(6):
        with store.unit("local", NOW, "Logged Alder & Finch") as unit:
            unit.add_all([fact for _ in range(10) for fact in a_full_case(NOW)])
    store.close()
    return file


@pytest.fixture
def file(made: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    return Path(shutil.copy(made, tmp_path / "debrief.db"))


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def counts(file: Path) -> dict[str, int]:
    store = open_store(url(file))
    try:
        with store.unit("local", NOW) as unit:
            return {kind.__name__: len(unit.find(kind)) for kind in KINDS}
    finally:
        store.close()


def truncate(file: Path) -> None:
    with file.open("rb+") as damaged:
        damaged.truncate(file.stat().st_size // PAGE * 9 // 10 * PAGE)


def zero_pages(file: Path) -> None:
    pages = file.stat().st_size // PAGE
    with file.open("rb+") as damaged:
        for page in random.Random(1).sample(range(pages // 2, pages), 5):
            damaged.seek(page * PAGE)
            damaged.write(bytes(PAGE))


def flip_bytes(file: Path) -> None:
    content = bytearray(file.read_bytes())
    chosen = random.Random(2)
    for place in chosen.sample(range(PAGE * 4, len(content)), 40):
        content[place] ^= chosen.randrange(1, 256)
    file.write_bytes(content)


DAMAGES = [truncate, zero_pages, flip_bytes]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_refused_as_damaged_and_left_as_it_is(file: Path, damage: Callable[[Path], None]) -> None:
    damage(file)
    before = file.read_bytes()
    with pytest.raises(StoreDamaged):
        open_store(url(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_can_be_read_of_a_damaged_database_takes_its_place(file: Path, damage: Callable[[Path], None]) -> None:
    whole = sum(counts(file).values())
    damage(file)
    damaged = file.read_bytes()
    saved = salvage(file, NOW)
    assert saved.aside is not None
    assert saved.aside.read_bytes() == damaged
    after = counts(file)
    assert 100 < sum(after.values()) <= whole
    assert saved.incomplete or saved.lost or sum(after.values()) == whole, "what is gone is told"
    assert saved.incomplete or damage is flip_bytes
    assert saved.kept.get("people", 0) == after["Person"]


def test_a_healthy_database_is_salvaged_whole(file: Path) -> None:
    before = counts(file)
    saved = salvage(file, NOW)
    assert counts(file) == before
    assert (saved.incomplete, saved.lost) == ((), 0)
    assert "journal_entries" in saved.kept


def test_what_only_the_log_holds_is_saved_too(tmp_path: Path) -> None:
    file = tmp_path / "debrief.db"
    store = open_store(url(file))
    with store.unit("local", NOW) as unit:
        unit.add(an_application("Birch & Sons"))
    copied = tmp_path / "elsewhere" / "debrief.db"
    copied.parent.mkdir()
    for helper in ("", "-wal"):
        shutil.copy(f"{file}{helper}", f"{copied}{helper}")
    store.close()
    salvage(copied, NOW)
    assert counts(copied)["Application"] == 1


def spoil(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        (Interview, "UPDATE interviews SET ended_at = '2026-03-zz' WHERE rowid = 7"),
        (Interview, "UPDATE interviews SET timezone = 'Asia/Kuala_Lumpux' WHERE rowid = 7"),
        (Interview, "UPDATE interviews SET state = CAST(x'68ff' AS TEXT) WHERE rowid = 7"),
        (Interview, "UPDATE interviews SET owner = CAST(x'68ff' AS TEXT) WHERE rowid = 7"),
        (Interview, "UPDATE interviews SET version = 'seven' WHERE rowid = 7"),
        (Interview, "UPDATE interviews SET reply_by = '2026-13-01' WHERE rowid = 7"),
        (Message, "UPDATE messages SET set_aside = '[1' WHERE rowid = 7"),
        (Application, "UPDATE applications SET employer = x'00ff' WHERE rowid = 7"),
    ],
)
def test_a_row_that_nobody_can_understand_is_lost_with_what_hangs_under_it_and_counted(
    file: Path, kind: type[object], statement: str
) -> None:
    spoil(file, "PRAGMA ignore_check_constraints = ON")
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(statement)
    connection.commit()
    connection.close()
    saved = salvage(file, NOW)
    after = counts(file)
    assert after[kind.__name__] == 59
    assert saved.lost >= 1
    assert after["Person"] == 60


def test_text_with_one_garbled_byte_is_kept(file: Path) -> None:
    spoil(file, "UPDATE messages SET body = CAST(x'5468616e6b20ff' AS TEXT) WHERE rowid = 7")
    salvage(file, NOW)
    store = open_store(url(file))
    with store.unit("local", NOW) as unit:
        assert "Thank �" in {message.body for message in unit.find(Message)}
    store.close()


@pytest.mark.parametrize("zone", ["Japan", "EST5EDT", "Asia/Kuala_Lumpur"])
def test_a_round_is_kept_in_whatever_zone_it_could_be_logged(file: Path, zone: str) -> None:
    spoil(file, f"UPDATE interviews SET timezone = '{zone}' WHERE rowid = 7")
    assert salvage(file, NOW).lost == 0
    assert counts(file)["Interview"] == 60


def test_a_note_outlives_the_person_whose_row_is_lost(file: Path) -> None:
    spoil(file, "UPDATE people SET recruiter = 'perhaps' WHERE rowid = 7")
    salvage(file, NOW)
    after = counts(file)
    assert (after["Person"], after["Message"], after["Meeting"]) == (59, 60, 59)


@pytest.mark.parametrize("content", [b"", b"\x00" * PAGE * 3, b"no database at all" * 400])
def test_where_nothing_can_be_read_salvaging_says_so_and_changes_nothing(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises((Refused, StoreDamaged)):
        salvage(file, NOW)
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == ["debrief.db"]


def test_a_file_of_no_bytes_is_not_taken_for_a_new_record_while_there_are_backups(file: Path) -> None:
    back_up(file, NOW)
    file.write_bytes(b"")
    with pytest.raises(StoreDamaged, match="backups"):
        open_store(url(file))
    backup = newest_sound(file)
    assert backup is not None
    restore(file, backup.path, NOW)
    assert counts(file)["Interview"] == 60


def test_the_newest_backup_that_is_sound_is_the_one_offered(file: Path) -> None:
    good = back_up(file, NOW)
    bad = back_up(file, NOW.replace(hour=13))
    zero_pages(bad)
    assert [backup.path for backup in list_backups(file)] == [bad, good]
    assert getattr(newest_sound(file), "path", None) == good


def test_starting_afresh_keeps_the_damaged_file(file: Path) -> None:
    zero_pages(file)
    damaged = file.read_bytes()
    aside = start_fresh(file, NOW)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert sum(counts(file).values()) == 0
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("column", ["ended_at", "reply_by", "notes"])
def test_a_garbled_value_met_while_working_is_told_as_damage(file: Path, column: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(f"UPDATE interviews SET {column} = CAST(x'68ff' AS TEXT) WHERE rowid = 7")
    connection.commit()
    connection.close()
    store = open_store(url(file))
    with pytest.raises(StoreDamaged), store.unit("local", NOW) as unit:
        unit.courses()
    store.close()


def test_whatever_bytes_are_flipped_there_is_a_sentence_or_a_record(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for seed in range(25):
        chosen = random.Random(seed)
        content = bytearray(whole)
        for place in chosen.sample(range(len(content)), chosen.choice([1, 3, 30])):
            content[place] ^= chosen.randrange(1, 256)
        copied = tmp_path / str(seed) / "debrief.db"
        copied.parent.mkdir()
        copied.write_bytes(content)
        with contextlib.suppress(DebriefError):
            counts(copied)
        try:
            salvage(copied, NOW)
        except DebriefError:
            continue
        counts(copied)


def test_persons_are_met_again_after_salvage(file: Path) -> None:
    salvage(file, NOW)
    store = open_store(url(file))
    with store.unit("local", NOW) as unit:
        assert {person.name for person in unit.find(Person)} == {"Dana Whitfield"}
    store.close()
