"""What rows say and what becomes of them: nothing invented, nothing doubled, and a reason for what cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.content import load_content
from debrief.domain.facts import (
    Application,
    Decision,
    DecisionKind,
    Fact,
    Format,
    Heard,
    Interview,
    Meeting,
    Person,
    RoundState,
    Word,
)
from debrief.domain.importing import Target
from debrief.exchange.imports.dates import DayOrder
from debrief.exchange.imports.inspection import Choices, Inspection, inspect, questions_of
from debrief.exchange.imports.planning import Known, Planner, Tally, planned
from debrief.exchange.imports.rows import Layout, RowReader
from debrief.exchange.imports.source import Source

WORDS = load_content().imports
FILES = Path(__file__).resolve().parents[3] / "fixtures" / "imports"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HEADER = (
    "Company",
    "Role",
    "Interview date",
    "Round",
    "State",
    "Status",
    "Status date",
    "Decision",
    "Decided on",
    "People",
    "Notes",
)
FactT = TypeVar("FactT", bound=Fact)


def table(*rows: Sequence[str], header: Sequence[str] = HEADER) -> Inspection:
    text = io.StringIO()
    csv.writer(text).writerows([header, *([*row, *[""] * (len(header) - len(row))] for row in rows)])
    return inspect(Source("table.csv", text.getvalue().encode()), WORDS)


def brought(inspection: Inspection, known: Known | None = None, **decided: object) -> tuple[list[Fact], Tally]:
    choices = replace(Choices(inspection.mapping, zone="Europe/London", order=DayOrder.DAY_FIRST), **decided)
    planner = Planner(known or Known(), with_duplicates=choices.with_duplicates)
    reader = RowReader(Layout.of(inspection, choices, WORDS, NOW))
    return [fact for facts in planned(inspection, reader, planner, choices) for fact in facts], planner.tally


def only(kind: type[FactT], facts: list[Fact]) -> list[FactT]:
    return [fact for fact in facts if isinstance(fact, kind)]


def problems(*row: str) -> list[tuple[str, str]]:
    return [(one.column, one.reason) for one in brought(table(row))[1].problems.told]


def test_a_row_with_an_interview_and_an_answer_becomes_what_it_says() -> None:
    row = (
        "Elm",
        "Nurse",
        "2026-02-03 14:00",
        "Panel",
        "",
        "Rejected",
        "2026-02-10 09:00",
        "",
        "",
        "Dana W.; Li Na",
        "ok",
    )

    facts, tally = brought(table(row))

    (application,), (interview,), (word,) = only(Application, facts), only(Interview, facts), only(Heard, facts)
    assert (application.employer, application.role) == ("Elm", "Nurse")
    assert (interview.round, interview.state, interview.notes) == ("Panel", RoundState.HELD, "ok")
    assert interview.ended_at == datetime(2026, 2, 3, 14, tzinfo=UTC)
    assert (word.what, word.at, word.interview_id) == (
        Word.REJECTED,
        datetime(2026, 2, 10, 9, tzinfo=UTC),
        interview.id,
    )
    assert [person.name for person in only(Person, facts)] == ["Dana W.", "Li Na"]
    assert [meeting.place for meeting in only(Meeting, facts)] == [0, 1]
    assert tally.total == len(facts) == 7


def test_an_application_without_an_interview_comes_alone_and_its_status_is_told_not_invented() -> None:
    facts, tally = brought(
        table(("Elm", "Nurse", "", "", "", "Rejected", "2026-02-10"), ("Fir", "Cook", "", "", "", "Applied"))
    )

    assert [type(fact) for fact in facts] == [Application, Application]
    assert tally.left_out == {"Rejected": 1}
    assert tally.only_applications == 2


def test_a_status_without_a_date_is_no_word_and_stays_in_the_notes() -> None:
    facts, _ = brought(table(("Elm", "Nurse", "2026-02-03 14:00", "", "", "Rejected", "", "", "", "", "mine")))

    assert only(Heard, facts) == []
    assert only(Interview, facts)[0].notes == "mine\n\nImported status: Rejected"


def test_a_day_without_a_time_is_its_end_or_the_moment_of_what_came_of_it_that_day() -> None:
    facts, tally = brought(
        table(
            ("Elm", "Nurse", "03/02/2026"),
            ("Fir", "Cook", "03/02/2026", "", "", "Offer", "03/02/2026 16:00"),
            ("Oak", "Cook", "03/02/2026", "", "", "Offer", "03/02/2026"),
        )
    )

    ends = [one.ended_at.isoformat()[11:19] for one in only(Interview, facts)]
    assert ends == ["23:59:59", "16:00:00", "23:59:59"]
    assert tally.without_a_clock == 3
    assert all(
        word.at >= one.ended_at for word, one in zip(only(Heard, facts), only(Interview, facts)[1:], strict=True)
    )


def test_what_lies_ahead_is_planned_and_what_the_row_says_of_its_state_holds() -> None:
    rows = [
        ("Elm", f"Role {n}", day, "", state)
        for n, (day, state) in enumerate(
            [
                ("2026-05-03 10:00", ""),
                ("2026-02-03 10:00", "No show"),
                ("2026-05-03 10:00", "Cancelled"),
                ("2026-03-04", "Held"),
            ]
        )
    ]

    interviews = only(Interview, brought(table(*rows))[0])

    assert [one.state.value for one in interviews] == ["scheduled", "no_show", "cancelled", "held"]
    assert interviews[-1].ended_at == NOW


def test_several_interview_columns_are_several_rounds_and_the_answer_follows_the_last_before_it() -> None:
    header = ("Company", "Role", "Phone screen date", "Onsite date", "Status", "Status date", "Decision", "Decided on")
    row = ("Elm", "Nurse", "2026-01-05 09:30", "2026-02-15 10:00", "Next round", "2026-01-20", "Withdrew", "2026-02-20")

    facts, _ = brought(table(row, header=header))

    phone, onsite = only(Interview, facts)
    assert (phone.round, onsite.round) == ("Phone screen", "Onsite")
    assert only(Heard, facts)[0].interview_id == phone.id
    assert (only(Decision, facts)[0].interview_id, only(Decision, facts)[0].what) == (onsite.id, DecisionKind.WITHDREW)


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "Nurse"), "Company", "The employer's name is empty"),
        (("Elm", ""), "Role", "The role is empty"),
        (("x" * 400, "Nurse"), "Company", "400 characters long"),
        (("Elm\x07", "Nurse"), "Company", "invisible control character"),
        (("Elm", "Nur\nse"), "Role", "is one line"),
        (("Elm", "Nurse", "31/02/2026"), "Interview date", "no date of the calendar"),
        (("Elm", "Nurse", "2026-03-29 01:30"), "Interview date", "go forward"),
        (("Elm", "Nurse", "2026-05-01", "", "Held"), "Interview date", "lies in the future"),
        (("Elm", "Nurse", "2026-02-03", "", "", "Offer", "2026-02-01"), "Status date", "before the interview of 03"),
        (("Elm", "Nurse", "2026-02-03", "", "", "Offer", "2026-05-01"), "Status date", "lies in the future"),
        (("Elm", "Nurse", "2026-05-03", "", "", "Offer", "2026-02-01"), "Status date", "that was not held"),
        (("Elm", "Nurse", "2026-02-03", "", "", "", "", "Accepted", "32.1.26"), "Decided on", "no date of"),
        (("Elm", "Nurse", "2026-02-03", "", "", "", "", "", "", "", "x" * 130_000 + "\x00"), "Notes", "control char"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_told_by_its_column_with_the_reason(
    row: tuple[str, ...], column: str, reason: str
) -> None:
    ((where, why),) = problems(*row)

    assert where == column
    assert reason in why


def test_a_bad_row_keeps_all_others_out_unless_it_is_left_out_by_choice() -> None:
    rows = (("Elm", "Nurse"), ("", "Cook"), ("Oak", "Cook"))

    assert len(only(Application, brought(table(*rows))[0])) == 1  # what came before it; the use case keeps none of it
    facts, tally = brought(table(*rows), without_bad_rows=True)
    assert [one.employer for one in only(Application, facts)] == ["Elm", "Oak"]
    assert (tally.problems.count, tally.problems.rows) == (1, 1)


def test_what_stands_there_twice_is_told_with_its_place_and_brought_in_only_on_wish() -> None:
    rows = (
        ("Elm", "Nurse", "2026-02-03 14:00", "Panel"),
        ("ELM", "nurse", "2026-02-03", "panel"),
        ("Elm", "Nurse", "2026-02-03 17:00", "Final"),
        ("Elm", "Nurse"),
        ("Oak", "Cook", "2026-01-07", "Phone"),
    )
    application = Application(employer="oak", role="COOK")
    interview = Interview(
        application_id=application.id, round="Interview", ended_at=datetime(2026, 1, 7, 9, tzinfo=UTC), timezone="UTC"
    )
    known = Known.in_record([application], [interview], [])

    facts, tally = brought(table(*rows), known)

    assert [one.round for one in only(Interview, facts)] == ["Panel", "Final"]
    assert [(one.row, one.where) for one in tally.duplicates] == [(3, "row 2"), (5, "row 2"), (6, "your record")]
    doubled, _ = brought(table(*rows), Known.in_record([application], [interview], []), with_duplicates=True)
    assert len(only(Interview, doubled)) == 4


def test_a_known_application_is_joined_and_a_known_person_met_again() -> None:
    application = Application(employer="Elm", role="Nurse")
    person = Person(employer="elm", name="dana whitfield")
    row = ("Elm", "Nurse", "2026-02-03", "", "", "", "", "", "", "Dana Whitfield")

    facts, tally = brought(table(row), Known.in_record([application], [], [person]))

    assert only(Application, facts) == only(Person, facts) == []
    assert only(Interview, facts)[0].application_id == application.id
    assert only(Meeting, facts)[0].person_id == person.id
    assert tally.joined == 1


def test_cells_that_are_code_elsewhere_are_text_here() -> None:
    nasty = ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(A1)", "<script>x</script>", "{{ 7*7 }}", "a\u202eb", "𝒳"]

    facts, _ = brought(
        table(*[(one, one, "2026-02-03", one, "", "", "", "", "", one, f"{one}\r\nBcc: x") for one in nasty])
    )

    assert [one.employer for one in only(Application, facts)] == nasty
    assert [one.name for one in only(Person, facts)] == nasty
    assert [one.notes for one in only(Interview, facts)] == [f"{one}\r\nBcc: x" for one in nasty]


def test_what_has_to_be_asked_is_asked_and_nothing_else() -> None:
    unclear = table(("Elm", "Nurse", "03/04/2026", "", "", "Maybe"))
    asked = questions_of(unclear, Choices(unclear.mapping), WORDS)
    assert ([column.name for column in asked.unclear_dates], asked.zone, asked.words) == (
        ["Interview date"],
        True,
        ("Maybe",),
    )

    clear = table(("Elm", "Nurse", "13/04/2026"))
    asked = questions_of(clear, Choices(clear.mapping, zone="UTC"), WORDS)
    assert not asked.keep_waiting

    bare = inspect(Source("t.csv", b"A,B\n1,2\n"), WORDS)
    assert questions_of(bare, Choices(bare.mapping), WORDS).missing == (Target.EMPLOYER, Target.ROLE)


@pytest.mark.parametrize(
    ("file", "program", "employers", "people"),
    [
        ("huntr.csv", "huntr", 4, 0),
        ("teal.csv", "teal", 3, 0),
        ("simplify.csv", "simplify", 3, 0),
        ("reactive-resume.csv", "reactive_resume", 2, 0),
        ("reactive-resume.json", "reactive_resume", 2, 2),
        ("jobsync.csv", "jobsync", 3, 0),
        ("career-ops.md", "career_ops", 3, 0),
    ],
)
def test_the_exports_of_known_programs_come_in_as_they_are(
    file: str, program: str, employers: int, people: int
) -> None:
    inspection = inspect(Source(file, FILES / "ready" / file), WORDS)

    assert inspection.ready is not None
    assert inspection.ready.id == program
    assert not questions_of(inspection, Choices(inspection.mapping), WORDS).keep_waiting
    facts, tally = brought(inspection)
    assert (len(only(Application, facts)), len(only(Person, facts)), len(only(Interview, facts))) == (
        employers,
        people,
        0,
    )
    assert tally.problems.count == 0


def test_a_header_counts_only_if_the_cells_bear_it_out() -> None:
    found = table(("Elm", "Nurse", "yes", "applied"), header=("Company", "Title", "Interview", "Stage"))
    assert dict(found.mapping) == {0: Target.EMPLOYER, 1: Target.ROLE, 3: Target.STATUS}

    found = table(("Elm", "Nurse", "2026-01-05", "Panel"), header=("employer_name", "jobTitle", "Interview", "STAGE"))
    assert dict(found.mapping) == {0: Target.EMPLOYER, 1: Target.ROLE, 2: Target.INTERVIEW_AT, 3: Target.ROUND}


def test_formats_are_known_by_their_words() -> None:
    header = ("Company", "Role", "Interview date", "Format")
    facts, _ = brought(table(("E", "R", "2026-01-05", "In person"), ("E", "S", "2026-01-05", "Teams"), header=header))
    assert [one.format for one in only(Interview, facts)] == [Format.ON_SITE, Format.VIDEO]


def test_a_sign_that_stands_in_cells_of_several_lines_divides_nothing() -> None:
    rows = [["Elm", *[""] * 8, ";\r0", ";"], ["Ash", *[""] * 8, ";0\r0", ";"]]
    assert table(*rows).table.columns == HEADER


TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
EVERYWHERE = dict(
    enumerate(
        [
            Target.EMPLOYER,
            Target.ROLE,
            Target.INTERVIEW_AT,
            Target.ROUND,
            Target.STATE,
            Target.STATUS,
            Target.STATUS_AT,
            Target.DECISION,
            Target.DECIDED_AT,
            Target.PEOPLE,
            Target.NOTES,
        ]
    )
)


@given(rows=st.lists(st.lists(TEXTS, min_size=11, max_size=11), min_size=1, max_size=6))
def test_whatever_stands_in_the_rows_it_is_facts_or_reasons(rows: list[list[str]]) -> None:
    inspection = table(*(["Elm", *row[1:]] for row in rows))

    facts, tally = brought(inspection, mapping=EVERYWHERE, without_bad_rows=True)

    assert tally.rows + tally.problems.rows == inspection.rows
    assert tally.total == len(facts)
