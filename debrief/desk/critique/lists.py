"""The word lists of the content, ready for looking up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from debrief.desk.critique.text import Word, bare, words_of

_EMPTY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lists:
    """Single words as sets, phrases by their first word, nicknames by the name that they stand for."""

    single: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    nicknames: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.single.get(name, _EMPTY)

    def longest(self, name: str, words: Sequence[Word], at: int) -> int:
        """How many words the longest phrase of this list takes at this place; 0 where none stands there."""
        found = 0
        if at < len(words):
            for phrase in self.phrases.get(name, {}).get(words[at].text, ()):
                if len(phrase) > found and tuple(word.text for word in words[at : at + len(phrase)]) == phrase:
                    found = len(phrase)
        return found


def lists_of(words: Mapping[str, Sequence[str]]) -> Lists:
    """The lists as the content holds them, prepared once."""
    single = {name: frozenset(entry for entry in entries if " " not in entry) for name, entries in words.items()}
    phrases = {name: _by_first(entries) for name, entries in words.items()}
    nicknames: dict[str, set[str]] = {}
    for entry in words.get("nicknames", ()):
        formal, *short = [bare(name) for name in entry.split()]
        nicknames.setdefault(formal, set()).update(short)
        for name in short:
            nicknames.setdefault(name, set()).add(formal)
    return Lists(single, phrases, {name: frozenset(group) for name, group in nicknames.items()})


def _by_first(entries: Sequence[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        phrase = tuple(word.text for word in words_of(entry))
        if phrase:
            found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(group) for first, group in found.items()}
