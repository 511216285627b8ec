"""Text that is still being typed survives a browser that is killed in the middle of a sentence."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, cycle

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from debrief.domain.facts import Answer
from debrief.store import Store
from debrief.usecases.log_interview import PersonEntry
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.histories import ME, logged, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server

WORDS = cycle(("when", "half", "the", "crew", "is", "ill", "and", "nobody", "can", "stay", "longer", "they", "asked"))
DELAY = 40
"""Milliseconds between keys: nobody pauses for the 0.8 s after which a quiet field is saved."""
MOST_WORDS = 200
SAVED = re.compile(r"1 of [0-9]+ questions answered · saved [0-9]{2}:[0-9]{2}")

FIELDS = {
    "short text": ("arrive", re.compile("In one word")),
    "long text": ("went_well", re.compile("What went well")),
    "list": ("people", re.compile("What did Amara Nwosu talk about")),
    "field of an entry": ("hard_ones", re.compile("What I said")),
}


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for this module; each test logs an interview of its own."""
    with Server(tmp_path_factory.mktemp("typed") / "data") as started:
        yield started


@pytest.fixture
def record(own_server: Server) -> Iterator[Store]:
    """The record of that server."""
    store = open_record(own_server)
    yield store
    store.close()


@pytest.fixture
def doomed(chromium: Browser) -> Iterator[Browser]:
    """A browser that the test may kill."""
    path = next(found for name in CHROMIUM_NAMES if (found := shutil.which(name)))
    browser = chromium.browser_type.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
    yield browser
    browser.close()


@pytest.mark.parametrize(("section", "label"), FIELDS.values(), ids=FIELDS.keys())
def test_text_typed_without_a_pause_survives_a_killed_browser(
    own_server: Server, record: Store, doomed: Browser, section: str, label: re.Pattern[str]
) -> None:
    interview = logged(record, f"Kestrel Rail {section}", PersonEntry(name="Amara Nwosu"))
    page = doomed.new_page()
    screen = Screen(page, own_server.url)
    screen.open(f"reflect?interview={interview.id}&section={section}")
    field = page.get_by_role("textbox", name=label).first

    typed = _type_until_saved(page, field)
    _kill(doomed)

    stored = _the_answer(record, interview.id)
    assert stored
    assert typed.startswith(stored)


def test_a_pause_is_enough_and_typing_goes_on_undisturbed(own_server: Server, record: Store, page: Page) -> None:
    interview = logged(record, "Kestrel Rail", PersonEntry(name="Amara Nwosu"))
    screen = Screen(page, own_server.url)
    screen.open(f"reflect?interview={interview.id}&section=went_well", "What went well")
    field = page.get_by_role("textbox", name=re.compile("What went well"))
    field.click()

    page.keyboard.type("Before the pause,", delay=DELAY)
    screen.sees(SAVED)
    page.keyboard.type(" and after it", delay=DELAY)

    expect(field).to_be_focused()
    expect(field).to_have_value("Before the pause, and after it")
    assert _the_answer(record, interview.id).startswith("Before the pause,")


def test_words_composed_with_an_input_method_are_saved_too(own_server: Server, record: Store, page: Page) -> None:
    interview = logged(record, "Kestrel Rail", PersonEntry(name="Amara Nwosu"))
    screen = Screen(page, own_server.url)
    screen.open(f"reflect?interview={interview.id}&section=went_well", "What went well")
    page.get_by_role("textbox", name=re.compile("What went well")).click()
    keyboard = page.context.new_cdp_session(page)

    keyboard.send("Input.imeSetComposition", {"text": "落ち着", "selectionStart": 3, "selectionEnd": 3})
    keyboard.send("Input.insertText", {"text": "落ち着いて話せた"})

    screen.sees(SAVED)
    assert _the_answer(record, interview.id) == "落ち着いて話せた"


def _type_until_saved(page: Page, field: Locator) -> str:
    """Types word after word until the page says that something was saved; gives back what was typed."""
    field.click()
    saved = page.get_by_text(SAVED)
    typed = ""
    for number in count():
        word = f"{next(WORDS)} "
        page.keyboard.type(word, delay=DELAY)
        typed += word
        if saved.is_visible():
            return typed
        assert number < MOST_WORDS, "nothing was saved while typing went on"
    raise AssertionError


def _kill(browser: Browser) -> None:
    """Ends the browser as a crash would: no page hears of it."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    (pid,) = (process["id"] for process in processes if process["type"] == "browser")
    os.kill(pid, signal.SIGKILL)


def _the_answer(record: Store, interview_id: str) -> str:
    """The one answer in the reflection of the interview, as one text."""
    with record.unit(ME.owner, datetime.now(UTC)) as unit:
        one = unit.course_of(interview_id).round_of(interview_id)
    assert one
    (answer,) = one.answers.values()
    return _first_text(answer.value)


def _first_text(value: Answer) -> str:
    """A text; or the first one of a list, or of an entry."""
    match value:
        case str():
            return value
        case [first, *_]:
            return _first_text(first)
        case dict():
            return _first_text(next(iter(value.values())))
        case _:
            return ""
