"""Reads the sample history under data/sample into facts dated from today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from debrief.content.reader import Reading, read
from debrief.domain.facts import (
    Application,
    Decision,
    Depth,
    Fact,
    Heard,
    Interview,
    Lesson,
    Meeting,
    Message,
    Person,
    Reflection,
    ReflectionAnswer,
    Snooze,
    Story,
    Telling,
    Tick,
    new_id,
)
from debrief.errors import ContentBroken, Problem
from debrief.exchange.sample_moments import Moments
from debrief.exchange.sample_shapes import (
    ToldApplication,
    ToldApplications,
    ToldKept,
    ToldReflection,
    ToldRound,
)

ORIGIN = "sample"
"""What `origin` says on every fact of the sample history that has one."""

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "sample"
"""Where the shipped sample history stands."""

_MINUTES = {Depth.SHORT: 3, Depth.FULL: 15}
_KEPT_FILE = "kept.yaml"
_UTC = ZoneInfo("UTC")

Place = tuple[int | str, ...]
ReadT = TypeVar("ReadT")


def read_sample(now: datetime, folder: Path = SAMPLE_FOLDER) -> tuple[Fact, ...]:
    """The facts of the sample history as of `now`, parents before what hangs under them.

    Ids are new at every call. Raises ContentBroken with every mistake in the files.
    """
    kept, files = _files(folder)
    problems = list(chain(kept.problems, *(file.problems for file in files)))
    told = _Told()
    for reading in files:
        for index, application in enumerate(reading.value.applications if reading.value else ()):
            spot = _Spot(reading, ("applications", index), problems)
            _tell_application(told, application, spot, now)
    if kept.value and not problems:
        _tell_kept(told, kept.value, _Spot(kept, (), problems))
    if problems:
        raise ContentBroken(problems)
    return tuple(told.facts)


@cache
def _files(folder: Path) -> tuple[Reading[ToldKept], tuple[Reading[ToldApplications], ...]]:
    """The checked files: lessons and stories, and the applications. They do not change while the app runs."""
    applications = sorted(path for path in folder.glob("*.yaml") if path.name != _KEPT_FILE)
    return (
        read(folder / _KEPT_FILE, ToldKept, relative_to=folder),
        tuple(read(path, ToldApplications, relative_to=folder) for path in applications),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What has been told so far: the facts, and the interviews by how the files name them."""

    facts: list[Fact] = field(default_factory=list[Fact])
    rounds: dict[str, Interview] = field(default_factory=dict[str, Interview])


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a file; what is wrong there goes to `problems`."""

    reading: Reading[Any]
    place: Place
    problems: list[Problem]

    def at(self, *place: int | str) -> _Spot:
        """A place inside this one."""
        return replace(self, place=(*self.place, *place))

    def attempt(self, reader: Callable[[str], ReadT], told: str, instead: ReadT) -> ReadT:
        """What the reader makes of what is told here; where it raises ValueError, a problem, and something instead."""
        try:
            return reader(told)
        except ValueError as error:
            self.problems.append(self.reading.problem(self.place, str(error)))
            return instead


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the facts of one round are told with: its clock, the ids of the people, and where it stands."""

    moments: Moments
    people: Mapping[str, str]
    spot: _Spot
    interview_id: str

    def instant(self, told: str, *place: int | str) -> datetime:
        """A moment, in UTC."""
        return self.spot.at(*place).attempt(self.moments.instant, told, self.moments.now)

    def day(self, told: str | None, *place: int | str) -> date | None:
        """A date, where one is told."""
        return None if told is None else self.spot.at(*place).attempt(self.moments.day, told, self.moments.today)

    def person(self, key: str | None, *place: int | str) -> str | None:
        """The id of a person, where one is named."""
        return None if key is None else self.spot.at(*place).attempt(self._id, key, "")

    def _id(self, key: str) -> str:
        if key not in self.people:
            raise ValueError(f"no person of this application has this key; known are {', '.join(self.people)}")
        return self.people[key]


def _tell_application(told: _Told, shape: ToldApplication, spot: _Spot, now: datetime) -> None:
    application = Application(
        employer=shape.employer,
        role=shape.role,
        country=shape.country,
        source=shape.source,
        sector=shape.sector,
        employer_size=shape.employer_size,
        role_family=shape.role_family,
        origin=ORIGIN,
    )
    people = {
        person.key: Person(
            name=person.name,
            employer=shape.employer,
            title=person.title,
            email=person.email,
            recruiter=person.recruiter,
            origin=ORIGIN,
        )
        for person in shape.people
    }
    told.facts.extend((application, *people.values()))
    moments = Moments(now, spot.at("timezone").attempt(_zone, shape.timezone, _UTC))
    ids = {key: person.id for key, person in people.items()}
    for number, one in enumerate(shape.rounds):
        scene = _Scene(moments, ids, spot.at("rounds", number), new_id())
        interview = _interview(one, application, scene)
        scene = replace(scene, moments=replace(moments, interview_day=interview.ended_local.date()))
        interview = replace(interview, reply_by=scene.day(one.reply_by, "reply_by"))
        told.facts.extend((interview, *_round(one, scene)))
        told.rounds[f"{shape.key}/{number + 1}"] = interview


def _interview(told: ToldRound, application: Application, scene: _Scene) -> Interview:
    return Interview(
        id=scene.interview_id,
        application_id=application.id,
        round=told.round,
        ended_at=scene.instant(told.ended, "ended"),
        timezone=scene.moments.zone.key,
        state=told.state,
        format=told.format,
        focus=told.focus,
        notes=told.notes,
        origin=ORIGIN,
    )


def _round(told: ToldRound, scene: _Scene) -> Iterator[Fact]:
    """Everything that belongs to one interview."""
    yield from _meetings(told, scene)
    if told.reflection:
        yield from _reflection(told.reflection, scene)
    yield from _messages(told, scene)
    yield from _words_and_decisions(told, scene)
    yield from _marks(told, scene)


def _meetings(told: ToldRound, scene: _Scene) -> Iterator[Fact]:
    for index, met in enumerate(told.met):
        yield Meeting(
            interview_id=scene.interview_id,
            person_id=scene.person(met.person, "met", index, "person") or "",
            topics=met.topics,
            concerns=met.concerns,
            rapport=met.rapport,
            place=index,
        )


def _reflection(told: ToldReflection, scene: _Scene) -> Iterator[Fact]:
    finished_at = scene.instant(told.finished, "reflection", "finished")
    reflection = Reflection(
        interview_id=scene.interview_id,
        questionnaire=told.questionnaire,
        depth=told.depth,
        started_at=finished_at - timedelta(minutes=_MINUTES[told.depth]),
        finished_at=finished_at,
    )
    yield reflection
    for question, value in told.answers.items():
        base, _, key = question.partition("@")
        person = scene.person(key, "reflection", "answers", question) if key else None
        asked = f"{base}@{person}" if key else base
        yield ReflectionAnswer(reflection_id=reflection.id, question=asked, value=value, saved_at=finished_at)


def _messages(told: ToldRound, scene: _Scene) -> Iterator[Fact]:
    for index, note in enumerate(told.sent):
        yield Message(
            interview_id=scene.interview_id,
            kind=note.kind,
            channel=note.channel,
            person_id=scene.person(note.to, "sent", index, "to"),
            subject=note.subject,
            body=note.body,
            sent_at=scene.instant(note.at, "sent", index, "at"),
        )


def _words_and_decisions(told: ToldRound, scene: _Scene) -> Iterator[Fact]:
    for index, word in enumerate(told.heard):
        yield Heard(
            interview_id=scene.interview_id,
            what=word.what,
            at=scene.instant(word.at, "heard", index, "at"),
            reply_by=scene.day(word.reply_by, "heard", index, "reply_by"),
            note=word.note,
        )
    for index, decision in enumerate(told.decided):
        at = scene.instant(decision.at, "decided", index, "at")
        yield Decision(interview_id=scene.interview_id, what=decision.what, at=at, note=decision.note)


def _marks(told: ToldRound, scene: _Scene) -> Iterator[Fact]:
    for index, tick in enumerate(told.ticks):
        yield Tick(interview_id=scene.interview_id, item=tick.item, at=scene.instant(tick.at, "ticks", index, "at"))
    for index, snooze in enumerate(told.snoozes):
        yield Snooze(
            interview_id=scene.interview_id,
            step=snooze.step,
            person_id=scene.person(snooze.person, "snoozes", index, "person"),
            reason=snooze.reason,
            at=scene.instant(snooze.at, "snoozes", index, "at"),
        )


def _tell_kept(told: _Told, kept: ToldKept, spot: _Spot) -> None:
    for index, lesson in enumerate(kept.lessons):
        interviews = _interviews(told, lesson.taken_from, spot.at("lessons", index, "taken_from"))
        proof = (lesson.learned_by,) if lesson.learned_by else ()
        learned_by = _interviews(told, proof, spot.at("lessons", index, "learned_by"))
        told.facts.append(
            Lesson(
                text=lesson.text,
                area=lesson.area,
                state=lesson.state,
                interview_ids=tuple(interview.id for interview in interviews),
                created_at=_kept_at(interviews),
                learned_at=_kept_at(learned_by) if learned_by else None,
                origin=ORIGIN,
            )
        )
    for index, story in enumerate(kept.stories):
        interviews = _interviews(told, story.told_at, spot.at("stories", index, "told_at"))
        kept_story = Story(
            title=story.title,
            situation=story.situation,
            task=story.task,
            action=story.action,
            result=story.result,
            competencies=story.competencies,
            interview_ids=tuple(interview.id for interview in interviews),
            created_at=_kept_at(interviews),
            origin=ORIGIN,
        )
        told.facts.append(kept_story)
        told.facts.extend(
            Telling(story_id=kept_story.id, interview_id=interview.id, landed=story.landed.get(key))
            for key, interview in zip(story.told_at, interviews, strict=True)
        )


def _interviews(told: _Told, keys: tuple[str, ...], spot: _Spot) -> list[Interview]:
    """The interviews that the keys name; an unknown one is a problem."""

    def find(key: str) -> Interview:
        if key not in told.rounds:
            raise ValueError(f"there is no round {key}")
        return told.rounds[key]

    anyone = next(iter(told.rounds.values()))
    return [spot.attempt(find, key, anyone) for key in keys]


def _kept_at(interviews: list[Interview]) -> datetime:
    """An hour after the earliest of the interviews."""
    return min(interview.ended_at for interview in interviews) + timedelta(hours=1)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("an IANA time zone is expected, such as Europe/London") from None
