"""What to do after an interview, by when, and what proved or shut it.

The table of steps, read over the facts of one case, for any house rules, any
calendar of working days and any `now`. Nothing here is stored: the timeline is
computed anew from the facts each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from debrief.domain.case import Case, Interviewer
from debrief.domain.clock import day_ends, day_starts, on_the_clock
from debrief.domain.facts import DecisionKind, Heard, MessageKind, Word
from debrief.domain.rules import AskFeedback, ConnectWith, HouseRules, Span, StepName, Window
from debrief.domain.terms import Proof, Terms, first, proof_of_note, proof_of_word
from debrief.domain.workdays import WorkingDays

ADVICE: dict[StepName, tuple[str, ...]] = {
    StepName.REFLECT: ("RF1",),
    StepName.THANK_YOU: ("TY1", "TY2", "TY3", "TY4"),
    StepName.SEND_MATERIAL: ("FU8",),
    StepName.CHECK_IN: ("FU2", "FU3", "FU4"),
    StepName.LAST_MESSAGE: ("FU5",),
    StepName.LET_GO: ("FU11", "OC2"),
    StepName.REJECTION_REPLY: ("OC1",),
    StepName.FEEDBACK_REQUEST: ("RF8",),
    StepName.CONNECT: ("SN1",),
    StepName.OFFER_REPLY: ("OC3",),
}
"""The pieces of advice that each step carries out."""


class StepState(StrEnum):
    """Where a step stands. Done wins over off, off over the rest."""

    UPCOMING = "upcoming"
    OPEN = "open"
    LATE = "late"
    MISSED = "missed"
    DONE = "done"
    OFF = "off"

    @property
    def is_actionable(self) -> bool:
        """Whether the step can be taken now."""
        return self in (StepState.OPEN, StepState.LATE)

    @property
    def is_ahead(self) -> bool:
        """Whether the step is still to be taken, now or later."""
        return self in (StepState.UPCOMING, StepState.OPEN, StepState.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the timeline.

    Times, those of the proofs too, are in the interview's zone: take their dates
    as they are, and differences between them in UTC.
    """

    name: StepName
    state: StepState = StepState.UPCOMING
    opens: datetime
    due: datetime | None = None
    closes: datetime | None = None
    person: Interviewer | None = None
    """Whom it concerns, where the step is one per person; None also for the unnamed interviewer."""
    word: Heard | None = None
    """The request, rejection or offer that it answers, where the step is one per word."""
    done_by: Proof | None = None
    shut_by: Proof | None = None

    @property
    def advice(self) -> tuple[str, ...]:
        """The ids of the advice that the step carries out."""
        return ADVICE[self.name]

    @property
    def person_id(self) -> str | None:
        """The id of the person whom it concerns."""
        return self.person.id if self.person else None

    @property
    def key(self) -> tuple[StepName, str | None]:
        """What tells the step from the others of its case, and stays when facts or rules change."""
        return self.name, self.word.id if self.word else self.person_id


def timeline(case: Case, rules: HouseRules, days: WorkingDays, now: datetime) -> tuple[Step, ...]:
    """Every step of the case that can be dated, in the table's order.

    `days` are the working days of the application's country, `now` is any aware
    time. Facts later than `now` are the caller's to refuse (`refuse_the_future`).
    """
    terms = Terms(case, rules, days)
    steps = (step for row in TABLE for step in row(terms))
    return tuple(_localised(case.zone, replace(step, state=_state(step, now))) for step in steps)


def _state(step: Step, now: datetime) -> StepState:
    """Where a step, its times in UTC, stands at `now`."""
    if step.done_by:
        return StepState.DONE
    if step.shut_by:
        return StepState.OFF
    if now < step.opens:
        return StepState.UPCOMING
    if step.due and now <= step.due:
        return StepState.OPEN
    if step.closes and now > step.closes:
        return StepState.MISSED
    return StepState.LATE if step.due else StepState.OPEN


def _localised(zone: ZoneInfo, step: Step) -> Step:
    """The step with its times, until now in UTC, on the clock of the interview's place."""

    def proof(found: Proof | None) -> Proof | None:
        return replace(found, at=on_the_clock(zone, found.at)) if found else None

    return replace(
        step,
        opens=on_the_clock(zone, step.opens),
        due=on_the_clock(zone, step.due) if step.due else None,
        closes=on_the_clock(zone, step.closes) if step.closes else None,
        done_by=proof(step.done_by),
        shut_by=proof(step.shut_by),
    )


def _dated(terms: Terms, name: StepName, opens: date, due: Span | None = None, closes: Span | None = None) -> Step:
    """A step whose window is in dates: from the first instant of a day to the last second of another."""
    zone = terms.case.zone
    return Step(
        name=name,
        opens=day_starts(zone, opens),
        due=day_ends(zone, terms.after(opens, due)) if due else None,
        closes=day_ends(zone, terms.after(opens, closes)) if closes else None,
    )


def _reflect(terms: Terms) -> Iterator[Step]:
    case = terms.case
    yield Step(
        name=StepName.REFLECT,
        opens=case.ended_at,
        due=case.ended_at + terms.rules.reflect_due.elapsed,
        done_by=Proof("reflection", case.reflected_at, case.reflection_id) if case.reflected_at else None,
    )


def _thank_you(terms: Terms) -> Iterator[Step]:
    case, window = terms.case, terms.rules.thank_you
    for person in case.people or (None,):
        yield Step(
            name=StepName.THANK_YOU,
            opens=case.ended_at,
            due=case.ended_at + window.due.elapsed,
            closes=case.ended_at + window.closes.elapsed,
            person=person,
            done_by=terms.sent_to(MessageKind.THANK_YOU, person.id if person else None),
            shut_by=first(terms.heard(Word.REJECTED), terms.decided(*DecisionKind)),
        )


def _send_material(terms: Terms) -> Iterator[Step]:
    for word in _words(terms, Word.REQUEST):
        yield replace(
            _dated(terms, StepName.SEND_MATERIAL, terms.date_of(word.at), terms.rules.send_material_due),
            word=word,
            done_by=terms.sent(MessageKind.SEND_MATERIAL, since=word.at),
            shut_by=terms.settled,
        )


def _check_in(terms: Terms) -> Iterator[Step]:
    window = terms.rules.check_in.window
    yield replace(
        _dated(terms, StepName.CHECK_IN, terms.check_in_opens, window.due, window.closes),
        done_by=proof_of_note(terms.check_in) if terms.check_in else None,
        shut_by=terms.settled,
    )


def _last_message(terms: Terms) -> Iterator[Step]:
    window = terms.rules.last_message.window
    if terms.last_message_opens:
        yield replace(
            _dated(terms, StepName.LAST_MESSAGE, terms.last_message_opens, window.due, window.closes),
            done_by=proof_of_note(terms.last_message) if terms.last_message else None,
            shut_by=terms.settled,
        )


def _let_go(terms: Terms) -> Iterator[Step]:
    others = (kind for kind in DecisionKind if kind is not DecisionKind.LET_GO)
    yield replace(
        _dated(terms, StepName.LET_GO, terms.let_go_opens),
        done_by=terms.decided(DecisionKind.LET_GO),
        shut_by=first(terms.answered, terms.decided(*others)),
    )


def _rejection_reply(terms: Terms) -> Iterator[Step]:
    return _after_rejection(terms, StepName.REJECTION_REPLY, MessageKind.REJECTION_REPLY, terms.rules.rejection_reply)


def _feedback_request(terms: Terms) -> Iterator[Step]:
    ask = terms.rules.ask_feedback
    if ask is AskFeedback.ALWAYS or (ask is AskFeedback.GOOD_RAPPORT and terms.case.good_rapport):
        window = terms.rules.feedback_request
        yield from _after_rejection(terms, StepName.FEEDBACK_REQUEST, MessageKind.FEEDBACK_REQUEST, window)


def _after_rejection(terms: Terms, name: StepName, kind: MessageKind, window: Window) -> Iterator[Step]:
    for word in _words(terms, Word.REJECTED):
        yield replace(
            _dated(terms, name, terms.date_of(word.at), window.due, window.closes),
            word=word,
            done_by=terms.sent(kind, since=word.at),
        )


def _connect(terms: Terms) -> Iterator[Step]:
    window = terms.rules.connect
    unthanked = terms.case.ended_at + terms.rules.connect_unthanked.elapsed
    for person in terms.case.people:
        if not _to_connect_with(terms.rules.connect_with, person):
            continue
        thanked = terms.sent_to(MessageKind.THANK_YOU, person.id)
        opens = terms.date_of(thanked.at if thanked else unthanked)
        yield replace(
            _dated(terms, StepName.CONNECT, opens, window.due, window.closes),
            person=person,
            done_by=terms.sent_to(MessageKind.CONNECT, person.id),
        )


def _to_connect_with(whom: ConnectWith, person: Interviewer) -> bool:
    return whom is ConnectWith.EVERYBODY or (whom is ConnectWith.RECRUITERS and person.recruiter)


def _offer_reply(terms: Terms) -> Iterator[Step]:
    for word in _words(terms, Word.OFFER):
        withdrawn = [one for one in _words(terms, Word.REJECTED) if one.at > word.at]
        yield replace(
            _dated(terms, StepName.OFFER_REPLY, terms.date_of(word.at), terms.rules.offer_reply_due),
            word=word,
            done_by=first(
                terms.sent(MessageKind.OFFER_REPLY, since=word.at),
                terms.decided(DecisionKind.ACCEPTED, DecisionKind.DECLINED),
            ),
            shut_by=first(
                terms.decided(DecisionKind.WITHDREW, DecisionKind.LET_GO), *(proof_of_word(one) for one in withdrawn)
            ),
        )


def _words(terms: Terms, what: Word) -> Iterator[Heard]:
    return (word for word in terms.case.heard if word.what is what)


TABLE: tuple[Callable[[Terms], Iterator[Step]], ...] = (
    _reflect,
    _thank_you,
    _send_material,
    _check_in,
    _last_message,
    _let_go,
    _rejection_reply,
    _feedback_request,
    _connect,
    _offer_reply,
)
"""One function for each row of the table, in its order: the steps that the row gives for a case."""
