"""What is due, under the rules that the user chose; items ticked by hand; lessons on their way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from debrief.content import load_content
from debrief.domain.facts import DecisionKind, Interview, Lesson, LessonState, Tick
from debrief.domain.rules import StepName
from debrief.errors import Conflict, NotFound
from debrief.store import Store
from debrief.usecases.agenda import choose_rules, rules_in_force, steps_due, todays_agenda
from debrief.usecases.answers import decide
from debrief.usecases.lessons import mark_lesson
from debrief.usecases.ticks import tick, untick
from tests.house_rules import BOOK
from tests.unit.usecases.a_record import ME, NOW, logged, logged_panel, round_of

BY_HAND = next(item for item in load_content().checklist.dos if item.step is None and item.proved_by is None)


def test_the_standard_rules_are_in_force_until_others_are_chosen(sqlite_store: Store) -> None:
    assert rules_in_force(ME, sqlite_store, NOW, BOOK).id == "standard"

    choose_rules(ME, sqlite_store, NOW, BOOK.rules["gentle"])

    assert rules_in_force(ME, sqlite_store, NOW, BOOK).id == "gentle"
    assert rules_in_force(replace(ME, owner="somebody else"), sqlite_store, NOW, BOOK).id == "standard"


def test_everything_due_follows_from_the_rules_at_once(sqlite_store: Store) -> None:
    logged(sqlite_store)

    def check_in_opens() -> timedelta:
        rules = rules_in_force(ME, sqlite_store, NOW, BOOK)
        (course,) = todays_agenda(ME, sqlite_store, NOW, rules).courses
        dues = steps_due(course, rules, NOW)
        return next(due.step.opens for due in dues if due.step.name is StepName.CHECK_IN) - NOW

    standard = check_in_opens()
    choose_rules(ME, sqlite_store, NOW, BOOK.rules["gentle"])

    assert check_in_opens() - standard == timedelta(days=7)


def test_after_a_panel_a_note_to_each_and_the_reflection_are_due(sqlite_store: Store) -> None:
    logged_panel(sqlite_store)

    agenda = todays_agenda(ME, sqlite_store, NOW, BOOK.rules["standard"])

    due_today = [(due.step.name, due.step.person.name if due.step.person else None) for due in agenda.now]
    assert due_today[:3] == [
        (StepName.REFLECT, None),
        (StepName.THANK_YOU, "Dana Whitfield"),
        (StepName.THANK_YOU, "Kofi Mensah"),
    ]
    assert [silence.days for silence in agenda.silent] == [1]


def test_a_decision_leaves_nobody_silent(sqlite_store: Store) -> None:
    decide(ME, sqlite_store, NOW, logged(sqlite_store).id, what=DecisionKind.WITHDREW, at=NOW)

    assert todays_agenda(ME, sqlite_store, NOW, BOOK.rules["standard"]).silent == ()


def test_a_tick_is_kept_with_its_moment_and_can_be_taken_back(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)

    ticked = tick(ME, sqlite_store, NOW, interview.id, BY_HAND)
    assert round_of(sqlite_store, interview).ticks == (ticked,)
    assert (ticked.item, ticked.at) == (BY_HAND.id, NOW)

    untick(ME, sqlite_store, NOW, ticked)
    assert round_of(sqlite_store, interview).ticks == ()


def test_nothing_is_ticked_for_an_interview_that_is_gone(sqlite_store: Store) -> None:
    with pytest.raises(NotFound):
        tick(ME, sqlite_store, NOW, "0" * 32, BY_HAND)


def test_a_tick_is_one_thing_to_undo(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)
    tick(ME, sqlite_store, NOW, interview.id, BY_HAND)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (done, *_) = unit.journal()
        unit.undo(done.id)

    assert done.sentence == f"Ticked: {BY_HAND.title}"
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.find(Tick) == []


@pytest.fixture
def lesson(sqlite_store: Store) -> Lesson:
    """A lesson from an interview."""
    interview: Interview = logged(sqlite_store)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        return unit.add(Lesson(text="Pause before I answer", interview_ids=(interview.id,), created_at=NOW))


@pytest.mark.parametrize("state", list(LessonState))
def test_a_lesson_moves_to_any_state_and_back_by_undo(sqlite_store: Store, lesson: Lesson, state: LessonState) -> None:
    other = LessonState.DROPPED if state is LessonState.OPEN else LessonState.OPEN
    started = mark_lesson(ME, sqlite_store, NOW, lesson, other) if other is not lesson.state else lesson

    marked = mark_lesson(ME, sqlite_store, NOW, started, state)

    assert marked.state is state
    with sqlite_store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)
        assert unit.get(Lesson, lesson.id).state is other


def test_a_lesson_that_changed_elsewhere_is_not_overwritten(sqlite_store: Store, lesson: Lesson) -> None:
    learned = mark_lesson(ME, sqlite_store, NOW, lesson, LessonState.LEARNED)

    with pytest.raises(Conflict) as conflict:
        mark_lesson(ME, sqlite_store, NOW, lesson, LessonState.DROPPED)

    assert conflict.value.stored == learned
