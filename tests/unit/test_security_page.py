"""The threat model names a test for each line, and each of these tests exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "security.md"


def rows() -> list[list[str]]:
    """The cells of the page's tables, headings left out."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "threat"]


def test_every_threat_has_a_defence_and_a_test_that_exists() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)\(", written))
    threats = rows()
    assert len(threats) > 25
    for threat, defence, held_by in threats:
        named = re.findall(r"`(test_\w+)`", held_by)
        assert defence, threat
        assert named, threat
        assert set(named) <= there, threat
