"""The parts of the Insights page: filters, the question to look at, what answers it, and how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from debrief.domain.courses import Status
from debrief.insights.definitions import DEFINITIONS
from debrief.insights.filters import Filters
from debrief.insights.finding import LABELS
from debrief.insights.gallery import Question, questions
from debrief.insights.theme import PRINT
from ui.insights.finding import draw_finding
from ui.insights.history import History, example, look
from ui.kit import session
from ui.kit.plain import plain
from ui.kit.status import status_name

FILTER_NAMES = {"rounds": "Round", "sources": "Source", "role_families": "Kind of role", "statuses": "Status"}
MOST_PILLS = 8
"""With more labels to choose from, a list that can be searched takes the place of pills."""


def choose_filters(history: History) -> Filters:
    """The filters that the address asks for, with the fields that change them."""
    asked_for = Filters.from_query({name: st.query_params.get_all(name) for name in st.query_params})
    offered = {field: labels for field, labels in history.choices().items() if len(labels) > 1}
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


def choose_question(history: History) -> Question:
    """What to look at."""
    names = {option.id: option.text for option in session.content().questionnaire.competencies}
    splits = history.splits()
    split = st.session_state.get("split")
    asked = {one.title: one for one in questions(names, split if split in splits else "round")}
    title = st.pills(
        "What would you like to know?",
        list(asked),
        default=next(iter(asked)),
        required=True,
        key="asked",
        bind="query-params",
    )
    question = asked[title or next(iter(asked))]
    if question.split_by and len(splits) > 1:
        st.segmented_control(
            "Compare by",
            splits,
            format_func=lambda name: LABELS[name].capitalize(),
            default="round",
            required=True,
            key="split",
        )
    return question


def draw_question(history: History, question: Question, filters: Filters) -> None:
    """Every finding that answers a question."""
    shown = history.narrowed(question, filters)
    if shown.interviews.empty:
        st.info("No interview passes these filters. Take one off.", icon=":material/filter_alt_off:")
        return
    for finding, draw in zip(history.findings(question, filters), question.draws, strict=True):
        draw_finding(finding, shown.interviews, lambda draw=draw: draw(shown, PRINT))


def draw_example() -> None:
    """A worked example, clearly marked, for those with too few interviews of their own."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("A worked example", anchor=False, width="content")
        st.badge("Invented data", icon=":material/explore:", color="orange")
    record = example()
    for question in questions({})[:2]:
        draw = question.draws[0]
        draw_finding(
            draw(record, look()).as_example(), record.interviews, lambda draw=draw: draw(record, PRINT).as_example()
        )


def draw_definitions() -> None:
    """How the figures are counted."""
    with st.expander("How this is counted", icon=":material/rule:"):
        for term, meaning in DEFINITIONS.items():
            st.markdown(f"**{term}.** {meaning}")


def _labels(field: str, offered: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    default = [label for label in chosen if label in offered]
    name, key = FILTER_NAMES[field], f"filter.{field}"
    if len(offered) > MOST_PILLS:
        return tuple(st.multiselect(name, list(offered), default, placeholder="All", key=key))
    return tuple(
        st.pills(
            name,
            list(offered),
            selection_mode="multi",
            default=default,
            format_func=(lambda label: status_name(Status(label))) if field == "statuses" else plain,
            key=key,
        )
    )


def _dates(asked_for: Filters) -> tuple[date | None, date | None]:
    left, right = st.columns(2)
    since = left.date_input("From", asked_for.since, key="filter.since")
    until = right.date_input("To", asked_for.until, key="filter.until")
    return since, until
