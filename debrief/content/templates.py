"""Reads content/<language>/templates: common.yaml and one file for each kind of note.

Wordings are Jinja2 texts that may hold slots (`{{ topic }}`) and nothing else:
no loops, no calls, no attributes. A wording that names an unknown slot, and a
move that could fall silent where it must not, are mistakes with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from pydantic import Field

from debrief.content.guides import unresolved
from debrief.content.reader import Location, Reading, Shape, read
from debrief.domain.advice import Guides
from debrief.domain.facts import Channel, MessageKind
from debrief.domain.letters import (
    ALWAYS_FILLED,
    NAMES,
    SLOTS,
    Audience,
    Circumstances,
    Custom,
    Move,
    Occasion,
    Pattern,
    Phrases,
    Templates,
    Tone,
    Wording,
)
from debrief.errors import Problem

FRAGMENTS = frozenset(
    {"and", "as_well_as", "the_role", "no_role", "the_role_at", "as_a_role", "no_employer"}
    | {
        "conversation",
        "interview",
        "group_session",
        "assessment",
        "invitation",
        "month_first",
        "day_first",
        "the_requested",
    }
)
"""The parts of phrases that common.yaml must hold."""
FRAGMENT_SLOTS = frozenset({"role", "employer", "the_role", "article", "day", "month", "requested"})
QUESTIONS = frozenset(
    {"sender", "topics", "topic_wording", "skills", "clarification", "clarification_wording", "concern"}
    | {"added_point_wording", "requested", "referrer"}
)
"""The questions that the desk can put beside a draft."""
QUESTION_SLOTS = frozenset({"person", "employer", "noted"})
WORDS = frozenset({"common", "names", "empty", "pay", "pay_alone", "self_doubt", "legal_forms"})

_PLAIN = (nodes.Output, nodes.TemplateData, nodes.Name)

Text = Annotated[str, Field(min_length=1)]


class WhenShape(Shape):
    """Circumstances in a file."""

    occasion: tuple[Occasion, ...] = ()
    audience: tuple[Audience, ...] = ()
    without: tuple[str, ...] = ()


class WordingShape(Shape):
    """A wording for particular circumstances."""

    text: Text
    when: WhenShape


Saying: TypeAlias = "Text | WordingShape"


class MoveShape(Shape):
    """What the file says about one move: whom it follows, and whether it may be left out."""

    advice: tuple[str, ...]
    optional: bool = False


class PatternShape(Shape):
    """One letter."""

    tones: Annotated[tuple[Tone, ...], Field(min_length=1)] = tuple(Tone)
    channel: Channel = Channel.EMAIL
    when: WhenShape = WhenShape()
    subject: tuple[Saying, ...] = ()
    body: Annotated[tuple[dict[str, tuple[Saying, ...]], ...], Field(min_length=1)]
    """One mapping a paragraph: move → its wordings."""


class LettersShape(Shape):
    """The file of one kind."""

    kind: MessageKind
    moves: dict[str, MoveShape]
    letters: Annotated[tuple[PatternShape, ...], Field(min_length=1)]


class CustomShape(Shape):
    """Greetings of some countries."""

    countries: tuple[str, ...] = ()
    greeting: dict[Tone, Text]
    given_name: tuple[Tone, ...] = ()
    month_first: bool = False


class CommonShape(Shape):
    """common.yaml."""

    language: Text | None = None
    """What the language calls itself, for the choice of it."""
    customs: tuple[CustomShape, ...]
    team_greeting: Text
    sign_off: dict[Tone, tuple[Text, ...]]
    months: Annotated[tuple[Text, ...], Field(min_length=12, max_length=12)]
    fragments: dict[str, Text]
    questions: dict[str, tuple[Text, ...]]
    words: dict[str, tuple[Text, ...]]


def load(folder: Path, guides: Guides, language: str = "en") -> tuple[Templates | None, tuple[Problem, ...]]:
    """All templates of a language, or None with everything that is wrong in their files."""
    templates, problems = _load_sound(folder, guides, language)
    return (None if problems else templates), problems


def load_others(folder: Path, guides: Guides, language: str) -> tuple[Mapping[str, Templates], tuple[Problem, ...]]:
    """The letters of every other language that has a folder of templates, by language, and what is lacking in them.

    A kind of note whose file is missing or wrong is left out of that language; the rest of it can be used.
    """
    found: dict[str, Templates] = {}
    problems: list[Problem] = []
    for place in sorted(folder.glob("*/templates")):
        other = place.parent.name
        if other == language or not place.is_dir():
            continue
        templates, mistakes = _load_sound(folder, guides, other)
        problems += mistakes
        if templates is not None and templates.patterns:
            found[other] = templates
    return found, tuple(problems)


def _load_sound(folder: Path, guides: Guides, language: str) -> tuple[Templates | None, tuple[Problem, ...]]:
    """The kinds of note whose files are sound, with the problems of the others; None without a sound common.yaml."""
    place = folder / language / "templates"
    problems: list[Problem] = []
    phrases = _read_common(read(place / "common.yaml", CommonShape, relative_to=folder), problems)
    usable = phrases if not problems else None
    patterns: dict[MessageKind, tuple[Pattern, ...]] = {}
    for kind in MessageKind:
        mistakes: list[Problem] = []
        reading = read(place / f"{kind.value}.yaml", LettersShape, relative_to=folder)
        letters = _read_letters(reading, kind, guides, mistakes)
        if not mistakes:
            patterns[kind] = letters
        problems += mistakes
    return (Templates(patterns, usable) if usable else None), tuple(problems)


def _read_common(reading: Reading[CommonShape], problems: list[Problem]) -> Phrases | None:
    problems += reading.problems
    shape = reading.value
    if shape is None:
        return None
    problems += _incomplete(reading, "fragments", shape.fragments, FRAGMENTS)
    problems += _incomplete(reading, "questions", shape.questions, QUESTIONS)
    problems += _incomplete(reading, "words", shape.words, WORDS)
    problems += _incomplete(reading, "sign_off", shape.sign_off, frozenset(Tone))
    if [custom.countries for custom in shape.customs].count(()) != 1:
        problems.append(reading.problem(("customs",), "exactly one custom without countries is expected"))
    for index, custom in enumerate(shape.customs):
        problems += _incomplete(reading, ("customs", index, "greeting"), custom.greeting, frozenset(Tone))
    questions = {
        name: tuple(
            _wording(text, reading, ("questions", name, index), problems, known=QUESTION_SLOTS)
            for index, text in enumerate(texts)
        )
        for name, texts in shape.questions.items()
    }
    for place, text, known in _plain_texts(shape):
        _wording(text, reading, place, problems, known=known)
    return Phrases(
        customs=tuple(
            Custom(frozenset(one.countries), one.greeting, frozenset(one.given_name), one.month_first)
            for one in shape.customs
        ),
        team_greeting=shape.team_greeting,
        sign_offs=shape.sign_off,
        fragments=shape.fragments,
        questions=questions,
        words={name: frozenset(words) for name, words in shape.words.items()},
        months=shape.months,
        language=shape.language or "",
    )


def _plain_texts(shape: CommonShape) -> Iterable[tuple[Location, str, frozenset[str]]]:
    """Every text of common.yaml that is rendered, where it stands, and the slots it may name."""
    yield ("team_greeting",), shape.team_greeting, frozenset({"employer"})
    for index, custom in enumerate(shape.customs):
        for tone, text in custom.greeting.items():
            yield ("customs", index, "greeting", tone.value), text, frozenset({"recipient"})
    for name, text in shape.fragments.items():
        yield ("fragments", name), text, FRAGMENT_SLOTS


def _incomplete(
    reading: Reading[Any], place: str | Location, found: Iterable[str], expected: frozenset[str]
) -> list[Problem]:
    """One problem for each key that is lacking."""
    at: Location = (place,) if isinstance(place, str) else place
    missing = sorted(str(name) for name in expected - set(found))
    return [reading.problem(at, f"the key {name} is missing here") for name in missing]


def _read_letters(
    reading: Reading[LettersShape], kind: MessageKind, guides: Guides, problems: list[Problem]
) -> tuple[Pattern, ...]:
    problems += reading.problems
    shape = reading.value
    if shape is None:
        return ()
    if shape.kind is not kind:
        problems.append(reading.problem(("kind",), f"{kind.value} is expected, as the file is called"))
    for name, move in shape.moves.items():
        problems += unresolved(reading, ("moves", name, "advice"), move.advice, guides)
    covered = {(one.channel, tone) for one in shape.letters if _is_general(one) for tone in one.tones}
    problems += [
        reading.problem(("letters",), f"a letter for {channel} in the tone {tone} without `when` is expected")
        for channel in Channel
        for tone in Tone
        if (channel, tone) not in covered
    ]
    return tuple(_pattern(one, shape, reading, ("letters", index), problems) for index, one in enumerate(shape.letters))


def _is_general(pattern: PatternShape) -> bool:
    return not (pattern.when.occasion or pattern.when.audience or pattern.when.without)


def _pattern(
    one: PatternShape, shape: LettersShape, reading: Reading[Any], at: Location, problems: list[Problem]
) -> Pattern:
    paragraphs: list[tuple[Move, ...]] = []
    for index, paragraph in enumerate(one.body):
        moves: list[Move] = []
        for name, sayings in paragraph.items():
            place = (*at, "body", index, name)
            wordings = _wordings(sayings, reading, place, problems)
            about = shape.moves.get(name)
            if about is None:
                problems.append(reading.problem(place, f"a move listed under moves: is expected, {name!r} is none"))
                continue
            if not about.optional and not _always_speaks(wordings):
                problems.append(reading.problem(place, "the last wording must do without slots that may be empty"))
            moves.append(Move(name, wordings, about.advice))
        paragraphs.append(tuple(moves))
    subjects = _wordings(one.subject, reading, (*at, "subject"), problems)
    if one.channel is Channel.EMAIL and not _always_speaks(subjects[-1:], frozenset()):
        problems.append(reading.problem((*at, "subject"), "a short last subject without slots is expected"))
    return Pattern(one.channel, frozenset(one.tones), subjects, tuple(paragraphs), _circumstances(one.when))


def _always_speaks(wordings: Sequence[Wording], filled: frozenset[str] = ALWAYS_FILLED) -> bool:
    return any(not wording.when.weight and wording.slots <= filled for wording in wordings)


def _circumstances(when: WhenShape) -> Circumstances:
    return Circumstances(frozenset(when.occasion), frozenset(when.audience), frozenset(when.without))


def _wordings(
    sayings: Sequence[str | WordingShape], reading: Reading[Any], at: Location, problems: list[Problem]
) -> tuple[Wording, ...]:
    found: list[Wording] = []
    for index, saying in enumerate(sayings):
        text, when = (saying, WhenShape()) if isinstance(saying, str) else (saying.text, saying.when)
        unknown = [name for name in when.without if name not in SLOTS]
        problems += [reading.problem((*at, index), f"a slot is expected, {name!r} is none") for name in unknown]
        begins = re.search(r"(?:^|[.?!]\s+)\{\{\s*(\w+)", text)
        if begins and begins[1] in SLOTS and begins[1] not in NAMES:
            expected = f"a word before {begins[1]} is expected: the slot begins small, and here begins a sentence"
            problems.append(reading.problem((*at, index), expected))
        found.append(_wording(text, reading, (*at, index), problems, when=_circumstances(when)))
    return tuple(found)


def _wording(
    text: str,
    reading: Reading[Any],
    at: Location,
    problems: list[Problem],
    *,
    when: Circumstances | None = None,
    known: frozenset[str] = frozenset(SLOTS),
) -> Wording:
    """A wording with the slots it names; whatever else its template holds is a problem."""
    try:
        slots = _slots(text)
    except TemplateSyntaxError as error:
        problems.append(reading.problem(at, f"a slot is written {{{{ like_this }}}}: {error.message}"))
        return Wording(text)
    if slots is None:
        problems.append(reading.problem(at, "only text and slots such as {{ topic }} can stand here"))
        return Wording(text)
    problems += [
        reading.problem(at, f"no slot is called {name!r}; known are {', '.join(sorted(known))}")
        for name in sorted(slots - known)
    ]
    return Wording(" ".join(text.split()), slots, when or Circumstances())


def _slots(text: str) -> frozenset[str] | None:
    """The slots that a text names; None where anything else of a template stands in it. Raises TemplateSyntaxError."""
    try:
        tree = SandboxedEnvironment().parse(text)
        if not all(isinstance(node, _PLAIN) for node in tree.find_all(nodes.Node)):
            return None
        return frozenset(node.name for node in tree.find_all(nodes.Name))
    except (RecursionError, ValueError):  # thousands of brackets, or of digits
        return None
