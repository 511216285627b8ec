"""Reading a draft critically, with everything that the record knows about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from debrief.desk.brief import ADDED_POINT, ANSWERED_BY, CLARIFICATION
from debrief.desk.critique import Meaning, Setting, critique, timing_of
from debrief.desk.spelling import Speller, with_spelling
from debrief.domain.case import case_of
from debrief.domain.courses import Course, Round, Status
from debrief.domain.critique import CritiqueRules, Finding, Letter, RecordFacts
from debrief.domain.facts import MessageKind, RoundState, Word
from debrief.domain.letters import Text
from debrief.domain.questionnaire import is_answer
from debrief.domain.rules import HouseRules
from debrief.errors import NotFound
from debrief.public_holidays import working_days
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.names_on_record import NamesOnRecord, names_on_record
from debrief.usecases.notes import PREMIUM_SETTING, SENDER_SETTING, Slot

ANY_LANGUAGE = frozenset(
    {"placeholder-left", "company-wrong", "copy-paste", "too-long", "over-limit", "subject-missing"}
    | {"subject-too-long", "shouting", "too-soon", "too-many", "too-late"}
)
"""Rules that hold whatever language a note is written in."""
STAGES = {Status.REJECTED: "rejected", Status.OFFER: "offer", Status.ADVANCED: "advanced"}


@dataclass(frozen=True, slots=True)
class Reader:
    """What a draft is read with: the critique's rules, the house rules, and the meaning layer where it is on."""

    rules: CritiqueRules
    house: HouseRules
    meaning: Meaning | None = None
    speller: Speller | None = None
    """Spelling help, where the optional extra is installed."""
    details: tuple[str, ...] = ()
    """What the composed draft says from the record, beyond the noted topics."""
    names: NamesOnRecord | None = None
    """The names of the record, where they are at hand; else they are read."""


def review(actor: Actor, store: Store, now: datetime, slot: Slot, *, text: Text, reader: Reader) -> tuple[Finding, ...]:
    """What to mend in this draft, must first; empty when it is ready to send."""
    with store.unit(actor.owner, now) as unit:
        course = _course(unit, slot)
        names = reader.names or names_on_record(unit)
        sender = str(unit.setting(SENDER_SETTING, ""))
        premium = bool(unit.setting(PREMIUM_SETTING, False))
    one = course.round_of(slot.interview_id)
    assert one is not None  # noqa: S101  it is the course of this very interview
    letter = Letter(kind=slot.kind, channel=slot.channel, subject=text.subject, body=text.body)
    record = replace(
        _with_others(_record(course, one, slot, now=now, reader=reader), letter, names),
        sender=sender or None,
        premium=premium,
    )
    findings = critique(letter, record, reader.rules, reader.meaning)
    return with_spelling(findings, reader.speller.findings(letter, record)) if reader.speller else findings


@lru_cache(maxsize=4)
def rules_for_any_language(rules: CritiqueRules) -> CritiqueRules:
    """The rules that need no English: slots left open, names, lengths, copies and times."""
    return CritiqueRules(rules=tuple(rule for rule in rules.rules if rule.id in ANY_LANGUAGE), words=rules.words)


def _course(unit: Unit, slot: Slot) -> Course:
    try:
        return unit.course_of(slot.interview_id)
    except NotFound:
        raise NotFound("This interview is not in your record any more.") from None


def _record(course: Course, one: Round, slot: Slot, *, now: datetime, reader: Reader) -> RecordFacts:
    """What the record knows about a note in this slot, apart from who else is in it."""
    application = course.application
    met = one.met_by(slot.person_id)
    held = one.interview.state is RoundState.HELD
    setting = Setting(case_of(one), reader.house, working_days(application.country), now)
    return RecordFacts(
        recipient=met.person.name if met else None,
        company=application.employer,
        role=application.role,
        details=(*(met.meeting.topics if met else ()), *(met.meeting.concerns if met else ()), *reader.details),
        clarifies=slot.kind is MessageKind.THANK_YOU and _has_loose_end(one),
        other_notes=_notes_to_others(one, slot),
        stage=STAGES.get(one.status, "waiting"),
        offered=any(word.what is Word.OFFER for word in one.heard),
        timing=timing_of(slot.kind, slot.person_id, setting) if held else None,
    )


def _with_others(record: RecordFacts, letter: Letter, names: NamesOnRecord) -> RecordFacts:
    """With everybody else whom the letter, or a note that it is held against, might be speaking of."""
    texts = (letter.subject, letter.body, *record.other_notes)
    return replace(
        record,
        other_companies=names.companies.near(texts, but=record.company or ""),
        other_people=names.people.near(texts, but=record.recipient or ""),
        other_roles=names.roles.near(texts, but=record.role or ""),
    )


def _has_loose_end(one: Round) -> bool:
    questions = (*ANSWERED_BY[CLARIFICATION], *ANSWERED_BY[ADDED_POINT])
    return any(question in one.answers and is_answer(one.answers[question].value) for question in questions)


def _notes_to_others(one: Round, slot: Slot) -> tuple[str, ...]:
    """The bodies of the notes of this kind to everybody else in the round, sent or not."""
    return tuple(
        message.body
        for message in one.messages
        if message.kind is slot.kind and message.person_id != slot.person_id and message.body.strip()
    )
