"""Reads content/<language>/checklist.yaml: what to do after an interview, and what to leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from debrief.content.guides import Guides, unresolved
from debrief.content.reader import Identifier, Reading, Shape, Text, read
from debrief.domain.checklist import Checklist, DoItem, DontItem, Moment, Situation
from debrief.domain.facts import MessageKind
from debrief.domain.rules import StepName
from debrief.errors import Problem


class ItemShape(Shape):
    """What dos and don'ts have in common."""

    id: Identifier
    title: Text
    why: Text
    advice: tuple[str, ...] = Field(min_length=1)
    when: tuple[Situation, ...] = ()


class DoShape(ItemShape):
    """Something to do."""

    how: Text
    step: StepName | None = None
    since: Moment | None = None
    proved_by: MessageKind | None = None


class DontShape(ItemShape):
    """Something to leave alone."""

    instead: Text
    when: tuple[Situation, ...] = Field(min_length=1)


class ChecklistShape(Shape):
    """The whole file."""

    dos: tuple[DoShape, ...]
    donts: tuple[DontShape, ...]
    situations: dict[Situation, Text]


def load(folder: Path, guides: Guides, language: str = "en") -> tuple[Checklist | None, tuple[Problem, ...]]:
    """The checklist from `folder` (content/), or None with the problems that stand in the way."""
    reading = read(folder / language / "checklist.yaml", ChecklistShape, relative_to=folder)
    if reading.value is None:
        return None, reading.problems
    problems = tuple(_mistakes(reading, reading.value, guides))
    return (None if problems else _checklist(reading.value, guides)), problems


def _mistakes(reading: Reading[ChecklistShape], shape: ChecklistShape, guides: Guides) -> Iterator[Problem]:
    """Everything that the shapes alone cannot see."""
    yield from _mistakes_in(reading, "dos", shape.dos, guides)
    yield from _mistakes_in(reading, "donts", shape.donts, guides)
    for index, do in enumerate(shape.dos):
        for key in ("since", "when", "proved_by"):
            if do.step and getattr(do, key):
                yield reading.problem(("dos", index, key), "not expected beside step: the step says it")
    steps = [do.step for do in shape.dos]
    for step in StepName:
        if steps.count(step) != 1:
            yield reading.problem(("dos",), f"one do for the step {step} is expected, there are {steps.count(step)}")
    for situation in Situation:
        if situation not in shape.situations:
            yield reading.problem(("situations", situation.value), "this key is missing")


def _mistakes_in(
    reading: Reading[ChecklistShape], part: str, items: Sequence[ItemShape], guides: Guides
) -> Iterator[Problem]:
    yield from reading.repeated(((part, index, "id"), item.id) for index, item in enumerate(items))
    for index, item in enumerate(items):
        yield from unresolved(reading, (part, index, "advice"), item.advice, guides)


def _checklist(shape: ChecklistShape, guides: Guides) -> Checklist:
    return Checklist(
        dos=tuple(
            DoItem(
                id=do.id,
                title=do.title,
                why=do.why,
                how=do.how,
                advice=do.advice,
                sources=guides.sources_of(do.advice),
                differs=guides.differences_on(do.advice),
                step=do.step,
                since=do.since or Moment.END,
                proved_by=do.proved_by,
                when=do.when or (Situation.ALWAYS,),
            )
            for do in shape.dos
        ),
        donts=tuple(
            DontItem(
                id=dont.id,
                title=dont.title,
                why=dont.why,
                instead=dont.instead,
                advice=dont.advice,
                sources=guides.sources_of(dont.advice),
                differs=guides.differences_on(dont.advice),
                when=dont.when,
            )
            for dont in shape.donts
        ),
        situations=shape.situations,
    )
