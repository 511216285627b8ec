"""Reads content/<language>/reflection.yaml: what a reflection asks, in all its versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from debrief.content.guides import Guides, unresolved
from debrief.content.reader import Identifier, Location, Reading, Shape, Text, read
from debrief.domain import questionnaire as domain
from debrief.domain.facts import Depth, Focus, Format, RoundState
from debrief.domain.questionnaire import HandsOn, QuestionKind, Questionnaire
from debrief.errors import Problem

RATED = (QuestionKind.RATING, QuestionKind.FACES)
TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
HANDED_ON_BY: Mapping[HandsOn, tuple[QuestionKind, ...]] = {
    HandsOn.TOPICS: (QuestionKind.LIST,),
    HandsOn.CONCERNS: (QuestionKind.LIST,),
    HandsOn.RAPPORT: (QuestionKind.RATING,),
    HandsOn.LOOSE_END: TEXTS,
    HandsOn.REPLY_BY: (QuestionKind.DATE,),
    HandsOn.LESSONS: (QuestionKind.LIST,),
    HandsOn.STORIES: (QuestionKind.ENTRIES,),
}
"""The kinds of question whose answer can go to each place."""
ABOUT_PEOPLE = (HandsOn.TOPICS, HandsOn.CONCERNS, HandsOn.RAPPORT)
READ_BY_CHARTS = {"overall": QuestionKind.RATING, "chance": QuestionKind.PERCENT}
"""Questions that the insights read; they may be left out, but not turned into something else."""


Options = Literal["competencies"] | dict[Identifier, Text]


class CompetencyShape(Shape):
    """Something that employers look for."""

    title: Text
    hint: str = ""


class WhenShape(Shape):
    """For which rounds something is asked."""

    state: tuple[RoundState, ...] = ()
    focus: tuple[Focus, ...] = ()
    format: tuple[Format, ...] = ()
    panel: bool | None = None
    sent: bool | None = None
    outcome: bool | None = None


class FieldShape(Shape):
    """One part of an entry."""

    id: Identifier
    kind: Literal[
        QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.RATING, QuestionKind.PICK_MANY, QuestionKind.DATE
    ]
    text: Text
    depth: Depth = Depth.FULL
    heading: str = ""
    labels: tuple[Text, ...] = ()
    options: Options = Field(default_factory=dict[str, str])


class EarlierShape(Shape):
    """The words of a question up to an older version; what is left out was as it is now."""

    until: int = Field(ge=1)
    text: Text | None = None
    help: Text | None = None
    labels: tuple[Text, ...] | None = None
    options: Options | None = None
    fields: tuple[FieldShape, ...] | None = None


class QuestionShape(Shape):
    """One question."""

    id: Identifier
    kind: QuestionKind
    text: Text
    help: Text
    depth: Depth = Depth.FULL
    since: int = Field(default=1, ge=1)
    until: int | None = Field(default=None, ge=1)
    each: Literal["person"] | None = None
    when: WhenShape = Field(default_factory=WhenShape)
    hands_on: HandsOn | None = None
    area: str = ""
    most: int = Field(default=domain.MOST_ENTRIES, ge=1, le=domain.MOST_ENTRIES)
    labels: tuple[Text, ...] = ()
    options: Options = Field(default_factory=dict[str, str])
    fields: tuple[FieldShape, ...] = ()
    advice: tuple[str, ...] = ()
    earlier: tuple[EarlierShape, ...] = ()


class SectionShape(Shape):
    """Questions that are shown together."""

    id: Identifier
    title: Text
    intro: str = ""
    private: bool = False
    when: WhenShape = Field(default_factory=WhenShape)
    questions: tuple[QuestionShape, ...] = Field(min_length=1)


class QuestionnaireShape(Shape):
    """The whole file."""

    version: int = Field(ge=1)
    unnamed: Text
    competencies: dict[Identifier, CompetencyShape]
    sections: tuple[SectionShape, ...] = Field(min_length=1)


def load(folder: Path, guides: Guides, language: str = "en") -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """The questionnaire from `folder` (content/), or None with the problems that stand in the way."""
    reading = read(folder / language / "reflection.yaml", QuestionnaireShape, relative_to=folder)
    if reading.value is None:
        return None, reading.problems
    problems = tuple(_mistakes(reading, reading.value, guides))
    return (None if problems else _Builder(reading.value, guides).questionnaire()), problems


def _mistakes(reading: Reading[QuestionnaireShape], shape: QuestionnaireShape, guides: Guides) -> Iterator[Problem]:
    """Everything that the shapes alone cannot see."""
    placed: list[tuple[Location, QuestionShape]] = [
        (("sections", number, "questions", index), question)
        for number, section in enumerate(shape.sections)
        for index, question in enumerate(section.questions)
    ]
    yield from reading.repeated((("sections", n, "id"), section.id) for n, section in enumerate(shape.sections))
    yield from reading.repeated(((*at, "id"), question.id) for at, question in placed)
    for at, question in placed:
        yield from unresolved(reading, (*at, "advice"), question.advice, guides)
        for key, expected in _faults(question, shape.version):
            yield reading.problem((*at, *key), expected)


def _faults(question: QuestionShape, version: int) -> Iterator[tuple[Location, str]]:
    """What is wrong with one question: under which of its keys, and what was expected."""
    yield from _faults_of_kind(question.kind, question.labels, bool(question.options))
    if bool(question.fields) != (question.kind is QuestionKind.ENTRIES):
        yield ("fields",), "fields are expected for entries, and for no other kind"
    for index, field in enumerate(question.fields):
        for key, expected in _faults_of_kind(field.kind, field.labels, bool(field.options)):
            yield ("fields", index, *key), expected
        if field.id in [earlier.id for earlier in question.fields[:index]]:
            yield ("fields", index, "id"), f"an id of its own is expected; {field.id!r} stands above already"
    yield from _faults_of_use(question)
    yield from _faults_of_versions(question, version)


def _faults_of_kind(kind: QuestionKind, labels: tuple[str, ...], options: bool) -> Iterator[tuple[Location, str]]:
    if kind in RATED and len(labels) != 5:
        yield ("labels",), f"five labels are expected, from the worst to the best, and there are {len(labels)}"
    if kind not in RATED and labels:
        yield ("labels",), "labels are for ratings and faces only"
    if options != (kind is QuestionKind.PICK_MANY):
        yield ("options",), "options are expected for pick_many, and for no other kind"


def _faults_of_use(question: QuestionShape) -> Iterator[tuple[Location, str]]:
    """What an answer is good for has to fit what it is."""
    if question.hands_on and question.kind not in HANDED_ON_BY[question.hands_on]:
        kinds = " or ".join(HANDED_ON_BY[question.hands_on])
        yield ("hands_on",), f"the kind {kinds} is expected for what goes to {question.hands_on}"
    if question.hands_on in ABOUT_PEOPLE and question.each is None:
        yield ("hands_on",), f"each: person is expected for what goes to {question.hands_on}"
    if question.area and question.kind is not QuestionKind.RATING:
        yield ("area",), "an area is for ratings only"
    if question.kind is not READ_BY_CHARTS.get(question.id, question.kind):
        yield ("kind",), f"{READ_BY_CHARTS[question.id]} is expected for {question.id}: the charts read it"
    for key, text in (("text", question.text), ("help", question.help)):
        slots = set(re.findall(r"\{[^{}]*\}", text))
        if slots - ({"{person}"} if question.each else set()):
            yield (key,), "the only slot is {person}, and only where it says each: person"


def _faults_of_versions(question: QuestionShape, version: int) -> Iterator[tuple[Location, str]]:
    if question.since > version:
        yield ("since",), f"a version up to the file's own, {version}, is expected"
    if question.until is not None and not question.since <= question.until < version:
        yield ("until",), f"the last version that asked it is expected, from {question.since} to {version - 1}"
    least = question.since
    for index, earlier in enumerate(question.earlier):
        if not least <= earlier.until < version:
            yield ("earlier", index, "until"), f"a version from {least} to {version - 1} is expected, the oldest first"
        least = earlier.until + 1


class _Builder:
    """Turns the checked shape into what the domain knows."""

    def __init__(self, shape: QuestionnaireShape, guides: Guides) -> None:
        self.shape = shape
        self.guides = guides
        self.competencies = tuple(domain.Option(key, one.title, one.hint) for key, one in shape.competencies.items())

    def questionnaire(self) -> Questionnaire:
        sections = tuple(
            domain.Section(
                id=section.id,
                title=section.title,
                intro=section.intro,
                private=section.private,
                when=_when(section.when, (RoundState.HELD,)),
                questions=tuple(self._question(question) for question in section.questions),
            )
            for section in self.shape.sections
        )
        return Questionnaire(self.shape.version, sections, self.competencies, self.shape.unnamed)

    def _question(self, shape: QuestionShape) -> domain.Question:
        return domain.Question(
            id=shape.id,
            kind=shape.kind,
            wording=self._wording(shape, None),
            earlier=tuple(self._wording(shape, earlier) for earlier in shape.earlier),
            depth=shape.depth,
            since=shape.since,
            until=shape.until,
            per_person=shape.each == "person",
            when=_when(shape.when, tuple(RoundState)),
            hands_on=shape.hands_on,
            area=shape.area,
            most=shape.most,
            advice=shape.advice,
            sources=self.guides.sources_of(shape.advice),
        )

    def _wording(self, shape: QuestionShape, earlier: EarlierShape | None) -> domain.Wording:
        """The words in use, or older ones, which take over what they do not say otherwise."""
        old = earlier or EarlierShape(until=1)
        fields = shape.fields if old.fields is None else old.fields
        return domain.Wording(
            text=old.text or shape.text,
            help=old.help or shape.help,
            labels=shape.labels if old.labels is None else old.labels,
            options=self._options(shape.options if old.options is None else old.options),
            fields=tuple(self._field(field) for field in fields),
            until=earlier.until if earlier else None,
        )

    def _field(self, shape: FieldShape) -> domain.Field:
        return domain.Field(
            id=shape.id,
            kind=shape.kind,
            text=shape.text,
            depth=shape.depth,
            heading=shape.heading,
            labels=shape.labels,
            options=self._options(shape.options),
        )

    def _options(self, options: Options) -> tuple[domain.Option, ...]:
        if options == "competencies":
            return self.competencies
        return tuple(domain.Option(key, text) for key, text in options.items())


def _when(shape: WhenShape, states: tuple[RoundState, ...]) -> domain.When:
    """The rounds something is for; `states` where the file names none."""
    return domain.When(
        state=shape.state or states,
        focus=shape.focus,
        format=shape.format,
        panel=shape.panel,
        sent=shape.sent,
        outcome=shape.outcome,
    )
