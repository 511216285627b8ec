"""Stories: written as they are typed, told here and there, taken out and brought back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from debrief.domain.facts import Answer, Interview, Story, Telling
from debrief.domain.preparation import gaps, stories_told
from debrief.errors import Conflict, Refused
from debrief.store import Store
from debrief.usecases.stories import (
    NOTE,
    StoryPart,
    begin_story,
    note_telling,
    rate_telling,
    remove_story,
    remove_telling,
    save_story_part,
    save_telling_note,
    settle_story_part,
    settle_telling_note,
    tag_story,
)
from debrief.usecases.two_tabs import Typed, rivals
from tests.unit.usecases.a_record import ANY_SCRIPT, ME, NOW, logged


@pytest.fixture
def interview(sqlite_store: Store) -> Interview:
    """Yesterday's panel."""
    return logged(sqlite_store)


@pytest.fixture
def story(sqlite_store: Store) -> Story:
    """A story just begun."""
    return begin_story(ME, sqlite_store, NOW)


def typed(store: Store, story: Story, part: StoryPart, text: str, base: str = "", tab: str = "one") -> Story:
    return save_story_part(ME, store, NOW, story.id, part=part, typed=Typed(text, base, tab))


@pytest.fixture
def disputed(sqlite_store: Store, story: Story) -> Story:
    """A story whose action two tabs wrote over the same text; the first one's stands."""
    typed(sqlite_store, story, StoryPart.ACTION, "from the first")
    return typed(sqlite_store, story, StoryPart.ACTION, "from the second", tab="two")


def undo_last(store: Store) -> None:
    with store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)


@pytest.mark.parametrize("part", StoryPart)
@pytest.mark.parametrize("text", [*ANY_SCRIPT, " blanks \n around ", "a" * 100_000])
def test_each_part_is_kept_exactly(sqlite_store: Store, story: Story, part: StoryPart, text: str) -> None:
    assert getattr(typed(sqlite_store, story, part, text), part) == text


def read(store: Store, story: Story) -> Story:
    with store.unit(ME.owner, NOW) as unit:
        return unit.get(Story, story.id)


def test_of_two_tabs_neither_overwrites_the_other_and_the_record_holds_both(
    sqlite_store: Store, disputed: Story
) -> None:
    stored = read(sqlite_store, disputed)

    assert (stored.action, rivals(stored, StoryPart.ACTION)) == ("from the first", ("from the second",))


def test_two_tabs_on_two_parts_do_not_meet(sqlite_store: Store, story: Story) -> None:
    typed(sqlite_store, story, StoryPart.TITLE, "The broken scale")
    both = typed(sqlite_store, story, StoryPart.RESULT, "It was stuck.", tab="two")

    assert (both.title, both.result, both.set_aside) == ("The broken scale", "It was stuck.", ())


def test_a_tab_that_types_on_replaces_what_it_had_set_aside_in_this_part_alone(
    sqlite_store: Store, disputed: Story
) -> None:
    typed(sqlite_store, disputed, StoryPart.TITLE, "The scale")
    typed(sqlite_store, disputed, StoryPart.TITLE, "The broken scale", tab="two")
    typed(sqlite_store, disputed, StoryPart.ACTION, "from the third", tab="three")

    kept = typed(sqlite_store, disputed, StoryPart.ACTION, "from the second, and more", tab="two")

    assert rivals(kept, StoryPart.ACTION) == ("from the third", "from the second, and more")
    assert rivals(kept, StoryPart.TITLE) == ("The broken scale",)


def test_the_tab_that_was_first_types_on_beside_the_other_text(sqlite_store: Store, disputed: Story) -> None:
    kept = typed(sqlite_store, disputed, StoryPart.ACTION, "from the first, and more", base="from the first")

    assert (kept.action, rivals(kept, StoryPart.ACTION)) == ("from the first, and more", ("from the second",))


@pytest.mark.parametrize(
    ("text", "base", "tab"), [("from the first", "", "two"), ("from the second", "from the first", "one")]
)
def test_a_conflict_ends_when_the_texts_have_become_the_same(
    sqlite_store: Store, disputed: Story, text: str, base: str, tab: str
) -> None:
    kept = typed(sqlite_store, disputed, StoryPart.ACTION, text, base, tab)

    assert (kept.action, kept.set_aside) == (text, ())


def test_emptying_a_text_that_another_tab_changed_is_a_conflict_too(sqlite_store: Store, story: Story) -> None:
    typed(sqlite_store, story, StoryPart.ACTION, "there")
    typed(sqlite_store, story, StoryPart.ACTION, "there, changed", base="there")

    kept = typed(sqlite_store, story, StoryPart.ACTION, "", base="there", tab="two")

    assert (kept.action, rivals(kept, StoryPart.ACTION)) == ("there, changed", ("",))


def test_choosing_keeps_the_text_and_ends_the_conflict_over_this_part_alone(
    sqlite_store: Store, disputed: Story
) -> None:
    typed(sqlite_store, disputed, StoryPart.TITLE, "The scale")
    typed(sqlite_store, disputed, StoryPart.TITLE, "The broken scale", tab="two")

    chosen = settle_story_part(ME, sqlite_store, NOW, disputed, part=StoryPart.ACTION, text="from the second")

    assert (chosen.action, rivals(chosen, StoryPart.ACTION)) == ("from the second", ())
    assert (chosen.title, rivals(chosen, StoryPart.TITLE)) == ("The scale", ("The broken scale",))


@pytest.mark.parametrize(("text", "base", "tab"), [("and more", "", "two"), ("changed", "from the first", "one")])
def test_choosing_among_texts_of_which_one_moved_on_is_refused_and_loses_nothing(
    sqlite_store: Store, disputed: Story, text: str, base: str, tab: str
) -> None:
    newer = typed(sqlite_store, disputed, StoryPart.ACTION, text, base, tab)

    with pytest.raises(Conflict, match="changed once more"):
        settle_story_part(ME, sqlite_store, NOW, disputed, part=StoryPart.ACTION, text="from the first")

    assert read(sqlite_store, disputed) == newer


def test_tabs_that_save_in_the_same_moment_keep_every_text(store: Store) -> None:
    story = begin_story(ME, store, NOW)
    names = ("first", "second", "third")
    together = Barrier(len(names))

    def save(name: str) -> None:
        together.wait()
        typed(store, story, StoryPart.ACTION, f"from the {name}", tab=name)

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(save, names))

    kept = read(store, story)
    assert {kept.action, *rivals(kept, StoryPart.ACTION)} == {f"from the {name}" for name in names}


@pytest.mark.parametrize("entry", [None, 3, "text", [], {}, {"field": "action"}, {"field": ["action"], "text": None}])
def test_what_a_file_put_among_the_texts_set_aside_stops_nobody_from_typing(
    sqlite_store: Store, story: Story, entry: Answer
) -> None:
    with sqlite_store.unit(ME.owner, NOW) as unit:
        unit.change(replace(story, set_aside=(entry,)))

    typed(sqlite_store, story, StoryPart.ACTION, "from the first")
    kept = typed(sqlite_store, story, StoryPart.ACTION, "from the second", tab="two")

    assert (kept.action, rivals(kept, StoryPart.ACTION)[-1]) == ("from the first", "from the second")


def test_a_story_taken_out_comes_back_with_what_was_set_aside(sqlite_store: Store, disputed: Story) -> None:
    remove_story(ME, sqlite_store, NOW, disputed)
    undo_last(sqlite_store)

    assert rivals(read(sqlite_store, disputed), StoryPart.ACTION) == ("from the second",)


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
    save_telling_note(ME, sqlite_store, NOW, telling.id, Typed("They smiled", "", "one"))

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (told,) = stories_told(unit.find(Story), unit.find(Telling), unit.courses())
    assert told.landed == (4,)
    assert [(one.telling.note, one.round.interview.id) for one in told.tellings] == [("They smiled", interview.id)]
    with pytest.raises(Refused, match="from 1 to 5"):
        rate_telling(ME, sqlite_store, NOW, telling.id, 6)


def test_two_tabs_on_the_note_of_a_telling_keep_both_texts_until_one_is_chosen(
    sqlite_store: Store, story: Story, interview: Interview
) -> None:
    telling = note_telling(ME, sqlite_store, NOW, story, interview.id)
    save_telling_note(ME, sqlite_store, NOW, telling.id, Typed("They smiled", "", "one"))

    at_odds = save_telling_note(ME, sqlite_store, NOW, telling.id, Typed("They frowned", "", "two"))
    assert (at_odds.note, rivals(at_odds, NOTE)) == ("They smiled", ("They frowned",))
    rated = rate_telling(ME, sqlite_store, NOW, telling.id, 2)
    settled = settle_telling_note(ME, sqlite_store, NOW, at_odds, "They frowned")

    assert rated.set_aside == at_odds.set_aside
    assert (settled.note, settled.landed, settled.set_aside) == ("They frowned", 2, ())
    with pytest.raises(Conflict):
        settle_telling_note(ME, sqlite_store, NOW, at_odds, "They smiled")


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
