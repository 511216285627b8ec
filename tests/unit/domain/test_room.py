"""A workshop's room: nothing lost, nothing twice, and fewer than five answers never shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.domain.critique import Letter, RecordFacts
from debrief.domain.facts import MessageKind
from debrief.domain.room import (
    FEWEST,
    LONGEST_DRAFT,
    MOST_DRAFTS,
    SEATS,
    Room,
    give_answer,
    keep_draft,
    most_missed,
    open_step,
    sit_down,
    tally,
)
from debrief.domain.scenarios import Activity, Choice, LetterExercise, LookBack, Noticing, Scenario, Verdict
from debrief.errors import Refused

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def a_choice(name: str, verdict: Verdict, *advice: str) -> Choice:
    return Choice(id=name, text=name, verdict=verdict, feedback=name, advice=advice)


def a_noticing(name: str, *advice: str) -> Noticing:
    return Noticing(id=name, question=name, noticed=name, short=name, advice=advice)


EVENING = Scenario(
    id="evening",
    title="Evening",
    situation="…",
    minutes=3,
    discuss=("?",),
    advice=("TY2",),
    question="?",
    choices=(
        a_choice("tonight", Verdict.SOUND, "TY2"),
        a_choice("monday", Verdict.COSTLY, "TY2"),
        a_choice("never", Verdict.COSTLY, "TY1", "TY2"),
        a_choice("tram", Verdict.DEBATED, "TY2"),
    ),
)
LETTER = LetterExercise(
    id="letter",
    title="Letter",
    situation="…",
    minutes=3,
    discuss=("?",),
    advice=("TY5",),
    letter=Letter(kind=MessageKind.THANK_YOU),
    better=Letter(kind=MessageKind.THANK_YOU),
    record=RecordFacts(),
    faults={"pay-talk": "pay", "shouting": "shouts", "boastful": "boasts"},
)
LOOK = LookBack(
    id="look",
    title="Look",
    situation="…",
    minutes=3,
    discuss=("?",),
    advice=("RF2",),
    lines=(("A", "…"), ("B", "…")),
    noticings=(a_noticing("well", "RF2"), a_noticing("clear", "RF3"), a_noticing("value", "RF3")),
)
ACTIVITIES: tuple[Activity, ...] = (EVENING, LETTER, LOOK)
SEATED = [f"seat-{number}" for number in range(8)]


def a_room(seats: list[str] = SEATED, *, opened: bool = True) -> Room:
    room = Room(
        code="ABCDE",
        programme="p",
        agenda=tuple(activity.id for activity in ACTIVITIES),
        wiped_at=NOW + timedelta(hours=4),
    )
    for seat in seats:
        room = sit_down(room, seat)
    for step in range(len(ACTIVITIES)) if opened else ():
        room = open_step(room, step, NOW)
    return room


def answers_to(activity: Activity) -> st.SearchStrategy[frozenset[str]]:
    match activity:
        case Scenario(choices=choices):
            return st.sampled_from([frozenset({choice.id}) for choice in choices])
        case LetterExercise(faults=faults):
            return st.frozensets(st.sampled_from(sorted(faults)))
        case LookBack(noticings=noticings):
            return st.frozensets(st.sampled_from([noticing.id for noticing in noticings]))


answering = st.sampled_from(ACTIVITIES).flatmap(
    lambda activity: st.tuples(st.sampled_from(SEATED), st.just(activity), answers_to(activity))
)


@given(st.lists(answering, max_size=40), st.data())
def test_every_answer_counts_exactly_once_whatever_is_sent_again(
    sent: list[tuple[str, Activity, frozenset[str]]], data: st.DataObject
) -> None:
    room = a_room()
    for seat, activity, answer in sent:
        room = give_answer(room, seat, activity, answer)
        if data.draw(st.booleans()):
            room = give_answer(room, seat, activity, answer)

    for activity in ACTIVITIES:
        seats = {seat for seat, answered, _ in sent if answered is activity}
        assert room.answered(activity.id) == len(seats)
        found = tally(room, activity.id)
        assert (found is None) == (len(seats) < FEWEST)
        if isinstance(activity, Scenario) and found:
            assert sum(found.counts.values()) == found.answered == len(seats)


@given(st.lists(answering, max_size=30, unique_by=lambda one: (one[0], one[1].id)), st.data())
def test_the_order_in_which_people_answer_does_not_matter(
    sent: list[tuple[str, Activity, frozenset[str]]], data: st.DataObject
) -> None:
    rooms = []
    for order in (sent, data.draw(st.permutations(sent))):
        room = a_room()
        for seat, activity, answer in order:
            room = give_answer(room, seat, activity, answer)
        rooms.append(room.answers)

    assert rooms[0] == rooms[1]


@given(st.lists(answers_to(LETTER), min_size=1, max_size=6), st.data())
def test_of_several_versions_of_a_letter_the_best_counts_in_whichever_order_they_arrive(
    versions: list[frozenset[str]], data: st.DataObject
) -> None:
    room = a_room()
    for version in data.draw(st.permutations(versions)):
        room = give_answer(room, SEATED[0], LETTER, version)

    counted = room.answer_of(SEATED[0], "letter")
    assert counted in versions
    assert counted is not None
    assert len(counted) == min(map(len, versions))


def test_a_choice_stands_once_its_feedback_has_been_read() -> None:
    room = give_answer(a_room(), SEATED[0], EVENING, frozenset({"monday"}))

    room = give_answer(room, SEATED[0], EVENING, frozenset({"tonight"}))

    assert room.answer_of(SEATED[0], "evening") == {"monday"}


def test_sitting_down_again_takes_no_second_seat() -> None:
    room = sit_down(sit_down(a_room([]), "one"), "one")

    assert room.seats == {"one"}


def test_a_full_room_says_so() -> None:
    room = replace(a_room([]), seats=frozenset(str(number) for number in range(SEATS)))

    with pytest.raises(Refused, match="full"):
        sit_down(room, "one more")
    assert sit_down(room, "7") is room


def test_a_step_that_is_not_open_yet_takes_no_answers() -> None:
    room = open_step(a_room(opened=False), 0, NOW)

    with pytest.raises(Refused, match="not open yet"):
        give_answer(room, SEATED[0], LETTER, frozenset())


def test_a_step_that_was_open_still_takes_the_answers_of_late_comers() -> None:
    room = open_step(open_step(a_room(opened=False), 1, NOW), 0, NOW)

    assert give_answer(room, SEATED[0], LETTER, frozenset()).answered("letter") == 1


def test_opening_the_open_step_again_does_not_start_its_clock_anew() -> None:
    room = open_step(a_room(opened=False), 0, NOW)

    assert open_step(room, 0, NOW + timedelta(minutes=2)) is room


def test_opening_the_next_step_takes_the_answers_off_the_screen() -> None:
    room = replace(open_step(a_room(opened=False), 0, NOW), shown=True)

    assert not open_step(room, 1, NOW).shown


@pytest.mark.parametrize("step", [-1, 3])
def test_there_are_no_steps_beyond_the_agenda(step: int) -> None:
    with pytest.raises(Refused, match="no such step"):
        open_step(a_room(opened=False), step, NOW)


def test_a_stranger_is_asked_to_join() -> None:
    with pytest.raises(Refused, match="Join it again"):
        give_answer(a_room(), "stranger", EVENING, frozenset({"tonight"}))


@pytest.mark.parametrize(
    ("activity", "answer"),
    [
        (EVENING, frozenset()),
        (EVENING, frozenset({"tonight", "monday"})),
        (EVENING, frozenset({"elsewhere"})),
        (LETTER, frozenset({"cliche"})),
        (LOOK, frozenset({"nothing"})),
    ],
)
def test_an_answer_that_the_step_does_not_have_is_refused(activity: Activity, answer: frozenset[str]) -> None:
    with pytest.raises(Refused, match="none of the answers"):
        give_answer(a_room(), SEATED[0], activity, answer)


def test_four_answers_are_not_shown_and_five_are() -> None:
    room = a_room()
    for seat in SEATED[:4]:
        room = give_answer(room, seat, EVENING, frozenset({"monday"}))
    assert tally(room, "evening") is None
    assert most_missed(room, ACTIVITIES) == ()

    room = give_answer(room, SEATED[4], EVENING, frozenset({"tonight"}))

    found = tally(room, "evening")
    assert found is not None
    assert (found.answered, dict(found.counts)) == (5, {"monday": 4, "tonight": 1})


def test_the_advice_most_missed_comes_first_with_how_often_it_was_put_to_the_test() -> None:
    room = a_room()
    for seat, choice in zip(SEATED, ["monday", "monday", "never", "tonight", "tram"], strict=False):
        room = give_answer(room, seat, EVENING, frozenset({choice}))
        room = give_answer(room, seat, LOOK, frozenset({"well", "clear"}))

    found = [(one.advice, one.missed, one.asked) for one in most_missed(room, ACTIVITIES)]

    assert found == [("TY2", 3, 5), ("RF3", 5, 10), ("TY1", 1, 5)]


@given(st.lists(answering, max_size=60))
def test_no_advice_is_missed_more_often_than_it_was_put_to_the_test(
    sent: list[tuple[str, Activity, frozenset[str]]],
) -> None:
    room = a_room()
    for seat, activity, answer in sent:
        room = give_answer(room, seat, activity, answer)

    assert all(0 < one.missed <= one.asked and one.asked >= FEWEST for one in most_missed(room, ACTIVITIES))


def test_what_a_seat_writes_is_kept_by_field_beside_what_others_write() -> None:
    room = a_room()
    for seat, name, text in ((SEATED[0], "body", "old"), (SEATED[1], "body", "mine"), (SEATED[0], "body", "new")):
        room = keep_draft(room, seat, name, text)
    room = keep_draft(room, SEATED[0], "subject", "x" * LONGEST_DRAFT)

    assert room.drafts == {SEATED[0]: {"body": "new", "subject": "x" * LONGEST_DRAFT}, SEATED[1]: {"body": "mine"}}


def test_a_stranger_keeps_nothing_and_nobody_keeps_far_too_much() -> None:
    room = a_room()
    with pytest.raises(Refused) as stranger:
        keep_draft(room, "stranger", "body", "x")
    assert str(stranger.value) == "This place is not known in the room. Join it again with the code."
    with pytest.raises(Refused) as long:
        keep_draft(room, SEATED[0], "body", "x" * (LONGEST_DRAFT + 1))
    assert str(long.value) == f"That is too long to be kept. Stay below {LONGEST_DRAFT:,} characters."
    for number in range(MOST_DRAFTS):
        room = keep_draft(room, SEATED[0], str(number), "")
    with pytest.raises(Refused):
        keep_draft(room, SEATED[0], "one more", "")


def test_who_has_not_answered_has_no_answer() -> None:
    room = give_answer(a_room(), SEATED[0], EVENING, frozenset({"tonight"}))

    assert room.answer_of(SEATED[0], "evening") == {"tonight"}
    assert room.answer_of(SEATED[1], "evening") is None
    assert a_room().answer_of(SEATED[0], "no such activity") is None
