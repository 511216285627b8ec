"""What is said when a fact or a rule moved the steps."""

from __future__ import annotations

from dataclasses import replace

from debrief.domain.case import Case
from debrief.domain.moves import Change, Move, moves_in_words, what_moved
from debrief.domain.rules import HouseRules
from debrief.domain.timeline import StepState
from tests.unit.domain.a_case import DANA, GENTLE, STANDARD, a_case, at, day, heard, only, sent, steps

NOW = "3-05 12:00"


def moves(
    before: Case, after: Case, because: str = "", now: str = NOW, rules: HouseRules = STANDARD
) -> dict[str, Move]:
    found = what_moved(steps(before, now), steps(after, now, rules), because)
    return {move.step.name.value: move for move in found}


def test_a_date_that_the_employer_named_moves_the_check_in() -> None:
    found = moves(a_case(), a_case(heard=(heard("update", "3-05 11:00", "3-13"),)), "Acme named 13 March")
    assert found["check_in"].sentence() == "check-in moved from 9 to 16 March: Acme named 13 March"
    assert found["let_go"].sentence() == "letting go moved from 30 March to 3 April: Acme named 13 March"
    assert set(found) == {"check_in", "let_go"}


def test_other_rules_move_it_too() -> None:
    found = moves(a_case(people=(DANA,)), a_case(people=(DANA,)), "the gentle rules", rules=GENTLE)
    assert found["check_in"].sentence() == "check-in moved from 9 to 16 March: the gentle rules"
    assert found["connect"].sentence() == "connection request to Dana Whitfield is no longer needed: the gentle rules"


def test_a_rejection_ends_what_waited_and_adds_the_reply() -> None:
    found = moves(a_case(), a_case(heard=(heard("rejected", "3-05 11:00"),)), "Acme said no")
    assert found["check_in"].change is Change.ENDED
    assert found["check_in"].sentence() == "check-in is no longer needed: Acme said no"
    assert (
        found["rejection_reply"].sentence() == "reply to the rejection is now on the list, from 5 March: Acme said no"
    )


def test_a_step_just_done_is_no_move() -> None:
    found = moves(a_case(), a_case(sent=(sent("check_in", "3-09 10:00"),)), now="3-09 12:00")
    assert "check_in" not in found
    assert found["last_message"].change is Change.ADDED


def test_a_check_in_that_an_update_overtook_is_on_the_list_again() -> None:
    asked = a_case(sent=(sent("check_in", "3-09 10:00"),))
    answered = a_case(sent=(sent("check_in", "3-09 10:00"),), heard=(heard("update", "3-10 10:00"),))
    found = moves(asked, answered, now="3-10 12:00")
    assert found["check_in"].sentence() == "check-in is now on the list, from 17 March"


def test_a_corrected_end_on_the_same_day_is_told_in_hours() -> None:
    found = moves(a_case(), a_case(ended_at=at("3-02 17:00")), now="3-02 18:00")
    assert found["reflect"].sentence() == "looking back moved from 15:00 to 17:00 on 2 March"


def test_a_date_across_new_year_names_the_years() -> None:
    case = a_case(ended_at=at("12-24 15:00"))
    found = moves(case, a_case(ended_at=at("12-24 15:00"), reply_by=day("12-31")), now="12-24 16:00")
    assert found["check_in"].sentence() == "check-in moved from 31 December 2026 to 1 January 2027"


def test_a_window_that_closes_earlier_and_is_over_now_is_said_to_have_passed() -> None:
    found = moves(a_case(), a_case(ended_at=at("2-20 15:00")), "the date was corrected")
    assert found["thank_you"].sentence() == "the time for the thank-you note has passed: the date was corrected"


def test_nothing_is_said_where_nothing_moved() -> None:
    assert moves(a_case(), a_case()) == {}


def test_several_moves_are_told_in_one_sentence_without_their_reasons() -> None:
    before, after = (
        steps(a_case(people=(DANA,))),
        steps(a_case(people=(DANA,), heard=(heard("rejected", "3-05 11:00"),)), NOW),
    )
    moved = Move(Change.MOVED, only("check_in", before), "Acme named it", "opens", at("3-03 00:00"))
    ended = [Move(Change.ENDED, only(name, before), "a reason") for name in ("thank_you", "let_go")]
    added = [Move(Change.ADDED, only(name, after), "a reason") for name in ("rejection_reply", "feedback_request")]

    assert moves_in_words([ended[0], added[0], moved, ended[1], added[1]]) == (
        "check-in moved from 3 to 9 March; no longer needed: thank-you note to Dana Whitfield and letting go; "
        "now on the list: reply to the rejection (from 5 March) and request for feedback (from 5 March)"
    )
    assert moves_in_words([moved]) == "check-in moved from 3 to 9 March"
    assert moves_in_words([]) == ""


def test_a_step_that_was_missed_is_told_by_itself() -> None:
    missed = replace(only("check_in", steps(a_case())), state=StepState.MISSED)

    assert moves_in_words([Move(Change.ENDED, missed, "late")]) == "the time for the check-in has passed"
