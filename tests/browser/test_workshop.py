"""A workshop with a facilitator and five participants, each in a browser of their own; and no way to a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import barriers
from tests.browser.screen import Screen
from tests.browser.server import WorkshopServer
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in

PHONE = {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def workshop_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkshopServer]:
    with WorkshopServer(tmp_path_factory.mktemp("workshop") / "data") as started:
        yield started


@pytest.fixture
def visitors(chromium: Browser, workshop_server: WorkshopServer) -> Iterator[list[Screen]]:
    """Six people who share nothing: the first at the projector, the others on phones."""
    contexts = [chromium.new_context(viewport=size, timezone_id="Europe/London") for size in (WALL, *[PHONE] * 5)]
    for context in contexts:
        context.set_default_timeout(60_000)
    yield [Screen(context.new_page(), workshop_server.url) for context in contexts]
    for context in contexts:
        context.close()


def test_a_room_from_its_opening_to_its_end(workshop_server: WorkshopServer, visitors: list[Screen]) -> None:
    front, *people = visitors
    front.open("facilitate", "Lead the workshop")
    assert barriers(front.page) == []
    front.write("Facilitator's secret", workshop_server.told("Secret"))
    front.press("Go on")
    front.press("Open the room")
    front.sees_heading("Welcome")
    code = workshop_server.told("Room code")
    front.sees(code)
    expect(front.page.get_by_role("img", name=f"QR code that opens the room {code}")).to_be_visible()
    assert barriers(front.page) == []

    for person in people:
        person.open(f"?code={code}", "Join the workshop")
        person.press("Join")
        person.sees_heading("You are in")
    front.sees("5 people")

    front.press("Open the first step for everybody")
    for person, choice in zip(people, "ABBCD", strict=True):
        person.press("Next")
        person.sees_heading("The first evening")
        person.page.get_by_text(re.compile(rf"^{choice}\. ")).click()
        person.press("I would do this")
        person.sees("Your choice")
    people[0].reload()
    people[0].sees("Your choice")
    assert barriers(people[0].page) == []
    _fits(people[0].page)

    front.sees("5 of 5")
    front.press("Show the answers")
    expect(front.page.get_by_role("progressbar")).to_have_count(4)
    front.sees(re.compile(r"Charge the phone.* · 2"))
    assert barriers(front.page) == []

    front.pick("Papers and end")
    with front.page.expect_download() as summary:
        front.button("Summary (PDF)").click()
    assert summary.value.path().read_bytes().startswith(b"%PDF")
    front.press("End and wipe everything")
    front.sees("wiped")
    people[1].press("Next")
    people[1].sees_heading("This workshop has ended")
    assert not workshop_server.data.exists()


@pytest.mark.parametrize("name", [entry.name for entry in pages_in(Mode.LOCAL)])
def test_no_address_of_a_workshop_leads_to_a_record(workshop_server: WorkshopServer, page: Page, name: str) -> None:
    screen = Screen(page, workshop_server.url)

    screen.open(name, "Join the workshop")

    expect(page.get_by_role("link", name="Your data")).to_have_count(0)


def test_a_workshop_hands_out_no_calendar(workshop_server: WorkshopServer, page: Page) -> None:
    answer = page.request.get(f"{workshop_server.url}/calendar/{'a' * 43}.ics")

    assert "BEGIN:VCALENDAR" not in answer.text()
    assert "text/calendar" not in answer.headers["content-type"]


def _fits(page: Page) -> None:
    """Nothing sticks out on a phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
