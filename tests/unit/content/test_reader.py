"""A mistake in a content file is reported with file, line, key and what was expected; nothing in it can do harm."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from debrief.content.reader import Reading, Shape, read


class Kind(StrEnum):
    FIRST = "first"
    SECOND = "second"


class Entry(Shape):
    name: str
    count: int = 1


class Page(Shape):
    title: str
    kind: Kind = Kind.FIRST
    entries: tuple[Entry, ...] = ()
    named: dict[str, Entry] = Field(default_factory=dict[str, Entry])
    either: str | tuple[Entry, ...] = ""


def read_text(folder: Path, text: str | bytes) -> Reading[Page]:
    path = folder / "en" / "page.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, Page, relative_to=folder)


MISTAKES = {
    "an unknown key": (
        "title: a\nentries:\n  - name: b\n    nmae: c\n",
        (4, "entries[0].nmae", "known are name, count"),
    ),
    "a wrong type": ("title: a\nentries:\n  - name: b\n    count: many\n", (4, "entries[0].count", "a whole number")),
    "a number for a text": ("kind: first\ntitle: 2023\n", (2, "title", "text is expected")),
    "a bracket for a text": ("title: {name}\n", (1, "title", "text is expected")),
    "no value": ("title:\n", (1, "title", "nothing stands here")),
    "a missing key": ("title: a\nnamed:\n  one:\n    count: 2\n", (3, "named.one.name", "this key is missing")),
    "a missing key at the top": ("kind: first\n", (1, "title", "this key is missing")),
    "a word that is not on the list": ("title: a\nkind: third\n", (2, "kind", "one of first or second is expected")),
    "a mistake inside an alternative": (
        "title: a\neither:\n  - name: b\n  - name: [c]\n",
        (4, "either[1].name", "text is expected"),
    ),
    "a doubled key": ("title: a\nkind: first\ntitle: b\n", (3, "title", "stands in line 1 already")),
    "a list for keys": ("- a\n", (1, "file", "keys with values are expected")),
    "an empty file": ("", (1, "file", "the file is empty")),
    "a file of comments": ("# soon\n", (1, "file", "the file is empty")),
    "a tab": ("title: a\nentries:\n\t- name: b\n", (3, "name", "here stands a tab")),
    "a colon in a text": ("title: one: two\n", (1, "title", "must stand in quotes")),
    "an open quote": ("title: 'a\nkind: first\n", (1, "title", "closing quotation mark")),
    "an open bracket": ("title: a\nentries: [b\nkind: first\n", (3, "kind", "closing bracket")),
    "a star": ("title: *really*\n", (1, "title", "must stand in quotes")),
    "a percent sign": ("title: %d\n", (1, "title", "must stand in quotes")),
    "two documents": ("title: a\n---\ntitle: b\n", (2, "title", "one document")),
    "a control character": ("title: a\nkind: fi\x07rst\n", (2, "kind", "U+0007")),
    "Latin-1": ("title: a\nkind: café\n".encode("latin-1"), (2, "kind", "UTF-8")),
    "UTF-16": ("title: a\n".encode("utf-16"), (1, "file", "UTF-8")),
    "an object": ("title: !!python/object/apply:os.getcwd []\n", (1, "title", "tags")),
    "a tag of one's own": ("title: a\nkind: !secret b\n", (2, "kind", "tags")),
    "an alias": ("title: a\nentries: *b\n", (2, "entries", "references")),
    "an anchor": ("title: &b a\n", (1, "title", "references")),
    "a list as key": ("? [a]\n: b\n", (1, "file", "a plain word")),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_with_its_line_and_key(tmp_path: Path, mistake: str) -> None:
    text, (line, key, expected) = MISTAKES[mistake]

    reading = read_text(tmp_path, text)

    assert reading.value is None
    first = reading.problems[0]
    assert (first.file, first.line, first.key) == ("en/page.yaml", line, key)
    assert expected in first.expected


def test_all_mistakes_of_a_file_are_reported_in_the_order_of_its_lines(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "title: 1\nentries:\n  - count: x\n  - colour: red\n")

    assert [(problem.line, problem.key) for problem in reading.problems] == [
        (1, "title"),
        (3, "entries[0].name"),
        (3, "entries[0].count"),
        (4, "entries[1].name"),
        (4, "entries[1].colour"),
    ]


def test_alternatives_that_both_fail_make_one_sentence(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "title: a\neither: {b: c}\n")

    (problem,) = reading.problems
    assert problem.key == "either"
    assert "text is expected" in problem.expected
    assert "a list is expected" in problem.expected


def test_a_missing_file_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "en" / "page.yaml", Page, relative_to=tmp_path).problems

    assert str(problem) == "en/page.yaml:1: file: this file is missing"


def test_a_folder_in_place_of_a_file_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, Page, relative_to=tmp_path.parent).problems

    assert "cannot be read" in problem.expected


def test_words_that_older_yaml_takes_for_yes_or_times_stay_words(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "title: no\nentries:\n  - name: NO\n  - name: 12:30\n  - name: 2026-03-31\n")

    assert reading.value is not None
    assert reading.value.title == "no"
    assert [entry.name for entry in reading.value.entries] == ["NO", "12:30", "2026-03-31"]


def test_a_file_saved_on_windows_reads_the_same(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "\ufefftitle: a\r\nkind: second\r\n".encode())

    assert reading.value == Page(title="a", kind=Kind.SECOND)


def test_a_bomb_of_aliases_is_refused_before_it_grows(tmp_path: Path) -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]

    (problem,) = read_text(tmp_path, "\n".join(lines)).problems

    assert problem.line == 1
    assert "references" in problem.expected


@pytest.mark.parametrize("text", ["title: " + "[" * 50_000, "title: " + "[" * 5_000 + "]" * 5_000])
def test_brackets_without_end_are_refused(tmp_path: Path, text: str) -> None:
    (problem,) = read_text(tmp_path, text).problems

    assert "nested too deeply" in problem.expected


def test_a_number_of_thousands_of_digits_is_only_a_text(tmp_path: Path) -> None:
    (problem,) = read_text(tmp_path, "title: a\nentries:\n  - name: b\n    count: " + "9" * 10_000 + "\n").problems

    assert (problem.line, problem.key) == (4, "entries[0].count")
    assert len(problem.expected) < 200


def test_a_file_of_millions_of_characters_is_refused(tmp_path: Path) -> None:
    (problem,) = read_text(tmp_path, "title: " + "a" * 2_000_001).problems

    assert "2,000,000" in problem.expected


@given(st.one_of(st.binary(), st.text(), st.text("abtile:-[]{}&*!%'\"#|>? \n\t0123")))
def test_whatever_stands_in_a_file_is_read_or_told_and_never_thrown(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", errors="surrogatepass")

    reading = read_text(tmp_path_factory.getbasetemp(), raw)

    assert (reading.value is None) == bool(reading.problems)
    for problem in reading.problems:
        assert 1 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 2
        assert problem.key
        assert problem.expected
