"""The composer says what the record holds, and asks for what it lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from debrief.content import load_content
from debrief.desk.brief import Brief
from debrief.desk.composer import compose
from debrief.domain.facts import MessageKind, Person
from debrief.domain.letters import Audience, Templates


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_content().templates


@pytest.fixture
def brief() -> Brief:
    return Brief(
        kind=MessageKind.THANK_YOU,
        employer="Nordlicht",
        role="Data Analyst",
        audience=Audience.PANEL,
        recipient=Person(name="Chinedu Okafor", employer="Nordlicht"),
        sender="Amina Yusuf",
        topics=("their move to Kubernetes.",),
    )


def test_a_thank_you_names_the_persons_own_topic(brief: Brief, templates: Templates) -> None:
    assert "your move to Kubernetes" in compose(brief, templates).body


def test_a_lacking_topic_becomes_a_question_and_the_letter_stays_whole(brief: Brief, templates: Templates) -> None:
    draft = compose(replace(brief, topics=()), templates)
    asked = next(question for question in draft.asks if question.id == "topics")
    assert "Chinedu" in asked.text
    assert asked.needed
    assert draft.body.startswith("Dear Chinedu,\n\nThank you for talking with me")
    assert draft.body.endswith("Warm regards,\nAmina Yusuf")


def test_a_lacking_sender_becomes_a_question_and_no_name_is_invented(brief: Brief, templates: Templates) -> None:
    draft = compose(replace(brief, sender=""), templates)
    assert "sender" in {question.id for question in draft.asks}
    assert draft.body.endswith("Warm regards,")


def test_the_same_brief_gives_the_same_draft(brief: Brief, templates: Templates) -> None:
    assert compose(brief, templates) == compose(brief, templates)
