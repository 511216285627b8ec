from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from debrief.domain.facts import Answer, Application, Interview, Person
from debrief.errors import Refused
from debrief.exchange.lossless import KINDS, Record, write_record
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, log_interview
from debrief.usecases.lossless import export_all, import_all
from debrief.usecases.sample import load_sample
from tests.examples import examples
from tests.unit.exchange.random_records import records

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=200)
ROBIN = Actor("robin")
SETTINGS: Mapping[str, Answer] = {
    "house_rules": "gentle",
    "sender_name": "Robin Tan 陳",
    "linkedin_premium": True,
    "lessons_apart": ["a b", "c d"],
    "calendar_ledger": {"uid": ["a", "b", "2026-03-02T09:00:00+00:00", "2026-03-05", "Check in"]},
    "rehearsal": None,
    "form.log": {
        "employer": "Kopi Lantern", "country": "MY", "state": "held", "format": "video", "focus": "case",
        "on": {"date": "2026-11-20"}, "at": {"time": "14:30:00"}, "timezone": "Asia/Kuala_Lumpur", "reply_by": None,
        "people": ["1", "3"], "name.3": "Dana", "recruiter.3": True, "source": None,
    },
}  # fmt: skip


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'other' / 'debrief.db'}")
    yield opened
    opened.close()


def test_export_import_export_gives_the_same_bytes(store: Store, other: Store) -> None:
    load_sample(ROBIN, store, NOW)
    with store.unit(ROBIN.owner, NOW) as unit:
        for key, value in SETTINGS.items():
            unit.set_setting(key, value)
        person = unit.find(Person)[0]
        unit.change(replace(person, profile="https://profile.example/x"))
    text = export_all(ROBIN, store, NOW)

    import_all(ROBIN, other, LATER, text)
    assert export_all(ROBIN, other, LATER) == text

    newcomer = Actor("a newcomer")
    import_all(newcomer, store, LATER, export_all(ROBIN, other, LATER))
    assert export_all(newcomer, store, LATER) == text
    assert export_all(ROBIN, store, LATER) == text


@given(record=records())
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_survives_the_database(store: Store, record: Record) -> None:
    actor = Actor(f"owner {time.perf_counter_ns()}")
    text = write_record(replace(record, settings=SETTINGS))

    import_all(actor, store, NOW, text)

    assert export_all(actor, store, NOW) == text


def test_an_import_is_one_entry_of_the_journal_and_can_be_undone(store: Store, other: Store) -> None:
    load_sample(ROBIN, other, NOW)
    count = import_all(ROBIN, store, LATER, export_all(ROBIN, other, NOW))

    with store.unit(ROBIN.owner, LATER) as unit:
        assert [entry.sentence for entry in unit.journal()] == ["Imported a whole record"]
        assert count == sum(len(unit.find(kind)) for kind in KINDS.values())
        unit.undo(unit.journal()[0].id)
    with store.unit(ROBIN.owner, LATER) as unit:
        assert not any(unit.find(kind) for kind in KINDS.values())


def test_a_file_with_a_mistake_changes_nothing(store: Store, other: Store) -> None:
    load_sample(ROBIN, other, NOW)
    document = json.loads(export_all(ROBIN, other, NOW))
    document["snoozes"][-1]["at"] = "soon"

    with pytest.raises(Refused, match=r"snoozes\[1\]\.at: a date and time"):
        import_all(ROBIN, store, NOW, json.dumps(document))

    assert json.loads(export_all(ROBIN, store, NOW))["applications"] == []


def test_what_is_in_the_record_already_is_refused(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    text = export_all(ROBIN, store, NOW)

    with pytest.raises(Refused, match="are in your record already, so nothing was imported"):
        import_all(ROBIN, store, NOW, text)
    assert export_all(ROBIN, store, NOW) == text


def test_an_import_adds_to_what_is_there_and_leaves_set_settings_alone(store: Store, other: Store) -> None:
    with other.unit(ROBIN.owner, NOW) as unit:
        unit.add(Application(employer="Brought", role="x"))
        unit.set_setting("house_rules", "gentle")
        unit.set_setting("note_tone", "brief")
    with store.unit(ROBIN.owner, NOW) as unit:
        unit.add(Application(employer="Own", role="x"))
        unit.set_setting("house_rules", "standard")

    import_all(ROBIN, store, NOW, export_all(ROBIN, other, NOW))

    with store.unit(ROBIN.owner, NOW) as unit:
        assert {application.employer for application in unit.find(Application)} == {"Own", "Brought"}
        assert dict(unit.settings()) == {"house_rules": "standard", "note_tone": "brief"}


def test_settings_that_the_program_never_kept_stay_outside(store: Store) -> None:
    form = {"notes": "Bring water", "on": {}, "country": "uk"}
    told: dict[str, Answer] = {"rehearsal": {}, "tour": "seen", "sender_name": "Robin", "form.log": form}

    import_all(ROBIN, store, NOW, write_record(Record(dict.fromkeys(KINDS, ()), told)))

    with store.unit(ROBIN.owner, NOW) as unit:
        assert dict(unit.settings()) == {"sender_name": "Robin", "form.log": {"notes": "Bring water"}}


@pytest.fixture
def process_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot change the zone of a running process")
def test_times_are_never_shifted_by_a_zone(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch, process_zone: None
) -> None:
    """Logged in Kuala Lumpur at half past midnight, read in Nairobi, exported, imported: the same instant and date."""
    monkeypatch.setenv("TZ", "Asia/Kuala_Lumpur")
    time.tzset()
    entry = InterviewEntry(
        employer="Kopi Lantern",
        role="Analyst",
        round="final",
        on=date(2026, 11, 20),
        at=clock(0, 30),
        timezone="Asia/Kuala_Lumpur",
        reply_by=date(2026, 11, 27),
    )
    logged = log_interview(ROBIN, store, NOW, entry)

    monkeypatch.setenv("TZ", "Africa/Nairobi")
    time.tzset()
    assert datetime(2026, 1, 1).astimezone().utcoffset() == timedelta(hours=3), os.environ["TZ"]
    text = export_all(ROBIN, store, NOW)
    import_all(ROBIN, other, NOW, text)
    with other.unit(ROBIN.owner, NOW) as unit:
        read = unit.get(Interview, logged.id)

    assert '"2026-11-20T00:30:00+08:00"' in text
    assert read.ended_at == datetime(2026, 11, 20, 0, 30, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))
    assert read.ended_local.date() == date(2026, 11, 20)
    assert read.reply_by == date(2026, 11, 27)
    assert export_all(ROBIN, other, NOW) == text
