"""Saving answers from one tab and from two, and settling which one stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from debrief.domain.facts import Answer, Depth, Reflection, ReflectionAnswer
from debrief.errors import Conflict, NotFound
from debrief.store import Store
from debrief.usecases.reflections import Writing, begin, choose_depth, save_answer, settle, texts_set_aside
from tests.unit.usecases.a_record import ANY_SCRIPT, ME, NOW, logged

QUESTION = "went_well"


@pytest.fixture
def reflection(sqlite_store: Store) -> Reflection:
    """A reflection just begun."""
    return begin(ME, sqlite_store, NOW, logged(sqlite_store).id, questionnaire=1)


class Tab:
    """A browser tab with the question open: it remembers the answer that it saw last."""

    def __init__(self, store: Store, reflection: Reflection, name: str) -> None:
        self.store = store
        self.reflection = reflection
        self.name = name
        self.base: Answer = None

    def types(self, value: Answer) -> ReflectionAnswer:
        writing = Writing(question=QUESTION, value=value, base=self.base, tab=self.name)
        saved = save_answer(ME, self.store, NOW, self.reflection.id, writing)
        if not saved.set_aside:
            self.base = value
        return saved


@pytest.fixture
def tabs(sqlite_store: Store, reflection: Reflection) -> tuple[Tab, Tab]:
    """Two tabs that opened the question while it had no answer."""
    return Tab(sqlite_store, reflection, "first"), Tab(sqlite_store, reflection, "second")


def test_a_reflection_is_begun_once(sqlite_store: Store, reflection: Reflection) -> None:
    again = begin(ME, sqlite_store, NOW, reflection.interview_id, questionnaire=2)

    assert again == reflection


def test_nothing_is_reflected_on_that_is_not_in_the_record(sqlite_store: Store) -> None:
    with pytest.raises(NotFound):
        begin(ME, sqlite_store, NOW, "0" * 32, questionnaire=1)


def test_a_change_of_depth_leaves_the_answers(
    sqlite_store: Store, reflection: Reflection, tabs: tuple[Tab, Tab]
) -> None:
    tabs[0].types("Calm.")

    assert choose_depth(ME, sqlite_store, NOW, reflection.id, Depth.FULL).depth is Depth.FULL
    with sqlite_store.unit(ME.owner, NOW) as unit:
        one = unit.course_of(reflection.interview_id).round_of(reflection.interview_id)
    assert one
    assert one.answers[QUESTION].value == "Calm."


@pytest.mark.parametrize("text", [*ANY_SCRIPT, "a" * 100_000, " blanks \n around ", ""])
def test_an_answer_is_kept_exactly(sqlite_store: Store, tabs: tuple[Tab, Tab], text: str) -> None:
    saved = tabs[0].types(text)

    assert saved.value == text
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.get(ReflectionAnswer, saved.id).value == text


def test_one_tab_types_on_without_a_conflict(tabs: tuple[Tab, Tab]) -> None:
    tabs[0].types("I stayed")
    saved = tabs[0].types("I stayed calm")

    assert (saved.value, saved.set_aside) == ("I stayed calm", ())


def test_of_two_tabs_neither_wins(tabs: tuple[Tab, Tab]) -> None:
    tabs[0].types("from the first")
    saved = tabs[1].types("from the second")

    assert saved.value == "from the first"
    assert texts_set_aside(saved) == ("from the second",)


def test_the_same_text_in_two_tabs_is_no_conflict(tabs: tuple[Tab, Tab]) -> None:
    tabs[0].types("the same")
    saved = tabs[1].types("the same")

    assert (saved.value, saved.set_aside) == ("the same", ())


def test_a_tab_that_types_on_replaces_its_own_text_alone(
    sqlite_store: Store, reflection: Reflection, tabs: tuple[Tab, Tab]
) -> None:
    third = Tab(sqlite_store, reflection, "third")
    tabs[0].types("from the first")
    third.types("from the third")
    tabs[1].types("from the sec")
    saved = tabs[1].types("from the second")

    assert saved.value == "from the first"
    assert texts_set_aside(saved) == ("from the third", "from the second")


def test_the_tab_that_was_first_types_on_beside_the_other_text(tabs: tuple[Tab, Tab]) -> None:
    tabs[0].types("from the first")
    tabs[1].types("from the second")
    saved = tabs[0].types("from the first, and more")

    assert saved.value == "from the first, and more"
    assert texts_set_aside(saved) == ("from the second",)


def test_a_conflict_ends_when_the_texts_have_become_the_same(tabs: tuple[Tab, Tab]) -> None:
    tabs[0].types("the same")
    tabs[1].types("the sam")
    saved = tabs[1].types("the same")

    assert (saved.value, saved.set_aside) == ("the same", ())


def test_emptying_a_text_that_another_tab_changed_is_a_conflict_too(tabs: tuple[Tab, Tab]) -> None:
    first, second = tabs
    first.types("there")
    second.base = "there"
    first.types("there, changed")
    saved = second.types(None)

    assert saved.value == "there, changed"
    assert texts_set_aside(saved) == (None,)


def test_settling_keeps_the_chosen_text_and_ends_the_conflict(sqlite_store: Store, tabs: tuple[Tab, Tab]) -> None:
    tabs[0].types("from the first")
    conflict = tabs[1].types("from the second")

    settled = settle(ME, sqlite_store, NOW, conflict, "from the second")

    assert (settled.value, settled.set_aside) == ("from the second", ())


def test_settling_what_changed_since_is_a_conflict_and_loses_nothing(
    sqlite_store: Store, tabs: tuple[Tab, Tab]
) -> None:
    tabs[0].types("from the first")
    seen = tabs[1].types("from the second")
    newer = tabs[1].types("from the second, and more")

    with pytest.raises(Conflict) as conflict:
        settle(ME, sqlite_store, NOW, seen, "from the first")

    assert conflict.value.stored == newer
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.get(ReflectionAnswer, newer.id) == newer


def test_a_settled_tab_that_writes_on_an_older_text_does_not_win_silently(
    sqlite_store: Store, tabs: tuple[Tab, Tab]
) -> None:
    tabs[0].types("from the first")
    settle(ME, sqlite_store, NOW, tabs[1].types("from the second"), "from the second")

    saved = tabs[0].types("from the first, and more")

    assert saved.value == "from the second"
    assert texts_set_aside(saved) == ("from the first, and more",)


def test_answers_to_different_questions_do_not_meet(sqlite_store: Store, reflection: Reflection) -> None:
    for number, question in enumerate(("word", "face")):
        writing = Writing(question=question, value=number, base=None, tab=question)
        assert save_answer(ME, sqlite_store, NOW, reflection.id, writing).value == number


def test_tabs_that_save_in_the_same_moment_keep_every_text(store: Store) -> None:
    reflection = begin(ME, store, NOW, logged(store).id, questionnaire=1)
    names = ("first", "second", "third")
    together = Barrier(len(names))

    def save(name: str) -> None:
        together.wait()
        Tab(store, reflection, name).types(f"from the {name}")

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(save, names))

    with store.unit(ME.owner, NOW) as unit:
        (kept,) = unit.find(ReflectionAnswer)
    assert {kept.value, *texts_set_aside(kept)} == {f"from the {name}" for name in names}


def test_another_owner_cannot_answer(sqlite_store: Store, reflection: Reflection) -> None:
    stranger = replace(ME, owner="somebody else")
    writing = Writing(question=QUESTION, value="mine now", base=None, tab="one")

    with pytest.raises(NotFound):
        save_answer(stranger, sqlite_store, NOW, reflection.id, writing)
