"""Stories: written as they are typed, told here and there, taken out and brought back."""

from __future__ import annotations

import pytest

from debrief.domain.facts import Interview, Story, Telling
from debrief.domain.preparation import gaps, stories_told
from debrief.errors import Conflict, Refused
from debrief.store import Store
from debrief.usecases.stories import (
    StoryEdit,
    StoryPart,
    begin_story,
    note_telling,
    rate_telling,
    remove_story,
    remove_telling,
    save_story_part,
    save_telling_note,
    tag_story,
)
from tests.unit.usecases.a_record import ANY_SCRIPT, ME, NOW, logged


@pytest.fixture
def interview(sqlite_store: Store) -> Interview:
    """Yesterday's panel."""
    return logged(sqlite_store)


@pytest.fixture
def story(sqlite_store: Store) -> Story:
    """A story just begun."""
    return begin_story(ME, sqlite_store, NOW)


def typed(store: Store, story: Story, part: StoryPart, text: str, base: str = "") -> Story:
    return save_story_part(ME, store, NOW, story.id, StoryEdit(part=part, text=text, base=base))


def undo_last(store: Store) -> None:
    with store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)


@pytest.mark.parametrize("part", StoryPart)
@pytest.mark.parametrize("text", [*ANY_SCRIPT, " blanks \n around ", "a" * 100_000])
def test_each_part_is_kept_exactly(sqlite_store: Store, story: Story, part: StoryPart, text: str) -> None:
    assert getattr(typed(sqlite_store, story, part, text), part) == text


def test_of_two_tabs_neither_overwrites_the_other(sqlite_store: Store, story: Story) -> None:
    typed(sqlite_store, story, StoryPart.ACTION, "from the first")

    with pytest.raises(Conflict) as conflict:
        typed(sqlite_store, story, StoryPart.ACTION, "from the second")

    assert isinstance(conflict.value.stored, Story)
    assert conflict.value.stored.action == "from the first"
    assert typed(sqlite_store, story, StoryPart.ACTION, "from the second", base="from the first").action == (
        "from the second"
    )


def test_two_tabs_on_two_parts_do_not_meet(sqlite_store: Store, story: Story) -> None:
    typed(sqlite_store, story, StoryPart.TITLE, "The broken scale")
    both = typed(sqlite_store, story, StoryPart.RESULT, "It was stuck.")

    assert (both.title, both.result) == ("The broken scale", "It was stuck.")


def test_a_story_taken_out_comes_back_with_where_it_was_told(
    sqlite_store: Store, story: Story, interview: Interview
) -> None:
    telling = note_telling(ME, sqlite_store, NOW, story, interview.id)

    remove_story(ME, sqlite_store, NOW, story)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.find(Story) == []
        assert unit.find(Telling) == []
    undo_last(sqlite_store)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert [found.id for found in unit.find(Story)] == [story.id]
        assert [found.id for found in unit.find(Telling)] == [telling.id]


def test_how_a_telling_landed_and_the_note_on_it_are_kept(
    sqlite_store: Store, story: Story, interview: Interview
) -> None:
    telling = note_telling(ME, sqlite_store, NOW, story, interview.id)

    rate_telling(ME, sqlite_store, NOW, telling.id, 4)
    save_telling_note(ME, sqlite_store, NOW, telling.id, note="They smiled", base="")

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (told,) = stories_told(unit.find(Story), unit.find(Telling), unit.courses())
    assert told.landed == (4,)
    assert [(one.telling.note, one.round.interview.id) for one in told.tellings] == [("They smiled", interview.id)]
    with pytest.raises(Refused, match="from 1 to 5"):
        rate_telling(ME, sqlite_store, NOW, telling.id, 6)
    with pytest.raises(Conflict):
        save_telling_note(ME, sqlite_store, NOW, telling.id, note="from another tab", base="")


def test_a_story_is_told_once_in_one_interview(sqlite_store: Store, story: Story, interview: Interview) -> None:
    note_telling(ME, sqlite_store, NOW, story, interview.id)

    with pytest.raises(Conflict):
        note_telling(ME, sqlite_store, NOW, story, interview.id)


def test_a_telling_taken_out_comes_back_by_undo(sqlite_store: Store, story: Story, interview: Interview) -> None:
    telling = note_telling(ME, sqlite_store, NOW, story, interview.id)

    remove_telling(ME, sqlite_store, NOW, telling)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.find(Telling) == []
    undo_last(sqlite_store)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.find(Telling) == [telling]


def test_gaps_are_the_competencies_that_no_story_shows(sqlite_store: Store, story: Story) -> None:
    tagged = tag_story(ME, sqlite_store, NOW, story.id, ("teamwork", "conflict"))

    assert gaps([tagged], ("teamwork", "leadership", "conflict", "learning")) == ("leadership", "learning")
    assert gaps([], ("teamwork",)) == ("teamwork",)
