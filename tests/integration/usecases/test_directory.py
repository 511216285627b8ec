"""The directory says of every application what its course says, without building one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from debrief.domain.courses import Course, Status
from debrief.domain.directory import Listed
from debrief.domain.facts import Application, Heard, Interview, RoundState, Word
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.directory import directory
from debrief.usecases.names_on_record import FEW, Names
from debrief.usecases.preparing import MOST_QUESTIONS, prepared
from debrief.usecases.sample import load_sample

ME = Actor()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def told(course: Course) -> tuple[object, ...]:
    people = {met.person.name for one in course.rounds for met in one.met}
    planned = [one.interview.ended_at for one in course.rounds if one.interview.state is RoundState.SCHEDULED]
    ended_at = course.latest.interview.ended_at if course.latest else None
    words = " ".join((course.application.employer, course.application.role, *sorted(people))).casefold()
    return course.application.id, course.status, ended_at, min(planned, default=None), sorted(words.split())


def shown(listed: Listed) -> tuple[object, ...]:
    return listed.id, listed.status, listed.ended_at, listed.next_at, sorted(listed.words.split())


def test_the_directory_tells_what_the_courses_tell_in_their_order(store: Store) -> None:
    load_sample(ME, store, NOW)
    with store.unit(ME.owner, NOW) as unit:
        unit.add(Application(employer="Nobody Called Yet", role="Analyst"))
        held = next(one for one in unit.find(Interview) if one.state is RoundState.HELD)
        unit.add(replace(held, id="planned", version=1, state=RoundState.SCHEDULED, ended_at=NOW + timedelta(days=3)))
        courses = unit.courses()

    known = directory(ME, store, NOW)

    assert [shown(one) for one in known.applications] == [told(course) for course in courses]
    assert set(known.statuses) == {course.status for course in courses}


def test_a_word_of_the_employer_is_in_the_directory_at_once(store: Store) -> None:
    load_sample(ME, store, NOW)
    waiting = next(one for one in directory(ME, store, NOW).applications if one.status is Status.WAITING)
    with store.unit(ME.owner, NOW) as unit:
        latest = unit.course(waiting.id).latest
        assert latest is not None
        unit.add(Heard(interview_id=latest.interview.id, what=Word.OFFER, at=NOW))

    (again,) = [one for one in directory(ME, store, NOW).applications if one.id == waiting.id]

    assert again.status is Status.OFFER


def test_every_word_of_a_search_must_stand_in_employer_role_or_somebody_met(store: Store) -> None:
    load_sample(ME, store, NOW)
    known = directory(ME, store, NOW)
    one = known.applications[3]
    last_word = one.words.split()[-1]

    assert one in known.found(f"{one.employer.upper()}  {last_word}")
    assert one not in known.found(f"{one.employer} zzz")
    assert {found.status for found in known.found("", [Status.REJECTED])} == {Status.REJECTED}
    assert known.found("") == known.applications


def test_nobody_elses_applications_are_listed(store: Store) -> None:
    load_sample(ME, store, NOW)

    assert directory(Actor("somebody"), store, NOW).applications == ()


def test_the_questions_that_went_worst_are_prepared_first_and_the_others_counted(store: Store) -> None:
    load_sample(ME, store, NOW)
    found = prepared(ME, store, NOW, None)

    marks = [question.went if question.went is not None else 6 for question in found.questions]
    assert marks == sorted(marks)
    assert 0 < len(found.questions) <= MOST_QUESTIONS
    assert found.more_questions == 0


def test_names_whose_first_word_is_written_are_all_told_and_of_other_words_a_few() -> None:
    names = Names([*(f"Alder {number}" for number in range(100)), *(f"{number} Mills" for number in range(100))])

    assert len(names.near(["The talk at ALDER"], but="alder 7")) == 99
    assert len(names.near(["the mills"], but="")) == FEW
    assert names.near(["nothing of the kind"], but="") == ()
