"""The parts of the Reflect page: depth, the questions with what is answered, and the way through them."""

from __future__ import annotations

import streamlit as st

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Depth, Reflection
from debrief.domain.questionnaire import Asked, HandsOn, Questionnaire, VisibleSection, progress, visible
from debrief.domain.wording import counted, in_words
from debrief.usecases.reflections import choose_depth
from ui.kit import session
from ui.kit.announced import announce
from ui.kit.mark_keys import mark_by_keys
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.told import comments_here, draw_comments
from ui.kit.uninterrupted import uninterrupted
from ui.reflect.asking import Asking
from ui.reflect.what_follows import draw_what_follows

DEPTHS = {Depth.SHORT: "3 minutes", Depth.FULL: "15 minutes"}
END = "end"
ONWARD = "Alt+Enter"
"""The keys that go on to the next part: they work while a text is being written, too."""


def draw_reflection(course: Course, one: Round, questionnaire: Questionnaire) -> None:
    """Everything below the choice of the interview. Looking alone begins no reflection; the first answer does."""
    reflection = one.reflection or Reflection(
        interview_id=one.interview.id,
        questionnaire=questionnaire.version,
        depth=Depth.FULL if st.query_params.get("depth") == Depth.FULL else Depth.SHORT,
        started_at=session.now(),
    )
    mark_by_keys()
    _draw_depth(one, reflection)
    sections = visible(questionnaire, reflection.questionnaire, reflection.depth, one)
    _draw_progress(one, sections)
    if st.query_params.get("section") == END:
        draw_what_follows(course, one, questionnaire)
        _draw_turn("Back to the questions", ":material/arrow_back:", sections[-1].section.id)
    elif reflection.depth is Depth.SHORT:
        _draw_all(one, reflection, sections)
    else:
        _draw_one(one, reflection, sections)


def _draw_depth(one: Round, reflection: Reflection) -> None:
    key = f"depth.{one.interview.id}"
    st.session_state.setdefault(key, reflection.depth)

    @uninterrupted()
    def change() -> None:
        depth = Depth(st.session_state[key])
        if one.reflection is None:
            st.query_params["depth"] = depth
            return
        with refusals_shown():
            choose_depth(session.actor(), session.store(), session.now(), one.reflection.id, depth)

    st.segmented_control(
        "How long have you got?",
        list(DEPTHS),
        format_func=lambda depth: DEPTHS[Depth(depth)],
        key=key,
        on_change=change,
        required=True,
        help="Both share their answers: begin short, go deeper when you have had some rest.",
    )


def _draw_progress(one: Round, sections: tuple[VisibleSection, ...]) -> None:
    done = progress(sections, one.answers)
    last_saved = max((answer.saved_at for answer in one.answers.values()), default=None)
    saved = f" · saved {last_saved.astimezone(session.local_now().tzinfo):%H:%M}" if last_saved else ""
    st.progress(done.share, text=f"{done.answered} of {counted(done.asked, 'question')} answered{saved}")
    if saved:
        announce(f"Saved {saved[-5:]}.")


def _draw_all(one: Round, reflection: Reflection, sections: tuple[VisibleSection, ...]) -> None:
    """The short form on one page: nothing to turn for somebody who is tired."""
    if len(sections) == 1:
        _draw_heading(sections[0])
    for shown in sections:
        _draw_questions(one, reflection, shown)
    st.caption(":material/keyboard: Tab to the next question, 1 to 5 for a mark, Alt+Enter to what follows.")
    _draw_turn("What follows", ":material/arrow_forward:", END, primary=True)


def _draw_one(one: Round, reflection: Reflection, sections: tuple[VisibleSection, ...]) -> None:
    """The long form, one section at a time: the one in the address, else the first."""
    names = [section.section.id for section in sections] + [END]
    asked_for = st.query_params.get("section")
    place = names.index(asked_for) if asked_for in names else 0
    _draw_heading(sections[place])
    _draw_questions(one, reflection, sections[place])
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if place:
            _draw_turn("Back", ":material/arrow_back:", names[place - 1])
        label = "What follows" if names[place + 1] == END else "Next"
        _draw_turn(label, ":material/arrow_forward:", names[place + 1], primary=True)


def _draw_heading(shown: VisibleSection) -> None:
    st.subheader(plain(shown.section.title), anchor=False)
    if shown.section.intro:
        st.write(plain(shown.section.intro))
    if shown.section.private:
        st.caption(":material/lock: For your eyes: left out of what you share unless you say otherwise.")


def _draw_questions(one: Round, reflection: Reflection, shown: VisibleSection) -> None:
    beside = comments_here(one.interview.id)
    for asked in shown.asked:
        Asking(reflection, asked, one.answers.get(asked.key)).draw()
        _draw_logged(one, asked)
        draw_comments(beside.get(asked.key, ()))


def _draw_logged(one: Round, asked: Asked) -> None:
    """What was said about a person when the interview was logged: it need not be written twice."""
    met = one.met_by(asked.person.id) if asked.person else None
    if asked.question.hands_on is not HandsOn.TOPICS or met is None:
        return
    answer = one.answers.get(asked.key)
    said = answer.value if answer and isinstance(answer.value, list) else []
    topics = [topic for topic in met.meeting.topics if topic not in said]
    if topics:
        st.caption(f":material/check: Noted already: {plain(in_words(topics))}. Add what comes to mind, or leave it.")


def _draw_turn(label: str, icon: str, name: str, *, primary: bool = False) -> None:
    def turn() -> None:
        st.query_params["section"] = name

    st.button(
        label,
        icon=icon,
        icon_position="right" if primary else "left",
        type="primary" if primary else "secondary",
        on_click=turn,
        shortcut=ONWARD if primary else None,
    )
