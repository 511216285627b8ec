"""The parts of the checklist page: the don'ts that matter now, then the dos in order of time, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.domain.agenda import Due
from debrief.domain.checklist import Do, Dont, Standing, donts, dos
from debrief.domain.courses import Course, Round
from debrief.domain.timeline import StepState
from debrief.domain.wording import ago, counted, moment_in_words, step_in_words, window_in_words
from debrief.usecases.agenda import rules_in_force, steps_due
from debrief.usecases.ticks import tick, untick
from ui.agenda.cards import COLORS, ICONS, act_button
from ui.kit import session
from ui.kit.notices import doing
from ui.kit.plain import plain
from ui.kit.sources import draw_reasons

FIRST_DONTS = 4
STATE_NAMES = {
    StepState.UPCOMING: "Later",
    StepState.OPEN: "Open",
    StepState.LATE: "Late",
    StepState.MISSED: "Its time has passed",
    StepState.DONE: "Done",
    StepState.OFF: "Not needed",
}


def standing_of(course: Course, one: Round) -> Standing:
    """Where a round stands now, under the house rules in force."""
    rules = rules_in_force(session.actor(), session.store(), session.now(), session.content().rules)
    steps = tuple(
        due.step for due in steps_due(course, rules, session.now()) if due.round.interview.id == one.interview.id
    )
    return Standing(course, one, steps, session.now())


def draw_checklist(standing: Standing) -> None:
    """Everything about one round."""
    checklist = session.content().checklist
    listed = donts(checklist, standing)
    _draw_donts([dont for dont in listed if dont.matters])
    st.subheader("What to do", anchor=False)
    found = dos(checklist, standing)
    done = sum(do.state is StepState.DONE for do in found)
    wanted = sum(do.state not in (StepState.OFF, StepState.MISSED) for do in found)
    st.progress(done / wanted if wanted else 0.0, text=f"{done} of {wanted} done")
    for do in found:
        _draw_do(do, standing)
    others = [dont for dont in listed if not dont.matters]
    if others:
        with st.expander("Other things to leave alone, at other times", icon=":material/do_not_disturb_on:"):
            for dont in others:
                _draw_dont(dont)


def _draw_donts(matter: Sequence[Dont]) -> None:
    """What to leave alone now, the most particular first; the rest unfolds."""
    if not matter:
        return
    st.subheader("Leave alone for now", anchor=False)
    with st.container(border=True, gap="small"):
        for dont in matter[:FIRST_DONTS]:
            _draw_dont(dont)
        if matter[FIRST_DONTS:]:
            with st.expander(f"{counted(len(matter[FIRST_DONTS:]), 'more thing')} to leave alone"):
                for dont in matter[FIRST_DONTS:]:
                    _draw_dont(dont)


def _draw_dont(dont: Dont) -> None:
    because = session.content().checklist.situations[dont.because] if dont.because else ""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(f":material/do_not_disturb_on: **{plain(dont.item.title)}**", width="stretch")
        with st.popover("Why?", type="tertiary", key=f"why.{dont.item.id}"):
            st.markdown(f"**{plain(dont.item.title)}**")
            st.write(plain(dont.item.why))
            st.markdown(f"**Instead:** {plain(dont.item.instead)}")
            if because:
                st.caption(f"Why now: {plain(because)}")
            draw_reasons(dont.item)


def _draw_do(do: Do, standing: Standing) -> None:
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{plain(do.item.title)}**", width="content")
                st.badge(_state_words(do), icon=ICONS[do.state], color=COLORS[do.state], help=_when_done(do))
            with st.container(horizontal=True, width="content", wrap=False, vertical_alignment="center"):
                _draw_why(do)
                _draw_hand_tick(do, standing)
        if do.leading is not None and do.state in (StepState.UPCOMING, StepState.OPEN, StepState.LATE):
            st.caption(plain(window_in_words(do.leading, session.now())))
        with st.container(horizontal=True):
            for step in do.steps:
                if step.state.is_actionable:
                    act_button(Due(standing.course, standing.round, step), primary=False, width="content")


def _draw_why(do: Do) -> None:
    with st.popover("Why?", type="tertiary", key=f"why.{do.item.id}"):
        st.markdown(f"**{plain(do.item.title)}**")
        st.write(plain(do.item.why))
        st.markdown(f"**How:** {plain(do.item.how)}")
        draw_reasons(do.item)


def _state_words(do: Do) -> str:
    if len(do.steps) > 1 and do.state is not StepState.DONE and do.done_steps:
        return f"{do.done_steps} of {len(do.steps)} done"
    if do.leading is not None:
        return step_in_words(do.leading, session.now())
    if do.proof is not None:
        return f"done {ago(do.proof.at, session.now())}"
    return STATE_NAMES[do.state]


def _when_done(do: Do) -> str | None:
    """The date behind "done 3 days ago"."""
    proof = do.leading.done_by if do.leading else do.proof
    if proof is None:
        return None
    return moment_in_words(proof.at.astimezone(session.local_now().tzinfo), session.now())


def _draw_hand_tick(do: Do, standing: Standing) -> None:
    if not do.by_hand:
        return
    interview_id = standing.round.interview.id
    actor, store, now = session.actor(), session.store(), session.now()
    if do.tick is not None:
        ticked = do.tick
        if st.button("Not done after all", key=f"untick.{do.item.id}", type="tertiary", icon=":material/undo:"):
            doing(lambda: untick(actor, store, now, ticked))
            st.rerun()
    elif do.state is StepState.OPEN and st.button("Done", key=f"tick.{do.item.id}", icon=":material/check:"):
        doing(lambda: tick(actor, store, now, interview_id, do.item))
        st.rerun()
