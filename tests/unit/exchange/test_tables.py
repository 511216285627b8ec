from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pandas as pd
import pytest
from awkward import AWKWARD
from courses_from_facts import courses_of
from hypothesis import given
from hypothesis import strategies as st

from debrief.content import load_content
from debrief.domain.courses import Course, Round
from debrief.domain.facts import Application, Interview, Lesson, Person, RoundState, Story
from debrief.domain.questionnaire import Questionnaire
from debrief.exchange.sample_history import read_sample
from debrief.exchange.tables import TableFacts, TableName, as_csv, defused
from debrief.insights.report import insights_json

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@cache
def _questionnaire() -> Questionnaire:
    return load_content().questionnaire


@cache
def _sample() -> TableFacts:
    facts = read_sample(NOW)
    return TableFacts(
        courses_of(facts),
        [fact for fact in facts if isinstance(fact, Person)],
        [fact for fact in facts if isinstance(fact, Lesson)],
        _questionnaire(),
        [fact for fact in facts if isinstance(fact, Story)],
    )


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", TableName)
def test_a_table_opens_in_two_readers_with_the_same_cells(name: TableName) -> None:
    content = as_csv(name, _sample())
    rows = _rows(content)
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows
    assert list(rows) == frame.to_dict("records")
    assert all(None not in row and None not in row.values() for row in rows)


def test_interviews_carry_times_on_their_own_clock_and_what_became_of_them() -> None:
    rows = _rows(as_csv(TableName.INTERVIEWS, _sample()))
    kopi = next(row for row in rows if row["company"] == "Kopi Lantern")
    marula = next(row for row in rows if row["company"] == "Marula Health Network" and row["round"] == "Panel")

    assert len(rows) == 40
    assert [row["ended_at"] for row in rows if row["timezone"] == "Asia/Kuala_Lumpur"] == [kopi["ended_at"]]
    assert kopi["ended_at"].endswith("T11:00:00+08:00")
    assert (kopi["answer"], kopi["answered_at"], kopi["decision"]) == ("", "", "let_go")
    assert (marula["answer"], marula["decision"], marula["status"]) == ("offer", "declined", "declined")
    assert (marula["self_rating"], marula["chance_percent"]) == ("5", "80")
    assert marula["people"].startswith("Nomvula Dlamini-Vos; Pieter Haasbroek")
    assert datetime.fromisoformat(marula["thank_you_at"]) < datetime.fromisoformat(marula["answered_at"])


def test_the_figures_can_be_had_from_the_interviews_that_were_held() -> None:
    courses = [
        replace(course, rounds=tuple(one for one in course.rounds if one.interview.state is RoundState.HELD))
        for course in _sample().courses
    ]
    content = as_csv(TableName.INTERVIEWS, replace(_sample(), courses=courses))
    figures = json.loads(insights_json(content.decode("utf-8-sig"), NOW))

    assert figures["n"] == 37
    assert figures["rates"]["rejected"]["k"] == 10
    assert set(figures["by_source"]) == {"Job board", "Referral", "Company site", "Recruiter", "Career fair"}


def test_people_are_listed_once_with_how_often_they_were_met() -> None:
    rows = _rows(as_csv(TableName.PEOPLE, _sample()))
    anahera = next(row for row in rows if row["name"] == "Anahera Whaanga-Smith")

    assert len(rows) == 49
    assert (anahera["interviews"], anahera["recruiter"]) == ("2", "no")


def test_hard_questions_come_with_what_was_said() -> None:
    rows = _rows(as_csv(TableName.QUESTIONS, _sample()))
    harbour = next(row for row in rows if row["question"].startswith("How would you tell a harbour master"))

    assert harbour["said"] == "I explained confidence intervals."
    assert (harbour["went"], harbour["company"]) == ("2", "Tidewrack Analytics")


def test_lessons_name_the_companies_where_they_were_learned() -> None:
    rows = _rows(as_csv(TableName.LESSONS, _sample()))
    close = next(row for row in rows if row["lesson"].startswith("Ask at the close"))

    assert close["companies"] == "Kopi Lantern; Blue Thistle Clinics"
    assert datetime.fromisoformat(close["noted_at"]) < NOW


def test_stories_come_with_their_parts_and_where_they_were_told() -> None:
    rows = _rows(as_csv(TableName.STORIES, _sample()))
    bakery = next(row for row in rows if row["story"].startswith("The bakery forecast"))

    assert bakery["situation"].startswith("Twelve branches")
    assert "Sable Orchard Software" in bakery["companies"]


def test_notes_go_with_their_recipients() -> None:
    rows = _rows(as_csv(TableName.MESSAGES, _sample()))
    tunde = next(row for row in rows if row["to"] == "Tunde Bakare-Holt")

    assert len(rows) == 81
    assert tunde["email"] == "tunde.bakare-holt@tidewrack.example"
    assert tunde["body"].startswith("Dear Tunde,\n\n")


def _with(text: str) -> TableFacts:
    application = Application(employer=text, role=text)
    interview = Interview(
        application_id=application.id, round=text, ended_at=NOW, timezone="Africa/Nairobi", notes=text
    )
    return TableFacts((Course(application, (Round(interview),)),), (), (), _questionnaire())


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_comes_out_the_same_but_calculates_nothing(text: str) -> None:
    (row,) = _rows(as_csv(TableName.INTERVIEWS, _with(text)))

    for column in ("company", "role", "round", "notes"):
        assert row[column].removeprefix("'") == text
        assert row[column][0] not in "=+-@\t\r\n"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    shown = defused(text)

    assert shown in (text, f"'{text}")
    assert not shown.lstrip("\ufeff\u200b\u200e\u202e ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_dates_that_stand_in_the_record_are_not_defused() -> None:
    early = replace(_with("x").courses[0].rounds[0].interview, ended_at=NOW - timedelta(days=90))
    facts = TableFacts((Course(Application(employer="x", role="x"), (Round(early),)),), (), (), _questionnaire())
    (row,) = _rows(as_csv(TableName.INTERVIEWS, facts))

    assert row["ended_at"] == "2026-08-24T12:30:00+03:00"
