"""House rules: the waits, limits and windows that a career centre may set its own way.

The table of steps stays the same for all; what differs is in these fields. They
are filled from content/rules/*.yaml, and nothing here has a default: what the
standard rules are is written there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, assert_never

from debrief.domain.workdays import WorkingDays
from debrief.errors import Problem

_HOLIDAYS = 31
"""Days without work in a row that no calendar of public holidays reaches."""


class StepName(StrEnum):
    """The steps after an interview, in the order of the timeline's table."""

    REFLECT = "reflect"
    THANK_YOU = "thank_you"
    SEND_MATERIAL = "send_material"
    CHECK_IN = "check_in"
    LAST_MESSAGE = "last_message"
    LET_GO = "let_go"
    REJECTION_REPLY = "rejection_reply"
    FEEDBACK_REQUEST = "feedback_request"
    CONNECT = "connect"
    OFFER_REPLY = "offer_reply"


class Unit(StrEnum):
    """What a span counts. Hours are elapsed hours, days are dates on the calendar."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the rules write it: "7 days", "1 working day"."""

    count: int
    unit: Unit

    @property
    def elapsed(self) -> timedelta:
        """The span as elapsed time; for hours."""
        if self.unit is not Unit.HOURS:
            raise ValueError(f"{self} is counted in dates, not in elapsed time")
        return timedelta(hours=self.count)

    def after(self, day: date, days: WorkingDays) -> date:
        """The date that lies this span after `day`; for days and working days."""
        match self.unit:
            case Unit.DAYS:
                return day + timedelta(days=self.count)
            case Unit.WORKING_DAYS:
                return days.plus(day, self.count)
            case Unit.HOURS:
                raise ValueError(f"{self} is elapsed time, not counted in dates")
            case _:
                assert_never(self.unit)

    def fits_in(self, longer: Span) -> bool:
        """Whether this span is over when the longer one is, wherever no row of public holidays stretches it."""
        if self.unit is longer.unit:
            return self.count <= longer.count
        return self._at_most_days <= longer.count

    @property
    def _at_most_days(self) -> int:
        """The calendar days that the span takes, weekends included."""
        weekends = -(-self.count // 5) if self.unit is Unit.WORKING_DAYS else 0
        return self.count + 2 * weekends

    @property
    def at_most(self) -> timedelta:
        """An upper bound of the span: in working days each may be a month of public holidays away from the last."""
        match self.unit:
            case Unit.HOURS:
                return timedelta(hours=self.count)
            case Unit.DAYS:
                return timedelta(days=self.count)
            case Unit.WORKING_DAYS:
                return timedelta(days=self._at_most_days + _HOLIDAYS * self.count)
            case _:
                assert_never(self.unit)

    def __str__(self) -> str:
        unit = self.unit.value.replace("_", " ")
        return f"{self.count} {unit.removesuffix('s') if self.count == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Window:
    """How long after it opens a step is due, and how long after it opens it closes."""

    due: Span
    closes: Span


@dataclass(frozen=True, slots=True)
class CheckInRules:
    """When to ask after the decision, and how often."""

    allowed: Literal[1, 2]
    """1: a single check-in. 2: a check-in and a last message."""
    first_wait: Span
    """Without a promised date: after the interview, or the latest word that left things open."""
    after_promised_date: Span
    window: Window


@dataclass(frozen=True, slots=True)
class LastMessageRules:
    """The last message opens at the latest of three dates."""

    after_last_word: Span
    """After the interview, or the latest word that left things open."""
    after_promised_date: Span
    after_check_in: Span
    window: Window


@dataclass(frozen=True, slots=True)
class LetGoRules:
    """When silence is taken for an answer."""

    after_last_message: Span
    after_only_check_in: Span
    """Where a single check-in is allowed."""
    after_last_word: Span
    """Where nothing was sent: after the interview, or the latest word that left things open."""
    after_promised_date: Span


class AskFeedback(StrEnum):
    """After which rejections to ask for feedback."""

    ALWAYS = "always"
    GOOD_RAPPORT = "good_rapport"
    NEVER = "never"


class ConnectWith(StrEnum):
    """Whom to ask for a connection on a professional network."""

    EVERYBODY = "everybody"
    RECRUITERS = "recruiters"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class RulesTexts:
    """What people read about a set of rules."""

    title: str
    description: str
    example: bool = False
    """Whether it is shipped as an example of how a centre may set its own rules."""
    steps: Mapping[StepName, str] = field(default_factory=dict[StepName, str])
    """Wording for the steps on which these rules differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """One set of house rules. `id` is the name of its file."""

    id: str
    texts: RulesTexts
    reflect_due: Span
    thank_you: Window
    send_material_due: Span
    check_in: CheckInRules
    last_message: LastMessageRules
    let_go: LetGoRules
    rejection_reply: Window
    ask_feedback: AskFeedback
    feedback_request: Window
    connect_with: ConnectWith
    connect: Window
    connect_unthanked: Span
    """How long after the interview to connect with somebody to whom no thank-you went out."""
    offer_reply_due: Span

    @property
    def longest_window(self) -> timedelta:
        """For how long at most a step stays ahead in a round that is looked back on and has come to an end.

        Counted from the last that happened in it; two days more, since windows in dates open and close with the day.
        """
        closes = (self.thank_you.closes, self.rejection_reply.closes, self.feedback_request.closes)
        to_connect = self.connect_unthanked.at_most + self.connect.closes.at_most
        return max(to_connect, *(span.at_most for span in closes)) + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All house rules at hand, by id, and what was wrong with files that had to be left out."""

    rules: Mapping[str, HouseRules]
    problems: tuple[Problem, ...] = ()

    def choose(self, rules_id: str) -> HouseRules:
        """The rules of this id; the standard ones where its file is gone or has mistakes."""
        return self.rules.get(rules_id) or self.rules["standard"]
