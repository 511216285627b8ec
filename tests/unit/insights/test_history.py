"""The frame, made from facts: what each awkward course becomes, and the twelve cases as worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from debrief.domain.facts import RoundState
from debrief.errors import Refused
from debrief.insights.charts.flow import flow_stages
from debrief.insights.history import GIVEN, to_the_quarter, with_days
from debrief.insights.history_file import read_history
from debrief.insights.report import figures, figures_by
from tests.unit.insights.histories import NOW, course, frame_of, held, invented, march, twelve_cases


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return frame_of(twelve_cases(), NOW).sort_values(["company", "sequence"], ignore_index=True)


class TestTheTwelveCases:
    def test_every_held_round_is_a_row_and_nothing_else(self, frame):
        assert len(frame) == 15
        assert "Maple" not in set(frame["company"])

    def test_waits_are_as_counted_by_hand(self, frame):
        words = list(zip(frame["company"], frame["word_days"], frame["word_seen"], strict=True))
        assert words == [
            *[("Ash", 3, True), ("Birch", 2, True), ("Birch", 7, True)],
            *[("Cedar", 0, True), ("Cedar", 4, True), ("Cedar", 4, True)],
            *[("Dogwood", 29, False), ("Elm", 28, False), ("Fir", 5, True), ("Gorse", 7, True), ("Hazel", 4, True)],
            *[("Ivy", 2, True), ("Juniper", 2, True), ("Kapok", 1, True), ("Larch", 4, True)],
        ]

    def test_the_response_curve_is_the_one_on_paper(self, frame):
        curve = figures(frame).first_word
        assert curve.times.tolist() == [0, 1, 2, 3, 4, 5, 7]
        assert curve.at_risk.tolist() == [15, 14, 13, 10, 9, 5, 4]
        assert curve.events.tolist() == [1, 1, 3, 1, 4, 1, 2]
        assert curve.survival.tolist() == pytest.approx([left / 15 for left in (14, 13, 10, 9, 5, 4, 2)])
        assert curve.median == 4

    def test_the_answers_are_the_ones_on_paper(self, frame):
        answer = figures(frame).answer
        assert answer.times.tolist() == [0, 1, 2, 3, 4, 7, 14]
        assert (answer.positive * 15).tolist() == pytest.approx([1, 1, 4, 4, 7, 7, 8])
        assert (answer.negative * 15).tolist() == pytest.approx([0, 1, 1, 2, 2, 4, 4])

    def test_rates_leave_out_those_waiting_and_add_up(self, frame):
        found = figures(frame)
        rates = found.rates
        assert (found.n, found.waiting) == (15, 2)
        assert [(one.k, one.n) for one in (rates.advanced_or_offer, rates.rejected, rates.no_answer)] == [
            *[(8, 13), (4, 13), (1, 13)]
        ]

    def test_rounds_are_counted_each_by_its_label(self, frame):
        by_round = figures_by(frame, "round")
        assert {label: (one.n, one.waiting) for label, one in by_round.items()} == {
            "final": (2, 0),
            "panel": (2, 0),
            "phone": (11, 2),
        }

    def test_the_flow_counts_each_application_once_a_round_and_once_where_it_left(self, frame):
        stages = flow_stages(frame)
        assert list(zip(stages["reach"], stages["course_status"], stages["count"], strict=True)) == [
            *[(1, "", 12), (1, "rejected", 3), (1, "let_go", 1), (1, "cancelled", 1), (1, "no_show", 1)],
            *[(1, "waiting", 2), (1, "scheduled", 1), (1, "offer", 1)],
            *[(2, "", 2), (2, "rejected", 1)],
            *[(3, "", 1), (3, "accepted", 1)],
        ]

    def test_what_leaves_the_stream_and_what_goes_on_fill_it_without_gap_or_overlap(self, frame):
        stages = flow_stages(frame)
        for _, stage in stages.groupby("reach"):
            left = int(stage["count"].iloc[0])
            for _, row in stage.iloc[1:].iterrows():
                assert (row["end"], row["start"]) == (left, left - row["count"])
                left -= row["count"]
            following = stages.loc[stages["reach"] == stage["reach"].iloc[0] + 1, "count"]
            assert left == (following.iloc[0] if len(following) else 0)


class TestTheFrame:
    def test_the_answer_that_stands_is_the_latest_final_one(self, frame):
        hazel = frame[frame["company"] == "Hazel"].iloc[0]
        assert (hazel["answer"], hazel["status"], hazel["word_days"], hazel["answer_days"]) == (
            *("advanced", "advanced"),
            *(4, 14),
        )

    def test_what_it_says_of_a_round_is_what_its_course_says(self):
        courses = [*twelve_cases(), *invented(400)]
        expected = {
            one.interview.id: (each.application.id, one.first_word_at, one.status, each.status, place)
            for each in courses
            for place, one in enumerate((one for one in each.rounds if one.interview.state is RoundState.HELD), start=1)
        }
        columns = ["interview_id", "application_id", "first_word_at", "status", "course_status", "sequence"]
        found = {
            key: (application, None if pd.isna(word) else word, *rest)
            for key, application, word, *rest in frame_of(courses, NOW)[columns].itertuples(index=False)
        }
        assert found == expected

    def test_of_two_words_at_one_moment_the_decision_stands(self):
        both = frame_of([course("Ash", held("phone", 2, {"offer": 5}, {"withdrew": 5}))], NOW).iloc[0]
        assert both["status"] == "withdrew"

    def test_days_are_those_of_the_interviews_own_zone(self, frame):
        kapok = frame[frame["company"] == "Kapok"].iloc[0]
        assert kapok["ended_on"] == pd.Timestamp("2026-03-11")
        assert kapok["answered_on"] == pd.Timestamp("2026-03-12")

    def test_without_any_interview_the_frame_has_all_its_columns_and_no_row(self):
        empty = frame_of([], NOW)
        assert len(empty) == 0
        assert set(GIVEN) < set(empty.columns)
        assert figures(empty).first_word.n == 0

    def test_a_reflection_gives_the_mark_and_the_stated_chance(self):
        answers = {"overall": 4, "chance": 70, "word": "fine"}
        one = frame_of([course("Ash", held("phone", 2, answers=answers))], NOW).iloc[0]
        assert (one["self_rating"], one["stated_chance"]) == (4.0, 0.7)

    def test_an_answer_of_another_kind_is_no_mark(self):
        one = frame_of([course("Ash", held("phone", 2, answers={"overall": True, "chance": "high"}))], NOW).iloc[0]
        assert np.isnan([one["self_rating"], one["stated_chance"]]).all()

    def test_habits_are_open_until_24_hours_are_over(self):
        rounds = {
            "kept": held("phone", 2, sent={"thank_you": 3}, reflected=2.5),
            "late": held("phone", 2, sent={"thank_you": 3.01}, reflected=9),
            "never": held("phone", 2),
            "too early to say": held("phone", 30.9),
        }
        frame = frame_of([course(name, one) for name, one in rounds.items()], NOW)
        frame = frame.set_index("company").loc[list(rounds)]
        assert frame["note_in_time"].tolist() == pytest.approx([1, 0, 0, np.nan], nan_ok=True)
        assert frame["reflection_in_time"].tolist() == pytest.approx([1, 0, 0, np.nan], nan_ok=True)

    def test_a_fact_later_than_now_is_refused_by_employer_and_round(self):
        with pytest.raises(Refused, match=r"Ash, phone, first word at: .* later than now"):
            frame_of([course("Ash", held("phone", 2, {"rejected": 20}))], march(10))

    @pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"])
    def test_a_moment_rounded_for_a_cache_is_on_the_same_day_and_not_before_a_fact_just_logged(self, zone):
        now = datetime(2026, 3, 31, 0, 0, tzinfo=UTC)
        for minutes in range(0, 2 * 24 * 60, 7):
            moment = now + timedelta(minutes=minutes)
            rounded = to_the_quarter(moment)
            assert moment <= rounded < moment + timedelta(minutes=15)
            assert rounded.astimezone(ZoneInfo(zone)).date() == moment.astimezone(ZoneInfo(zone)).date()
            assert to_the_quarter(rounded) == rounded

    def test_a_file_and_the_record_give_the_same_figures(self, frame):
        columns = ["company", "role", "round", "timezone", "answer", "decision", "source"]
        table = frame[columns].copy()
        for name in ("ended_at", "first_word_at", "answered_at", "decided_at"):
            table[name] = [at.isoformat() if pd.notna(at) else "" for at in frame[name]]
        given = read_history(table.to_csv(index=False))
        same = ["answer", "decision", "sequence", "rounds_held", "status", "ended_at", "first_word_at"]
        pd.testing.assert_frame_equal(given[same].reset_index(drop=True), frame[same], check_dtype=False)
        curves = [figures(one).first_word.survival.tolist() for one in (with_days(given, NOW), frame)]
        assert curves[0] == curves[1]
