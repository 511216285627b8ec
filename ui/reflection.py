"""The parts of the Reflect page: depth, one section at a time, and what follows at the end."""

from __future__ import annotations

import streamlit as st

from debrief.domain.courses import Round
from debrief.domain.facts import Depth, Lesson, Reflection, Story
from debrief.domain.questionnaire import HandsOn, Questionnaire, VisibleSection, progress, visible
from debrief.domain.wording import counted
from debrief.usecases.reflections import choose_depth
from debrief.usecases.what_follows import Follows, finish, what_follows
from ui import session
from ui.asking import Asking
from ui.navigation import CHECKLIST, WRITE, link_to
from ui.notices import doing, refusals_shown
from ui.plain import plain

DEPTHS = {Depth.SHORT: "3 minutes", Depth.FULL: "15 minutes"}
HANDED = {
    HandsOn.LESSONS: ("Lesson for next time", ":material/school:"),
    HandsOn.STORIES: ("Story worth keeping", ":material/auto_stories:"),
    HandsOn.REPLY_BY: ("They answer by", ":material/event:"),
    HandsOn.TOPICS: ("For the note", ":material/edit_note:"),
    HandsOn.CONCERNS: ("A concern they had", ":material/help:"),
    HandsOn.RAPPORT: ("Rapport", ":material/handshake:"),
}


def draw_reflection(one: Round, reflection: Reflection, questionnaire: Questionnaire) -> None:
    """Everything below the choice of the interview."""
    _draw_depth(reflection)
    sections = visible(questionnaire, reflection.questionnaire, reflection.depth, one)
    done = progress(sections, one.answers)
    last_saved = max((answer.saved_at for answer in one.answers.values()), default=None)
    saved = f" · saved {last_saved.astimezone(session.local_now().tzinfo):%H:%M}" if last_saved else ""
    st.progress(done.share, text=f"{done.answered} of {counted(done.asked, 'question')} answered{saved}")
    place = _place(sections)
    if place < len(sections):
        _draw_section(one, reflection, sections[place])
    else:
        _draw_end(one, questionnaire)
    _draw_turns(sections, place)


def _draw_depth(reflection: Reflection) -> None:
    key = f"depth.{reflection.id}"
    st.session_state.setdefault(key, reflection.depth)

    def change() -> None:
        with refusals_shown():
            depth = Depth(st.session_state[key])
            choose_depth(session.actor(), session.store(), session.now(), reflection.id, depth)

    st.segmented_control(
        "How long have you got?",
        list(DEPTHS),
        format_func=lambda depth: DEPTHS[Depth(depth)],
        key=key,
        on_change=change,
        required=True,
        help="Both share their answers: begin short, go deeper when you have had some rest.",
    )


def _place(sections: tuple[VisibleSection, ...]) -> int:
    """Which section is open: the one in the address, else the first; one past the last is the end."""
    ids = [section.section.id for section in sections]
    asked_for = st.query_params.get("section")
    if asked_for == "end":
        return len(sections)
    return ids.index(asked_for) if asked_for in ids else 0


def _draw_section(one: Round, reflection: Reflection, shown: VisibleSection) -> None:
    st.subheader(plain(shown.section.title), anchor=False)
    if shown.section.intro:
        st.write(plain(shown.section.intro))
    if shown.section.private:
        st.caption(":material/lock: For your eyes: left out of what you share unless you say otherwise.")
    for asked in shown.asked:
        Asking(reflection.id, asked, one.answers.get(asked.key)).draw()


def _draw_turns(sections: tuple[VisibleSection, ...], place: int) -> None:
    names = [section.section.id for section in sections] + ["end"]

    def turn_to(name: str) -> None:
        st.query_params["section"] = name

    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Back",
            icon=":material/arrow_back:",
            disabled=place == 0,
            on_click=turn_to,
            args=(names[max(0, place - 1)],),
        )
        if place < len(sections):
            last = place == len(sections) - 1
            st.button(
                "What follows" if last else "Next",
                icon=":material/arrow_forward:",
                icon_position="right",
                type="primary",
                on_click=turn_to,
                args=(names[place + 1],),
            )


def _draw_end(one: Round, questionnaire: Questionnaire) -> None:
    st.subheader("What follows", anchor=False)
    with session.reading() as unit:
        follows = what_follows(one, questionnaire, unit.find(Lesson), unit.find(Story), session.now())
    finished = one.reflection is not None and one.reflection.finished_at is not None
    if follows:
        st.write("From what you wrote. Take the tick away where you would rather not keep it.")
    kept = tuple(one_thing for one_thing in follows if _keep_box(one_thing))
    if not finished or kept:
        label = "Keep these" if finished else "Finish"
        if st.button(label, type="primary", icon=":material/check:"):
            doing(lambda: finish(session.actor(), session.store(), session.now(), one, kept))
            st.rerun()
    if finished:
        st.success(
            "Finished. Now close the book on this one and do something kind for yourself.", icon=":material/spa:"
        )
        link_to(WRITE, "Write the thank-you", interview=one.interview.id)
        link_to(CHECKLIST, "See what is due", interview=one.interview.id)


def _keep_box(follows: Follows) -> bool:
    name, icon = HANDED[follows.what]
    return st.checkbox(f"{icon} {name}: {plain(follows.says)}", value=True, key=f"keep.{follows.key}")
