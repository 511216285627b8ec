"""When something outside is broken the page says what, where and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.conftest import OpenPage
from ui.kit.plain import plain


def test_broken_content_is_listed_by_file_and_line_in_place_of_the_page(
    open_page: OpenPage, content_copy: Path
) -> None:
    file = content_copy / "en" / "reflection.yaml"
    whole = file.read_text(encoding="utf-8")
    assert not open_page("today").exception

    file.write_text(whole.replace("kind: faces", "kind: smileys", 1), encoding="utf-8")
    app = open_page("today")

    assert not app.exception
    assert app.title[0].value == "The content files need mending"
    (row,) = app.dataframe[0].value.to_dict("records")
    assert row["File"] == "en/reflection.yaml"
    assert "kind: smileys" in file.read_text(encoding="utf-8").splitlines()[row["Line"] - 1]
    assert "faces" in row["What is wrong"]


def test_mended_content_is_read_again(open_page: OpenPage, content_copy: Path) -> None:
    file = content_copy / "en" / "reflection.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("kind: faces", "kind: smileys", 1), encoding="utf-8")
    app = open_page("today")

    file.write_text(whole, encoding="utf-8")
    app.run()

    assert app.title[0].value == "Just out of an interview?"


def test_a_store_that_cannot_be_opened_has_a_screen_of_its_own(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    monkeypatch.setenv("DEBRIEF_DATABASE_URL", f"sqlite:///{folder}")

    app = open_page("today")

    assert not app.exception
    assert app.title[0].value == "Your record cannot be opened right now"
    (error,) = app.error
    assert "cannot be opened for writing" in error.value


def test_a_server_refuses_the_clock_of_the_tests(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBRIEF_MODE", "server")

    app = open_page("today")

    assert [error.value for error in app.error] == [
        plain("DEBRIEF_TEST_CLOCK is for tests. Unset it: a server goes by the real time.")
    ]
    assert not app.exception
