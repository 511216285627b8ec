"""A small language for wordings, readable without programming, matched in linear time.

    thank*            a word that begins so
    feel~             the word in all its forms: feel, feels, felt, feeling
    (demand|insist)   one of several; each may be several words
    really?           may be there or not
    ..3               up to three words of any kind
    @money            one of a named list of words or phrases
    #number           a number;  #money  a sum of money
    ^  $              the sentence begins here, ends here

Blanks separate words. Punctuation between words is not looked at, a match never
leaves its sentence. Matching keeps the set of places that can be reached; there
is nothing to go back to, so the time grows with the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from operator import or_
from typing import TypeAlias

from debrief.desk.critique.text import Sentence

_PIECE = re.compile(r"\(|\)|\||\?|\.\.\d+|\^|\$|@[a-z_]+|#[a-z]+|[\w'-]+[~*]?")
_REMEMBERED = 4096
"""Sentences and words of which it is remembered what they meet."""
_MONEY_SIGNS = frozenset("$£€₦₹¥")
_IRREGULAR = {
    "be": "be is are was were been being am", "have": "have has had having", "do": "do does did doing done",
    "go": "go goes went gone going", "get": "get gets got gotten getting", "give": "give gives gave given giving",
    "make": "make makes made making", "take": "take takes took taken taking", "tell": "tell tells told telling",
    "say": "say says said saying", "see": "see sees saw seen seeing", "know": "know knows knew known knowing",
    "hear": "hear hears heard hearing", "feel": "feel feels felt feeling", "find": "find finds found finding",
    "think": "think thinks thought thinking", "speak": "speak speaks spoke spoken speaking",
    "meet": "meet meets met meeting", "write": "write writes wrote written writing",
    "ring": "ring rings rang rung ringing", "keep": "keep keeps kept keeping", "leave": "leave leaves left leaving",
    "let": "let lets letting", "put": "put puts putting", "lose": "lose loses lost losing",
    "pay": "pay pays paid paying", "mean": "mean means meant meaning", "run": "run runs ran running",
    "come": "come comes came coming", "bring": "bring brings brought bringing", "sit": "sit sits sat sitting",
    "teach": "teach teaches taught teaching", "spend": "spend spends spent spending",
    "fall": "fall falls fell fallen falling",
    "blow": "blow blows blew blown blowing",
    "break": "break breaks broke broken breaking",
    "beat": "beat beats beaten beating",
    "choose": "choose chooses chose chosen choosing", "show": "show shows showed shown showing",
    "understand": "understand understands understood understanding", "send": "send sends sent sending",
    "treat": "treat treats treated treating", "wait": "wait waits waited waiting", "buy": "buy buys bought buying",
    "forget": "forget forgets forgot forgotten forgetting", "mess": "mess messes messed messing",
    "screw": "screw screws screwed screwing", "freeze": "freeze freezes froze frozen freezing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Literal:
    """One of these words."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so."""

    start: str


@dataclass(frozen=True, slots=True)
class Class:
    """A number, or a sum of money."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of the sentence."""

    at_end: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """One thing after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; an empty one means that it may be left out."""

    options: tuple[Node, ...]


Node: TypeAlias = "Literal | Prefix | Class | Gap | Edge | Chain | Choice"


NOTHING = Chain(())
"""Where something may be left out."""


class PatternMistake(ValueError):
    """A pattern that cannot be read; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was met: words `first` up to but not including `last` of a sentence."""

    first: int
    last: int


@cache
def forms(word: str) -> frozenset[str]:
    """The forms that a word takes in English: a rough list, which may hold forms that do not exist."""
    if word in _IRREGULAR:
        return frozenset(_IRREGULAR[word].split())
    stem = word[:-1] if word.endswith("e") else word
    found = {word, word + "s", stem + "ed", stem + "ing"}
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        found |= {word[:-1] + "ies", word[:-1] + "ied"}
    if word.endswith(("s", "sh", "ch", "x", "z", "o")):
        found.add(word + "es")
    if len(word) > 2 and word[-1] in "bdgklmnprt" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        found |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(found)


def parse(pattern: str, lists: Mapping[str, Sequence[str]]) -> Node:
    """The pattern as a tree. Raises PatternMistake with what is wrong."""
    pieces = _PIECE.findall(pattern)
    if "".join(pieces) != "".join(pattern.split()):
        raise PatternMistake(f"“{pattern}” holds signs that the pattern language does not know")
    node, rest = _parse_choice(pieces, 0, lists)
    if rest != len(pieces):
        raise PatternMistake(f"“{pattern}” closes a bracket that was never opened")
    if first_keys(node) is None:
        raise PatternMistake(f"“{pattern}” must begin with a word, not with a gap or something that may be left out")
    return node


def _parse_choice(pieces: list[str], at: int, lists: Mapping[str, Sequence[str]]) -> tuple[Node, int]:
    options: list[Node] = []
    parts: list[Node] = []
    while at < len(pieces) and pieces[at] != ")":
        piece = pieces[at]
        if piece == "|":
            options.append(_chain(parts))
            parts = []
        elif piece == "?":
            if not parts:
                raise PatternMistake("a question mark must stand behind a word or a bracket")
            parts[-1] = Choice((parts[-1], NOTHING))
        elif piece == "(":
            inner, at = _parse_choice(pieces, at + 1, lists)
            if at >= len(pieces):
                raise PatternMistake("a bracket is opened and never closed")
            parts.append(inner)
        else:
            parts.append(_leaf(piece, lists))
        at += 1
    options.append(_chain(parts))
    return _choice(options), at


def _chain(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Chain(tuple(parts))


def _choice(options: Sequence[Node]) -> Node:
    """The options as one node; single words among them become one set, which is looked up at once."""
    words = frozenset(word for option in options if isinstance(option, Literal) for word in option.words)
    rest = [option for option in options if not isinstance(option, Literal)]
    merged: Sequence[Node] = [Literal(words), *rest] if words else rest
    return merged[0] if len(merged) == 1 else Choice(tuple(merged))


def _leaf(piece: str, lists: Mapping[str, Sequence[str]]) -> Node:
    if piece.startswith(".."):
        return Gap(int(piece[2:]))
    if piece in "^$":
        return Edge(piece == "$")
    if piece.startswith("#"):
        return Class(piece)
    if piece.startswith("@"):
        if piece[1:] not in lists:
            raise PatternMistake(f"there is no list of words named {piece[1:]}")
        return _of_list(lists[piece[1:]])
    if piece.endswith("~"):
        return Literal(forms(piece[:-1]))
    return Prefix(piece[:-1]) if piece.endswith("*") else Literal(frozenset({piece}))


def _of_list(phrases: Iterable[str]) -> Node:
    return _choice([_chain([_leaf(word, {}) for word in phrase.split()]) for phrase in phrases])


def required(node: Node) -> tuple[frozenset[str], ...]:
    """Sets of words of which a sentence must hold at least one each, if the pattern is to be met at all."""
    parts = node.parts if isinstance(node, Chain) else (node,)
    return tuple(words for words in map(_one_of, parts) if words)


def _one_of(node: Node) -> frozenset[str]:
    """Words of which at least one stands wherever this node is met; empty where that cannot be told."""
    match node:
        case Literal(words):
            return words
        case Chain(parts):
            return next((words for words in map(_one_of, parts) if words), frozenset())
        case Choice(options):
            sets = [_one_of(option) for option in options]
            return frozenset().union(*sets) if all(sets) else frozenset()
        case _:
            return frozenset()


def first_keys(node: Node) -> frozenset[str] | None:
    """What the first word of a match can be: words, "so*" beginnings, classes. None: anything, or nothing at all."""
    match node:
        case Literal(words):
            return words
        case Prefix(start):
            return frozenset({start + "*"})
        case Class(name):
            return frozenset({name})
        case Gap() | Edge():
            return None
        case Choice(options):
            return _union(first_keys(option) for option in options)
        case Chain(parts):
            return _first_of_chain(parts)


def _first_of_chain(parts: tuple[Node, ...]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for part in parts:
        if isinstance(part, Edge):
            continue
        optional = isinstance(part, Choice) and NOTHING in part.options
        keys = first_keys(Choice(part.options[:-1]) if optional and isinstance(part, Choice) else part)
        if keys is None:
            return None
        found |= keys
        if not optional:
            return found
    return None


def _union(sets: Iterator[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for one in sets:
        if one is None:
            return None
        found |= one
    return found


@dataclass(slots=True)
class Row:
    """The words of one sentence as sets of places; a set is a whole number with a bit for each place."""

    words: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict[str, int])
    """Where each word stands."""
    looked_up: dict[frozenset[str], int] = field(default_factory=dict[frozenset[str], int])

    def __post_init__(self) -> None:
        """Notes where each word stands."""
        places = self.places
        for at, word in enumerate(self.words):
            places[word] = places.get(word, 0) | 1 << at

    def any_of(self, wanted: frozenset[str]) -> int:
        """Where one of these words stands; looked up once for each set of words."""
        found = self.looked_up.get(wanted)
        if found is None:
            found = 0
            for word in self.places.keys() & wanted:
                found |= self.places[word]
            self.looked_up[wanted] = found
        return found

    def that_are(self, wanted: Prefix | Class) -> int:
        """Where a word stands that begins so, or is of this class."""
        found = 0
        for word, places in self.places.items():
            if word.startswith(wanted.start) if isinstance(wanted, Prefix) else wanted.name in classes(word):
                found |= places
        return found


def ends(node: Node, row: Row, starts: int) -> int:
    """The places that can be reached from `starts` through this node. Work: the size of the node, whatever `starts`."""
    match node:
        case Literal(wanted):
            return (starts & row.any_of(wanted)) << 1
        case Chain(parts):
            for part in parts:
                if isinstance(part, Literal):
                    starts = (starts & row.any_of(part.words)) << 1
                elif starts:
                    starts = ends(part, row, starts)
            return starts
        case Choice(options):
            return reduce(or_, [ends(option, row, starts) for option in options])
        case Gap(most):
            return reduce(or_, [starts << step for step in range(most + 1)]) & (2 << len(row.words)) - 1
        case Edge(at_end):
            return starts & (1 << len(row.words) if at_end else 1)
        case Prefix() | Class():
            return (starts & row.that_are(node)) << 1


@lru_cache(maxsize=4096)
def classes(word: str) -> frozenset[str]:
    """The classes that a word belongs to."""
    if word in _MONEY_SIGNS:
        return frozenset({"#money"})
    if word[0].isdigit():
        return frozenset({"#number", "#money"} if word[-1] == "k" else {"#number"})
    return frozenset()


def _by_first_word(node: Node) -> Iterator[Node]:
    """The pattern as several, one for each way to begin, so that each is tried only where it can begin."""
    head, rest = (node.parts[0], node.parts[1:]) if isinstance(node, Chain) else (node, ())
    if isinstance(head, Choice) and NOTHING not in head.options:
        for option in head.options:
            yield from _by_first_word(Chain((option, *rest)))
    else:
        yield node


@dataclass(frozen=True, slots=True)
class Wording:
    """One pattern with its number, and what a sentence must hold for it."""

    number: int
    node: Node
    required: tuple[frozenset[str], ...]


@dataclass(slots=True)
class Matcher:
    """Many patterns at once: tried are those whose first word stands there and whose others stand somewhere.

    What a sentence meets depends on its words alone, and is remembered: after a
    change only the changed sentence is matched again.
    """

    patterns: dict[str, list[Wording]] = field(default_factory=dict[str, list[Wording]])
    beginnings: dict[int, set[str]] = field(default_factory=dict[int, set[str]])
    known: dict[tuple[str, ...], Mapping[int, list[Match]]] = field(
        default_factory=dict[tuple[str, ...], Mapping[int, "list[Match]"]]
    )
    """What has been matched so far, by the words of the sentence."""
    by_word: dict[str, Sequence[Wording]] = field(default_factory=dict[str, "Sequence[Wording]"])
    """The wordings that can begin with a word, for the words read so far."""

    def add(self, number: int, node: Node) -> None:
        """Takes in a pattern under a number that its matches will carry."""
        self.known.clear()
        self.by_word.clear()
        for one in _by_first_word(node):
            keys = first_keys(one) or frozenset[str]()
            wording = Wording(number, one, tuple(words for words in required(one) if words != keys))
            for key in keys:
                self.patterns.setdefault(key, []).append(wording)
                if key.endswith("*"):
                    self.beginnings.setdefault(len(key) - 1, set()).add(key[:-1])

    def matches(self, sentence: Sentence) -> Mapping[int, list[Match]]:
        """The matches in one sentence by pattern number, each the longest from its first word."""
        words = tuple(word.text for word in sentence.words)
        found = self.known.get(words)
        if found is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            found = self.known[words] = self._match(Row(words))
        return found

    def _match(self, row: Row) -> Mapping[int, list[Match]]:
        found: dict[int, list[Match]] = {}
        held = row.places.keys()
        for wording, starts in self._candidates(row):
            for needed in wording.required:
                if held.isdisjoint(needed):
                    break
            else:
                if ends(wording.node, row, starts):
                    found.setdefault(wording.number, []).extend(_each(wording.node, row, starts))
        for matches in found.values():
            matches.sort(key=lambda match: match.first)
        return found

    def _candidates(self, row: Row) -> Iterable[tuple[Wording, int]]:
        """The wordings that can begin in this sentence, with the places where they can."""
        starts: dict[int, tuple[Wording, int]] = {}
        for word, places in row.places.items():
            for wording in self._beginning_with(word):
                before = starts.get(id(wording))
                starts[id(wording)] = (wording, places | before[1] if before else places)
        return starts.values()

    def _beginning_with(self, word: str) -> Sequence[Wording]:
        """The wordings that can begin with this word, remembered by word."""
        found = self.by_word.get(word)
        if found is None:
            if len(self.by_word) >= _REMEMBERED:
                self.by_word.clear()
            found = self.by_word[word] = [one for key in self._keys(word) for one in self.patterns.get(key, ())]
        return found

    def _keys(self, word: str) -> Iterator[str]:
        yield word
        for length, starts in self.beginnings.items():
            if word[:length] in starts:
                yield word[:length] + "*"
        yield from classes(word)


def _each(node: Node, row: Row, starts: int) -> Iterator[Match]:
    """The longest match from each of these places where there is one."""
    for at in _bits(starts):
        reached = ends(node, row, 1 << at)
        if reached:
            yield Match(at, reached.bit_length() - 1)


def _bits(places: int) -> Iterator[int]:
    """The places of a set, in order."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
