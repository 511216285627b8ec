"""Which words of a sentence are marked."""

from __future__ import annotations

import pytest
from critique_rules import RULES

from debrief.desk.critique import critique
from debrief.domain.critique import Letter, RecordFacts
from debrief.domain.facts import MessageKind


@pytest.mark.parametrize(
    ("sentence", "rule", "marked"),
    [
        ("I need an answer by Friday 12 June, or I sign.", "pushy", "I need an answer by Friday 12 June"),
        ("I need an answer by Friday.", "pushy", "I need an answer by Friday"),
        ("I shall telephone you on Thursday morning.", "phone-push", "shall telephone you on Thursday morning"),
        ("What does the post pay?", "pay-talk", "What does the post pay"),
    ],
)
def test_a_mark_does_not_end_on_a_word_that_leads_on(sentence: str, rule: str, marked: str) -> None:
    body = f"Dear Dana,\n\nThank you for Tuesday. {sentence}\n\nTunde"
    letter = Letter(kind=MessageKind.CHECK_IN, subject="Tuesday", body=body)
    found = critique(letter, RecordFacts(sender="Tunde", recipient="Dana Whitfield"), RULES)
    assert [body[one.start : one.end] for one in found if one.rule == rule] == [marked]
