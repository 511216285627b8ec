"""Reads content/<language>/critique/: the rules of the critique, a file for each family, and the words they share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from debrief.content.guides import unresolved
from debrief.content.reader import Location, Reading, Shape, read
from debrief.domain.advice import HOUSE, Guides
from debrief.domain.critique import CritiqueRules, Entry, Example, Letter, RecordFacts, Rule, Severity, Timing
from debrief.domain.facts import Channel, MessageKind
from debrief.errors import Problem

WORDS, SOUND, ORDINARY = "words.yaml", "sound.yaml", "ordinary.txt"
STAGES = ("waiting", "rejected", "offer", "advanced")
EXAMPLES = 2
"""The least number of drafts to report, and of close calls to leave alone, for every rule and entry."""


def _kinds(value: object) -> frozenset[MessageKind]:
    """A list of kinds, or "all", or "all but" one."""
    if isinstance(value, str) and value == "all":
        return frozenset(MessageKind)
    if isinstance(value, str) and value.startswith("all but "):
        return frozenset(MessageKind) - {_kind(value.removeprefix("all but "))}
    if isinstance(value, list) and value:
        return frozenset(_kind(one) for one in value)
    raise PydanticCustomError("kinds", "“all”, “all but …” or a list of kinds of letters is expected")


def _kind(value: object) -> MessageKind:
    try:
        return MessageKind(str(value))
    except ValueError:
        known = ", ".join(MessageKind)
        raise PydanticCustomError("kinds", "one of {known} is expected", {"known": known}) from None


Kinds = Annotated[frozenset[MessageKind], PlainValidator(_kinds)]


class WordsShape(Shape):
    """Named lists; an entry may hold several words that belong together."""

    lists: dict[str, tuple[str, ...] | str]
    """A list, or words in one string with blanks between them."""


class FactsShape(Shape):
    """Facts of an example that differ from those that go with the sound letters."""

    sender: str | None = "Tunde Bello"
    recipient: str | None = "Dana Whitfield"
    company: str | None = "Northwind Pottery"
    role: str | None = "Kiln Technician"
    details: tuple[str, ...] = ()
    clarifies: bool = False
    premium: bool = False
    other_companies: tuple[str, ...] = ()
    other_people: tuple[str, ...] = ()
    other_roles: tuple[str, ...] = ()
    other_notes: tuple[str, ...] = ()
    stage: Literal["waiting", "rejected", "offer", "advanced"] = "waiting"
    timing: Literal["open", "late", "too_soon", "too_many"] | None = None


class SoundLetterShape(Shape):
    """A letter with which nothing is wrong; {says} marks where an example's sentence goes."""

    subject: str
    body: str


class SoundShape(Shape):
    """sound.yaml: one letter of each kind."""

    letters: dict[MessageKind, SoundLetterShape]


class ExampleShape(Shape):
    """A draft: what it does not say is as in the sound letter of its kind (sound.yaml)."""

    kind: MessageKind = MessageKind.THANK_YOU
    channel: Channel = Channel.EMAIL
    subject: str | None = None
    body: str | None = None
    """The whole body. Without it, `says` stands in a sound letter."""
    says: str | None = None
    record: FactsShape | None = None


class EntryShape(Shape):
    """One entry of a rule."""

    id: str
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negated: bool = False
    sure: bool = False
    message: str = ""
    suggestion: str | None = None
    report: tuple[str, ...] = Field(default=(), min_length=0)
    leave: tuple[str, ...] = ()


class RuleShape(Shape):
    """One rule."""

    id: str
    severity: Severity
    kinds: Kinds
    channels: tuple[Channel, ...] = tuple(Channel)
    stages: tuple[Literal["waiting", "rejected", "offer", "advanced"], ...] = STAGES
    by: str
    message: str
    why: str
    advice: tuple[str, ...] = ()
    silent_with_offer: bool = False
    limits: dict[str, int] = Field(default_factory=dict)
    meaning: str | None = None
    about: tuple[str, ...] = ()
    entries: tuple[EntryShape, ...] = ()
    report: tuple[ExampleShape, ...] = Field(min_length=EXAMPLES)
    leave: tuple[ExampleShape, ...] = Field(min_length=EXAMPLES)


class RulesShape(Shape):
    """One file of rules."""

    rules: tuple[RuleShape, ...]


REPEATED = re.compile(r"(word|sign) \{(\d{1,4})\}")
"""“word {201}” and “sign {61}” in an example stand for so many words or characters."""

TIMINGS: Mapping[str, Timing] = {
    "open": Timing(),
    "late": Timing(due=datetime(2026, 3, 4, 15, tzinfo=UTC)),
    "too_soon": Timing(opens=datetime(2026, 3, 10, tzinfo=UTC), too_soon=True),
    "too_many": Timing(too_many=True),
}


def load(folder: Path, guides: Guides, language: str = "en") -> tuple[CritiqueRules | None, tuple[Problem, ...]]:
    """The rules from `folder` (content/), or None with the problems that stand in the way."""
    place = folder / language / "critique"
    shared = read(place / WORDS, WordsShape, relative_to=folder)
    sound = read(place / SOUND, SoundShape, relative_to=folder)
    files = sorted(path for path in place.glob("*.yaml") if path.name not in (WORDS, SOUND))
    readings = [read(path, RulesShape, relative_to=folder) for path in files]
    problems = [problem for reading in (shared, sound, *readings) for problem in reading.problems]
    for reading in readings:
        if reading.value is not None:
            problems += _mistakes(reading, reading.value, guides)
    if shared.value is None or sound.value is None or problems:
        return None, tuple(problems)
    words = {
        name: tuple(entries.split()) if isinstance(entries, str) else entries
        for name, entries in shared.value.lists.items()
    }
    ordinary = place / ORDINARY
    if ordinary.is_file():
        words["common"] = (*words.get("common", ()), *ordinary.read_text(encoding="utf-8").split())
    shapes = [shape for reading in readings if reading.value for shape in reading.value.rules]
    letters = sound.value.letters
    return CritiqueRules(rules=tuple(_rule(shape, guides, letters) for shape in shapes), words=words), ()


def _mistakes(reading: Reading[RulesShape], shape: RulesShape, guides: Guides) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, rule in enumerate(shape.rules):
        at: Location = ("rules", index)
        yield from unresolved(reading, (*at, "advice"), rule.advice, guides)
        if rule.id in seen:
            yield reading.problem((*at, "id"), f"the rule {rule.id} stands here a second time")
        seen.add(rule.id)
        for number, entry in enumerate(rule.entries):
            if entry.any and min(len(entry.report), len(entry.leave)) < EXAMPLES:
                expected = f"{EXAMPLES} sentences to report and {EXAMPLES} to leave alone are expected at least"
                yield reading.problem((*at, "entries", number), expected)


def _rule(shape: RuleShape, guides: Guides, sound: Mapping[MessageKind, SoundLetterShape]) -> Rule:
    cited = tuple(source.key for source in guides.sources_of(shape.advice)) if guides.advice else ()
    return Rule(
        id=shape.id,
        severity=shape.severity,
        kinds=shape.kinds,
        channels=frozenset(shape.channels),
        by=shape.by,
        message=shape.message,
        why=shape.why,
        advice=shape.advice,
        sources=cited or (HOUSE,),
        stages=frozenset(shape.stages),
        silent_with_offer=shape.silent_with_offer,
        limits=shape.limits,
        entries=tuple(_entry(entry) for entry in shape.entries),
        head=shape.meaning,
        about=shape.about,
        report=tuple(_example(one, sound) for one in shape.report),
        leave=tuple(_example(one, sound) for one in shape.leave),
    )


def _entry(shape: EntryShape) -> Entry:
    return Entry(
        id=shape.id,
        any=shape.any,
        unless=shape.unless,
        negated=shape.negated,
        sure=shape.sure,
        advice=shape.message,
        suggestion=shape.suggestion,
        report=shape.report,
        leave=shape.leave,
    )


def _example(shape: ExampleShape, sound: Mapping[MessageKind, SoundLetterShape]) -> Example:
    template = sound[shape.kind]
    subject = template.subject if shape.subject is None and shape.channel is Channel.EMAIL else shape.subject or ""
    body = template.body.replace("{says}", shape.says or "") if shape.body is None else shape.body
    letter = Letter(kind=shape.kind, channel=shape.channel, subject=_drawn_out(subject), body=_drawn_out(body))
    return Example(letter=letter, record=_facts(shape.record or FactsShape()), text=shape.model_dump_json())


def _drawn_out(text: str) -> str:
    """The text with “word {3}” and “sign {3}” written out."""
    return REPEATED.sub(lambda found: ("word " if found[1] == "word" else "x") * int(found[2]), text)


def _facts(shape: FactsShape) -> RecordFacts:
    given = shape.model_dump(exclude={"timing"})
    return RecordFacts(**given, timing=TIMINGS[shape.timing] if shape.timing else None)
