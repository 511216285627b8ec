"""A line that cannot be judged says which key is wrong and what is expected there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from debrief.domain.critique import CritiqueRules
from debrief.exchange.critique import Desk, critique_lines
from tests.house_rules import BOOK

DESK = Desk(CritiqueRules(rules=(), words={}), BOOK.rules)
DRAFT = {"id": "a", "kind": "thank_you", "channel": "email", "body": "x"}


def told(line: str) -> dict[str, Any]:
    ((answer, fine),) = critique_lines([line], DESK)
    assert not fine
    return json.loads(answer)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"sent": [{"kind": "thank_you"}]}, "sent[0].at: this key is missing."),
        ({"sent": 3}, "sent: an array […] is expected."),
        ({"to": "Dana"}, "to: an object {…} is expected."),
        ({"heard": [{"what": "offer", "at": "yesterday"}]}, "heard[0].at: a date and time such as"),
        ({"timezone": "Moon/Tycho"}, "timezone: the name of a time zone such as"),
        ({"rules": "strict"}, "rules: there are no house rules named “strict”"),
    ],
)
def test_a_mistake_is_told_by_its_key(facts: dict[str, object], sentence: str) -> None:
    found = told(json.dumps({**DRAFT, **facts}))

    assert found["id"] == "a"
    assert found["error"].startswith(sentence)


def test_what_is_no_object_is_told_as_the_line() -> None:
    assert told("[1]") == {"id": None, "error": "The line: an object {…} is expected."}
    assert told("{bad")["error"].startswith("The line is not JSON: ")
