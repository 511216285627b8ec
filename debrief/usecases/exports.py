"""Taking things out by the name of a format: everything, tables, people, dates, a summary, or a proof of activity."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime

from debrief.content import Content
from debrief.domain.facts import Lesson, Person, Story
from debrief.errors import Refused
from debrief.exchange.document import Document
from debrief.exchange.proof import Activity, proof_document, proof_frame
from debrief.exchange.summary import Audience, Period, Scope, SummaryOptions, sections_for
from debrief.exchange.tables import TableFacts, TableName, as_csv, csv_file
from debrief.exchange.vcard import as_vcards
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.calendar_files import page_links, steps_calendar
from debrief.usecases.documents import DocumentForm, ExportFile, document_file
from debrief.usecases.lossless import export_all
from debrief.usecases.notes import SENDER_SETTING
from debrief.usecases.summaries import SummaryRequest, rounds_in, summary, summary_sections

TABLE_PREFIX = "csv-"
DOCUMENT_FORMS = tuple(form.value for form in DocumentForm)
PROOFS = ("proof", "proof-csv")
FORMS = (
    "json", "csv", *(f"{TABLE_PREFIX}{name.value}" for name in TableName), "ics", "vcf",
    *DOCUMENT_FORMS, *PROOFS,
)  # fmt: skip
"""Every format by its name."""
DEFAULT_ADDRESS = "http://localhost:8501"
_ZIPPED_AT = (1980, 1, 1, 0, 0, 0)
"""The same tables make the same archive."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be taken out; what a format has no use for is left unread."""

    form: str
    """One of FORMS."""
    scope: Scope | None = None
    """For a summary; for a proof of activity a period."""
    audience: Audience = Audience.MENTOR
    """For whose eyes a summary is."""
    roles_for_names: bool = False
    figures: bool = False
    address: str = DEFAULT_ADDRESS
    """Where the app answers, for the links in a calendar."""


def export(actor: Actor, store: Store, now: datetime, request: ExportRequest, content: Content) -> ExportFile:
    """The file that was asked for.

    Raises Refused where a summary lacks its interviews, where a period has none
    or where a PDF lacks the font for a script; NotFound for an unknown interview.
    """
    if request.form in DOCUMENT_FORMS:
        return document_file(_summary(actor, store, now, request, content), DocumentForm(request.form))
    if request.form in PROOFS:
        return _proof(actor, store, now, request)
    return _whole(actor, store, now, request, content)


def _whole(actor: Actor, store: Store, now: datetime, request: ExportRequest, content: Content) -> ExportFile:
    """What is made of the whole record."""
    match request.form:
        case "json":
            return ExportFile("debrief.json", export_all(actor, store, now).encode())
        case "csv":
            return tables_file(actor, store, now, content)
        case "ics":
            dates = steps_calendar(actor, store, now, content.rules, page_links(request.address))
            return ExportFile("debrief steps.ics", dates)
        case "vcf":
            return people_file(actor, store, now)
        case table:
            return table_file(actor, store, now, TableName(table.removeprefix(TABLE_PREFIX)), content)


def table_file(actor: Actor, store: Store, now: datetime, name: TableName, content: Content) -> ExportFile:
    """One table of everything in the record, as CSV."""
    return ExportFile(f"{name.value}.csv", as_csv(name, _table_facts(actor, store, now, content)))


def tables_file(actor: Actor, store: Store, now: datetime, content: Content) -> ExportFile:
    """All tables in one archive."""
    facts = _table_facts(actor, store, now, content)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TableName:
            archive.writestr(zipfile.ZipInfo(f"{name.value}.csv", _ZIPPED_AT), as_csv(name, facts))
    return ExportFile("debrief tables.zip", file.getvalue())


def people_file(actor: Actor, store: Store, now: datetime) -> ExportFile:
    """Everybody in the record as cards for an address book."""
    with store.unit(actor.owner, now) as unit:
        return ExportFile("people.vcf", as_vcards(unit.find(Person), unit.courses()))


def proof(actor: Actor, store: Store, now: datetime, period: Period) -> Document:
    """The proof of activity as a document, dated by the clock of `now`.

    Raises Refused for a period without interviews.
    """
    return replace(proof_document(_activity(actor, store, now, period)), made_at=now)


def proof_table(actor: Actor, store: Store, now: datetime, period: Period) -> ExportFile:
    """The proof of activity as CSV. Raises as `proof` does."""
    frame = proof_frame(_activity(actor, store, now, period))
    name = f"Proof of activity {period.first.isoformat()} to {period.last.isoformat()}.csv"
    return ExportFile(name, csv_file(frame))


def _proof(actor: Actor, store: Store, now: datetime, request: ExportRequest) -> ExportFile:
    if not isinstance(request.scope, Period):
        raise Refused("A proof of activity is for a period: say from which date to which.", field="from")
    if request.form == "proof-csv":
        return proof_table(actor, store, now, request.scope)
    return document_file(proof(actor, store, now, request.scope), DocumentForm.PDF)


def _summary(actor: Actor, store: Store, now: datetime, request: ExportRequest, content: Content) -> Document:
    if request.scope is None:
        raise Refused(
            "A summary is of an interview, an application or a period: say which interview or application "
            "by its id, or from which date to which.",
            field="interview",
        )
    offered = summary_sections(actor, store, now, request.scope, content)
    options = SummaryOptions(sections_for(request.audience, offered), request.roles_for_names)
    return summary(actor, store, now, SummaryRequest(request.scope, options, request.figures), content)


def _activity(actor: Actor, store: Store, now: datetime, period: Period) -> Activity:
    with store.unit(actor.owner, now) as unit:
        rounds = sorted(rounds_in(unit, period), key=lambda one: one.in_time)
        return Activity(period, str(unit.setting(SENDER_SETTING, "") or ""), rounds)


def _table_facts(actor: Actor, store: Store, now: datetime, content: Content) -> TableFacts:
    with store.unit(actor.owner, now) as unit:
        return TableFacts(unit.courses(), unit.find(Person), unit.find(Lesson), content.questionnaire, unit.find(Story))
