"""Which dos are wanted, what ticks them, and which don'ts matter now: the shipped checklist over real timelines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from a_round import a_course, a_round, an_interview, decided, heard, later, met, note, reflected, tick
from hypothesis import given
from hypothesis import strategies as st

from debrief.content import SHIPPED
from debrief.content import checklist as checklist_section
from debrief.content import guides as guides_section
from debrief.content import rules as rules_section
from debrief.domain.advice import Guides
from debrief.domain.case import case_of
from debrief.domain.checklist import Checklist, Do, DoItem, Dont, Situation, Standing, donts, dos, situations
from debrief.domain.courses import Course, Round
from debrief.domain.facts import DecisionKind, MessageKind, RoundState, Word
from debrief.domain.rules import RuleBook, StepName
from debrief.domain.timeline import StepState, timeline
from debrief.domain.workdays import WorkingDays

CHECKLIST = checklist_section.load(SHIPPED, guides_section.load(SHIPPED)[0] or Guides())[0] or Checklist((), (), {})
STANDARD = (rules_section.load(SHIPPED)[0] or RuleBook({})).choose("standard")


def standing(one: Round, now: datetime, course: Course | None = None) -> Standing:
    steps = timeline(case_of(one), STANDARD, WorkingDays(), now) if one.interview.state is RoundState.HELD else ()
    return Standing(course or a_course(one), one, steps, now)


def listed(now: datetime, **parts: Any) -> dict[str, Do]:
    return {do.item.id: do for do in dos(CHECKLIST, standing(a_round(**parts), now))}


def mattering(now: datetime, **parts: Any) -> list[str]:
    """The don'ts that matter now, in their order."""
    return [dont.item.id for dont in donts(CHECKLIST, standing(a_round(**parts), now)) if dont.matters]


def test_an_hour_after_the_interview_the_first_dos_are_open_and_dated() -> None:
    found = listed(later(hours=1), met=met("Dana Whitfield"))

    assert found["reflect"].state is found["thank_you"].state is StepState.OPEN
    assert found["thank_you"].leading is not None
    assert found["thank_you"].leading.due == later(hours=24)
    assert found["check_in"].state is StepState.UPCOMING
    assert found["check_in"].opens.date() == date(2026, 3, 9)
    assert "rejection_reply" not in found
    assert "offer_reply" not in found


def test_dos_come_in_order_of_time() -> None:
    thanked = (note(MessageKind.THANK_YOU, later(hours=2), "dana"),)

    order = list(listed(later(days=8), met=met("Dana Whitfield"), messages=thanked))

    assert order.index("reflect") < order.index("thank_you") < order.index("connect") < order.index("check_in")


def test_a_do_that_opens_with_a_word_stands_where_the_word_came() -> None:
    order = list(listed(later(days=20), heard=(heard(Word.REJECTED, later(days=5)),)))

    assert order.index("keep_searching") < order.index("rejection_reply") < order.index("check_in")


def test_a_panel_is_thanked_when_every_one_of_them_is() -> None:
    panel = met("Dana Whitfield", "Amir Haddad")
    to_dana = note(MessageKind.THANK_YOU, later(hours=2), "dana")
    to_amir = note(MessageKind.THANK_YOU, later(hours=3), "amir")

    half = listed(later(hours=4), met=panel, messages=(to_dana,))["thank_you"]
    whole = listed(later(hours=4), met=panel, messages=(to_dana, to_amir))["thank_you"]

    assert (half.state, half.done_steps, len(half.steps)) == (StepState.OPEN, 1, 2)
    assert half.leading is not None
    assert half.leading.person_id == "amir"
    assert whole.state is StepState.DONE
    assert whole.proof is not None
    assert whole.proof.at == later(hours=3)
    assert whole.proof.fact_id == to_amir.id


def test_of_two_requests_the_one_due_first_leads() -> None:
    asked = (heard(Word.REQUEST, later(days=1)), heard(Word.REQUEST, later(days=2)))

    found = listed(later(days=2, hours=1), heard=asked)["send_material"]

    assert found.leading is not None
    assert found.leading.word == asked[0]
    assert found.opens.date() == later(days=1).date()


def test_a_do_is_wanted_while_any_of_its_situations_is_given() -> None:
    item = DoItem(id="a", title="", why="", how="", advice=(), when=(Situation.OFFER, Situation.WAITING))

    (wanted,) = dos(Checklist((item,), (), {}), standing(a_round(), later(days=1)))

    assert wanted.state is StepState.OPEN


def test_what_opens_with_a_word_opens_with_the_first_of_its_kind() -> None:
    twice = (heard(Word.REJECTED, later(days=5)), heard(Word.REJECTED, later(days=6)))

    assert listed(later(days=7), heard=twice)["keep_in_touch"].opens == later(days=5)


def test_the_latest_tick_is_the_one_to_take_back() -> None:
    twice = (tick("keep_searching", later(days=1)), tick("keep_searching", later(days=2)))

    assert listed(later(days=3), ticks=twice)["keep_searching"].tick == twice[1]


def test_what_no_fact_can_prove_is_ticked_by_hand() -> None:
    before = listed(later(days=1))["keep_searching"]
    after = listed(later(days=1), ticks=(tick("keep_searching", later(hours=20)),))["keep_searching"]

    assert (before.state, before.by_hand, before.tick) == (StepState.OPEN, True, None)
    assert before.leading is None
    assert after.state is StepState.DONE
    assert after.tick is not None
    assert after.proof is not None
    assert after.proof.at == later(hours=20)


def test_a_tick_does_not_do_what_a_fact_has_to_prove() -> None:
    assert listed(later(hours=1), ticks=(tick("thank_you", later(hours=1)),))["thank_you"].state is StepState.OPEN


def test_staying_in_touch_is_proved_by_the_note_and_not_by_hand() -> None:
    no = (heard(Word.REJECTED, later(days=5)),)
    written = (note(MessageKind.KEEP_IN_TOUCH, later(days=30)),)

    assert "keep_in_touch" not in listed(later(days=4))
    assert listed(later(days=6), heard=no)["keep_in_touch"].state is StepState.OPEN
    assert not listed(later(days=6), heard=no)["keep_in_touch"].by_hand
    by_hand = (tick("keep_in_touch", later(days=6)),)
    assert listed(later(days=7), heard=no, ticks=by_hand)["keep_in_touch"].state is StepState.OPEN
    assert listed(later(days=31), heard=no, messages=written)["keep_in_touch"].state is StepState.DONE
    before_the_no = (note(MessageKind.KEEP_IN_TOUCH, later(days=4)),)
    assert listed(later(days=31), heard=no, messages=before_the_no)["keep_in_touch"].state is StepState.OPEN


def test_a_do_that_is_no_longer_wanted_is_off_unless_it_was_done() -> None:
    named = (heard(Word.UPDATE, later(days=1), reply_by=later(days=9).date()),)
    asked = (tick("ask_when", later(hours=3)),)

    assert listed(later(hours=1))["ask_when"].state is StepState.OPEN
    assert listed(later(days=2), heard=named)["ask_when"].state is StepState.OFF
    assert listed(later(days=2), heard=named, ticks=asked)["ask_when"].state is StepState.DONE


def test_nothing_is_to_do_for_a_round_that_was_not_held() -> None:
    for state in set(RoundState) - {RoundState.HELD}:
        one = a_round(interview=an_interview(state=state))

        assert dos(CHECKLIST, standing(one, later(days=1))) == ()
        assert situations(standing(one, later(days=1))) == {Situation.ALWAYS}


def test_a_finished_reflection_ticks_its_do_and_a_begun_one_does_not() -> None:
    begun = reflected({"overall": 4})
    assert begun.reflection is not None
    finished = replace(begun, reflection=replace(begun.reflection, finished_at=later(hours=1)))

    def look_back(one: Round) -> StepState:
        return next(do.state for do in dos(CHECKLIST, standing(one, later(hours=2))) if do.item.id == "reflect")

    assert look_back(begun) is StepState.OPEN
    assert look_back(finished) is StepState.DONE


def test_before_the_notes_are_out_the_donts_are_about_notes() -> None:
    found = mattering(later(hours=1), met=met("Dana Whitfield", "Amir Haddad"))

    assert found[0] == "same_note"
    assert {"phone", "impress", "essay", "too_early", "post", "pay"} <= set(found)
    assert not {"second_nudge", "blame", "hold_on"} & set(found)


def test_one_interviewer_is_no_panel() -> None:
    assert "same_note" not in mattering(later(hours=1), met=met("Dana Whitfield"))


def test_while_a_check_in_is_out_a_second_nudge_and_a_call_come_first() -> None:
    found = mattering(later(days=9), messages=(note(MessageKind.CHECK_IN, later(days=8)),))

    assert found[:2] == ["second_nudge", "phone"]


def test_an_answer_to_the_check_in_takes_the_second_nudge_away() -> None:
    asked = (note(MessageKind.CHECK_IN, later(days=8)),)
    answered = (heard(Word.UPDATE, later(days=10)),)

    assert "second_nudge" in mattering(later(days=11), messages=asked)
    assert "second_nudge" not in mattering(later(days=11), messages=asked, heard=answered)


def test_after_a_rejection_blame_comes_first_and_pay_is_no_longer_a_matter() -> None:
    found = mattering(later(days=6), heard=(heard(Word.REJECTED, later(days=5)),))

    assert found[0] == "blame"
    assert not {"pay", "post", "beg"} & set(found)


@pytest.mark.parametrize(
    ("parts", "matters"),
    [
        ({}, True),
        ({"heard": (heard(Word.ADVANCED, later(days=3)),)}, True),
        ({"heard": (heard(Word.OFFER, later(days=3)),)}, False),
        ({"decisions": (decided(DecisionKind.WITHDREW, later(days=3)),)}, False),
    ],
)
def test_pay_is_a_dont_while_in_the_running_without_an_offer(parts: dict[str, Any], matters: bool) -> None:
    assert ("pay" in mattering(later(days=4), **parts)) is matters


def test_an_offer_after_a_later_round_ends_the_dont_about_pay_for_the_earlier_ones() -> None:
    first = a_round(heard=(heard(Word.ADVANCED, later(days=3)),))
    offered = heard(Word.OFFER, later(days=12))
    second = a_round(interview=an_interview(id="two", ended_at=later(days=9)), heard=(offered,))

    before = situations(standing(first, later(days=10), a_course(first)))
    after = situations(standing(first, later(days=13), a_course(first, second)))

    assert Situation.NO_OFFER in before
    assert Situation.NO_OFFER not in after


def test_the_next_round_is_to_be_prepared_until_it_was_held() -> None:
    first = a_round(heard=(heard(Word.ADVANCED, later(days=3)),))
    planned = a_round(interview=an_interview(id="two", ended_at=later(days=9), state=RoundState.SCHEDULED))
    held = a_round(interview=an_interview(id="two", ended_at=later(days=9)))

    def prepare(*rounds: Round) -> StepState:
        found = dos(CHECKLIST, standing(first, later(days=5), a_course(*rounds)))
        return next(do.state for do in found if do.item.id == "prepare_next")

    assert prepare(first) is prepare(first, planned) is StepState.OPEN
    assert prepare(first, held) is StepState.OFF


def test_weeks_of_silence_bring_the_dont_about_holding_on() -> None:
    assert "hold_on" not in mattering(later(days=20))
    assert mattering(later(days=29))[0] == "hold_on"


def test_speaking_ill_of_employers_is_never_in_place() -> None:
    accepted = (heard(Word.OFFER, later(days=3)),)

    found = mattering(later(days=5), heard=accepted, decisions=(decided(DecisionKind.ACCEPTED, later(days=4)),))

    assert "run_down" in found


def test_donts_that_do_not_matter_now_stay_to_be_read_below() -> None:
    found = donts(CHECKLIST, standing(a_round(), later(hours=1)))

    assert len(found) == len(CHECKLIST.donts)
    matters = [dont.matters for dont in found]
    assert matters == sorted(matters, reverse=True)


def test_every_dont_matters_in_some_history() -> None:
    seen: set[str] = set()
    panel = met("Dana Whitfield", "Amir Haddad")
    for parts, days in (
        ({"met": panel}, 0),
        ({"messages": (note(MessageKind.CHECK_IN, later(days=8)),)}, 9),
        ({"heard": (heard(Word.REJECTED, later(days=5)),)}, 6),
        ({"heard": (heard(Word.OFFER, later(days=5)),)}, 6),
        ({}, 40),
    ):
        seen |= set(mattering(later(days=days, hours=1), **parts))

    assert seen == {dont.id for dont in CHECKLIST.donts}


def test_every_situation_has_its_words() -> None:
    assert set(CHECKLIST.situations) == set(Situation)
    assert {do.step for do in CHECKLIST.dos if do.step} == set(StepName)


WORDS = st.lists(st.tuples(st.sampled_from(Word), st.integers(1, 40)), max_size=3)
NOTES = st.lists(st.tuples(st.sampled_from(MessageKind), st.integers(0, 40)), max_size=4)


@given(words=WORDS, notes=NOTES, age=st.integers(40, 90))
def test_each_do_and_dont_stands_once_whatever_happened(
    words: list[tuple[Word, int]], notes: list[tuple[MessageKind, int]], age: int
) -> None:
    one = a_round(
        met=met("Dana Whitfield", "Amir Haddad"),
        heard=tuple(heard(what, later(days=day)) for what, day in sorted(words, key=lambda pair: pair[1])),
        messages=tuple(note(kind, later(days=day), "dana") for kind, day in notes),
    )

    to_do = dos(CHECKLIST, standing(one, later(days=age)))
    to_leave: tuple[Dont, ...] = donts(CHECKLIST, standing(one, later(days=age)))

    assert len({do.item.id for do in to_do}) == len(to_do)
    assert {dont.item.id for dont in to_leave} == {dont.id for dont in CHECKLIST.donts}
    for do in to_do:
        assert (do.state is StepState.DONE) <= (do.proof is not None)
