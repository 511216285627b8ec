"""The timeline of cases given as JSON, without a database: what `python -m debrief due` answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, PlainValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from debrief.domain.case import Case, Interviewer, Sent, refuse_the_future
from debrief.domain.facts import Decision, DecisionKind, Heard, MessageKind, Word
from debrief.domain.rules import HouseRules
from debrief.domain.timeline import Step, timeline
from debrief.errors import Refused
from debrief.public_holidays import working_days

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside are slips of the pen, and Python's calendar ends somewhere."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DayT = TypeVar("DayT", bound=date)


def answer_due(text: str, rules: Mapping[str, HouseRules]) -> str:
    """The steps of one case, or of each case of an array, as JSON.

    Raises Refused with a sentence for the first thing that is wrong; in an
    array it names the case by its index, and no other case is answered.
    """
    if text.lstrip().startswith("["):
        shapes = _parse(MANY, text, where="Case ")
        answers = [_answer(shape, rules, f"Case {index}: ") for index, shape in enumerate(shapes)]
        return json.dumps(answers, indent=2)
    return json.dumps(_answer(_parse(ONE, text), rules), indent=2)


def _instant(value: object) -> datetime:
    """An ISO 8601 datetime with its offset."""
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        instant = None
    if instant is None:
        raise PydanticCustomError("instant", "a date and time such as “2026-03-03T15:00:00-05:00” is expected")
    if instant.utcoffset() is None:
        raise PydanticCustomError("instant", "the offset from UTC is missing behind the time, such as -05:00")
    return _in_our_time(instant)


def _day(value: object) -> date:
    """A date, YYYY-MM-DD."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("day", "a date such as “2026-03-10” is expected")
    return _in_our_time(day)


def _in_our_time(day: DayT) -> DayT:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError(
            "year", "a year from {first} to {last} is expected", {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def _zone(value: object) -> ZoneInfo:
    """An IANA time zone by its name."""
    try:
        if isinstance(value, str):
            return ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        # An unknown key, a path out of the database and a folder inside it each raise their own.
        pass
    raise PydanticCustomError("zone", "the name of a time zone such as “America/New_York” is expected")


def _name(value: object) -> str:
    """A person's name."""
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("name", "a name is expected")
    return value


Instant = Annotated[datetime, PlainValidator(_instant)]
Day = Annotated[date, PlainValidator(_day)]
Zone = Annotated[ZoneInfo, PlainValidator(_zone)]
Name = Annotated[str, PlainValidator(_name)]


class Shape(BaseModel):
    """The base of what may stand in the input: no other keys, and no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class InterviewShape(Shape):
    """When the interview ended, and what was promised then."""

    ended_at: Instant
    timezone: Zone
    reply_by: Day | None = None


class PersonShape(Shape):
    """Somebody met."""

    name: Name
    recruiter: bool = False


class SentShape(Shape):
    """A note that went out."""

    kind: MessageKind
    to: Name | None = None
    at: Instant


class HeardShape(Shape):
    """The employer's word."""

    what: Word
    at: Instant
    reply_by: Day | None = None


class DecidedShape(Shape):
    """The candidate's decision."""

    what: DecisionKind
    at: Instant


class CaseShape(Shape):
    """One case. What may be left out has the default shown."""

    rules: str = "standard"
    now: Instant
    country: str | None = None
    good_rapport: bool = True
    interview: InterviewShape
    people: tuple[PersonShape, ...] = ()
    reflected_at: Instant | None = None
    sent: tuple[SentShape, ...] = ()
    heard: tuple[HeardShape, ...] = ()
    decided: tuple[DecidedShape, ...] = ()

    def case(self) -> Case:
        """The facts; a person's name is the id. Raises Refused where they contradict each other.

        A note may be to somebody who was not met: it counts for the steps that are not per person.
        """
        names = [person.name for person in self.people]
        for name in names:
            if names.count(name) > 1:
                raise Refused(
                    f"people: {name} stands there twice, and a note could not be told to be to the one or the other."
                )
        case = Case(
            ended_at=self.interview.ended_at,
            zone=self.interview.timezone,
            reply_by=self.interview.reply_by,
            people=tuple(Interviewer(person.name, person.name, person.recruiter) for person in self.people),
            reflected_at=self.reflected_at,
            sent=tuple(Sent(note.kind, note.to, note.at, f"sent[{index}]") for index, note in enumerate(self.sent)),
            heard=tuple(
                Heard(id=f"heard[{index}]", interview_id="", what=word.what, at=word.at, reply_by=word.reply_by)
                for index, word in enumerate(self.heard)
            ),
            decided=tuple(
                Decision(id=f"decided[{index}]", interview_id="", what=one.what, at=one.at)
                for index, one in enumerate(self.decided)
            ),
            good_rapport=self.good_rapport,
        )
        refuse_the_future(case, self.now)
        return case


ONE = TypeAdapter(CaseShape)
MANY = TypeAdapter(list[CaseShape])
ShapesT = TypeVar("ShapesT")


def _parse(kind: TypeAdapter[ShapesT], text: str, where: str = "") -> ShapesT:
    """The input in its shape, or Refused with the first mistake."""
    try:
        return kind.validate_json(text)
    except ValidationError as error:
        raise Refused(_sentence(error.errors(include_url=False)[0], where)) from error


def _sentence(detail: ErrorDetails, where: str) -> str:
    """The mistake as a sentence: which case, which key, what is expected there."""
    if detail["type"] == "json_invalid":
        return f"The input is not JSON: {detail['ctx']['error'] if 'ctx' in detail else detail['msg']}."
    path = list(detail["loc"])
    prefix = f"{where}{path.pop(0)}: " if where and path else ""
    key, expected = key_in_words(path), expected_in_words(detail)
    return f"{prefix}{key}: {expected}." if key else f"{prefix}{expected[:1].upper()}{expected[1:]}."


def key_in_words(path: Iterable[int | str]) -> str:
    """Where in the input something stands: "sent[2].at"; "" for the whole of it."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def expected_in_words(detail: ErrorDetails) -> str:
    """What was expected where a mistake stands."""
    return {
        "missing": "this key is missing",
        "extra_forbidden": "no key of this name is known here",
        "model_type": "an object {…} is expected",
        "tuple_type": "an array […] is expected",
    }.get(detail["type"], detail["msg"][:1].lower() + detail["msg"][1:])


def _answer(shape: CaseShape, rules: Mapping[str, HouseRules], prefix: str = "") -> dict[str, Any]:
    """The answer to one case. Raises Refused, with the prefix before the sentence."""
    try:
        if shape.rules not in rules:
            raise Refused(f"rules: there are no house rules named “{shape.rules}”; there are {', '.join(rules)}.")
        case = shape.case()
        steps = timeline(case, rules[shape.rules], working_days(shape.country), shape.now)
    except Refused as refusal:
        raise Refused(f"{prefix}{refusal}") from refusal
    return {"status": case.status.value, "steps": [_written(step) for step in steps]}


def _written(step: Step) -> dict[str, Any]:
    return {
        "step": step.name.value,
        "person": step.person.name if step.person else None,
        "opens": step.opens.isoformat(),
        "due": step.due.isoformat() if step.due else None,
        "closes": step.closes.isoformat() if step.closes else None,
        "state": step.state.value,
        "advice": list(step.advice),
    }
