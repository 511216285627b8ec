"""Stories on screen: what there is and what is missing, and one story being written."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.domain.courses import Course, Round
from debrief.domain.facts import RoundState, Story, Telling
from debrief.domain.preparation import StoryTold, Told, gaps
from debrief.domain.questionnaire import Option
from debrief.domain.wording import counted, date_in_words, in_words, told_apart
from debrief.usecases.stories import (
    NOTE,
    StoryPart,
    begin_story,
    note_telling,
    rate_telling,
    remove_story,
    remove_telling,
    save_story_part,
    save_telling_note,
    settle_story_part,
    settle_telling_note,
    tag_story,
)
from debrief.usecases.two_tabs import Typed, rivals
from ui.kit import session
from ui.kit.navigation import open_here
from ui.kit.notices import doing, refusals_shown
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.typed_text import TypedText
from ui.kit.uninterrupted import uninterrupted

A_PAGE = 10
UNTITLED = "A story without a title yet"
PARTS = {
    StoryPart.SITUATION: ("Situation", "Where and when it was. Two sentences are plenty."),
    StoryPart.TASK: ("Task", "What had to be done, and what was at stake."),
    StoryPart.ACTION: ("Action", "What you did, step by step. “I”, not “we”: they want to know your part."),
    StoryPart.RESULT: ("Result", "What came of it, with a number if there is one, and what you learned."),
}
LANDED = ("Fell flat", "So-so", "All right", "Well", "It landed")


def draw_stories(courses: Sequence[Course], stories: Sequence[StoryTold]) -> None:
    """The story that the address names, else all of them."""
    chosen = next((told for told in stories if told.story.id == st.query_params.get("story")), None)
    if chosen is not None:
        _draw_story(chosen, courses)
        return
    st.write("A handful of stories answers most questions. Keep them short, and know where each has been told.")
    st.button("Write a story", icon=":material/add:", type="primary", on_click=_begin)
    draw_gaps(stories)
    shown, draw_pager = page_of(stories, A_PAGE, key="stories")
    for told in shown:
        _draw_line(told)
    draw_pager()


def draw_gaps(stories: Sequence[StoryTold]) -> None:
    """What employers ask about and no story shows yet."""
    competencies = session.content().questionnaire.competencies
    missing = gaps((told.story for told in stories), (option.id for option in competencies))
    names = [option.text for option in competencies if option.id in missing]
    if stories and names:
        st.caption(f":material/rule: No story yet for: {plain(in_words(names))}.")


def told_in_words(told: StoryTold) -> str:
    """What a story shows, how often it was told and how it landed."""
    names = [option.text for option in _competencies() if option.id in told.story.competencies]
    times = f"told {counted(len(told.tellings), 'time')}" if told.tellings else "not told yet"
    landed = f", landed {', '.join(map(str, told.landed))} of 5" if told.landed else ""
    return " · ".join(part for part in (in_words(names), f"{times}{landed}") if part)


def _draw_line(told: StoryTold) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        title = plain(told.story.title) or UNTITLED
        st.markdown(f"**{title}**  \n:gray[{plain(told_in_words(told))}]", width="stretch")
        open_here("Open", key=f"open.{told.story.id}", icon=":material/edit:", part="stories", story=told.story.id)


def _draw_story(told: StoryTold, courses: Sequence[Course]) -> None:
    story = told.story
    open_here("All stories", key="all_stories", icon=":material/arrow_back:", part="stories")
    _text(story, StoryPart.TITLE).draw("Title", long=False, help="The few words by which you will remember it.")
    for part, (label, why) in PARTS.items():
        _text(story, part).draw(label, help=why)
    _draw_competencies(story)
    st.caption("Kept as you type.")
    _draw_tellings(told, courses)
    st.button("Take this story out", icon=":material/delete:", type="tertiary", on_click=_remove, args=(story,))


def _text(story: Story, part: StoryPart) -> TypedText:
    def save(typed: Typed) -> str:
        kept = save_story_part(session.actor(), session.store(), session.now(), story.id, part=part, typed=typed)
        return getattr(kept, part)

    def settle(text: str) -> None:
        settle_story_part(session.actor(), session.store(), session.now(), story, part=part, text=text)

    return TypedText(
        key=f"story.{story.id}.{part}",
        recorded=getattr(story, part),
        rivals=rivals(story, part),
        save=save,
        settle=settle,
    )


def _draw_competencies(story: Story) -> None:
    key = f"story.{story.id}.competencies"
    texts = {option.id: option.text for option in _competencies()}
    if key not in st.session_state:
        st.session_state[key] = list(story.competencies)

    @uninterrupted()
    def tag() -> None:
        with refusals_shown():
            tag_story(session.actor(), session.store(), session.now(), story.id, tuple(st.session_state[key]))

    st.pills(
        "What it shows",
        list(dict.fromkeys((*texts, *story.competencies))),
        selection_mode="multi",
        format_func=lambda id_: plain(texts.get(str(id_), str(id_))),
        key=key,
        on_change=tag,
    )


def _draw_tellings(told: StoryTold, courses: Sequence[Course]) -> None:
    st.subheader("Where it was told", anchor=False)
    for telling in told.tellings:
        _draw_telling(telling)
    here = {one.telling.interview_id for one in told.tellings}
    rounds = {
        one.interview.id: _named(course, one)
        for course in courses
        for one in sorted(course.rounds, key=lambda one: one.interview.ended_at, reverse=True)
        if one.interview.state is RoundState.HELD and one.interview.id not in here
    }
    if not rounds:
        return
    key = f"told.{told.story.id}.{len(here)}"

    @uninterrupted()
    def note() -> None:
        chosen = st.session_state[key]
        if chosen:
            doing(lambda: note_telling(session.actor(), session.store(), session.now(), told.story, chosen))

    st.selectbox(
        "I told it at",
        list(rounds),
        index=None,
        format_func=told_apart(rounds).__getitem__,
        key=key,
        on_change=note,
        placeholder="Choose an interview",
    )


def _draw_telling(told: Told) -> None:
    telling = told.telling
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(_named(told.course, told.round))}**", width="stretch")
            st.button(
                "Take out",
                key=f"untold.{telling.id}",
                icon=":material/close:",
                type="tertiary",
                on_click=lambda: doing(
                    lambda: remove_telling(session.actor(), session.store(), session.now(), telling)
                ),
            )
        _draw_landed(telling)
        _note(telling).draw("How they took it", help="What they asked next, where they smiled, what to leave out.")


def _draw_landed(telling: Telling) -> None:
    key = f"landed.{telling.id}"
    if key not in st.session_state:
        st.session_state[key] = telling.landed

    @uninterrupted()
    def rate() -> None:
        with refusals_shown():
            rate_telling(session.actor(), session.store(), session.now(), telling.id, st.session_state[key])

    st.pills(
        "How did it land?",
        range(1, 6),
        format_func=lambda mark: f"{mark} {LANDED[mark - 1]}",
        key=key,
        on_change=rate,
    )


def _note(telling: Telling) -> TypedText:
    def save(typed: Typed) -> str:
        return save_telling_note(session.actor(), session.store(), session.now(), telling.id, typed).note

    def settle(text: str) -> None:
        settle_telling_note(session.actor(), session.store(), session.now(), telling, text)

    return TypedText(
        key=f"telling.{telling.id}",
        recorded=telling.note,
        rivals=rivals(telling, NOTE),
        save=save,
        settle=settle,
    )


def _named(course: Course, one: Round) -> str:
    today = session.now().astimezone(one.interview.zone).date()
    when = date_in_words(one.interview.ended_local.date(), today)
    return f"{course.application.employer} · {one.interview.round} · {when}"


def _competencies() -> tuple[Option, ...]:
    return session.content().questionnaire.competencies


def _begin() -> None:
    with refusals_shown():
        story = begin_story(session.actor(), session.store(), session.now())
        st.query_params.from_dict({"part": "stories", "story": story.id})


def _remove(story: Story) -> None:
    doing(lambda: remove_story(session.actor(), session.store(), session.now(), story))
    st.query_params.from_dict({"part": "stories"})
