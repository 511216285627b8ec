"""Today: putting off, skipping, bringing back, narrowing a long list, the date that came with an answer, what moved."""

from __future__ import annotations

from datetime import date, time

import pytest
from streamlit.testing.v1 import AppTest

from debrief.domain.facts import Heard, Snooze, Word
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from debrief.usecases.sample import load_sample
from tests.app.conftest import OpenPage
from tests.app.screens import press, told, typed_into
from tests.app.test_pages import NOW

THANK = "Thank Dana Whitfield"


def _log(record: Store, actor: Actor, employer: str, on: date = date(2026, 11, 21)) -> str:
    entry = InterviewEntry(
        employer=employer,
        role="Data Analyst",
        round="Panel",
        on=on,
        at=time(16, 0),
        timezone="Europe/London",
        people=(PersonEntry(name="Dana Whitfield"),),
    )
    return log_interview(actor, record, NOW, entry).id


@pytest.fixture
def interview_id(record: Store, actor: Actor) -> str:
    """An interview of the afternoon before."""
    return _log(record, actor, "Brightwater Energy")


def _labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def _in_popover(app: AppTest, label: str, of: str) -> None:
    """Presses a button in the "Later" of the card whose key holds `of`."""
    next(button for button in app.button if button.label == label and of in str(button.key)).click().run()


def _answer(app: AppTest, word: Word) -> None:
    next(menu for menu in app.get("menu_button") if menu.label == "They answered").click(word).run()


def test_a_step_put_off_leaves_today_and_undo_brings_it_back(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")

    _in_popover(app, "Tomorrow", f"{interview_id}.thank_you")

    assert THANK not in _labels(app)
    assert "Put off until Monday 23 November: thank-you note to Dana Whitfield, Brightwater Energy" in told(app)
    press(app, "Undo")
    assert THANK in _labels(app)


def test_a_step_skipped_with_a_reason_can_be_brought_back(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")
    reason = next(field for field in app.text_input if f"{interview_id}.thank_you" in str(field.key))

    reason.set_value("Thanked her in person")
    _in_popover(app, "Skip it", f"{interview_id}.thank_you")

    assert THANK not in _labels(app)
    assert "skipped: Thanked her in person" in told(app)
    press(app, "Bring back")
    assert THANK in _labels(app)


def test_skipping_without_a_reason_is_refused_in_a_sentence(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")

    _in_popover(app, "Skip it", f"{interview_id}.thank_you")

    assert [error.value for error in app.error] == ["Say in a word or two why you skip it, so that you know later."]
    assert THANK in _labels(app)


def test_any_other_day_can_be_chosen(open_page: OpenPage, interview_id: str, record: Store, actor: Actor) -> None:
    app = open_page("today")
    day = next(field for field in app.date_input if f"{interview_id}.thank_you" in str(field.key))

    day.set_value(date(2026, 11, 27))
    _in_popover(app, "Put it off", f"{interview_id}.thank_you")

    with record.unit(actor.owner, NOW) as unit:
        assert [snooze.until for snooze in unit.find(Snooze)] == [date(2026, 11, 27)]
    assert THANK not in _labels(app)


def test_the_date_that_came_with_an_update_is_asked_for_and_what_it_moves_is_told(
    open_page: OpenPage, interview_id: str, record: Store, actor: Actor
) -> None:
    app = open_page("today")

    _answer(app, Word.UPDATE)
    field = next(field for field in app.date_input if field.label == "They will answer by")
    field.set_value(date(2026, 12, 4))
    press(app, "Keep the date")

    assert "Check-in moved from 30 November to 7 December" in told(app)
    assert "Brightwater Energy named Friday 4 December" in told(app)
    with record.unit(actor.owner, NOW) as unit:
        (word,) = unit.find(Heard, interview_id=interview_id)
    assert word.reply_by == date(2026, 12, 4)
    assert "Keep the date" not in _labels(app)


def test_an_answer_without_a_date_is_two_presses_and_no_more(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")

    _answer(app, Word.UPDATE)
    press(app, "They named none")

    assert "Keep the date" not in _labels(app)
    assert "Brightwater Energy gave an update" in told(app)
    assert interview_id


@pytest.mark.parametrize("word", [Word.REJECTED, Word.ADVANCED, Word.REQUEST])
def test_other_answers_ask_for_no_date(open_page: OpenPage, interview_id: str, word: Word) -> None:
    app = open_page("today")

    _answer(app, word)

    assert "Keep the date" not in _labels(app)
    assert interview_id


def test_what_moved_is_told_until_it_is_dismissed(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")

    _answer(app, Word.REJECTED)
    assert "No longer needed: thank-you note to Dana Whitfield, check-in and letting go" in told(app)
    press(app, "Fine")

    assert "No longer needed" not in told(app)
    assert interview_id


def test_a_short_list_has_no_filters(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")

    assert not app.multiselect
    assert interview_id


def test_a_long_list_is_narrowed_by_a_search_and_by_the_kind_of_step(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    for name in ("Anvil", "Birch", "Copper", "Dune", "Ember", "Fjord", "Glade"):
        _log(record, actor, f"{name} Works")
    app = open_page("today")

    typed_into(app, "Search", "copper")
    assert "Reflect on Copper Works" in _labels(app)
    assert "Reflect on Birch Works" not in _labels(app)
    typed_into(app, "Search", "")
    app.multiselect[0].set_value(["thank_you"]).run()
    assert THANK in _labels(app)
    assert not [label for label in _labels(app) if label.startswith("Reflect on")]
    typed_into(app, "Search", "nobody of this name")
    assert "Nothing that is due matches" in told(app)


def test_a_long_list_is_shown_a_page_at_a_time(open_page: OpenPage, record: Store, actor: Actor) -> None:
    for name in ("Anvil", "Birch", "Copper", "Dune", "Ember", "Fjord", "Glade"):
        _log(record, actor, f"{name} Works")
    app = open_page("today")

    assert len([label for label in _labels(app) if label.startswith(("Reflect on", "Thank"))]) == 8
    assert "Open now: 21" in told(app)


def test_a_no_is_met_with_a_kind_word_that_goes_with_the_undo(open_page: OpenPage, interview_id: str) -> None:
    app = open_page("today")

    _answer(app, Word.REJECTED)
    assert "It is one no, to one post" in told(app)
    assert [toast.value for toast in app.toast] == ["Brightwater Energy said no. Undo is at the top."]

    press(app, "Undo")
    assert "It is one no, to one post" not in told(app)
    assert interview_id


def test_the_reason_that_stands_on_one_card_is_not_given_again_on_the_next(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    entry = InterviewEntry(
        employer="Brightwater Energy",
        role="Data Analyst",
        round="Panel",
        on=date(2026, 11, 21),
        at=time(16, 0),
        timezone="Europe/London",
        people=(PersonEntry(name="Dana Whitfield"), PersonEntry(name="Kofi Mensah")),
    )
    log_interview(actor, record, NOW, entry)

    app = open_page("today")

    assert {THANK, "Thank Kofi Mensah"} <= set(_labels(app))
    assert told(app).count("It is the one thing that all five guides agree on") == 1


def test_a_sample_that_another_tab_loaded_first_offers_no_undo_here(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = open_page("today")
    load_sample(actor, record, NOW)

    press(app, "Look around with sample data")

    assert "Kestrel" in told(app) or "Open now" in told(app)
    assert not app.toast
    assert "Undo" not in _labels(app)
