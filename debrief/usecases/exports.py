"""Taking things out by the name of a format: everything, a table, or the summary of one interview."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.facts import Lesson, Person
from debrief.domain.questionnaire import Questionnaire
from debrief.errors import Refused
from debrief.exchange.tables import TableFacts, TableName, as_csv
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.lossless import export_all
from debrief.usecases.summaries import SummaryForm, SummaryRequest, summary_file

TABLE_PREFIX = "csv-"


def export_as(
    actor: Actor,
    store: Store,
    now: datetime,
    *,
    form: str,
    interview_id: str | None = None,
    questionnaire: Questionnaire,
) -> bytes:
    """A file: of everything (json), a table (csv-people …), or the summary of one interview (md, docx, html).

    Raises Refused where a summary lacks its interview, NotFound for an unknown one.
    """
    if form == "json":
        return export_all(actor, store, now).encode()
    if form.startswith(TABLE_PREFIX):
        return table_file(actor, store, now, TableName(form.removeprefix(TABLE_PREFIX)), questionnaire)
    if interview_id is None:
        raise Refused("A summary is of one interview: say which by its id.", field="interview")
    request = SummaryRequest(interview_id, questionnaire)
    return summary_file(actor, store, now, request, SummaryForm(form)).content


def table_file(actor: Actor, store: Store, now: datetime, name: TableName, questionnaire: Questionnaire) -> bytes:
    """One table of everything in the record, as CSV."""
    with store.unit(actor.owner, now) as unit:
        facts = TableFacts(unit.courses(), unit.find(Person), unit.find(Lesson), questionnaire)
    return as_csv(name, facts)
