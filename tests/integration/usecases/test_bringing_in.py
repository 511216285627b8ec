"""Bringing in on both databases: all of it or nothing, backed up before, told in the journal, taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief.content import load_content
from debrief.domain.facts import Application, Fact, Interview, Person
from debrief.errors import DebriefError, Refused
from debrief.exchange.imports.calendar_events import EventChoice, read_calendar
from debrief.exchange.imports.inspection import Choices, inspect
from debrief.exchange.imports.source import Source
from debrief.exchange.tables import TableName
from debrief.store import Store
from debrief.store import journal as journal_module
from debrief.store.backups import BEFORE_IMPORT, list_backups
from debrief.store.mapping import KINDS
from debrief.usecases.actor import Actor
from debrief.usecases.exports import table_file
from debrief.usecases.imports import (
    TableWork,
    import_events,
    import_record,
    import_table,
    preview_events,
    preview_record,
    preview_table,
)
from debrief.usecases.lossless import export_all
from debrief.usecases.sample import load_sample

CONTENT = load_content()
FILES = Path(__file__).resolve().parents[2] / "fixtures" / "imports"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ME, OTHER = Actor("me"), Actor("other")


def work(content: bytes, name: str = "table.csv") -> TableWork:
    inspection = inspect(Source(name, content), CONTENT.imports)
    return TableWork(inspection, Choices(inspection.mapping, zone="Europe/London"), CONTENT.imports)


def rows_of(store: Store, actor: Actor = ME) -> list[Fact]:
    with store.unit(actor.owner, NOW) as unit:
        return [fact for kind in KINDS for fact in unit.find(kind)]


def sentences(store: Store) -> list[str]:
    with store.unit(ME.owner, NOW) as unit:
        return [entry.sentence for entry in unit.journal()]


def test_a_table_comes_in_as_one_entry_and_is_taken_back_as_a_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "HELD", 3)
    monkeypatch.setattr(journal_module, "READ_AT_ONCE", 2)
    told: list[int] = []
    table = work((FILES / "tables" / "spreadsheet.csv").read_bytes())
    foreseen = preview_table(ME, store, NOW, table)
    assert rows_of(store) == []

    done = import_table(ME, store, NOW, table, told.append)

    assert done.tally.facts == foreseen.facts
    there = rows_of(store)
    assert len(there) == done.tally.total == 13
    assert sentences(store) == ["Brought in table.csv"]
    assert rows_of(store, OTHER) == []
    with store.unit(ME.owner, NOW) as unit:
        assert done.entry is not None
        unit.undo(done.entry)
    assert rows_of(store) == []
    with store.unit(ME.owner, NOW) as again:
        assert unit.entry is not None
        again.undo(unit.entry)
    assert [fact.id for fact in rows_of(store)] == [fact.id for fact in there]


def test_one_bad_row_at_the_end_keeps_everything_out(store: Store) -> None:
    lines = [
        b"Company,Role,Interview date",
        *(b"Elm %d,Nurse,2026-01-05" % n for n in range(3000)),
        b"Fir,Cook,2026-02-30",
    ]
    table = work(b"\n".join(lines))

    with pytest.raises(Refused, match="Row 3,002, Interview date: “2026-02-30” is no date of the calendar"):
        import_table(ME, store, NOW, table)

    assert rows_of(store) == []
    assert sentences(store) == []
    kept = import_table(ME, store, NOW, replace(table, choices=replace(table.choices, without_bad_rows=True)))
    assert kept.tally.facts[Application] == 3000


def test_bringing_the_same_in_twice_adds_nothing_and_writes_no_entry(store: Store) -> None:
    table = work((FILES / "tables" / "rounds.tsv").read_bytes(), "rounds.tsv")
    import_table(ME, store, NOW, table)

    again = import_table(ME, store, NOW, table)

    assert (again.tally.total, again.entry) == (0, None)
    assert again.tally.duplicate_count == 2
    assert len(sentences(store)) == 1


@pytest.mark.parametrize(
    ("content", "field"),
    [(b"Company,Pay\nElm,1\n", "mapping"), (b"Company,Role,Interview date\nElm,Nurse,03/04/2026\n", "order")],
)
def test_open_questions_are_refused_by_their_field(store: Store, content: bytes, field: str) -> None:
    with pytest.raises(Refused) as refused:
        import_table(ME, store, NOW, work(content))
    assert refused.value.field == field

    unzoned = work(b"Company,Role,Interview date\nElm,Nurse,2026-01-05\n")
    with pytest.raises(Refused, match="time zone"):
        preview_table(ME, store, NOW, replace(unzoned, choices=Choices(unzoned.inspection.mapping)))


def test_the_record_is_backed_up_before_anything_comes_in(sqlite_store: Store) -> None:
    import_table(ME, sqlite_store, NOW, work(b"Company,Role\nElm,Nurse\n"))

    assert sqlite_store.file is not None
    assert [backup.reason for backup in list_backups(sqlite_store.file)] == [BEFORE_IMPORT]


def test_texts_of_every_kind_come_in_and_go_out_the_same(store: Store) -> None:
    nasty = [
        "=HYPERLINK(1)",
        "+cmd",
        "@SUM(A1)",
        "<script>x</script>",
        "![x](http://x.example)",
        "{{ 7*7 }}",
        "a\u202eb",
        "𝒳😀",
    ]
    text = "Company,Role,Interview date,Comments\n" + "".join(
        f'{one},{one},2026-01-05,"{one}\r\nBcc: x"\n' for one in nasty
    )
    import_table(ME, store, NOW, work(text.encode()))

    applications = [one for one in rows_of(store) if isinstance(one, Application)]
    assert {one.employer for one in applications} == {one.role for one in applications} == set(nasty)
    notes = {one.notes for one in rows_of(store) if isinstance(one, Interview)}
    assert notes == {f"{one}\r\nBcc: x" for one in nasty}


def test_debriefs_own_table_of_interviews_brings_back_rounds_people_answers_and_decisions(store: Store) -> None:
    load_sample(OTHER, store, NOW)
    table = work(table_file(OTHER, store, NOW, TableName.INTERVIEWS, CONTENT).content, "interviews.csv")
    assert table.inspection.ready is not None

    import_table(ME, store, NOW, table)

    def rounds(actor: Actor) -> Sequence[tuple[str, str, str, datetime, str]]:
        with store.unit(actor.owner, NOW) as unit:
            return sorted(
                (
                    course.application.employer,
                    course.application.role,
                    one.interview.round,
                    one.interview.ended_at,
                    one.status.value,
                )
                for course in unit.courses()
                for one in course.rounds
            )

    assert rounds(ME) == rounds(OTHER)


def test_chosen_events_come_in_once_and_doubles_are_told(store: Store) -> None:
    found = read_calendar(Source("c.ics", FILES / "calendars" / "interviews.ics"), CONTENT.imports)
    chosen = [EventChoice(one, "Elm", "Nurse", "First", one.people, "Europe/London") for one in found.events[1:]]
    assert preview_events(ME, store, NOW, chosen).facts[Interview] == 2
    assert rows_of(store) == []

    import_events(ME, store, NOW, chosen, "c.ics")

    assert len([one for one in rows_of(store) if isinstance(one, Person)]) == 2
    assert preview_events(ME, store, NOW, chosen).duplicate_count == 2
    assert sentences(store) == ["Brought in c.ics"]


def test_an_event_that_cannot_be_an_interview_is_refused_by_its_name_and_keeps_the_others_out(store: Store) -> None:
    found = read_calendar(Source("c.ics", FILES / "calendars" / "interviews.ics"), CONTENT.imports)
    chosen = [EventChoice(one, "Elm", "", "First", (), "Europe/London") for one in found.events]

    with pytest.raises(Refused, match="“Dentist”: The role is empty"):
        import_events(ME, store, NOW, chosen)

    assert rows_of(store) == []


def test_a_copy_of_the_record_is_counted_before_and_refused_beside_itself(store: Store) -> None:
    load_sample(ME, store, NOW)
    copy = Source("debrief.json", export_all(ME, store, NOW).encode())
    found = preview_record(OTHER, store, NOW, copy)
    assert (found.total, found.doubles) == (len(rows_of(store)), 0)
    assert preview_record(ME, store, NOW, copy).doubles == found.total

    assert import_record(OTHER, store, NOW, copy) == found.total
    with pytest.raises(DebriefError):
        import_record(ME, store, NOW, copy)
    assert export_all(OTHER, store, NOW) == export_all(ME, store, NOW)
