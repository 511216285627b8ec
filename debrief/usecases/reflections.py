"""Reflecting: begun once, answered one question at a time, finished with what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from debrief.domain.facts import Answer, Depth, Interview, Reflection, ReflectionAnswer
from debrief.errors import Conflict
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.two_tabs import aside_of_others, giving_way


@dataclass(frozen=True, slots=True)
class Writing:
    """One save: which answer, what it says now, what was read before, and which tab writes."""

    question: str
    value: Answer
    base: Answer
    """The answer that this tab saw before the edit; None where there was none."""
    tab: str
    label: str | None = None
    """What the journal says of it, where it can be undone; saving as typed is not journaled."""


def begin(
    actor: Actor,
    store: Store,
    now: datetime,
    interview_id: str,
    *,
    questionnaire: int,
    depth: Depth = Depth.SHORT,
) -> Reflection:
    """The reflection of an interview, begun now if there is none yet."""
    fresh = Reflection(interview_id=interview_id, questionnaire=questionnaire, depth=depth, started_at=now)
    return giving_way(lambda: _begun(actor, store, now, fresh))


def answer(actor: Actor, store: Store, now: datetime, fresh: Reflection, writing: Writing) -> ReflectionAnswer:
    """Keeps an answer as `save_answer` does; where the interview has no reflection yet, `fresh` is begun with it.

    Looking at the questions therefore begins nothing.
    """
    begun = begin(actor, store, now, fresh.interview_id, questionnaire=fresh.questionnaire, depth=fresh.depth)
    return save_answer(actor, store, now, begun.id, writing)


def choose_depth(actor: Actor, store: Store, now: datetime, reflection_id: str, depth: Depth) -> Reflection:
    """Changes how much is asked; answers are shared by both depths."""
    with store.unit(actor.owner, now) as unit:
        reflection = unit.get(Reflection, reflection_id)
        return unit.change(replace(reflection, depth=depth))


def save_answer(actor: Actor, store: Store, now: datetime, reflection_id: str, writing: Writing) -> ReflectionAnswer:
    """Keeps an answer. Where another tab changed it meanwhile, both texts are kept and the choice is left open:
    the stored answer stays, this one is set aside (`set_aside` is not empty then).
    """
    return giving_way(lambda: _save(actor, store, now, reflection_id, writing))


def _begun(actor: Actor, store: Store, now: datetime, fresh: Reflection) -> Reflection:
    with store.unit(actor.owner, now) as unit:
        unit.get(Interview, fresh.interview_id)
        begun = unit.find(Reflection, interview_id=fresh.interview_id)
        return begun[0] if begun else unit.add(fresh)


def _save(actor: Actor, store: Store, now: datetime, reflection_id: str, writing: Writing) -> ReflectionAnswer:
    with store.unit(actor.owner, now, writing.label) as unit:
        stored = _stored(unit, reflection_id, writing.question)
        if stored is None:
            return unit.add(
                ReflectionAnswer(
                    reflection_id=reflection_id, question=writing.question, value=writing.value, saved_at=now
                )
            )
        others = aside_of_others(stored.set_aside, writing.tab)
        if writing.value == stored.value:
            return stored if others == stored.set_aside else unit.change(replace(stored, set_aside=others))
        if writing.base == stored.value and others == stored.set_aside:
            return unit.change(replace(stored, value=writing.value, saved_at=now))
        aside: Answer = {"by": writing.tab, "value": writing.value}
        return unit.change(replace(stored, set_aside=(*others, aside), saved_at=now))


def settle(actor: Actor, store: Store, now: datetime, answer: ReflectionAnswer, value: Answer) -> ReflectionAnswer:
    """Ends a conflict with the text that the user chose; `answer` is the version on which the choice was made."""
    with store.unit(actor.owner, now) as unit:
        stored = unit.get(ReflectionAnswer, answer.id)
        if stored.version != answer.version:
            raise Conflict(
                "This answer changed once more in another tab. Look at it again, then choose.", stored=stored
            )
        return unit.change(replace(stored, value=value, set_aside=(), saved_at=now))


def texts_set_aside(answer: ReflectionAnswer) -> tuple[Answer, ...]:
    """What other tabs wrote, without who wrote it."""
    return tuple(entry["value"] for entry in answer.set_aside if isinstance(entry, dict))


def _stored(unit: Unit, reflection_id: str, question: str) -> ReflectionAnswer | None:
    found = unit.find(ReflectionAnswer, reflection_id=reflection_id, question=question)
    return found[0] if found else None
