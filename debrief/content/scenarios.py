"""Reads content/<language>/scenarios/, a file for each activity of a workshop, and workshops.yaml with their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from debrief.content.guides import Guides, unresolved
from debrief.content.reader import Identifier, Location, Reading, Shape, Text, read
from debrief.domain.critique import CritiqueRules, Letter, RecordFacts
from debrief.domain.facts import Channel, MessageKind
from debrief.domain.scenarios import (
    Activity,
    Choice,
    LetterExercise,
    LookBack,
    Noticing,
    Programme,
    Scenario,
    Verdict,
    Workshops,
)
from debrief.errors import Problem

FEWEST_CHOICES = 3
CitedIds = Annotated[tuple[str, ...], Field(min_length=1)]


class ChoiceShape(Shape):
    """One thing that somebody could do."""

    id: Identifier
    text: Text
    verdict: Verdict
    feedback: Text
    advice: CitedIds


class ExerciseShape(Shape):
    """What all activities have in common."""

    title: Text
    situation: Text
    minutes: int = Field(ge=1, le=30)
    advice: CitedIds
    discuss: tuple[Text, ...] = Field(min_length=1, max_length=3)


class ScenarioShape(ExerciseShape):
    """A situation to decide."""

    kind: Literal["scenario"]
    question: Text
    choices: tuple[ChoiceShape, ...] = Field(min_length=FEWEST_CHOICES, max_length=5)


class DraftShape(Shape):
    """A letter's words."""

    subject: str = ""
    body: Text


class FactsShape(Shape):
    """What the record would know about the letter."""

    sender: Text
    recipient: Text
    company: Text
    role: Text
    details: tuple[Text, ...] = ()
    stage: Literal["waiting", "rejected", "offer", "advanced"] = "waiting"


class LetterShape(ExerciseShape):
    """A letter to improve."""

    kind: Literal["letter"]
    note: MessageKind
    channel: Channel = Channel.EMAIL
    record: FactsShape
    draft: DraftShape
    better: DraftShape
    faults: dict[str, Text] = Field(min_length=1)


class LineShape(Shape):
    """What one of them said."""

    who: Text
    says: Text


class NoticingShape(Shape):
    """A question to look back with."""

    id: Identifier
    question: Text
    noticed: Text
    short: Text
    advice: CitedIds


class LookBackShape(ExerciseShape):
    """An interview to look back on."""

    kind: Literal["look_back"]
    lines: tuple[LineShape, ...] = Field(min_length=2)
    noticings: tuple[NoticingShape, ...] = Field(min_length=2)


class ActivityShape(Shape):
    """The whole of one file."""

    activity: Annotated[ScenarioShape | LetterShape | LookBackShape, Field(discriminator="kind")]


class ProgrammeShape(Shape):
    """A workshop of a certain length."""

    id: Identifier
    title: Text
    about: Text
    activities: tuple[str, ...] = Field(min_length=1)


class ProgrammesShape(Shape):
    """The whole of workshops.yaml."""

    programmes: tuple[ProgrammeShape, ...] = Field(min_length=1)


def load(
    folder: Path, guides: Guides, critique: CritiqueRules | None, language: str = "en"
) -> tuple[Workshops | None, tuple[Problem, ...]]:
    """All activities and programmes from `folder` (content/), or None with the problems that stand in the way.

    The faults of letters are held against the rules of the critique, where these could be read.
    """
    place = folder / language
    readings = [read(path, ActivityShape, relative_to=folder) for path in sorted((place / "scenarios").glob("*.yaml"))]
    programmes = read(place / "workshops.yaml", ProgrammesShape, relative_to=folder)
    problems = [problem for reading in (*readings, programmes) for problem in reading.problems]
    shapes = {Path(reading.file).stem: reading.value.activity for reading in readings if reading.value}
    for reading in readings:
        if reading.value:
            problems += _mistakes(reading, reading.value.activity, guides, critique)
    if programmes.value:
        known = {Path(reading.file).stem for reading in readings}
        problems += _mistakes_in_programmes(programmes, programmes.value, known)
    if problems or programmes.value is None:
        return None, tuple(problems)
    return Workshops(
        activities={name: _activity(name, shape, guides) for name, shape in shapes.items()},
        programmes=tuple(
            Programme(one.id, one.title, one.about, one.activities) for one in programmes.value.programmes
        ),
    ), ()


def _mistakes(
    reading: Reading[ActivityShape],
    shape: ScenarioShape | LetterShape | LookBackShape,
    guides: Guides,
    critique: CritiqueRules | None,
) -> Iterator[Problem]:
    """Everything that the shapes alone cannot see."""
    at: Location = ("activity",)
    yield from unresolved(reading, (*at, "advice"), shape.advice, guides)
    match shape:
        case ScenarioShape():
            yield from _mistakes_among(reading, "choices", shape.choices, guides)
            if not any(choice.verdict is Verdict.SOUND for choice in shape.choices):
                yield reading.problem((*at, "choices"), "one choice at least is expected to be sound")
        case LookBackShape():
            yield from _mistakes_among(reading, "noticings", shape.noticings, guides)
        case LetterShape():
            rules = {rule.id for rule in critique.rules} if critique else set(shape.faults)
            for rule in shape.faults:
                if rule not in rules:
                    yield reading.problem((*at, "faults", rule), "the id of a rule of the critique is expected")


def _mistakes_among(
    reading: Reading[ActivityShape],
    part: str,
    items: tuple[ChoiceShape, ...] | tuple[NoticingShape, ...],
    guides: Guides,
) -> Iterator[Problem]:
    at: Location = ("activity", part)
    yield from reading.repeated(((*at, index, "id"), item.id) for index, item in enumerate(items))
    for index, item in enumerate(items):
        yield from unresolved(reading, (*at, index, "advice"), item.advice, guides)


def _mistakes_in_programmes(
    reading: Reading[ProgrammesShape], shape: ProgrammesShape, known: set[str]
) -> Iterator[Problem]:
    yield from reading.repeated((("programmes", index, "id"), one.id) for index, one in enumerate(shape.programmes))
    for number, programme in enumerate(shape.programmes):
        at: Location = ("programmes", number, "activities")
        yield from reading.repeated(((*at, index), name) for index, name in enumerate(programme.activities))
        for index, name in enumerate(programme.activities):
            if name not in known:
                yield reading.problem(
                    (*at, index), f"the name of a file in scenarios/ is expected, and {name!r} is none"
                )


def _cited(shape: ExerciseShape | ChoiceShape | NoticingShape, guides: Guides) -> Mapping[str, Any]:
    """Its advice, who says so and where the guides differ, as every cited text takes them."""
    return {
        "advice": shape.advice,
        "sources": guides.sources_of(shape.advice),
        "differs": guides.differences_on(shape.advice),
    }


def _activity(name: str, shape: ScenarioShape | LetterShape | LookBackShape, guides: Guides) -> Activity:
    common: dict[str, Any] = {
        "id": name,
        "title": shape.title,
        "situation": shape.situation,
        "minutes": shape.minutes,
        "discuss": shape.discuss,
        **_cited(shape, guides),
    }
    match shape:
        case ScenarioShape():
            return Scenario(
                **common,
                question=shape.question,
                choices=tuple(
                    Choice(id=one.id, text=one.text, verdict=one.verdict, feedback=one.feedback, **_cited(one, guides))
                    for one in shape.choices
                ),
            )
        case LetterShape():
            return LetterExercise(
                **common,
                letter=_letter(shape, shape.draft),
                better=_letter(shape, shape.better),
                record=RecordFacts(**shape.record.model_dump()),
                faults=shape.faults,
            )
        case LookBackShape():
            return LookBack(
                **common,
                lines=tuple((line.who, line.says) for line in shape.lines),
                noticings=tuple(
                    Noticing(
                        id=one.id, question=one.question, noticed=one.noticed, short=one.short, **_cited(one, guides)
                    )
                    for one in shape.noticings
                ),
            )


def _letter(shape: LetterShape, draft: DraftShape) -> Letter:
    return Letter(kind=shape.note, channel=shape.channel, subject=draft.subject, body=draft.body)
