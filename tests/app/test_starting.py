"""Starting: what the first page waits for, and what is loaded while it is looked at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.sample import load_sample
from tests.app.conftest import ROOT, SLOW
from tests.app.test_pages import NOW
from ui.doors.ahead import modules_of
from ui.kit.mode import Mode
from ui.kit.navigation import INSIGHTS, TODAY, pages_in

MENDING = "The content files need mending"


@pytest.fixture
def just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no page of this process had been drawn yet."""
    over = Event()
    monkeypatch.setattr("ui.kit.session.first_page_over", over)
    monkeypatch.setattr("ui.kit.first_page.first_page_over", over)


def start_page() -> AppTest:
    return AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=SLOW)


def spoil(file: Path, right: str, wrong: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")


@pytest.mark.usefixtures("just_started", "open_page")
def test_a_mistake_in_what_the_first_page_does_not_say_is_told_by_the_second(content_copy: Path) -> None:
    spoil(content_copy / "en" / "reflection.yaml", "kind: faces", "kind: smileys")

    app = start_page().run()
    assert app.title[0].value == "Just out of an interview?"

    app.run()
    assert app.title[0].value == MENDING


@pytest.mark.usefixtures("just_started", "open_page")
def test_a_mistake_in_what_the_first_page_says_is_told_by_it(record: Store, actor: Actor, content_copy: Path) -> None:
    load_sample(actor, record, NOW)
    spoil(content_copy / "rules" / "standard.yaml", "due: 24 hours", "due: soon")

    assert start_page().run().title[0].value == MENDING


def loaded_by(program: str, folder: Path) -> set[str]:
    """The modules in memory at the end of a program."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)"],
        cwd=ROOT,
        env={"DEBRIEF_DATA_FOLDER": str(folder), "HOME": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.usefixtures("open_page")
def test_a_page_waits_while_what_it_imports_is_imported_ahead_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[str] = []
    ahead = SimpleNamespace(wait=lambda: waits.append("once"))
    monkeypatch.setattr("ui.kit.first_page.loaded_for_the_first_page", ahead)

    start_page().run()

    assert waits == ["once"]


def test_the_server_answers_before_it_has_loaded_what_its_pages_need(tmp_path: Path) -> None:
    loaded = loaded_by("import app", tmp_path)

    assert "ui.doors.ahead" in loaded
    assert not {"sqlalchemy", "pydantic", "yaml", "debrief.store", "ui.kit.session"} & loaded


def test_only_what_the_first_page_imports_is_loaded_ahead_of_it(tmp_path: Path) -> None:
    loaded = loaded_by("from ui.doors import ahead; ahead.load_for_the_first_page()", tmp_path)

    assert set(modules_of(TODAY.path)) <= loaded
    assert not {"debrief.desk", "debrief.insights", "debrief.content.templates", "ui.write.page"} & loaded


def test_what_the_other_pages_import_and_say_is_loaded_after_it(tmp_path: Path) -> None:
    loaded = loaded_by("from ui.doors import ahead; ahead.load_for_the_rest()", tmp_path)

    others = [page for page in pages_in(Mode.LOCAL)[1:] if page is not INSIGHTS]
    assert {module for page in others for module in modules_of(page.path)} <= loaded
    assert "debrief.content.scenarios" in loaded
    assert not {"pandas", "altair", "onnxruntime", "typst"} & loaded
