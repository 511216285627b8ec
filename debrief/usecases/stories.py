"""Stories: answers worth keeping, written as they are typed, with where each was told and how it landed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from debrief.domain.checks import checked_text
from debrief.domain.facts import Application, Interview, Story, Telling
from debrief.errors import Conflict, Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.two_tabs import Typed, WrittenT, giving_way, rivals, with_chosen, with_typed

NOTE = "note"
"""The field of a telling that is typed."""


class StoryPart(StrEnum):
    """What a story is written in."""

    TITLE = "title"
    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


def begin_story(actor: Actor, store: Store, now: datetime) -> Story:
    """A story without words yet."""
    with store.unit(actor.owner, now, "Began a story") as unit:
        return unit.add(Story(title="", created_at=now))


def save_story_part(
    actor: Actor, store: Store, now: datetime, story_id: str, *, part: StoryPart, typed: Typed
) -> Story:
    """Keeps one part of a story as it is typed; it is not journaled.

    Where another tab changed this part meanwhile, both texts are kept and the choice is left open: the stored one
    stays, this one is set aside (see `rivals`).
    """
    checked_text(typed.text, f"The {part}", field=part)

    def save() -> Story:
        with store.unit(actor.owner, now) as unit:
            return _keep(unit, unit.get(Story, story_id), part.value, typed)

    return giving_way(save)


def settle_story_part(actor: Actor, store: Store, now: datetime, story: Story, *, part: StoryPart, text: str) -> Story:
    """Ends a conflict over one part with the text that the user chose; `story` is what the choice was made on.

    Raises Conflict where this part changed since.
    """
    with store.unit(actor.owner, now) as unit:
        return _settle(unit, story, part.value, text)


def tag_story(actor: Actor, store: Store, now: datetime, story_id: str, competencies: tuple[str, ...]) -> Story:
    """Says what a story shows, by the competencies' ids."""
    with store.unit(actor.owner, now) as unit:
        return unit.change(replace(unit.get(Story, story_id), competencies=competencies))


def remove_story(actor: Actor, store: Store, now: datetime, story: Story) -> None:
    """Takes a story out with where it was told; undoing brings all of it back."""
    with store.unit(actor.owner, now, f"Took out {_called(story)}") as unit:
        unit.remove(unit.get(Story, story.id))


def note_telling(actor: Actor, store: Store, now: datetime, story: Story, interview_id: str) -> Telling:
    """Notes that a story was told in an interview."""
    employer = _employer(actor, store, now, interview_id)
    with store.unit(actor.owner, now, f"Told {_called(story)} at {employer}") as unit:
        return unit.add(Telling(story_id=story.id, interview_id=interview_id))


def rate_telling(actor: Actor, store: Store, now: datetime, telling_id: str, landed: int | None) -> Telling:
    """Says how a story landed: 1 (fell flat) to 5 (landed), None for no mark."""
    if landed is not None and not 1 <= landed <= 5:
        raise Refused("How it landed is a whole number from 1 to 5. Choose one of them.", field="landed")
    with store.unit(actor.owner, now) as unit:
        return unit.change(replace(unit.get(Telling, telling_id), landed=landed))


def save_telling_note(actor: Actor, store: Store, now: datetime, telling_id: str, typed: Typed) -> Telling:
    """Keeps the note on a telling as it is typed; of two tabs it keeps both texts, as `save_story_part` does."""
    checked_text(typed.text, "The note", field=NOTE)

    def save() -> Telling:
        with store.unit(actor.owner, now) as unit:
            return _keep(unit, unit.get(Telling, telling_id), NOTE, typed)

    return giving_way(save)


def settle_telling_note(actor: Actor, store: Store, now: datetime, telling: Telling, text: str) -> Telling:
    """Ends a conflict over the note on a telling, as `settle_story_part` does."""
    with store.unit(actor.owner, now) as unit:
        return _settle(unit, telling, NOTE, text)


def remove_telling(actor: Actor, store: Store, now: datetime, telling: Telling) -> None:
    """Takes out that a story was told in an interview."""
    employer = _employer(actor, store, now, telling.interview_id)
    with store.unit(actor.owner, now, f"Took out that a story was told at {employer}") as unit:
        unit.remove(unit.get(Telling, telling.id))


def _keep(unit: Unit, stored: WrittenT, field: str, typed: Typed) -> WrittenT:
    kept = with_typed(stored, field, typed)
    return stored if kept == stored else unit.change(kept)


def _settle(unit: Unit, seen: WrittenT, field: str, text: str) -> WrittenT:
    stored = unit.get(type(seen), seen.id)
    if _versions(stored, field) != _versions(seen, field):
        raise Conflict("This text changed once more in another tab. Look at it again, then choose.", stored=stored)
    return unit.change(with_chosen(stored, field, text))


def _versions(fact: Story | Telling, field: str) -> tuple[str, ...]:
    return getattr(fact, field), *rivals(fact, field)


def _called(story: Story) -> str:
    return f"the story “{story.title}”" if story.title else "a story without a title"


def _employer(actor: Actor, store: Store, now: datetime, interview_id: str) -> str:
    with store.unit(actor.owner, now) as unit:
        return unit.get(Application, unit.get(Interview, interview_id).application_id).employer
