"""What a change did to the steps: they are looked at before and after it, and the difference is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from debrief.domain.agenda import Due, steps_of
from debrief.domain.moves import Move, moves_in_words, what_moved
from debrief.domain.rules import RuleBook
from debrief.public_holidays import working_days
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import rules_in_force


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the steps of one round, and why."""

    employer: str
    moves: tuple[Move, ...]
    because: str = ""

    def sentence(self) -> str:
        """All of it in one sentence: "Check-in moved from 3 to 10 March: Acme named 9 March"."""
        told = moves_in_words(self.moves)
        return f"{told[0].upper()}{told[1:]}{': ' + self.because if self.because else ''}"


def steps_listed(
    actor: Actor, store: Store, now: datetime, book: RuleBook, application_id: str | None = None
) -> tuple[Due, ...]:
    """Every step of one application, or of all, under the rules in force. Raises NotFound for an unknown one."""
    rules = rules_in_force(actor, store, now, book)
    with store.unit(actor.owner, now) as unit:
        courses = unit.courses() if application_id is None else (unit.course(application_id),)
    return tuple(due for course in courses for due in steps_of(course, rules, working_days, now))


def moved_between(before: Iterable[Due], after: Iterable[Due], because: str = "") -> tuple[Moved, ...]:
    """What became of the steps of every round that is listed both before and after."""
    was, now = _by_round(before), _by_round(after)
    told = (
        Moved(
            employer=dues[0].course.application.employer,
            moves=what_moved([due.step for due in was[interview_id]], [due.step for due in dues]),
            because=because,
        )
        for interview_id, dues in now.items()
        if interview_id in was
    )
    return tuple(moved for moved in told if moved.moves)


def _by_round(dues: Iterable[Due]) -> Mapping[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for due in dues:
        found.setdefault(due.round.interview.id, []).append(due)
    return found
