"""Lessons on screen: how far each has come, where it was learned, and how the marks in its area went on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Lesson, LessonState
from debrief.domain.lessons import marks_in_words, marks_since
from debrief.domain.preparation import TO_TAKE_IN, lessons_first
from debrief.domain.wording import counted, date_in_words
from debrief.usecases.lessons import change_lesson, join_lessons, lessons_to_join, mark_lesson, remove_lesson
from ui.kit import session
from ui.kit.navigation import REFLECT, go_to
from ui.kit.notices import doing, done_here
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.uninterrupted import uninterrupted
from ui.prepare.joining import draw_joins

STATES = {
    LessonState.OPEN: "Open",
    LessonState.PRACTISING: "Practising",
    LessonState.LEARNED: "Learned",
    LessonState.DROPPED: "Dropped",
}
A_PAGE = 8
NO_AREA = "Not said"


def draw_lessons(courses: Sequence[Course], lessons: Sequence[Lesson]) -> None:
    """All lessons, those to take in first, with what recurs above them."""
    if not lessons:
        draw_no_lessons()
        return
    with session.reading() as unit:
        joins = lessons_to_join(unit)
    draw_joins(joins)
    in_order = lessons_first(lessons)
    still = [lesson for lesson in in_order if lesson.state in TO_TAKE_IN]
    st.subheader(f"To take in: {len(still)}", anchor=False)
    shown, draw_pager = page_of(still, A_PAGE, key="lessons")
    for lesson in shown:
        _draw_lesson(lesson, courses, lessons)
    draw_pager()
    past = [lesson for lesson in in_order if lesson.state not in TO_TAKE_IN]
    if past:
        with st.expander(f"{counted(len(past), 'lesson')} learned or dropped", icon=":material/inventory_2:"):
            for lesson in past:
                _draw_lesson(lesson, courses, lessons)


def draw_no_lessons() -> None:
    """Where lessons come from, and the way there."""
    st.write("Lessons come from your reflections: up to three things to do better next time.")
    if st.button("Reflect on an interview", icon=":material/psychology_alt:"):
        go_to(REFLECT)


def draw_state(lesson: Lesson) -> None:
    """How far a lesson has come, to be moved on in one press."""
    key = f"lesson.{lesson.id}.{lesson.version}"

    @uninterrupted()
    def move() -> None:
        state = LessonState(st.session_state[key])
        doing(lambda: mark_lesson(session.actor(), session.store(), session.now(), lesson, state))

    st.segmented_control(
        f"How far: {plain(lesson.text)}",
        list(STATES),
        default=lesson.state,
        format_func=lambda state: STATES[state],
        key=key,
        on_change=move,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )


def _draw_lesson(lesson: Lesson, courses: Sequence[Course], lessons: Sequence[Lesson]) -> None:
    areas = session.content().questionnaire.areas
    with st.container(border=True, gap="small", key=f"lesson-card-{lesson.id}"):
        st.markdown(f"**{plain(lesson.text)}**")
        marks = marks_since(lesson, courses, areas)
        if marks is not None:
            st.caption(
                f":material/trending_up: {plain(marks_in_words(marks))}",
                help="Your own marks, 1 to 5. They show what changed, not why; few marks are a hint at most.",
            )
        st.caption(_told(lesson, courses))
        with st.container(horizontal=True, vertical_alignment="center"):
            draw_state(lesson)
            if st.button("Change", key=f"change.{lesson.id}", icon=":material/edit:", type="tertiary"):
                _change_dialog(lesson, [other for other in lessons if other.id != lesson.id], areas)


def _told(lesson: Lesson, courses: Sequence[Course]) -> str:
    """The interviews that a lesson came from, and since when it is learned."""
    today = session.local_now()
    rounds = {one.interview.id: (course, one) for course in courses for one in course.rounds}
    known = [rounds[id_] for id_ in lesson.interview_ids if id_ in rounds]
    came_from = "; ".join(_named(*found) for found in known) or "no interview in your record"
    words = f"From {came_from}"
    if lesson.learned_at is not None:
        words += f". Learned on {date_in_words(lesson.learned_at.astimezone(today.tzinfo).date(), today.date())}"
    return plain(words)


def _named(course: Course, one: Round) -> str:
    today = session.now().astimezone(one.interview.zone).date()
    when = date_in_words(one.interview.ended_local.date(), today)
    return f"{course.application.employer}, {one.interview.round}, {when}"


@st.dialog("Change the lesson", icon=":material/edit:")
def _change_dialog(lesson: Lesson, others: Sequence[Lesson], areas: Mapping[str, str]) -> None:
    """Its words, what it is about, joining it with another one, or taking it out."""
    text = st.text_input("The lesson", lesson.text, key=f"text.{lesson.id}.{lesson.version}")
    names = ["", *areas.values()] if lesson.area in ("", *areas.values()) else ["", lesson.area, *areas.values()]
    area = st.selectbox(
        "What is it about?",
        names,
        index=names.index(lesson.area),
        format_func=lambda name: name or NO_AREA,
        help="The marks that you give for it in later reflections are then shown beside the lesson.",
    )
    actor, store, now = session.actor(), session.store(), session.now()
    if st.button("Save", type="primary") and done_here(
        lambda: change_lesson(actor, store, now, lesson, text=text, area=area)
    ):
        st.rerun()
    by_id = {other.id: other for other in others}
    chosen = st.selectbox(
        "The same as another one?", list(by_id), index=None, format_func=lambda id_: by_id[id_].text, placeholder="No"
    )
    if (
        chosen
        and st.button("Join the two, in the words above", icon=":material/join_inner:")
        and done_here(lambda: join_lessons(actor, store, now, lesson, by_id[chosen]))
    ):
        st.rerun()
    if st.button("Take this lesson out", icon=":material/delete:", type="tertiary") and done_here(
        lambda: remove_lesson(actor, store, now, lesson)
    ):
        st.rerun()
