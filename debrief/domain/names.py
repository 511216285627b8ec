"""Names of people: whether one is another spelling of one."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

LIKE = 0.75
"""From which likeness on (0 to 1) two names are two spellings of one."""
TELLING = 3
"""From how many letters on a word in common tells more than "Mr" or "Dr" does."""


def is_respelt(name: str, was: str) -> bool:
    """Whether a name is likely another, put right or completed: it shares a word with it, or differs by few letters."""
    one, other = _plain(name), _plain(was)
    shared = set(one.split()) & set(other.split())
    return any(len(word) >= TELLING for word in shared) or SequenceMatcher(None, one, other, False).ratio() >= LIKE


def _plain(name: str) -> str:
    """A name without capitals, accents and punctuation."""
    letters = (letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in letters)
