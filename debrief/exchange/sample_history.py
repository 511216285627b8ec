"""Reads the sample history under data/sample into facts dated from today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from debrief.content.reader import Reading, Shape, read
from debrief.domain.facts import (
    Application,
    Channel,
    Decision,
    Depth,
    Fact,
    Focus,
    Format,
    Heard,
    Interview,
    Lesson,
    LessonState,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    RoundState,
    Snooze,
    Story,
    Tick,
    Verdict,
    Word,
)
from debrief.errors import ContentBroken, Problem
from debrief.exchange.sample_moments import Moments

ORIGIN = "sample"
"""What `origin` says on every fact of the sample history that has one."""

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "sample"
"""Where the shipped sample history stands."""

_MINUTES = {Depth.SHORT: 3, Depth.FULL: 15}
_KEPT_FILE = "kept.yaml"

Place = tuple[int | str, ...]
ReadT = TypeVar("ReadT")


class _Person(Shape):
    key: str
    name: str
    title: str = ""
    email: str = ""
    recruiter: bool = False


class _Met(Shape):
    person: str
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    rapport: int | None = Field(None, ge=1, le=5)


class _Reflection(Shape):
    finished: str
    depth: Depth = Depth.SHORT
    answers: dict[str, Any]


class _Sent(Shape):
    kind: MessageKind
    at: str
    to: str | None = None
    channel: Channel = Channel.EMAIL
    subject: str = ""
    body: str


class _Heard(Shape):
    what: Word
    at: str
    reply_by: str | None = None
    note: str = ""


class _Decided(Shape):
    what: Verdict
    at: str
    note: str = ""


class _Tick(Shape):
    item: str
    at: str


class _Snooze(Shape):
    step: str
    at: str
    person: str | None = None
    reason: str


class _Round(Shape):
    round: str
    ended: str
    state: RoundState = RoundState.HELD
    format: Format = Format.VIDEO
    focus: Focus = Focus.CONVERSATION
    reply_by: str | None = None
    notes: str = ""
    met: tuple[_Met, ...] = ()
    reflection: _Reflection | None = None
    sent: tuple[_Sent, ...] = ()
    heard: tuple[_Heard, ...] = ()
    decided: tuple[_Decided, ...] = ()
    ticks: tuple[_Tick, ...] = ()
    snoozes: tuple[_Snooze, ...] = ()


class _Application(Shape):
    key: str
    employer: str
    role: str
    country: str | None = None
    timezone: str
    source: str = ""
    sector: str = ""
    employer_size: str = ""
    role_family: str = ""
    people: tuple[_Person, ...] = ()
    rounds: tuple[_Round, ...] = Field(min_length=1)


class _Applications(Shape):
    applications: tuple[_Application, ...] = Field(min_length=1)


class _Lesson(Shape):
    text: str
    area: str = ""
    state: LessonState = LessonState.OPEN
    learned_at: tuple[str, ...] = Field(min_length=1)


class _Story(Shape):
    title: str
    situation: str
    task: str
    action: str
    result: str
    competencies: tuple[str, ...] = ()
    told_at: tuple[str, ...] = Field(min_length=1)


class _Kept(Shape):
    questionnaire: int
    lessons: tuple[_Lesson, ...]
    stories: tuple[_Story, ...]


def read_sample(now: datetime, folder: Path = SAMPLE_FOLDER) -> tuple[Fact, ...]:
    """The facts of the sample history as of `now`, parents before what hangs under them.

    Ids are new at every call. Raises ContentBroken with every mistake in the files.
    """
    kept, files = _files(folder)
    problems = list(chain(kept.problems, *(file.problems for file in files)))
    told = [_Telling(now, reading, kept.value.questionnaire if kept.value else 0) for reading in files]
    problems += chain.from_iterable(one.problems for one in told)
    if problems:
        raise ContentBroken(problems)
    remembered = _Remembering(kept, {key: one for telling in told for key, one in telling.rounds.items()})
    if remembered.problems:
        raise ContentBroken(remembered.problems)
    return (*chain.from_iterable(one.facts for one in told), *remembered.facts)


@cache
def _files(folder: Path) -> tuple[Reading[_Kept], tuple[Reading[_Applications], ...]]:
    """The checked files: lessons and stories, and the applications. They do not change while the app runs."""
    applications = sorted(path for path in folder.glob("*.yaml") if path.name != _KEPT_FILE)
    return (
        read(folder / _KEPT_FILE, _Kept, relative_to=folder),
        tuple(read(path, _Applications, relative_to=folder) for path in applications),
    )


@dataclass(frozen=True, slots=True)
class _ToldRound:
    """What lessons and stories need of a round."""

    interview_id: str
    learned_at: datetime


class _Telling:
    """Turns one file of applications into facts; what is wrong is collected in `problems`."""

    def __init__(self, now: datetime, reading: Reading[_Applications], questionnaire: int) -> None:
        self.facts: list[Fact] = []
        self.problems: list[Problem] = []
        self.rounds: dict[str, _ToldRound] = {}
        self._now = now
        self._reading = reading
        self._questionnaire = questionnaire
        for index, application in enumerate(reading.value.applications if reading.value else ()):
            self._application(application, ("applications", index))

    def _application(self, told: _Application, place: Place) -> None:
        application = Application(
            employer=told.employer,
            role=told.role,
            country=told.country,
            source=told.source,
            sector=told.sector,
            employer_size=told.employer_size,
            role_family=told.role_family,
            origin=ORIGIN,
        )
        people = {
            person.key: Person(
                name=person.name,
                employer=told.employer,
                title=person.title,
                email=person.email,
                recruiter=person.recruiter,
                origin=ORIGIN,
            )
            for person in told.people
        }
        self.facts += [application, *people.values()]
        for number, one in enumerate(told.rounds):
            teller = _RoundTeller(self, application, {key: person.id for key, person in people.items()})
            key = f"{told.key}/{number + 1}"
            self.rounds[key] = teller.tell(one, told.timezone, (*place, "rounds", number))

    @property
    def now(self) -> datetime:
        """When the history is told."""
        return self._now

    @property
    def questionnaire(self) -> int:
        """The version of the questionnaire that the reflections were written with."""
        return self._questionnaire

    def attempt(self, place: Place, reader: Callable[[str], ReadT], told: str, instead: ReadT) -> ReadT:
        """What the reader makes of what is told there; where it cannot, a problem, and something instead."""
        try:
            return reader(told)
        except (ValueError, KeyError) as error:
            expected = "no person of this application has this key" if isinstance(error, KeyError) else str(error)
            self.problems.append(self._reading.problem(place, expected))
            return instead


class _RoundTeller:
    """Turns one round into facts."""

    def __init__(self, telling: _Telling, application: Application, people: dict[str, str]) -> None:
        self._telling = telling
        self._application = application
        self._people = people
        self._moments = Moments(telling.now, ZoneInfo("UTC"))
        self._place: Place = ()
        self._interview_id = ""

    def tell(self, told: _Round, timezone: str, place: Place) -> _ToldRound:
        """Adds the round's facts to the telling."""
        self._place = place
        zone = self._telling.attempt((*place[:2], "timezone"), _zone, timezone, self._moments.zone)
        self._moments = replace(self._moments, zone=zone)
        ended_at = self._instant(told.ended, "ended")
        self._moments = replace(self._moments, interview_day=ended_at.astimezone(self._moments.zone).date())
        interview = Interview(
            application_id=self._application.id,
            round=told.round,
            ended_at=ended_at,
            timezone=timezone,
            state=told.state,
            format=told.format,
            focus=told.focus,
            reply_by=self._day(told.reply_by, "reply_by"),
            notes=told.notes,
            origin=ORIGIN,
        )
        self._interview_id = interview.id
        reflection = list(self._reflection(told.reflection))
        self._telling.facts += [
            interview,
            *self._met(told.met),
            *reflection,
            *self._messages(told.sent),
            *self._words_and_verdicts(told),
            *self._marks(told),
        ]
        finished = (fact.finished_at for fact in reflection if isinstance(fact, Reflection))
        return _ToldRound(interview.id, next(finished, None) or ended_at)

    def _met(self, met: tuple[_Met, ...]) -> Iterator[Fact]:
        for index, one in enumerate(met):
            yield Meeting(
                interview_id=self._interview_id,
                person_id=self._person(one.person, "met", index, "person") or "",
                topics=one.topics,
                concerns=one.concerns,
                rapport=one.rapport,
            )

    def _reflection(self, told: _Reflection | None) -> Iterator[Fact]:
        if told is None:
            return
        finished_at = self._instant(told.finished, "reflection", "finished")
        reflection = Reflection(
            interview_id=self._interview_id,
            questionnaire=self._telling.questionnaire,
            depth=told.depth,
            started_at=finished_at - timedelta(minutes=_MINUTES[told.depth]),
            finished_at=finished_at,
        )
        yield reflection
        for question, value in told.answers.items():
            base, _, key = question.partition("@")
            person = self._person(key, "reflection", "answers", question) if key else None
            asked = f"{base}@{person}" if key else base
            yield ReflectionAnswer(reflection_id=reflection.id, question=asked, value=value, saved_at=finished_at)

    def _messages(self, sent: tuple[_Sent, ...]) -> Iterator[Fact]:
        for index, note in enumerate(sent):
            yield Message(
                interview_id=self._interview_id,
                kind=note.kind,
                channel=note.channel,
                person_id=self._person(note.to, "sent", index, "to"),
                subject=note.subject,
                body=note.body,
                sent_at=self._instant(note.at, "sent", index, "at"),
            )

    def _words_and_verdicts(self, told: _Round) -> Iterator[Fact]:
        for index, word in enumerate(told.heard):
            yield Heard(
                interview_id=self._interview_id,
                what=word.what,
                at=self._instant(word.at, "heard", index, "at"),
                reply_by=self._day(word.reply_by, "heard", index, "reply_by"),
                note=word.note,
            )
        for index, decision in enumerate(told.decided):
            at = self._instant(decision.at, "decided", index, "at")
            yield Decision(interview_id=self._interview_id, what=decision.what, at=at, note=decision.note)

    def _marks(self, told: _Round) -> Iterator[Fact]:
        for index, tick in enumerate(told.ticks):
            at = self._instant(tick.at, "ticks", index, "at")
            yield Tick(interview_id=self._interview_id, item=tick.item, at=at)
        for index, snooze in enumerate(told.snoozes):
            yield Snooze(
                interview_id=self._interview_id,
                step=snooze.step,
                person_id=self._person(snooze.person, "snoozes", index, "person"),
                reason=snooze.reason,
                at=self._instant(snooze.at, "snoozes", index, "at"),
            )

    def _instant(self, told: str, *place: int | str) -> datetime:
        return self._telling.attempt((*self._place, *place), self._moments.instant, told, self._telling.now)

    def _day(self, told: str | None, *place: int | str) -> date | None:
        if told is None:
            return None
        return self._telling.attempt((*self._place, *place), self._moments.day, told, self._moments.today)

    def _person(self, key: str | None, *place: int | str) -> str | None:
        if key is None:
            return None
        return self._telling.attempt((*self._place, *place), self._people.__getitem__, key, "")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("an IANA time zone is expected, such as Europe/London") from None


class _Remembering:
    """Turns the file of lessons and stories into facts that point at the rounds they come from."""

    def __init__(self, reading: Reading[_Kept], rounds: dict[str, _ToldRound]) -> None:
        self.problems: list[Problem] = []
        self._reading = reading
        self._rounds = rounds
        kept = reading.value
        lessons = enumerate(kept.lessons if kept else ())
        stories = enumerate(kept.stories if kept else ())
        self.facts: tuple[Fact, ...] = (
            *(self._lesson(index, lesson) for index, lesson in lessons),
            *(self._story(index, story) for index, story in stories),
        )

    def _lesson(self, index: int, told: _Lesson) -> Lesson:
        found = self._found(told.learned_at, ("lessons", index, "learned_at"))
        return Lesson(
            text=told.text,
            area=told.area,
            state=told.state,
            interview_ids=tuple(one.interview_id for one in found),
            created_at=min(one.learned_at for one in found),
            origin=ORIGIN,
        )

    def _story(self, index: int, told: _Story) -> Story:
        found = self._found(told.told_at, ("stories", index, "told_at"))
        return Story(
            title=told.title,
            situation=told.situation,
            task=told.task,
            action=told.action,
            result=told.result,
            competencies=told.competencies,
            interview_ids=tuple(one.interview_id for one in found),
            created_at=min(one.learned_at for one in found),
            origin=ORIGIN,
        )

    def _found(self, keys: tuple[str, ...], place: Place) -> list[_ToldRound]:
        missing = [key for key in keys if key not in self._rounds]
        if missing:
            self.problems.append(self._reading.problem(place, f"there is no round {', '.join(missing)}"))
            return list(self._rounds.values())[:1]
        return [self._rounds[key] for key in keys]
