"""The drawing of the house holds: arrows one way, a pure domain, the clock read at the edge, Streamlit in ui alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import debrief.errors

ROOT = Path(__file__).resolve().parents[2]
WRITING = ("add", "add_all", "change", "remove", "set_setting", "undo", "forget_everything")
"""What a unit of work writes with."""
CLOCKS = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def python_files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_imports_run_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("file", python_files("debrief/domain"), ids=lambda file: file.stem)
def test_the_domain_imports_the_standard_library_itself_and_errors(file: Path) -> None:
    foreign = [
        name
        for name in imported(file)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith("debrief.domain")
        and name != "debrief.errors"
    ]

    assert foreign == []


def test_pages_import_nothing_but_streamlit_ui_and_debrief() -> None:
    foreign = {
        (file.name, name)
        for file in python_files("pages")
        for name in imported(file)
        if name.split(".")[0] not in {"streamlit", "ui", "debrief"} | set(sys.stdlib_module_names)
    }

    assert foreign == set()


def test_pages_are_thin() -> None:
    long = {file.name: count for file in python_files("pages") if (count := len(file.read_text().splitlines())) > 120}

    assert long == {}


def test_the_clock_is_read_at_the_edge_alone() -> None:
    readings = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in python_files("debrief")
        if file != ROOT / "debrief" / "cli.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    }

    assert readings == set()


def test_screens_open_the_record_for_reading_alone_and_write_by_use_cases() -> None:
    """Units are opened by `session.reading()`, and handed on by the store that checks the sign-in."""
    openers = {
        file.relative_to(ROOT).as_posix()
        for file in python_files("ui", "pages")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "unit"
    }
    writers = {
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in python_files("ui", "pages")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("unit", name) for name in WRITING}
    }

    assert openers == {"ui/kit/session.py", "ui/kit/identity.py"}
    assert writers == set()


def test_what_an_error_says_reaches_the_screen_escaped() -> None:
    """An error may quote the record, and its bare words would be obeyed as Markdown: a picture would be fetched."""
    bare = {
        f"{file.relative_to(ROOT)}:{line}"
        for file in python_files("ui", "pages")
        if file != ROOT / "ui" / "kit" / "plain.py"
        for line in errors_spelled_out(ast.parse(file.read_text(encoding="utf-8")))
    }

    assert bare == set()


def errors_spelled_out(tree: ast.Module) -> Iterator[int]:
    """The lines in which a caught error, or one that a function was given, is made into text."""
    errors = {
        name for name, one in vars(debrief.errors).items() if isinstance(one, type) and issubclass(one, Exception)
    }
    caught = {node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)}
    given = {
        node.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name) and node.annotation.id in errors
    }
    for node in ast.walk(tree):
        match node:
            case (
                ast.Call(func=ast.Name(id="str" | "repr"), args=[ast.Name(id=name)])
                | ast.FormattedValue(value=ast.Name(id=name))
            ) if name in caught | given:
                yield node.lineno
