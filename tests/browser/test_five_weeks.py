"""Two applications through five weeks, day by day, seeing on each day what the table of steps says.

One falls silent and is let go; the other puts the date off, says no, and is answered and asked for feedback. The
weeks go over the change to summer time on 29 March 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from debrief.store import open_store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from debrief.usecases.notes import SENDER_SETTING
from tests.browser.screen import Screen
from tests.browser.server import Server
from ui.kit.session import TEST_CLOCK

LONDON = ZoneInfo("Europe/London")
SILENT = "Brackenfell Robotics"
REFUSING = "Harbour and Pine"

TurnTo = Callable[[int, int, int], None]


@pytest.fixture
def turn_to(tmp_path: Path) -> TurnTo:
    """Turns the clock to a month, day and hour of 2026 in London."""

    def turn(month: int, day: int, hour: int) -> None:
        now = datetime(2026, month, day, hour, 30, tzinfo=LONDON)
        (tmp_path / "clock").write_text(now.isoformat(), encoding="utf-8")

    return turn


@pytest.fixture
def clocked_server(tmp_path: Path, turn_to: TurnTo) -> Iterator[Server]:
    """A server whose clock stands at half past four on Wednesday 4 March, with two interviews of that week."""
    turn_to(3, 4, 16)
    with Server(tmp_path / "data", **{TEST_CLOCK: str(tmp_path / "clock")}) as started:
        _log_both(tmp_path / "data" / "debrief.db")
        yield started


def _log_both(file: Path) -> None:
    now = datetime(2026, 3, 4, 16, 30, tzinfo=LONDON)
    store = open_store(f"sqlite:///{file}")
    for employer, on, person, reply_by in (
        (SILENT, date(2026, 3, 3), "Dana Okonkwo", None),
        (REFUSING, date(2026, 3, 4), "Li Na Chen", date(2026, 3, 13)),
    ):
        met = PersonEntry(name=person, topics="how the night shift hands over")
        entry = InterviewEntry(
            employer=employer,
            role="Data Analyst",
            round="Panel",
            on=on,
            at=time(16, 0),
            timezone="Europe/London",
            reply_by=reply_by,
            people=(met,),
        )
        log_interview(Actor(), store, now, entry)
    with store.unit(Actor().owner, now) as unit:
        unit.set_setting(SENDER_SETTING, "Aisyah Rahman")
    store.close()


def test_five_weeks_from_the_interview_to_letting_go_and_to_the_reply_to_a_no(
    clocked_server: Server, page: Page, turn_to: TurnTo
) -> None:
    today = Today(Screen(page, clocked_server.url))

    today.opens()
    today.lists("Thank Dana Okonkwo", "late by 30 min")
    today.lists("Thank Li Na Chen", "due in 23 h")
    today.says_of(SILENT, "silent for 1 day · check-in opens on Tuesday 10 March")
    today.says_of(REFUSING, "since today · check-in opens on Monday 16 March")
    today.sends("Thank Dana Okonkwo")
    today.skips("Thank Li Na Chen", "She asked for no notes")

    turn_to(3, 9, 9)
    today.opens()
    today.does_not_list(f"Check in with {SILENT}")
    today.says_of(SILENT, "check-in opens tomorrow")

    turn_to(3, 12, 9)
    today.opens()
    today.lists(f"Check in with {SILENT}", "due in 14 h")
    today.sends(f"Check in with {SILENT}")
    today.opens()
    today.says_of(SILENT, "last message opens on Thursday 19 March")
    today.hears(REFUSING, "An update, no decision yet")
    today.names_date("2026/03/20")
    today.screen.sees(
        f"Check-in moved from 16 to 23 March; letting go moved from 9 to 10 April: {REFUSING} named Friday 20 March"
    )
    today.says_of(REFUSING, "check-in opens on Monday 23 March")

    turn_to(3, 19, 9)
    today.opens()
    today.lists(f"Write to {SILENT} one last time", "due in 4 days")

    turn_to(3, 24, 9)
    today.opens()
    today.lists(f"Write to {SILENT} one last time", "late by 9 h")
    today.sends(f"Write to {SILENT} one last time")
    today.opens()
    today.says_of(SILENT, "letting go opens on Tuesday 7 April")
    today.hears(REFUSING, "They said no")
    today.does_not_list(f"Check in with {REFUSING}")
    today.lists(f"Reply graciously to {REFUSING}", "due in 2 days")
    today.lists(f"Ask {REFUSING} for feedback", "due in 7 days")
    today.sends(f"Reply graciously to {REFUSING}")

    turn_to(4, 1, 9)
    today.opens()
    today.lists(f"Ask {REFUSING} for feedback", "late by 9 h")
    today.sends(f"Ask {REFUSING} for feedback")

    turn_to(4, 6, 9)
    today.opens()
    today.does_not_list(f"Ask {REFUSING} for feedback")
    today.says_of(SILENT, "letting go opens tomorrow")

    turn_to(4, 7, 9)
    today.opens()
    today.screen.press(f"Let go of {SILENT}")
    today.screen.sees(f"You let go of {SILENT}")
    expect(page.get_by_text("Waiting for an answer")).to_have_count(0)
    today.does_not_list(f"Let go of {SILENT}")


class Today:
    """The Today page as its visitor reads it."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def opens(self) -> None:
        """Goes to the page anew."""
        self.screen.open("", "Today")

    def lists(self, step: str, standing: str) -> None:
        """Expects a card whose button does this, and what it says about when."""
        expect(self._card(step)).to_contain_text(standing)

    def does_not_list(self, step: str) -> None:
        """Expects no button that does this."""
        expect(self.screen.page.get_by_role("button", name=step)).to_have_count(0)

    def says_of(self, employer: str, standing: str) -> None:
        """Expects the line of a silent employer to say this."""
        expect(self._silent(employer)).to_contain_text(standing)

    def sends(self, step: str) -> None:
        """Goes from the card to the note, and marks it as sent."""
        self._card(step).get_by_role("button", name=step).click()
        self.screen.settled()
        self.screen.sees_heading("Write")
        self.screen.press("I sent it", exact=True)
        self.screen.sees(re.compile("Sent on "))

    def skips(self, step: str, reason: str) -> None:
        """Skips a step, and sees it among what was put off."""
        self.opens()
        self._card(step).get_by_role("button", name="Later").click()
        self.screen.page.get_by_role("textbox", name="Or skip it, because").fill(reason)
        self.screen.press("Skip it")
        self.screen.sees(re.compile(f"Skipped: .*{re.escape(reason)}"))
        self.does_not_list(step)
        self.screen.page.get_by_text("Put off: 1 step").click()
        self.screen.sees(f"skipped: {reason}")

    def hears(self, employer: str, word: str) -> None:
        """Logs what an employer said."""
        self._silent(employer).get_by_role("button", name="They answered").click()
        self.screen.page.get_by_text(word, exact=True).click()
        self.screen.settled()

    def names_date(self, day: str) -> None:
        """Answers the question for the date that came with it."""
        dialog = self.screen.page.get_by_role("dialog")
        year, month, date_ = day.split("/")
        for part, value in (("year", year), ("month", month), ("day", date_)):
            dialog.get_by_role("spinbutton", name=re.compile(part)).press_sequentially(value)
        self.screen.page.keyboard.press("Escape")  # closes the month that has opened over the buttons
        dialog.get_by_role("button", name="Keep the date").click()
        expect(dialog).to_have_count(0)
        self.screen.settled()

    def _card(self, step: str) -> Locator:
        """The card whose button does this; containers with a key carry it in their class."""
        button = self.screen.page.get_by_role("button", name=step)
        return self.screen.page.locator("[class*='st-key-card-']").filter(has=button)

    def _silent(self, employer: str) -> Locator:
        link = self.screen.page.get_by_role("link", name=re.compile(employer))
        return self.screen.page.locator("[class*='st-key-silent-']").filter(has=link)
