"""Too soon, too many, too late: as the timeline says over the same facts."""

from __future__ import annotations

import json

from critique_rules import RULES

from debrief.content import SHIPPED, rules
from debrief.exchange.critique import Desk, critique_lines

BOOK, _ = rules.load(SHIPPED)
assert BOOK is not None
DESK = Desk(RULES, BOOK.rules)
ENDED = "2026-03-03T15:00:00+01:00"


def answer(**facts: object) -> dict[str, object]:
    draft = {"id": "a", "kind": "check_in", "channel": "email", "body": "x", "interview_ended_at": ENDED}
    ((line, _),) = critique_lines([json.dumps({**draft, "timezone": "Europe/Berlin", **facts})], DESK)
    return json.loads(line)


def rules_of(**facts: object) -> set[str]:
    found = answer(**facts)["findings"]
    assert isinstance(found, list)
    return {one["rule"] for one in found} & {"too-soon", "too-many", "too-late"}


SENT = [{"kind": "check_in", "to": None, "at": "2026-03-11T09:00:00+01:00"}]
REJECTED = [{"what": "rejected", "at": "2026-03-05T09:00:00+01:00"}]


def test_a_check_in_is_too_soon_until_it_opens_and_too_many_once_sent() -> None:
    assert rules_of(now="2026-03-09T12:00:00+01:00") == {"too-soon"}
    assert rules_of(now="2026-03-10T00:00:00+01:00") == set()
    assert rules_of(now="2026-03-12T12:00:00+01:00", sent=SENT) == {"too-many"}


def test_a_promised_date_moves_the_check_in() -> None:
    assert rules_of(now="2026-03-12T12:00:00+01:00", reply_by="2026-03-20") == {"too-soon"}


def test_an_update_starts_the_count_anew() -> None:
    update = [{"what": "update", "at": "2026-03-12T09:00:00+01:00"}]
    assert rules_of(now="2026-03-25T12:00:00+01:00", sent=SENT, heard=update) == set()


def test_a_last_message_waits_for_the_check_in_and_the_gentle_rules_rule_it_out() -> None:
    assert rules_of(kind="last_message", now="2026-03-12T12:00:00+01:00") == {"too-soon"}
    assert rules_of(kind="last_message", now="2026-03-12T12:00:00+01:00", rules="gentle") == {"too-many"}
    assert rules_of(kind="last_message", now="2026-03-25T12:00:00+01:00", sent=SENT) == set()


def test_a_settled_case_is_neither_too_soon_nor_too_many() -> None:
    assert rules_of(now="2026-03-06T12:00:00+01:00", heard=REJECTED) == set()


def test_a_feedback_request_before_a_rejection_is_too_soon_unless_the_stage_says_otherwise() -> None:
    assert rules_of(kind="feedback_request", now="2026-03-06T12:00:00+01:00") == {"too-soon"}
    assert rules_of(kind="feedback_request", now="2026-03-06T12:00:00+01:00", heard=REJECTED) == set()
    assert rules_of(kind="feedback_request", now="2026-03-06T12:00:00+01:00", stage="rejected") == set()
    ruled_out = {"rules": "gentle", "good_rapport": False}
    assert rules_of(kind="feedback_request", now="2026-03-06T12:00:00+01:00", **ruled_out) == set()


def test_a_thank_you_is_late_after_a_day_for_that_person_alone() -> None:
    to_dana = {"kind": "thank_you", "to": {"name": "Dana"}}
    assert rules_of(**to_dana, now="2026-03-04T14:00:00+01:00") == set()
    assert rules_of(**to_dana, now="2026-03-04T16:00:00+01:00") == {"too-late"}


def test_without_the_clock_the_timing_rules_are_silent() -> None:
    assert rules_of() == set()


def test_lines_are_answered_one_by_one_and_a_bad_one_in_its_place() -> None:
    good = json.dumps({"id": "good", "kind": "thank_you", "channel": "email", "body": "x"})
    late = json.dumps({"id": "late", "kind": "thank_you", "channel": "email", "body": "x", "now": ENDED,
                       "interview_ended_at": "2026-03-04T15:00:00+01:00"})  # fmt: skip
    lines = [good, "{", '{"id": "b", "kind": "letter", "channel": "email", "body": ""}', "\n", late, good]
    answers = [(json.loads(line), ok) for line, ok in critique_lines(lines, DESK)]
    assert [ok for _, ok in answers] == [True, False, False, False, True]
    assert [found["id"] for found, _ in answers] == ["good", None, "b", "late", "good"]
    assert answers[2][0]["error"].startswith("kind: ")
    assert "later than now" in answers[3][0]["error"]


def test_the_stream_is_not_read_ahead() -> None:
    def endless() -> object:
        while True:
            yield json.dumps({"id": "1", "kind": "thank_you", "channel": "email", "body": "x"})

    stream = critique_lines(endless(), DESK)  # type: ignore[arg-type]
    assert json.loads(next(stream)[0])["ready"] is False
