"""Building blocks for tests of the use cases: entries to log, and rounds read back from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from debrief.domain.courses import Round
from debrief.domain.facts import Answer, Interview
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from debrief.usecases.reflections import Writing, begin, save_answer

ME = Actor()
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
YESTERDAY = InterviewEntry(
    employer="Brightwater Energy",
    role="Data Analyst",
    round="Panel",
    on=date(2026, 3, 3),
    at=time(15, 0),
    timezone="Europe/London",
)
"""A round that ended at 15:00 in London on the day before NOW."""

ANY_SCRIPT = (
    "مها الأحمد",  # right to left
    "Ngũgĩ e\u0301te\u0301",  # combining marks, not composed
    "𠮷野 👩🏽‍🔬",  # outside the basic plane, joined
    "\u200fRTL mark\u200e",
)
"""Texts that must come back exactly as they were typed."""


def entry(**changed: Any) -> InterviewEntry:
    """Yesterday's round, with some of it changed."""
    return replace(YESTERDAY, **changed)


def logged(store: Store, **changed: Any) -> Interview:
    """Yesterday's round in the record, with some of it changed."""
    return log_interview(ME, store, NOW, entry(**changed))


def logged_panel(store: Store) -> Interview:
    """Yesterday's round with two people."""
    return logged(
        store,
        people=(
            PersonEntry(name="Dana Whitfield", topics="the smart meters\nhow on-call works"),
            PersonEntry(name="Kofi Mensah"),
        ),
    )


def round_of(store: Store, interview: Interview) -> Round:
    """Everything that the record holds about an interview."""
    with store.unit(ME.owner, NOW) as unit:
        one = unit.course_of(interview.id).round_of(interview.id)
    assert one is not None
    return one


def person_named(store: Store, interview: Interview, name: str) -> str:
    """The id of somebody met."""
    (found,) = (met.person.id for met in round_of(store, interview).met if met.person.name == name)
    return found


def reflecting(store: Store, interview: Interview, **answers: Answer) -> Round:
    """The round with a reflection begun and these questions answered."""
    reflection = begin(ME, store, NOW, interview.id, questionnaire=1)
    for question, value in answers.items():
        writing = Writing(question=question, value=value, base=None, tab="one")
        save_answer(ME, store, NOW, reflection.id, writing)
    return round_of(store, interview)
