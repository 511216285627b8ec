"""What a workshop works through: scenarios to decide, letters to improve, an interview to look back on.

All people and employers in them are invented. Everything cites advice of the
guides by its id; who says so and where guides differ is looked up once, when
the content is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from debrief.domain.advice import GuidesDiffer, Source
from debrief.domain.critique import Letter, RecordFacts


class Verdict(StrEnum):
    """What the guides make of a choice."""

    SOUND = "sound"
    """What they advise."""
    DEBATED = "debated"
    """Some of them would, some would not; or it is right, and something is missing."""
    COSTLY = "costly"
    """They warn against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A text with the advice that it rests on."""

    advice: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    """Who says so."""
    differs: tuple[GuidesDiffer, ...] = ()
    """Where the guides differ on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Cited):
    """One thing that somebody could do, and what to say to those who would."""

    id: str
    text: str
    verdict: Verdict
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticing(Cited):
    """A question to look back with, and what a coach noticed in the sample interview."""

    id: str
    question: str
    noticed: str
    short: str
    """The same in a few words, to tick off and for the room's figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Cited):
    """What scenarios, letters and looks back have in common."""

    id: str
    title: str
    situation: str
    minutes: int
    """How long a room needs, with the talk afterwards."""
    discuss: tuple[str, ...]
    """Questions for the room once everybody has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Exercise):
    """A situation and a question: what would you do?"""

    question: str
    choices: tuple[Choice, ...]

    def choice(self, choice_id: str) -> Choice:
        """The choice of this id. Raises KeyError."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterExercise(Exercise):
    """A letter with faults to mend; the critique is the teacher."""

    letter: Letter
    record: RecordFacts
    better: Letter
    """One way to write it, shown afterwards."""
    faults: Mapping[str, str]
    """The rules of the critique that the letter breaks → the fault in a few words, for the room's figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack(Exercise):
    """Somebody's interview to reflect on in their place, against the clock."""

    lines: tuple[tuple[str, str], ...]
    """Who spoke, and what they said."""
    noticings: tuple[Noticing, ...]


Activity: TypeAlias = "Scenario | LetterExercise | LookBack"


@dataclass(frozen=True, slots=True)
class Programme:
    """A workshop of a certain length."""

    id: str
    title: str
    about: str
    activities: tuple[str, ...]
    """Ids, in the order in which the room works through them."""


@dataclass(frozen=True, slots=True)
class Workshops:
    """All activities by id, in the order of their files, and the programmes made of them."""

    activities: Mapping[str, Activity]
    programmes: tuple[Programme, ...]

    def of(self, programme: Programme) -> tuple[Activity, ...]:
        """The activities of a programme, in order."""
        return tuple(self.activities[activity_id] for activity_id in programme.activities)

    def minutes(self, programme: Programme) -> int:
        """How long a programme takes."""
        return sum(activity.minutes for activity in self.of(programme))


def cited_in(activity: Activity) -> Iterator[Cited]:
    """The activity itself and everything in it that rests on advice of its own."""
    yield activity
    match activity:
        case Scenario(choices=choices):
            yield from choices
        case LookBack(noticings=noticings):
            yield from noticings
        case LetterExercise():
            return
