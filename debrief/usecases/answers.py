"""Logging what the employer said, and what the candidate decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from debrief.domain.checks import checked_not_before, checked_not_future, checked_text
from debrief.domain.facts import Application, Decision, DecisionKind, Heard, Interview, RoundState, Word
from debrief.domain.wording import date_in_words
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.actor import Actor

WORD_SENTENCES = {
    Word.UPDATE: "{employer} gave an update",
    Word.REQUEST: "{employer} asked for something",
    Word.ADVANCED: "{employer} invited you to the next round",
    Word.REJECTED: "{employer} said no",
    Word.OFFER: "{employer} made an offer",
}
DECISION_SENTENCES = {
    DecisionKind.ACCEPTED: "You accepted {employer}'s offer",
    DecisionKind.DECLINED: "You declined {employer}'s offer",
    DecisionKind.WITHDREW: "You withdrew from {employer}",
    DecisionKind.LET_GO: "You let go of {employer}",
}

SECOND_PRESS = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordEntry:
    """The employer's word, as entered. `at` is an aware instant."""

    what: Word
    at: datetime
    reply_by: date | None = None
    note: str = ""


def log_word(actor: Actor, store: Store, now: datetime, interview_id: str, entry: WordEntry) -> Heard:
    """Keeps the employer's word. The same one a moment later is a second press.

    Refuses one before the interview's end, in the future, or after a round not held.
    """
    interview, employer = _interview_at(actor, store, now, interview_id)
    _check_instant(interview, entry.at, now)
    _check_named(interview, entry.at, entry.reply_by)
    note = checked_text(entry.note, "The note", field="note")
    with store.unit(actor.owner, now, WORD_SENTENCES[entry.what].format(employer=employer)) as unit:
        fresh = Heard(interview_id=interview_id, what=entry.what, at=entry.at, reply_by=entry.reply_by, note=note)
        for word in unit.find(Heard, interview_id=interview_id):
            said = replace(fresh, id=word.id, version=word.version, at=word.at)
            if said == word and abs(fresh.at - word.at) < SECOND_PRESS:
                return word
        return unit.add(fresh)


def name_date(actor: Actor, store: Store, now: datetime, word: Heard, reply_by: date) -> Heard:
    """Keeps the date that came with an employer's word; `word` is the version that was read."""
    interview, employer = _interview_at(actor, store, now, word.interview_id)
    _check_named(interview, word.at, reply_by)
    day = date_in_words(reply_by, now.astimezone(interview.zone).date())
    with store.unit(actor.owner, now, f"{employer} named {day}") as unit:
        return unit.change(replace(word, reply_by=reply_by))


def mend_word(
    actor: Actor, store: Store, now: datetime, word: Heard, *, at: datetime, reply_by: date | None, note: str
) -> Heard:
    """Mends the time, the named date or the note of an employer's word; `word` is the version that was read."""
    interview, employer = _interview_at(actor, store, now, word.interview_id)
    _check_instant(interview, at, now)
    _check_named(interview, at, reply_by)
    checked = checked_text(note, "The note", field="note")
    with store.unit(actor.owner, now, f"Mended what {employer} said") as unit:
        return unit.change(replace(word, at=at, reply_by=reply_by, note=checked))


def decide(
    actor: Actor, store: Store, now: datetime, interview_id: str, *, what: DecisionKind, at: datetime
) -> Decision:
    """Keeps the candidate's own decision at an interview. The same one a moment later is a second press."""
    interview, employer = _interview_at(actor, store, now, interview_id)
    _check_instant(interview, at, now)
    with store.unit(actor.owner, now, DECISION_SENTENCES[what].format(employer=employer)) as unit:
        for decision in unit.find(Decision, interview_id=interview_id):
            if decision.what is what and abs(at - decision.at) < SECOND_PRESS:
                return decision
        return unit.add(Decision(interview_id=interview_id, what=what, at=at))


def _interview_at(actor: Actor, store: Store, now: datetime, interview_id: str) -> tuple[Interview, str]:
    """The interview, and its employer by name. Raises NotFound."""
    with store.unit(actor.owner, now) as unit:
        interview = unit.get(Interview, interview_id)
        return interview, unit.get(Application, interview.application_id).employer


def _check_named(interview: Interview, at: datetime, reply_by: date | None) -> None:
    if reply_by is not None and reply_by < at.astimezone(interview.zone).date():
        raise Refused("The date that they named lies before the day on which they named it.", field="reply_by")


def _check_instant(interview: Interview, at: datetime, now: datetime) -> None:
    if interview.state is not RoundState.HELD:
        raise Refused("This round was not held, so there is nothing to answer. Mark it as held first.", field="what")
    local = at.astimezone(interview.zone)
    checked_not_future(local, now, "This", field="at")
    checked_not_before(local, interview.ended_local, "This", field="at")
