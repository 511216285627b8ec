"""What the guides advise, and where they differ: the words that every item of the coach can point to.

An advice has an id (TY1, FU3 …) that checklist items, questions, critique
rules and templates cite. Its sources are keys: G1 to G5, or "house" for what
no guide says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HOUSE = "house"
"""The key of the source that stands for Debrief itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """One published guide, or the house itself."""

    key: str
    title: str
    publisher: str
    short: str
    """A name for use in a sentence: "Solvnex"."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice, in the product's own words."""

    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    how: str = ""
    """How to go about it; empty where the text says all."""


@dataclass(frozen=True, slots=True)
class View:
    """What some of the guides say on a point where they differ."""

    sources: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class GuidesDiffer:
    """A point on which the guides differ: who says what, and which side each set of house rules takes."""

    id: str
    about: str
    advice: tuple[str, ...]
    views: tuple[View, ...]
    rules: Mapping[str, str]
    """House rules by name ("standard", "gentle") → the side they take, in words."""


@dataclass(frozen=True, slots=True)
class Guides:
    """All advice and its sources, by id and key."""

    sources: Mapping[str, Source] = field(default_factory=dict[str, Source])
    advice: Mapping[str, Advice] = field(default_factory=dict[str, Advice])
    differences: tuple[GuidesDiffer, ...] = ()

    def sources_of(self, advice_ids: Iterable[str]) -> tuple[Source, ...]:
        """Who says so: the sources of all these pieces of advice, each once, in the order of the guides."""
        cited = {key for advice_id in advice_ids if advice_id in self.advice for key in self.advice[advice_id].sources}
        return tuple(source for key, source in self.sources.items() if key in cited)

    def differences_on(self, advice_ids: Iterable[str]) -> tuple[GuidesDiffer, ...]:
        """The "guides differ" notes that concern any of these pieces of advice."""
        wanted = set(advice_ids)
        return tuple(note for note in self.differences if wanted & set(note.advice))
