"""The sample history: looked around in, and gone again in one click without touching the user's own rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from debrief.domain.facts import Application, Fact, Interview, Lesson, Meeting, Person, Story
from debrief.exchange.sample_history import ORIGIN, read_sample
from debrief.store import Store, Unit
from debrief.store.mapping import KINDS
from debrief.usecases.actor import Actor

_KINDS_WITH_ORIGIN = (Application, Interview, Person, Lesson, Story)


def load_sample(actor: Actor, store: Store, now: datetime) -> int:
    """Adds the sample history as of `now` and gives the number of its interviews; 0 where it is there already."""
    with store.unit(actor.owner, now, "Loaded the sample history") as unit:
        if _is_loaded(unit):
            return 0
        facts = read_sample(now)
        unit.add_all(sorted(facts, key=_rank))
    return sum(isinstance(fact, Interview) for fact in facts)


def remove_sample(actor: Actor, store: Store, now: datetime) -> int:
    """Takes the sample history away and gives the number of interviews that went; 0 where there was none.

    What the user added stays. An application, or a person met, that one of the
    user's own interviews needs becomes the user's own; so does a lesson or a
    story that the user also tied to an own interview.
    """
    with store.unit(actor.owner, now, "Removed the sample history") as unit:
        interviews = [interview for interview in unit.find(Interview) if interview.origin == ORIGIN]
        gone = frozenset(interview.id for interview in interviews)
        _let_lessons_and_stories_go(unit, gone)
        for interview in interviews:
            unit.remove(interview)
        used = {interview.application_id for interview in unit.find(Interview)}
        met = {meeting.person_id for meeting in unit.find(Meeting)}
        _keep_or_remove(unit, Application, used)
        _keep_or_remove(unit, Person, met)
    return len(interviews)


def sample_loaded(actor: Actor, store: Store, now: datetime) -> bool:
    """Whether anything of the sample history is in the record."""
    with store.unit(actor.owner, now) as unit:
        return _is_loaded(unit)


def _rank(fact: Fact) -> int:
    """Parents before children, and facts of a kind together, which the store adds fastest."""
    return KINDS.index(type(fact))


def _is_loaded(unit: Unit) -> bool:
    return any(fact.origin == ORIGIN for kind in _KINDS_WITH_ORIGIN for fact in unit.find(kind))


def _let_lessons_and_stories_go(unit: Unit, gone: frozenset[str]) -> None:
    """Removes those of the sample; where own interviews are tied to one too, only the ties to the sample go."""
    for kept in (*unit.find(Lesson), *unit.find(Story)):
        own = tuple(one for one in kept.interview_ids if one not in gone)
        if kept.origin == ORIGIN and not own:
            unit.remove(kept)
        elif kept.origin == ORIGIN or own != kept.interview_ids:
            unit.change(replace(kept, interview_ids=own, origin=""))


def _keep_or_remove(unit: Unit, kind: type[Application | Person], needed: set[str]) -> None:
    for fact in unit.find(kind):
        if fact.origin != ORIGIN:
            continue
        if fact.id in needed:
            unit.change(replace(fact, origin=""))
        else:
            unit.remove(fact)
