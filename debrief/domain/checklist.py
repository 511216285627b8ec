"""The dos and don'ts of one round: what to do in order of time, and what not to do, what matters now first.

A do is carried by a step of the timeline, which facts tick, or stands for
itself and is ticked by a note or by hand. A don't matters in some situations;
which of them are given is read from the facts and the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from debrief.domain.advice import GuidesDiffer, Source
from debrief.domain.courses import Course, Round, Status
from debrief.domain.facts import MessageKind, RoundState, Tick, Word
from debrief.domain.rules import StepName
from debrief.domain.terms import Proof
from debrief.domain.timeline import Step, StepState


class Situation(StrEnum):
    """Something that can be the case for a round right now, the most particular first."""

    CHECK_IN_OUT = "check_in_out"
    """A check-in or a last message went out, and there is no answer yet."""
    REJECTED = "rejected"
    SILENT = "silent"
    """Silence has lasted so long that it is time to let go."""
    OFFER = "offer"
    """An offer waits for its answer."""
    PANEL_TO_THANK = "panel_to_thank"
    """Several people were met, and somebody among them is still to be thanked."""
    TO_THANK = "to_thank"
    """A thank-you is still to be sent."""
    BEFORE_CHECK_IN = "before_check_in"
    """It is too early to ask how things stand."""
    NO_DATE_NAMED = "no_date_named"
    """The employer has not said by when they will answer."""
    ADVANCED = "advanced"
    WAITING = "waiting"
    NO_OFFER = "no_offer"
    """Still in the running, and no formal offer on record."""
    NOT_SIGNED = "not_signed"
    """No offer was accepted."""
    ALWAYS = "always"


class Moment(StrEnum):
    """From when on a do that no step carries is listed."""

    END = "end"
    ADVANCED = "advanced"
    REJECTED = "rejected"
    OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What dos and don'ts have in common."""

    id: str
    title: str
    why: str
    advice: tuple[str, ...]
    sources: tuple[Source, ...] = ()
    """Who says so."""
    differs: tuple[GuidesDiffer, ...] = ()
    """Where the guides differ on it."""
    when: tuple[Situation, ...] = (Situation.ALWAYS,)
    """A do: while one of these is the case it is wanted. A don't: then it matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoItem(Item):
    """Something to do."""

    how: str
    step: StepName | None = None
    """The step of the timeline that carries it; None: it stands for itself."""
    since: Moment = Moment.END
    proved_by: MessageKind | None = None
    """Without a step: the kind of note that ticks it; None: it is ticked by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DontItem(Item):
    """Something to leave alone."""

    instead: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """All dos, in order of time, and all don'ts."""

    dos: tuple[DoItem, ...]
    donts: tuple[DontItem, ...]
    situations: Mapping[Situation, str]
    """Each situation in words: why a don't matters now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one round stands: its facts, its application's, and its steps at `now`."""

    course: Course
    round: Round
    steps: tuple[Step, ...]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """One do in one round. Times are in the interview's zone."""

    item: DoItem
    state: StepState
    opens: datetime
    steps: tuple[Step, ...] = ()
    """The steps that carry it: one for each person or word."""
    proof: Proof | None = None
    """What ticked it: the latest fact, or the tick by hand."""
    tick: Tick | None = None
    """The tick by hand, to take back."""

    @property
    def leading(self) -> Step | None:
        """The step to look at first: the most urgent of those that give the do its state."""
        leading = [step for step in self.steps if step.state is self.state]
        return min(leading, key=lambda step: _instant(step.due or step.opens), default=None)

    @property
    def done_steps(self) -> int:
        """How many of its steps are done."""
        return sum(1 for step in self.steps if step.state is StepState.DONE)

    @property
    def by_hand(self) -> bool:
        """Whether only a tick by hand can show that it is done."""
        return self.item.step is None and self.item.proved_by is None


@dataclass(frozen=True, slots=True)
class Dont:
    """One don't in one round."""

    item: DontItem
    because: Situation | None
    """The situation that makes it matter now; None: it does not, for now."""

    @property
    def matters(self) -> bool:
        """Whether it matters now."""
        return self.because is not None


def dos(checklist: Checklist, standing: Standing) -> tuple[Do, ...]:
    """What to do in this round, in order of time. Nothing for a round that was not held."""
    if standing.round.interview.state is not RoundState.HELD:
        return ()
    given = situations(standing)
    found = (
        _carried(item, standing) if item.step else _standing_alone(item, standing, given) for item in checklist.dos
    )
    # A window in dates opens at midnight, on the day of the interview before the interview itself.
    end = standing.round.interview.ended_at
    return tuple(sorted((do for do in found if do), key=lambda do: max(_instant(do.opens), _instant(end))))


def donts(checklist: Checklist, standing: Standing) -> tuple[Dont, ...]:
    """Every don't, those that matter now first, and among them those for the most particular situation."""
    given = situations(standing)
    found = [
        Dont(item, next((one for one in Situation if one in item.when and one in given), None))
        for item in checklist.donts
    ]
    ranks = {situation: rank for rank, situation in enumerate(Situation)}
    return tuple(sorted(found, key=lambda dont: ranks[dont.because] if dont.because else len(ranks)))


def situations(standing: Standing) -> frozenset[Situation]:
    """Everything that is the case for this round now."""
    if standing.round.interview.state is not RoundState.HELD:
        return frozenset({Situation.ALWAYS})
    return frozenset(situation for situation, holds in _HOLDS.items() if holds(standing))


_MOST_URGENT_FIRST = (
    StepState.LATE,
    StepState.OPEN,
    StepState.UPCOMING,
    StepState.MISSED,
    StepState.DONE,
    StepState.OFF,
)


def _carried(item: DoItem, standing: Standing) -> Do | None:
    """The do with the steps that carry it, if there are any: it stands as its most urgent one does."""
    steps = tuple(step for step in standing.steps if step.name is item.step)
    if not steps:
        return None
    states = {step.state for step in steps}
    proofs = [step.done_by for step in steps if step.done_by]
    return Do(
        item=item,
        state=next(state for state in _MOST_URGENT_FIRST if state in states),
        opens=min((step.opens for step in steps), key=_instant),
        steps=steps,
        proof=max(proofs, key=lambda proof: _instant(proof.at), default=None),
    )


def _standing_alone(item: DoItem, standing: Standing, given: frozenset[Situation]) -> Do | None:
    """The do that no step carries: open while it is wanted, done once a note or a tick says so."""
    one = standing.round
    opens = _moment(item.since, one)
    if opens is None:
        return None
    tick = _tick(item, one)
    proof = Proof("tick", tick.at, tick.id) if tick else _note(item.proved_by, one, opens)
    wanted = any(situation in given for situation in item.when)
    return Do(
        item=item,
        state=StepState.DONE if proof else StepState.OPEN if wanted else StepState.OFF,
        opens=opens.astimezone(one.interview.zone),
        proof=proof,
        tick=tick,
    )


def _tick(item: DoItem, one: Round) -> Tick | None:
    """The latest tick by hand, where the item takes one."""
    ticks = [tick for tick in one.ticks if tick.item == item.id and not item.proved_by]
    return max(ticks, key=lambda tick: _instant(tick.at), default=None)


def _note(kind: MessageKind | None, one: Round, since: datetime) -> Proof | None:
    """The latest note of this kind, if it was sent since."""
    note = one.sent(kind) if kind else None
    if note is None or note.sent_at is None or _instant(note.sent_at) < _instant(since):
        return None
    return Proof(note.kind.value, note.sent_at, note.id)


def _moment(moment: Moment, one: Round) -> datetime | None:
    """When the moment came; None where it has not."""
    if moment is Moment.END:
        return one.interview.ended_at
    return min((word.at for word in one.heard if word.what == moment.value), key=_instant, default=None)


def _instant(at: datetime) -> datetime:
    """For comparing: two times of one zone compare by what the clock shows, which a repeated hour makes wrong."""
    return at.astimezone(UTC)


def _has_step(standing: Standing, name: StepName, *states: StepState) -> bool:
    return any(step.name is name and step.state in states for step in standing.steps)


def _check_in_out(standing: Standing) -> bool:
    asked = (StepName.CHECK_IN, StepName.LAST_MESSAGE)
    return _waiting(standing) and any(_has_step(standing, name, StepState.DONE) for name in asked)


def _rejected(standing: Standing) -> bool:
    return standing.round.status is Status.REJECTED


def _silent(standing: Standing) -> bool:
    return _has_step(standing, StepName.LET_GO, StepState.OPEN)


def _offer(standing: Standing) -> bool:
    return standing.round.status is Status.OFFER


def _panel_to_thank(standing: Standing) -> bool:
    return len(standing.round.met) > 1 and _to_thank(standing)


def _to_thank(standing: Standing) -> bool:
    return any(step.name is StepName.THANK_YOU and step.state.is_ahead for step in standing.steps)


def _before_check_in(standing: Standing) -> bool:
    return _waiting(standing) and _has_step(standing, StepName.CHECK_IN, StepState.UPCOMING)


def _no_date_named(standing: Standing) -> bool:
    one = standing.round
    return _waiting(standing) and one.interview.reply_by is None and not any(word.reply_by for word in one.heard)


def _advanced(standing: Standing) -> bool:
    """Whether the next round is still to come: it is prepared once, not again at every earlier round."""
    latest = standing.course.latest
    is_latest = latest is None or latest.interview.id == standing.round.interview.id
    next_is_to_come = latest is not None and latest.interview.state is RoundState.SCHEDULED
    return standing.round.status is Status.ADVANCED and (is_latest or next_is_to_come)


def _waiting(standing: Standing) -> bool:
    return standing.round.status is Status.WAITING


def _no_offer(standing: Standing) -> bool:
    offered = any(word.what is Word.OFFER for one in standing.course.rounds for word in one.heard)
    return standing.round.status in (Status.WAITING, Status.ADVANCED) and not offered


def _not_signed(standing: Standing) -> bool:
    return standing.course.status is not Status.ACCEPTED


def _always(standing: Standing) -> bool:
    del standing
    return True


_HOLDS: Mapping[Situation, Callable[[Standing], bool]] = {
    Situation.CHECK_IN_OUT: _check_in_out,
    Situation.REJECTED: _rejected,
    Situation.SILENT: _silent,
    Situation.OFFER: _offer,
    Situation.PANEL_TO_THANK: _panel_to_thank,
    Situation.TO_THANK: _to_thank,
    Situation.BEFORE_CHECK_IN: _before_check_in,
    Situation.NO_DATE_NAMED: _no_date_named,
    Situation.ADVANCED: _advanced,
    Situation.WAITING: _waiting,
    Situation.NO_OFFER: _no_offer,
    Situation.NOT_SIGNED: _not_signed,
    Situation.ALWAYS: _always,
}
