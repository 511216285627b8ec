"""Every file that is made of random records opens in a second reader and holds as many rows as there are facts."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import UTC, date, datetime
from functools import cache

import docx
import pytest
import vobject
from courses_from_facts import courses_of
from hypothesis import given, settings
from markdown_it import MarkdownIt
from random_records import records

from debrief.content import load_content
from debrief.domain.facts import Lesson, Person, Story
from debrief.domain.questionnaire import Questionnaire
from debrief.errors import Refused
from debrief.exchange.document import Document
from debrief.exchange.html import as_html
from debrief.exchange.lossless import Record
from debrief.exchange.markdown import as_markdown
from debrief.exchange.pdf import pdf, unprintable
from debrief.exchange.proof import Activity, proof_document, proof_frame
from debrief.exchange.sections import Sources
from debrief.exchange.summary import Period, SummaryOptions, Told, sections_offered, summarise
from debrief.exchange.tables import TableFacts, TableName, as_csv, csv_file
from debrief.exchange.vcard import as_vcards
from debrief.exchange.word import as_word
from tests.examples import examples

EVER = Period(date(1900, 1, 1), date(2100, 1, 1))
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
HEAVY = ("typst", "docx", "vl_convert", "altair")


@cache
def _questionnaire() -> Questionnaire:
    return load_content().questionnaire


def _told(record: Record) -> Told | None:
    facts = [fact for kind in record.facts.values() for fact in kind]
    rounds = tuple((course, one) for course in courses_of(facts) for one in course.rounds)
    lessons = [fact for fact in facts if isinstance(fact, Lesson)]
    stories = [fact for fact in facts if isinstance(fact, Story)]
    people = [fact for fact in facts if isinstance(fact, Person)]
    return Told(EVER, rounds, Sources(_questionnaire(), lessons, stories), people) if rounds else None


def _opens_everywhere(document: Document) -> None:
    assert docx.Document(io.BytesIO(as_word(document))).paragraphs[0].style.name == "Title"
    assert as_html(document).count("<html") == 1
    assert MarkdownIt("gfm-like", {"linkify": False}).render(as_markdown(document)).startswith("<h1>")
    if unprintable(document):
        with pytest.raises(Refused):
            pdf(document)
    else:
        assert pdf(document).startswith(b"%PDF")


@given(records())
@settings(max_examples=examples(25), deadline=None)
def test_a_summary_of_everything_opens_in_all_four_forms_with_names_and_with_roles(record: Record) -> None:
    told = _told(record)
    if told is None:
        return
    every = frozenset(section.id for section in sections_offered(told))

    for roles in (False, True):
        _opens_everywhere(summarise(told, SummaryOptions(every, roles_for_names=roles)))


@given(records())
@settings(max_examples=examples(25), deadline=None)
def test_a_proof_has_a_row_for_each_interview(record: Record) -> None:
    told = _told(record)
    rounds = told.rounds if told else ()
    activity = Activity(EVER, "Robin", rounds)
    rows = list(csv.DictReader(io.StringIO(csv_file(proof_frame(activity)).decode("utf-8-sig"), newline="")))

    assert len(rows) == len(rounds)
    _opens_everywhere(proof_document(activity))


@given(records())
@settings(max_examples=examples(25), deadline=None)
def test_tables_and_cards_hold_each_fact_once(record: Record) -> None:
    facts = [fact for kind in record.facts.values() for fact in kind]
    people = [fact for fact in facts if isinstance(fact, Person)]
    courses = courses_of(facts)
    told = TableFacts(courses, people, [], _questionnaire())
    table = list(csv.reader(io.StringIO(as_csv(TableName.PEOPLE, told).decode("utf-8-sig"), newline="")))
    cards = list(vobject.readComponents(as_vcards(people, courses).decode()))

    assert len(table) == 1 + len(people)
    assert {card.uid.value for card in cards} == {f"debrief-person-{person.id}" for person in people}


@pytest.mark.parametrize("module", ["debrief.usecases.exports", "debrief.cli", "ui.your_data.exports"])
def test_large_libraries_are_left_alone_until_a_file_is_asked_for(module: str) -> None:
    loaded = f"import {module}, sys; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", loaded], capture_output=True, text=True, check=True)

    assert [name for name in done.stdout.split() if name != "altair" or not module.startswith("ui.")] == []
