"""The short form for somebody who is tired: the keyboard alone, few presses, one page."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from debrief.domain.facts import Interview, Lesson
from debrief.usecases.log_interview import PersonEntry
from debrief.usecases.reflections import Writing, begin, save_answer
from tests.browser.histories import ME, just_logged, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server

MOST_PRESSES = 25
PEOPLE = ("Amara Nwosu", "Idris Vale")
TO_THE_NEXT_QUESTION = ("Tab", "Tab")
"""Past the help of the question, and into its field."""


class Hands:
    """Somebody's hands on the keyboard: every press counts, besides those that type prose."""

    def __init__(self, page: Page) -> None:
        self.keyboard = page.keyboard
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)
            self.presses += 1

    def type(self, prose: str) -> None:
        self.keyboard.type(prose)


@pytest.fixture
def interview(server: Server) -> Interview:
    """A panel of two, two hours ago, not reflected on yet."""
    with closing(open_record(server)) as store:
        return just_logged(store, "Kestrel Rail", *(PersonEntry(name=name) for name in PEOPLE))


def test_the_short_form_takes_at_most_25_presses_and_no_mouse(server: Server, page: Page, interview: Interview) -> None:
    screen, hands = Screen(page, server.url), Hands(page)
    screen.open(f"reflect?interview={interview.id}", "Reflect")
    expect(page.get_by_role("textbox", name="What will you do differently next time?")).to_be_visible()

    hands.press("Tab", "Enter")  # the first link of every page: skip to its content
    hands.press("Tab", "Tab", "Tab", "Tab", "Tab", "4")
    for prose in ("the new signal boxes", "how the shifts are planned", "I stayed calm.", "I speak some Welsh."):
        hands.press(*TO_THE_NEXT_QUESTION)
        hands.type(prose)
    hands.press(*TO_THE_NEXT_QUESTION, "7")
    hands.press(*TO_THE_NEXT_QUESTION)
    hands.type("Pause before I answer")
    hands.press("Alt+Enter")
    screen.sees_heading("What follows")
    screen.sees("7 of 7 questions answered")
    expect(screen.button("Finish")).to_be_visible()
    hands.press("Alt+Enter")

    screen.sees("Finished. Now close the book on this one and do something kind for yourself.")
    assert hands.presses <= MOST_PRESSES
    with closing(open_record(server)) as store, store.unit(ME.owner, interview.ended_at) as unit:
        one = unit.course_of(interview.id).round_of(interview.id)
        lessons = [lesson.text for lesson in unit.find(Lesson)]
    assert one
    assert one.reflection
    assert one.reflection.finished_at
    amara, idris = (met.person for met in one.met)
    assert (amara.name, idris.name) == PEOPLE
    assert {key: answer.value for key, answer in one.answers.items()} == {
        "overall": 4,
        f"topics@{amara.id}": ["the new signal boxes"],
        f"topics@{idris.id}": ["how the shifts are planned"],
        "went_well": "I stayed calm.",
        "loose_end": "I speak some Welsh.",
        "chance": 70,
        "actions": ["Pause before I answer"],
    }
    assert [met.meeting.topics for met in one.met] == [("the new signal boxes",), ("how the shifts are planned",)]
    assert lessons == ["Pause before I answer"]


def test_looking_at_the_questions_begins_no_reflection(server: Server, page: Page, interview: Interview) -> None:
    screen = Screen(page, server.url)
    screen.open(f"reflect?interview={interview.id}", "Reflect")
    screen.pick("15 minutes")
    screen.press("Next")
    screen.sees_heading("The people")
    screen.reload()
    screen.sees_heading("The people")

    with closing(open_record(server)) as store, store.unit(ME.owner, interview.ended_at) as unit:
        one = unit.course_of(interview.id).round_of(interview.id)
    assert one
    assert one.reflection is None


def test_what_was_kept_is_changed_in_place_and_undone(server: Server, page: Page, interview: Interview) -> None:
    with closing(open_record(server)) as store:
        reflection = begin(ME, store, interview.ended_at, interview.id, questionnaire=1)
        writing = Writing(question="actions", value=["Bring water"], base=None, tab="elsewhere")
        save_answer(ME, store, interview.ended_at, reflection.id, writing)
    screen = Screen(page, server.url)
    screen.open(f"reflect?interview={interview.id}&section=end", "What follows")
    screen.press("Finish")
    screen.sees("Lesson for next time: Bring water")

    screen.press("Change")
    screen.write("Lesson for next time", "Bring a bottle")
    screen.press("Save")
    screen.sees("Lesson for next time: Bring a bottle")
    screen.reload()
    screen.sees("Lesson for next time: Bring a bottle")

    screen.open(f"reflect?interview={interview.id}&section=end", "What follows")
    screen.press("Take back")
    screen.sees("Not kept")
    screen.press("Undo")
    screen.sees("Lesson for next time: Bring a bottle")
    expect(page.get_by_text("Not kept")).to_have_count(0)
