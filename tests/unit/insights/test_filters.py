"""Filters: what they keep, what belongs to it, and how they travel in an address."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.domain.workdays import WorkingDays
from debrief.insights.check_ins import Conventions
from debrief.insights.filters import Filters, choices
from tests.house_rules import BOOK
from tests.unit.insights.histories import (
    NOW,
    course,
    frame_of,
    held,
    invented,
    invented_lessons,
    record_of,
    twelve_cases,
)

labels = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
dates = st.none() | st.dates()


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return frame_of(twelve_cases(), NOW)


def test_without_a_filter_everything_stays_and_nothing_is_copied(frame):
    assert Filters().apply(frame) is frame


def test_dates_are_those_of_the_interviews_zone_and_both_ends_count(frame):
    kept = Filters(since=date(2026, 3, 10), until=date(2026, 3, 11)).apply(frame)
    assert kept["company"].tolist() == ["Juniper", "Kapok"]


def test_labels_of_one_kind_widen_and_kinds_narrow(frame):
    assert len(Filters(rounds=("panel", "final")).apply(frame)) == 4
    assert Filters(rounds=("panel", "final"), statuses=("rejected",)).apply(frame)["company"].tolist() == [
        *["Birch", "Kapok"]
    ]


def test_a_date_narrows_what_the_labels_left(frame):
    both = Filters(rounds=("panel", "final"), since=date(2026, 3, 10), until=date(2026, 3, 11)).apply(frame)
    labels_alone = Filters(rounds=("panel", "final")).apply(frame)["company"].tolist()
    dates_alone = Filters(since=date(2026, 3, 10), until=date(2026, 3, 11)).apply(frame)["company"].tolist()
    assert both["company"].tolist() == [name for name in labels_alone if name in dates_alone]
    assert len(both) < len(dates_alone)


def test_what_belongs_to_the_interviews_left_out_leaves_with_them():
    courses = invented(40)
    record = record_of(courses, invented_lessons(courses), NOW, Conventions(BOOK.choose(""), lambda _: WorkingDays()))
    narrow = Filters(rounds=("panel",)).narrow(record)
    kept = set(narrow.interviews["interview_id"])
    for before, after in ((record.moments, narrow.moments), (record.lessons, narrow.lessons)):
        assert set(after["interview_id"]) <= kept
        assert len(after) == before["interview_id"].isin(kept).sum() > 0
    assert Filters().narrow(record) is record


def test_choices_are_what_occurs_the_most_frequent_first():
    courses = [course(f"A {n}", held("phone", 2), source=source) for n, source in enumerate(["b", "a", "a", ""])]
    found = choices(frame_of(courses, NOW))
    assert found == {"role_families": [], "rounds": ["phone"], "sources": ["a", "b"], "statuses": ["waiting"]}


@given(st.builds(Filters, since=dates, until=dates, role_families=labels, rounds=labels, sources=labels))
def test_an_address_brings_back_the_same_filters(filters):
    assert Filters.from_query(filters.to_query()) == filters


def test_an_address_that_nobody_wrote_is_passed_over():
    query = {"since": ["soon"], "until": [], "rounds": ["panel", "panel"], "interview": ["42"]}
    assert Filters.from_query(query) == Filters(rounds=("panel",))
