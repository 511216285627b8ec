"""A centre's own content beside the app: it stands in for the shipped files, and its mistakes are told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from debrief.content import SHIPPED, check, content_edited, content_folder, load_content
from debrief.content.overlay import CONTENT_VARIABLE
from debrief.errors import Refused


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A centre's folder, empty."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    monkeypatch.setenv(CONTENT_VARIABLE, str(folder))
    return folder


def put(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_folder_the_shipped_content_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CONTENT_VARIABLE, raising=False)

    assert content_folder() == SHIPPED


def test_house_rules_of_the_centre_stand_beside_the_shipped_ones(own: Path) -> None:
    put(own, "rules/harbour.yaml", "extends: gentle\ncheck_in:\n  first_wait: 10 days\n")
    put(own, "en/rules/harbour.yaml", "title: Harbour College\ndescription: Ten days, then ask once.\n")

    content = load_content()

    assert set(load_content(SHIPPED).rules.rules) < set(content.rules.rules)
    assert content.rules.rules["harbour"].texts.title == "Harbour College"
    assert content.rules.rules["harbour"].check_in.first_wait.count == 10
    assert check() == ()


def test_a_file_of_the_centre_stands_in_for_the_shipped_one_which_stays_as_it_is(own: Path) -> None:
    shipped = (SHIPPED / "en" / "reflection.yaml").read_text(encoding="utf-8")
    first = load_content(SHIPPED).questionnaire.sections[0].title
    put(own, "en/reflection.yaml", shipped.replace(first, "First of all at Harbour", 1))

    assert load_content().questionnaire.sections[0].title == "First of all at Harbour"
    assert load_content(SHIPPED).questionnaire.sections[0].title == first


def test_an_edit_is_read_without_a_restart(own: Path) -> None:
    file = put(own, "en/rules/gentle.yaml", "title: First\ndescription: One.\n")
    before = content_edited()
    assert load_content().rules.rules["gentle"].texts.title == "First"

    file.write_text("title: Second\ndescription: Two.\n", encoding="utf-8")
    later = file.stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(later, later))

    assert content_edited() != before
    assert load_content().rules.rules["gentle"].texts.title == "Second"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("en/reflexion.yaml", "version: 1\n", "no file of this name is read"),
        ("en/templates/thank_you.yaml", "nothing: here\n", "nothing"),
        ("rules/harbour.yaml", "extends: nobody\n", "nobody"),
    ],
)
def test_a_mistake_in_the_centres_folder_is_told_by_check_content(own: Path, name: str, text: str, told: str) -> None:
    put(own, name, text)

    problems = [problem for problem in check() if problem.file == name]

    assert problems
    assert any(told in str(problem) for problem in problems)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONTENT_VARIABLE, str(tmp_path / "nowhere"))

    with pytest.raises(Refused, match="names no folder"):
        load_content()
