from __future__ import annotations

from datetime import UTC, datetime

import pytest

from debrief.cli import EXPORTS
from debrief.content import load_content
from debrief.domain.facts import Interview
from debrief.errors import NotFound, Refused
from debrief.exchange.tables import TableName
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.exports import export_as
from debrief.usecases.lossless import facts_in
from debrief.usecases.sample import load_sample
from debrief.usecases.summaries import SummaryForm

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROBIN = Actor("robin")
BEGINNINGS = {"json": b'{\n  "format": "debrief"', "md": b"# Interview at", "docx": b"PK", "html": b"<!doctype html>"}


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_of_the_command_line_gives_a_file(sqlite_store: Store, form: str) -> None:
    load_sample(ROBIN, sqlite_store, NOW)
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        interview = unit.find(Interview)[0]
    questionnaire = load_content().questionnaire
    content = export_as(ROBIN, sqlite_store, NOW, form=form, interview_id=interview.id, questionnaire=questionnaire)

    assert content.startswith(BEGINNINGS.get(form, b"\xef\xbb\xbf"))


def test_the_command_line_offers_every_format() -> None:
    assert set(EXPORTS) == {"json", *SummaryForm, *(f"csv-{name}" for name in TableName)}


def test_a_summary_needs_an_interview(sqlite_store: Store) -> None:
    questionnaire = load_content().questionnaire

    with pytest.raises(Refused, match="say which by its id"):
        export_as(ROBIN, sqlite_store, NOW, form="md", questionnaire=questionnaire)
    with pytest.raises(NotFound):
        export_as(ROBIN, sqlite_store, NOW, form="md", interview_id="nobody's", questionnaire=questionnaire)


def test_a_file_can_be_checked_without_reading_it_in(sqlite_store: Store) -> None:
    load_sample(ROBIN, sqlite_store, NOW)
    content = export_as(ROBIN, sqlite_store, NOW, form="json", questionnaire=load_content().questionnaire)

    assert facts_in(content) > 400
    with pytest.raises(Refused):
        facts_in(content[:-3])
