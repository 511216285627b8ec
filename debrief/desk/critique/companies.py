"""Is the right employer named, and spelled right?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from debrief.desk.critique.draft import Draft, Field, Hit
from debrief.desk.critique.lists import Lists
from debrief.desk.critique.text import Text, Word, bare, words_of

THIS_COMPANY = "thiscompany"
OTHER_COMPANY = "othercompany"
"""What a company's name is read as, so that patterns can speak of it."""

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company's name by its words, without the suffix of its legal form."""

    typed: str
    words: tuple[str, ...]
    spelled: tuple[str, ...]
    """The same words as typed."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a company is named: words `first` up to but not including `last` of a text."""

    first: int
    last: int
    company: CompanyName


def company_name(typed: str, lists: Lists) -> CompanyName | None:
    """The name without article and legal form; None where nothing is left."""
    words = [word for word in words_of(typed) if word.text != "'s"]
    while len(words) > 1 and words[-1].text in lists["company_suffixes"]:
        words.pop()
    if len(words) > 1 and words[0].text == "the":
        words = words[1:]
    if not words:
        return None
    return CompanyName(typed, tuple(bare(word.text) for word in words), tuple(typed[w.start : w.end] for w in words))


def is_named(typed: str, words: Sequence[Word], at: int, name: CompanyName, lists: Lists) -> int:
    """How many words of the text name this company here: all of the name, or its first word where that is telling."""
    length = len(name.words)
    if tuple(bare(word.text) for word in words[at : at + length]) == name.words:
        if length == 1 and name.spelled[0][0].isupper() and typed[words[at].start].islower() and not typed.islower():
            return 0  # "the loose bolt" names no company called Bolt, unless somebody writes no capitals at all
        ordinary = all(word in lists["common"] for word in name.words)
        return length if not ordinary or _is_capital(typed, words, at, length) else 0
    first = name.words[0]
    if length > 1 and bare(words[at].text) == first and len(first) >= _SHORTEST and first not in lists["common"]:
        return 1 if typed[words[at].start].isupper() else 0
    return 0


def _is_capital(typed: str, words: Sequence[Word], at: int, length: int) -> bool:
    """Whether an ordinary word is written as a name: capitals that the beginning of a sentence does not explain."""
    if not typed[words[at].start].isupper():
        return False
    if length > 1:
        return True
    begins = at == 0 or words[at].lead[:1] in (".", "!", "?", "…") or "\n" in typed[words[at - 1].end : words[at].start]
    return not begins


def other_mentions(draft: Draft, text: Text) -> Iterator[tuple[Sequence[Word], Mention]]:
    """Where other employers of the history are named, with all words of the text."""
    lists = draft.lists
    this = company_name(draft.record.company or "", lists)
    others = [name for typed in draft.record.other_companies if (name := company_name(typed, lists))]
    others = [name for name in others if this is None or name.words != this.words]
    if not others:
        return
    words = text.words
    at = 0
    while at < len(words):
        own = is_named(text.typed, words, at, this, lists) if this else 0
        found, name = max(((is_named(text.typed, words, at, one, lists), one) for one in others), key=lambda f: f[0])
        if found > own and not text.in_address(words[at].start):
            yield words, Mention(at, at + found, name)
        at += max(found, own, 1)


def own_mentions(draft: Draft, text: Text) -> frozenset[int]:
    """Where this company is named: the code points at which its names begin."""
    this = company_name(draft.record.company or "", draft.lists)
    if this is None:
        return frozenset()
    words = text.words
    return frozenset(word.start for at, word in enumerate(words) if is_named(text.typed, words, at, this, draft.lists))


def misspelt(draft: Draft, where: Field) -> Iterator[Hit]:
    """Where this company's name is written with a slip. The fix is the right spelling."""
    name = company_name(draft.record.company or "", draft.lists)
    if name is None:
        return
    text = where.text
    words = text.words
    at = 0
    while at < len(words):
        if not text.typed[words[at].start].isupper():
            at += 1
            continue
        named = is_named(text.typed, words, at, name, draft.lists)
        length = _slip_length(draft, text.typed, words, at, name)
        length = length if length > named else 0
        if length and not text.in_address(words[at].start):
            last = words[at + length - 1]
            right = " ".join(name.spelled[:length] if length <= len(name.spelled) else name.spelled)
            yield where.hit(words[at].start, last.end, right, company=name.typed)
        at += max(length, named, 1)


def _slip_length(draft: Draft, typed: str, words: Sequence[Word], at: int, name: CompanyName) -> int:
    """How many words here are a mistyped form of the name; 0 for none."""
    for length in range(len(name.words), 0, -1):
        window = words[at : at + length]
        if len(window) < length or "\n" in typed[window[0].start : window[-1].end]:
            continue
        written = [bare(word.text) for word in window]
        right = name.words[:length]
        if not all(typed[word.start].isupper() or bare(word.text) in ("and", *right) for word in window):
            continue
        if _is_slip_of(written, right, draft):
            return length
    return 0


def _is_slip_of(written: Sequence[str], name: Sequence[str], draft: Draft) -> bool:
    """Whether the words written differ from the name's by a few letters, and are no words of their own."""
    strange = [(at, word, right) for at, (word, right) in enumerate(zip(written, name, strict=True)) if word != right]
    if not strange or len(" ".join(name)) < _SHORTEST:
        return False
    for at, word, right in strange:
        if at and word.rstrip("s") == right.rstrip("s"):
            return False  # "the Strand Bike workshop" speaks of one of Strand Bikes'
        if len(word) < _SHORTEST - 1 or word in draft.known:
            return False
        if word in draft.lists["common"] or word in draft.lists["month_names"]:
            return False
        if OSA.distance(word, right) > min(2, max(1, len(right) // 3)):
            return False
    return True
