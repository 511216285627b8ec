"""What a reflection handed on: each thing is changed, taken back and undone by itself."""

from __future__ import annotations

from datetime import date

import pytest

from debrief.content import load_content
from debrief.domain.facts import Answer, Interview, Lesson, Story, Telling
from debrief.domain.questionnaire import HandsOn
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.handed_over import Kept, change_kept, handed_over, take_back
from debrief.usecases.what_follows import Follows, finish, keep_one, known_so_far, what_follows
from tests.unit.usecases.a_record import ME, NOW, logged, logged_panel, person_named, reflecting, round_of

QUESTIONNAIRE = load_content().questionnaire
LANDED: Answer = [{"title": "The broken scale", "action": "Phoned the branch", "competencies": ["initiative"]}]


@pytest.fixture
def interview(sqlite_store: Store) -> Interview:
    """Yesterday's panel, reflected on and finished, with everything kept."""
    interview = logged_panel(sqlite_store)
    dana = person_named(sqlite_store, interview, "Dana Whitfield")
    one = reflecting(
        sqlite_store,
        interview,
        **{
            "actions": ["Pause before I answer", "Bring water"],
            "landed": LANDED,
            "reply_by": "2026-03-13",
            "loose_end": "I speak some Welsh",
            f"topics@{dana}": ["the smart meters", "her dog"],
            f"concerns@{dana}": ["no Python"],
            f"rapport_with@{dana}": 4,
        },
    )
    with sqlite_store.unit(ME.owner, NOW) as unit:
        follows = what_follows(one, QUESTIONNAIRE, known_so_far(unit), NOW)
    finish(ME, sqlite_store, NOW, one, follows)
    return interview


def kept_of(store: Store, interview: Interview) -> dict[str, Kept]:
    """What was handed on, by its value."""
    with store.unit(ME.owner, NOW) as unit:
        known = known_so_far(unit)
    return {str(kept.value): kept for kept in handed_over(round_of(store, interview), QUESTIONNAIRE, known)}


def offered(store: Store, interview: Interview) -> tuple[Follows, ...]:
    with store.unit(ME.owner, NOW) as unit:
        return what_follows(round_of(store, interview), QUESTIONNAIRE, known_so_far(unit), NOW)


def undo_last(store: Store) -> None:
    with store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)


EVERYTHING = {
    "the smart meters": HandsOn.TOPICS,
    "her dog": HandsOn.TOPICS,
    "no Python": HandsOn.CONCERNS,
    "4": HandsOn.RAPPORT,
    "I speak some Welsh": HandsOn.LOOSE_END,
    "2026-03-13": HandsOn.REPLY_BY,
    "The broken scale": HandsOn.STORIES,
    "Pause before I answer": HandsOn.LESSONS,
    "Bring water": HandsOn.LESSONS,
}


def test_everything_that_was_handed_on_is_shown_with_a_key_of_its_own(
    sqlite_store: Store, interview: Interview
) -> None:
    kept = kept_of(sqlite_store, interview)

    assert {value: one.what for value, one in kept.items()} == EVERYTHING
    assert len({one.key for one in kept.values()}) == len(EVERYTHING)
    assert offered(sqlite_store, interview) == ()


CHANGES: dict[str, Answer] = {
    "her dog": "her dog Bruno",
    "no Python": "little Python",
    "4": 5,
    "I speak some Welsh": "I speak Welsh",
    "2026-03-13": "2026-03-16",
    "Bring water": "Bring a bottle of water",
}


@pytest.mark.parametrize("value", CHANGES)
def test_a_change_holds_in_record_and_reflection_and_one_undo_takes_it_back(
    sqlite_store: Store, interview: Interview, value: str
) -> None:
    before = round_of(sqlite_store, interview)

    change_kept(ME, sqlite_store, NOW, before, kept_of(sqlite_store, interview)[value], value=CHANGES[value])

    expected = {str(CHANGES[value]) if one == value else one for one in EVERYTHING}
    assert set(kept_of(sqlite_store, interview)) == expected
    assert offered(sqlite_store, interview) == (), "the reflection says the same as the record"
    undo_last(sqlite_store)
    assert set(kept_of(sqlite_store, interview)) == set(EVERYTHING)
    after = round_of(sqlite_store, interview)
    assert {key: one.value for key, one in after.answers.items()} == {
        key: one.value for key, one in before.answers.items()
    }


@pytest.mark.parametrize("value", EVERYTHING)
def test_each_thing_is_taken_back_alone_and_undone_alone(sqlite_store: Store, interview: Interview, value: str) -> None:
    take_back(ME, sqlite_store, NOW, round_of(sqlite_store, interview), kept_of(sqlite_store, interview)[value])

    assert set(kept_of(sqlite_store, interview)) == set(EVERYTHING) - {value}
    undo_last(sqlite_store)
    assert set(kept_of(sqlite_store, interview)) == set(EVERYTHING)


def test_what_was_taken_back_can_be_kept_after_all(sqlite_store: Store, interview: Interview) -> None:
    take_back(ME, sqlite_store, NOW, round_of(sqlite_store, interview), kept_of(sqlite_store, interview)["Bring water"])
    (follows,) = offered(sqlite_store, interview)

    keep_one(ME, sqlite_store, NOW, round_of(sqlite_store, interview), follows)

    assert set(kept_of(sqlite_store, interview)) == set(EVERYTHING)


def test_a_topic_taken_back_is_out_of_the_reflection_that_the_note_reads(
    sqlite_store: Store, interview: Interview
) -> None:
    take_back(ME, sqlite_store, NOW, round_of(sqlite_store, interview), kept_of(sqlite_store, interview)["her dog"])

    answers = round_of(sqlite_store, interview).answers
    assert [one.value for key, one in answers.items() if key.startswith("topics@")] == [["the smart meters"]]


def test_a_date_before_the_interview_is_refused_and_nothing_changes(sqlite_store: Store, interview: Interview) -> None:
    kept = kept_of(sqlite_store, interview)["2026-03-13"]

    with pytest.raises(Refused, match="lies before the interview"):
        change_kept(ME, sqlite_store, NOW, round_of(sqlite_store, interview), kept, value="2026-03-01")

    assert round_of(sqlite_store, interview).interview.reply_by == date(2026, 3, 13)


def test_an_answer_that_landed_was_told_here(sqlite_store: Store, interview: Interview) -> None:
    with sqlite_store.unit(ME.owner, NOW) as unit:
        (story,), (telling,) = unit.find(Story), unit.find(Telling)

    assert (telling.story_id, telling.interview_id, telling.landed) == (story.id, interview.id, None)


def test_a_lesson_and_a_story_that_recur_stay_with_the_other_interview(
    sqlite_store: Store, interview: Interview
) -> None:
    later = logged(sqlite_store, employer="Birch & Partners")
    one = reflecting(sqlite_store, later, actions=["bring WATER"], landed=LANDED)
    again = offered(sqlite_store, later)
    assert [(follows.says, follows.is_known) for follows in again] == [
        ("The broken scale, told once more", True),
        ("bring WATER", True),
    ]

    finish(ME, sqlite_store, NOW, one, again)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        lessons = {lesson.text: lesson.interview_ids for lesson in unit.find(Lesson)}
        assert len(unit.find(Telling)) == 2
    assert lessons["Bring water"] == (interview.id, later.id)
    for value in ("Bring water", "The broken scale"):
        take_back(ME, sqlite_store, NOW, round_of(sqlite_store, interview), kept_of(sqlite_store, interview)[value])
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert {lesson.text: lesson.interview_ids for lesson in unit.find(Lesson)}["Bring water"] == (later.id,)
        assert [telling.interview_id for telling in unit.find(Telling)] == [later.id]
        assert len(unit.find(Story)) == 1
