"""The templates as a centre may edit them: mistakes are named with file and line, and no code can run."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.exceptions import UndefinedError

from debrief.content import SHIPPED, load_content
from debrief.content.templates import load
from debrief.desk.rendering import render
from debrief.domain.advice import Guides
from debrief.domain.letters import SLOTS
from debrief.errors import Problem
from tests.examples import examples

GUIDES = load_content().guides
BITS = (
    "{{ meeting }}", "{{ topic }}", "{{", "}}", "{%", "%}", "{#", "#}", "{% raw %}", "for x in meeting", "set a = 1",
    "endfor", "include 'x'", "(", ")", "[", "]", "__class__", ".", "|", "upper", "meeting", "'", "1", "-", "~", "()",
)  # fmt: skip
"""What templates are made of."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "en" / "templates", tmp_path / "en" / "templates")
    return tmp_path


def problems_after(folder: Path, file: str, old: str, new: str) -> tuple[Problem, ...]:
    path = folder / "en" / "templates" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    templates, problems = load(folder, GUIDES)
    assert (templates is None) == bool(problems)
    return problems


def test_the_shipped_templates_are_without_mistakes(folder: Path) -> None:
    assert load(folder, GUIDES)[1] == ()


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Thank you for {{ tpoic }} once more", "no slot is called 'tpoic'"),
        ("Thank you for {{ meeting once more", "a slot is written {{ like_this }}"),
        ("Thank you {{ meeting.__class__ }}", "only text and slots"),
        ("Thank you {{ meeting|upper }}", "only text and slots"),
        ("Thank you {% for x in meeting %}x{% endfor %}", "only text and slots"),
        ("Thank you {{ ''.__class__.__mro__ }}", "only text and slots"),
        ("Thank you {{ " + "(" * 3000 + "meeting" + ")" * 3000 + " }}", "only text and slots"),
        ("Thank you {{ " + "meeting + " * 3000 + "meeting }}", "only text and slots"),
        ("Thank you {{ " + "9" * 5000 + " }}", "only text and slots"),
        ("Thanks. {{ the_role }} is what I want", "a word before the_role is expected"),
    ],
)
def test_a_mistake_in_a_wording_is_named_with_file_and_line(folder: Path, new: str, expected: str) -> None:
    (problem, *_) = problems_after(folder, "check_in.yaml", "Thank you again for {{ meeting }}.", new)
    assert problem.file == "en/templates/check_in.yaml"
    lines = (folder / problem.file).read_text(encoding="utf-8").splitlines()
    assert new in lines[problem.line - 1]
    assert expected in problem.expected


@settings(max_examples=examples(12))
@given(st.lists(st.sampled_from(BITS), max_size=8).map(" ".join))
def test_whatever_stands_in_a_wording_is_filled_in_or_told_and_never_thrown(bits: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SHIPPED / "en" / "templates", Path(folder) / "en" / "templates")
        problems = problems_after(
            Path(folder), "check_in.yaml", "Thank you again for {{ meeting }}.", f"Thank you again. {bits}"
        )
    if not problems:
        assert "<" not in render(f"Thank you again. {bits}", dict.fromkeys(SLOTS, "x"))  # nothing but texts is said


def test_a_move_that_could_fall_silent_is_a_mistake(folder: Path) -> None:
    old = "          - Could you tell me how things stand and what the next steps will be?"
    (problem,) = problems_after(folder, "check_in.yaml", old, "          - Is {{ promised }} still right?")
    assert "without slots that may be empty" in problem.expected


def test_a_move_without_advice_of_its_own_is_a_mistake(folder: Path) -> None:
    problems = problems_after(folder, "withdraw.yaml", "goodwill: {advice: [OC1, SN4]}", "goodwill: {advice: [OC99]}")
    assert "OC99" in problems[0].expected


def test_a_tone_left_out_is_a_mistake(folder: Path) -> None:
    problems = problems_after(folder, "withdraw.yaml", "tones: [formal]", "tones: [warm]")
    assert any("in the tone formal" in problem.expected for problem in problems)


def test_a_missing_file_and_a_missing_phrase_are_both_reported(folder: Path) -> None:
    (folder / "en" / "templates" / "connect.yaml").unlink()
    problems = problems_after(folder, "common.yaml", "  conversation: our conversation\n", "")
    assert {problem.file for problem in problems} == {"en/templates/connect.yaml", "en/templates/common.yaml"}
    assert any("conversation" in problem.expected for problem in problems)


def test_a_second_language_needs_no_code(folder: Path) -> None:
    shutil.copytree(folder / "en", folder / "de")
    templates, problems = load(folder, Guides(), "de")
    assert templates is not None
    assert problems == ()


def test_what_users_type_is_filled_in_as_text() -> None:
    assert render("about {{ topic }}", {"topic": "{{ 7*7 }} {% raw %}"}) == "about {{ 7*7 }} {% raw %}"


def test_the_sandbox_refuses_attributes_and_lacking_slots() -> None:
    for text in ("{{ topic.__class__ }}", "{{ topic.__init__.__globals__ }}"):
        with pytest.raises(Exception, match=r"unsafe|no attribute"):
            render(text, {"topic": "x"})
    with pytest.raises(UndefinedError):
        render("{{ nobody }}", {})


def test_every_slot_is_explained() -> None:
    guide = Path(SHIPPED.parent, "docs", "composer.md").read_text(encoding="utf-8")
    assert [slot for slot in SLOTS if f"`{slot}`" not in guide] == []
