"""What follows from a reflection: offered once, kept once, taken back as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from debrief.content import load_content
from debrief.domain.courses import Round
from debrief.domain.facts import Answer, Interview, Lesson, Story
from debrief.domain.questionnaire import HandsOn
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.what_follows import Follows, finish, known_so_far, what_follows
from tests.unit.usecases.a_record import ME, NOW, logged_panel, person_named, reflecting, round_of

QUESTIONNAIRE = load_content().questionnaire
HARD: Answer = [
    {"asked": "Why us?", "action": "Say what I read", "result": "They see it", "competencies": ["motivation"]},
    {"asked": "Only noted", "said": "Nothing much"},
]


@pytest.fixture
def interview(sqlite_store: Store) -> Interview:
    """Yesterday's panel."""
    return logged_panel(sqlite_store)


def following(store: Store, one: Round) -> tuple[Follows, ...]:
    with store.unit(ME.owner, NOW) as unit:
        return what_follows(one, QUESTIONNAIRE, known_so_far(unit), NOW)


def reflected(store: Store, interview: Interview) -> Round:
    """The round with an answer to everything that is handed on."""
    dana = person_named(store, interview, "Dana Whitfield")
    return reflecting(
        store,
        interview,
        **{
            "actions": ["Pause before I answer", " pause before I ANSWER", "Bring water"],
            "hard_questions": HARD,
            "landed": [{"title": "why US?", "action": "the same story again"}],
            "reply_by": "2026-03-13",
            "loose_end": "I speak some Welsh",
            f"topics@{dana}": ["the smart meters", "her dog"],
            f"concerns@{dana}": ["no Python"],
            f"rapport_with@{dana}": 4,
        },
    )


def test_everything_new_is_offered_once(sqlite_store: Store, interview: Interview) -> None:
    offered = following(sqlite_store, reflected(sqlite_store, interview))

    assert [(follows.what, follows.says) for follows in offered] == [
        (HandsOn.TOPICS, "Dana Whitfield: her dog"),
        (HandsOn.CONCERNS, "Dana Whitfield: no Python"),
        (HandsOn.RAPPORT, "Dana Whitfield: 4 of 5"),
        (HandsOn.STORIES, "why US?"),
        (HandsOn.REPLY_BY, "2026-03-13"),
        (HandsOn.LESSONS, "Pause before I answer"),
        (HandsOn.LESSONS, "Bring water"),
    ]
    assert len({follows.key for follows in offered}) == len(offered)


def test_a_hard_question_with_a_better_answer_is_a_story(sqlite_store: Store, interview: Interview) -> None:
    (story,) = following(sqlite_store, reflecting(sqlite_store, interview, hard_questions=HARD))

    assert isinstance(story.fact, Story)
    assert (story.fact.title, story.fact.action, story.fact.result, story.fact.competencies) == (
        "Why us?",
        "Say what I read",
        "They see it",
        ("motivation",),
    )
    assert story.fact.interview_ids == (interview.id,)


def test_finishing_keeps_what_was_chosen_and_nothing_else(sqlite_store: Store, interview: Interview) -> None:
    one = reflected(sqlite_store, interview)
    chosen = tuple(follows for follows in following(sqlite_store, one) if follows.says != "Bring water")

    finish(ME, sqlite_store, NOW, one, chosen)

    after = round_of(sqlite_store, interview)
    assert after.reflection
    assert after.reflection.finished_at == NOW
    assert after.interview.reply_by == date(2026, 3, 13)
    meeting = after.met[0].meeting
    assert meeting.topics == ("the smart meters", "how on-call works", "her dog")
    assert (meeting.concerns, meeting.rapport) == (("no Python",), 4)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert [lesson.text for lesson in unit.find(Lesson)] == ["Pause before I answer"]
        assert len(unit.find(Story)) == 1


def test_finishing_twice_adds_nothing_twice(sqlite_store: Store, interview: Interview) -> None:
    one = reflected(sqlite_store, interview)
    in_two_tabs = following(sqlite_store, one), following(sqlite_store, one)

    for offered in in_two_tabs:
        finish(ME, sqlite_store, NOW, one, offered)
    finish(ME, sqlite_store, NOW, one, in_two_tabs[0])

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert len(unit.find(Lesson)) == 2
        assert len(unit.find(Story)) == 1
    after = round_of(sqlite_store, interview)
    assert after.met[0].meeting.topics == ("the smart meters", "how on-call works", "her dog")
    assert following(sqlite_store, after) == ()


def test_one_undo_takes_all_of_it_back(sqlite_store: Store, interview: Interview) -> None:
    one = reflected(sqlite_store, interview)
    offered = following(sqlite_store, one)
    finish(ME, sqlite_store, NOW, one, offered)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (done, *_) = unit.journal()
        unit.undo(done.id)

    after = round_of(sqlite_store, interview)
    assert done.sentence == "Finished reflecting on Panel"
    assert after.reflection
    assert after.reflection.finished_at is None
    assert after.interview.reply_by is None
    assert [met.meeting.topics for met in after.met] == [met.meeting.topics for met in one.met]
    assert after.answers == one.answers
    assert len(following(sqlite_store, after)) == len(offered)


def test_a_date_before_the_interview_is_refused_and_nothing_is_kept(sqlite_store: Store, interview: Interview) -> None:
    one = reflecting(sqlite_store, interview, reply_by="2026-03-02", actions=["Bring water"])

    with pytest.raises(Refused, match=r"02 March 2026\) lies before the interview"):
        finish(ME, sqlite_store, NOW, one, following(sqlite_store, one))

    after = round_of(sqlite_store, interview)
    assert after.reflection
    assert after.reflection.finished_at is None
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.find(Lesson) == []


def test_what_was_changed_elsewhere_meanwhile_is_added_to_not_overwritten(
    sqlite_store: Store, interview: Interview
) -> None:
    one = reflected(sqlite_store, interview)
    offered = following(sqlite_store, one)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        unit.change(replace(one.met[0].meeting, topics=(*one.met[0].meeting.topics, "the budget")))
        unit.change(replace(one.interview, notes="from another tab"))

    finish(ME, sqlite_store, NOW, one, offered)

    after = round_of(sqlite_store, interview)
    assert after.met[0].meeting.topics == ("the smart meters", "how on-call works", "the budget", "her dog")
    assert after.interview.notes == "from another tab"


def test_a_loose_end_stays_in_the_reflection_for_the_note(sqlite_store: Store, interview: Interview) -> None:
    assert following(sqlite_store, reflecting(sqlite_store, interview, loose_end="I speak some Welsh")) == ()
