"""Stories: answers worth keeping, written as they are typed, with where each was told and how it landed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from debrief.domain.checks import checked_text
from debrief.domain.facts import Application, Interview, Story, Telling
from debrief.errors import Conflict, Refused
from debrief.store import Store
from debrief.usecases.actor import Actor


class StoryPart(StrEnum):
    """What a story is written in."""

    TITLE = "title"
    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class StoryEdit:
    """One part of a story as it stands in a tab, and what that tab had read before."""

    part: StoryPart
    text: str
    base: str


def begin_story(actor: Actor, store: Store, now: datetime) -> Story:
    """A story without words yet."""
    with store.unit(actor.owner, now, "Began a story") as unit:
        return unit.add(Story(title="", created_at=now))


def save_story_part(actor: Actor, store: Store, now: datetime, story_id: str, edit: StoryEdit) -> Story:
    """Keeps one part of a story as it is typed; it is not journaled.

    Raises Conflict, with the story as stored, where another tab changed this
    part since it was read; that text stays until the user has chosen.
    """
    checked_text(edit.text, f"The {edit.part}", field=edit.part)
    with store.unit(actor.owner, now) as unit:
        story = unit.get(Story, story_id)
        held = getattr(story, edit.part)
        if held == edit.text:
            return story
        if held != edit.base:
            raise Conflict("Another tab changed this story meanwhile. Choose which text to keep.", stored=story)
        return unit.change(replace(story, **{edit.part.value: edit.text}))


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


def save_telling_note(actor: Actor, store: Store, now: datetime, telling_id: str, *, note: str, base: str) -> Telling:
    """Keeps the note on a telling as it is typed. Raises Conflict as `save_story_part` does."""
    checked_text(note, "The note", field="note")
    with store.unit(actor.owner, now) as unit:
        telling = unit.get(Telling, telling_id)
        if telling.note == note:
            return telling
        if telling.note != base:
            raise Conflict("Another tab changed this note meanwhile. Choose which text to keep.", stored=telling)
        return unit.change(replace(telling, note=note))


def remove_telling(actor: Actor, store: Store, now: datetime, telling: Telling) -> None:
    """Takes out that a story was told in an interview."""
    employer = _employer(actor, store, now, telling.interview_id)
    with store.unit(actor.owner, now, f"Took out that a story was told at {employer}") as unit:
        unit.remove(unit.get(Telling, telling.id))


def _called(story: Story) -> str:
    return f"the story “{story.title}”" if story.title else "a story without a title"


def _employer(actor: Actor, store: Store, now: datetime, interview_id: str) -> str:
    with store.unit(actor.owner, now) as unit:
        return unit.get(Application, unit.get(Interview, interview_id).application_id).employer
