"""What Word and PDF files lay out alike: direction of text, signs for what cannot be shown, widths of columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST_LABEL = 26
"""Characters: labels up to here are names of things, longer ones are questions and get more room."""
LABEL_SHARE, QUESTION_SHARE = 0.28, 0.45
_NARROWEST, _WIDEST = 12, 30
"""How many characters wide a column counts at least and at most when the width is shared out."""
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
    """The share of the width of each column: by its longest line within bounds, but room for its longest word."""
    weights: list[int] = []
    for column in range(len(header)):
        cells = [row[column] for row in (header, *rows)]
        line = max(len(line) for cell in cells for line in cell.split("\n"))
        word = max((len(word) for cell in cells for word in cell.split()), default=0)
        weights.append(max(min(line, _WIDEST), min(word + 3, _WIDEST), _NARROWEST))
    return tuple(weight / sum(weights) for weight in weights)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
