"""The parts of the Prepare page: what to look at before one interview, and the way to lessons, stories, rehearsing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

import streamlit as st

from debrief.domain.directory import Listed
from debrief.domain.facts import Lesson
from debrief.domain.preparation import Preparation, QuestionMet, SaidBefore, StoryTold
from debrief.domain.wording import counted, in_words, told_apart
from debrief.exchange.words import STATUS
from debrief.usecases.preparing import RESTS_ON, prepared, told_stories
from ui.kit import session
from ui.kit.directory import directory, narrowed_by_search
from ui.kit.navigation import open_here
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.printing import print_button
from ui.kit.uninterrupted import uninterrupted
from ui.prepare.lessons import draw_lessons, draw_no_lessons, draw_state
from ui.prepare.rehearsal import draw_rehearsal
from ui.prepare.stories import UNTITLED, draw_gaps, draw_stories, told_in_words


class Part(StrEnum):
    """What the page shows; the value stands in its address."""

    NEXT = "next"
    LESSONS = "lessons"
    STORIES = "stories"
    REHEARSE = "rehearse"


NAMES = {
    Part.NEXT: "Next",
    Part.LESSONS: "Lessons",
    Part.STORIES: "Stories",
    Part.REHEARSE: "Rehearse",
}
NEW_EMPLOYER = "new"
FEW = 5
A_PAGE = 8


def draw_prepare() -> None:
    """The part that the address names, else what to look at next."""
    part = _choose_part()
    match part:
        case Part.NEXT:
            _draw_next()
        case Part.LESSONS:
            with session.reading() as unit:
                courses, lessons = unit.courses(), unit.find(Lesson)
            draw_lessons(courses, lessons)
        case Part.STORIES:
            with session.reading() as unit:
                courses, stories = unit.courses(), told_stories(unit)
            draw_stories(courses, stories)
        case Part.REHEARSE:
            draw_rehearsal()


def _choose_part() -> Part:
    asked_for = st.query_params.get("part")
    part = Part(asked_for) if asked_for in tuple(Part) else Part.NEXT
    key = "prepare.part"
    st.session_state[key] = part

    @uninterrupted()
    def turn() -> None:
        st.query_params.from_dict({"part": Part(st.session_state[key])})

    st.segmented_control(
        "What to look at",
        list(NAMES),
        format_func=lambda part: NAMES[Part(part)],
        key=key,
        on_change=turn,
        required=True,
        label_visibility="collapsed",
    )
    return part


def _draw_next() -> None:
    preparation = _prepared_now(_choose_next(directory().going_on))
    with session.reading() as unit:
        anything = bool(unit.latest(Lesson, 1))
    with st.container(horizontal=True):
        open_here("Rehearse for five minutes", key="rehearse", icon=":material/timer:", part=Part.REHEARSE)
        print_button(preparation)
    _draw_open_lessons(preparation, anything=anything)
    _draw_promises(preparation)
    _draw_said(preparation)
    _draw_stories_by_competency(preparation.stories)
    _draw_questions(preparation)


def _prepared_now(application_id: str | None) -> Preparation:
    """What to look at, worked out anew whenever a fact that it rests on has changed."""
    with session.reading() as unit:
        versions = unit.data_versions()
    return _prepared((session.actor().owner, *(versions[kind.__name__] for kind in RESTS_ON)), application_id)


@st.cache_resource(show_spinner="Looking through your reflections …", max_entries=16, ttl=timedelta(hours=1))
def _prepared(key: tuple[object, ...], application_id: str | None) -> Preparation:
    del key
    return prepared(session.actor(), session.store(), session.now(), application_id)


def _choose_next(going_on: Sequence[Listed]) -> str | None:
    """The application whose next round it is, None for a new employer; the nearest round to come is offered first."""
    if not going_on:
        return None
    asked_for = st.query_params.get("application")
    offered = [*narrowed_by_search(going_on, key="prepare.search")]
    offered += [one for one in going_on if one.id == asked_for and one not in offered]
    names = told_apart({one.id: one.name for one in offered})
    names[NEW_EMPLOYER] = "A new employer"
    key = "prepare.application"
    if asked_for in names:
        st.session_state[key] = asked_for

    @uninterrupted()
    def choose() -> None:
        st.query_params["application"] = st.session_state[key]

    chosen = st.selectbox(
        "For the next round at", list(names), format_func=names.__getitem__, key=key, on_change=choose
    )
    return None if chosen == NEW_EMPLOYER else chosen


def _draw_open_lessons(preparation: Preparation, *, anything: bool) -> None:
    st.subheader("Lessons to take in", anchor=False)
    if not anything:
        draw_no_lessons()
        return
    if not preparation.lessons:
        st.write("All taken in. The next interview will bring new ones.")
    for lesson in preparation.lessons[:FEW]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(plain(lesson.text), width="stretch")
            draw_state(lesson)
    more = len(preparation.lessons) - FEW
    label = f"All lessons, {counted(more, 'more', 'more')}" if more > 0 else "All lessons"
    open_here(label, key="all_lessons", icon=":material/school:", part=Part.LESSONS)


def _draw_promises(preparation: Preparation) -> None:
    if preparation.promises:
        st.subheader("Promises to keep", anchor=False)
        for promise in preparation.promises:
            st.markdown(f"- {plain(promise)}")


def _draw_said(preparation: Preparation) -> None:
    """What this employer said: the last round in full, earlier ones folded."""
    if not preparation.said:
        return
    st.subheader("What they said last time", anchor=False)
    latest, *earlier = preparation.said
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(latest.round.interview.round)}**")
        _draw_round(latest)
    for said in earlier:
        with st.expander(plain(said.round.interview.round), icon=":material/history:"):
            _draw_round(said)


def _draw_round(said: SaidBefore) -> None:
    for name, text in said.people:
        st.markdown(f"- **{plain(name)}**{': ' + plain(text) if text else ''}")
    lines = {
        "They promised": "; ".join(said.promised),
        "Next step": said.next_step,
        "They wrote or said": " ".join(note for _, note in said.words),
        "They look for": in_words(said.skills),
        "Still to bring up": "; ".join(said.to_bring_up),
        "Still to ask": "; ".join(said.not_asked),
    }
    told = {heading: text for heading, text in lines.items() if text}
    for heading, text in told.items():
        st.markdown(f"{heading}: {plain(text)}")
    if not told and not said.people:
        st.write("Nothing was written down about this round.")


def _draw_stories_by_competency(stories: Sequence[StoryTold]) -> None:
    st.subheader("Stories to tell", anchor=False)
    if not stories:
        st.write("An answer that landed becomes a story here when you finish a reflection. You can also write one now.")
    with st.container(gap="xsmall"):
        for option in session.content().questionnaire.competencies:
            showing = [told for told in stories if option.id in told.story.competencies]
            if showing:
                titles = "; ".join(plain(told.story.title) or UNTITLED for told in showing)
                st.markdown(f"**{plain(option.text)}**: {titles}")
    untagged = [told for told in stories if not told.story.competencies]
    for told in untagged:
        st.markdown(f"{plain(told.story.title) or UNTITLED} :gray[({plain(told_in_words(told))})]")
    draw_gaps(stories)
    open_here("All stories", key="all_stories", icon=":material/auto_stories:", part=Part.STORIES)


def _draw_questions(preparation: Preparation) -> None:
    """Hard questions met so far, those that went worst first, with what came of the interview."""
    st.subheader("Hard questions so far", anchor=False)
    met = preparation.questions
    if not met:
        st.write("Questions that you write down when you reflect come back here, with what you would say next time.")
        return
    shown, draw_pager = page_of(met, A_PAGE, key="questions")
    for question in shown:
        _draw_question(question)
    draw_pager()
    if preparation.more_questions:
        st.caption(f"And {counted(preparation.more_questions, 'more question')} that went better.")


def _draw_question(question: QuestionMet) -> None:
    went = f" · went {question.went} of 5" if question.went else ""
    with st.expander(f"{plain(question.asked)}{went}", icon=":material/help:"):
        if question.said:
            st.markdown(f"**I said:** {plain(question.said)}")
        if question.next_time:
            st.markdown("**Next time:** " + plain(" ".join(question.next_time)))
        where = f"{question.course.application.employer}, {question.round.interview.round}"
        st.caption(plain(f"{where}. What came of it: {STATUS[question.round.status].lower()}"))
