"""Prepare: lessons first, stories written and told, a rehearsal that survives, and one page to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from debrief.content import load_content
from debrief.domain.facts import Interview, Lesson, LessonState, Rehearsal, Story, Telling
from debrief.exchange.document import Fields, texts_of
from debrief.exchange.preparation import preparation_page
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.preparing import prepared
from debrief.usecases.reflections import Writing, begin, save_answer
from debrief.usecases.sample import load_sample
from debrief.usecases.stories import StoryPart, note_telling
from debrief.usecases.two_tabs import rivals
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, press, told, typed_into
from tests.app.test_pages import NOW
from tests.unit.usecases.a_record import logged

QUESTION = "Why did you leave?"


@pytest.fixture
def interview(record: Store, actor: Actor) -> Interview:
    """A panel in March with a hard question, a promise and a lesson."""
    interview = logged(record)
    reflection = begin(actor, record, NOW, interview.id, questionnaire=1)
    answers: dict[str, Any] = {
        "hard_questions": [{"asked": QUESTION, "went": 2, "action": "Say it in one calm sentence"}],
        "mine": ["the link to my notebook"],
        "theirs": ["a date for the second round"],
        "not_asked": ["Who owns the data?"],
        "calm": 2,
    }
    for question, value in answers.items():
        writing = Writing(question=question, value=value, base=None, tab="elsewhere")
        save_answer(actor, record, NOW, reflection.id, writing)
    with record.unit(actor.owner, NOW) as unit:
        unit.add(Lesson(text="Breathe out first", area="Staying calm", interview_ids=(interview.id,), created_at=NOW))
    return interview


def found(record: Store, kind: Any) -> list[Any]:
    with record.unit(Actor().owner, NOW) as unit:
        return unit.find(kind)


def texts(app: AppTest) -> str:
    return told(app) + "\n".join(expander.label for expander in app.expander)


def test_what_was_said_and_promised_stands_there_before_the_next_round(
    open_page: OpenPage, interview: Interview
) -> None:
    app = open_page("prepare")

    page = texts(app)
    assert page.index("Lessons to take in") < page.index("Promises to keep") < page.index("What they said last time")
    for words in (
        "Breathe out first",
        "the link to my notebook",
        "a date for the second round",
        "Who owns the data?",
        QUESTION,
    ):
        assert words in page
    assert "What came of it: waiting for an answer" in page


def test_a_lesson_shows_where_it_came_from_and_moves_on_in_one_press(
    open_page: OpenPage, record: Store, interview: Interview
) -> None:
    app = open_page("prepare", part="lessons")
    assert "Staying calm: 2 where it came from, no later mark yet" in told(app)
    assert "From Brightwater Energy, Panel, Tuesday 3 March" in told(app)

    chosen(app, "How far: Breathe out first", LessonState.LEARNED)

    (lesson,) = found(record, Lesson)
    assert (lesson.state, lesson.learned_at) == (LessonState.LEARNED, NOW)
    press(app, "Undo")
    assert found(record, Lesson)[0].state is LessonState.OPEN


def test_two_lessons_that_sound_alike_are_offered_joined_on_a_press_and_taken_apart_again(
    open_page: OpenPage, record: Store, actor: Actor, interview: Interview
) -> None:
    with record.unit(actor.owner, NOW) as unit:
        unit.add(Lesson(text="First breathe out", created_at=NOW + timedelta(minutes=1)))
    app = open_page("prepare", part="lessons")
    assert "These two sound alike" in told(app)
    assert len(found(record, Lesson)) == 2

    press(app, "Join, in these words")
    assert [lesson.text for lesson in found(record, Lesson)] == ["Breathe out first"]
    press(app, "Undo")
    assert len(found(record, Lesson)) == 2

    press(app, "They are two")
    assert "These two sound alike" not in told(app)


def test_a_story_is_written_tagged_told_and_taken_out(open_page: OpenPage, record: Store, interview: Interview) -> None:
    app = open_page("prepare", part="stories")

    press(app, "Write a story")
    typed_into(app, "^Title$", "The broken scale")
    typed_into(app, "^Action$", "I phoned the branch.")
    chosen(app, "What it shows", ["initiative"])
    app.selectbox(key=f"told.{found(record, Story)[0].id}.0").set_value(interview.id).run()
    chosen(app, "How did it land?", 4)
    typed_into(app, "How they took it", "They laughed")

    (story,), (telling,) = found(record, Story), found(record, Telling)
    assert (story.title, story.action, story.competencies) == (
        "The broken scale",
        "I phoned the branch.",
        ("initiative",),
    )
    assert (telling.interview_id, telling.landed, telling.note) == (interview.id, 4, "They laughed")
    press(app, "All stories")
    assert "told 1 time, landed 4 of 5" in told(app)
    assert "No story yet for: Working with others" in told(app)
    press(app, "Open")
    press(app, "Take this story out")
    assert found(record, Story) == []
    press(app, "Undo")
    assert len(found(record, Story)) == len(found(record, Telling)) == 1


@pytest.fixture
def story(record: Store, actor: Actor) -> Story:
    """A story with no more than its title."""
    with record.unit(actor.owner, NOW) as unit:
        return unit.add(Story(title="The broken scale", created_at=NOW))


def field(app: AppTest, label: str) -> str:
    """What a text field holds."""
    return next(str(area.value) for area in app.text_area if area.label == label)


def at_odds(app: AppTest) -> bool:
    """Whether the page says that two tabs wrote different texts."""
    return any("Two tabs wrote different texts here" in warning.value for warning in app.warning)


def test_two_tabs_on_one_story_keep_both_texts_until_one_is_chosen(
    open_page: OpenPage, record: Store, story: Story
) -> None:
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "^Action$", "from the first")

    typed_into(second, "^Action$", "from the second")

    assert at_odds(second)
    assert field(second, "Action") == "from the second"
    assert found(record, Story)[0].action == "from the first"
    press(second, "Keep version 2")
    assert found(record, Story)[0].action == "from the second"
    assert not second.warning
    first.run()
    assert field(first, "Action") == "from the second"
    assert not first.warning


def test_what_the_second_tab_typed_is_in_the_record_when_that_tab_is_gone(
    open_page: OpenPage, record: Store, story: Story
) -> None:
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "^Action$", "from the first")
    typed_into(second, "^Action$", "from the second")
    typed_into(second, "^Action$", "from the second, and more")

    reloaded = open_page("prepare", part="stories", story=story.id)

    assert at_odds(reloaded)
    assert field(reloaded, "Action") == "from the first"
    assert {"from the first", "from the second, and more"} <= {str(text.value) for text in reloaded.text}
    typed_into(reloaded, "^Action$", "from the first, and more")
    press(reloaded, "Keep them all, one below the other")
    assert found(record, Story)[0].action == "from the first, and more\n\nfrom the second, and more"
    assert not open_page("prepare", part="stories", story=story.id).warning


@pytest.mark.parametrize(
    ("sent", "action", "aside"),
    [
        ("I rang the branch.", "I rang the branch.", ()),
        ("They rang.", "I rang.", ("They rang.",)),
        ("", "I rang.", ()),
    ],
)
def test_what_a_browser_sends_along_to_a_new_session_is_kept_or_set_aside(
    open_page: OpenPage, record: Store, actor: Actor, story: Story, sent: str, action: str, aside: tuple[str, ...]
) -> None:
    with record.unit(actor.owner, NOW) as unit:
        unit.change(replace(story, action="I rang."))
    app = open_page("prepare", part="stories")
    app.session_state[f"story.{story.id}.action"] = sent
    app.query_params["story"] = story.id
    app.run()

    (kept,) = found(record, Story)
    assert (kept.action, rivals(kept, StoryPart.ACTION)) == (action, aside)
    assert field(app, "Action") == (sent or action)
    assert at_odds(app) == bool(aside)


def test_two_tabs_on_the_note_of_a_telling_keep_both_texts_over_a_reload(
    open_page: OpenPage, record: Store, actor: Actor, story: Story, interview: Interview
) -> None:
    note_telling(actor, record, NOW, story, interview.id)
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "How they took it", "They laughed")
    typed_into(second, "How they took it", "They asked for figures")

    reloaded = open_page("prepare", part="stories", story=story.id)

    assert at_odds(reloaded)
    press(reloaded, "Keep version 2")
    assert found(record, Telling)[0].note == "They asked for figures"
    assert not reloaded.warning


def test_a_text_at_odds_stands_in_its_field_again_after_a_change_of_page(
    open_page: OpenPage, record: Store, story: Story
) -> None:
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "^Action$", "from the first")
    typed_into(second, "^Action$", "from the second")

    press(second, "All stories")
    press(second, "Open")

    assert field(second, "Action") == "from the second"
    typed_into(second, "^Action$", "from the second, and more")
    assert {"from the first", "from the second, and more"} <= {str(text.value) for text in second.text}
    press(second, "Keep version 1")
    assert found(record, Story)[0].action == field(second, "Action") == "from the first"


@pytest.mark.parametrize(("number", "chosen_text"), [(1, "from the first"), (2, "from the second")])
def test_a_choice_made_in_one_tab_stands_in_the_other_which_types_on_from_it(
    open_page: OpenPage, record: Store, story: Story, number: int, chosen_text: str
) -> None:
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "^Action$", "from the first")
    typed_into(second, "^Action$", "from the second")
    first.run()

    press(first, f"Keep version {number}")
    second.run()

    assert field(second, "Action") == chosen_text
    typed_into(second, "^Action$", f"{chosen_text}, and more")
    assert found(record, Story)[0].action == f"{chosen_text}, and more"
    assert not second.warning


def test_a_choice_made_on_an_older_screen_is_refused_and_loses_nothing(
    open_page: OpenPage, record: Store, story: Story
) -> None:
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "^Action$", "from the first")
    typed_into(second, "^Action$", "from the second")
    first.run()
    typed_into(second, "^Action$", "from the second, and more")

    press(first, "Keep version 1")

    assert ["changed once more in another tab" in error.value for error in first.error] == [True]
    assert {"from the first", "from the second, and more"} <= {str(text.value) for text in first.text}


def test_a_browser_that_had_not_drawn_the_other_tabs_text_yet_does_not_take_it_away(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    with record.unit(actor.owner, NOW) as unit:
        story = unit.add(Story(title="The broken scale", action="I rang.", created_at=NOW))
    first, second = (open_page("prepare", part="stories", story=story.id) for _ in ("first", "second"))
    typed_into(first, "^Action$", "I rang the branch.")
    second.run()

    typed_into(second, "^Action$", "I rang.")

    assert next(area.value for area in second.text_area if area.label == "Action") == "I rang the branch."
    assert found(record, Story)[0].action == "I rang the branch."


def test_a_rehearsal_goes_on_after_a_reload_and_is_marked(
    open_page: OpenPage, record: Store, clock: Any, interview: Interview
) -> None:
    app = open_page("prepare", part="rehearse")
    press(app, "Start")
    assert QUESTION in told(app)
    clock(NOW + timedelta(seconds=48))

    reloaded = open_page("prepare", part="rehearse")
    assert QUESTION in told(reloaded)
    press(reloaded, "Stop the clock, show what I planned")
    assert "Say it in one calm sentence" in told(reloaded)
    chosen(reloaded, "How was it?", 4)

    (rehearsal,) = found(record, Rehearsal)
    assert (rehearsal.question, rehearsal.seconds, rehearsal.rating) == (QUESTION, 48, 4)
    assert "Done: 1 question rehearsed" in told(reloaded)
    press(reloaded, "Enough for now")
    assert "rehearsed: 4" in told(reloaded)


def test_the_page_to_print_says_what_the_screen_says(record: Store, actor: Actor, interview: Interview) -> None:
    with record.unit(actor.owner, NOW) as unit:
        (course,) = unit.courses()
    competencies = load_content().questionnaire.competencies

    page = preparation_page(prepared(actor, record, NOW, course.application.id), competencies)

    assert page.title == "Before the next round at Brightwater Energy"
    assert [section.title for section in page.sections] == [
        "Lessons to take in",
        "What they said",
        "Promises to keep",
        "Hard questions",
    ]
    words = "\n".join(texts_of(page))
    for said in ("Breathe out first", "the link to my notebook", QUESTION, "Say it in one calm sentence"):
        assert said in words


@pytest.mark.parametrize("at", [datetime(2026, 11, 22, 12, tzinfo=UTC)])
def test_stories_stand_by_competency_with_the_gaps(record: Store, actor: Actor, at: datetime) -> None:
    load_sample(actor, record, at)
    competencies = load_content().questionnaire.competencies

    page = preparation_page(prepared(actor, record, at, None), competencies)

    (stories,) = (section for section in page.sections if section.id == "stories")
    (rows,) = (block.rows for block in stories.blocks if isinstance(block, Fields))
    assert ("Starting things", "The broken scale") in rows
    assert any("No story yet for: Working with others" in text for text in texts_of(page))
