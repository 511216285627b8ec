"""Reads content/<language>/guides.yaml: the sources, every piece of advice, and where the guides differ."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import Field

from debrief.content.reader import Location, Reading, Shape, Text, read
from debrief.domain.advice import Advice, Guides, GuidesDiffer, Source, View
from debrief.errors import Problem

__all__ = ["Guides", "load", "unresolved"]


class SourceShape(Shape):
    """One published guide."""

    title: Text
    publisher: Text
    short: Text


class AdviceShape(Shape):
    """One piece of advice."""

    title: Text
    text: Text
    how: str = ""
    sources: tuple[str, ...] = Field(min_length=1)


class ViewShape(Shape):
    """What some guides say on a point where they differ."""

    sources: tuple[str, ...] = Field(min_length=1)
    says: Text


class DifferenceShape(Shape):
    """A point on which the guides differ."""

    about: Text
    advice: tuple[str, ...]
    views: tuple[ViewShape, ...]
    rules: dict[str, str]


class GuidesShape(Shape):
    """The whole file."""

    sources: dict[str, SourceShape]
    advice: dict[str, AdviceShape]
    differences: dict[str, DifferenceShape]


def load(folder: Path, language: str = "en") -> tuple[Guides | None, tuple[Problem, ...]]:
    """The guides from `folder` (content/), or None with the problems that stand in the way."""
    reading = read(folder / language / "guides.yaml", GuidesShape, relative_to=folder)
    if reading.value is None:
        return None, reading.problems
    problems = tuple(_unknown_sources(reading, reading.value)) + tuple(_unknown_advice(reading, reading.value))
    return (None if problems else _guides(reading.value)), problems


def unresolved(reading: Reading[Any], at: Location, advice_ids: Iterable[str], guides: Guides) -> list[Problem]:
    """One problem for each cited id that guides.yaml does not have. `at` is where the list of ids stands.

    Says nothing where guides.yaml itself could not be read (it then holds no advice at all).
    """
    if not guides.advice:
        return []
    return [
        reading.problem((*at, index), f"an advice id of guides.yaml is expected, and {advice_id!r} is none")
        for index, advice_id in enumerate(advice_ids)
        if advice_id not in guides.advice
    ]


def _unknown_sources(reading: Reading[GuidesShape], shape: GuidesShape) -> list[Problem]:
    cited: list[tuple[Location, tuple[str, ...]]] = [
        (("advice", advice_id, "sources"), advice.sources) for advice_id, advice in shape.advice.items()
    ]
    cited += [
        (("differences", name, "views", index, "sources"), view.sources)
        for name, difference in shape.differences.items()
        for index, view in enumerate(difference.views)
    ]
    known = ", ".join(shape.sources)
    return [
        reading.problem((*at, index), f"one of the sources {known} is expected, and {key!r} is none")
        for at, keys in cited
        for index, key in enumerate(keys)
        if key not in shape.sources
    ]


def _unknown_advice(reading: Reading[GuidesShape], shape: GuidesShape) -> list[Problem]:
    return [
        reading.problem(("differences", name, "advice", index), f"an id from advice: is expected, and {key!r} is none")
        for name, difference in shape.differences.items()
        for index, key in enumerate(difference.advice)
        if key not in shape.advice
    ]


def _guides(shape: GuidesShape) -> Guides:
    return Guides(
        sources={key: Source(key, one.title, one.publisher, one.short) for key, one in shape.sources.items()},
        advice={key: Advice(key, one.title, one.text, one.sources, one.how) for key, one in shape.advice.items()},
        differences=tuple(
            GuidesDiffer(
                id=key,
                about=one.about,
                advice=one.advice,
                views=tuple(View(view.sources, view.says) for view in one.views),
                rules=one.rules,
            )
            for key, one in shape.differences.items()
        ),
    )
