"""A damaged record: a screen with the ways out instead of a page, and each of them leads back to the app."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from debrief.domain.facts import Interview
from debrief.store import Store, open_store
from debrief.store.backups import back_up
from debrief.usecases.actor import Actor
from tests.app.conftest import OpenPage
from tests.app.screens import press, told
from tests.app.test_pages import NOW
from tests.app.test_your_data_page import log_one

PAGE = 4096


@pytest.fixture
def damaged(record: Store, actor: Actor) -> Path:
    """The file of a record with one interview and a backup, a page of its later part zeroed."""
    log_one(record, actor)
    record.close()
    assert record.file is not None
    back_up(record.file, NOW.replace(hour=9))
    zero_a_page(record.file)
    return record.file


def zero_a_page(file: Path) -> None:
    pages = file.stat().st_size // PAGE
    with file.open("rb+") as content:
        content.seek(random.Random(4).randrange(pages // 2, pages) * PAGE)
        content.write(bytes(PAGE))


def interviews_in(file: Path, at: datetime = NOW) -> int:
    store = open_store(f"sqlite:///{file}")
    try:
        with store.unit("local", at) as unit:
            return len(unit.find(Interview))
    finally:
        store.close()


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


@pytest.mark.parametrize(
    ("way", "interviews"),
    [("Go back to this backup", 1), ("Save what can be read", 1), ("Start empty", 0)],
)
def test_each_way_out_of_a_damaged_record_leads_back_to_the_app_and_keeps_the_damaged_file(
    open_page: OpenPage, damaged: Path, way: str, interviews: int
) -> None:
    content = damaged.read_bytes()
    app = open_page("today")
    assert titles(app) == ["The file with your record is damaged"]
    assert not app.exception

    press(app, way)
    assert "is kept as" in told(app)
    assert content in [path.read_bytes() for path in (damaged.parent / "backups").glob("damaged-*.db")]
    press(app, "Open my record")

    assert titles(app) != ["The file with your record is damaged"]
    assert not app.exception
    assert interviews_in(damaged) == interviews


def test_without_a_sound_backup_the_screen_says_so_and_offers_the_rest(open_page: OpenPage, damaged: Path) -> None:
    for backup in (damaged.parent / "backups").glob("*.db"):
        zero_a_page(backup)
    app = open_page("today")
    assert "There is no backup that is whole." in told(app)
    assert [button.label for button in app.main.button] == ["Save what can be read", "Start empty"]


def test_a_file_cut_to_nothing_is_not_shown_as_an_empty_record(open_page: OpenPage, damaged: Path) -> None:
    damaged.write_bytes(b"")
    app = open_page("today")
    assert titles(app) == ["The file with your record is damaged"]
    press(app, "Go back to this backup")
    assert interviews_in(damaged) == 1


def test_what_cannot_be_salvaged_is_said_and_the_choices_stay(open_page: OpenPage, damaged: Path) -> None:
    damaged.write_bytes(bytes(PAGE * 3))
    app = open_page("today")
    press(app, "Save what can be read")
    assert "Nothing in the damaged file can be read" in told(app)
    assert not app.exception
