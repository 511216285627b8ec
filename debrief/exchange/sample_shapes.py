"""The shapes of the files under data/sample. How their moments are told: see sample_moments."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from debrief.content.reader import Shape
from debrief.domain.facts import (
    Channel,
    DecisionKind,
    Depth,
    Focus,
    Format,
    LessonState,
    MessageKind,
    RoundState,
    Word,
)


class ToldPerson(Shape):
    """Somebody at the employer; `key` is what the file calls them."""

    key: str
    name: str
    title: str = ""
    email: str = ""
    recruiter: bool = False


class ToldMeeting(Shape):
    """A person met in a round."""

    person: str
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    rapport: int | None = Field(None, ge=1, le=5)


class ToldReflection(Shape):
    """A finished reflection: answers by the questionnaire's ids, with `@key` behind where a question is per person."""

    finished: str
    questionnaire: int = 1
    """The version of the questionnaire that it was written with."""
    depth: Depth = Depth.SHORT
    answers: dict[str, Any]


class ToldMessage(Shape):
    """A note that went out."""

    kind: MessageKind
    at: str
    to: str | None = None
    channel: Channel = Channel.EMAIL
    subject: str = ""
    body: str


class ToldWord(Shape):
    """What the employer said."""

    what: Word
    at: str
    reply_by: str | None = None
    note: str = ""


class ToldDecision(Shape):
    """What Robin decided."""

    what: DecisionKind
    at: str
    note: str = ""


class ToldTick(Shape):
    """An item of the checklist marked by hand."""

    item: str
    at: str


class ToldSnooze(Shape):
    """A step that was skipped."""

    step: str
    at: str
    person: str | None = None
    reason: str


class ToldRound(Shape):
    """One interview with everything that belongs to it."""

    round: str
    ended: str
    state: RoundState = RoundState.HELD
    format: Format = Format.VIDEO
    focus: Focus = Focus.CONVERSATION
    reply_by: str | None = None
    notes: str = ""
    met: tuple[ToldMeeting, ...] = ()
    reflection: ToldReflection | None = None
    sent: tuple[ToldMessage, ...] = ()
    heard: tuple[ToldWord, ...] = ()
    decided: tuple[ToldDecision, ...] = ()
    ticks: tuple[ToldTick, ...] = ()
    snoozes: tuple[ToldSnooze, ...] = ()


class ToldApplication(Shape):
    """One employer and role."""

    key: str
    employer: str
    role: str
    country: str | None = None
    timezone: str
    source: str = ""
    sector: str = ""
    employer_size: str = ""
    role_family: str = ""
    people: tuple[ToldPerson, ...] = ()
    rounds: tuple[ToldRound, ...] = Field(min_length=1)


class ToldApplications(Shape):
    """A file of applications."""

    applications: tuple[ToldApplication, ...] = Field(min_length=1)


class ToldLesson(Shape):
    """A lesson, with the rounds that taught it: "marula/2"."""

    text: str
    area: str = ""
    state: LessonState = LessonState.OPEN
    taken_from: tuple[str, ...] = Field(min_length=1)
    learned_by: str | None = None
    """The round after which it counted as learned."""


class ToldStory(Shape):
    """An answer worth keeping, with the rounds where it was told."""

    title: str
    situation: str
    task: str
    action: str
    result: str
    competencies: tuple[str, ...] = ()
    told_at: tuple[str, ...] = Field(min_length=1)
    landed: dict[str, Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=dict[str, int])
    """How it was taken, by the round, where that was marked."""


class ToldKept(Shape):
    """The file of lessons and stories."""

    lessons: tuple[ToldLesson, ...]
    stories: tuple[ToldStory, ...]
