"""One activity of a workshop as somebody works through it, in a room or alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import streamlit as st

from debrief.domain.critique import Finding, Letter, weighty
from debrief.domain.facts import Channel
from debrief.domain.room import LONGEST_DRAFT, RoomAnswer
from debrief.domain.scenarios import Activity, Choice, LetterExercise, LookBack, Scenario, Verdict
from debrief.domain.wording import counted
from debrief.exchange.workshop import VERDICTS, lettered
from debrief.usecases.workshop.letters import faults_left, read_letter
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.sources import draw_reasons, said_by
from ui.kit.status import Color
from ui.write.findings import SEVERITIES

FACES: dict[Verdict, tuple[str, Color]] = {
    Verdict.SOUND: (":material/check_circle:", "green"),
    Verdict.DEBATED: (":material/balance:", "orange"),
    Verdict.COSTLY: (":material/cancel:", "red"),
}


class Place(Protocol):
    """Where somebody sits who works through activities: what they answered and wrote is kept there."""

    def answer_to(self, activity_id: str) -> RoomAnswer | None:
        """What they answered; None where they have not."""
        ...

    def give(self, activity: Activity, answer: RoomAnswer) -> None:
        """Keeps an answer."""
        ...

    def draft(self, name: str) -> str | None:
        """What they wrote in a field; None where they have not."""
        ...

    def keep(self, name: str, text: str) -> None:
        """Keeps what they wrote in a field."""
        ...


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One activity in front of one person."""

    activity: Activity
    place: Place

    def draw(self) -> None:
        """The situation, what to do, and, once that is done, what the guides make of it."""
        st.write(plain(self.activity.situation))
        match self.activity:
            case Scenario() as scenario:
                self._draw_scenario(scenario)
            case LetterExercise() as exercise:
                self._draw_letter(exercise)
            case LookBack() as look_back:
                self._draw_look_back(look_back)

    def _draw_scenario(self, scenario: Scenario) -> None:
        answer = self.place.answer_to(scenario.id)
        if answer is None:
            self._ask(scenario)
            return
        chosen = scenario.choice(next(iter(answer)))
        letters = lettered(scenario)
        st.caption("Your choice")
        _draw_choice(chosen, letters[chosen.id])
        st.caption("And the others?")
        for choice in scenario.choices:
            if choice is not chosen:
                with st.expander(
                    f"{letters[choice.id]}. {plain(choice.text)}", icon=FACES[choice.verdict][0], type="default"
                ):
                    _draw_feedback(choice)

    def _ask(self, scenario: Scenario) -> None:
        letters = lettered(scenario)
        with st.form(f"ask.{scenario.id}", border=False):
            st.radio(
                plain(scenario.question),
                [choice.id for choice in scenario.choices],
                format_func=lambda one: f"{letters[one]}. {plain(scenario.choice(one).text)}",
                index=None,
                key=self._key("choice"),
            )
            st.form_submit_button(
                "I would do this",
                type="primary",
                icon=":material/how_to_vote:",
                on_click=self._decide,
                args=(scenario,),
            )
        if st.session_state.pop(self._key("undecided"), False):
            st.warning("Choose one first. There is no mark for it.", icon=":material/touch_app:")

    def _decide(self, scenario: Scenario) -> None:
        chosen = st.session_state.get(self._key("choice"))
        if chosen is None:
            st.session_state[self._key("undecided")] = True
            return
        with refusals_shown():
            self.place.give(scenario, frozenset({str(chosen)}))

    def _draw_letter(self, exercise: LetterExercise) -> None:
        letter = exercise.letter
        if letter.channel is Channel.EMAIL:
            letter = replace(letter, subject=self._field("Subject", "subject", letter.subject, long=False))
        letter = replace(letter, body=self._field("Letter", "body", letter.body))
        if st.button("Read it critically", type="primary", icon=":material/rate_review:"):
            st.session_state[self._key("read")] = letter
        read: Letter | None = st.session_state.get(self._key("read"))
        if read is None:
            st.caption("Change what you like, then have it read. As often as you like: your best version counts.")
            return
        findings = read_letter(exercise, read, session.content(), session.meaning())
        left = faults_left(exercise, findings)
        self.place.give(exercise, left)
        _draw_findings(exercise, findings, left, read.body)
        with st.expander("One way to write it", icon=":material/edit_note:"):
            st.markdown(f"**{plain(exercise.better.subject)}**")
            st.text(exercise.better.body)

    def _draw_look_back(self, look_back: LookBack) -> None:
        with st.container(border=True, gap="small"):
            for who, says in look_back.lines:
                st.markdown(f"**{plain(who)}:** {plain(says)}")
        answer = self.place.answer_to(look_back.id)
        opened = answer is not None or bool(st.session_state.get(self._key("opened")))
        for noticing in look_back.noticings:
            self._field(noticing.question, noticing.id, "", height=80)
            if opened:
                with st.container(border=True):
                    st.markdown(f":material/visibility: {plain(noticing.noticed)}")
                    draw_reasons(noticing)
        if not opened:
            st.button("Show what a coach noticed", type="primary", icon=":material/visibility:", on_click=self._open)
        elif answer is None:
            self._ask_noticed(look_back)
        else:
            st.success(
                f"You noticed {len(answer)} of {len(look_back.noticings)}. The ones that got away are the useful ones.",
                icon=":material/check_circle:",
            )

    def _ask_noticed(self, look_back: LookBack) -> None:
        with st.form(f"noticed.{look_back.id}"):
            st.markdown("**Which of these did you notice as well?**")
            for noticing in look_back.noticings:
                st.checkbox(plain(noticing.short), key=self._key(f"tick.{noticing.id}"))
            st.form_submit_button(
                "Done", type="primary", icon=":material/check:", on_click=self._tell_noticed, args=(look_back,)
            )

    def _tell_noticed(self, look_back: LookBack) -> None:
        ticked = [one.id for one in look_back.noticings if st.session_state.get(self._key(f"tick.{one.id}"))]
        with refusals_shown():
            self.place.give(look_back, frozenset(ticked))

    def _open(self) -> None:
        st.session_state[self._key("opened")] = True

    def _field(self, label: str, name: str, begin: str, *, long: bool = True, height: int | None = None) -> str:
        """A field that a reload fills again with what was written."""
        key = self._key(f"text.{name}")
        kept = self.place.draft(f"{self.activity.id}.{name}")
        if key not in st.session_state:
            st.session_state[key] = begin if kept is None else kept
        if long:
            tall = height or 300
            text = st.text_area(plain(label), key=key, height=tall, max_chars=LONGEST_DRAFT)
        else:
            text = st.text_input(plain(label), key=key, max_chars=200)
        if text != (begin if kept is None else kept):
            self.place.keep(f"{self.activity.id}.{name}", text)
        return text

    def _key(self, name: str) -> str:
        return f"workshop.{self.activity.id}.{name}"


def verdict_badge(verdict: Verdict) -> None:
    """What the guides make of a choice."""
    icon, color = FACES[verdict]
    st.badge(VERDICTS[verdict], icon=icon, color=color)


def _draw_choice(choice: Choice, letter: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{letter}. {plain(choice.text)}**")
        _draw_feedback(choice)


def _draw_feedback(choice: Choice) -> None:
    verdict_badge(choice.verdict)
    st.write(plain(choice.feedback))
    draw_reasons(choice)


def _draw_findings(exercise: LetterExercise, findings: Sequence[Finding], left: RoomAnswer, body: str) -> None:
    """What is still to mend, and how far one has come."""
    mended = len(exercise.faults) - len(left)
    st.progress(mended / len(exercise.faults), text=f"{mended} of {len(exercise.faults)} faults mended")
    weigh = weighty(findings)
    with st.container(border=True):
        if not weigh:
            st.markdown(":material/check_circle: :green[**Ready to send**]")
            st.caption("Nothing in it that the guides would warn against.")
        else:
            st.markdown(f":material/rate_review: **{counted(len(weigh), 'thing')} to look at**")
        for finding in findings:
            name, icon, color = SEVERITIES[finding.severity]
            with st.container(gap="xsmall"):
                st.badge(name, icon=icon, color=color)
                st.markdown(plain(finding.message))
                if finding.end > finding.start and finding.place == "body":
                    st.markdown(f"> {plain(' '.join(body[finding.start : finding.end].split())[:160])}")
                st.caption(f"{plain(finding.why)} ({plain(said_by(finding.sources))})")
