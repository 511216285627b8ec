"""The parts of the Prepare page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.domain.courses import Course
from debrief.domain.facts import Lesson, LessonState, Story
from debrief.domain.preparation import QuestionMet, SaidBefore, questions_met, said_before
from debrief.domain.wording import counted, in_words
from debrief.usecases.lessons import mark_lesson
from ui import session
from ui.navigation import REFLECT, go_to
from ui.notices import doing
from ui.paging import page_of
from ui.plain import plain

STATES = {
    LessonState.OPEN: "Open",
    LessonState.PRACTISING: "Practising",
    LessonState.LEARNED: "Learned",
    LessonState.DROPPED: "Dropped",
}
STILL_OPEN = (LessonState.OPEN, LessonState.PRACTISING)
A_PAGE = 8


def draw_for(courses: Sequence[Course]) -> None:
    """What the employer of the next round said before."""
    going_on = [course for course in courses if course.status.is_open]
    if not going_on:
        return
    names = {course.application.id: f"{course.application.employer} · {course.application.role}" for course in going_on}
    chosen = st.selectbox("For the next round at", list(names), format_func=lambda id_: names[id_])
    course = next(course for course in going_on if course.application.id == chosen)
    for said in said_before(course):
        _draw_said(said)


def draw_lessons(lessons: Sequence[Lesson]) -> None:
    """Open lessons first; each can be moved on."""
    still = [lesson for lesson in lessons if lesson.state in STILL_OPEN]
    st.subheader(f"Lessons to take in: {len(still)}", anchor=False)
    if not lessons:
        st.write("Lessons come from your reflections: up to three things to do better next time.")
        if st.button("Reflect on an interview", icon=":material/psychology_alt:"):
            go_to(REFLECT)
    shown, draw_pager = page_of(still, A_PAGE, key="lessons")
    for lesson in shown:
        _draw_lesson(lesson)
    draw_pager()
    past = [lesson for lesson in lessons if lesson.state not in STILL_OPEN]
    if past:
        with st.expander(f"{counted(len(past), 'lesson')} learned or dropped"):
            for lesson in past:
                _draw_lesson(lesson)


def draw_stories(stories: Sequence[Story]) -> None:
    """Answers worth keeping, by competency."""
    st.subheader("Stories to tell", anchor=False)
    competencies = session.content().questionnaire.competencies
    if not stories:
        st.write("An answer that landed becomes a story here when you finish a reflection.")
        return
    for story in stories:
        with st.expander(plain(story.title), icon=":material/auto_stories:"):
            texts = {"Situation": story.situation, "Task": story.task, "Action": story.action, "Result": story.result}
            for name, text in texts.items():
                if text:
                    st.markdown(f"**{name}:** {plain(text)}")
            names = [option.text for option in competencies if option.id in story.competencies]
            if names:
                st.caption(plain(in_words(names)))
    told = {competency for story in stories for competency in story.competencies}
    gaps = [option.text for option in competencies if option.id not in told]
    if gaps:
        st.caption(f"No story yet for: {plain(in_words(gaps))}.")


def draw_questions(courses: Sequence[Course]) -> None:
    """Hard questions met so far, those that went worst first."""
    met = questions_met(courses)
    st.subheader("Hard questions so far", anchor=False)
    if not met:
        st.write("Questions that you write down when you reflect come back here, with what you would say next time.")
        return
    shown, draw_pager = page_of(met, A_PAGE, key="questions")
    for question in shown:
        _draw_question(question)
    draw_pager()


def _draw_said(said: SaidBefore) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(said.round.interview.round)}**")
        for name, text in said.people:
            st.markdown(f"- **{plain(name)}**{': ' + plain(text) if text else ''}")
        lines = {
            "You promised": said.promises,
            "You did not get to ask": said.not_asked,
            "Next step": (said.next_step,) if said.next_step else (),
        }
        for heading, texts in lines.items():
            if texts:
                st.markdown(f"{heading}: {plain('; '.join(texts))}")


def _draw_lesson(lesson: Lesson) -> None:
    key = f"lesson.{lesson.id}.{lesson.version}"

    def move() -> None:
        state = LessonState(st.session_state[key])
        doing(lambda: mark_lesson(session.actor(), session.store(), session.now(), lesson, state))

    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(plain(lesson.text), width="stretch")
        st.segmented_control(
            f"How far: {plain(lesson.text)}",
            list(STATES),
            default=lesson.state,
            format_func=lambda state: STATES[state],
            key=key,
            on_change=move,
            required=True,
            label_visibility="collapsed",
        )


def _draw_question(question: QuestionMet) -> None:
    went = f" · went {question.went} of 5" if question.went else ""
    with st.expander(f"{plain(question.asked)}{went}", icon=":material/help:"):
        if question.said:
            st.markdown(f"**I said:** {plain(question.said)}")
        if question.next_time:
            st.markdown("**Next time:** " + plain(" ".join(question.next_time)))
        st.caption(plain(f"{question.course.application.employer}, {question.round.interview.round}"))
