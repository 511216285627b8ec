"""The rows of the timeline's table, one after the other, on cases that can be checked with a calendar at hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from debrief.domain.timeline import StepState
from debrief.domain.workdays import WorkingDays
from tests.unit.domain.a_case import (
    AMIR,
    BOOK,
    DANA,
    GENTLE,
    a_case,
    at,
    dates,
    day,
    decided,
    heard,
    named,
    only,
    sent,
    steps,
)


class TestReflect:
    def test_is_due_within_a_day_and_never_closes(self) -> None:
        assert dates(only("reflect", steps(a_case()))) == ("03-02 15:00", "03-03 15:00", None)

    def test_is_done_by_a_finished_reflection(self) -> None:
        step = only("reflect", steps(a_case(reflected_at=at("3-02 15:30"), reflection_id="r1"), "3-09 10:00"))
        assert (step.state, step.done_by and step.done_by.fact_id) == (StepState.DONE, "r1")


class TestThankYou:
    def test_is_one_for_each_interviewer_in_their_order_recruiters_too(self) -> None:
        thanks = named("thank_you", steps(a_case(people=(DANA, AMIR))))
        assert [step.person for step in thanks] == [DANA, AMIR]
        assert [dates(step) for step in thanks] == [("03-02 15:00", "03-03 15:00", "03-09 16:00")] * 2

    def test_is_one_for_the_unnamed_interviewer_where_nobody_is_known(self) -> None:
        assert only("thank_you", steps(a_case())).person is None

    def test_to_nobody_by_name_counts_for_the_unnamed_interviewer_alone(self) -> None:
        note = sent("thank_you", "3-02 17:00")
        assert only("thank_you", steps(a_case(sent=(note,)), "3-03 09:00")).state is StepState.DONE
        assert only("thank_you", steps(a_case(sent=(note,), people=(DANA,)), "3-03 09:00")).state is StepState.OPEN

    def test_to_one_leaves_the_other_open(self) -> None:
        case = a_case(people=(DANA, AMIR), sent=(sent("thank_you", "3-02 17:00", "amir"),))
        assert [step.state for step in named("thank_you", steps(case, "3-03 09:00"))] == [
            StepState.OPEN,
            StepState.DONE,
        ]

    @pytest.mark.parametrize(
        "facts", [{"heard": (heard("rejected", "3-02 18:00"),)}, {"decided": (decided("withdrew", "3-02 18:00"),)}]
    )
    def test_is_off_after_a_rejection_or_a_decision(self, facts: dict[str, object]) -> None:
        step = only("thank_you", steps(a_case(**facts), "3-03 09:00"))
        assert step.state is StepState.OFF
        assert step.shut_by is not None
        assert step.shut_by.at == at("3-02 18:00")

    def test_still_stands_after_good_news(self) -> None:
        assert (
            only("thank_you", steps(a_case(heard=(heard("advanced", "3-02 18:00"),)), "3-03 09:00")).state
            is StepState.OPEN
        )

    def test_does_not_move_for_a_weekend(self) -> None:
        assert dates(only("thank_you", steps(a_case(ended_at=at("3-06 15:00")), "3-06 15:00")))[1] == "03-07 15:00"

    def test_counts_elapsed_hours_where_the_clocks_change(self) -> None:
        saturday_before_the_change = a_case(ended_at=at("3-07 15:00"))
        assert dates(only("thank_you", steps(saturday_before_the_change, "3-07 15:00")))[1] == "03-08 16:00"


class TestCheckIn:
    def test_opens_a_week_after_the_interview_where_no_date_was_named(self) -> None:
        assert dates(only("check_in", steps(a_case()))) == ("03-09 00:00", "03-11 23:59", "03-23 23:59")

    def test_opens_two_weeks_after_it_by_gentle_rules(self) -> None:
        assert dates(only("check_in", steps(a_case(), rules=GENTLE)))[0] == "03-16 00:00"

    def test_opens_on_the_working_day_after_the_date_named(self) -> None:
        friday = a_case(reply_by=day("3-13"))
        assert dates(only("check_in", steps(friday)))[:2] == ("03-16 00:00", "03-18 23:59")

    def test_keeps_clear_of_public_holidays(self) -> None:
        days = WorkingDays(frozenset({day("3-09"), day("3-11")}).__contains__)
        assert dates(only("check_in", steps(a_case(), days=days)))[:2] == ("03-10 00:00", "03-13 23:59")

    def test_counts_anew_from_an_update_without_a_date(self) -> None:
        case = a_case(heard=(heard("update", "3-05 11:00"),))
        assert dates(only("check_in", steps(case, "3-05 12:00")))[0] == "03-12 00:00"

    def test_follows_the_date_named_most_recently(self) -> None:
        case = a_case(
            reply_by=day("3-06"), heard=(heard("update", "3-05 11:00", "3-20"), heard("update", "3-06 11:00"))
        )
        assert dates(only("check_in", steps(case, "3-06 12:00")))[0] == "03-23 00:00"

    def test_takes_the_later_of_two_dates_named_by_when_it_was_said(self) -> None:
        words = (heard("update", "3-06 11:00", "3-13"), heard("update", "3-05 11:00", "3-20"))
        assert dates(only("check_in", steps(a_case(heard=words), "3-06 12:00")))[0] == "03-16 00:00"

    def test_forgets_a_date_that_was_spent_before_the_latest_word_and_falls_back_on_no_older_one(self) -> None:
        case = a_case(
            reply_by=day("3-31"), heard=(heard("update", "3-04 11:00", "3-06"), heard("update", "3-09 11:00"))
        )
        assert dates(only("check_in", steps(case, "3-09 12:00")))[0] == "03-16 00:00"

    def test_holds_to_a_date_named_for_the_day_of_the_latest_word(self) -> None:
        case = a_case(reply_by=day("3-09"), heard=(heard("update", "3-09 11:00"),))
        assert dates(only("check_in", steps(case, "3-09 12:00")))[0] == "03-10 00:00"

    def test_counts_only_from_the_latest_word_that_left_things_open(self) -> None:
        case = a_case(sent=(sent("check_in", "3-09 10:00"),), heard=(heard("update", "3-10 11:00"),))
        step = only("check_in", steps(case, "3-10 12:00"))
        assert (step.state, dates(step)[0]) == (StepState.UPCOMING, "03-17 00:00")

    def test_at_the_very_instant_of_that_word_counts(self) -> None:
        case = a_case(sent=(sent("check_in", "3-10 11:00"),), heard=(heard("update", "3-10 11:00"),))
        assert only("check_in", steps(case, "3-10 12:00")).state is StepState.DONE

    @pytest.mark.parametrize("word", ["advanced", "rejected", "offer"])
    def test_is_off_once_there_is_a_final_answer_even_if_an_update_follows(self, word: str) -> None:
        case = a_case(heard=(heard(word, "3-05 11:00"), heard("update", "3-06 11:00")))
        assert only("check_in", steps(case, "3-16 12:00")).state is StepState.OFF

    def test_stays_done_when_a_final_answer_follows(self) -> None:
        case = a_case(sent=(sent("check_in", "3-09 10:00"),), heard=(heard("rejected", "3-10 11:00"),))
        assert only("check_in", steps(case, "3-10 12:00")).state is StepState.DONE


class TestLastMessage:
    def test_is_not_listed_before_the_check_in_went_out(self) -> None:
        assert named("last_message", steps(a_case(), "3-20 12:00")) == []

    def test_opens_five_working_days_after_a_late_check_in(self) -> None:
        case = a_case(sent=(sent("check_in", "3-12 10:00"),))
        assert dates(only("last_message", steps(case, "3-12 12:00"))) == ("03-19 00:00", "03-23 23:59", "04-02 23:59")

    def test_opens_two_weeks_after_the_interview_where_the_check_in_was_early(self) -> None:
        case = a_case(sent=(sent("check_in", "3-09 10:00"),))
        assert dates(only("last_message", steps(case, "3-09 12:00")))[0] == "03-16 00:00"

    def test_opens_on_the_monday_after_a_week_past_a_date_named_on_a_saturday(self) -> None:
        case = a_case(reply_by=day("3-14"), sent=(sent("check_in", "3-09 10:00"),))
        assert dates(only("last_message", steps(case, "3-09 12:00")))[0] == "03-23 00:00"

    def test_counts_from_the_latest_of_several_check_ins(self) -> None:
        case = a_case(sent=(sent("check_in", "3-17 10:00"), sent("check_in", "3-09 10:00")))
        assert dates(only("last_message", steps(case, "3-17 12:00")))[0] == "03-24 00:00"

    def test_is_left_out_where_the_rules_allow_one_check_in(self) -> None:
        case = a_case(sent=(sent("check_in", "3-16 10:00"),))
        assert named("last_message", steps(case, "3-16 12:00", GENTLE)) == []

    def test_is_done_by_a_last_message(self) -> None:
        case = a_case(sent=(sent("check_in", "3-09 10:00"), sent("last_message", "3-16 10:00")))
        assert only("last_message", steps(case, "3-17 12:00")).state is StepState.DONE


class TestLetGo:
    def test_opens_four_weeks_after_silence(self) -> None:
        assert dates(only("let_go", steps(a_case()))) == ("03-30 00:00", None, None)

    def test_opens_three_weeks_after_a_later_date_named(self) -> None:
        assert dates(only("let_go", steps(a_case(reply_by=day("3-13")))))[0] == "04-03 00:00"

    def test_opens_the_day_after_the_last_message_closes_where_two_are_allowed(self) -> None:
        case = a_case(sent=(sent("check_in", "3-12 10:00"),))
        assert dates(only("let_go", steps(case, "3-12 12:00")))[0] == "04-03 00:00"

    def test_opens_ten_working_days_after_the_single_check_in_where_one_is_allowed(self) -> None:
        case = a_case(sent=(sent("check_in", "3-16 10:00"),))
        assert dates(only("let_go", steps(case, "3-16 12:00", GENTLE)))[0] == "03-30 00:00"

    def test_opens_ten_working_days_after_the_last_message(self) -> None:
        case = a_case(sent=(sent("check_in", "3-09 10:00"), sent("last_message", "3-17 10:00")))
        assert dates(only("let_go", steps(case, "3-17 12:00")))[0] == "03-31 00:00"

    def test_is_open_for_good_once_it_opened(self) -> None:
        assert only("let_go", steps(a_case(), "12-30 12:00")).state is StepState.OPEN

    def test_is_done_by_letting_go_and_off_by_any_other_decision_or_a_final_answer(self) -> None:
        assert (
            only("let_go", steps(a_case(decided=(decided("let_go", "3-30 10:00"),)), "3-31 12:00")).state
            is StepState.DONE
        )
        assert (
            only("let_go", steps(a_case(decided=(decided("declined", "3-30 10:00"),)), "3-31 12:00")).state
            is StepState.OFF
        )
        assert (
            only("let_go", steps(a_case(heard=(heard("advanced", "3-30 10:00"),)), "3-31 12:00")).state is StepState.OFF
        )


class TestAnswersToWords:
    def test_each_request_wants_its_own_material_by_the_next_working_day(self) -> None:
        case = a_case(
            heard=(heard("request", "3-04 10:00"), heard("request", "3-06 10:00")),
            sent=(sent("send_material", "3-05 10:00"),),
        )
        first, second = named("send_material", steps(case, "3-07 12:00"))
        assert (first.state, dates(first)) == (StepState.DONE, ("03-04 00:00", "03-05 23:59", None))
        assert (second.state, dates(second)) == (StepState.OPEN, ("03-06 00:00", "03-09 23:59", None))

    def test_material_sent_at_the_instant_of_the_request_counts(self) -> None:
        case = a_case(heard=(heard("request", "3-04 10:00"),), sent=(sent("send_material", "3-04 10:00"),))
        assert only("send_material", steps(case, "3-04 12:00")).state is StepState.DONE

    def test_a_rejection_wants_a_reply_and_a_question_for_feedback(self) -> None:
        listed = steps(a_case(heard=(heard("rejected", "3-10 10:00"),)), "3-10 12:00")
        assert dates(only("rejection_reply", listed)) == ("03-10 00:00", "03-12 23:59", "03-24 23:59")
        assert dates(only("feedback_request", listed)) == ("03-10 00:00", "03-17 23:59", "04-09 23:59")

    def test_a_reply_sent_before_a_second_rejection_does_not_answer_it(self) -> None:
        case = a_case(
            heard=(heard("rejected", "3-10 10:00"), heard("rejected", "3-20 10:00")),
            sent=(sent("rejection_reply", "3-11 10:00"),),
        )
        assert [step.state for step in named("rejection_reply", steps(case, "3-20 12:00"))] == [
            StepState.DONE,
            StepState.OPEN,
        ]

    def test_gentle_rules_ask_for_feedback_on_good_terms_only(self) -> None:
        no = (heard("rejected", "3-10 10:00"),)
        assert named("feedback_request", steps(a_case(heard=no), "3-10 12:00", GENTLE)) == []
        assert named("feedback_request", steps(a_case(heard=no, good_rapport=True), "3-10 12:00", GENTLE)) != []

    def test_an_offer_wants_an_answer_by_the_next_working_day(self) -> None:
        step = only("offer_reply", steps(a_case(heard=(heard("offer", "3-13 10:00"),)), "3-13 12:00"))
        assert (step.state, dates(step)) == (StepState.OPEN, ("03-13 00:00", "03-16 23:59", None))

    @pytest.mark.parametrize(
        "facts", [{"decided": (decided("accepted", "3-14 10:00"),)}, {"sent": (sent("offer_reply", "3-14 10:00"),)}]
    )
    def test_an_offer_is_answered_by_a_note_or_by_deciding(self, facts: dict[str, object]) -> None:
        case = a_case(heard=(heard("offer", "3-13 10:00"),), **facts)
        assert only("offer_reply", steps(case, "3-14 12:00")).state is StepState.DONE

    def test_an_offer_taken_back_needs_no_answer(self) -> None:
        case = a_case(heard=(heard("offer", "3-13 10:00"), heard("rejected", "3-14 10:00")))
        assert only("offer_reply", steps(case, "3-14 12:00")).state is StepState.OFF

    @pytest.mark.parametrize("verdict", ["withdrew", "let_go"])
    def test_an_offer_needs_no_answer_from_somebody_who_is_out(self, verdict: str) -> None:
        case = a_case(heard=(heard("offer", "3-13 10:00"),), decided=(decided(verdict, "3-12 10:00"),))
        assert only("offer_reply", steps(case, "3-14 12:00")).state is StepState.OFF

    def test_an_offer_at_the_instant_of_a_rejection_still_stands(self) -> None:
        case = a_case(heard=(heard("rejected", "3-13 10:00"), heard("offer", "3-13 10:00")))
        assert only("offer_reply", steps(case, "3-14 12:00")).state is StepState.OPEN

    def test_an_offer_that_came_after_a_rejection_needs_its_answer(self) -> None:
        case = a_case(heard=(heard("rejected", "3-12 10:00"), heard("offer", "3-13 10:00")))
        assert only("offer_reply", steps(case, "3-14 12:00")).state is StepState.OPEN


class TestConnect:
    def test_opens_on_the_day_of_the_first_thank_you_to_that_person(self) -> None:
        notes = (sent("thank_you", "3-05 10:00", "dana"), sent("thank_you", "3-04 10:00", "dana"))
        step = only("connect", steps(a_case(people=(DANA,), sent=notes), "3-05 12:00"))
        assert dates(step) == ("03-04 00:00", "03-11 23:59", "04-03 23:59")

    def test_opens_a_day_after_the_interview_where_no_thank_you_went_out(self) -> None:
        assert dates(only("connect", steps(a_case(people=(DANA,)))))[0] == "03-03 00:00"

    def test_is_for_named_interviewers_only(self) -> None:
        assert named("connect", steps(a_case())) == []

    def test_is_for_recruiters_only_by_gentle_rules(self) -> None:
        assert only("connect", steps(a_case(people=(DANA, AMIR)), rules=GENTLE)).person == AMIR


class TestStates:
    def test_the_instants_of_due_and_close_still_belong_to_the_window(self) -> None:
        def state(now: datetime) -> StepState:
            return only("thank_you", steps(a_case(), now=f"{now:%m-%d %H:%M}")).state

        end = at("3-02 15:00")
        assert state(end) is StepState.OPEN
        assert state(end + timedelta(days=1)) is StepState.OPEN
        assert state(end + timedelta(days=1, minutes=1)) is StepState.LATE
        assert state(at("3-09 16:00")) is StepState.LATE
        assert state(at("3-09 16:01")) is StepState.MISSED

    def test_done_wins_over_off(self) -> None:
        case = a_case(sent=(sent("thank_you", "3-02 17:00"),), heard=(heard("rejected", "3-03 10:00"),))
        step = only("thank_you", steps(case, "3-03 12:00"))
        assert (step.state, step.shut_by is not None) == (StepState.DONE, True)

    def test_an_hour_that_the_clock_repeats_is_told_apart(self) -> None:
        first = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
        case = a_case(ended_at=first.replace(fold=1), reflected_at=None)
        earlier = only("reflect", steps(case, "11-01 01:45"))
        assert earlier.state is StepState.UPCOMING


def test_steps_come_in_the_order_of_the_table() -> None:
    case = a_case(
        people=(DANA,),
        sent=(sent("check_in", "3-09 10:00"),),
        heard=(heard("offer", "3-13 10:00"), heard("request", "3-04 10:00"), heard("rejected", "3-12 10:00")),
    )
    assert [step.name.value for step in steps(case, "3-14 12:00")] == [
        "reflect",
        "thank_you",
        "send_material",
        "check_in",
        "last_message",
        "let_go",
        "rejection_reply",
        "feedback_request",
        "connect",
        "offer_reply",
    ]


class TestExamplesOfHouseRules:
    def test_one_follow_up_lists_no_last_message(self) -> None:
        case = a_case(sent=(sent("check_in", "3-09 10:00"),))
        listed = steps(case, "3-09 12:00", BOOK.rules["example-one-follow-up"])
        assert named("last_message", listed) == []
        assert dates(only("let_go", listed))[0] == "03-23 00:00"

    def test_a_day_past_waits_one_working_day_more(self) -> None:
        listed = steps(a_case(reply_by=day("3-12")), rules=BOOK.rules["example-a-day-past"])
        assert dates(only("check_in", listed))[0] == "03-16 00:00"

    def test_week_by_week_counts_one_two_and_four_weeks_from_the_promised_date(self) -> None:
        rules = BOOK.rules["example-week-by-week"]
        case = a_case(reply_by=day("3-09"))
        assert dates(only("check_in", steps(case, rules=rules)))[0] == "03-16 00:00"
        assert dates(only("let_go", steps(case, rules=rules)))[0] == "04-06 00:00"
        asked = a_case(reply_by=day("3-09"), sent=(sent("check_in", "3-16 10:00"),))
        assert dates(only("last_message", steps(asked, "3-16 12:00", rules)))[0] == "03-23 00:00"
