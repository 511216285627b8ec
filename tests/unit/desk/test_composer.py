"""The composer says what the record holds, and asks for what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from letters_at_hand import a_thank_you

from debrief.content import load_content
from debrief.desk.brief import Brief
from debrief.desk.composer import compose
from debrief.domain.facts import MessageKind, Person
from debrief.domain.letters import Occasion, Templates, Tone


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_content().templates


@pytest.fixture
def brief() -> Brief:
    return a_thank_you()


def test_a_thank_you_names_the_persons_own_topic(brief: Brief, templates: Templates) -> None:
    assert "your move to Kubernetes" in compose(brief, templates).body


def test_a_lacking_topic_becomes_a_question_and_the_letter_stays_whole(brief: Brief, templates: Templates) -> None:
    draft = compose(replace(brief, topics=()), templates)
    asked, *_ = draft.asks
    assert asked.id == "topics"
    assert "Chinedu" in asked.text
    assert draft.body.startswith("Dear Chinedu,\n\nThank you for talking with me")
    assert draft.body.endswith("Warm regards,\nAmina Yusuf")


def test_a_lacking_sender_becomes_a_question_and_no_name_is_invented(brief: Brief, templates: Templates) -> None:
    draft = compose(replace(brief, sender=""), templates)
    assert "sender" in {question.id for question in draft.asks}
    assert draft.body.endswith("Warm regards,")


def test_a_role_too_long_for_a_subject_stays_in_the_letter(brief: Brief, templates: Templates) -> None:
    role = "Senior Data Analyst for Supply, Forecasting and Regional Logistics"
    draft = compose(replace(brief, role=role, place=1), templates)
    assert draft.subject == "Thank you for the interview"
    assert role in draft.body


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Data Analyst", "the Data Analyst role at Nordlicht"),
        ("HR Adviser (m/f/d)", "the HR Adviser role at Nordlicht"),
        ("Summer Internship", "the Summer Internship at Nordlicht"),
        ("the teaching post", "the teaching post at Nordlicht"),
        ("", "the role at Nordlicht"),
    ],
)
def test_the_role_is_named_as_people_name_it(role: str, said: str, brief: Brief, templates: Templates) -> None:
    assert said in compose(replace(brief, role=role), templates).body


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Data Analyst", "join you as a Data Analyst."),
        ("HR Adviser", "join you as an HR Adviser."),
        ("Head of Data", "join you as Head of Data."),
        ("Summer Internship", "join you."),
    ],
)
def test_the_role_takes_the_article_it_needs(role: str, said: str, brief: Brief, templates: Templates) -> None:
    assert said in compose(replace(brief, role=role, place=3), templates).body


@pytest.mark.parametrize(
    ("country", "tone", "greeting"),
    [
        (None, Tone.BRIEF, "Hello Jürgen,"),
        ("GB", Tone.WARM, "Dear Jürgen,"),
        ("GB", Tone.FORMAL, "Dear Dr. Müller,"),
        ("DE", Tone.WARM, "Dear Dr. Müller,"),
        ("VN", Tone.FORMAL, "Dear Dr. Jürgen Müller,"),
    ],
)
def test_people_are_greeted_by_local_custom(
    country: str | None, tone: Tone, greeting: str, brief: Brief, templates: Templates
) -> None:
    person = Person(name="Jürgen Müller", title="Dr.", employer="Nordlicht")
    draft = compose(replace(brief, recipient=person, country=country, tone=tone), templates)
    assert draft.body.splitlines()[0] == greeting


def test_a_greeting_of_ones_own_stands_as_typed(brief: Brief, templates: Templates) -> None:
    assert compose(replace(brief, greeting="Salam Chinedu!"), templates).body.startswith("Salam Chinedu!\n\n")


@pytest.mark.parametrize(("country", "said"), [("US", "March 3"), ("GB", "3 March"), (None, "3 March")])
def test_a_date_is_said_as_the_country_says_it(
    country: str | None, said: str, brief: Brief, templates: Templates
) -> None:
    check_in = replace(brief, kind=MessageKind.CHECK_IN, promised=date(2026, 3, 3), country=country)
    assert f"planned for {said}" in compose(check_in, templates).body


def test_pay_comes_up_in_the_reply_to_an_offer_alone(brief: Brief, templates: Templates) -> None:
    for kind in MessageKind:
        draft = compose(replace(brief, kind=kind, occasions=frozenset({Occasion.PAY})), templates)
        assert ("flexibility on pay" in draft.body) == (kind is MessageKind.OFFER_REPLY)


def test_a_topic_about_pay_is_left_out_and_another_is_taken(brief: Brief, templates: Templates) -> None:
    body = compose(replace(brief, topics=("salary expectations", "the move to Oslo")), templates).body
    assert "salary" not in body
    assert "the move to Oslo" in body


def test_every_part_names_the_advice_it_follows(brief: Brief, templates: Templates) -> None:
    for kind in MessageKind:
        assert all(part.advice for part in compose(replace(brief, kind=kind), templates).parts)


def test_the_same_brief_gives_the_same_draft(brief: Brief, templates: Templates) -> None:
    assert compose(brief, templates) == compose(brief, templates)
