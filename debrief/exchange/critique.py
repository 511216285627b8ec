"""Findings for drafts given as JSON, one a line: what `python -m debrief critique` answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError

from debrief.desk.critique import Meaning, Setting, critique, is_ready, timing_of
from debrief.desk.spelling import Speller, with_spelling
from debrief.domain.case import Case, Interviewer, Sent, refuse_the_future
from debrief.domain.critique import CritiqueRules, Finding, Letter, RecordFacts, Timing
from debrief.domain.facts import Channel, Decision, Heard, MessageKind, Word
from debrief.domain.rules import HouseRules
from debrief.errors import Refused
from debrief.exchange.due import (
    Day,
    DecidedShape,
    HeardShape,
    Instant,
    Name,
    SentShape,
    Zone,
    expected_in_words,
    key_in_words,
)
from debrief.public_holidays import working_days


@dataclass(frozen=True, slots=True)
class Desk:
    """What drafts are judged with: the critique's rules, the house rules by name, the optional layers or None."""

    rules: CritiqueRules
    house: Mapping[str, HouseRules]
    meaning: Meaning | None = None
    speller: Speller | None = None


class Lenient(BaseModel):
    """The base of what may stand in a line: no value of another type; keys that are not ours are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class ToShape(Lenient):
    """Whom the draft is for."""

    name: Name


class DraftShape(Lenient):
    """One draft with the facts that go with it. What may be left out has the default shown."""

    id: str
    kind: MessageKind
    channel: Channel
    body: str
    subject: str = ""
    sender: str | None = None
    to: ToShape | None = None
    company: str | None = None
    role: str | None = None
    details: tuple[str, ...] = ()
    clarifies: bool = False
    premium: bool = False
    other_companies: tuple[str, ...] = ()
    other_people: tuple[str, ...] = ()
    other_roles: tuple[str, ...] = ()
    other_notes: tuple[str, ...] = ()
    stage: Literal["waiting", "rejected", "offer", "advanced"] = "waiting"
    rules: str = "standard"
    now: Instant | None = None
    interview_ended_at: Instant | None = None
    timezone: Zone | None = None
    country: str | None = None
    reply_by: Day | None = None
    good_rapport: bool = True
    reflected_at: Instant | None = None
    sent: tuple[SentShape, ...] = ()
    heard: tuple[HeardShape, ...] = ()
    decided: tuple[DecidedShape, ...] = ()

    def letter(self) -> Letter:
        """The draft itself."""
        return Letter(kind=self.kind, channel=self.channel, subject=self.subject, body=self.body)

    def record(self, timing: Timing | None) -> RecordFacts:
        """What is known about it."""
        return RecordFacts(
            sender=self.sender,
            recipient=self.to.name if self.to else None,
            company=self.company,
            role=self.role,
            details=self.details,
            clarifies=self.clarifies,
            premium=self.premium,
            other_companies=self.other_companies,
            other_people=self.other_people,
            other_roles=self.other_roles,
            other_notes=self.other_notes,
            stage=self.stage,
            offered=any(word.what is Word.OFFER for word in self.heard),
            timing=timing,
        )

    def case(self, ended_at: datetime) -> Case:
        """The facts for the timeline; a person's name is the id."""
        names = ([self.to.name] if self.to else []) + [note.to for note in self.sent if note.to]
        return Case(
            ended_at=ended_at,
            zone=self.timezone or _zone_of(ended_at),
            reply_by=self.reply_by,
            people=tuple(Interviewer(name, name) for name in dict.fromkeys(names)),
            reflected_at=self.reflected_at,
            sent=tuple(Sent(note.kind, note.to, note.at) for note in self.sent),
            heard=tuple(
                Heard(interview_id="", what=word.what, at=word.at, reply_by=word.reply_by) for word in self.heard
            ),
            decided=tuple(Decision(interview_id="", what=one.what, at=one.at) for one in self.decided),
            good_rapport=self.good_rapport,
        )


def critique_lines(lines: Iterable[str], desk: Desk) -> Iterator[tuple[str, bool]]:
    """One line of JSON for each line of input, in order, and whether it was answered.

    A bad line gives its error in its place, and the rest goes on. Blank lines
    are passed over. Nothing is read ahead: the lines may be endless.
    """
    for line in lines:
        if line.strip():
            yield _answer(line, desk)


def findings_of(draft: DraftShape, desk: Desk) -> tuple[Finding, ...]:
    """The findings for one draft. Raises Refused where its facts contradict each other."""
    letter, record = draft.letter(), draft.record(_timing(draft, desk.house))
    findings = critique(letter, record, desk.rules, desk.meaning)
    return with_spelling(findings, desk.speller.findings(letter, record)) if desk.speller else findings


def _answer(line: str, desk: Desk) -> tuple[str, bool]:
    try:
        shape = DraftShape.model_validate_json(line)
        findings = findings_of(shape, desk)
    except ValidationError as error:
        return json.dumps({"id": _id_of(line), "error": _sentence(error)}), False
    except Refused as refusal:
        return json.dumps({"id": _id_of(line), "error": str(refusal)}), False
    answer = {"id": shape.id, "ready": is_ready(findings), "findings": [_written(finding) for finding in findings]}
    return json.dumps(answer), True


def _timing(shape: DraftShape, house: Mapping[str, HouseRules]) -> Timing | None:
    """What the timeline says; None where the draft does not tell the times. Raises Refused."""
    if shape.rules not in house:
        raise Refused(f"rules: there are no house rules named “{shape.rules}”; there are {', '.join(house)}.")
    days = working_days(shape.country)
    if shape.now is None or shape.interview_ended_at is None:
        return None
    case = shape.case(shape.interview_ended_at)
    refuse_the_future(case, shape.now)
    setting = Setting(case, house[shape.rules], days, shape.now)
    return timing_of(shape.kind, shape.to.name if shape.to else None, setting, rejected=shape.stage == "rejected")


def _zone_of(instant: datetime) -> ZoneInfo:
    """A zone with the offset of this instant, where it is whole hours; UTC else."""
    offset = instant.utcoffset() or timedelta()
    hours, rest = divmod(offset, timedelta(hours=1))
    return ZoneInfo("UTC") if rest or hours == 0 else ZoneInfo(f"Etc/GMT{-hours:+d}")


def _written(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "field": finding.place.value,
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "why": finding.why,
        "source": list(finding.sources),
        "suggestion": finding.suggestion,
    }


def _id_of(line: str) -> str | None:
    """The id of a line that was refused, as far as it can be read."""
    try:
        given = json.loads(line)
    except ValueError:
        return None
    found = given.get("id") if isinstance(given, dict) else None
    return found if isinstance(found, str) else None


def _sentence(error: ValidationError) -> str:
    """The first mistake as a sentence: which key, what is expected there."""
    detail = error.errors(include_url=False)[0]
    if detail["type"] == "json_invalid":
        return f"The line is not JSON: {detail['msg'].partition(': ')[2] or detail['msg']}."
    return f"{key_in_words(detail['loc']) or 'The line'}: {expected_in_words(detail)}."
