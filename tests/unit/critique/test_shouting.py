"""Words in capitals: what is offered in their place."""

from __future__ import annotations

import pytest
from critique_rules import RULES

from debrief.desk.critique import critique
from debrief.domain.critique import Letter, Place, RecordFacts
from debrief.domain.facts import MessageKind

FACTS = RecordFacts(sender="Tunde Bello", recipient="Dana Whitfield", company="Northwind")


def calmed(body: str, subject: str = "Thanks") -> list[str | None]:
    letter = Letter(kind=MessageKind.THANK_YOU, subject=subject, body=body)
    return [one.suggestion for one in critique(letter, FACTS, RULES) if one.rule == "shouting"]


@pytest.mark.parametrize(
    ("shouted", "calm"),
    [
        ("Dear Dana,\n\nTHANK YOU for the talk about the kilns.", "Thank you"),
        ("Dear Dana,\nTHANK YOU for the talk about the kilns on Tuesday.", "Thank you"),
        ("Dear Dana, I was glad. THANK YOU for the talk.", "Thank you"),
        ("Dear Dana,\n\nThank you for the talk about how the old gas kiln was\nNEVER repaired.", "never"),
        ("Dear Dana,\n\nThank you for the REALLY good talk.", "really"),
    ],
)
def test_a_capital_is_kept_where_a_sentence_begins_and_there_alone(shouted: str, calm: str) -> None:
    assert calmed(f"{shouted}\n\nTunde") == [calm]


def test_a_shouted_subject_begins_with_a_capital() -> None:
    assert calmed("Dear Dana,\n\nThank you.\n\nTunde", "THANK YOU for Tuesday") == ["Thank you"]


def test_a_shout_in_the_subject_stands_in_the_subject() -> None:
    letter = Letter(kind=MessageKind.THANK_YOU, subject="THANK YOU", body="Dear Dana,\n\nThank you.\n\nTunde")
    assert [one.place for one in critique(letter, FACTS, RULES) if one.rule == "shouting"] == [Place.SUBJECT]
