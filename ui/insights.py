"""The parts of the Insights page: the history as a frame, and each finding with its chart and its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import pandas as pd
import streamlit as st

from debrief.insights.charts.conversion import conversion
from debrief.insights.charts.flow import course_flow
from debrief.insights.charts.incidence import outcomes_over_time
from debrief.insights.charts.response import response_times
from debrief.insights.charts.waiting_now import waiting_now
from debrief.insights.finding import Finding
from debrief.insights.history import end_of_hour, frame_of
from debrief.insights.theme import DAY, NIGHT, Look
from ui import session
from ui.look import is_night
from ui.plain import plain

FACTS = ("Application", "Interview", "Heard", "Decision", "Message", "Reflection", "ReflectionAnswer", "Lesson")
"""What the figures are made of: a change to anything else leaves the cached frame as it is."""

CHARTS: Mapping[str, tuple[Callable[[pd.DataFrame, Look], Finding], ...]] = {
    "Outcomes": (course_flow, conversion, outcomes_over_time),
    "Response times": (response_times, waiting_now),
}


def history() -> pd.DataFrame:
    """The actor's history as one frame; computed again when a fact that it rests on changes, or the hour does."""
    with session.reading() as unit:
        versions = unit.data_versions()
    return _history(session.actor().owner, tuple(versions[kind] for kind in FACTS), end_of_hour(session.now()))


def look() -> Look:
    """The colours of the theme that the visitor looks at."""
    return NIGHT if is_night() else DAY


def draw_finding(finding: Finding) -> None:
    """One finding: its reading, its chart, and every number in a table."""
    with st.container(border=True):
        st.subheader(plain(finding.title), anchor=False)
        st.markdown(plain(finding.reading))
        if finding.chart is not None:
            st.altair_chart(finding.chart, theme=None, alt=finding.alt)
        if finding.warning:
            st.caption(f":material/warning: {plain(finding.warning)}")
        st.caption(plain(finding.caption))
        if len(finding.table):
            with st.expander("The numbers"):
                st.dataframe(finding.table, hide_index=True, alt=f"The numbers of the chart {finding.title}")


@st.cache_data(show_spinner="Counting …", max_entries=8)
def _history(owner: str, versions: tuple[int, ...], now: datetime) -> pd.DataFrame:
    del versions
    with session.store().unit(owner, now) as unit:
        return frame_of(unit.courses(), now)
