from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import vobject
from docx import Document

from debrief.cli import AUDIENCES, EXPORTS
from debrief.content import Content, load_content
from debrief.domain.facts import Interview
from debrief.errors import NotFound, Refused
from debrief.exchange.summary import Audience, OneInterview, Period, Scope
from debrief.exchange.tables import TableName
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.documents import ExportFile
from debrief.usecases.exports import DOCUMENT_FORMS, FORMS, ExportRequest, export
from debrief.usecases.notes import SENDER_SETTING
from debrief.usecases.sample import load_sample

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROBIN = Actor("robin")
SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))
SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "debrief.schema.json"
BEGINNINGS = {
    "json": b'{\n  "format": "debrief"', "csv": b"PK", "ics": b"BEGIN:VCALENDAR", "vcf": b"BEGIN:VCARD",
    "pdf": b"%PDF-1.7", "docx": b"PK", "html": b"<!doctype html>", "md": b"# Interviews", "proof": b"%PDF-1.7",
}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def sample(sqlite_store: Store) -> Store:
    load_sample(ROBIN, sqlite_store, NOW)
    return sqlite_store


def made(store: Store, content: Content, form: str, scope: Scope | None = None) -> ExportFile:
    return export(ROBIN, store, NOW, ExportRequest(form, scope), content)


@pytest.mark.parametrize("form", FORMS)
def test_every_format_gives_a_file(sample: Store, content: Content, form: str) -> None:
    file = made(sample, content, form, SPRING)

    assert file.content.startswith(BEGINNINGS.get(form, b"\xef\xbb\xbf"))
    assert file.name.rpartition(".")[2] in {form.partition("-")[0], "csv", "zip", "pdf"}


def test_the_command_line_offers_every_format_and_audience() -> None:
    assert set(EXPORTS) == set(FORMS)
    assert set(AUDIENCES) == set(Audience)


def test_the_json_is_as_its_published_schema_says(sample: Store, content: Content) -> None:
    told = json.loads(made(sample, content, "json").content)

    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_all_tables_stand_in_one_archive(sample: Store, content: Content) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(sample, content, "csv").content))

    assert set(archive.namelist()) == {f"{name}.csv" for name in TableName}
    assert archive.read("people.csv") == made(sample, content, "csv-people").content
    assert made(sample, content, "csv") == made(sample, content, "csv")


def test_the_calendar_is_read_by_another_program(sample: Store, content: Content) -> None:
    calendar = vobject.readOne(made(sample, content, "ics").content.decode())

    assert len(calendar.vevent_list) > 3
    assert all(event.uid.value and event.summary.value for event in calendar.vevent_list)


def test_a_proof_names_dates_and_steps_and_nobody_met(sample: Store, content: Content) -> None:
    with sample.unit(ROBIN.owner, NOW) as unit:
        unit.set_setting(SENDER_SETTING, "Robin Okafor-Lindqvist")
    rows = list(csv.DictReader(io.StringIO(made(sample, content, "proof-csv", SPRING).content.decode("utf-8-sig"))))
    kept = [row for row in rows if row["company"] == "Marula Health Network"]

    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    assert {row["date"][:7] for row in rows} == {"2026-03", "2026-04"}
    assert "2026-04-27 They made an offer; 2026-04-30 Reply to the offer sent" in kept[-1]["steps"]
    assert "2026-04-17 Thank-you sent (3)" in kept[-1]["steps"]
    assert not any("Nomvula" in cell for row in rows for cell in row.values())


def test_a_mentor_gets_nothing_private_unless_it_is_for_oneself(sample: Store, content: Content) -> None:
    def told(audience: Audience) -> str:
        return export(ROBIN, sample, NOW, ExportRequest("md", SPRING, audience), content).content.decode()

    assert "Notes sent" not in told(Audience.MENTOR)
    assert "Notes sent" in told(Audience.MYSELF)
    assert "What went well" in told(Audience.MENTOR)
    assert "What went well" not in told(Audience.JOB_CENTRE)
    assert "What followed" in told(Audience.JOB_CENTRE)


def test_charts_stand_in_word_with_what_they_say(sample: Store, content: Content) -> None:
    request = ExportRequest("docx", Period(date(2026, 1, 1), date(2026, 12, 31)), figures=True)
    document = Document(io.BytesIO(export(ROBIN, sample, NOW, request, content).content))
    words = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]

    assert len(words) >= 2
    assert all(len(word or "") > 40 for word in words)


@pytest.mark.parametrize("form", DOCUMENT_FORMS)
def test_a_summary_says_of_what_it_wants_to_be(sample: Store, content: Content, form: str) -> None:
    with pytest.raises(Refused, match="say which interview or application"):
        made(sample, content, form)
    with pytest.raises(NotFound):
        made(sample, content, form, OneInterview("nobody's"))


def test_a_proof_wants_a_period(sample: Store, content: Content) -> None:
    with pytest.raises(Refused, match="from which date to which"):
        made(sample, content, "proof")


def test_a_period_without_interviews_or_turned_round_is_refused(sample: Store, content: Content) -> None:
    with pytest.raises(Refused, match="no interview from 1 May 2019 to 2 May 2020"):
        made(sample, content, "md", Period(date(2019, 5, 1), date(2020, 5, 2)))
    with pytest.raises(Refused, match="Swap the two dates"):
        made(sample, content, "proof", Period(date(2026, 5, 2), date(2026, 5, 1)))


def test_nobody_elses_interview_can_be_told(sample: Store, content: Content) -> None:
    with sample.unit(ROBIN.owner, NOW) as unit:
        interview = unit.find(Interview)[0]

    with pytest.raises(NotFound):
        export(Actor("somebody else"), sample, NOW, ExportRequest("md", OneInterview(interview.id)), content)
