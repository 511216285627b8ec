"""The directory of one's applications, kept between reruns until a fact that it rests on changes; and its search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from debrief.domain.directory import Directory, Listed, speaking_of
from debrief.usecases.directory import RESTS_ON
from debrief.usecases.directory import directory as read
from ui.kit import session

LISTED = 50
"""How many a list to choose from holds at most; the rest is found by searching."""


def directory() -> Directory:
    """All applications as they stand now."""
    with session.reading() as unit:
        versions = unit.data_versions()
    return _directory((session.actor().owner, *(versions[kind.__name__] for kind in RESTS_ON)))


def narrowed_by_search(applications: Sequence[Listed], *, key: str) -> Sequence[Listed]:
    """The first few applications; where there are more, of those that a search finds."""
    if len(applications) <= LISTED:
        return applications
    found = speaking_of(applications, search_field("Find an application", key=key))
    if not found:
        st.caption("No application matches. Here are the nearest ones.")
    return (found or applications)[:LISTED]


def search_field(label: str, *, key: str) -> str:
    """What is searched for; the page follows as it is typed."""
    return st.text_input(label, key=key, type="search", live=True, placeholder="Employer, role or person") or ""


@st.cache_resource(show_spinner="Looking through your applications …", max_entries=8, ttl=timedelta(hours=1))
def _directory(key: tuple[object, ...]) -> Directory:
    del key
    return read(session.actor(), session.store(), session.now())
