"""Writes content/en/critique/ordinary.txt: python -m bench.ordinary_words.

Ordinary words are those that stand in lower case in our own sentences (the
meaning layer's lessons). The name rules take none of them for a name, and
written in capitals they are shouted.
"""

from __future__ import annotations

import re

from bench.meaning_sentences import FOLDER
from debrief.content import SHIPPED

_WORD = re.compile(r"(?<![\w'’])[a-z]{2,20}(?![\w'’])")


def main() -> None:
    """Collects the words, one a line, in order."""
    found: set[str] = set()
    for path in sorted((FOLDER / "sentences").glob("*.txt")):
        found.update(_WORD.findall(path.read_text(encoding="utf-8")))
    found -= {"ngl", "lol", "gonna", "wanna", "thx", "ur", "lmk", "hmu", "tbh", "omg", "pls", "ctc", "sql", "aws"}
    (SHIPPED / "en" / "critique" / "ordinary.txt").write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
