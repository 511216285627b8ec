"""Rehearsing on screen: one hard question at a time, with a clock, then a mark of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from debrief.domain.facts import Rehearsal
from debrief.domain.rehearsing import Practice
from debrief.domain.wording import counted
from debrief.usecases.rehearsals import (
    LENGTH,
    Sitting,
    answer_given,
    begin_sitting,
    end_sitting,
    forget_sitting,
    practices,
    rate_answer,
    sitting_in,
    skip_question,
)
from ui.kit import session
from ui.kit.mark_keys import mark_by_keys
from ui.kit.navigation import REFLECT, go_to
from ui.kit.notices import doing, refusals_shown
from ui.kit.plain import plain
from ui.kit.stopwatch import stopwatch
from ui.kit.uninterrupted import uninterrupted

READY = ("Lost", "Shaky", "Half an answer", "Solid", "Ready")
_MARK = "rehearsal.mark"
NEXT_UP = 5


def draw_rehearsal() -> None:
    """The question of the sitting that is going on, else what came of the last one, else the way to begin."""
    mark_by_keys()
    with session.reading() as unit:
        known = practices(unit)
        sitting = sitting_in(unit)
        rated = unit.find(Rehearsal, id=sitting.rated) if sitting else []
    if not known:
        st.write("Rehearsing takes the hard questions that you wrote down when you reflected. There is none yet.")
        if st.button("Reflect on an interview", icon=":material/psychology_alt:"):
            go_to(REFLECT)
    elif sitting is None:
        _draw_start(known)
    elif sitting.is_over:
        _draw_end(rated)
    else:
        _draw_question(sitting, known)


def _draw_start(known: Sequence[Practice]) -> None:
    st.write(
        "Five minutes, one of your hard questions at a time. Answer aloud, as if they sat across from you; "
        "then mark yourself. The weakest and least rehearsed come first."
    )
    _begin_button("Start")
    st.caption("Next up")
    for practice in known[:NEXT_UP]:
        st.markdown(f"- {plain(practice.question.asked)}  \n  :gray[{plain(_so_far(practice))}]")


def _draw_question(sitting: Sitting, known: Sequence[Practice]) -> None:
    now = session.now()
    practice = next((one for one in known if one.question.asked == sitting.question), None)
    left = max(0, -(-(LENGTH - (now - sitting.started_at)) // timedelta(minutes=1)))
    st.caption(f"Question {len(sitting.seen)} · {counted(left, 'minute')} left" if left else "The last one")
    st.subheader(plain(sitting.question), anchor=False)
    if practice is not None:
        st.caption(plain(_so_far(practice)))
    running = sitting.seconds is None
    seconds = int((now - sitting.asked_at).total_seconds()) if sitting.seconds is None else sitting.seconds
    stopwatch(seconds, label="Time on this question", running=running, key="rehearsal_clock")
    if not running:
        _draw_planned(practice)
    st.pills(
        "How was it?",
        range(1, 6),
        format_func=lambda mark: f"{mark} {READY[mark - 1]}",
        key=_MARK,
        on_change=_rate,
        help="Say the whole answer first. 1 to 5 on the keyboard marks it, and the next question comes.",
    )
    with st.container(horizontal=True):
        if running:
            st.button("Stop the clock, show what I planned", icon=":material/visibility:", on_click=_answered)
        st.button("Skip", icon=":material/skip_next:", type="tertiary", on_click=_skip)
        st.button("Stop here", icon=":material/stop:", type="tertiary", on_click=_end)


def _draw_planned(practice: Practice | None) -> None:
    """The answer that was meant for next time."""
    planned = practice.question.next_time if practice else ()
    with st.container(border=True):
        if planned:
            st.markdown("**What I wanted to say**  \n" + plain(" ".join(planned)))
        else:
            st.write("You have not written a better answer yet. The reflection on that interview has room for it.")


def _draw_end(rated: Sequence[Rehearsal]) -> None:
    st.subheader(f"Done: {counted(len(rated), 'question')} rehearsed", anchor=False)
    for one in rated:
        st.markdown(f"- {plain(one.question)}  \n  :gray[{one.rating} {READY[one.rating - 1]}, {_clock(one.seconds)}]")
    st.write("Stand up, breathe, have some water. Short and often works better than long.")
    with st.container(horizontal=True):
        _begin_button("Another five minutes")
        st.button("Enough for now", type="tertiary", on_click=_forget)


def _begin_button(label: str) -> None:
    st.button(label, icon=":material/play_arrow:", type="primary", shortcut="Alt+Enter", on_click=_begin)


def _so_far(practice: Practice) -> str:
    met = f"{practice.question.course.application.employer}, {practice.question.round.interview.round}"
    went = f", went {practice.question.went} of 5" if practice.question.went else ""
    marks = ", ".join(str(one.rating) for one in practice.rehearsals)
    return f"{met}{went} · rehearsed: {marks}" if marks else f"{met}{went} · not rehearsed yet"


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


@uninterrupted()
def _begin() -> None:
    st.session_state[_MARK] = None
    with refusals_shown():
        begin_sitting(session.actor(), session.store(), session.now())


@uninterrupted()
def _rate() -> None:
    mark = st.session_state[_MARK]
    st.session_state[_MARK] = None
    if mark is not None:
        doing(lambda: rate_answer(session.actor(), session.store(), session.now(), mark))


def _answered() -> None:
    with refusals_shown():
        answer_given(session.actor(), session.store(), session.now())


def _skip() -> None:
    with refusals_shown():
        skip_question(session.actor(), session.store(), session.now())


def _end() -> None:
    with refusals_shown():
        end_sitting(session.actor(), session.store(), session.now())


def _forget() -> None:
    forget_sitting(session.actor(), session.store(), session.now())
