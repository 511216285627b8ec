"""An application's own history with undo, its pauses in the story, and the calendar on Your data."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from debrief.domain.facts import Application, Word
from debrief.domain.rules import StepName
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import todays_agenda
from debrief.usecases.answers import WordEntry, log_word
from debrief.usecases.calendar_feed import feed_secret
from debrief.usecases.log_interview import InterviewEntry, log_interview
from debrief.usecases.snoozes import put_off, skip
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, press, told
from tests.app.test_pages import NOW
from tests.house_rules import BOOK


@pytest.fixture
def application_id(record: Store, actor: Actor) -> str:
    """An application with one interview of the afternoon before, whose employer gave an update."""
    entry = InterviewEntry(
        employer="Brightwater Energy",
        role="Data Analyst",
        round="Panel",
        on=date(2026, 11, 21),
        at=time(16, 0),
        timezone="Europe/London",
    )
    interview = log_interview(actor, record, NOW, entry)
    log_word(actor, record, NOW, interview.id, WordEntry(what=Word.UPDATE, at=NOW - timedelta(hours=1)))
    return interview.application_id


def test_the_last_changes_are_undone_one_by_one(
    open_page: OpenPage, record: Store, actor: Actor, application_id: str
) -> None:
    app = open_page("applications", application=application_id)
    assert "Brightwater Energy gave an update" in told(app)
    assert "Logged Panel at Brightwater Energy" in told(app)

    press(app, "Undo the last one")

    assert "~~Brightwater Energy gave an update~~ taken back" in told(app)
    assert "Undid: Brightwater Energy gave an update" in told(app)
    press(app, "Undo the last one")
    with record.unit(actor.owner, NOW) as unit:
        assert not unit.find(Application)


def test_a_change_to_another_application_is_not_among_them(
    open_page: OpenPage, record: Store, actor: Actor, application_id: str
) -> None:
    entry = InterviewEntry(
        employer="Anvil Works",
        role="Analyst",
        round="First",
        on=date(2026, 11, 20),
        at=time(9, 0),
        timezone="Europe/London",
    )
    log_interview(actor, record, NOW, entry)

    app = open_page("applications", application=application_id)

    assert "Logged First at Anvil Works" not in told(app)


def test_pauses_stand_in_the_story(open_page: OpenPage, record: Store, actor: Actor, application_id: str) -> None:
    dues = todays_agenda(actor, record, NOW, BOOK.rules["standard"]).dues
    check_in = next(due for due in dues if due.step.name is StepName.CHECK_IN)
    thanks = next(due for due in dues if due.step.name is StepName.THANK_YOU)
    put_off(actor, record, NOW, check_in, date(2026, 12, 3))
    skip(actor, record, NOW, thanks, "no address")

    app = open_page("applications", application=application_id)

    assert "You put off until Thursday 3 December: check-in" in told(app)
    assert "You skipped: thank-you note (no address)" in told(app)


def test_an_application_with_steps_ahead_offers_them_for_the_calendar(open_page: OpenPage, application_id: str) -> None:
    app = open_page("applications", application=application_id)

    assert "Add to calendar" in [button.label for button in app.get("download_button")]


def test_one_whose_steps_were_all_skipped_does_not(
    open_page: OpenPage, record: Store, actor: Actor, application_id: str
) -> None:
    for due in todays_agenda(actor, record, NOW, BOOK.rules["standard"]).dues:
        skip(actor, record, NOW, due, "not for me")

    app = open_page("applications", application=application_id)

    assert "Add to calendar" not in [button.label for button in app.get("download_button")]


def test_the_calendar_address_is_off_until_wanted_and_can_be_changed_and_ended(
    open_page: OpenPage, record: Store, actor: Actor, application_id: str
) -> None:
    app = open_page("your_data")
    chosen(app, "What would you like to do?", "Calendar")
    assert application_id
    assert not app.code

    press(app, "Switch it on")
    first = app.code[0].value
    secret = feed_secret(actor, record, NOW)
    assert first.endswith(f"/calendar/{secret}.ics")

    press(app, "New address")
    assert app.code[0].value != first
    press(app, "Switch it off")
    assert not app.code
    assert feed_secret(actor, record, NOW) is None


def test_new_house_rules_say_what_they_move(open_page: OpenPage, application_id: str) -> None:
    app = open_page("your_data")
    chosen(app, "What would you like to do?", "Settings")
    assert application_id

    next(box for box in app.selectbox if box.label == "House rules").set_value("gentle").run()

    assert "Check-in moved from 30 November to 7 December: the house rules are now" in told(app)
