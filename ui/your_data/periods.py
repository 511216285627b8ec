"""From one date to another, for summaries and proofs of activity."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from debrief.domain.facts import Interview
from debrief.exchange.summary import Period
from ui.kit import session

_AT_FIRST = timedelta(days=90)
"""What is offered to begin with: the time up to the latest interview."""


def choose_period() -> Period:
    """The dates chosen; to begin with the three months up to the latest interview that is past."""
    days = _interview_days()
    days = [day for day in days if day <= session.local_now().date()] or days
    st.session_state.setdefault("period.last", days[-1])
    st.session_state.setdefault("period.first", max(days[0], days[-1] - _AT_FIRST))
    with st.container(horizontal=True):
        first = st.date_input("From", key="period.first", format="YYYY-MM-DD")
        last = st.date_input("To", key="period.last", format="YYYY-MM-DD")
    return Period(first, last)


def _interview_days() -> list[date]:
    """The dates of all interviews where they were, in order."""
    with session.reading() as unit:
        ends = unit.columns(Interview, ("ended_at", "timezone"))
    return sorted({at.astimezone(ZoneInfo(zone)).date() for at, zone in zip(*ends.values(), strict=True)})
