"""Lessons: on their way, mended, joined where they recur, and what the marks in their area did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from debrief.domain.facts import Interview, Lesson, LessonState
from debrief.domain.lessons import Marks, marks_in_words, marks_since
from debrief.errors import Conflict, Refused
from debrief.store import Store
from debrief.usecases.lessons import (
    change_lesson,
    join_lessons,
    keep_apart,
    lessons_to_join,
    mark_lesson,
    remove_lesson,
)
from debrief.usecases.recurring import recurring, text_likeness
from tests.unit.usecases.a_record import ME, NOW, logged, reflecting

AREAS = {"calm": "Staying calm", "opening": "Opening"}


def kept(store: Store, text: str, **facts: object) -> Lesson:
    with store.unit(ME.owner, NOW) as unit:
        return unit.add(replace(Lesson(text=text, created_at=NOW), **facts))


def all_of(store: Store) -> list[Lesson]:
    with store.unit(ME.owner, NOW) as unit:
        return unit.find(Lesson)


def undo_last(store: Store) -> None:
    with store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)


def test_learned_has_its_moment_and_any_other_state_has_none(sqlite_store: Store) -> None:
    lesson = kept(sqlite_store, "Bring water")

    learned = mark_lesson(ME, sqlite_store, NOW, lesson, LessonState.LEARNED)
    again = mark_lesson(ME, sqlite_store, NOW, learned, LessonState.PRACTISING)

    assert (learned.state, learned.learned_at) == (LessonState.LEARNED, NOW)
    assert (again.state, again.learned_at) == (LessonState.PRACTISING, None)


def test_a_lesson_is_given_other_words_and_an_area(sqlite_store: Store) -> None:
    lesson = kept(sqlite_store, "Bring water")

    changed = change_lesson(ME, sqlite_store, NOW, lesson, text="  Bring a bottle ", area="Being set up")

    assert (changed.text, changed.area) == ("Bring a bottle", "Being set up")
    with pytest.raises(Refused, match="The lesson is empty"):
        change_lesson(ME, sqlite_store, NOW, changed, text=" ", area="")


def test_a_lesson_taken_out_comes_back_by_undo(sqlite_store: Store) -> None:
    lesson = kept(sqlite_store, "Bring water")

    remove_lesson(ME, sqlite_store, NOW, lesson)
    assert all_of(sqlite_store) == []
    undo_last(sqlite_store)

    assert all_of(sqlite_store) == [lesson]


def two_interviews(store: Store) -> tuple[Interview, Interview]:
    first = logged(store, on=date(2026, 2, 2))
    return first, logged(store, employer="Birch & Partners")


def test_joining_keeps_both_interviews_and_one_undo_takes_it_back(sqlite_store: Store) -> None:
    first, second = two_interviews(sqlite_store)
    older = kept(
        sqlite_store,
        "Pause before answering",
        interview_ids=(first.id,),
        created_at=NOW - timedelta(days=30),
        state=LessonState.LEARNED,
        learned_at=NOW - timedelta(days=9),
    )
    newer = kept(sqlite_store, "Pause before I answer", interview_ids=(second.id,), area="Clear answers")

    joined = join_lessons(ME, sqlite_store, NOW, newer, older)

    assert [lesson.id for lesson in all_of(sqlite_store)] == [newer.id]
    assert joined.text == "Pause before I answer"
    assert joined.interview_ids == (first.id, second.id)
    assert (joined.created_at, joined.area) == (older.created_at, "Clear answers")
    assert (joined.state, joined.learned_at) == (LessonState.OPEN, None), "what recurs is not learned"
    undo_last(sqlite_store)
    assert {lesson.text: lesson.interview_ids for lesson in all_of(sqlite_store)} == {
        older.text: (first.id,),
        newer.text: (second.id,),
    }


def test_joining_what_another_tab_changed_is_refused_and_joins_nothing(sqlite_store: Store) -> None:
    one, other = kept(sqlite_store, "Slow down"), kept(sqlite_store, "Slow down at the start")
    mark_lesson(ME, sqlite_store, NOW, other, LessonState.PRACTISING)

    with pytest.raises(Conflict):
        join_lessons(ME, sqlite_store, NOW, one, other)

    assert len(all_of(sqlite_store)) == 2


def test_alike_lessons_are_offered_and_nothing_is_joined_by_itself(sqlite_store: Store) -> None:
    kept(sqlite_store, "Pause before answering", created_at=NOW - timedelta(days=3))
    kept(sqlite_store, "Pause before I answer")
    kept(sqlite_store, "Bring water")

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (offer,) = lessons_to_join(unit)

    assert (offer.first.text, offer.again.text) == ("Pause before answering", "Pause before I answer")
    assert len(all_of(sqlite_store)) == 3


def test_lessons_that_are_two_are_not_offered_again(sqlite_store: Store) -> None:
    kept(sqlite_store, "Slow down")
    kept(sqlite_store, "Slow down at the start")
    with sqlite_store.unit(ME.owner, NOW) as unit:
        (offer,) = lessons_to_join(unit)

    keep_apart(ME, sqlite_store, NOW, offer)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert lessons_to_join(unit) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pause before I answer", "Pausing before answering"),
        ("Ask at the close by when they decide", "Ask when they decide, before the close"),
        ("Practise window functions", "Practice the window functions"),
        ("落ち着いて話す", "落ち着いて話した"),
    ],
)
def test_the_same_families_of_words_are_alike(one: str, other: str) -> None:
    assert text_likeness(one, other) >= 0.8
    assert text_likeness(one, other) == text_likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bring water", "Bring a second shirt"),
        ("Say exactly what my own part was", "Say at once that I do not know a word"),
        ("Ask about the team", "Smile at the camera"),
        ("", "Bring water"),
    ],
)
def test_a_common_word_is_not_enough(one: str, other: str) -> None:
    assert text_likeness(one, other) < 0.5


def test_one_area_needs_less_likeness_and_two_areas_more() -> None:
    def pair(area: str, other_area: str) -> int:
        lessons = [
            Lesson(text="Fewer numbers at a time", area=area, created_at=NOW),
            Lesson(text="Fewer numbers, and slower", area=other_area, created_at=NOW),
        ]
        return len(recurring(lessons))

    assert 0.65 <= text_likeness("Fewer numbers at a time", "Fewer numbers, and slower") < 0.8
    assert pair("", "") == pair("Clear answers", "Clear answers") == 1
    assert pair("Clear answers", "Opening") == 0


def test_dropped_lessons_are_left_alone() -> None:
    lessons = [
        Lesson(text="Slow down", created_at=NOW, state=LessonState.DROPPED),
        Lesson(text="Slow down", created_at=NOW),
    ]

    assert recurring(lessons) == ()


def test_marks_begin_where_the_lesson_came_from_and_go_on_in_order_of_time(sqlite_store: Store) -> None:
    interviews = [logged(sqlite_store, on=date(2026, 2, day), employer=f"Employer {day}") for day in (2, 9, 16, 23)]
    for interview, mark in zip(interviews, (5, 2, 3, 4), strict=True):
        reflecting(sqlite_store, interview, calm=mark)
    lesson = Lesson(text="Breathe", area="Staying calm", interview_ids=(interviews[1].id,), created_at=NOW)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        courses = unit.courses()

    marks = marks_since(lesson, courses, AREAS)

    assert marks == Marks("Staying calm", 2, (3, 4))
    assert marks_since(replace(lesson, area=""), courses, AREAS) is None
    assert marks_since(replace(lesson, interview_ids=()), courses, AREAS) is None


@pytest.mark.parametrize(
    ("then", "later", "words"),
    [
        (2, (4, 4), "Calm: 2 → 4, 4 in two later interviews, higher in both"),
        (2, (3,), "Calm: 2 → 3 in one later interview, higher"),
        (3, (3,), "Calm: 3 → 3 in one later interview, not higher"),
        (4, (3, 4, 2), "Calm: 4 → 3, 4, 2 in three later interviews, higher in none"),
        (
            2,
            (1, 3, 5, 4, 4, 2, 3),
            "Calm: 2 → 3 in the middle (1 to 5) in seven later interviews, higher in five of them",
        ),
        (1, (3, 2, 3, 4), "Calm: 1 → 3, 2, 3, 4 in four later interviews, higher in all"),
        (4, (5,) + (4,) * 9, "Calm: 4 → 4 in the middle (4 to 5) in ten later interviews, higher in one of them"),
        (1, (2,) * 11, "Calm: 1 → 2 in the middle (2 to 2) in 11 later interviews, higher in all"),
        (2, (), "Calm: 2 where it came from, no later mark yet"),
        (None, (3, 4), "Calm: 3, 4 in two later interviews, none where it came from"),
        (None, (), "Calm: no marks yet"),
    ],
)
def test_marks_are_told_with_their_number_and_without_a_cause(
    then: int | None, later: tuple[int, ...], words: str
) -> None:
    assert marks_in_words(Marks("Calm", then, later)) == words
