"""The facts of the record. Three verbs make the history: you sent, they answered, you decided.

Nothing here is derived: status, what is due and every chart are functions of
these facts, the house rules and `now` (see courses, timeline, insights).

Instants are aware datetimes; a `date` is a date in the interview's own zone.
`id` is a random hexadecimal string, `version` counts the writes of that row.
`origin` is "" for what the user entered, "sample" for the sample history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import uuid4
from zoneinfo import ZoneInfo


class RoundState(StrEnum):
    """How far a round has come. Steps exist for held ones only."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Format(StrEnum):
    """Where a round takes place."""

    PHONE = "phone"
    VIDEO = "video"
    ON_SITE = "on_site"
    WRITTEN = "written"


class Focus(StrEnum):
    """What a round mostly consists of; the questionnaire branches on it."""

    CONVERSATION = "conversation"
    TECHNICAL = "technical"
    CASE = "case"
    PRESENTATION = "presentation"
    ASSESSMENT = "assessment"
    GROUP = "group"


class MessageKind(StrEnum):
    """The kinds of notes that a candidate writes after an interview."""

    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    LAST_MESSAGE = "last_message"
    SEND_MATERIAL = "send_material"
    REJECTION_REPLY = "rejection_reply"
    FEEDBACK_REQUEST = "feedback_request"
    CONNECT = "connect"
    KEEP_IN_TOUCH = "keep_in_touch"
    WITHDRAW = "withdraw"
    OFFER_REPLY = "offer_reply"


class Channel(StrEnum):
    """How a note travels."""

    EMAIL = "email"
    LINKEDIN = "linkedin"


class Word(StrEnum):
    """What an employer can say after an interview."""

    UPDATE = "update"
    REQUEST = "request"
    ADVANCED = "advanced"
    REJECTED = "rejected"
    OFFER = "offer"

    @property
    def is_final(self) -> bool:
        """Whether this word settles the round."""
        return self in (Word.ADVANCED, Word.REJECTED, Word.OFFER)


class DecisionKind(StrEnum):
    """What a candidate can decide at an interview."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDREW = "withdrew"
    LET_GO = "let_go"


class LessonState(StrEnum):
    """How far a lesson has been taken in."""

    OPEN = "open"
    PRACTISING = "practising"
    LEARNED = "learned"
    DROPPED = "dropped"


class Depth(StrEnum):
    """How long a reflection is meant to take."""

    SHORT = "short"
    FULL = "full"


def new_id() -> str:
    """A random identifier for a new fact."""
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every row of the record has."""

    id: str = field(default_factory=new_id)
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Fact):
    """One employer and role that a person is in the running for."""

    employer: str
    role: str
    country: str | None = None
    """ISO 3166 code, such as "MY": whose public holidays count. None: no holidays."""
    source: str = ""
    sector: str = ""
    employer_size: str = ""
    role_family: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview(Fact):
    """One round of an application."""

    application_id: str
    round: str
    """A label: "phone screen", "panel", "final" …"""
    ended_at: datetime
    """The end. While scheduled: the planned end."""
    timezone: str
    """IANA name. All dates about this interview are dates in it."""
    state: RoundState = RoundState.HELD
    format: Format = Format.VIDEO
    focus: Focus = Focus.CONVERSATION
    reply_by: date | None = None
    """The date by which the employer promised, at the interview, to answer."""
    notes: str = ""
    origin: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The interview's own zone."""
        return ZoneInfo(self.timezone)

    @property
    def ended_local(self) -> datetime:
        """The end on the clock of the place where the interview was."""
        return self.ended_at.astimezone(self.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Fact):
    """Somebody met at an employer."""

    name: str
    employer: str
    title: str = ""
    email: str = ""
    profile: str = ""
    """Address of a professional profile."""
    recruiter: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Fact):
    """One person met in one interview, and what it was about with them."""

    interview_id: str
    person_id: str
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    rapport: int | None = None
    """1 (cold) to 5 (warm)."""
    place: int = 0
    """Where the person stands among those met: the order in which they were entered."""


Answer: TypeAlias = "str | int | bool | list[Answer] | dict[str, Answer] | None"
"""What one question of a reflection holds: a JSON value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection(Fact):
    """One person's look back at one interview; the answers are kept one by one (ReflectionAnswer)."""

    interview_id: str
    questionnaire: int
    """The version of the questionnaire that it was begun with."""
    depth: Depth = Depth.SHORT
    started_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReflectionAnswer(Fact):
    """The answer to one question. Two tabs that edit different questions do not collide."""

    reflection_id: str
    question: str
    """The question's id in the questionnaire, with "@<person id>" behind it where it is asked per person."""
    value: Answer
    set_aside: tuple[Answer, ...] = ()
    """What other tabs wrote meanwhile, each as {"by": tab, "value": answer}: kept until the user has chosen."""
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Fact):
    """A draft, or a note that went out. A sent note is frozen."""

    interview_id: str
    kind: MessageKind
    channel: Channel = Channel.EMAIL
    person_id: str | None = None
    """None: to the unnamed interviewer or the hiring team."""
    subject: str = ""
    body: str = ""
    sent_at: datetime | None = None
    set_aside: tuple[Answer, ...] = ()
    """What other tabs wrote meanwhile, each as {"by": tab, "subject": …, "body": …}: kept until the user has chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVersion(Fact):
    """A draft as it stood before it was replaced, so that it can be brought back."""

    message_id: str
    subject: str
    body: str
    kept_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredFinding(Fact):
    """A finding of the critique that the writer chose to leave as it is, in one draft."""

    message_id: str
    rule: str
    """The rule's id, such as "too-casual"."""
    words: str
    """The words that it concerned; "" where something was missing."""
    reason: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Fact):
    """The employer's word after one interview. An automatic receipt is not a word."""

    interview_id: str
    what: Word
    at: datetime
    reply_by: date | None = None
    """With an update: the new date named. With an offer: the date to answer by."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Fact):
    """The candidate's own decision at one interview."""

    interview_id: str
    what: DecisionKind
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson(Fact):
    """What to do better next time."""

    text: str
    area: str = ""
    state: LessonState = LessonState.OPEN
    interview_ids: tuple[str, ...] = ()
    """Where it was learned; several once joined."""
    created_at: datetime
    learned_at: datetime | None = None
    """When it was last marked as learned; None in every other state."""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Fact):
    """An answer worth keeping: situation, task, action, result."""

    title: str
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    competencies: tuple[str, ...] = ()
    interview_ids: tuple[str, ...] = ()
    created_at: datetime
    origin: str = ""
    set_aside: tuple[Answer, ...] = ()
    """What other tabs wrote meanwhile, each as {"by": tab, "field": …, "text": …}: kept until the user has chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Fact):
    """A story told in one interview."""

    story_id: str
    interview_id: str
    landed: int | None = None
    """How it was taken: 1 (fell flat) to 5 (landed)."""
    note: str = ""
    set_aside: tuple[Answer, ...] = ()
    """As in a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal(Fact):
    """One hard question answered aloud, alone, before the next interview."""

    interview_id: str
    """Where the question was met."""
    question: str
    """As it was asked."""
    seconds: int
    """How long the answer took."""
    rating: int
    """One's own: 1 (lost) to 5 (ready)."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Fact):
    """A checklist item that no other fact can prove, marked by hand."""

    interview_id: str
    item: str
    """The item's id in the checklist."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(Fact):
    """A step put off to a date, or skipped for good (`until` is None), with the reason."""

    interview_id: str
    step: str
    person_id: str | None = None
    """The person whom the step concerns, where it is one per person."""
    word_id: str | None = None
    """The employer's word that it answers, where it is one per word."""
    until: date | None = None
    reason: str = ""
    at: datetime


Answers: TypeAlias = Mapping[str, ReflectionAnswer]
"""The answers of one reflection by question."""
