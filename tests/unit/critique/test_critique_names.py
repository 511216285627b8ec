"""Whom a letter greets, whom it names, and how it is signed: the settled close calls."""

from __future__ import annotations

import pytest
from critique_rules import RULES

from debrief.desk.critique import critique
from debrief.desk.critique.text import read_text
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
        ("Dear Fi,", "Fiona Low"),
        ("Dear Beth,", "Bethany Cole"),
        ("Dear Abdul,", "Abdulrahman Sesay"),
        ("Dear Manny,", "Manuel Ortiz"),
        ("Dear Shaz,", "Sharon Khan"),
        ("Dear Tola,", "Omotola Adeyemi"),
        ("Dear Mama Ngozi,", "Ngozi Adeleke"),
        ("Dear Ms Tan,", "Tan Wei Ling"),
        ("Dear Dean,", "Dean Hollis"),
        ("Dear Mr Pan,", "Peter Pan"),
        ("Dear Dean Whitfield,", "Dana Whitfield"),
        ("Alright Paddy mate,", "Paddy Nolan"),
        ("Howzit Riaan,", "Riaan Botes"),
        ("Dear Hajiya Fatima,", "Fatima Sule"),
        ("Dear Eng. Wekesa,", "Barasa Wekesa"),
        ("Dear Nasreen Apa,", "Nasreen Chowdhury"),
        ("Good morning Captain,", "Amara Nwosu"),
        ("alrite Hamza mate", "Hamza Malik"),
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
        ("Dear John,", "Peter Johnson", "Peter"),
        ("Dear Mary,", "Maria Santos", "Maria"),
        ("Dear Maria,", "Mariam Yusuf", "Mariam"),
        ("Hey Stephannie,", "Stephanie Hargreaves", "Stephanie"),
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
        ("Kind regards,\nTB", True),
        ("-T", True),
        ("Toodles,\nTunde", True),
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


OTHER = "Kestrel Foods"


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ("At Kestrel Foods I ran the ovens", False),
        ("Kestrel Foods taught me patience", False),
        ("It was how we did it at Kestrel too", False),
        ("The oven is the one we had at Kestrel", False),
        ("My reference from Kestrel Foods is attached", False),
        ("I am keen to hear from Kestrel Foods", True),
        ("Everything I learned at Kestrel Foods on Tuesday stays with me", True),
        ("What Kestrel Foods does for the town moved me", True),
        ("I can see myself at kestrel foods for years", True),
    ],
)
def test_another_employer_may_be_spoken_of_as_ones_past_and_not_as_the_one_written_to(says: str, wrong: bool) -> None:
    found = findings(f"Dear Dana,\n\nThank you. {says}.\n\nTunde", other_companies=(OTHER,))
    assert ("company-wrong" in found) is wrong


@pytest.mark.parametrize(
    ("says", "role"),
    [
        ("I am keen on the analyst role", "Data Analyst"),
        ("I am keen on the Sr. Data Analyst role", "Senior Data Analyst"),
        ("I am keen on the HCA post", "Healthcare Assistant"),
        ("I am keen on the health care assistant post", "Healthcare Assistant"),
        ("I am keen on the back end engineer role", "Backend Engineer"),
        ("I am keen on the role of manager of programmes", "Programme Manager"),
        ("I am keen on the Customer Service Advisor role", "Customer Service Adviser"),
        ("I am keen on the vet nurse role", "Veterinary Nurse"),
        ("I am keen on the nursing post", "Staff Nurse"),
        ("I am keen on the fantastic analyst role", "Data Analyst"),
        ("The role of your mentors in this school came up", "Teaching Assistant"),
        ("I work as a bank cashier and would love this role", "Shelf Stacker"),
        ("I stepped down from a manager role for the children", "Shop Assistant"),
        ("Under your head of studio the apprentices learn to log", "Kiln Technician"),
    ],
)
def test_the_post_may_be_shortened_joined_and_described(says: str, role: str) -> None:
    assert "role-wrong" not in findings(f"Dear Dana,\n\nThank you. {says}.\n\nTunde", role=role)


@pytest.mark.parametrize(
    ("says", "role"),
    [
        ("I am keen on the data engineer role", "Data Analyst"),
        ("I want to be your next sous chef", "Commis Chef"),
        ("I would be happy to join you as a solicitor", "Legal Secretary"),
        ("I look forward to being your new receptionist", "Dental Nurse"),
        ("Thank you for considering me for Head Gardener", "Assistant Gardener"),
        ("I am keen on the Senior Analyst position", "Junior Analyst"),
        ("I am keen on the trainee post", "Trainer"),
        ("The marketing position would suit me", "Finance Officer"),
        ("I would love to be the tree surveyor on your team", "Groundsperson"),
    ],
)
def test_another_post_another_rank_and_another_field_are_wrong(says: str, role: str) -> None:
    found = findings(f"Dear Dana,\n\nThank you. {says}.\n\nTunde", role=role, other_roles=("Tree Surveyor",))
    assert "role-wrong" in found


@pytest.mark.parametrize("subject", ["", "Re:", "Fwd: ", "(no subject)", "–"])
def test_a_subject_that_says_nothing_is_missing(subject: str) -> None:
    letter = Letter(kind=MessageKind.THANK_YOU, subject=subject, body="Thank you.")
    assert "subject-missing" in {finding.rule for finding in critique(letter, RecordFacts(), RULES)}


def test_spans_and_fixes_stand_on_the_code_points_as_typed() -> None:
    body = "Dear Dana,\n\n😀 Cafe\u0301 talk: thank you. I would join Nortwind gladly.\n\nTunde"
    finding = findings(body)["company-wrong"]
    assert body[finding.start : finding.end] == "Nortwind"
    assert finding.suggestion == "Northwind"


def test_the_title_of_whom_one_writes_to_is_not_taken_for_the_post() -> None:
    record = RecordFacts(sender="Tunde Bello", recipient="Matron Okonkwo", role="Dialysis Nurse")
    letter = Letter(kind=MessageKind.THANK_YOU, subject="Thank you, Matron", body="Dear Matron,\n\nThank you.\n\nTunde")
    assert "role-wrong" not in {one.rule for one in critique(letter, record, RULES)}


def test_a_slip_in_the_greeting_is_one_of_the_persons_name_though_the_company_bears_it_too() -> None:
    told = {"recipient": "Farhan Qureshi", "company": "Qureshi Lobo Associates"}
    body = "Thank you for your time on Tuesday.\n\nTunde"

    assert "recipient-wrong" in findings(f"Dear Mr Qureishi,\n\n{body}", **told)
    assert "company-wrong" not in findings(f"Dear Mr Qureishi,\n\n{body}", **told)
    assert "company-wrong" in findings(f"Dear Mr Qureshi,\n\nI liked Qureishi Lobo Associates. {body}", **told)


def test_a_number_behind_no_does_not_end_a_sentence() -> None:
    (sentence, other) = read_text("Carriage No. 4 is back on her bogies. No. It is not.").sentences[:2]
    assert [word.text for word in sentence.words][:4] == ["carriage", "no", "4", "is"]
    assert [word.text for word in other.words] == ["no"]


def test_wordings_can_speak_of_the_company_by_its_name() -> None:
    body = "Dear Dana,\n\nThank you for the tour on Tuesday. I still hope to play for Aldermoor.\n\nTunde"

    assert "interest-missing" not in findings(body, company="Aldermoor")
    assert "interest-missing" in findings(body, company="Northwind")
