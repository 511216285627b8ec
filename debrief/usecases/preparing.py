"""Preparing: what to look at before one interview."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.facts import Lesson, Story, Telling
from debrief.domain.preparation import Preparation, StoryTold, preparation, stories_told
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor


def told_stories(unit: Unit) -> tuple[StoryTold, ...]:
    """Every story with where it was told."""
    return stories_told(unit.find(Story), unit.find(Telling), unit.courses())


def prepared(actor: Actor, store: Store, now: datetime, application_id: str | None) -> Preparation:
    """What to look at before the next round of an application; before a new employer where it is None."""
    with store.unit(actor.owner, now) as unit:
        return preparation(unit.courses(), application_id, unit.find(Lesson), told_stories(unit))
