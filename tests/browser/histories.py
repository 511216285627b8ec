"""Interviews put into the record of a running server, where a test is about what comes after logging one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from debrief.content import load_content
from debrief.domain.facts import Depth, Interview
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from debrief.usecases.reflections import begin
from tests.browser.server import Server

ME = Actor()


def open_record(server: Server) -> Store:
    """The record that the server keeps, opened beside it."""
    return open_store(f"sqlite:///{server.data / 'debrief.db'}")


def logged(store: Store, employer: str, *people: PersonEntry) -> Interview:
    """A video interview that ended two hours ago, on the clock of UTC, with its reflection begun in full."""
    interview = just_logged(store, employer, *people)
    now = datetime.now(UTC)
    version = load_content().questionnaire.version
    begin(ME, store, now, interview.id, questionnaire=version, depth=Depth.FULL)
    return interview


def just_logged(store: Store, employer: str, *people: PersonEntry) -> Interview:
    """The same without a reflection."""
    now = datetime.now(UTC)
    entry = InterviewEntry(
        employer=employer,
        role="Data Analyst",
        round="Panel",
        on=(now - timedelta(hours=2)).date(),
        at=(now - timedelta(hours=2)).time().replace(microsecond=0),
        timezone="UTC",
        people=people,
    )
    return log_interview(ME, store, now, entry)
