"""What charts show: the numbers of their tables and no others, for histories of every size, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache

import pandas as pd
import pytest

from debrief.domain.case import Case, case_of
from debrief.domain.rules import HouseRules
from debrief.domain.timeline import timeline
from debrief.domain.workdays import WorkingDays
from debrief.insights.charts.conversion import conversion, conversion_shares
from debrief.insights.charts.days import curve_points, days_shown
from debrief.insights.charts.flow import ENDS, course_flow, flow_stages
from debrief.insights.charts.habits import habit_counts, habits
from debrief.insights.charts.incidence import incidence_points
from debrief.insights.charts.judgement import self_rating_against_outcome, stated_chance_against_outcome
from debrief.insights.charts.recurring import competency_counts, hard_questions, lessons
from debrief.insights.charts.response import response_times, response_times_by
from debrief.insights.charts.waiting_now import WITHIN, prospect, waiting_now
from debrief.insights.charts.weeks import pace, pace_counts
from debrief.insights.check_ins import Conventions
from debrief.insights.finding import FEWEST, FEWEST_FOR_RATES, Finding, percent, picked
from debrief.insights.gallery import questions
from debrief.insights.history import LAST_REACH
from debrief.insights.record import Record
from debrief.insights.report import answer_curves, first_word_curve
from debrief.insights.theme import DAY, NIGHT
from tests.house_rules import BOOK
from tests.unit.insights.histories import (
    NOW,
    course,
    frame_of,
    held,
    invented,
    invented_lessons,
    march,
    record_of,
    twelve_cases,
)

THRESHOLDS = (FEWEST, FEWEST_FOR_RATES, WITHIN, 24, LAST_REACH)
"""Numbers of the definitions; all others are figures."""
TITLES = {"teamwork": "Working with others"}
SIZES = [0, 3, 5, 9, 12, 13, 40, 600]


@cache
def record(interviews: int) -> Record:
    courses = invented(interviews) if interviews else []
    while sum(len(one.rounds) for one in courses) > interviews:
        courses = courses[:-1] if len(courses[-1].rounds) == 1 else [*courses[:-1], _shorter(courses[-1])]
    return record_of(
        courses, invented_lessons(courses), NOW, Conventions(BOOK.rules["standard"], lambda _: WorkingDays())
    )


def _shorter(one):
    return type(one)(one.application, one.rounds[:-1])


@cache
def findings(interviews: int, look=DAY, split_by: str = "round") -> list[Finding]:
    sections = questions(TITLES, split_by)
    return [found for section in sections for found in section.answers(record(interviews), look)]


def numbers_in(text: object) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", str(text))]


def numbers_of_table(frame: pd.DataFrame) -> set[float]:
    values = [value for column in frame for value in [column, *frame[column]]]
    return {number for value in values if pd.notna(value) for number in numbers_in(value)}


def shown_numbers(spec: dict) -> Iterator[tuple[str, float]]:
    """Every number that the chart writes out: in texts and in tooltips, with the field that it comes from."""
    datasets = spec["datasets"]
    for layer in spec["layer"]:
        rows = datasets[layer.get("data", spec.get("data"))["name"]]
        encoding = layer.get("encoding", {})
        channels = [encoding[name] for name in ("text", "tooltip") if name in encoding]
        for channel in channels:
            for field in channel if isinstance(channel, list) else [channel]:
                for row in rows:
                    yield from ((field["field"], number) for number in _written(field, row[field["field"]]))


def _written(field: dict, value: object) -> list[float]:
    if value is None:
        return []
    return [float(round(float(value) * 100))] if field.get("format") == ".0%" else numbers_in(value)


class TestEveryFinding:
    @pytest.mark.parametrize(("interviews", "split_by"), [(5, "round"), (13, "source"), (40, "round"), (600, "source")])
    def test_every_number_that_a_chart_writes_is_in_its_table(self, interviews, split_by):
        for found in findings(interviews, split_by=split_by):
            if found.chart is None:
                continue
            listed = numbers_of_table(found.table)
            # Names carry how many more there are, and dots how many share a day: both count rows of the table.
            counted = {"names", "count"} if found.key == "waiting-now" else set()
            for field, number in shown_numbers(found.chart.to_dict()):
                assert number in listed or field in counted, (found.key, field, number)

    @pytest.mark.parametrize("interviews", [9, 40, 600])
    def test_every_number_of_its_words_is_in_its_tables(self, interviews):
        for found in findings(interviews):
            if found.table.empty:
                continue
            listed = numbers_of_table(found.table) | numbers_of_table(found.measures) | set(THRESHOLDS)
            for number in numbers_in(f"{found.reading} {found.caption} {found.warning}"):
                assert number in listed, (found.key, number, found.reading, found.caption)

    @pytest.mark.parametrize("interviews", SIZES)
    def test_each_says_what_it_found_and_on_how_many_it_rests(self, interviews):
        for found in findings(interviews):
            assert found.reading.endswith(".")
            assert found.title
            assert "waiting" in found.caption
            assert numbers_in(found.caption)[0] == interviews
            assert (found.chart is None) or found.reading in found.alt
            assert "nan" not in f"{found.reading} {found.caption} {found.alt}".lower()

    def test_keys_tell_findings_apart(self):
        keys = [found.key for found in findings(40)]
        assert len(set(keys)) == len(keys)

    @pytest.mark.parametrize("interviews", [0, 3, FEWEST - 1])
    def test_with_fewer_than_five_interviews_nothing_is_drawn_and_the_reading_says_what_will_come(self, interviews):
        for found in findings(interviews):
            assert (found.chart is None) or found.key in ("hard-questions", "lessons")
            if found.chart is None:
                assert found.reading.startswith("From 5")

    @pytest.mark.parametrize("interviews", [FEWEST, 12])
    def test_up_to_twelve_interviews_no_rate_is_stated(self, interviews):
        for found in findings(interviews):
            if found.key not in ("self-rating", "stated-chance", "habits"):
                assert "%" not in found.reading
                assert not any("%" in column for column in found.table.columns)

    def test_day_and_night_show_the_same_in_other_colours(self):
        for day, night in zip(findings(40), findings(40, NIGHT), strict=True):
            assert day.reading == night.reading
            pd.testing.assert_frame_equal(day.table, night.table)
            if day.chart is not None:
                specs = [found.chart.to_dict() for found in (day, night)]
                assert [spec["config"]["background"] for spec in specs] == ["transparent", "transparent"]
                assert specs[0]["config"]["axis"]["labelColor"] != specs[1]["config"]["axis"]["labelColor"]

    def test_what_is_drawn_does_not_grow_with_the_history(self):
        drawn = [
            sum(len(rows) for rows in found.chart.to_dict()["datasets"].values())
            for found in findings(600)
            if found.chart
        ]
        assert max(drawn) < 500

    def test_an_example_says_that_it_is_invented(self):
        example = findings(40)[0].as_example()
        assert example.title.startswith("Example")
        assert "nvented data" in example.reading
        assert "nvented data" in example.caption
        assert "nvented data" in example.alt
        assert example.picks == ()


class TestTheFlow:
    def test_every_status_of_a_course_has_its_place(self):
        for status in ENDS:
            frame = frame_of(twelve_cases(), NOW).assign(course_status=status.value)
            assert flow_stages(frame)["count"].iloc[0] == 12

    def test_the_table_is_the_flow_row_by_row(self):
        found = course_flow(frame_of(twelve_cases(), NOW), DAY)
        assert found.table.iloc[0].tolist() == ["1st interview", "Reached", 12]
        assert found.table.iloc[-1].tolist() == ["3rd interview", "Offer accepted", 1]
        assert found.reading == (
            "Of 12 applications with an interview, 2 came to a second round and 2 to an offer; 4 are still open."
        )

    def test_a_filter_on_one_round_keeps_the_whole_course_of_its_applications(self):
        frame = frame_of(twelve_cases(), NOW)
        assert flow_stages(frame[frame["round"] == "panel"])["count"].tolist() == [2, 2, 1, 1, 1]

    def test_a_picked_mark_gives_its_interviews(self):
        frame = frame_of(twelve_cases(), NOW)
        chosen = picked(frame, [{"reach": 1, "course_status": "rejected"}])
        assert chosen["company"].tolist() == ["Ash", "Gorse", "Kapok"]
        assert picked(frame, []).empty

    def test_a_picked_round_gives_the_interviews_of_all_who_reached_it(self):
        frame = frame_of(twelve_cases(), NOW)
        flow = course_flow(frame, DAY)
        stages = flow_stages(frame)
        for reach, count in stages.loc[stages["course_status"] == "", ["reach", "count"]].itertuples(index=False):
            point = {"reach": reach, "course_status": ""}
            assert picked(frame, [point], reaching=flow.reaching)["application_id"].nunique() == count


class TestResponseTimes:
    def test_the_reading_of_the_twelve_cases(self):
        found = response_times(frame_of(twelve_cases(), NOW), DAY)
        assert found.reading == "Half of the employers answered within 4 days; 1 is still silent."

    def test_without_a_median_it_says_how_far_it_has_come(self):
        courses = [
            course(f"A {day}", held("phone", day, {"update": day + 2} if day < 6 else {})) for day in range(1, 15)
        ]
        reading = response_times(frame_of(courses, NOW), DAY).reading
        assert reading == "Fewer than half of the employers answered: 36 % within 25 days; 9 are still silent."

    def test_points_run_from_day_0_with_all_who_were_at_risk(self):
        points = curve_points(first_word_curve(frame_of(twelve_cases(), NOW)))
        assert points["day"].tolist() == [0, 1, 2, 3, 4, 5, 7, 28, 29]
        assert points["at_risk"].tolist() == [15, 14, 13, 10, 9, 5, 4, 2, 1]
        assert points["cut_off"].tolist() == [0, 0, 0, 0, 0, 0, 0, 1, 1]
        assert (points["heard"] + points["cut_off"]).sum() == 15

    def test_one_stray_answer_does_not_rule_the_axis(self):
        rounds = [held("phone", march(-200), {"rejected": march(-200 + 1 + place % 9)}) for place in range(300)]
        rounds.append(held("phone", march(-200), {"rejected": march(20)}))
        points = curve_points(first_word_curve(frame_of([course("A", *rounds)], NOW)))
        assert days_shown(points) == 16
        assert "1 wait longer than 16 days" in response_times(frame_of([course("A", *rounds)], NOW), DAY).caption

    def test_only_groups_of_five_or_more_are_drawn_and_the_others_named(self):
        courses = [course(f"A {place}", held("phone", 2, {"rejected": 9}), source="board") for place in range(9)]
        courses += [course(f"B {place}", held("phone", 2, {"rejected": 4}), source="friend") for place in range(5)]
        courses += [course(f"C {place}", held("phone", 2, {"rejected": 4}), source="fair") for place in range(4)]
        found = response_times_by(frame_of(courses, NOW), DAY, "source")
        assert set(found.table["Source"]) == {"board", "friend"}
        assert "Not drawn: fair (4)." in found.caption
        assert found.reading == "friend: half answered within 2 days. board: within 7 days."


class TestWaitingNow:
    def test_the_sentence_of_the_issue(self):
        rounds = [held("phone", 2, {"update": 2 + day}) for day in [3] * 10 + [12] * 6 + [29] * 9]
        curve = first_word_curve(frame_of([course("A", *rounds)], NOW))
        assert prospect(curve, 9).sentence == (
            "Of your interviews silent for 9 days, 40 % (n = 15) heard within the next 7."
        )

    def test_too_few_that_were_silent_as_long_is_said_instead_of_a_chance(self):
        curve = first_word_curve(frame_of(twelve_cases(), NOW))
        assert prospect(curve, 28).sentence == (
            "Only one of your interviews went beyond 28 days of silence: too few to say more."
        )
        assert prospect(curve, 29).sentence.startswith("None of your interviews")

    def test_a_history_that_ends_within_the_week_says_so(self):
        rounds = [held("phone", 21) for _ in range(9)]
        curve = first_word_curve(frame_of([course("A", held("phone", 21, {"update": 23}), *rounds)], NOW))
        assert prospect(curve, 5).sentence == "Your history ends before day 12: too early to say more."

    def test_each_silent_interview_is_in_the_table_and_those_with_an_update_are_not(self):
        found = waiting_now(frame_of(twelve_cases(), NOW), DAY)
        assert found.table[["Employer", "Days silent"]].to_numpy().tolist() == [["Dogwood", 29]]
        assert "1 of them had an update and is not silent." in found.caption

    def test_nobody_silent_is_good_to_know(self):
        courses = [course(f"A {place}", held("phone", 2, {"rejected": 4})) for place in range(20)]
        assert waiting_now(frame_of(courses, NOW), DAY).reading == "Nobody is silent: every interview has had a word."


class TestConversion:
    def test_rounds_stand_in_their_order_with_wilsons_interval(self):
        shares = conversion_shares(frame_of(twelve_cases(), NOW), "round")
        assert shares[["label", "k", "n"]].to_numpy().tolist() == [["phone", 6, 9], ["final", 1, 2], ["panel", 1, 2]]
        assert shares.loc[0, ["lower", "upper"]].tolist() == pytest.approx([0.354203, 0.879416], abs=1e-6)

    def test_a_difference_within_the_intervals_is_called_chance(self):
        assert conversion(record(40).interviews, DAY).reading.endswith("may be chance.")

    def test_single_interviews_are_dots_while_there_are_few(self):
        found = conversion(record(9).interviews, DAY)
        dots = next(iter(found.chart.to_dict()["datasets"].values()))
        assert len(dots) == found.table.drop(columns="Round").to_numpy().sum() == 9


class TestOutcomesOverTime:
    def test_points_begin_at_day_0_and_the_three_shares_add_up(self):
        points = incidence_points(answer_curves(frame_of(twelve_cases(), NOW)))
        assert points["day"].tolist() == [0, 1, 2, 3, 4, 7, 14]
        assert (points["yes"] + points["no"] + points["silent"]).tolist() == pytest.approx([1.0] * 7)
        assert points.iloc[-1][["yes", "no"]].tolist() == pytest.approx([8 / 15, 4 / 15])


class TestPace:
    def test_weeks_begin_on_monday_and_empty_ones_are_there(self):
        courses = [course("A", held("phone", 1, {"rejected": 17})), course("B", held("phone", 2))]
        counts, unit = pace_counts(frame_of(courses, NOW))
        assert unit == "week"
        assert counts["name"].tolist() == ["23 February 2026", "2 March 2026", "9 March 2026", "16 March 2026"]
        assert counts["interviews"].tolist() == [1, 1, 0, 0]
        assert counts["answers"].tolist() == [0, 0, 0, 1]
        assert counts["interviews_so_far"].tolist() == [1, 2, 2, 2]

    def test_after_two_years_months_take_over(self):
        courses = [course(f"A {back}", held("phone", march(-back))) for back in (0, 30, 900)]
        counts, unit = pace_counts(frame_of(courses, NOW))
        assert (unit, counts["name"].iloc[0], counts["interviews"].sum()) == ("month", "September 2023", 3)

    def test_every_interview_is_counted_once(self):
        found = pace(record(40).interviews, DAY)
        assert found.table["Interviews"].sum() == 40
        assert found.table["Interviews so far"].iloc[-1] == 40


class TestJudgement:
    def test_a_mark_that_tells_yes_from_no_is_said_so(self):
        courses = [
            course(f"A {place}", held("phone", 2, {word: 5}, answers={"overall": mark}))
            for place, (word, mark) in enumerate([("advanced", 5)] * 8 + [("rejected", 2)] * 8)
        ]
        found = self_rating_against_outcome(frame_of(courses, NOW), DAY)
        assert found.reading.startswith("Your mark knows something")
        assert found.measures["Value"].tolist() == [16, 100, 1.0]
        assert found.table.to_numpy().tolist() == [[2, 0, 8], [5, 8, 0]]

    def test_marks_that_differ_by_nothing_tell_nothing(self):
        courses = [
            course(f"A {place}", held("phone", 2, {word: 5}, answers={"overall": 3}))
            for place, word in enumerate(["advanced", "rejected"] * 8)
        ]
        found = self_rating_against_outcome(frame_of(courses, NOW), DAY)
        assert found.reading.startswith("Your mark does not tell a yes from a no so far")

    def test_stated_chances_are_held_against_what_came(self):
        stated = [(20, "advanced")] * 2 + [(20, "rejected")] * 8 + [(80, "offer")] * 3 + [(80, "rejected")] * 7
        courses = [
            course(f"A {place}", held("phone", 2, {word: 5}, answers={"chance": chance}))
            for place, (chance, word) in enumerate(stated)
        ]
        found = stated_chance_against_outcome(frame_of(courses, NOW), DAY)
        assert found.reading.startswith("Where you said about 80 %, a yes came in 30 % (3 of 10).")
        assert found.table[["Stated (%)", "Yes", "Answered"]].to_numpy().tolist() == [[20, 2, 10], [80, 3, 10]]
        assert found.measures["Value"].tolist() == pytest.approx([0.31, 0.188], abs=5e-4)


class TestWhatRecurs:
    def test_hard_questions_are_counted_by_what_they_were_about_and_how_they_went(self):
        entries = [
            {"went": went, "competencies": about} for went, about in [(1, ["a", "b"]), (3, ["a"]), (None, ["a"])]
        ]
        answers = {"hard_questions": entries, "landed": [{"competencies": ["b"]}, {"competencies": "b"}]}
        found = record_of([course("A", held("phone", 2, answers=answers))], [], NOW, _standard())
        counts = competency_counts(found.moments, {"a": "Anger"})
        assert counts["title"].tolist() == ["Anger", "B", "Not said"]
        assert counts[["weak", "half", "strong", "unrated", "landed"]].to_numpy().tolist() == [
            *[[1, 1, 0, 1, 0], [1, 0, 0, 0, 1], [0, 0, 0, 0, 1]]
        ]

    def test_hard_questions_count_though_nobody_said_what_they_were_about(self):
        answers = {"hard_questions": [{"went": 2}] * 6}
        found = record_of([course("A", held("phone", 2, answers=answers))], [], NOW, _standard())
        drawn = hard_questions(found, DAY, TITLES)
        assert drawn.reading == "None of 6 hard questions says what it was about."
        assert drawn.table[["About", "Hard questions", "Lost or shaky"]].to_numpy().tolist() == [["Not said", 6, 6]]

    def test_the_most_frequent_one_is_named(self):
        assert "comes up most in hard questions" in hard_questions(record(40), DAY, TITLES).reading

    def test_a_lesson_from_two_interviews_counts_once(self):
        courses = invented(12)
        learned = [one for one in invented_lessons(courses) if one.interview_ids][:5]
        twice = [type(one)(text="x", interview_ids=("i1", "i2"), created_at=NOW) for one in learned]
        found = lessons(record_of(courses, twice, NOW, _standard()), DAY)
        assert found.reading == "5 lessons so far: 0 learned, 5 are still open or in practice."


class TestHabits:
    def test_kept_and_not_kept_are_counted_with_their_outcomes(self):
        rounds = [held("phone", 2, {"advanced": 9}, sent={"thank_you": 2.5}) for _ in range(3)]
        rounds += [held("phone", 2, {"rejected": 9}, sent={"thank_you": 4}), held("phone", 2)]
        counts = habit_counts(record_of([course("A", *rounds)], [], NOW, _standard()))
        notes = counts[counts["habit"] == "note_in_time"]
        assert notes[["kept", "interviews", "n", "k"]].to_numpy().tolist() == [[True, 3, 3, 3], [False, 2, 1, 0]]

    def test_a_check_in_is_in_time_when_its_step_was_open_as_it_was_sent(self):
        """The interview was on Monday 2 March: the first check-in opens on Monday 9 March."""
        rounds = {
            "in time": held("phone", 2, sent={"check_in": 9}),
            "too soon": held("phone", 2, sent={"check_in": 6}),
            "after the answer": held("phone", 2, {"rejected": 8}, sent={"check_in": 9}),
            "none": held("phone", 2),
        }
        found = record_of([course(name, one) for name, one in rounds.items()], [], NOW, _standard())
        by_company = found.check_ins.merge(found.interviews, on="interview_id").set_index("company")["in_time"]
        assert by_company.to_dict() == {"in time": True, "too soon": False, "after the answer": False}

    def test_a_second_check_in_while_nothing_changed_is_out_of_time(self):
        one = held("phone", 2, sent={"check_in": 9})
        twice = replace(one, messages=(*one.messages, replace(one.messages[0], id="again", sent_at=march(12))))
        found = record_of([course("A", twice)], [], NOW, _standard())
        assert found.check_ins["in_time"].tolist() == [True, False]

    def test_in_time_is_what_the_timeline_says_at_that_moment(self):
        """For a thousand invented rounds: the step open or late in a timeline of what was known by then."""
        courses = invented(1000, seed=3)
        expected = [
            (
                one.interview.id,
                any(step.name.value == note.kind.value and step.state.is_actionable for step in steps),
            )
            for each in courses
            for one in each.rounds
            for note in case_of(one).sent
            if note.kind.value in ("check_in", "last_message")
            for steps in [timeline(_known_before(case_of(one), note.at), *_by_the_book(), note.at)]
        ]
        found = record_of(courses, [], NOW, _standard()).check_ins
        assert sorted(found.itertuples(index=False, name=None)) == sorted(expected)
        assert 50 < found["in_time"].sum() < len(found) - 50

    def test_it_warns_that_habits_are_not_causes(self):
        assert "not cause and effect" in habits(record(40), DAY).warning


def test_percents_never_round_to_certainty():
    assert [percent(share) for share in (0.0, 0.001, 0.005, 0.58, 0.999, 1.0)] == [
        *["0 %", "under 1 %", "0 %", "58 %", "over 99 %", "100 %"]
    ]


def _known_before(case: Case, at: datetime) -> Case:
    return replace(
        case,
        sent=tuple(note for note in case.sent if note.at < at),
        heard=tuple(word for word in case.heard if word.at <= at),
        decided=tuple(decision for decision in case.decided if decision.at <= at),
    )


def _by_the_book() -> tuple[HouseRules, WorkingDays]:
    return BOOK.rules["standard"], WorkingDays()


def _standard() -> Conventions:
    return Conventions(BOOK.rules["standard"], lambda _: WorkingDays())
