"""checklist.yaml: how mistakes in it are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import a_copy, change, shipped_guides

from debrief.content import SHIPPED
from debrief.content import checklist as section
from debrief.errors import Problem

FILE = "en/checklist.yaml"
GUIDES = shipped_guides()


def problems_after(tmp_path: Path, old: str, new: str) -> tuple[int, tuple[Problem, ...]]:
    content = a_copy(tmp_path)
    line = change(content, FILE, old, new)
    found, problems = section.load(content, GUIDES)
    assert (found is None) == bool(problems)
    return line, problems


def test_each_item_names_who_says_so_and_where_guides_differ() -> None:
    found, problems = section.load(SHIPPED, GUIDES)

    assert problems == ()
    assert found is not None
    by_id = {item.id: item for item in (*found.dos, *found.donts)}
    assert [source.short for source in by_id["phone"].sources] == [
        "Solvnex",
        "The Star",
        "the follow-up guide",
        "the dos and don'ts guide",
        "the job seekers' guide",
    ]
    assert [source.key for source in by_id["pay"].sources] == ["G5"]
    assert [difference.id for difference in by_id["check_in"].differs] == ["first-check-in"]
    assert all(item.sources for item in by_id.values())


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("step: check_in", "step: checkin", "dos[10].step", "one of reflect, thank_you"),
        ("advice: [FU8]", "advice: [FU88]", "dos[9].advice[0]", "'FU88' is none"),
        ("advice: [FU8]", "advice: []", "dos[9].advice", "at least 1"),
        ("when: [no_date_named]", "when: [no_date]", "dos[4].when[0]", "one of check_in_out"),
        ("id: phone", "id: second_nudge", "donts[1].id", "“second_nudge” stands in line"),
        ("id: tie_up", "id: thank_you", "dos[2].id", "“thank_you” stands in line"),
        ("proved_by: keep_in_touch", "proved_by: postcard", "dos[15].proved_by", "one of thank_you"),
        ("step: connect", "step: connect\n    since: advanced", "dos[16].since", "not expected beside step"),
        ("    step: connect\n", "", "dos", "one do for the step connect is expected, there are 0"),
        ("step: connect", "step: let_go", "dos", "one do for the step let_go is expected, there are 2"),
        ("  always: At any time.\n", "", "situations.always", "missing"),
        ("  always: At any time.", "  allways: At any time.", "situations.allways", "one of check_in_out"),
        ("instead: Write.", "how: Write.", "donts[1].instead", "missing"),
    ],
)
def test_a_mistake_is_named_with_line_and_key(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    line, problems = problems_after(tmp_path, old, new)

    found = [problem for problem in problems if problem.key == key and expected in problem.expected]
    assert found, problems
    assert found[0].file == FILE
    if key.startswith("dos["):
        assert abs(found[0].line - line) <= 1


def test_ids_are_unlike_within_dos_and_within_donts_only(tmp_path: Path) -> None:
    assert problems_after(tmp_path, "id: phone", "id: thank_you")[1] == ()
