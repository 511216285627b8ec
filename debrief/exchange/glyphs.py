"""What the fonts of PDF files can show, and the sentence that says what they cannot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from debrief.domain.wording import in_words

FONTS_FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "fonts" / "noto"
"""The fonts, and characters.txt with what they hold; bench/make_fonts.py makes both."""
_INVISIBLE = frozenset([*range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000), 0x180F, ord("\n")])
"""Variation selectors, tags and line breaks: they have no shape of their own."""
_AFTER_THE_SCRIPT = re.compile(
    r" (?:CAPITAL |SMALL |INDEPENDENT |DEPENDENT )?"
    r"(?:LETTER|VOWEL|CONSONANT|SUBJOINED|SIGN|SYLLABLE|DIGIT|NUMBER|MARK|PUNCTUATION|"
    r"IDEOGRAPH|HIEROGLYPH|CHARACTER|SYMBOL|LOGOGRAM|IDEOGRAM)\b.*"
)
"""What follows the name of a script in the name of a character."""


def lacking(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that no font of ours can show, each once, in order of appearance."""
    shown = _characters()
    return tuple(letter for letter in dict.fromkeys("".join(texts)) if ord(letter) not in shown)


def lacking_in_words(letters: Iterable[str]) -> str:
    """The scripts of characters, each with an example: "Cuneiform (“𒀀”) and Tangut (“𗀀”)"."""
    examples: dict[str, str] = {}
    for letter in letters:
        examples.setdefault(_script(letter), letter)
    return in_words(
        [f"{script} (“{letter}”)" if unicodedata.name(letter, "") else script for script, letter in examples.items()]
    )


def _script(letter: str) -> str:
    """What a character belongs to, after its name in Unicode; where it has none, its number."""
    name = unicodedata.name(letter, "")
    return _AFTER_THE_SCRIPT.sub("", name).title() if name else f"the character U+{ord(letter):04X}"


@cache
def _characters() -> frozenset[int]:
    ranges = (line.split("-") for line in (FONTS_FOLDER / "characters.txt").read_text("ascii").splitlines())
    return _INVISIBLE.union(*(range(int(first, 16), int(last, 16) + 1) for first, last in ranges))
