"""The end of a reflection: what it hands on, each thing to change or to take back, and the next steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from debrief.domain.courses import Course, Round, Status
from debrief.domain.facts import Answer, Lesson, MessageKind, Story
from debrief.domain.questionnaire import HandsOn, Questionnaire
from debrief.domain.rules import StepName
from debrief.domain.wording import date_in_words
from debrief.usecases.agenda import rules_in_force, steps_due
from debrief.usecases.handed_over import Kept, change_kept, handed_over, take_back
from debrief.usecases.lessons import lessons_to_join
from debrief.usecases.what_follows import Follows, finish, keep_one, known_so_far, what_follows
from ui.agenda.cards import due_card
from ui.kit import session
from ui.kit.navigation import PREPARE, WRITE, link_to
from ui.kit.notices import doing, done_here
from ui.kit.plain import plain
from ui.prepare.joining import draw_joins

HANDED = {
    HandsOn.LESSONS: ("Lesson for next time", ":material/school:"),
    HandsOn.STORIES: ("Story worth keeping", ":material/auto_stories:"),
    HandsOn.REPLY_BY: ("They answer by", ":material/event:"),
    HandsOn.TOPICS: ("For the note", ":material/edit_note:"),
    HandsOn.LOOSE_END: ("For the note, to add or put straight", ":material/edit_note:"),
    HandsOn.CONCERNS: ("A concern they had", ":material/help:"),
    HandsOn.RAPPORT: ("Rapport", ":material/handshake:"),
}
NEXT_STEPS = 3


def draw_what_follows(course: Course, one: Round, questionnaire: Questionnaire) -> None:
    """What is offered for keeping, what was kept, and where to go from here."""
    st.subheader("What follows", anchor=False)
    now = session.now()
    with session.reading() as unit:
        known = known_so_far(unit)
        joins = lessons_to_join(unit)
    follows = what_follows(one, questionnaire, known, now)
    kept = handed_over(one, questionnaire, known)
    if one.reflection is None:
        st.write("Nothing is written down yet, so nothing follows. One answer is enough to begin.")
        return
    if one.reflection.finished_at is None:
        _draw_offers(one, follows, kept)
        return
    st.success("Finished. Now close the book on this one and do something kind for yourself.", icon=":material/spa:")
    if kept or follows:
        st.write("This came of it. Change what is not right, take back what you would rather not keep.")
    for one_thing in kept:
        _draw_kept(one, one_thing)
    for offer in follows:
        _draw_left(one, offer)
    draw_joins([join for join in joins if one.interview.id in (*join.first.interview_ids, *join.again.interview_ids)])
    _draw_next_steps(course, one)


def _draw_offers(one: Round, follows: Sequence[Follows], kept: Sequence[Kept]) -> None:
    """What finishing would keep, each with its tick."""
    if follows:
        st.write("From what you wrote. Take the tick away where you would rather not keep it.")
    elif kept:
        st.write("All that you wrote down is where it belongs already.")
    else:
        st.write("Nothing to hand on this time. Finish, and be done with it.")
    chosen = tuple(follows_one for follows_one in follows if _keep_box(follows_one))
    loose = [one_thing for one_thing in kept if one_thing.what is HandsOn.LOOSE_END]
    for one_thing in loose:
        st.caption(f"{_called(one_thing)}: {plain(str(one_thing.value))}")
    if st.button("Finish", type="primary", icon=":material/check:", shortcut="Alt+Enter"):
        doing(lambda: finish(session.actor(), session.store(), session.now(), one, chosen))
        st.rerun()


def _keep_box(follows: Follows) -> bool:
    name, _ = HANDED[follows.what]
    again = ", once more" if follows.is_known and isinstance(follows.fact, Lesson) else ""
    return st.checkbox(f"{name}{again}: {plain(_spoken(follows))}", value=True, key=f"keep.{follows.key}")


def _spoken(follows: Follows) -> str:
    if follows.what is HandsOn.REPLY_BY:
        return _day(follows.says)
    return follows.says


def _draw_left(one: Round, follows: Follows) -> None:
    """Something that was not kept, or was written after the reflection was finished."""
    name, icon = HANDED[follows.what]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"{icon} {name}: {plain(_spoken(follows))}  \n:gray[Not kept]", width="stretch")
        st.button(
            "Keep",
            key=f"keep.{follows.key}",
            icon=":material/check:",
            on_click=lambda: doing(lambda: keep_one(session.actor(), session.store(), session.now(), one, follows)),
        )


def _draw_kept(one: Round, kept: Kept) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"{_icon(kept.what)} {_called(kept)}: {plain(_value_in_words(kept))}", width="stretch")
        with st.container(horizontal=True, width="content", gap="small"):
            _draw_ways(one, kept)


def _draw_ways(one: Round, kept: Kept) -> None:
    """To change one thing that was kept, or to take it back."""
    if isinstance(kept.fact, Story):
        link_to(PREPARE, "Open", icon=":material/edit:", part="stories", story=kept.fact.id)
    elif st.button("Change", key=f"change.button.{kept.key}", icon=":material/edit:", type="tertiary"):
        _change_dialog(one, kept)
    st.button(
        "Take back",
        key=f"back.{kept.key}",
        icon=":material/undo:",
        type="tertiary",
        on_click=lambda: doing(
            lambda: take_back(session.actor(), session.store(), session.now(), one, kept),
            moves_of=one.interview.application_id,
        ),
    )


@st.dialog("Change it", icon=":material/edit:")
def _change_dialog(one: Round, kept: Kept) -> None:
    """The field in which one thing is changed, in the record and in the reflection."""
    value = _change_field(kept)
    if st.button("Save", type="primary") and value is not None and _changed(one, kept, value):
        st.rerun()


def _change_field(kept: Kept) -> Answer:
    key, name = f"change.{kept.key}", _called(kept)
    match kept.what:
        case HandsOn.REPLY_BY:
            named = st.date_input(name, date.fromisoformat(str(kept.value)), key=key)
            return named.isoformat()
        case HandsOn.RAPPORT:
            return st.segmented_control(name, range(1, 6), default=kept.value, key=key, required=True)
        case HandsOn.LOOSE_END:
            return st.text_area(name, str(kept.value), key=key)
        case _:
            return st.text_input(name, str(kept.value), key=key)


def _changed(one: Round, kept: Kept, value: Answer) -> bool:
    return done_here(
        lambda: change_kept(session.actor(), session.store(), session.now(), one, kept, value=value),
        moves_of=one.interview.application_id,
    )


def _draw_next_steps(course: Course, one: Round) -> None:
    """What is due now in this interview; the note and the next preparation where nothing is."""
    rules = rules_in_force(session.actor(), session.store(), session.now(), session.content().rules)
    dues = [
        due
        for due in steps_due(course, rules, session.now())
        if due.round.interview.id == one.interview.id and due.lies_ahead and due.step.state.is_actionable
    ]
    st.subheader("Next", anchor=False)
    shown = sorted(dues, key=lambda due: (due.urgency, due.acts_by))[:NEXT_STEPS]
    for before, due in zip((None, *shown), shown, strict=False):
        due_card(due, primary=before is None, after=before)
    with st.container(horizontal=True):
        thanks = any(due.step.name is StepName.THANK_YOU for due in shown)
        if one.status is Status.WAITING and one.sent(MessageKind.THANK_YOU) is None and not thanks:
            link_to(WRITE, "Write the thank-you", interview=one.interview.id)
        link_to(PREPARE, "Prepare for the next one")


def _called(kept: Kept) -> str:
    name, _ = HANDED[kept.what]
    return f"{name}, {plain(kept.met.person.name)}" if kept.met else name


def _icon(what: HandsOn) -> str:
    return HANDED[what][1]


def _value_in_words(kept: Kept) -> str:
    match kept.what:
        case HandsOn.REPLY_BY:
            return _day(str(kept.value))
        case HandsOn.RAPPORT:
            return f"{kept.value} of 5"
        case _:
            return str(kept.value)


def _day(iso: str) -> str:
    return date_in_words(date.fromisoformat(iso), session.local_now().date())
