"""What was acknowledged survives a server that dies, and two tabs that write at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from debrief.domain.facts import ReflectionAnswer, Story
from debrief.usecases.log_interview import PersonEntry
from debrief.usecases.stories import begin_story
from tests.browser.histories import ME, logged, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server

EMPLOYER = "Kestrel Rail"
PERSON = "Amara Nwosu"
TOPIC = "the new signal boxes in the north"
ANSWER = "I drew the timetable on the board. They laughed with me, not at me."
CHANGED = "Dear Amara,\n\nthank you for the talk about the new signal boxes in the north.\n\nRosa Lindqvist"


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server, page: Page) -> None:
    screen = Screen(page, server.url)

    def killed(path: str) -> None:
        server.restart()
        screen.open(path)

    _form_while_it_is_filled_in(screen, killed)
    interview = _logged_interview(screen, killed)
    _answer_of_the_reflection(screen, killed, interview)
    _draft_and_the_mark_that_it_was_sent(screen, killed, interview)
    _word_of_the_employer(screen, killed)


Killed = Callable[[str], None]


def _form_while_it_is_filled_in(screen: Screen, killed: Killed) -> None:
    screen.open("log", "Log an interview")
    screen.choose("Employer", EMPLOYER)
    screen.choose("Role", "Planner")
    screen.press("Add who was there")
    screen.choose("Name of person 1", PERSON)
    screen.write("What did you talk about with them?", TOPIC)
    screen.sees("What you enter is kept as you go.")

    killed("log")

    for field, value in {"Employer": EMPLOYER, "Role": "Planner", "Name of person 1": PERSON}.items():
        expect(screen.page.get_by_role("combobox", name=field)).to_have_value(value)
    screen.reads("What did you talk about with them?", TOPIC)


def _logged_interview(screen: Screen, killed: Killed) -> str:
    screen.press("Log it")
    screen.sees_heading("Reflect")
    found = re.search("interview=([0-9a-f]+)", screen.page.url)
    assert found

    killed("applications")

    screen.sees(re.compile(f"{EMPLOYER} · Planner"))
    return found[1]


def _answer_of_the_reflection(screen: Screen, killed: Killed, interview: str) -> None:
    address = f"reflect?interview={interview}&depth=full&section=went_well"
    screen.open(address, "What went well")
    screen.write(re.compile("What went well"), ANSWER)
    screen.sees(re.compile("1 of [0-9]+ questions answered · saved"))

    killed(address)

    screen.reads(re.compile("What went well"), ANSWER)


def _draft_and_the_mark_that_it_was_sent(screen: Screen, killed: Killed, interview: str) -> None:
    address = f"write?interview={interview}&kind=thank_you"
    screen.open(address, "Write")
    screen.write("The note", CHANGED)
    screen.sees(f"{len(CHANGED.split())} words")
    killed(address)
    screen.reads("The note", CHANGED)

    screen.press("I sent it", exact=True)
    screen.sees(re.compile("Sent on "))
    killed(address)
    screen.sees(re.compile("Sent on "))
    screen.sees(re.compile("new signal boxes"))


def _word_of_the_employer(screen: Screen, killed: Killed) -> None:
    screen.open("")
    screen.press("They answered")
    screen.page.get_by_text("They said no").click()
    screen.sees(f"{EMPLOYER} said no")

    killed("")

    screen.sees(re.compile("Reply graciously"))


@pytest.fixture
def second_page(context: BrowserContext) -> Page:
    """Another tab of the same visitor."""
    return context.new_page()


def test_two_tabs_on_one_question_keep_both_texts_until_one_is_chosen(
    server: Server, page: Page, second_page: Page
) -> None:
    store = open_record(server)
    interview = logged(store, EMPLOYER, PersonEntry(name=PERSON))
    address = f"reflect?interview={interview.id}&section=went_well"
    question = re.compile("What went well")
    first, second = Screen(page, server.url), Screen(second_page, server.url)
    first.open(address, "What went well")
    second.open(address, "What went well")

    first.write(question, "Written in the first tab.")
    first.sees(re.compile("1 of [0-9]+ questions answered · saved"))
    second.write(question, "Written in the second tab.")

    second.sees("Two tabs wrote different answers here. Both are kept until you choose.")
    second.reads(question, "Written in the second tab.")
    second.sees("Written in the first tab.")
    first.reload()
    first.sees("Two tabs wrote different answers here. Both are kept until you choose.")
    first.sees("Written in the second tab.")

    first.press("Keep version 2")

    first.reads(question, "Written in the second tab.")
    expect(first.page.get_by_text("Two tabs wrote different answers here.")).to_have_count(0)
    with store.unit(ME.owner, interview.ended_at) as unit:
        (kept,) = unit.find(ReflectionAnswer)
    store.close()
    assert (kept.value, kept.set_aside) == ("Written in the second tab.", ())


def test_two_tabs_on_one_story_keep_both_texts_though_the_server_dies_and_the_tab_is_reloaded(
    server: Server, page: Page, second_page: Page
) -> None:
    with closing(open_record(server)) as store:
        story = begin_story(ME, store, datetime.now(UTC))
    address = f"prepare?part=stories&story={story.id}"
    question = "Two tabs wrote different texts here. All are kept until you choose."
    first, second = Screen(page, server.url), Screen(second_page, server.url)
    first.open(address, "Prepare")
    second.open(address, "Prepare")
    first.write("Action", "Written in the first tab.")
    second.write("Action", "Written in the second tab.")
    second.sees(question)

    server.kill()
    for screen in (first, second):
        screen.sees("Connection error")
    server.start()
    for screen in (first, second):
        expect(screen.page.get_by_text("Connection error")).to_have_count(0)
        expect(screen.page.locator("body[data-sends-again]")).to_have_count(0)

    second.reads("Action", "Written in the second tab.")
    second.sees(question)
    second.reload()
    second.sees(question)
    second.reads("Action", "Written in the first tab.")
    second.sees("Written in the second tab.")

    second.press("Keep version 2")

    second.reads("Action", "Written in the second tab.")
    expect(second.page.get_by_text(question)).to_have_count(0)
    with closing(open_record(server)) as store, store.unit(ME.owner, datetime.now(UTC)) as unit:
        kept = unit.get(Story, story.id)
    assert (kept.action, kept.set_aside) == ("Written in the second tab.", ())


def test_a_lost_connection_is_shown_and_no_text_is_taken_that_could_be_lost(server: Server, page: Page) -> None:
    with closing(open_record(server)) as store:
        interview = logged(store, EMPLOYER)
    question = re.compile("What went well")
    screen = Screen(page, server.url)
    screen.open(f"reflect?interview={interview.id}&section=went_well", "What went well")
    screen.write(question, "Before the connection was lost.")
    screen.sees(re.compile("1 of [0-9]+ questions answered · saved"))

    server.kill()
    screen.sees("Connection error")
    expect(page.get_by_role("textbox", name=question, disabled=True)).to_be_visible()

    server.start()
    field = page.get_by_role("textbox", name=question, disabled=False)
    expect(field).to_have_value("Before the connection was lost.")
    expect(page.get_by_text("Connection error")).to_have_count(0)
    expect(page.locator("body[data-sends-again]")).to_have_count(0)
    screen.write(question, "Before the connection was lost. And after it came back.")
    screen.reload()
    screen.reads(question, "Before the connection was lost. And after it came back.")
