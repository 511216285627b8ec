"""The facilitator's side of a room: a screen for the projector, the next step for everybody, the room's answers."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass

import segno
import streamlit as st

from debrief.domain.room import FEWEST, Room, Tally, most_missed, tally
from debrief.domain.scenarios import Activity, Choice, Programme, Scenario
from debrief.domain.wording import counted
from debrief.exchange.workshop import Plan, counted_in, entries_of, plan_of
from debrief.usecases.workshop.host import LASTS, Facilitator
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.sources import said_by
from ui.kit.stopwatch import stopwatch
from ui.workshop.activity import verdict_badge
from ui.workshop.host import host, is_local_only, join_address
from ui.workshop.papers import draw_papers, draw_summary

REFRESH = "2s"
"""How often the facilitator's figures are drawn anew; no other screen asks by itself."""
PROJECTED = """<style>html { font-size: 23px !important; }</style>"""
"""Larger letters for a wall, by the one measure that all others follow."""
LARGE = "font-size: 4.5rem; font-weight: 700; letter-spacing: 0.12em; line-height: 1; margin: 0"
"""The room's code, to be read from the last row. Its letters come from `LETTERS` and need no escaping."""
_SECRET, _LEADS, _ENDED = "workshop.secret", "workshop.leads", "workshop.ended"
_VIEW, _JUDGED = "workshop.view", "workshop.judged"
_VIEWS = ("The room", "What we miss", "Papers and end")


def draw_facilitator() -> None:
    """The way in with the secret, the opening of a room, or the room itself."""
    lead: Facilitator | None = st.session_state.get(_LEADS)
    if lead is None:
        _draw_way_in()
        return
    room = lead.memory.room(session.now())
    if room is None:
        _draw_opening(lead)
    else:
        st.html(PROJECTED)
        Leading(lead, room, plan_of(session.content().workshops, room.programme)).draw()


def _draw_way_in() -> None:
    with st.container(width=560):
        st.title("Lead the workshop", anchor=False)
        with st.form("admit"):
            st.text_input("Facilitator's secret", type="password", placeholder="From the terminal", key=_SECRET)
            st.form_submit_button("Go on", type="primary", icon=":material/key:", on_click=_come_in)
        st.caption("After a reload you are asked once more; the room and its answers stay.")


def _come_in() -> None:
    with refusals_shown():
        st.session_state[_LEADS] = host().admit(st.session_state.get(_SECRET) or "")


def _draw_opening(lead: Facilitator) -> None:
    workshops = session.content().workshops
    with st.container(width=760):
        st.title("Open a room", anchor=False)
        if st.session_state.get(_ENDED):
            st.success("The room has ended. Its answers, texts and seats are wiped.", icon=":material/delete_forever:")
        if is_local_only():
            st.warning(
                "Only this machine can reach this server. For a room, stop it and start it with "
                "`--server.address 0.0.0.0` as docs/workshop.md says.",
                icon=":material/lan:",
            )
        programme = st.radio(
            "Programme",
            workshops.programmes,
            format_func=lambda one: f"{one.title} · {counted(workshops.minutes(one), 'minute')}",
            captions=[plain(one.about) for one in workshops.programmes],
        )
        hours = int(LASTS.total_seconds() // 3600)
        st.button(
            "Open the room", type="primary", icon=":material/meeting_room:", on_click=_open_room, args=(lead, programme)
        )
        st.caption(f"Everything in it is wiped when you end it, and after {hours} hours at the latest.")
        with st.expander("Papers to print before", icon=":material/print:"):
            draw_papers(plan_of(workshops, programme.id))


@dataclass(frozen=True, slots=True)
class Leading:
    """An open room, as its facilitator leads it."""

    lead: Facilitator
    room: Room
    plan: Plan

    def draw(self) -> None:
        """The screen in front."""
        main, side = st.columns([2.4, 1], gap="large")
        with main:
            st.session_state.setdefault(_VIEW, _VIEWS[0])
            view = st.segmented_control("View", _VIEWS, required=True, label_visibility="collapsed", key=_VIEW)
            if view == _VIEWS[1]:
                self._draw_missed()
            elif view == _VIEWS[2]:
                self._draw_papers_and_end()
            elif self._current is None:
                self._draw_lobby()
            else:
                self._draw_step(self._current)
        with side:
            self._draw_side()

    @property
    def _current(self) -> Activity | None:
        return None if self.room.step is None else self.plan.activities[self.room.step]

    def _draw_lobby(self) -> None:
        st.title("Welcome", anchor=False)
        code, words = st.columns([1, 1.3], vertical_alignment="center")
        with code:
            _draw_qr(self.room.code)
        with words:
            st.markdown("**Open on your phone**")
            st.subheader(plain(join_address()), anchor=False)
            st.markdown("**and type the room's code**")
            st.html(f"<p style='{LARGE}'>{self.room.code}</p>")
            st.caption("No name, no account. Answers are counted without you, and nothing is kept.")
        self._draw_controls()
        _live(self._draw_arrivals)

    def _draw_arrivals(self) -> None:
        room = self._now()
        if room is not None:
            st.markdown(f":material/groups: **{counted(len(room.seats), 'person', 'people')}** in the room")

    def _draw_step(self, activity: Activity) -> None:
        st.title(plain(activity.title), anchor=False)
        st.write(plain(activity.situation))
        if isinstance(activity, Scenario):
            st.subheader(plain(activity.question), anchor=False)
        self._draw_controls()
        _live(lambda: self._draw_answers(activity))
        if self.room.shown:
            st.subheader("To talk about", anchor=False)
            for prompt in activity.discuss:
                st.markdown(f"- {plain(prompt)}")

    def _draw_answers(self, activity: Activity) -> None:
        """How many have answered; once shown, what, with a bar for each."""
        room = self._now()
        if room is None:
            return
        answered, seats = room.answered(activity.id), len(room.seats)
        st.markdown(f":material/how_to_vote: **{answered} of {seats}** answered")
        if not room.shown:
            _draw_hidden(activity)
            return
        found = tally(room, activity.id)
        if found is None:
            st.info(f"The room's answers appear from {FEWEST} on, so that nobody stands out.", icon=":material/shield:")
        else:
            _draw_bars(activity, found, judged=bool(st.session_state.get(_JUDGED)))

    def _draw_controls(self) -> None:
        step = self.room.step
        with st.container(horizontal=True, vertical_alignment="center"):
            if step is None:
                self._step_button("Open the first step for everybody", 0)
            elif not self.room.is_at_its_end:
                self._step_button("Next step for everybody", step + 1)
            if step is not None:
                st.button(
                    "Hide the answers" if self.room.shown else "Show the answers",
                    icon=":material/visibility_off:" if self.room.shown else ":material/bar_chart:",
                    on_click=self._show,
                    args=(not self.room.shown,),
                )
                if self.room.shown and isinstance(self._current, Scenario):
                    st.toggle("With what the guides say", key=_JUDGED)

    def _step_button(self, label: str, step: int) -> None:
        st.button(label, type="primary", icon=":material/skip_next:", on_click=self._open_step, args=(step,))

    def _draw_side(self) -> None:
        """Timer, agenda, and the way in for those who come late."""
        current = self._current
        if current is not None and self.room.step_opened_at is not None:
            passed = int((session.now() - self.room.step_opened_at).total_seconds())
            label = f"Time left, of {counted(current.minutes, 'minute')}"
            st.caption(label)
            stopwatch(passed, label=label, running=True, key="lead.clock", limit=current.minutes * 60)
        st.caption(f"Agenda · {plain(self.plan.programme.title)}")
        with st.container(gap="xxsmall"):
            for step, activity in enumerate(self.plan.activities):
                st.button(
                    f"{step + 1}. {plain(activity.title)} · {activity.minutes} min",
                    key=f"agenda.{step}",
                    type="tertiary",
                    icon=self._agenda_icon(step, activity),
                    on_click=self._open_step,
                    args=(step,),
                )
        if current is not None:
            with st.container(border=True):
                st.markdown(f"Join: **{plain(join_address())}**  \nCode: **{self.room.code}**")
                _draw_qr(self.room.code)

    def _agenda_icon(self, step: int, activity: Activity) -> str:
        if step == self.room.step:
            return ":material/play_circle:"
        return ":material/check_circle:" if activity.id in self.room.opened else ":material/radio_button_unchecked:"

    def _draw_missed(self) -> None:
        st.title("What we miss", anchor=False)
        guides = session.content().guides
        found = most_missed(self.room, self.plan.activities)
        if not found:
            st.info(
                f"Nothing yet. Advice appears here once {FEWEST} people have answered and somebody went against it.",
                icon=":material/hourglass_top:",
            )
        for one in found[:8]:
            advice = guides.advice[one.advice]
            st.progress(one.share, text=f"**{plain(advice.title)}** · missed by {one.missed} of {one.asked}")
            st.caption(f"{plain(advice.text)} ({plain(said_by(advice.sources))})")

    def _draw_papers_and_end(self) -> None:
        st.title("Papers and end", anchor=False)
        draw_papers(self.plan)
        draw_summary(self.plan, self.room)
        st.subheader("End the workshop", anchor=False)
        st.write("Ending wipes the room at once: answers, texts and seats. Download the summary first, if you want it.")
        st.button("End and wipe everything", icon=":material/delete_forever:", on_click=_end, args=(self.lead,))

    def _now(self) -> Room | None:
        """The room at this moment: a fragment is drawn long after the page was."""
        room = self.lead.memory.room(session.now())
        if room is None:
            st.rerun()
        return room

    def _open_step(self, step: int) -> None:
        with refusals_shown():
            self.lead.open_step(step, session.now())
            st.session_state[_VIEW] = _VIEWS[0]
            st.session_state[_JUDGED] = False

    def _show(self, shown: bool) -> None:
        with refusals_shown():
            self.lead.show_answers(shown, session.now())


def _live(draw: Callable[[], None]) -> None:
    """Draws now, and again every so often, without drawing the rest of the page."""
    st.fragment(draw, run_every=REFRESH)()


def _draw_hidden(activity: Activity) -> None:
    """What there is to choose, before the answers are shown."""
    if isinstance(activity, Scenario):
        for _, words in entries_of(activity):
            st.markdown(plain(words))


def _draw_bars(activity: Activity, found: Tally, *, judged: bool) -> None:
    """A bar for each answer: its words, how many, and, if wanted, what the guides make of it."""
    st.caption(counted_in(activity))
    for one, words in entries_of(activity):
        count = found.counts.get(one, 0)
        st.progress(count / found.answered, text=f"{plain(words)} · **{count}**")
        match activity:
            case Scenario() if judged:
                _draw_judged(activity.choice(one))
            case _:
                pass


def _draw_judged(choice: Choice) -> None:
    with st.container(gap="xxsmall"):
        verdict_badge(choice.verdict)
        st.caption(f"{plain(choice.feedback)} ({plain(said_by(source.key for source in choice.sources))})")


def _draw_qr(code: str) -> None:
    """The way in, for a phone's camera; dark on white in either theme, or cameras fail."""
    drawn = segno.make(join_address(code), error="m").svg_inline(scale=8, border=3, dark="#14110C", light="#FFFFFF")
    st.image(drawn, width="stretch", alt=f"QR code that opens the room {code}")


def _open_room(lead: Facilitator, programme: Programme) -> None:
    with refusals_shown():
        lead.open_room(programme, session.now())
        st.session_state.pop(_ENDED, None)
        _make_way()


def _end(lead: Facilitator) -> None:
    lead.end()
    st.session_state[_ENDED] = True


def _make_way() -> None:
    """Takes what is loaded before the crowd comes out of the garbage collector's rounds.

    Streamlit has all garbage collected after every run of a page. Libraries and
    content never become garbage, and looking through them each time costs more
    than a participant's page itself (bench/room.py shows the difference).
    """
    gc.collect()
    gc.freeze()
