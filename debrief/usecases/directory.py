"""The directory of the record, read by columns: no course is built, however many applications there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from debrief.domain.courses import NOTHING_YET, status_of
from debrief.domain.directory import Directory, Listed, directory_of
from debrief.domain.facts import (
    Application,
    Decision,
    Fact,
    Heard,
    Interview,
    Meeting,
    Person,
    RoundState,
)
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

RESTS_ON: tuple[type[Fact], ...] = (Application, Interview, Person, Meeting, Heard, Decision)
"""The kinds of facts that a directory is made of."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """A round, as far as lists need it."""

    id: str
    ended_at: datetime
    state: RoundState


def directory(actor: Actor, store: Store, now: datetime) -> Directory:
    """All applications of the actor."""
    with store.unit(actor.owner, now) as unit:
        return read_directory(unit)


def read_directory(unit: Unit) -> Directory:
    """All applications, as lists show and narrow them."""
    rounds, met = _rounds(unit), _names_met(unit)
    words, decisions = _by_interview(unit, Heard), _by_interview(unit, Decision)

    def listed(id_: str, employer: str, role: str) -> Listed:
        own = rounds.get(id_, [])
        last = own[-1] if own else None
        names = dict.fromkeys(name for one in own for name in met.get(one.id, ()))
        return Listed(
            id=id_,
            employer=employer,
            role=role,
            status=status_of(last.state, words.get(last.id, ()), decisions.get(last.id, ())) if last else NOTHING_YET,
            ended_at=last.ended_at if last else None,
            next_at=min((one.ended_at for one in own if one.state is RoundState.SCHEDULED), default=None),
            words=" ".join((employer, role, *names)).casefold(),
        )

    known = unit.columns(Application, ("id", "employer", "role"))
    return directory_of([listed(*row) for row in zip(*known.values(), strict=True)])


def _rounds(unit: Unit) -> Mapping[str, list[_Ended]]:
    """The rounds of each application in order of time."""
    columns = unit.columns(Interview, ("application_id", "id", "ended_at", "state"))
    found: dict[str, list[_Ended]] = defaultdict(list)
    for application_id, *one in zip(*columns.values(), strict=True):
        found[application_id].append(_Ended(*one))
    return found


def _by_interview(unit: Unit, kind: type[Heard | Decision]) -> Mapping[str, list[tuple[datetime, Any]]]:
    """What was heard or decided in each round, and when."""
    columns = unit.columns(kind, ("interview_id", "at", "what"))
    found: dict[str, list[tuple[datetime, Any]]] = defaultdict(list)
    for interview_id, at, what in zip(*columns.values(), strict=True):
        found[interview_id].append((at, what))
    return found


def _names_met(unit: Unit) -> Mapping[str, list[str]]:
    """The names of those met in each round."""
    people = unit.columns(Person, ("id", "name"))
    names = dict(zip(people["id"], people["name"], strict=True))
    found: dict[str, list[str]] = defaultdict(list)
    for interview_id, person_id in zip(*unit.columns(Meeting, ("interview_id", "person_id")).values(), strict=True):
        found[interview_id].append(names[person_id])
    return found
