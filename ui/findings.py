"""The critique's findings beside a note: worst first, the words they concern, why, who says so, a one-click fix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from debrief.domain.critique import Finding, Severity
from debrief.domain.wording import counted
from ui import session
from ui.plain import plain
from ui.sources import said_by
from ui.status import Color

SEVERITIES: dict[Severity, tuple[str, str, Color]] = {
    Severity.MUST: ("Mend before sending", ":material/front_hand:", "red"),
    Severity.SHOULD: ("Would be stronger", ":material/build:", "orange"),
    Severity.TIP: ("A matter of taste", ":material/lightbulb:", "gray"),
}


def draw_findings(findings: Sequence[Finding], *, body: str, replace: Callable[[Finding], None]) -> None:
    """All findings, or the word that the note is ready."""
    with st.container(border=True):
        standing = [finding for finding in findings if finding.severity is not Severity.TIP]
        if not standing:
            st.markdown(":material/check_circle: :green[**Ready to send**]")
            st.caption("Nothing in it that the guides would warn against. Read it aloud once, then let it go.")
        else:
            st.markdown(f":material/rate_review: **{counted(len(standing), 'thing')} to look at**")
        if session.meaning() is None:
            st.caption("The meaning layer is off, so less is checked: wording only.")
        for number, finding in enumerate(findings):
            _draw_finding(finding, number, body=body, replace=replace)


def _draw_finding(finding: Finding, number: int, *, body: str, replace: Callable[[Finding], None]) -> None:
    name, icon, color = SEVERITIES[finding.severity]
    st.badge(name, icon=icon, color=color)
    st.markdown(plain(finding.message))
    if finding.end > finding.start and finding.place == "body":
        st.markdown(f"> {plain(_excerpt(body, finding))}")
    st.caption(f"{plain(finding.why)} ({plain(said_by(finding.sources))})")
    if finding.suggestion is not None and finding.end > finding.start:
        st.button(
            f"Replace with “{plain(finding.suggestion)}”",
            key=f"fix.{finding.rule}.{number}",
            icon=":material/auto_fix_high:",
            on_click=replace,
            args=(finding,),
        )


def _excerpt(body: str, finding: Finding) -> str:
    """The words that the finding concerns, on one line."""
    return " ".join(body[finding.start : finding.end].split())[:160]
