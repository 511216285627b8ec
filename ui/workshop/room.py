"""The participants' side of a room: come in with the code, work through what is open, go on by one's own click."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from debrief.domain.room import Room, RoomAnswer, Seat
from debrief.domain.scenarios import Activity
from debrief.errors import DebriefError
from debrief.usecases.workshop.host import CODE_LENGTH
from ui.kit import session
from ui.kit.navigation import FACILITATE, link_to
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain, plain_error
from ui.kit.stopwatch import stopwatch
from ui.workshop.activity import ActivityView
from ui.workshop.host import host

_SEAT, _CODE = "seat", "code"
"""What the address says: who one is in the room, or the room to join."""
_TAKEN = "workshop.seat"
"""The seat once more, for this tab: a run that was asked for before the address changed still carries the old one."""
_TYPED, _AT, _WAITED = "workshop.code", "workshop.at", "workshop.waited"


@dataclass(frozen=True, slots=True)
class SeatInRoom:
    """A participant's place: known by a token, and kept in the room's memory alone."""

    room: Room
    seat: Seat

    def answer_to(self, activity_id: str) -> RoomAnswer | None:
        """What this seat answered."""
        return self.room.answer_of(self.seat, activity_id)

    def give(self, activity: Activity, answer: RoomAnswer) -> None:
        """Gives the room an answer, unless it holds this very one."""
        if answer != self.answer_to(activity.id):
            host().answer(self.seat, activity, answer, session.now())

    def draft(self, name: str) -> str | None:
        """What this seat wrote in a field."""
        return self.room.drafts.get(self.seat, {}).get(name)

    def keep(self, name: str, text: str) -> None:
        """Keeps what this seat wrote, for a reload."""
        host().keep_draft(self.seat, name, text, session.now())


def draw_participant() -> None:
    """The way in, or the seat that the address names."""
    room = host().room(session.now())
    seat = st.query_params.get(_SEAT) or st.session_state.get(_TAKEN)
    if seat is None:
        _draw_way_in()
    elif room is None or seat not in room.seats:
        _draw_ended()
    else:
        st.query_params[_SEAT] = seat
        _draw_seat(room, seat)


def _draw_way_in() -> None:
    st.title("Join the workshop", anchor=False)
    st.write("No name, no account. You get a seat, and that is all this room knows of you.")
    st.session_state.setdefault(_TYPED, st.query_params.get(_CODE, ""))
    with st.form("join"):
        st.text_input("Room code", key=_TYPED, max_chars=2 * CODE_LENGTH, placeholder="From the screen in front")
        st.form_submit_button("Join", type="primary", icon=":material/login:", width="stretch", on_click=_join)
    st.caption(
        "Your answers are counted without you, and shown from five on. What you write stays between you and this page. "
        "Everything is wiped when the workshop ends."
    )
    link_to(FACILITATE, "I lead this workshop", icon=":material/co_present:")


def _join() -> None:
    """Takes a seat; a second press of the button takes no second one."""
    if _TAKEN not in st.session_state:
        with refusals_shown():
            st.session_state[_TAKEN] = host().join(st.session_state[_TYPED], session.now())
            st.query_params.from_dict({_SEAT: st.session_state[_TAKEN]})


def _draw_ended() -> None:
    """After the end: what this tab still held goes, too."""
    st.session_state.clear()
    st.title("This workshop has ended", anchor=False)
    st.write("Its room is wiped: answers, texts and seats. Close this tab, and nothing of it is left.")
    st.write("Take one thing along: write to somebody you met, within a day.")
    st.button("Join another room", icon=":material/login:", on_click=st.query_params.clear)


def _draw_seat(room: Room, seat: Seat) -> None:
    at: str | None = st.session_state.setdefault(_AT, room.current)
    if at is None or at not in room.agenda:
        st.title("You are in", anchor=False)
        st.write("The workshop begins in a moment. Press Next when your facilitator says so.")
        _draw_next(room)
        return
    activity = session.content().workshops.activities[at]
    step = room.agenda.index(at) + 1
    st.caption(f"Step {step} of {len(room.agenda)}")
    st.title(plain(activity.title), anchor=False)
    _draw_clock(room, activity)
    try:
        ActivityView(activity, SeatInRoom(room, seat)).draw()
    except DebriefError as refused:
        st.error(plain_error(refused), icon=":material/error:")
    _draw_next(room)


def _draw_clock(room: Room, activity: Activity) -> None:
    """The time left for the step that is open; it runs in the browser and asks nobody."""
    if room.current == activity.id and room.step_opened_at is not None:
        passed = int((session.now() - room.step_opened_at).total_seconds())
        if passed < activity.minutes * 60:
            stopwatch(passed, label="Time left for this step", running=True, key="clock", limit=activity.minutes * 60)


def _draw_next(room: Room) -> None:
    st.button("Next", icon=":material/arrow_forward:", on_click=_go_on, width="stretch")
    if st.session_state.pop(_WAITED, False):
        words = (
            "That was the last step. Thank you for taking part." if room.is_at_its_end else "Nothing new is open yet."
        )
        st.info(words, icon=":material/hourglass_top:")


def _go_on() -> None:
    """Shows what the facilitator has opened; says so where that is nothing new."""
    with refusals_shown():
        room = host().room(session.now())
        if room is not None:
            st.session_state[_WAITED] = st.session_state.get(_AT) == room.current
            st.session_state[_AT] = room.current
