"""The critique's findings beside a note: worst first, the words they concern, why, who says so, a one-click fix."""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from debrief.desk.composer import Draft
from debrief.desk.fixes import fix_for
from debrief.domain.critique import Finding, Place, Severity
from debrief.domain.facts import IgnoredFinding
from debrief.domain.letters import Text
from debrief.domain.wording import counted
from debrief.usecases.ignored_findings import LeftAsItIs, Reading, heed_finding, ignore_finding
from ui.kit import session
from ui.kit.announced import announce
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.sources import said_by
from ui.kit.status import Color
from ui.write.sheet import Sheet

SEVERITIES: dict[Severity, tuple[str, str, Color]] = {
    Severity.MUST: ("Mend before sending", ":material/front_hand:", "red"),
    Severity.SHOULD: ("Would be stronger", ":material/build:", "orange"),
    Severity.TIP: ("A matter of taste", ":material/lightbulb:", "gray"),
}
ANCHOR = "findings"
"""Where on the page they stand: the ways out link to them."""
AROUND = 36
"""Characters shown on either side of the words that a finding concerns."""
REASONS = ("It is meant so", "It is right here", "The check is mistaken")
"""Offered beside a field for one's own words."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings about one note, with all that acting on them takes."""

    sheet: Sheet
    reading: Reading
    composed: Draft

    def draw(self, *, help_line: str) -> None:
        """All findings, or the word that the note is ready; then what was left. `help_line` says what is not read."""
        with st.container(border=True):
            weighty = self.reading.weighty
            if weighty:
                title = f":material/rate_review: {counted(len(weighty), 'thing')} to look at"
                st.subheader(title, anchor=ANCHOR)
                announce(f"{counted(len(weighty), 'thing')} to look at in the note.")
            else:
                st.markdown(":material/check_circle: :green[**Ready to send**]")
                said = "Nothing else in it" if self.reading.left else "Nothing in it"
                announce("The note is ready to send.")
                st.caption(f"{said} that the guides would warn against. Read it aloud once, then let it go.")
            for number, finding in enumerate(self.reading.standing):
                with st.container(gap="xsmall"):
                    self._draw(finding, f"{finding.rule}.{number}.{self.sheet.name}")
            for left in self.reading.left:
                _draw_left(left)
            if help_line:
                st.caption(help_line)

    def _draw(self, finding: Finding, key: str) -> None:
        text = self.sheet.text
        name, icon, color = SEVERITIES[finding.severity]
        st.badge(name, icon=icon, color=color)
        st.markdown(plain(finding.message))
        if finding.end > finding.start:
            where = "Subject: " if finding.place is Place.SUBJECT else ""
            st.markdown(f"*{where}*{_marked(text, finding)}" if where else _marked(text, finding))
        st.caption(f"{plain(finding.why)} ({plain(said_by(finding.sources))})")
        with st.container(horizontal=True, gap="small"):
            fix = fix_for(finding, text, self.composed)
            if fix is not None:
                st.button(
                    plain(fix.label),
                    key=f"fix.{key}",
                    icon=":material/auto_fix_high:",
                    on_click=self.sheet.replace,
                    args=(fix.text,),
                )
            with st.popover("Leave it", type="tertiary", icon=":material/do_not_disturb_on:", key=f"leave.{key}"):
                self._draw_choice(finding, f"reason.{key}")

    def _draw_choice(self, finding: Finding, key: str) -> None:
        if finding.severity is Severity.MUST:
            st.markdown(":red[**The guides say that this does harm.**] Leave it only if you are sure, and say why.")
        reason = st.selectbox(
            "Why is it right as it is?",
            REASONS,
            index=None,
            accept_new_options=True,
            placeholder="Choose, or type your own",
            key=key,
        )
        st.button(
            "Leave it as it is",
            key=f"do.{key}",
            icon=":material/check:",
            disabled=finding.severity is Severity.MUST and not reason,
            on_click=_leave,
            args=(self.sheet, finding, key),
        )


def _draw_left(left: LeftAsItIs) -> None:
    """One finding that the writer left, with the way back."""
    reason = f" You said: {plain(left.choice.reason)}." if left.choice.reason else ""
    with st.container(gap="xxsmall"):
        st.caption(f":material/do_not_disturb_on: Left as it is: {plain(left.finding.message)}{reason}")
        st.button(
            "Take back",
            key=f"heed.{left.choice.id}.{left.finding.start}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_heed,
            args=(left.choice,),
        )


def _marked(text: Text, finding: Finding) -> str:
    """The words that a finding concerns, marked, with a little of what stands around them, on one line."""
    where = text.subject if finding.place is Place.SUBJECT else text.body
    words = " ".join(where[finding.start : finding.end].split())
    if len(words) > 160:
        return f":orange-background[{plain(words[:160])}…]"
    before, after = where[: finding.start], where[finding.end :]
    lead = before if len(before) <= AROUND else f"…{before[-AROUND:].partition(' ')[2]}"
    rest = after if len(after) <= AROUND else f"{after[:AROUND].rpartition(' ')[0]}…"
    return f"{_line(lead)}:orange-background[{plain(words) or '&nbsp;'}]{_line(rest)}"


def _line(text: str) -> str:
    return plain(re.sub(r"\s+", " ", text))


def _leave(sheet: Sheet, finding: Finding, key: str) -> None:
    with refusals_shown():
        draft = sheet.kept()
        reason = str(st.session_state.get(key) or "")
        ignore_finding(session.actor(), session.store(), session.now(), draft, finding, reason=reason)


def _heed(choice: IgnoredFinding) -> None:
    with refusals_shown():
        heed_finding(session.actor(), session.store(), session.now(), choice)
