"""House rules as files: what a set holds, what it takes over, and how a wrong file is reported."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from debrief.content import SHIPPED, check, load_content
from debrief.content.rules import load
from debrief.domain.rules import AskFeedback, ConnectWith, RuleBook, Span, StepName, Unit
from debrief.errors import ContentBroken

Writer = Callable[[str, str], Path]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content, to be spoiled."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "content"))


@pytest.fixture
def write(content: Path) -> Writer:
    """Writes a rules file into the copy and gives back the folder."""

    def put(name: str, text: str) -> Path:
        (content / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return content

    return put


def book_of(folder: Path) -> RuleBook:
    book, problems = load(folder)
    assert problems == ()
    assert book is not None
    return book


def problems_of(folder: Path) -> list[str]:
    return [str(problem) for problem in book_of(folder).problems]


def test_two_sets_and_three_examples_are_shipped_each_with_its_texts() -> None:
    book = book_of(SHIPPED)
    assert book.problems == ()
    assert [name for name, rules in book.rules.items() if not rules.texts.example] == ["standard", "gentle"]
    assert len([rules for rules in book.rules.values() if rules.texts.example]) == 3
    assert all(rules.texts.title and rules.texts.description for rules in book.rules.values())


def test_gentle_differs_from_standard_where_the_guides_do() -> None:
    standard, gentle = (book_of(SHIPPED).rules[name] for name in ("standard", "gentle"))
    assert (standard.check_in.first_wait, gentle.check_in.first_wait) == (Span(7, Unit.DAYS), Span(14, Unit.DAYS))
    assert (standard.check_in.allowed, gentle.check_in.allowed) == (2, 1)
    assert (standard.ask_feedback, gentle.ask_feedback) == (AskFeedback.ALWAYS, AskFeedback.GOOD_RAPPORT)
    assert (standard.connect_with, gentle.connect_with) == (ConnectWith.EVERYBODY, ConnectWith.RECRUITERS)
    assert standard.thank_you == gentle.thank_you
    assert standard.let_go == gentle.let_go


def test_a_file_dropped_into_the_folder_holds_only_what_differs(write: Writer) -> None:
    folder = write("our-centre", "extends: gentle\nthank_you:\n  due: 48 hours\ncheck_in:\n  first_wait: 3 weeks\n")
    rules = book_of(folder).rules["our-centre"]
    assert rules.thank_you.due == Span(48, Unit.HOURS)
    assert rules.thank_you.closes == Span(168, Unit.HOURS)
    assert rules.check_in.first_wait == Span(21, Unit.DAYS)
    assert rules.check_in.allowed == 1
    assert rules.texts.title == "Our centre"


def test_the_wording_of_a_step_is_taken_over_unless_the_step_is_changed(write: Writer) -> None:
    folder = write("our-centre", "extends: gentle\ncheck_in:\n  first_wait: 3 weeks\n")
    steps = book_of(folder).rules["our-centre"].texts.steps
    assert StepName.CHECK_IN not in steps
    assert steps[StepName.CONNECT] == book_of(folder).rules["gentle"].texts.steps[StepName.CONNECT]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("extends: standard\ncheck_in:\n  allowed: 3\n", "rules/ours.yaml:3: check_in.allowed: "),
        (
            "extends: standard\ncheck_in:\n  first_wait: soon\n",
            "rules/ours.yaml:3: check_in.first_wait: a length of time",
        ),
        ("extends: standard\ncheck_in:\n  first_wait: 7\n", "rules/ours.yaml:3: check_in.first_wait: a length of time"),
        ("extends: standard\nthank_you:\n  due: 1 day\n", "rules/ours.yaml:3: thank_you.due: a number of hours"),
        ("extends: standard\n\ncheckin:\n  allowed: 1\n", "rules/ours.yaml:3: checkin: no key of this name"),
        (
            "extends: standrad\n",
            "rules/ours.yaml:1: extends: the name of a rules file is expected (example-a-day-past, ",
        ),
        ("extends: ours\n", "rules/ours.yaml:1: extends: these rules build on each other in a circle: ours → ours"),
        ("reflect:\n  due: 24 hours\n", "rules/ours.yaml:1: thank_you.due: this key is missing"),
        (
            "extends: standard\nconnect:\n  due: 40 days\n",
            "rules/ours.yaml:2: connect.closes: a longer time than 40 days is expected",
        ),
        (
            "extends: standard\ncheck_in:\n  closes: 2 days\n",
            "rules/ours.yaml:3: check_in.closes: a longer time than 2 working days",
        ),
        ("extends: [standard\n", "rules/ours.yaml:2: extends: "),
    ],
)
def test_a_wrong_file_is_reported_with_its_line_and_the_rest_works(write: Writer, text: str, problem: str) -> None:
    folder = write("ours", text)
    assert any(found.startswith(problem) for found in problems_of(folder)), problems_of(folder)
    assert "ours" not in book_of(folder).rules
    assert "example-a-day-past" in book_of(folder).rules


def test_a_wrong_file_stops_nothing_else_and_the_check_of_all_content_names_it(write: Writer) -> None:
    folder = write("ours", "extends: standrad\n")
    assert list(load_content(folder).rules.rules) == list(book_of(SHIPPED).rules)
    assert [str(problem) for problem in check(folder)] == problems_of(folder)


def test_a_longer_circle_is_spelled_out(write: Writer) -> None:
    write("one", "extends: two\n")
    assert (
        "these rules build on each other in a circle: one → two → one" in problems_of(write("two", "extends: one\n"))[0]
    )


def test_a_set_that_builds_on_a_wrong_one_is_left_out_and_says_so(write: Writer) -> None:
    write("ours", "extends: standard\ncheck_in:\n  allowed: 3\n")
    folder = write("theirs", "extends: ours\n")
    assert "rules/theirs.yaml:1: extends: rules/ours.yaml, on which these rules build, has mistakes" in problems_of(
        folder
    )
    assert "theirs" not in book_of(folder).rules


def test_texts_without_rules_and_files_with_another_ending_are_reported(content: Path) -> None:
    (content / "en" / "rules" / "lost.yaml").write_text("title: Lost\n", encoding="utf-8")
    (content / "rules" / "ours.yml").write_text("extends: standard\n", encoding="utf-8")
    assert problems_of(content) == [
        "en/rules/lost.yaml:1: file: the rules themselves, rules/lost.yaml, are missing",
        "rules/ours.yml:1: file: a name that ends in .yaml is expected",
    ]


def test_wording_for_an_unknown_step_is_reported(write: Writer, content: Path) -> None:
    (content / "en" / "rules" / "ours.yaml").write_text("title: Ours\nsteps:\n  chek_in: Ask.\n", encoding="utf-8")
    assert problems_of(write("ours", "extends: standard\n"))[0].startswith("en/rules/ours.yaml:3: steps.chek_in")


@pytest.mark.parametrize("name", ["standard", "gentle"])
def test_without_the_required_sets_nothing_starts(content: Path, name: str) -> None:
    (content / "rules" / f"{name}.yaml").unlink()
    book, problems = load(content)
    assert book is None
    assert f"en/rules/{name}.yaml:1: file: the rules themselves, rules/{name}.yaml, are missing" in map(str, problems)
    with pytest.raises(ContentBroken):
        load_content(content)


def test_a_chosen_set_that_is_gone_gives_way_to_the_standard_one() -> None:
    book = book_of(SHIPPED)
    assert book.choose("gentle").id == "gentle"
    assert book.choose("gone").id == "standard"


def test_spans_read_as_people_write_them() -> None:
    assert [str(Span(1, Unit.DAYS)), str(Span(2, Unit.WORKING_DAYS)), str(Span(24, Unit.HOURS))] == [
        "1 day",
        "2 working days",
        "24 hours",
    ]
