"""Text that is still being typed survives a browser that is killed in the middle of a sentence."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, expect

from debrief.domain.facts import Answer, Interview, MessageKind, Story, Telling
from debrief.store import Store
from debrief.usecases.log_interview import PersonEntry
from debrief.usecases.notes import Slot, draft_in
from debrief.usecases.stories import begin_story, note_telling
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.histories import ME, logged, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server

SENTENCE = "when half the crew is ill and nobody can stay longer they asked what I would drop first "
DELAY = 40
"""Milliseconds between keys: nobody pauses for the 0.6 s after which a quiet field is saved."""
TYPED_FOR = 6
"""Seconds of typing before the browser is killed, at least, and"""
LETTERS = 60
"""letters: a busy machine types slowly."""
MAY_BE_LOST = 2
"""The last seconds before the end."""
LOOKS = 1_200
"""How often the record is read again while the server still works off what it was sent."""
SAVED = re.compile(r"1 of [0-9]+ questions answered · saved [0-9]{2}:[0-9]{2}")
AMARA = "Amara Nwosu"


def _answers(record: Store, interview: Interview) -> str:
    """Every text in the reflection of the interview."""
    with record.unit(ME.owner, datetime.now(UTC)) as unit:
        one = unit.course_of(interview.id).round_of(interview.id)
    assert one
    return "\n".join(_texts(answer.value) for answer in one.answers.values())


def _texts(value: Answer) -> str:
    match value:
        case str():
            return value
        case list():
            return "\n".join(map(_texts, value))
        case dict():
            return "\n".join(map(_texts, value.values()))
        case _:
            return ""


def _note(record: Store, interview: Interview) -> str:
    """Subject and body of the thank-you that is being written."""
    with record.unit(ME.owner, datetime.now(UTC)) as unit:
        (person,) = (met.person.id for met in unit.course_of(interview.id).rounds[0].met)
        draft = draft_in(unit, Slot(interview.id, MessageKind.THANK_YOU, person))
    return f"{draft.subject}\n{draft.body}" if draft else ""


def _form(record: Store, interview: Interview) -> str:
    """What the form of the log page keeps."""
    del interview
    with record.unit(ME.owner, datetime.now(UTC)) as unit:
        return _texts(unit.setting("form.log", {}))


def _story(record: Store, interview: Interview) -> str:
    """Every text of every story."""
    del interview
    with record.unit(ME.owner, datetime.now(UTC)) as unit:
        return "\n".join(text for story in unit.find(Story) for text in (story.title, story.action))


def _telling(record: Store, interview: Interview) -> str:
    with record.unit(ME.owner, datetime.now(UTC)) as unit:
        return "\n".join(telling.note for telling in unit.find(Telling, interview_id=interview.id))


@dataclass(frozen=True)
class Place:
    """A text field: the address of its page, its label, and what the record holds of it."""

    path: str
    label: re.Pattern[str]
    stored: Callable[[Store, Interview], str]


def _in_reflection(section: str, label: str) -> Place:
    return Place("reflect?interview={interview}&section=" + section, re.compile(label), _answers)


PLACES = {
    "short text": _in_reflection("arrive", "In one word"),
    "long text": _in_reflection("went_well", "What went well"),
    "list": _in_reflection("promises", "What did you promise to send"),
    "list for a person": _in_reflection("people", f"What did {AMARA} talk about"),
    "short text for a person": _in_reflection("people", f"What seems to matter most to {AMARA}"),
    "line of an entry": _in_reflection("hard_ones", "The question, as they asked it"),
    "long text of an entry": _in_reflection("hard_ones", "What I said"),
    "subject of a note": Place("write?interview={interview}&kind=thank_you", re.compile("^Subject"), _note),
    "body of a note": Place("write?interview={interview}&kind=thank_you", re.compile("^The note"), _note),
    "form of the log": Place("log", re.compile("^Anything else to remember"), _form),
    "title of a story": Place("prepare?part=stories&story={story}", re.compile("^Title"), _story),
    "part of a story": Place("prepare?part=stories&story={story}", re.compile("^Action"), _story),
    "note on a telling": Place("prepare?part=stories&story={story}", re.compile("^How they took it"), _telling),
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


@pytest.mark.parametrize("kind", PLACES)
def test_of_text_typed_without_a_pause_a_killed_browser_costs_two_seconds_at_most(
    own_server: Server, record: Store, doomed: Browser, kind: str
) -> None:
    place = PLACES[kind]
    interview = logged(record, f"Kestrel Rail, {kind}", PersonEntry(name=AMARA))
    story = begin_story(ME, record, datetime.now(UTC))
    note_telling(ME, record, datetime.now(UTC), story, interview.id)
    page = doomed.new_page()
    Screen(page, own_server.url).open(place.path.format(interview=interview.id, story=story.id))
    page.get_by_role("textbox", name=place.label).first.click()
    page.keyboard.press("Control+End")

    strokes = _type_steadily(page)
    killed_at = time.monotonic()
    _kill(doomed)

    kept = "".join(letter for letter, at in strokes if at < killed_at - MAY_BE_LOST)
    assert kept
    assert kept in _once_it_holds(kept, lambda: place.stored(record, interview))


@pytest.mark.parametrize(
    "kind", ["short text", "long text", "long text of an entry", "part of a story", "body of a note", "form of the log"]
)
def test_what_stands_in_a_field_when_the_server_dies_is_kept_once_it_is_back(
    server: Server, page: Page, kind: str
) -> None:
    place = PLACES[kind]
    with closing(open_record(server)) as store:
        interview = logged(store, "Kestrel Rail", PersonEntry(name=AMARA))
        story = begin_story(ME, store, datetime.now(UTC))
        screen = Screen(page, server.url)
        screen.open(place.path.format(interview=interview.id, story=story.id))
        field = page.get_by_role("textbox", name=place.label).first
        field.click()
        page.keyboard.type(SENTENCE, delay=DELAY)

        server.kill()
        screen.sees("Connection error")
        stands = field.input_value()
        server.start()

        expect(page.get_by_text("Connection error")).to_have_count(0)
        expect(field).to_be_enabled()
        expect(field).to_have_value(stands)
        assert SENTENCE in stands
        assert SENTENCE.strip() in _once_it_holds(SENTENCE.strip(), lambda: place.stored(store, interview))


def test_a_pause_is_enough_and_typing_goes_on_undisturbed(own_server: Server, record: Store, page: Page) -> None:
    interview = logged(record, "Kestrel Rail", PersonEntry(name="Amara Nwosu"))
    screen = Screen(page, own_server.url)
    screen.open(f"reflect?interview={interview.id}&section=went_well", "What went well")
    field = page.get_by_role("textbox", name=re.compile("What went well"))
    field.click()

    page.keyboard.type("Before the pause,", delay=DELAY)
    screen.sees(SAVED)
    assert _once_it_holds("Before the pause,", lambda: _answers(record, interview)) == "Before the pause,"
    page.keyboard.type(" and after it", delay=DELAY)

    expect(field).to_be_focused()
    expect(field).to_have_value("Before the pause, and after it")


def test_words_composed_with_an_input_method_are_saved_too(own_server: Server, record: Store, page: Page) -> None:
    interview = logged(record, "Kestrel Rail", PersonEntry(name="Amara Nwosu"))
    screen = Screen(page, own_server.url)
    screen.open(f"reflect?interview={interview.id}&section=went_well", "What went well")
    page.get_by_role("textbox", name=re.compile("What went well")).click()
    keyboard = page.context.new_cdp_session(page)

    keyboard.send("Input.imeSetComposition", {"text": "落ち着", "selectionStart": 3, "selectionEnd": 3})
    keyboard.send("Input.insertText", {"text": "落ち着いて話せた"})

    screen.sees(SAVED)
    assert _answers(record, interview) == "落ち着いて話せた"


def _type_steadily(page: Page) -> list[tuple[str, float]]:
    """Types letter after letter; gives back each with the time at which it was typed."""
    strokes: list[tuple[str, float]] = []
    began = time.monotonic()
    for letter in cycle(SENTENCE):
        page.keyboard.type(letter, delay=DELAY)
        strokes.append((letter, time.monotonic()))
        if len(strokes) >= LETTERS and strokes[-1][1] - began > TYPED_FOR:
            return strokes
    raise AssertionError


def _once_it_holds(text: str, read: Callable[[], str]) -> str:
    """What the record holds, read again while the server works off what the browser had sent it."""
    waiting = Event()
    for _ in range(LOOKS):
        held = read()
        if text in held:
            break
        waiting.wait(0.05)
    return read()


def _kill(browser: Browser) -> None:
    """Ends the browser as a crash would: no page hears of it."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    (pid,) = (process["id"] for process in processes if process["type"] == "browser")
    os.kill(pid, signal.SIGKILL)
