"""Articles by sound, possessives in one style, joining, capitals inside a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.content import load_content
from debrief.desk.grammar import article, as_remark, clean, evened, join, lower_first, named, possessive, quieten

WORDS = load_content().templates.phrases.words


@pytest.mark.parametrize(
    "words",
    [
        "hour-long call",
        "honest broker",
        "heir",
        "MBA graduate",
        "HR Adviser",
        "SQL developer",
        "X-ray technician",
        "8-week placement",
        "11th hire",
        "18-month project",
        "FBI agent",
        "NHS manager",
        "urban planner",
        "uninvited guest",
        "unimportant job",
        "umbrella",
        "Éclair chef",
        "IT manager",
        "AI engineer",
        "RN",
        "Uber driver",
        "usher",
        "SEO specialist",
        "“Owner”",
        "R&D lead",
        "L&D partner",
        "LGV driver",
        "11-plus tutor",
    ],
)
def test_an_stands_before_what_begins_with_a_vowel_sound(words: str) -> None:
    assert article(words) == "an"


@pytest.mark.parametrize(
    "words",
    [
        "European manager",
        "UX designer",
        "unicorn",
        "university lecturer",
        "user researcher",
        "UK manager",
        "US liaison",
        "one-off",
        "ewe farmer",
        "house officer",
        "herb grower",
        "Data Analyst",
        "QA analyst",
        "NASA engineer",
        "SAP consultant",
        "LAN engineer",
        "UN officer",
        "euro trader",
        ".NET developer",
        "utility engineer",
        "urologist",
        "7-day trial",
        "118th hire",
        "PhD student",
    ],
)
def test_a_stands_before_what_begins_with_a_consonant_sound(words: str) -> None:
    assert article(words) == "a"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Dana", "Dana's"), ("James", "James's"), ("Chris", "Chris's"), ("McDonald's", "McDonald's"), ("Boss'", "Boss'")],
)
def test_a_possessive_has_one_style(name: str, expected: str) -> None:
    assert possessive(name) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], ""),
        (["pay day"], "pay day"),
        (["Kafka", "hiring"], "Kafka and hiring"),
        (["on-call", "Kafka", "hiring"], "on-call, Kafka and hiring"),
        (["dbt and Airflow", "hiring"], "dbt and Airflow as well as hiring"),
        (["the band", "sand"], "the band and sand"),
    ],
)
def test_topics_are_joined_so_that_each_stays_one(parts: list[str], expected: str) -> None:
    assert join(parts, conjunction="and", apart="as well as") == expected


@pytest.mark.parametrize(
    ("typed", "inside"),
    [
        ("How the team works", "how the team works"),
        ("Onboarding", "onboarding"),
        ("SQL", "SQL"),
        ("iOS", "iOS"),
        ("K8s", "K8s"),
        ("I led it", "I led it"),
        ("I’d start small", "I’d start small"),
        ("Project Aurora", "Project Aurora"),
        ("Kubernetes migration", "Kubernetes migration"),
        ("Boeing contracts", "Boeing contracts"),
        ("Teams of five", "teams of five"),
        ("Migração", "Migração"),
        ("机器学习", "机器学习"),
        ("", ""),
    ],
)
def test_an_ordinary_first_word_loses_its_capital_and_a_name_keeps_it(typed: str, inside: str) -> None:
    assert lower_first(typed, WORDS) == inside


@pytest.mark.parametrize(
    ("typed", "quiet"),
    [("REMOTE WORK", "remote work"), ("ONBOARDING", "onboarding"), ("SQL", "SQL"), ("HIRING IN EU", "hiring in EU")],
)
def test_shouting_is_quietened_and_acronyms_stay(typed: str, quiet: str) -> None:
    assert quieten(typed, WORDS) == quiet


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("We do use Kafka", "we do use Kafka."),
        ("I led the audit!!", "I led the audit."),
        ("Yes; I do,", "yes; I do."),
        ("we use Kafka. And NATS", "We use Kafka. And NATS."),
        ("Is that clear?", "is that clear?"),
        ("He said “yes.”", "he said “yes.”"),
        ("  ", ""),
    ],
)
def test_a_remark_ends_with_one_full_stop_and_begins_as_it_should_behind_a_colon(typed: str, remark: str) -> None:
    assert as_remark(typed, WORDS) == remark


def test_a_name_that_ends_in_a_full_stop_does_not_bring_a_second_one() -> None:
    assert evened("the role at Acme Inc.. I enjoyed it... a lot") == "the role at Acme Inc. I enjoyed it... a lot"


@pytest.mark.parametrize(
    ("typed", "name"), [(" Dana ,", "Dana"), ("!! ", ""), (".NET Group", ".NET Group"), ("محمد", "محمد")]
)
def test_a_name_is_one_clean_line(typed: str, name: str) -> None:
    assert named(typed) == name


@given(st.text())
def test_clean_text_has_no_line_end_no_control_character_and_no_doubled_blank(text: str) -> None:
    cleaned = clean(text)
    assert not {"\n", "\r", "\x00", "\t"} & set(cleaned)
    assert "  " not in cleaned
    assert clean(cleaned) == cleaned


@given(st.text(alphabet=st.characters(categories=("L", "M", "N"))))
def test_letters_of_every_script_are_kept_exactly(text: str) -> None:
    assert clean(text) == text
