"""The command's output against the second reading, and every way in which a file can be wrong."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.errors import Refused
from debrief.insights.report import insights_json
from tests.examples import examples
from tests.oracles import statistics_reading as oracle

HEADER = [
    *("company", "role", "round", "ended_at", "timezone", "first_word_at", "answer", "answered_at"),
    *("decision", "decided_at", "source", "thank_you_at", "self_rating"),
]
NOW = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
START = datetime(2026, 3, 1, 1, 15, tzinfo=UTC)
ZONES = ["America/New_York", "Asia/Kuala_Lumpur", "Europe/London", "Pacific/Apia", "Asia/Kathmandu", ""]
"""With the nights in March on which New York and London move their clocks."""


def table_of(rows: list[dict], header: list[str] = HEADER) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(**cells) -> dict:
    return {"ended_at": "2026-03-02T10:00:00+00:00", "timezone": "Europe/London", "round": "phone"} | cells


def output(rows: list[dict], now: datetime = NOW) -> dict:
    return json.loads(insights_json(table_of(rows), now))


def refusal(rows: list[dict], now: datetime = NOW) -> str:
    with pytest.raises(Refused) as caught:
        insights_json(table_of(rows), now)
    return str(caught.value)


@st.composite
def interviews(draw) -> dict:
    """A row with many ties, some cells blank that may be."""

    def later(than: datetime) -> str:
        hours = draw(st.integers(0, 12)) * 12
        offset = timezone(timedelta(minutes=draw(st.sampled_from([0, 330, -480]))))
        return min(than + timedelta(hours=hours), NOW).astimezone(offset).isoformat()

    ended = START + timedelta(hours=draw(st.integers(0, 60)) * 12)
    answer = draw(st.sampled_from(["", "", "advanced", "rejected", "offer"]))
    decision = draw(st.sampled_from(["", "", "let_go", "withdrew"]))
    sparse = draw(st.integers(0, 4)) == 0
    return {
        "round": draw(st.sampled_from(["phone", "panel", ""])),
        "source": draw(st.sampled_from(["referral", "board", ""])),
        "timezone": draw(st.sampled_from(ZONES if sparse else ZONES[:-1])),
        "ended_at": "" if sparse and draw(st.booleans()) else ended.isoformat(),
        "first_word_at": later(ended) if draw(st.booleans()) else "",
        "answer": answer,
        "answered_at": later(ended) if answer and not (sparse and draw(st.booleans())) else "",
        "decision": decision,
        "decided_at": later(ended) if decision and not (sparse and draw(st.booleans())) else "",
    }


def assert_same(found, exact) -> None:
    if isinstance(exact, dict):
        assert list(found) == list(exact)
        for key, value in exact.items():
            assert_same(found[key], value)
    elif isinstance(exact, list):
        assert len(found) == len(exact)
        for one, other in zip(found, exact, strict=True):
            assert_same(one, other)
    elif exact is None or found is None:
        assert found is exact
    else:
        assert math.isclose(found, exact, rel_tol=0, abs_tol=1e-9)


class TestAgainstTheSecondReading:
    @settings(max_examples=examples(150), deadline=None)
    @given(st.lists(interviews(), max_size=30))
    def test_every_figure_is_equal_to_1e_9(self, rows):
        assert_same(output(rows), oracle.reading(table_of(rows), NOW))

    def test_a_thousand_rows_are_equal_to_1e_9(self):
        rows = [
            row(
                round=f"round {i % 7}",
                source=f"source {i % 3}",
                ended_at=(START + timedelta(hours=i % 24)).isoformat(),
                first_word_at=(START + timedelta(hours=24 + (i * i) % 500)).isoformat() if i % 3 else "",
                answer=("", "rejected", "offer", "advanced")[i % 4],
                answered_at=(START + timedelta(hours=30 + (i * 7) % 600)).isoformat() if i % 4 else "",
                decision="let_go" if i % 5 == 0 else "",
                decided_at=(START + timedelta(hours=40 + (i * 3) % 400)).isoformat() if i % 5 == 0 else "",
            )
            for i in range(1000)
        ]
        assert_same(output(rows), oracle.reading(table_of(rows), NOW))


class TestTheOutput:
    def test_keys_stand_in_the_written_order(self):
        found = output([row(source="board")])
        assert list(found) == ["n", "waiting", "first_word", "answer", "rates", "by_round", "by_source"]
        assert list(found["first_word"]) == ["times", "at_risk", "events", "survival", "lower", "upper", "median"]
        assert list(found["answer"]) == ["times", "positive", "negative"]
        assert list(found["rates"]) == ["advanced_or_offer", "rejected", "no_answer"]
        assert list(found["rates"]["rejected"]) == ["k", "n", "rate", "lower", "upper"]
        assert list(found["by_round"]["phone"]) == ["n", "waiting", "first_word", "answer", "rates"]

    def test_a_table_without_interviews_has_empty_figures(self):
        found = output([])
        assert (found["n"], found["waiting"], found["first_word"]["times"]) == (0, 0, [])
        assert found["rates"]["rejected"] == {"k": 0, "n": 0, "rate": None, "lower": None, "upper": None}
        assert (found["by_round"], found["by_source"]) == ({}, {})

    def test_everything_still_waiting(self):
        found = output([row(), row(ended_at="2026-03-10T10:00:00+00:00")])
        assert (found["n"], found["waiting"]) == (2, 2)
        assert found["first_word"]["survival"] == []
        assert found["first_word"]["median"] is None
        assert found["rates"]["no_answer"]["rate"] is None

    def test_one_interview_answered_on_its_day(self):
        found = output([row(answer="offer", answered_at="2026-03-02T18:00:00+00:00")])
        first_word = found["first_word"]
        assert (first_word["times"], first_word["survival"], first_word["median"]) == ([0], [0.0], 0)
        assert (first_word["lower"], first_word["upper"]) == ([None], [None])
        assert found["answer"] == {"times": [0], "positive": [1.0], "negative": [0.0]}

    def test_twenty_four_answers_without_any_silent_have_their_median_on_the_twelfth_day(self):
        rows = [row(first_word_at=f"2026-03-{day:02}T12:00:00+00:00") for day in range(3, 27)]
        assert output(rows)["first_word"]["median"] == 12


class TestDefinitions:
    def test_days_are_counted_on_the_calendar_of_the_interviews_zone(self):
        """Three hours, but past midnight in Tokyo; and 49 hours, but the next day but one in New York."""
        tokyo = row(
            timezone="Asia/Tokyo",
            ended_at="2026-03-02T14:00:00+00:00",
            first_word_at="2026-03-02T17:00:00+00:00",
        )
        new_york = row(
            timezone="America/New_York",
            ended_at="2026-03-07T00:30:00-05:00",
            first_word_at="2026-03-09T02:30:00-04:00",
        )
        assert output([tokyo])["first_word"]["times"] == [1]
        assert output([new_york])["first_word"]["times"] == [2]

    def test_an_answer_without_a_logged_first_word_is_the_first_word(self):
        found = output([row(answer="rejected", answered_at="2026-03-05T10:00:00+00:00")])
        assert found["first_word"]["times"] == [3]

    def test_a_first_word_logged_after_the_answer_does_not_count(self):
        answered = row(answer="rejected", answered_at="2026-03-05T10:00:00Z", first_word_at="2026-03-09T10:00:00Z")
        assert output([answered])["first_word"]["times"] == [3]

    def test_the_earlier_word_counts_also_where_clocks_go_back_over_midnight(self):
        rows = [
            row(
                ended_at="2005-10-25T12:00:00+00:00",
                timezone="America/St_Johns",
                first_word_at="2005-10-30T00:00:30-02:30",
                answer="rejected",
                answered_at="2005-10-29T23:30:00-03:30",
            )
        ]
        found = output(rows)
        assert (found["first_word"]["times"], found["answer"]["times"]) == ([5], [4])
        assert_same(found, oracle.reading(table_of(rows), NOW))

    def test_a_word_after_the_candidates_decision_is_still_a_word(self):
        late = row(
            decision="withdrew",
            decided_at="2026-03-04T10:00:00Z",
            answer="rejected",
            answered_at="2026-03-08T10:00:00Z",
        )
        found = output([late])
        assert found["first_word"]["times"] == found["answer"]["times"] == [6]
        assert found["rates"]["no_answer"]["k"] == 0

    def test_a_decision_ends_a_silent_wait(self):
        let_go = row(decision="let_go", decided_at="2026-03-05T10:00:00Z")
        heard = row(first_word_at="2026-03-06T10:00:00Z")
        assert output([let_go, heard])["first_word"]["at_risk"] == [1]

    def test_rows_without_times_count_in_rates_and_not_in_curves(self):
        bare = {"round": "phone", "answer": "offer"}
        found = output([bare, row(answer="rejected", answered_at="2026-03-05T10:00:00Z")])
        assert (found["n"], found["rates"]["advanced_or_offer"]["k"], found["rates"]["rejected"]["n"]) == (2, 1, 2)
        assert found["first_word"]["at_risk"] == [1]

    def test_an_answer_of_unknown_date_is_neither_an_event_nor_silence(self):
        undated = row(answer="offer", first_word_at="2026-03-04T10:00:00Z")
        found = output([undated])
        assert found["first_word"]["times"] == [2]
        assert found["answer"]["times"] == []

    def test_a_decision_of_unknown_date_leaves_the_curves(self):
        found = output([row(decision="let_go"), row(first_word_at="2026-03-04T10:00:00Z")])
        assert found["first_word"]["at_risk"] == [1]
        assert found["rates"]["no_answer"]["k"] == 1

    def test_rows_without_a_round_or_source_are_left_out_of_that_grouping(self):
        found = output([row(round="", source="board"), row()])
        assert (list(found["by_round"]), found["by_round"]["phone"]["n"]) == (["phone"], 1)
        assert (list(found["by_source"]), found["n"]) == (["board"], 2)


class TestReadingTheFile:
    def test_byte_order_mark_order_of_columns_blank_lines_and_other_columns_do_not_matter(self):
        rows = [row(note="a, b\nc"), row(answer="offer", answered_at="2026-03-05T10:00:00Z", note="“ü”")]
        plain = table_of([{k: v for k, v in one.items() if k != "note"} for one in rows])
        shuffled = (
            "\ufeff"
            + table_of(rows, ["round", "note", *(name for name in reversed(HEADER) if name != "round")])
            + "\r\n"
            + "," * 13
            + "\r\n"
        )
        assert insights_json(shuffled, NOW) == insights_json(plain, NOW)

    def test_blanks_around_cells_do_not_matter(self):
        spaced = table_of([row(answer=" offer ", answered_at=" 2026-03-05T10:00:00Z ", round=" phone ")])
        assert json.loads(insights_json(spaced, NOW))["by_round"]["phone"]["rates"]["advanced_or_offer"]["k"] == 1

    def test_columns_that_the_figures_do_not_need_may_be_absent(self):
        needed = [name for name in HEADER if name not in ("company", "role", "thank_you_at", "self_rating")]
        assert json.loads(insights_json(table_of([row()], needed), NOW))["n"] == 1

    @pytest.mark.parametrize(
        ("cells", "where", "why"),
        [
            ({"ended_at": "yesterday"}, "Row 3, column ended_at", "with an offset"),
            ({"ended_at": "2026-03-02T10:00:00"}, "Row 3, column ended_at", "with an offset"),
            ({"ended_at": "0001-01-01T00:00:00+14:00"}, "Row 3, column ended_at", "before 1900"),
            ({"first_word_at": "2026-03-40"}, "Row 3, column first_word_at", "with an offset"),
            ({"timezone": "Mars/Olympus"}, "Row 3, column timezone", "Mars/Olympus"),
            ({"timezone": "../etc/passwd"}, "Row 3, column timezone", "not a known time zone"),
            ({"answer": "maybe"}, "Row 3, column answer", "advanced, rejected, offer"),
            ({"decision": "gave up"}, "Row 3, column decision", "let_go"),
            ({"self_rating": "good"}, "Row 3, column self_rating", "not a number"),
            ({"self_rating": "nan"}, "Row 3, column self_rating", "not a number"),
            ({"answered_at": "2026-03-05T10:00:00Z"}, "Row 3, column answered_at", "the column answer is empty"),
            ({"decided_at": "2026-03-05T10:00:00Z"}, "Row 3, column decided_at", "the column decision is empty"),
            ({"first_word_at": "2026-03-01T23:59:00Z"}, "Row 3, column first_word_at", "before the interview"),
        ],
    )
    def test_a_bad_cell_is_refused_by_row_column_and_reason(self, cells, where, why):
        sentence = refusal([row(), row(**cells)])
        assert sentence.startswith(where)
        assert why in sentence

    @pytest.mark.parametrize("name", ["ended_at", "first_word_at", "answered_at", "decided_at", "thank_you_at"])
    def test_now_before_the_last_event_is_refused(self, name):
        said = {"answered_at": {"answer": "offer"}, "decided_at": {"decision": "let_go"}}.get(name, {})
        late = row(**said, **{name: "2026-03-20T10:00:01Z"})
        assert "later than now" in refusal([row(), late], datetime(2026, 3, 20, 10, tzinfo=UTC))
        assert output([row(), late], datetime(2026, 3, 20, 10, 0, 1, tzinfo=UTC))["n"] == 2

    def test_now_may_stand_in_any_zone(self):
        local = NOW.astimezone(ZoneInfo("Asia/Kolkata"))
        assert output([row()], local) == output([row()])

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "empty"),
            ("\ufeff", "empty"),
            ("round,answer\nphone,offer\n", "missing: ended_at"),
            (",".join(HEADER).replace(",", ";") + "\n", "missing: round"),
            (",".join([*HEADER, "answer"]) + "\n", "column answer more than once"),
            (",".join(HEADER) + "\nA,B\n", "Row 2 has 2 cells"),
            (",".join(HEADER) + '\n"A' + "," * 12 + "\n", "is not CSV"),
        ],
    )
    def test_a_file_that_is_no_such_table_is_refused_with_a_sentence(self, text, why):
        with pytest.raises(Refused, match=why):
            insights_json(text, NOW)
