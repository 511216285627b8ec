from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document

from debrief.content import Content, load_content
from debrief.domain.facts import Application, Interview
from debrief.errors import Refused
from debrief.exchange.document import Document as PrintedDocument
from debrief.exchange.summary import OneApplication, OneInterview, SummaryOptions
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.documents import DocumentForm, document_file
from debrief.usecases.sample import load_sample
from debrief.usecases.summaries import SummaryRequest, summary, summary_sections

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROBIN = Actor("robin")


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def panel(sqlite_store: Store) -> OneInterview:
    load_sample(ROBIN, sqlite_store, NOW)
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        (application,) = unit.find(Application, employer="Tidewrack Analytics")
        (found,) = unit.find(Interview, application_id=application.id, round="Panel")
    return OneInterview(found.id)


def test_each_form_of_the_file_tells_the_same_story(sqlite_store: Store, panel: OneInterview, content: Content) -> None:
    document = summary(ROBIN, sqlite_store, NOW, SummaryRequest(panel), content)
    files = {form: document_file(document, form) for form in DocumentForm}
    word = Document(BytesIO(files[DocumentForm.WORD].content))
    texts = [
        files[DocumentForm.MARKDOWN].content.decode(),
        files[DocumentForm.HTML].content.decode(),
        "\n".join(paragraph.text for paragraph in word.paragraphs),
    ]

    assert {file.name for file in files.values()} == {
        f"2026-02-11 Tidewrack Analytics, Panel.{suffix}" for suffix in ("md", "docx", "html", "pdf")
    }
    assert all("The buoy story with Priya." in text for text in texts)


def test_the_sections_to_choose_from_are_those_that_can_be_had(
    sqlite_store: Store, panel: OneInterview, content: Content
) -> None:
    offered = summary_sections(ROBIN, sqlite_store, NOW, panel, content)
    everything = SummaryRequest(panel, SummaryOptions(frozenset(section.id for section in offered)))

    assert {section.id for section in offered if section.private} >= {"messages", "notes"}
    assert summary(ROBIN, sqlite_store, NOW, everything, content).sections == offered


def test_it_is_dated_by_the_readers_clock(sqlite_store: Store, panel: OneInterview, content: Content) -> None:
    assert summary(ROBIN, sqlite_store, NOW, SummaryRequest(panel), content).made_at == NOW


def test_an_application_without_an_interview_has_nothing_to_sum_up(sqlite_store: Store, content: Content) -> None:
    application = Application(employer="Alder Ltd", role="Analyst")
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        unit.add(application)

    with pytest.raises(Refused, match="no interview yet"):
        summary(ROBIN, sqlite_store, NOW, SummaryRequest(OneApplication(application.id)), content)


def test_a_file_name_holds_nothing_that_a_system_refuses(sqlite_store: Store, content: Content) -> None:
    application = Application(employer='../A"c<m>e: "Ünïcode" 株式会社?*', role="x")
    interview = Interview(
        application_id=application.id, round="\u202etxt.exe/..\\", ended_at=NOW, timezone="Asia/Kuala_Lumpur"
    )
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        unit.add(application)
        unit.add(interview)

    document = summary(ROBIN, sqlite_store, NOW, SummaryRequest(OneInterview(interview.id)), content)

    assert document_file(document, DocumentForm.MARKDOWN).name == "2026-11-22 A c m e Ünïcode 株式会社, txt exe.md"


@pytest.mark.parametrize("scope", [OneInterview, OneApplication])
def test_a_file_name_of_long_words_in_any_script_fits_a_file_system(
    sqlite_store: Store, content: Content, scope: type[OneInterview | OneApplication]
) -> None:
    application = Application(employer="株式会社" * 20, role="データアナリスト" * 10)
    interview = Interview(application_id=application.id, round="最終面接" * 20, ended_at=NOW, timezone="Asia/Tokyo")
    with sqlite_store.unit(ROBIN.owner, NOW) as unit:
        unit.add(application)
        unit.add(interview)
    asked = scope(interview.id if scope is OneInterview else application.id)

    document = summary(ROBIN, sqlite_store, NOW, SummaryRequest(asked), content)
    name = document_file(document, DocumentForm.MARKDOWN).name

    assert len(name.encode()) <= 255
    assert "株式会社" * 15 in name
    assert name.endswith(".md")


@pytest.mark.parametrize("title", ["CON", "com1", "nul"])
def test_a_document_by_a_name_that_windows_keeps_for_itself_is_called_otherwise(title: str) -> None:
    document = PrintedDocument(title, "", (), made_at=NOW)

    assert document_file(document, DocumentForm.MARKDOWN).name == f"document {title}.md"
