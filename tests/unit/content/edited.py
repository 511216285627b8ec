"""The shipped content with one thing changed, as somebody at a career centre would."""

from __future__ import annotations

import shutil
from pathlib import Path

from debrief.content import SHIPPED, guides
from debrief.domain.advice import Guides


def a_copy(folder: Path) -> Path:
    """A copy of the shipped content."""
    return Path(shutil.copytree(SHIPPED, folder / "content"))


def change(content: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old` in a file of the copy; gives the line where it stood."""
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def shipped_guides() -> Guides:
    found, problems = guides.load(SHIPPED)
    assert found is not None, problems
    return found
