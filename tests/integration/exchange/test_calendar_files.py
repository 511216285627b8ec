from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from debrief.content import load_content
from debrief.domain.agenda import Due
from debrief.domain.facts import Application
from debrief.errors import NotFound
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.calendar_files import steps_calendar
from debrief.usecases.sample import load_sample, remove_sample

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROBIN = Actor("robin")


def _link(due: Due) -> str:
    return f"http://127.0.0.1:8501/write?interview={due.round.interview.id}"


def _statuses(content: bytes) -> dict[str, str]:
    return {str(event["UID"]): str(event["STATUS"]) for event in Calendar.from_ical(content).events}


def test_the_next_file_cancels_what_was_handed_out_and_is_gone(store: Store) -> None:
    book = load_content().rules
    load_sample(ROBIN, store, NOW)
    first = _statuses(steps_calendar(ROBIN, store, NOW, book, _link))
    remove_sample(ROBIN, store, NOW)
    second = _statuses(steps_calendar(ROBIN, store, NOW + timedelta(hours=1), book, _link))

    assert set(first.values()) == {"CONFIRMED"}
    assert len(first) > 20
    assert second == dict.fromkeys(first, "CANCELLED")


def test_one_application_can_be_handed_out_alone(store: Store) -> None:
    book = load_content().rules
    load_sample(ROBIN, store, NOW)
    everything = _statuses(steps_calendar(ROBIN, store, NOW, book, _link))
    with store.unit(ROBIN.owner, NOW) as unit:
        (application,) = unit.find(Application, employer="Glasswing Transit")
    alone = _statuses(steps_calendar(ROBIN, store, NOW, book, _link, application_id=application.id))

    assert alone
    assert set(alone) < set(everything)
    with pytest.raises(NotFound):
        steps_calendar(Actor("another"), store, NOW, book, _link, application_id=application.id)
