"""The terms in which the timeline's table speaks: word, anchor, promised date, check-ins that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from debrief.domain.case import Case, Sent
from debrief.domain.clock import date_in
from debrief.domain.facts import Decision, DecisionKind, Heard, MessageKind, Word
from debrief.domain.rules import HouseRules, Span
from debrief.domain.workdays import ONE_DAY, WorkingDays


@dataclass(frozen=True, slots=True)
class Proof:
    """The fact that did a step or shut it: "thank_you", "rejected", "withdrew", "reflection"."""

    what: str
    at: datetime
    fact_id: str = ""


class Terms:
    """One case under one set of rules. Instants are in UTC, dates are the interview's."""

    def __init__(self, case: Case, rules: HouseRules, days: WorkingDays) -> None:
        self.case = case.in_utc()
        self.rules = rules
        self.days = days

    @cached_property
    def anchor(self) -> datetime:
        """The end or, if later, the latest word that left things open."""
        return max([self.case.ended_at, *(word.at for word in self.case.heard if not word.what.is_final)])

    @cached_property
    def reply_by(self) -> date | None:
        """The date that the employer named most recently, in whatever word, else at the interview.

        None where the anchor has left it behind: a spent date revives no older one.
        """
        named = sorted((word for word in self.case.heard if word.reply_by), key=lambda word: word.at)
        latest = named[-1].reply_by if named else self.case.reply_by
        return latest if latest and latest >= self.date_of(self.anchor) else None

    @cached_property
    def check_in(self) -> Sent | None:
        """The latest check-in since the anchor."""
        return self._counting(MessageKind.CHECK_IN)

    @cached_property
    def last_message(self) -> Sent | None:
        """The latest last message since the anchor."""
        return self._counting(MessageKind.LAST_MESSAGE)

    @cached_property
    def check_in_opens(self) -> date:
        """The first date on which a check-in is in place."""
        rules = self.rules.check_in
        if self.reply_by:
            return self.days.next(self.after(self.reply_by, rules.after_promised_date))
        return self.days.next(self.after(self.date_of(self.anchor), rules.first_wait))

    @cached_property
    def last_message_opens(self) -> date | None:
        """The first date on which a last message is in place; None where there is to be none, or none yet."""
        rules = self.rules.last_message
        if self.rules.check_in.allowed == 1 or self.check_in is None:
            return None
        dates = [
            self.after(self.date_of(self.anchor), rules.after_last_word),
            self.after(self.date_of(self.check_in.at), rules.after_check_in),
        ]
        if self.reply_by:
            dates.append(self.after(self.reply_by, rules.after_promised_date))
        return self.days.next(max(dates))

    @cached_property
    def let_go_opens(self) -> date:
        """The date from which silence is taken for an answer."""
        rules = self.rules.let_go
        if self.last_message:
            return self.after(self.date_of(self.last_message.at), rules.after_last_message)
        if self.last_message_opens:
            return self.after(self.last_message_opens, self.rules.last_message.window.closes) + ONE_DAY
        if self.check_in:
            return self.after(self.date_of(self.check_in.at), rules.after_only_check_in)
        dates = [self.after(self.date_of(self.anchor), rules.after_last_word)]
        if self.reply_by:
            dates.append(self.after(self.reply_by, rules.after_promised_date))
        return max(dates)

    @cached_property
    def settled(self) -> Proof | None:
        """The first final answer or decision."""
        return first(self.answered, self.decided(*DecisionKind))

    @cached_property
    def answered(self) -> Proof | None:
        """The first final answer."""
        return self.heard(Word.ADVANCED, Word.REJECTED, Word.OFFER)

    def date_of(self, instant: datetime) -> date:
        """The date of an instant where the interview was."""
        return date_in(self.case.zone, instant)

    def after(self, day: date, span: Span) -> date:
        """The date that lies this span after `day`."""
        return span.after(day, self.days)

    def sent(self, kind: MessageKind, *, since: datetime) -> Proof | None:
        """The first note of this kind at an instant or later."""
        return first(*(proof_of_note(note) for note in self.case.sent if note.kind is kind and note.at >= since))

    def sent_to(self, kind: MessageKind, person_id: str | None) -> Proof | None:
        """The first note of this kind to this person; None: to nobody by name."""
        return first(*(proof_of_note(note) for note in self.case.sent if note.kind is kind and note.to == person_id))

    def heard(self, *words: Word) -> Proof | None:
        """The first of these words."""
        return first(*(proof_of_word(word) for word in self.case.heard if word.what in words))

    def decided(self, *kinds: DecisionKind) -> Proof | None:
        """The first of these decisions."""
        return first(*(proof_of_decision(one) for one in self.case.decided if one.what in kinds))

    def _counting(self, kind: MessageKind) -> Sent | None:
        """The latest note of this kind that was sent at the anchor or later."""
        notes = [note for note in self.case.sent if note.kind is kind and note.at >= self.anchor]
        return max(notes, key=lambda note: note.at, default=None)


def first(*proofs: Proof | None) -> Proof | None:
    """The earliest of the proofs there are."""
    return min((proof for proof in proofs if proof), key=lambda proof: proof.at, default=None)


def proof_of_note(note: Sent) -> Proof:
    """A note that went out, as a proof."""
    return Proof(note.kind.value, note.at, note.id)


def proof_of_word(word: Heard) -> Proof:
    """An employer's word, as a proof."""
    return Proof(word.what.value, word.at, word.id)


def proof_of_decision(decision: Decision) -> Proof:
    """A candidate's decision, as a proof."""
    return Proof(decision.what.value, decision.at, decision.id)
