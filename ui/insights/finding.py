"""One finding on a page: its reading and chart, the interviews and numbers behind it, and the chart as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from debrief.domain.courses import Status
from debrief.domain.wording import counted, date_in_words
from debrief.insights.finding import Finding, picked
from debrief.insights.pictures import framed, png, svg
from ui.kit import session
from ui.kit.navigation import APPLICATIONS, link_to
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.status import status_badge
from ui.kit.taken import noted

ROWS_A_PAGE = 12


def draw_finding(finding: Finding, frame: pd.DataFrame, in_print: Callable[[], Finding]) -> None:
    """A finding about the interviews of `frame`; `in_print` makes it anew in the look of pictures, once asked for."""
    with st.container(border=True):
        st.subheader(plain(finding.title), anchor=False)
        st.markdown(plain(finding.reading))
        points = _draw_chart(finding)
        if finding.warning:
            st.caption(f":material/warning: {plain(finding.warning)}")
        st.caption(plain(finding.caption))
        if finding.chart is not None:
            _draw_downloads(finding, in_print)
        if finding.picks:
            _draw_interviews(finding, frame, points)
        _draw_numbers(finding)


def _draw_chart(finding: Finding) -> list[dict[str, object]]:
    """The chart; gives back what the picked marks stand for."""
    if finding.chart is None:
        return []
    if not finding.picks:
        st.altair_chart(_unchecked(finding.chart), theme=None, alt=finding.alt)
        return []
    state = st.altair_chart(
        _unchecked(finding.chart),
        theme=None,
        alt=finding.alt,
        on_select="rerun",
        selection_mode="pick",
        key=f"chart.{finding.key}",
    )
    points = state["selection"].get("pick", [])
    return [{name: point[name] for name in finding.picks if name in point} for point in points]


@dataclass(frozen=True, slots=True)
class _Unchecked:
    """A chart that is not held against its schema when it is sent: with each rerun that costs more than all else."""

    chart: alt.TopLevelMixin

    def to_dict(self) -> dict[str, Any]:
        """What Streamlit asks a chart for."""
        return self.chart.to_dict(validate=False)


def _unchecked(chart: alt.TopLevelMixin) -> Any:
    """The chart as it is sent; tests hold every chart against the schema."""
    return _Unchecked(chart)


def _draw_interviews(finding: Finding, frame: pd.DataFrame, points: list[dict[str, object]]) -> None:
    """The interviews behind the chart, or behind the marks that were picked in it; each opens its application."""
    rows = picked(frame, points, reaching=finding.reaching) if points else frame
    words = f"{counted(len(rows), 'interview')} behind {'what you picked' if points else 'this chart'}"
    part = st.expander(
        words, expanded=bool(points), icon=":material/list:", key=f"behind.{finding.key}.{points}", on_change="rerun"
    )
    if not part.open:
        return
    with part:
        if not points:
            st.caption("A click on a mark of the chart leaves only its own interviews here.")
        latest_first = rows.sort_values("ended_at", ascending=False, kind="stable")
        shown, draw_pager = page_of(range(len(rows)), ROWS_A_PAGE, key=f"{finding.key}.{points}")
        for row in latest_first.iloc[list(shown)].itertuples():
            _draw_interview(row)
        draw_pager()


def _draw_interview(row: Any) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        link_to(APPLICATIONS, plain(f"{row.company} · {row.round}"), application=str(row.application_id))
        status_badge(Status(row.status))
        st.caption(plain(_told(row)), width="stretch")


def _told(row: Any) -> str:
    """When it was, and how long the wait was or is."""
    parts: list[str] = []
    if pd.notna(row.ended_on):
        parts.append(date_in_words(date.fromisoformat(f"{row.ended_on:%Y-%m-%d}"), session.now().date()))
    if pd.notna(row.word_days):
        days = counted(int(row.word_days), "day")
        parts.append(f"first word after {days}" if row.word_seen else f"no word for {days}")
    return ", ".join(parts)


def _draw_numbers(finding: Finding) -> None:
    tables = [table for table in (finding.table, finding.measures) if len(table)]
    if not tables:
        return
    with st.expander("The numbers", icon=":material/table:"):
        for table in tables:
            st.dataframe(table, hide_index=True, alt=f"The numbers of the chart {finding.title}")


def _draw_downloads(finding: Finding, in_print: Callable[[], Finding]) -> None:
    """The chart with its reading as a picture, drawn when it is asked for."""
    name = f"debrief-{finding.key}-{session.local_now():%Y-%m-%d}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Save as PNG",
            noted("chart, png", lambda: png(framed(in_print()))),
            f"{name}.png",
            "image/png",
            key=f"png.{finding.key}",
            help="The chart as a picture, for documents and slides",
            icon=":material/image:",
            type="tertiary",
            on_click="ignore",
        )
        st.download_button(
            "Save as SVG",
            noted("chart, svg", lambda: svg(framed(in_print()))),
            f"{name}.svg",
            "image/svg+xml",
            key=f"svg.{finding.key}",
            help="The chart as a drawing, sharp at any size",
            icon=":material/draw:",
            type="tertiary",
            on_click="ignore",
        )
