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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import or_
from typing import TypeAlias

from debrief.desk.critique.text import Sentence

_PIECE = re.compile(r"\(|\)|\||\?|\.\.\d+|\^|\$|@[a-z_]+|#[a-z]+|[\w'-]+[~*]?")
_REMEMBERED = 4096
"""Words of which it is remembered which wordings they lead to."""
_AT_A_TIME = 400
"""Words that are matched at a time."""
_OFTEN = 50
"""How much more often a sentence holds a common word than another one, roughly."""
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


@dataclass(slots=True)
class Row:
    """The words of some sentences as sets of places; a set is a whole number with a bit for each place.

    Behind each sentence stands an empty word, which no pattern meets or steps over.
    """

    words: tuple[str, ...]
    firsts: int
    """Where a sentence begins."""
    stops: int = 0
    """Where the empty words stand."""
    inner: int = 0
    """Where all the others stand."""
    places: dict[str, int] = field(default_factory=dict[str, int])
    """Where each word stands."""
    looked_up: dict[frozenset[str], int] = field(default_factory=dict[frozenset[str], int])

    def __post_init__(self) -> None:
        """Notes where each word stands."""
        places = self.places
        bit = 1
        for word in self.words:
            places[word] = places.get(word, 0) | bit
            bit <<= 1
        self.stops = places.pop("", 0)
        self.inner = (bit - 1) & ~self.stops

    def any_of(self, wanted: frozenset[str]) -> int:
        """Where one of these words stands; looked up once for each set of words."""
        found = self.looked_up.get(wanted)
        if found is None:
            found = 0
            for word in self.places.keys() & wanted:
                found |= self.places[word]
            self.looked_up[wanted] = found
        return found

    def where(self, holds: Callable[[str], bool]) -> int:
        """Where a word stands of which this holds."""
        return reduce(or_, [places for word, places in self.places.items() if holds(word)], 0)


@lru_cache(maxsize=4096)
def classes(word: str) -> frozenset[str]:
    """The classes that a word belongs to."""
    if word in _MONEY_SIGNS:
        return frozenset({"#money"})
    if word[0].isdigit():
        return frozenset({"#number", "#money"} if word[-1] == "k" else {"#number"})
    return frozenset()


@dataclass(frozen=True, slots=True)
class Literal:
    """One of these words."""

    words: frozenset[str]

    def ends(self, row: Row, starts: int) -> int:
        """Behind each of the words."""
        return (starts & row.any_of(self.words)) << 1


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so."""

    start: str

    def ends(self, row: Row, starts: int) -> int:
        """Behind each such word."""
        return (starts & row.where(lambda word: word.startswith(self.start))) << 1


@dataclass(frozen=True, slots=True)
class Class:
    """A number, or a sum of money."""

    name: str

    def ends(self, row: Row, starts: int) -> int:
        """Behind each such word."""
        return (starts & row.where(lambda word: self.name in classes(word))) << 1


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words of any kind."""

    most: int

    def ends(self, row: Row, starts: int) -> int:
        """Where one stands, and the places behind the words that may be passed over."""
        reached = starts
        for _ in range(self.most):
            starts = (starts & row.inner) << 1
            reached |= starts
        return reached


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of the sentence."""

    at_end: bool

    def ends(self, row: Row, starts: int) -> int:
        """The same places, as far as they are at the edge."""
        return starts & (row.stops if self.at_end else row.firsts)


@dataclass(frozen=True, slots=True)
class Chain:
    """One thing after the other."""

    parts: tuple[Node, ...]

    def ends(self, row: Row, starts: int) -> int:
        """Behind the last part."""
        for part in self.parts:
            starts = part.ends(row, starts)
            if not starts:
                return 0
        return starts


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; an empty one means that it may be left out."""

    options: tuple[Node, ...]

    def ends(self, row: Row, starts: int) -> int:
        """Behind any of the options."""
        reached = 0
        for option in self.options:
            reached |= option.ends(row, starts)
        return reached


Node: TypeAlias = Literal | Prefix | Class | Gap | Edge | Chain | Choice
"""A part of a pattern. `ends` gives the places that can be reached through it; its work is its size alone."""

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


def _by_first_word(node: Node) -> Iterator[Node]:
    """The pattern as several, one for each way to begin, so that each is tried only where it can begin."""
    head, rest = (node.parts[0], node.parts[1:]) if isinstance(node, Chain) else (node, ())
    if isinstance(head, Choice) and NOTHING not in head.options:
        for option in head.options:
            yield from _by_first_word(Chain((option, *rest)))
    else:
        yield node


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """One pattern with its number, and what a sentence must hold for it."""

    number: int
    node: Node
    firsts: frozenset[str]
    """What a match can begin with, as `first_keys` tells."""
    is_open: bool
    """Whether that holds more than plain words."""
    required: tuple[frozenset[str], ...]


@dataclass(slots=True)
class Matcher:
    """Many patterns at once: tried are those of whose telling words one stands there, and the others somewhere.

    Sentences are matched many at a time, each for itself.
    """

    common: frozenset[str] = frozenset()
    """Words that stand in most sentences: they tell little about what a sentence meets."""
    by_key: dict[str, list[Wording]] = field(default_factory=dict[str, "list[Wording]"])
    """The wordings by what they are looked up by: a word, the beginning of one ("so*"), a class."""
    beginnings: dict[int, set[str]] = field(default_factory=dict[int, set[str]])
    by_word: dict[str, Sequence[Wording]] = field(default_factory=dict[str, "Sequence[Wording]"])
    """The wordings that a word leads to, for the words read so far."""

    def add(self, number: int, node: Node) -> None:
        """Takes in a pattern under a number that its matches will carry."""
        self.by_word.clear()
        for one in _by_first_word(node):
            firsts = first_keys(one) or frozenset[str]()
            telling = sorted((firsts, *required(one)), key=self._how_common)
            is_open = any(key[-1] == "*" or key[0] == "#" for key in firsts)
            wording = Wording(number, one, firsts, is_open, tuple(words for words in telling[1:] if words != firsts))
            for key in telling[0]:
                self.by_key.setdefault(key, []).append(wording)
                if key.endswith("*"):
                    self.beginnings.setdefault(len(key) - 1, set()).add(key[:-1])

    def _how_common(self, words: frozenset[str]) -> int:
        """Roughly how often a sentence holds one of these words."""
        return sum(_OFTEN if word in self.common else 1 for word in words)

    def matches(self, sentence: Sentence) -> Mapping[int, list[Match]]:
        """The matches in one sentence by pattern number, each the longest from its first word."""
        return self.matches_of([sentence])[0]

    def matches_of(self, sentences: Sequence[Sentence]) -> list[Mapping[int, list[Match]]]:
        """The matches in each of these sentences."""
        found: list[dict[int, list[Match]]] = [{} for _ in sentences]
        for first, last in _stretches(sentences):
            self._match(sentences[first:last], found[first:last])
        return [*found]

    def _match(self, sentences: Sequence[Sentence], found: Sequence[dict[int, list[Match]]]) -> None:
        row, owners = _row(sentences)
        held = row.places.keys()
        for wording in self._candidates(row):
            for needed in wording.required:
                if held.isdisjoint(needed):
                    break
            else:
                if wording.node.ends(row, row.inner):
                    for first, last in _each(wording, row):
                        at, before = owners[first]
                        found[at].setdefault(wording.number, []).append(Match(first - before, last - before))
        for one in found:
            for matches in one.values():
                matches.sort(key=lambda match: match.first)

    def _candidates(self, row: Row) -> Iterable[Wording]:
        """The wordings that these words lead to."""
        return dict.fromkeys(chain.from_iterable(map(self._led_to, row.places)))

    def _led_to(self, word: str) -> Sequence[Wording]:
        """The wordings that this word leads to, remembered by word."""
        found = self.by_word.get(word)
        if found is None:
            if len(self.by_word) >= _REMEMBERED:
                self.by_word.clear()
            found = self.by_word[word] = [one for key in self._keys(word) for one in self.by_key.get(key, ())]
        return found

    def _keys(self, word: str) -> Iterator[str]:
        yield word
        for length, starts in self.beginnings.items():
            if word[:length] in starts:
                yield word[:length] + "*"
        yield from classes(word)


def _stretches(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Runs of sentences to match at a time, of a bounded number of words, so that the time grows with the text."""
    first = words = 0
    for at, sentence in enumerate(sentences):
        if at > first and words + len(sentence.words) > _AT_A_TIME:
            yield first, at
            first, words = at, 0
        words += len(sentence.words)
    if sentences:
        yield first, len(sentences)


def _row(sentences: Sequence[Sentence]) -> tuple[Row, list[tuple[int, int]]]:
    """The sentences' words, and for each the number of its sentence and the place where that begins."""
    words: list[str] = []
    owners: list[tuple[int, int]] = []
    firsts = 0
    for at, sentence in enumerate(sentences):
        begins = len(words)
        firsts |= 1 << begins
        words += [word.text for word in sentence.words]
        words.append("")
        owners += [(at, begins)] * (len(sentence.words) + 1)
    return Row(tuple(words), firsts), owners


def _each(wording: Wording, row: Row) -> Iterator[tuple[int, int]]:
    """The longest match from each place where there is one."""
    for at in _bits(_beginnings(wording, row)):
        reached = wording.node.ends(row, 1 << at)
        if reached:
            yield at, reached.bit_length() - 1


def _beginnings(wording: Wording, row: Row) -> int:
    """The places where a match can begin."""
    places = row.any_of(wording.firsts)
    if wording.is_open:
        for key in wording.firsts:
            if key[-1] == "*":
                places |= row.where(lambda word, start=key[:-1]: word.startswith(start))
            elif key[0] == "#":
                places |= row.where(lambda word, name=key: name in classes(word))
    return places


def _bits(places: int) -> Iterator[int]:
    """The places of a set, in order."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
