"""All content is read at once, and all its mistakes are told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import a_copy, change

from debrief.content import SHIPPED, check, load_content, open_content
from debrief.errors import ContentBroken


def test_the_shipped_content_has_no_mistakes() -> None:
    assert check() == ()


def test_the_shipped_content_is_read_where_no_folder_is_named() -> None:
    assert load_content().questionnaire == load_content(SHIPPED).questionnaire


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    change(content, "en/checklist.yaml", "title: Don't call", "titel: Don't call")
    change(content, "en/reflection.yaml", "kind: faces", "kind: smileys")

    with pytest.raises(ContentBroken) as broken:
        load_content(content)

    assert {problem.file for problem in broken.value.problems} == {"en/checklist.yaml", "en/reflection.yaml"}
    assert "donts[1].titel" in str(broken.value)
    assert check(content) == broken.value.problems


def test_a_broken_list_of_advice_is_told_once_and_not_with_all_that_points_to_it(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    change(content, "en/guides.yaml", "sources: [G5]", "sources: [G7]")

    assert [problem.key for problem in check(content)] == ["advice.TY4.sources[0]"]


def test_a_folder_without_content_is_told_file_by_file(tmp_path: Path) -> None:
    problems = check(tmp_path)

    assert {"en/guides.yaml", "en/checklist.yaml", "en/reflection.yaml"} <= {problem.file for problem in problems}
    assert all("missing" in problem.expected for problem in problems if problem.file.startswith("en/g"))


def test_a_language_that_there_is_none_of_is_told_as_missing_files() -> None:
    assert "xx/guides.yaml" in {problem.file for problem in check(language="xx")}


def test_mistakes_in_a_centres_own_rules_are_told_beside_the_others(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    (content / "rules" / "ours.yaml").write_text("extends: standard\nwindow: long\n", encoding="utf-8")
    change(content, "en/reflection.yaml", "kind: faces", "kind: smileys")

    assert {"rules/ours.yaml", "en/reflection.yaml"} <= {problem.file for problem in check(content)}


def test_a_mistake_in_one_part_hinders_no_other(tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    change(folder, "en/reflection.yaml", "kind: faces", "kind: smileys")
    content = open_content(folder)

    assert content.checklist == load_content().checklist
    with pytest.raises(ContentBroken) as broken:
        _ = content.questionnaire
    assert {problem.file for problem in broken.value.problems} == {"en/reflection.yaml"}


def test_a_part_is_read_once_and_one_that_was_wrong_again(tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    line = change(folder, "en/reflection.yaml", "kind: faces", "kind: smileys")
    content = open_content(folder)
    with pytest.raises(ContentBroken) as broken:
        _ = content.questionnaire
    assert [problem.line for problem in broken.value.problems] == [line]

    change(folder, "en/reflection.yaml", "kind: smileys", "kind: faces")

    assert content.questionnaire == load_content().questionnaire
    assert content.questionnaire is content.questionnaire
