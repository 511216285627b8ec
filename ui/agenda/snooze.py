"""Putting a step off from its card, skipping it with a reason, and the list of what was put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from debrief.domain.agenda import Due
from debrief.domain.facts import Interview, Snooze
from debrief.domain.moves import step_called
from debrief.domain.rules import StepName
from debrief.domain.wording import counted, date_in_words, day_in_words
from debrief.usecases.snoozes import bring_back, put_off, skip
from ui.kit import session
from ui.kit.notices import doing
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.steps import FACES, does

ROWS_A_PAGE = 10
_WAITS = {"Tomorrow": 1, "In 3 days": 3, "In a week": 7}


def later_popover(due: Due, *, key: str) -> None:
    """The small "Later" of a card: another day, or not at all."""
    with st.popover("Later", icon=":material/snooze:", type="tertiary", key=f"later.{key}"):
        today = _today(due)
        closes = due.step.closes.date() if due.step.closes else None
        st.markdown("**Put it off**")
        with st.container(horizontal=True, gap="small"):
            for name, days in _WAITS.items():
                until = today + timedelta(days=days)
                if closes is None or until <= closes:
                    st.button(name, key=f"until.{days}.{key}", on_click=_put_off, args=(due, until))
        if closes is None or closes > today:
            _other_day(due, today, closes, key=f"until.{key}")
        with st.form(f"skip.{key}", border=False):
            reason = f"why.{key}"
            st.text_input("Or skip it, because", key=reason, placeholder="I thanked her on the phone")
            st.form_submit_button("Skip it", icon=":material/block:", on_click=_skip, args=(due, reason))


def draw_put_off(put_off_dues: Sequence[Due]) -> None:
    """What was put off or skipped, each with the way back."""
    if not put_off_dues:
        return
    with st.expander(f"Put off: {counted(len(put_off_dues), 'step')}", icon=":material/snooze:"):
        shown, draw_pager = page_of(put_off_dues, ROWS_A_PAGE, key="put_off")
        for due in shown:
            _row(due)
        draw_pager()


def snooze_told(snooze: Snooze, interview: Interview, person: str | None) -> str:
    """A putting-off as a sentence of the story: "You put off until Tuesday 3 March: check-in"."""
    called = step_called(StepName(snooze.step), person)
    if snooze.until is None:
        return f"You skipped: {called}{f' ({snooze.reason})' if snooze.reason else ''}"
    today = session.now().astimezone(interview.zone).date()
    return f"You put off until {date_in_words(snooze.until, today)}: {called}"


def _other_day(due: Due, today: date, closes: date | None, *, key: str) -> None:
    """Any day before the step closes; sent off by a button, since a typed day is a valid one before it is complete."""
    with st.form(f"form.{key}", border=False):
        st.date_input(
            "Or until",
            None,
            min_value=today + timedelta(days=1),
            max_value=closes or today + timedelta(days=365),
            key=key,
            help=f"Its time ends on {date_in_words(closes, today)}." if closes else None,
        )
        st.form_submit_button("Put it off", icon=":material/snooze:", on_click=_put_off_to_chosen, args=(due, key))


def _row(due: Due) -> None:
    employer = due.course.application.employer
    name = does(due)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        about = "" if employer in name else f" · {plain(employer)}"
        st.markdown(
            f"{FACES[due.step.name].icon} {plain(name)}{about}  \n:gray[{plain(_standing(due))}]", width="stretch"
        )
        interview = due.round.interview
        st.button(
            "Bring back",
            key=f"back.{interview.id}.{due.step.name}.{due.step.key[1]}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_bring_back,
            args=(due,),
        )


def _standing(due: Due) -> str:
    snooze = due.snooze
    if snooze is None or snooze.until is None:
        return f"skipped: {snooze.reason}" if snooze and snooze.reason else "skipped"
    return f"until {day_in_words(snooze.until, _today(due))}"


def _today(due: Due) -> date:
    return session.now().astimezone(due.round.interview.zone).date()


def _put_off(due: Due, until: date) -> None:
    doing(lambda: put_off(session.actor(), session.store(), session.now(), due, until))


def _put_off_to_chosen(due: Due, key: str) -> None:
    until: date | None = st.session_state.get(key)
    if until is None:
        st.toast("Choose a day first.", icon=":material/event:")
    else:
        _put_off(due, until)


def _skip(due: Due, key: str) -> None:
    doing(lambda: skip(session.actor(), session.store(), session.now(), due, str(st.session_state.get(key) or "")))


def _bring_back(due: Due) -> None:
    doing(lambda: bring_back(session.actor(), session.store(), session.now(), due))
