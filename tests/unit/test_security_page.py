"""The threat model names a test for each line; these tests exist, as do those of the page on trust."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"


def rows() -> list[list[str]]:
    """The cells of the page's tables, headings left out."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "threat"]


@cache
def known_tests() -> frozenset[str]:
    """The names of all tests."""
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(re.findall(r"def (test_\w+)\(", written))


def test_every_threat_has_a_defence_and_a_test_that_exists() -> None:
    there = known_tests()
    threats = rows()
    assert len(threats) > 25
    for threat, defence, held_by in threats:
        named = re.findall(r"`(test_\w+)`", held_by)
        assert defence, threat
        assert named, threat
        assert set(named) <= there, threat


def test_every_test_and_bench_on_the_page_on_trust_exists() -> None:
    page = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    tests, benches = set(re.findall(r"`(test_\w+)`", page)), set(re.findall(r"bench\.(\w+)", page))
    assert len(tests) > 25
    assert tests <= known_tests()
    assert all((ROOT / "bench" / f"{name}.py").is_file() for name in benches)
