"""A text as the critique sees it: words and sentences, each with its place in the text as typed.

Nothing is replaced before it is measured: every word keeps the code points
that it stands on, and only its own reading is normalised (NFC, case, curly
quotes, spelled-out contractions). All scanning is linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

_WORD = re.compile(
    r"[\w\u0300-\u036f]+(?:['\u2019\u02bc][^\W\d_][\w\u0300-\u036f]{0,20}){0,2}"
    r"|[$\u00a3\u20ac\u20a6\u20b9\u00a5]|[.!?\u2026]+|[,;:()\u2013\u2014]"
)
_BREAK = re.compile(r"\r\n|\r|\n|\u2028|\u2029|\x0b|\x0c|\x85")
_BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u00b7\u2013\u2014]|\d{1,2}[.)])[ \t]")
LINK = re.compile(r"(?:https?://|www\.)\S{1,300}")
"""An address on the web."""
_ADDRESS = re.compile(LINK.pattern + r"|[\w.+-]{1,64}@[\w.-]{1,200}|`[^`\n]{1,300}`")
_SPEECH = re.compile(r'["\u201c][^"\u201c\u201d\n]{1,300}["\u201d]')

_ABBREVIATIONS = frozenset(
    (  # noqa: SIM905 - read more easily so
        "mr mrs ms mx dr prof st sr jr rev fr hon engr barr capt sgt lt col gen inc ltd co corp bros dept univ est "
        "e.g i.e eg ie etc vs nos approx p.m a.m pm am fig vol ca cf tel ext jan feb apr jun jul aug sep sept "
        "oct nov dec mon tue tues wed thu thurs fri ph.d m.sc b.sc b.a m.a u.s u.k pte pvt plc gmbh mdm"
    ).split()
)
_WHOLE = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "let's": "let us",
    "ain't": "is not", "y'all": "you all", "dont": "do not", "didnt": "did not", "cant": "can not",
    "wont": "will not", "im": "i am", "ive": "i have", "doesnt": "does not", "isnt": "is not",
    "wasnt": "was not", "havent": "have not", "couldnt": "could not", "wouldnt": "would not", "youre": "you are",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_PRONOUNS = frozenset(
    ["it", "that", "he", "she", "what", "who", "there", "here", "where", "how", "this", "everything", "one"]
)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})


class Word(NamedTuple):
    """One word: how it reads, and where it stands. A contraction gives several words on the same place."""

    text: str
    start: int
    end: int
    lead: str = ""
    """The punctuation between the word before and this one; a line break where a block of lines begins."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its words; `start` and `end` are code points of the whole text."""

    start: int
    end: int
    words: tuple[Word, ...]
    asks: bool
    """Whether it ends with a question mark."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the blanks around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One field of a letter, read once."""

    typed: str
    lines: tuple[Line, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    words: tuple[Word, ...] = ()
    """The words of all sentences."""
    addresses: tuple[tuple[int, int], ...] = field(default=())
    """Where web and mail addresses and code in backticks stand: names are not looked for in them."""

    speech: tuple[tuple[int, int], ...] = field(default=())
    """Where words stand between double quotes on one line: somebody else's, for the most part."""

    def in_speech(self, start: int, end: int) -> bool:
        """Whether all of these code points are quoted."""
        return any(first <= start and end <= last for first, last in self.speech)

    def in_address(self, start: int) -> bool:
        """Whether this code point stands inside a web or mail address, or code in backticks."""
        return any(first <= start < last for first, last in self.addresses)


def read_text(typed: str) -> Text:
    """The text's lines and sentences. Any text of any script is read; the time grows with its length."""
    lines = tuple(_lines(typed))
    sentences = tuple(sentence for block in _blocks(typed, lines) for sentence in _sentences(typed, *block))
    addresses = tuple((found.start(), found.end()) for found in _ADDRESS.finditer(typed)) if _has_address(typed) else ()
    words = tuple(chain.from_iterable(sentence.words for sentence in sentences))
    speech = tuple((found.start(), found.end()) for found in _SPEECH.finditer(typed))
    return Text(typed, lines, sentences, words, addresses, speech)


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """How a word reads for comparison: composed, lower case, straight apostrophes."""
    return unicodedata.normalize("NFC", word.translate(_QUOTES)).casefold()


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """How a name reads without its diacritics: "Zoë" is "zoe", "Łukasz" is "lukasz"."""
    split = unicodedata.normalize("NFD", plain(word).translate(_LETTERS))
    return "".join(mark for mark in split if not unicodedata.combining(mark))


@lru_cache(maxsize=512)
def words_of(typed: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of a stretch of text. Punctuation is kept only as what leads to the next word."""
    words: list[Word] = []
    lead = ""
    for found in _WORD.finditer(typed, start, len(typed) if end is None else end):
        shape = found.group()
        if not (shape[0].isalnum() or shape[0] in "_$\u00a3\u20ac\u20a6\u20b9\u00a5"):
            lead = shape
            continue
        for piece in _spell_out(plain(shape)):
            words.append(Word(piece, found.start(), found.end(), lead))
            lead = ""
    return tuple(words)


@lru_cache(maxsize=8192)
def _spell_out(word: str) -> tuple[str, ...]:
    if word in _WHOLE:
        return tuple(_WHOLE[word].split())
    head, mark, tail = word.rpartition("'")
    if not mark:
        return (word,)
    if word.endswith("n't"):
        return (word[:-3], "not")
    if "'" + tail in _ENDINGS:
        return (head, _ENDINGS["'" + tail])
    if tail == "s":
        return (head, "is") if head in _PRONOUNS else (head, "'s")
    return (word,)


def _has_address(typed: str) -> bool:
    return any(sign in typed for sign in ("@", "://", "www.", "`"))


def _lines(typed: str) -> Iterator[Line]:
    start = 0
    for found in _BREAK.finditer(typed):
        yield from _line(typed, start, found.start())
        start = found.end()
    yield from _line(typed, start, len(typed))


def _line(typed: str, start: int, end: int) -> Iterator[Line]:
    text = typed[start:end]
    stripped = text.strip()
    if stripped:
        first = start + text.index(stripped[0])
        yield Line(first, first + len(stripped), stripped)


def _blocks(typed: str, lines: tuple[Line, ...]) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together: a wrapped paragraph is one, a greeting or a bullet stands alone."""
    start = end = -1
    before: Line | None = None
    for line in lines:
        if before is None or _stands_apart(typed, before, line):
            if before is not None:
                yield start, end
            start = line.start
        end, before = line.end, line
    if before is not None:
        yield start, end


def _stands_apart(typed: str, before: Line, line: Line) -> bool:
    """Whether a new block begins: after a blank line or a short one, or with a bullet; not in mid-sentence."""
    gap = typed[before.end : line.start]
    if len(_BREAK.findall(gap[:400])) > 1 or _BULLET.match(typed, line.start):
        return True
    goes_on = line.text[0].islower() and before.text[-1] not in ".!?:;,"
    return len(before.text) < 45 and not goes_on


def _sentences(typed: str, start: int, end: int) -> Iterator[Sentence]:
    words: list[Word] = []
    lead = "\n"
    opened = start
    last: tuple[str, int] = ("", -1)
    for found in _WORD.finditer(typed, start, end):
        shape = found.group()
        if shape[0] in ".!?\u2026":
            if _ends_sentence(typed, found, end, last):
                yield Sentence(opened, found.end(), tuple(words), "?" in shape)
                opened, words = _skip_blank(typed, found.end(), end), []
            lead = shape
        elif shape[0] in ",;:()\u2013\u2014":
            lead = shape
        else:
            for piece in _spell_out(plain(shape)):
                words.append(Word(piece, found.start(), found.end(), lead))
                lead = ""
            last = (plain(shape), found.end())
    if words:
        yield Sentence(opened, end, tuple(words), False)


def _ends_sentence(typed: str, mark: re.Match[str], end: int, last: tuple[str, int]) -> bool:
    """Whether this punctuation closes a sentence rather than an abbreviation, a number or an initial."""
    after = typed[mark.end() : min(mark.end() + 1, end)]
    if after and not (after.isspace() or after in "\"'\u201d\u2019)]"):
        return False
    if mark.group() != ".":
        return True
    word, word_end = last
    if word_end != mark.start() or not after:
        return True
    if word == "no":
        return not typed[mark.end() : mark.end() + 2].strip().isdigit()
    if word in _ABBREVIATIONS:
        following = typed[mark.end() : mark.end() + 2].strip()
        return word in ("pm", "am", "etc") and following.isupper()
    return not (len(word) == 1 and word.isalpha() and word != "i")


def _skip_blank(typed: str, at: int, end: int) -> int:
    while at < end and (typed[at].isspace() or typed[at] in "\"'\u201d\u2019)]"):
        at += 1
    return at
