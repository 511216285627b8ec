"""What Word and PDF files lay out alike: direction of text, signs for what cannot be shown, widths of columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST_LABEL = 26
"""Characters: labels up to here are names of things, longer ones are questions and get more room."""
LABEL_SHARE, QUESTION_SHARE = 0.28, 0.45
_LETTERS_A_LINE = 92
"""So many fit over the width of a page."""
_NARROW, _WIDEST, _GAP = 21, 36, 4
"""Characters: columns up to the first do not wrap, wider than the second none counts, and the last lies between two."""
_MOST_FOR_NARROW = 0.6
_RIGHT_TO_LEFT = {"R", "AL"}
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in directions if way in {"L", *_RIGHT_TO_LEFT}), "L") in _RIGHT_TO_LEFT


def showable(text: str) -> str:
    """The text with a visible sign for each control character, and "\\n" for every kind of line break."""
    return _UNSHOWABLE.sub(_sign, _BREAKS.sub("\n", text))


def label_share(rows: Sequence[tuple[str, str]]) -> float:
    """The share of the width that the labels of short values get."""
    return LABEL_SHARE if all(len(label) <= LONGEST_LABEL for label, _ in rows) else QUESTION_SHARE


def column_shares(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of the width of each column.

    A narrow one, such as of dates, gets what its longest line needs. The rest
    is shared out by the longest lines within bounds, with room for the longest
    words.
    """
    columns = [[row[column] for row in (header, *rows)] for column in range(len(header))]
    longest = [max(len(line) for cell in cells for line in cell.split("\n")) for cells in columns]
    needs = _needs(longest)
    weights = [0 if need else _weight(line, cells) for need, line, cells in zip(needs, longest, columns, strict=True)]
    if not any(weights):
        return tuple(need / sum(needs) for need in needs)
    left = 1 - sum(needs)
    return tuple(need or left * weight / sum(weights) for need, weight in zip(needs, weights, strict=True))


def _needs(longest: Sequence[int]) -> list[float]:
    """The shares of the narrow columns, the narrowest first, while enough is left for the others; else 0."""
    needs = [0.0] * len(longest)
    for column in sorted(range(len(longest)), key=longest.__getitem__):
        need = (longest[column] + _GAP) / _LETTERS_A_LINE
        if longest[column] <= _NARROW and sum(needs) + need <= _MOST_FOR_NARROW:
            needs[column] = need
    return needs


def _weight(line: int, cells: Sequence[str]) -> int:
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    return max(min(line, _WIDEST), min(word + _GAP, _WIDEST))


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
