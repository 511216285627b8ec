"""`due-calendar`: the steps ahead as a file, with links to the pages that take them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from icalendar import Calendar, Event

from debrief.cli import main
from debrief.domain.rules import StepName
from ui.kit.navigation import APPLICATIONS
from ui.kit.steps import FACES


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What is in the file of the sample history."""
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("DEBRIEF_DATABASE_URL", raising=False)
    CliRunner().invoke(main, ["sample"])
    done = CliRunner().invoke(main, ["due-calendar", "--address", "http://debrief.example:9000/"])
    assert done.exit_code == 0
    return list(Calendar.from_ical(done.stdout_bytes).events)


def test_the_file_holds_the_steps_ahead_with_a_reminder_each(events: list[Event]) -> None:
    assert len(events) > 20
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert all(len(event.alarms.times) == 1 for event in events)
    assert all(event["DTSTAMP"].dt <= datetime.now(UTC) for event in events)


def test_each_links_to_the_page_and_the_note_that_the_card_leads_to(events: list[Event]) -> None:
    for event in events:
        step = next(name for name in StepName if f"-{name.value}" in str(event["UID"]))
        address = urlsplit(str(event["URL"]))
        asked = parse_qs(address.query)
        face = FACES[step]
        assert address.netloc == "debrief.example:9000"
        assert address.path == f"/{(face.page or APPLICATIONS).name}"
        assert asked.get("kind") == ([face.kind.value] if face.kind else None)
        assert "application" in asked if face.page is None else "interview" in asked
