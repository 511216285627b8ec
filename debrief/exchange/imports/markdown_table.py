"""The table of a Markdown file, such as the one that career-ops keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from debrief.errors import Refused
from debrief.exchange.imports.problems import shown

_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_BAR = re.compile(r"(?<!\\)\|")
_STRONG = re.compile(r"^\*\*(.*)\*\*$")


def markdown_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Header and rows with the numbers of their lines. Raises Refused unless there is exactly one table."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines()]
    rules = [number for number, line in enumerate(lines) if number and _RULE.fullmatch(line)]
    if len(rules) != 1:
        raise Refused(
            f"{shown(name)} holds {len(rules):,} tables; one is expected. "
            "Copy the table that you mean into a file of its own."
        )
    yield rules[0], _cells(lines[rules[0] - 1])
    for number in range(rules[0] + 1, len(lines)):
        if not lines[number].startswith("|"):
            return
        yield number + 1, _cells(lines[number])


def _cells(line: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())]
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    return [_STRONG.sub(r"\1", cell) for cell in cells]
