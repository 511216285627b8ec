"""What `due` answers, and how it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from debrief.errors import Refused
from debrief.exchange.due import answer_due
from tests.house_rules import BOOK

RULES = BOOK.rules
AT = "2026-03-05T10:00:00-05:00"
LATER = "2026-03-06T10:00:01-05:00"
CASE: dict[str, Any] = {
    "rules": "standard",
    "now": "2026-03-06T10:00:00-05:00",
    "country": "US",
    "good_rapport": True,
    "interview": {"ended_at": "2026-03-02T15:00:00-05:00", "timezone": "America/New_York", "reply_by": None},
    "people": [{"name": "Dana Whitfield", "recruiter": False}],
    "reflected_at": None,
    "sent": [{"kind": "thank_you", "to": "Dana Whitfield", "at": "2026-03-02T22:00:00Z"}],
    "heard": [],
    "decided": [],
}


def interview(**changes: Any) -> dict[str, Any]:
    return {"interview": CASE["interview"] | changes}


def answer(given: object) -> Any:
    return json.loads(answer_due(json.dumps(given), RULES))


def refusal(given: object) -> str:
    with pytest.raises(Refused) as refused:
        answer_due(given if isinstance(given, str) else json.dumps(given), RULES)
    return str(refused.value)


def test_a_case_is_answered_with_its_status_and_steps_in_the_interviews_zone() -> None:
    found = answer(CASE)
    assert found["status"] == "waiting"
    assert found["steps"][1] == {
        "step": "thank_you",
        "person": "Dana Whitfield",
        "opens": "2026-03-02T15:00:00-05:00",
        "due": "2026-03-03T15:00:00-05:00",
        "closes": "2026-03-09T16:00:00-04:00",
        "state": "done",
        "advice": ["TY1", "TY2", "TY3", "TY4"],
    }
    assert [step["step"] for step in found["steps"]] == ["reflect", "thank_you", "check_in", "let_go", "connect"]


def test_an_array_is_answered_with_an_array() -> None:
    assert answer([CASE, CASE]) == [answer(CASE), answer(CASE)]
    assert answer([]) == []


def test_what_may_be_left_out_counts_as_nothing() -> None:
    short = {"now": CASE["now"], "interview": {key: CASE["interview"][key] for key in ("ended_at", "timezone")}}
    assert answer(short) == answer(CASE | {"country": None, "people": [], "sent": []})


def test_a_bad_case_is_refused_by_its_index() -> None:
    assert refusal([CASE, CASE | {"country": "Atlantis"}]).startswith("Case 1: There is no country “Atlantis”")
    assert refusal([CASE, CASE, {"now": 3}]).startswith("Case 2: now: a date and time such as")
    assert refusal([CASE, 3]) == "Case 1: An object {…} is expected."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rules": "strict"}, "rules: there are no house rules named “strict”; there are standard, gentle"),
        ({"now": "2026-03-06T10:00:00"}, "now: the offset from UTC is missing"),
        ({"now": "yesterday"}, "now: a date and time such as"),
        ({"now": "1772000000"}, "now: a date and time such as"),
        ({"now": "9999-12-31T23:59:59Z"}, "now: a year from 1900 to 2200 is expected"),
        ({"country": ""}, "There is no country “”"),
        ({"country": 1}, "country: "),
        ({"good_rapport": "yes"}, "good_rapport: "),
        ({"good_rapport": None}, "good_rapport: "),
        ({"interview": None}, "interview: an object"),
        (interview(timezone="Mars/Olympus"), "interview.timezone: the name of a time zone"),
        (interview(timezone="America"), "interview.timezone: the name of a time zone"),
        (interview(timezone="../etc/passwd"), "interview.timezone: the name of a time zone"),
        (interview(timezone=None), "interview.timezone: the name of a time zone"),
        (interview(reply_by="2026-3-9"), "interview.reply_by: a date such as"),
        (interview(reply_by="2026-02-30"), "interview.reply_by: a date such as"),
        (interview(ended_at=LATER), "The interview's end is dated"),
        ({"people": None}, "people: an array"),
        ({"people": [{"name": " "}]}, "people[0].name: a name is expected"),
        ({"people": [{"name": "Dana Whitfield"}] * 2}, "people: Dana Whitfield stands there twice"),
        ({"reflected_at": LATER}, "The reflection is dated"),
        ({"sent": [{"kind": "letter", "to": None, "at": AT}]}, "sent[0].kind: "),
        ({"sent": [{"kind": "check_in", "to": None, "at": LATER}]}, "A note sent (check_in) is dated"),
        ({"heard": [{"what": "silence", "at": AT, "reply_by": None}]}, "heard[0].what: "),
        ({"heard": [{"what": "update", "at": LATER, "reply_by": None}]}, "The employer's word (update) is dated"),
        ({"decided": [{"what": "withdrew", "at": LATER}]}, "The decision (withdrew) is dated"),
        ({"decided": [{"what": "withdrew"}]}, "decided[0].at: this key is missing"),
        ({"note": ""}, "note: no key of this name is known here"),
    ],
)
def test_a_wrong_case_is_refused_with_a_sentence_that_says_where(changes: dict[str, Any], sentence: str) -> None:
    assert refusal(CASE | changes).startswith(sentence)


@pytest.mark.parametrize("text", ["", "due", "{", '{"now": '])
def test_what_is_not_json_is_refused(text: str) -> None:
    assert refusal(text).startswith("The input is not JSON: ")


def test_facts_at_the_very_instant_of_now_are_no_later_than_it() -> None:
    assert answer(CASE | {"reflected_at": CASE["now"]})["steps"][0]["state"] == "done"


@pytest.mark.parametrize("people", [CASE["people"], []])
def test_a_note_to_somebody_not_met_counts_for_the_steps_that_are_not_per_person(people: list[Any]) -> None:
    words = [{"what": what, "at": CASE["interview"]["ended_at"]} for what in ("request", "rejected", "offer")]
    steps = ("send_material", "check_in", "last_message", "rejection_reply", "feedback_request", "offer_reply")
    sent = [{"kind": kind, "to": "Robin Hale", "at": AT} for kind in ("thank_you", "connect", *steps)]
    found = answer(CASE | {"people": people, "heard": words, "sent": sent})
    assert {step["step"] for step in found["steps"] if step["state"] == "done"} == set(steps)


def test_a_note_to_somebody_not_met_moves_no_ones_connect() -> None:
    stranger = {"kind": "thank_you", "to": "Robin Hale", "at": AT}
    assert answer(CASE | {"sent": [stranger]}) == answer(CASE | {"sent": []})
