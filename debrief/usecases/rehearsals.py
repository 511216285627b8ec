"""Rehearsing for five minutes: one hard question at a time, timed, then marked by oneself.

Where a sitting stands is kept in a setting with each step, so a reload or a
crash loses neither the question nor the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from debrief.domain.facts import Answer, Interview, Rehearsal
from debrief.domain.preparation import questions_met
from debrief.domain.rehearsing import Practice, to_rehearse
from debrief.errors import Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

SITTING_SETTING = "rehearsal"
LENGTH = timedelta(minutes=5)
"""How long a sitting takes: no new question is put after it."""
FORGOTTEN_AFTER = timedelta(minutes=30)
"""Whoever left a question that long ago has gone away."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where a rehearsal stands."""

    started_at: datetime
    interview_id: str
    question: str
    """The one being rehearsed, as it was asked in that interview; "" once the sitting is over."""
    asked_at: datetime
    seconds: int | None = None
    """How long the answer took, once it was given."""
    seen: tuple[str, ...] = ()
    """The questions that were put in this sitting."""
    rated: tuple[str, ...] = ()
    """The ids of the rehearsals that came of it."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is asked any more."""
        return not self.question


def practices(unit: Unit) -> tuple[Practice, ...]:
    """Every hard question with its rehearsals, the weakest and least rehearsed first."""
    return to_rehearse(questions_met(unit.courses()), unit.find(Rehearsal))


def sitting_in(unit: Unit) -> Sitting | None:
    """The sitting that is going on or was just ended; None where there is none, or it was left long ago."""
    stored = _read(unit.setting(SITTING_SETTING))
    if stored is None or unit.now - stored.asked_at > FORGOTTEN_AFTER:
        return None
    return stored


def is_sitting(stored: Answer) -> bool:
    """Whether the setting can hold this: a sitting that can be read, or none."""
    return stored is None or _read(stored) is not None


def begin_sitting(actor: Actor, store: Store, now: datetime) -> Sitting:
    """Puts the first question. Raises Refused where there is none to rehearse."""
    with store.unit(actor.owner, now) as unit:
        fresh = Sitting(started_at=now, interview_id="", question="", asked_at=now)
        begun = _next(unit, fresh)
        if begun.is_over:
            raise Refused("There is no hard question to rehearse yet. Write one down when you reflect.")
        return _keep(unit, begun)


def answer_given(actor: Actor, store: Store, now: datetime) -> Sitting:
    """Stops the clock on the question."""
    with store.unit(actor.owner, now) as unit:
        current = _going_on(unit)
        seconds = int((now - current.asked_at).total_seconds())
        return _keep(unit, current if current.seconds is not None else replace(current, seconds=seconds))


def rate_answer(actor: Actor, store: Store, now: datetime, rating: int) -> Sitting:
    """Keeps how the answer went, 1 (lost) to 5 (ready), and puts the next question while the five minutes last."""
    if not 1 <= rating <= 5:
        raise Refused("The mark is a whole number from 1 to 5. Choose one of them.", field="rating")
    with store.unit(actor.owner, now) as unit:
        question = _going_on(unit).question
    with store.unit(actor.owner, now, f"Rehearsed “{question}”") as unit:
        current = _going_on(unit)
        unit.get(Interview, current.interview_id)
        seconds = current.seconds if current.seconds is not None else int((now - current.asked_at).total_seconds())
        kept = unit.add(
            Rehearsal(
                interview_id=current.interview_id,
                question=current.question,
                seconds=max(0, seconds),
                rating=rating,
                at=now,
            )
        )
        return _keep(unit, _next(unit, replace(current, rated=(*current.rated, kept.id))))


def skip_question(actor: Actor, store: Store, now: datetime) -> Sitting:
    """Leaves a question without a mark and puts the next one."""
    with store.unit(actor.owner, now) as unit:
        return _keep(unit, _next(unit, _going_on(unit)))


def end_sitting(actor: Actor, store: Store, now: datetime) -> Sitting:
    """Ends the sitting; what was marked stays."""
    with store.unit(actor.owner, now) as unit:
        return _keep(unit, replace(_going_on(unit), interview_id="", question="", asked_at=now, seconds=None))


def forget_sitting(actor: Actor, store: Store, now: datetime) -> None:
    """Puts the sitting away, so that another one can begin."""
    with store.unit(actor.owner, now) as unit:
        unit.set_setting(SITTING_SETTING, None)


def _going_on(unit: Unit) -> Sitting:
    current = sitting_in(unit)
    if current is None or current.is_over:
        raise Refused("This rehearsal is over. Begin another one.")
    return current


def _next(unit: Unit, current: Sitting) -> Sitting:
    """The sitting with its next question; over where the time or the questions have run out."""
    left = [one for one in practices(unit) if one.question.asked not in current.seen]
    base = replace(current, interview_id="", question="", asked_at=unit.now, seconds=None)
    if not left or unit.now - current.started_at >= LENGTH:
        return base
    interview_id, asked = left[0].key
    return replace(base, interview_id=interview_id, question=asked, seen=(*current.seen, asked))


def _keep(unit: Unit, current: Sitting) -> Sitting:
    value: Answer = {
        "started_at": current.started_at.isoformat(),
        "interview_id": current.interview_id,
        "question": current.question,
        "asked_at": current.asked_at.isoformat(),
        "seconds": current.seconds,
        "seen": [*current.seen],
        "rated": [*current.rated],
    }
    unit.set_setting(SITTING_SETTING, value)
    return current


def _read(stored: Answer) -> Sitting | None:
    """The sitting that was kept; None where there is none, or none that can be read."""
    match stored:
        case {
            "started_at": str(started),
            "interview_id": str(interview_id),
            "question": str(question),
            "asked_at": str(asked),
        }:
            started_at, asked_at = _moment(started), _moment(asked)
        case _:
            return None
    if started_at is None or asked_at is None:
        return None
    seconds, seen, rated = (stored.get(key) for key in ("seconds", "seen", "rated"))
    return Sitting(
        started_at=started_at,
        interview_id=interview_id,
        question=question,
        asked_at=asked_at,
        seconds=seconds if isinstance(seconds, int) else None,
        seen=tuple(map(str, seen)) if isinstance(seen, list) else (),
        rated=tuple(map(str, rated)) if isinstance(rated, list) else (),
    )


def _moment(text: str) -> datetime | None:
    """The instant that a text says, if it says one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
