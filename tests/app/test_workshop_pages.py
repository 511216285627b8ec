"""A workshop without accounts: joining, answering, leading and ending a room; and no way from it to a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from debrief.errors import Refused
from debrief.usecases.workshop.host import Host
from tests.app.conftest import ROOT, SLOW, OpenPage
from tests.app.screens import press, told, typed_into
from ui.kit import session
from ui.kit.mode import Mode
from ui.kit.navigation import REGISTRY, pages_in
from ui.workshop.host import host

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[datetime], None]) -> Iterator[Host]:
    """The host of a process that was started for a workshop."""
    del clock
    monkeypatch.setenv("DEBRIEF_MODE", "workshop")
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "data"))
    st.cache_resource.clear()
    host.cache_clear()
    yield host()
    host.cache_clear()
    st.cache_resource.clear()


def visit(page: str = "room", **query: str) -> AppTest:
    """A visitor of their own, at a page."""
    app = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=SLOW)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if page != "room":
        app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def give_secret(app: AppTest, secret: str) -> None:
    """Fills in the form of the facilitator."""
    app.text_input[0].set_value(secret)
    press(app, "Go on")


def lead(held: Host, programme: str = "The essentials") -> AppTest:
    """A facilitator with an open room."""
    app = visit("facilitate")
    give_secret(app, held.secret)
    app.radio[0].set_value(next(one for one in app.radio[0].options if one.startswith(programme))).run()
    press(app, "Open the room")
    return app


def join(held: Host) -> AppTest:
    """A participant with a seat."""
    app = visit(code=held.code)
    press(app, "Join")
    assert not app.error, told(app)
    return app


def choose(app: AppTest, start: str) -> None:
    """Answers the scenario on the screen with the choice of this letter."""
    app.radio[0].set_value(next(one for one in app.radio[0].options if one.startswith(start)))
    press(app, "I would do this")


def seat_of(app: AppTest) -> str:
    seat = app.query_params["seat"]
    return seat if isinstance(seat, str) else seat[0]


def test_a_run_that_still_carries_the_address_of_the_way_in_takes_no_second_seat(held: Host) -> None:
    lead(held)
    person = join(held)
    seat = seat_of(person)

    person.query_params.clear()
    person.query_params["code"] = held.code
    person.run()

    assert "You are in" in told(person)
    assert seat_of(person) == seat
    room = held.room(NOW)
    assert room is not None
    assert list(room.seats) == [seat]


def test_a_participant_joins_answers_and_reads_why(held: Host) -> None:
    front = lead(held)
    person = join(held)
    assert "You are in" in told(person)

    press(front, "Open the first step for everybody")
    press(person, "Next")
    assert [title.value for title in person.title] == ["The first evening"]
    choose(person, "C.")

    assert "It feels braver" in told(person)
    assert "Says who: The Star" in told(person)
    room = held.room(NOW)
    assert room is not None
    assert room.answer_of(seat_of(person), "first_evening") == {"c"}


def test_a_reload_finds_the_same_seat_with_its_answer(held: Host) -> None:
    front = lead(held)
    person = join(held)
    press(front, "Open the first step for everybody")
    press(person, "Next")
    choose(person, "B.")

    again = visit(seat=seat_of(person))

    assert "Your choice" in told(again)
    assert not again.radio
    room = held.room(NOW)
    assert room is not None
    assert (len(room.seats), room.answered("first_evening")) == (1, 1)


def test_next_says_so_while_nothing_new_is_open(held: Host) -> None:
    front = lead(held)
    person = join(held)
    press(front, "Open the first step for everybody")
    press(person, "Next")

    press(person, "Next")

    assert "Nothing new is open yet." in told(person)
    assert [title.value for title in person.title] == ["The first evening"]


def test_answering_without_a_choice_asks_for_one(held: Host) -> None:
    front = lead(held)
    person = join(held)
    press(front, "Open the first step for everybody")
    press(person, "Next")

    press(person, "I would do this")

    assert "Choose one first" in told(person)


def test_the_answers_of_four_stay_hidden_and_those_of_five_are_shown(held: Host) -> None:
    front = lead(held)
    people = [join(held) for _ in range(5)]
    press(front, "Open the first step for everybody")
    for person in people:
        press(person, "Next")
    for person in people[:4]:
        choose(person, "D.")

    press(front, "Show the answers")
    assert "4 of 5" in told(front)
    assert "appear from 5 on" in told(front)
    assert not front.get("progress")

    choose(people[4], "B.")
    front.run()

    bars = [bar.proto.text for bar in front.get("progress")]
    assert len(bars) == 4
    assert any("Wait until Monday" in bar and "**4**" in bar for bar in bars)
    assert any("napkin" in bar and "**1**" in bar for bar in bars)
    assert "Who here has received a thank-you" in told(front)


def test_a_letter_is_mended_with_the_critique_as_teacher_and_the_room_learns_only_the_faults(held: Host) -> None:
    front = lead(held, "The whole way")
    person = join(held)
    front.button(key="agenda.3").click().run()
    press(person, "Next")
    assert [title.value for title in person.title] == ["Mend it: a thank-you"]

    press(person, "Read it critically")
    assert "0 of 7 faults mended" in str([bar.proto.text for bar in person.get("progress")])
    typed_into(person, "Subject", "Thank you for yesterday")
    press(person, "Read it critically")

    room = held.room(NOW)
    assert room is not None
    answer = room.answer_of(seat_of(person), "letter_thank_you")
    assert answer is not None
    assert "subject-missing" not in answer
    assert "pay-talk" in answer
    again = visit(seat=seat_of(person))
    assert "Thank you for yesterday" in [field.value for field in again.text_input]


def test_a_look_back_shows_what_a_coach_noticed_beside_ones_own_words(held: Host) -> None:
    front = lead(held)
    person = join(held)
    front.button(key="agenda.2").click().run()
    press(person, "Next")
    typed_into(person, "What went well", "The onions!")
    assert "man without onions. One picture" not in told(person)

    press(person, "Show what a coach noticed")
    assert "man without onions. One picture" in told(person)
    person.checkbox[0].check()
    press(person, "Done")

    assert "You noticed 1 of 5" in told(person)
    room = held.room(NOW)
    assert room is not None
    assert room.answer_of(seat_of(person), "look_back_rosa") == {"went_well"}
    assert "onions!" not in repr(room.answers)


def test_ending_wipes_the_room_and_every_page_says_so(held: Host) -> None:
    front = lead(held)
    person = join(held)
    code = held.code
    front.segmented_control[0].set_value("Papers and end").run()

    press(front, "End and wipe everything")

    assert "wiped" in told(front)
    assert held.room(NOW) is None
    assert held.code != code
    person.run()
    assert [title.value for title in person.title] == ["This workshop has ended"]


def test_a_room_whose_time_is_up_is_wiped(held: Host, clock: Callable[[datetime], None]) -> None:
    lead(held)
    person = join(held)

    clock(NOW + timedelta(hours=4))
    person.run()

    assert [title.value for title in person.title] == ["This workshop has ended"]
    assert held.memory.room(NOW) is None


def test_joining_before_the_room_is_open_and_with_a_wrong_code_says_what_to_do(held: Host) -> None:
    early = visit(code=held.code)
    press(early, "Join")
    assert "Your facilitator opens it" in told(early)

    lead(held)
    wrong = visit(code="XXXXX")
    press(wrong, "Join")
    assert "No room has this code" in told(wrong)


def test_a_wrong_secret_opens_nothing(held: Host) -> None:
    app = visit("facilitate")
    give_secret(app, "aaaa-aaaa-aaaa")

    assert "That is not the facilitator's secret" in told(app)
    assert not [button for button in app.button if button.label == "Open the room"]
    assert held.room(NOW) is None


@pytest.mark.parametrize("name", [entry.name for entry in pages_in(Mode.LOCAL)])
def test_no_page_that_works_with_a_record_exists_in_a_workshop(held: Host, name: str) -> None:
    del held

    with pytest.raises(ValueError, match="Could not find a navigation page"):
        visit(name)


def test_a_workshop_opens_no_record_and_leaves_nothing_on_the_disk(held: Host, tmp_path: Path) -> None:
    front = lead(held)
    person = join(held)
    press(front, "Open the first step for everybody")
    press(person, "Next")
    choose(person, "A.")

    with pytest.raises(Refused, match="opens no record"):
        session.store()
    assert not (tmp_path / "data").exists()


def test_a_visitor_who_has_the_servers_caches_cleared_wipes_no_room(held: Host) -> None:
    lead(held)
    person = join(held)

    st.cache_resource.clear()
    st.cache_data.clear()
    person.run()

    assert "You are in" in told(person)


def test_on_ones_own_machine_there_is_no_room_to_walk_into(open_page: OpenPage) -> None:
    assert {entry.name for entry in pages_in(Mode.WORKSHOP)} == {"room", "facilitate"}
    assert {entry.name for entry in REGISTRY} - {entry.name for entry in pages_in(Mode.LOCAL)} >= {"room", "facilitate"}

    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("facilitate")


def test_alone_each_situation_can_be_decided_and_decided_again(open_page: OpenPage) -> None:
    app = open_page("workshop")
    first = app.radio[0].options
    choose(app, first[0][:2])
    assert "1 of 18 done" in told(app)

    press(app, "Decide again")
    assert "0 of 18 done" in told(app)
    press(app, "Next situation")

    assert app.radio[0].options != first
