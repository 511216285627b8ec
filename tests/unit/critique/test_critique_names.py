"""Whom a letter greets, whom it names, and how it is signed: the settled close calls."""

from __future__ import annotations

import pytest
from critique_rules import RULES

from debrief.desk.critique import critique
from debrief.domain.critique import Finding, Letter, RecordFacts
from debrief.domain.facts import MessageKind


def findings(body: str, **facts: object) -> dict[str, Finding]:
    record = RecordFacts(**{"sender": "Tunde Bello", "recipient": "Dana Whitfield", "company": "Northwind", **facts})  # type: ignore[arg-type]
    letter = Letter(kind=MessageKind.THANK_YOU, subject="Thanks", body=body)
    return {finding.rule: finding for finding in critique(letter, record, RULES)}


def greeted(greeting: str, recipient: str) -> set[str]:
    found = findings(f"{greeting}\n\nThank you for your time on Tuesday.\n\nTunde", recipient=recipient)
    return {"recipient-wrong", "recipient-missing"} & found.keys()


@pytest.mark.parametrize(
    ("greeting", "recipient"),
    [
        ("Dear Dana,", "Dana Whitfield"),
        ("dear dana", "Dana Whitfield"),
        ("DEAR MS WHITFIELD,", "Dana Whitfield"),
        ("Good morning Dr. Okafor-Lindqvist,", "Amara Okafor-Lindqvist"),
        ("Hello Dr Okafor:", "Amara Okafor-Lindqvist"),
        ("Dear Amara,", "Dr. Amara Okafor-Lindqvist"),
        ("Dear Ms Nguyen and Mr Abara,", "Chidi Abara"),
        ("Dear Linh, Chidi and Iris,", "Iris Chen"),
        ("Dear Zoe,", "Zoë Müller"),
        ("Dear Ms Mueller,", "Zoë Müller"),
        ("Dear Sean O’Brien,", "Sean O'Brien"),
        ("Dear MeiLing,", "Mei Ling Tan"),
        ("Dear Tan Mei Ling,", "Mei Ling Tan"),
        ("Dear Bob,", "Robert Kline"),
        ("Takeda-san,", "Kenji Takeda"),
        ("Dear D. Whitfield,", "Dana Whitfield"),
        ("Whitfield Dana –", "Dana Whitfield"),
        ("Dear Ms van der Berg,", "Anneke van der Berg"),
        ("Good afternoon, Dana!", "Dana Whitfield"),
        ("Hi Dana, thank you for Tuesday. It was good.", "Dana Whitfield"),
        ("Hi Dana Thank you for Tuesday.", "Dana Whitfield"),
        ("Dear Dana (and all),", "Dana Whitfield"),
    ],
)
def test_a_right_name_is_left_alone(greeting: str, recipient: str) -> None:
    assert greeted(greeting, recipient) == set()


@pytest.mark.parametrize(
    ("greeting", "recipient", "fix"),
    [
        ("Dear Donna,", "Dana Whitfield", "Dana"),
        ("Dear Dan,", "Dana Whitfield", "Dana"),
        ("Dear Ms Whitefield,", "Dana Whitfield", "Whitfield"),
        ("Dear Dana Whitman,", "Dana Whitfield", "Dana Whitfield"),
        ("Hi Marcus, thank you for Tuesday.", "Dana Whitfield", "Dana"),
        ("Hi marcus,", "Dana Whitfield", "Dana"),
        ("Dear Dr. Lindquist,", "Amara Okafor-Lindqvist", "Lindqvist"),
        ("Dear Zeo,", "Zoë Müller", "Zoë"),
    ],
)
def test_another_name_or_a_slip_of_a_letter_is_wrong_and_the_fix_is_right(
    greeting: str, recipient: str, fix: str
) -> None:
    found = findings(f"{greeting}\n\nThank you for your time on Tuesday.\n\nTunde", recipient=recipient)
    assert found["recipient-wrong"].suggestion == fix
    assert "recipient-missing" not in found


@pytest.mark.parametrize(
    "greeting",
    ["Dear Sir or Madam,", "Hi there,", "Hello all,", "To whom it may concern:", "Dear hiring manager,", "Good day,"],
)
def test_a_greeting_to_nobody_misses_the_known_recipient(greeting: str) -> None:
    assert greeted(greeting, "Dana Whitfield") == {"recipient-missing"}
    assert greeted(greeting, "") == set()


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        ("Kind regards,\nTunde Bello", True),
        ("Kind regards,\nTunde", True),
        ("Best, Tunde", True),
        ("Many thanks and speak soon\n\nT. Bello\nLeeds\n+44 20 7946 0000", True),
        ("– Tunde", True),
        ("Warmly\nTundé", True),
        ("Kind regards,", False),
        ("I look forward to Friday.", False),
        ("Kind regards,\nSent from my phone", False),
    ],
)
def test_a_name_at_the_end_signs(ending: str, signed: bool) -> None:
    found = findings(f"Dear Dana,\n\nThank you for your time on Tuesday, and for the tour.\n\n{ending}")
    assert ("sign-off-missing" in found) is not signed


@pytest.mark.parametrize(
    ("says", "company", "wrong"),
    [
        ("I liked Northwind's kilns", "Northwind Ltd", False),
        ("I liked NORTHWIND GmbH", "Northwind", False),
        ("I would join RB gladly", "Royal Birch", False),
        ("I would join Royal Birtch gladly", "Royal Birch", True),
        ("The team at Norhtwind was kind", "Northwind Pottery", True),
        ("The tree is a birch, and the birth of the idea", "Birch", False),
        ("See www.nortwind.example/kilns", "Northwind", False),
    ],
)
def test_a_companys_name_belongs_to_it_in_many_forms_and_a_slip_does_not(says: str, company: str, wrong: bool) -> None:
    found = findings(f"Dear Dana,\n\nThank you. {says}.\n\nTunde", company=company)
    assert ("company-wrong" in found) is wrong


def test_spans_and_fixes_stand_on_the_code_points_as_typed() -> None:
    body = "Dear Dana,\n\n😀 Cafe\u0301 talk: thank you. I would join Nortwind gladly.\n\nTunde"
    finding = findings(body)["company-wrong"]
    assert body[finding.start : finding.end] == "Nortwind"
    assert finding.suggestion == "Northwind"
