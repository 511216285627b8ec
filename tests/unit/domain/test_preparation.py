"""What to take into the next interview: questions met, what an employer said, lessons, stories and their gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from a_round import END, a_course, a_round, an_interview, heard, later, met, reflected

from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import Answer, Application, Lesson, LessonState, RoundState, Story, Telling, Word
from debrief.domain.preparation import (
    UNRATED_LAST,
    gaps,
    lessons_first,
    marks_of,
    preparation,
    questions_met,
    said_before,
    stories_told,
)


def question(asked: str, went: object = None, **parts: str) -> dict[str, object]:
    return {"asked": asked, "went": went, **parts}


def round_of(answers: dict[str, object], interview: str = "one", days: int = 0, **parts: object) -> Round:
    one = reflected(answers, **parts)  # type: ignore[arg-type]
    return replace(one, interview=an_interview(id=interview, ended_at=END + timedelta(days=days)))


def lesson(text: str, days: int = 0, state: LessonState = LessonState.OPEN) -> Lesson:
    return Lesson(id=text, text=text, state=state, created_at=END + timedelta(days=days))


def story(title: str, story_id: str = "", competencies: tuple[str, ...] = ()) -> Story:
    return Story(id=story_id or title, title=title, competencies=competencies, created_at=END)


def test_hard_questions_come_worst_first_and_unmarked_ones_last() -> None:
    first = round_of({"hard_questions": [question("b", 2), question("none"), question("d", 5)]})
    second = round_of({"hard_questions": [question("a", 1)]}, "two")
    assert [one.asked for one in questions_met([a_course(first), a_course(second)])] == ["a", "b", "d", "none"]


def test_a_question_met_tells_what_was_said_and_what_to_say_next_time() -> None:
    entry = question(" Why us? ", 2, said=" I froze ", situation="a", task=" ", action="c", result="d", notes="x") | {
        "competencies": ["Calm", " ", 7]
    }
    one = round_of({"hard_questions": [entry]})
    course = a_course(one)
    (told,) = questions_met([course])
    assert (told.asked, told.said, told.went) == ("Why us?", "I froze", 2)
    assert told.next_time == ("a", "c", "d")
    assert told.competencies == ("Calm",)
    assert (told.course, told.round) == (course, one)


@pytest.mark.parametrize(
    "value", [None, "text", {"asked": "a"}, [7, "x"], [{"asked": " "}, {"said": "s"}, {"asked": 3}]]
)
def test_what_is_no_list_of_questions_gives_none(value: object) -> None:
    assert questions_met([a_course(round_of({"hard_questions": value}))]) == ()
    assert questions_met([a_course(a_round())]) == ()


def test_a_mark_that_is_no_number_is_no_mark() -> None:
    (told,) = questions_met([a_course(round_of({"hard_questions": [question("a", "5")]}))])
    assert (told.went, told.said, told.next_time, told.competencies) == (None, "", (), ())


def test_marks_stand_in_the_order_of_the_answer() -> None:
    value: Answer = [{"asked": "a", "went": 4}, {"asked": ""}, {"asked": "b"}, "x", {"asked": "c", "went": 1}]  # type: ignore[list-item]
    assert marks_of(value) == (4, UNRATED_LAST, 1)
    assert marks_of(None) == ()


def test_an_employers_rounds_are_told_the_latest_first_and_only_those_that_were_held() -> None:
    rounds = [round_of({}, "one"), round_of({}, "two", days=3), round_of({}, "three", days=6)]
    off = replace(rounds[1], interview=replace(rounds[1].interview, state=RoundState.CANCELLED))
    assert [said.round.interview.id for said in said_before(a_course(rounds[0], off, rounds[2]))] == ["three", "one"]


def test_a_round_leaves_promises_people_words_and_what_to_bring_up() -> None:
    (dana, amir) = met("Dana Whitfield", "Amir Haddad")
    people = (
        Met(dana.person, replace(dana.meeting, topics=("the depot", "shifts"), concerns=("my commute",))),
        amir,
    )
    one = round_of(
        {
            "mine": ["send the plan", " "],
            "theirs": "an answer by Friday",
            "left_out": ["the prize"],
            "not_asked": ["who leads"],
            "must_know": ["the hours"],
            "skills": [{"skill": " Python "}, {"skill": ""}, {"level": 3}, "x"],
            "next_step": ["a call", "with two people"],
            "feedback": ["more examples"],
        },
        met=people,
        heard=(heard(Word.UPDATE, later(days=1), note="next week"), heard(Word.UPDATE, later(days=2), note="  ")),
    )
    (said,) = said_before(a_course(one))
    assert said.people == (("Dana Whitfield", "the depot; shifts; my commute"), ("Amir Haddad", ""))
    assert (said.promises, said.promised) == (("send the plan",), ("an answer by Friday",))
    assert (said.to_bring_up, said.not_asked) == (("the prize",), ("who leads", "the hours"))
    assert (said.skills, said.next_step) == (("Python",), "a call with two people")
    assert said.words == ((later(days=1), "next week"), (END, "more examples"))


def test_a_round_without_a_reflection_leaves_nothing() -> None:
    (said,) = said_before(a_course(a_round()))
    empty = (said.people, said.promises, said.promised, said.to_bring_up, said.not_asked, said.skills, said.words)
    assert set(empty) == {()}
    assert said.next_step == ""


def test_lessons_come_open_first_then_practising_each_the_newest_first() -> None:
    lessons = [
        lesson("old", 0),
        lesson("learned", 9, LessonState.LEARNED),
        lesson("practising", 5, LessonState.PRACTISING),
        lesson("new", 3),
    ]
    assert [one.text for one in lessons_first(lessons)] == ["new", "old", "practising", "learned"]


def test_of_lessons_of_one_moment_the_order_is_settled_by_their_ids() -> None:
    assert [one.text for one in lessons_first([lesson("a"), lesson("b")])] == ["b", "a"]
    assert [one.text for one in lessons_first([lesson("b"), lesson("a")])] == ["b", "a"]


def test_stories_come_by_title_with_their_tellings_in_order_of_time() -> None:
    course = a_course(round_of({}, "one", days=2), round_of({}, "two", days=1))
    tellings = [
        Telling(id="t1", story_id="s", interview_id="one", landed=4),
        Telling(id="t3", story_id="s", interview_id="two"),
        Telling(id="t2", story_id="s", interview_id="two", landed=2),
        Telling(id="t4", story_id="s", interview_id="gone", landed=1),
        Telling(id="t5", story_id="other", interview_id="one", landed=5),
    ]
    told = stories_told([story(""), story("zebra", "s"), story("Apple")], tellings, [course])
    assert [one.story.title for one in told] == ["Apple", "zebra", ""]
    assert [one.telling.id for one in told[1].tellings] == ["t2", "t3", "t1"]
    assert told[1].landed == (2, 4)
    assert [one.round.interview.id for one in told[1].tellings] == ["two", "two", "one"]
    assert all(one.course == course for one in told[1].tellings)
    assert told[0].tellings == ()


def test_gaps_are_the_competencies_that_no_story_shows() -> None:
    stories = [story("a", competencies=("Calm",)), story("b", competencies=("Planning", "Calm"))]
    assert gaps(stories, ["Planning", "Leading", "Calm", "Writing"]) == ("Leading", "Writing")


def test_before_the_next_round_the_employers_word_and_all_questions_are_at_hand() -> None:
    here = a_course(round_of({"hard_questions": [question("a")], "mine": ["send it", "call", "send it"]}))
    there = Course(
        Application(id="elm", employer="Elm", role="Nurse"), (round_of({"hard_questions": [question("b", 1)]}),)
    )
    stories = stories_told([story("one")], [], [])
    lessons = [lesson("dropped", 3, LessonState.DROPPED), lesson("learned", 2, LessonState.LEARNED), lesson("open")]

    found = preparation([there, here], "acme", lessons, stories)

    assert found.course == here
    assert [said.round for said in found.said] == [here.rounds[0]]
    assert [one.text for one in found.lessons] == ["open"]
    assert found.stories == stories
    assert [one.asked for one in found.questions] == ["b", "a"]
    assert found.promises == ("send it", "call")
    assert found.more_questions == 0


def test_before_a_new_employer_there_is_no_word_and_the_rest() -> None:
    here = a_course(round_of({"hard_questions": [question("a")]}))
    found = preparation([here], None, [lesson("open", state=LessonState.PRACTISING)], ())
    assert (found.course, found.said, found.promises) == (None, (), ())
    assert len(found.lessons) == len(found.questions) == 1
