"""`python -m debrief import`: what it tells before, what it brings in, and how it refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from debrief.cli import main
from debrief.domain.facts import Application, Fact, Interview
from debrief.store import open_store
from debrief.store.backups import list_backups

FILES = Path(__file__).resolve().parents[1] / "fixtures" / "imports"
TABLE = FILES / "tables" / "spreadsheet.csv"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a record that does not exist yet."""
    return f"sqlite:///{tmp_path / 'data' / 'debrief.db'}"


def run(url: str, *arguments: str) -> Result:
    done = CliRunner().invoke(main, ["import", "--database", url, *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def stored(url: str, kind: type[Fact]) -> list[Fact]:
    store = open_store(url)
    with store.unit("local", datetime(2026, 11, 22, tzinfo=UTC)) as unit:
        found = unit.find(kind)
    store.close()
    return found


def test_a_dry_run_tells_columns_and_numbers_and_changes_nothing(url: str) -> None:
    done = run(url, str(TABLE), "--zone", "Europe/London", "--dry-run")

    assert done.exit_code == 0
    assert done.stdout == ""
    assert "Interview date → interview_at" in done.stderr
    assert "Would come in: 3 applications, 3 interviews, 2 people and 2 answers." in done.stderr
    assert "Nothing was changed." in done.stderr
    assert stored(url, Application) == []


def test_a_table_comes_in_after_a_backup(url: str, tmp_path: Path) -> None:
    done = run(url, str(TABLE), "--zone", "Europe/London")

    assert done.exit_code == 0
    assert "3 applications, 3 interviews, 2 people and 2 answers came in." in done.stderr
    assert len(stored(url, Interview)) == 3
    assert [backup.reason for backup in list_backups(tmp_path / "data" / "debrief.db")] == ["before-import"]


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        ("Company,Role,Interview date\nElm,Nurse,2026-01-05\n", [], "in which time zone"),
        ("Company,Role,Interview date\nElm,Nurse,03/04/2026\n", ["--zone", "UTC"], "the day or the month"),
        ("Firm,Wage\nElm,12\n", [], "Role"),
        ("Company,Role\nElm,Nurse\n", ["--map", "Firm=employer"], "no column “Firm”"),
        ("Company,Role\nElm,Nurse\n", ["--map", "Role=job"], "no place “job”"),
        ("Company,Role\nElm,Nurse\n", ["--map", "Role"], "COLUMN=PLACE"),
        ("Company,Role\nElm,Nurse\n", ["--format", "wordstar"], "no format “wordstar”"),
        ("Company,Role\nElm,Nurse\n", ["--format", "ics"], "is not what ics is"),
        ("Company,Role,Interview date\nElm,Nurse,31/02/2026\n", ["--zone", "UTC"], "Row 2, Interview date"),
    ],
)
def test_what_has_to_be_said_is_asked_for_and_nothing_comes_in(
    url: str, tmp_path: Path, content: str, options: list[str], sentence: str
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(content, encoding="utf-8")

    done = run(url, str(file), *options)

    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert stored(url, Application) == []


def test_answers_given_as_options_are_taken(url: str, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("A,B,C\nElm,Nurse,03/04/2020 10:00\nElm,Nurse,?\n,Nurse,\n", encoding="utf-8")
    mapping = ["--map", "A=employer", "--map", "B=role", "--map", "C=interview_at"]

    done = run(url, str(file), *mapping, "--zone", "UTC", "--dates", "month-first", "--leave-out-bad-rows")

    assert done.exit_code == 0, done.stderr
    (interview,) = stored(url, Interview)
    assert isinstance(interview, Interview)
    assert interview.ended_at.isoformat() == "2020-03-04T10:00:00+00:00"


def test_events_of_a_calendar_are_listed_and_the_chosen_come_in(url: str) -> None:
    calendar = str(FILES / "calendars" / "interviews.ics")

    listed = run(url, calendar, "--dry-run")
    assert "2: 2026-02-10 Interview at Alder, Finch & Co (an interview?)" in listed.stderr
    assert run(url, calendar).exit_code == 1
    assert "no event 9" in run(url, calendar, "--event", "9", "Elm", "Nurse").stderr
    assert "--zone" in run(url, calendar, "--event", "3", "Birchworks", "Nurse").stderr
    assert stored(url, Interview) == []

    assert run(url, calendar, "--event", "2", "Alder, Finch & Co", "Analyst").exit_code == 0

    (interview,) = stored(url, Interview)
    assert isinstance(interview, Interview)
    assert (interview.timezone, interview.ended_local.hour) == ("America/New_York", 15)
