"""The parts of the Insights page: the history, its filters, and each finding with its chart and its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from debrief.insights.filters import Filters, choices
from debrief.insights.finding import FEWEST, Finding, picked
from debrief.insights.gallery import Question, questions
from debrief.insights.history import end_of_hour
from debrief.insights.record import Record
from debrief.insights.theme import DAY, NIGHT, Look
from debrief.usecases.agenda import rules_in_force
from debrief.usecases.insights import example_history
from debrief.usecases.insights import history as read_history
from ui import session
from ui.look import is_night
from ui.navigation import APPLICATIONS, link_to
from ui.plain import plain

FACTS = (
    "Application",
    "Interview",
    "Heard",
    "Decision",
    "Message",
    "Reflection",
    "ReflectionAnswer",
    "Lesson",
    "Setting",
)
"""What the figures are made of: a change to anything else leaves the cached frames as they are."""
FILTER_NAMES = {"rounds": "Round", "sources": "Source", "role_families": "Kind of role", "statuses": "Status"}
SPLITS = {"round": "By round", "source": "By source"}
FEW = 12
"""Interviews behind a picked mark that are listed one by one."""


def history() -> Record:
    """The actor's history; computed again when a fact that it rests on changes, or the hour does."""
    with session.reading() as unit:
        versions = unit.data_versions()
    return _history(session.actor().owner, tuple(versions[kind] for kind in FACTS), end_of_hour(session.now()))


def look() -> Look:
    """The colours of the theme that the visitor looks at."""
    return NIGHT if is_night() else DAY


def choose_filters(frame: pd.DataFrame) -> Filters:
    """The filters that the address asks for, with the fields that change them."""
    asked_for = Filters.from_query({name: st.query_params.get_all(name) for name in st.query_params})
    offered = {field: labels for field, labels in choices(frame).items() if len(labels) > 1}
    count = len(asked_for.to_query())
    with st.popover(f"Filters ({count})" if count else "Filters", icon=":material/filter_alt:"):
        chosen: dict[str, tuple[str, ...]] = {
            field: _labels(field, labels, getattr(asked_for, field)) for field, labels in offered.items()
        }
        since, until = _dates(asked_for)
    filters = Filters(since=since, until=until, **chosen)
    if filters != asked_for:
        for name in (*FILTER_NAMES, "since", "until"):
            st.query_params.pop(name, None)
        st.query_params.update(filters.to_query())
    return filters


def choose_question(frame: pd.DataFrame) -> Question:
    """What to look at."""
    names = {option.id: option.text for option in session.content().questionnaire.competencies}
    split = st.session_state.get("split") or "round"
    asked = {question.title: question for question in questions(names, split)}
    title = st.pills("What would you like to know?", list(asked), default=next(iter(asked)), required=True, key="asked")
    question = asked[title or next(iter(asked))]
    if frame["source"].astype(bool).any() and question.title in list(asked)[:2]:
        st.segmented_control("Compare", list(SPLITS), format_func=SPLITS.__getitem__, default="round", key="split")
    return question


def draw_question(question: Question, record: Record) -> None:
    """Every finding that answers a question."""
    for draw in question.draws:
        finding = draw(record, look())
        draw_finding(finding, record.interviews)


def draw_example() -> None:
    """A worked example, clearly marked, for those with too few interviews of their own."""
    with st.expander("A worked example, with invented data", icon=":material/explore:"):
        record = _example(end_of_hour(session.now()))
        for question in questions({})[:2]:
            draw_finding(question.draws[0](record, look()).as_example(), record.interviews)


def draw_finding(finding: Finding, frame: pd.DataFrame) -> None:
    """One finding: its reading, its chart, and every number in a table."""
    with st.container(border=True):
        st.subheader(plain(finding.title), anchor=False)
        st.markdown(plain(finding.reading))
        _draw_chart(finding, frame)
        if finding.warning:
            st.caption(f":material/warning: {plain(finding.warning)}")
        st.caption(plain(finding.caption))
        if len(finding.table):
            with st.expander("The numbers"):
                st.dataframe(finding.table, hide_index=True, alt=f"The numbers of the chart {finding.title}")


def has_enough(frame: pd.DataFrame) -> bool:
    """Whether the history carries charts."""
    return len(frame) >= FEWEST


def _draw_chart(finding: Finding, frame: pd.DataFrame) -> None:
    """The chart; where its marks can be picked, the interviews that they stand for."""
    chart = finding.chart
    if chart is None:
        return
    if not finding.picks:
        st.altair_chart(chart, theme=None, alt=finding.alt)
        return
    state = st.altair_chart(
        chart, theme=None, alt=finding.alt, on_select="rerun", selection_mode="pick", key=f"chart.{finding.key}"
    )
    points = state["selection"].get("pick", [])
    if points:
        _draw_picked(
            picked(frame, [{name: point[name] for name in finding.picks if name in point} for point in points])
        )


def _draw_picked(rows: pd.DataFrame) -> None:
    for company, round_, application in rows[["company", "round", "application_id"]].head(FEW).itertuples(index=False):
        link_to(APPLICATIONS, plain(f"{company} · {round_}"), application=str(application))
    if len(rows) > FEW:
        st.caption(f"and {len(rows) - FEW} more")


def _labels(field: str, offered: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    picked_labels = st.pills(
        FILTER_NAMES[field],
        list(offered),
        selection_mode="multi",
        default=[label for label in chosen if label in offered],
        format_func=lambda label: plain(label.replace("_", " ")),
        key=f"filter.{field}",
    )
    return tuple(picked_labels)


def _dates(asked_for: Filters) -> tuple[date | None, date | None]:
    left, right = st.columns(2)
    since = left.date_input("From", asked_for.since, key="filter.since")
    until = right.date_input("To", asked_for.until, key="filter.until")
    return since, until


@st.cache_data(show_spinner="Counting …", max_entries=8)
def _history(owner: str, versions: tuple[int, ...], now: datetime) -> Record:
    del owner, versions
    rules = rules_in_force(session.actor(), session.store(), now, session.content().rules)
    return read_history(session.actor(), session.store(), now, rules)


@st.cache_data(show_spinner="Counting …", max_entries=1)
def _example(now: datetime) -> Record:
    return example_history(now, session.content().rules.choose("standard"))
