from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document

from debrief.content import load_content
from debrief.domain.facts import Application, Interview
from debrief.errors import NotFound
from debrief.exchange.summary import SummaryOptions
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.sample import load_sample
from debrief.usecases.summaries import (
    SummaryForm,
    SummaryRequest,
    interview_summary,
    sections_to_choose,
    summary_file,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROBIN = Actor("robin")


@pytest.fixture
def request_for_panel(sqlite_store: Store) -> SummaryRequest:
    load_sample(ROBIN, sqlite_store, NOW)
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        (application,) = unit.find(Application, employer="Tidewrack Analytics")
        (panel,) = unit.find(Interview, application_id=application.id, round="Panel")
    return SummaryRequest(panel.id, load_content().questionnaire)


def test_each_form_of_the_file_tells_the_same_story(sqlite_store: Store, request_for_panel: SummaryRequest) -> None:
    files = {form: summary_file(ROBIN, sqlite_store, NOW, request_for_panel, form) for form in SummaryForm}
    word = Document(BytesIO(files[SummaryForm.WORD].content))
    texts = [
        files[SummaryForm.MARKDOWN].content.decode(),
        files[SummaryForm.HTML].content.decode(),
        "\n".join(paragraph.text for paragraph in word.paragraphs),
    ]

    assert {file.name for file in files.values()} == {
        f"2026-02-11 Tidewrack Analytics, Panel.{suffix}" for suffix in ("md", "docx", "html")
    }
    assert all("The buoy story with Priya." in text for text in texts)


def test_the_sections_to_choose_from_are_those_that_can_be_had(
    sqlite_store: Store, request_for_panel: SummaryRequest
) -> None:
    offered = sections_to_choose(
        ROBIN, sqlite_store, NOW, request_for_panel.interview_id, request_for_panel.questionnaire
    )
    everything = SummaryRequest(
        request_for_panel.interview_id,
        request_for_panel.questionnaire,
        SummaryOptions(frozenset(section.id for section in offered)),
    )

    assert {section.id for section in offered if section.private} >= {"messages", "notes"}
    assert interview_summary(ROBIN, sqlite_store, NOW, everything).sections == offered


def test_nobody_elses_interview_can_be_told(sqlite_store: Store, request_for_panel: SummaryRequest) -> None:
    with pytest.raises(NotFound):
        summary_file(Actor("somebody else"), sqlite_store, NOW, request_for_panel, SummaryForm.MARKDOWN)


def test_a_file_name_holds_nothing_that_a_system_refuses(sqlite_store: Store) -> None:
    application = Application(employer='../A"c<m>e: "Ünïcode" 株式会社?*', role="x")
    interview = Interview(
        application_id=application.id, round="\u202etxt.exe/..\\", ended_at=NOW, timezone="Asia/Kuala_Lumpur"
    )
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        unit.add(application)
        unit.add(interview)
    asked = SummaryRequest(interview.id, load_content().questionnaire)

    file = summary_file(ROBIN, sqlite_store, NOW, asked, SummaryForm.MARKDOWN)

    assert file.name == "2026-11-22 A c m e Ünïcode 株式会社, txt exe.md"
