"""Your data: house rules, the sample history, and deleting everything."""

from __future__ import annotations

from datetime import date, time

from debrief.domain.facts import Interview
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import rules_in_force
from debrief.usecases.log_interview import InterviewEntry, log_interview
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, press, told, typed_into
from tests.app.test_pages import NOW
from tests.house_rules import BOOK

PART = "What would you like to do?"


def log_one(record: Store, actor: Actor) -> Interview:
    entry = InterviewEntry(
        employer="Brightwater Energy",
        role="Data Analyst",
        round="Final",
        on=date(2026, 11, 20),
        at=time(10),
        timezone="UTC",
    )
    return log_interview(actor, record, NOW, entry)


def interviews(record: Store, actor: Actor) -> list[Interview]:
    with record.unit(actor.owner, NOW) as unit:
        return unit.find(Interview)


def test_other_house_rules_are_in_force_at_once_and_after_a_reload(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = open_page("your_data")
    chosen(app, PART, "Settings")
    rules = next(box for box in app.selectbox if box.label == "House rules")
    assert rules.value == "standard"

    rules.set_value("gentle").run()

    assert rules_in_force(actor, record, NOW, BOOK).id == "gentle"
    again = open_page("your_data")
    chosen(again, PART, "Settings")
    assert next(box for box in again.selectbox if box.label == "House rules").value == "gentle"


def test_the_sample_goes_in_and_out_and_leaves_ones_own_alone(open_page: OpenPage, record: Store, actor: Actor) -> None:
    mine = log_one(record, actor)
    app = open_page("your_data")
    chosen(app, PART, "Sample")

    press(app, "Load the sample")
    assert len(interviews(record, actor)) == 41

    press(app, "Remove the sample")
    assert interviews(record, actor) == [mine]
    assert "Load the sample" in [button.label for button in app.button]


def test_everything_is_deleted_only_after_the_word(open_page: OpenPage, record: Store, actor: Actor) -> None:
    log_one(record, actor)
    app = open_page("your_data")
    chosen(app, PART, "Delete")
    button = next(button for button in app.button if button.label == "Delete everything")
    assert button.disabled

    typed_into(app, "The word", "yes")
    assert next(button for button in app.button if button.label == "Delete everything").disabled
    typed_into(app, "The word", " Delete ")
    press(app, "Delete everything")

    assert interviews(record, actor) == []
    assert "1 interview" in app.success[0].value
    assert "Just out of an interview?" in told(open_page("today"))
