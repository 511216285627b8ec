from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest
from courses_from_facts import courses_of
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.content import Content, load_content
from debrief.domain.agenda import Urgency, agenda
from debrief.domain.answer_checks import check_answer
from debrief.domain.case import case_of, refuse_the_future
from debrief.domain.courses import Round, Status
from debrief.domain.facts import (
    Application,
    Interview,
    Lesson,
    MessageKind,
    Person,
    RoundState,
    Story,
    Word,
)
from debrief.domain.questionnaire import no_longer_asked
from debrief.domain.rules import StepName
from debrief.errors import ContentBroken
from debrief.exchange.sample_history import SAMPLE_FOLDER, read_sample
from debrief.exchange.sample_moments import Moments
from debrief.public_holidays import countries, working_days
from tests.examples import examples

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SUNDAY_MORNING = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

moments_of_use = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))


@cache
def _content() -> Content:
    return load_content()


@given(moments_of_use)
@settings(max_examples=examples(60), deadline=None)
def test_nothing_but_the_round_to_come_lies_in_the_future(now: datetime) -> None:
    for course in courses_of(read_sample(now)):
        for one in course.rounds:
            if one.interview.state is RoundState.SCHEDULED:
                assert one.interview.ended_at > now
            else:
                refuse_the_future(case_of(one), now)


@given(moments_of_use)
@settings(max_examples=examples(60), deadline=None)
def test_answers_notes_and_decisions_come_after_their_interview(now: datetime) -> None:
    for course in courses_of(read_sample(now)):
        for earlier, later in pairwise(course.rounds):
            assert _last_word(earlier) < later.interview.ended_at
        for one in course.rounds:
            facts_at = [
                *(word.at for word in one.heard),
                *(note.sent_at for note in one.messages if note.sent_at),
                *(decision.at for decision in one.decisions),
            ]
            assert all(at > one.interview.ended_at for at in facts_at)
            assert one.interview.reply_by is None or one.interview.reply_by >= one.interview.ended_local.date()


def _last_word(one: Round) -> datetime:
    return max((word.at for word in one.heard), default=one.interview.ended_at)


@given(moments_of_use)
@settings(max_examples=examples(60), deadline=None)
def test_employers_keep_off_weekends_but_for_the_hotel(now: datetime) -> None:
    for course in courses_of(read_sample(now)):
        if course.application.employer == "Sundial Hospitality":
            continue
        for one in course.rounds:
            zone = one.interview.zone
            days = [one.interview.ended_local, *(word.at.astimezone(zone) for word in one.heard)]
            assert all(day.weekday() < 5 for day in days), course.application.employer


@given(moments_of_use)
@settings(max_examples=examples(40), deadline=None)
def test_today_shows_a_good_mix_whatever_the_day(now: datetime) -> None:
    rules = _content().rules.rules["standard"]
    shown = agenda(courses_of(read_sample(now)), rules, working_days, now)
    steps = {(due.urgency, due.step.name) for due in shown.now}
    names = {name for _, name in steps}

    assert (Urgency.OFFER, StepName.OFFER_REPLY) in steps
    assert (Urgency.LATE, StepName.THANK_YOU) in steps
    assert (Urgency.LATE, StepName.CHECK_IN) in steps
    assert (Urgency.OPEN, StepName.THANK_YOU) in steps
    assert {StepName.LET_GO, StepName.REJECTION_REPLY, StepName.SEND_MATERIAL, StepName.REFLECT} <= names
    assert shown.soon
    assert len(shown.to_come) == 1
    assert len(shown.now) <= 20


def test_there_are_forty_interviews_over_ten_months() -> None:
    interviews = [fact for fact in read_sample(SUNDAY_MORNING) if isinstance(fact, Interview)]
    first = min(interview.ended_at for interview in interviews)

    assert len(interviews) == 40
    assert timedelta(days=290) < SUNDAY_MORNING - first < timedelta(days=310)


def test_every_kind_of_course_is_there() -> None:
    courses = courses_of(read_sample(SUNDAY_MORNING))
    rounds = [one for course in courses for one in course.rounds]
    words = {word.what for one in rounds for word in one.heard}

    assert {course.status for course in courses} >= {
        Status.WAITING, Status.REJECTED, Status.OFFER, Status.ACCEPTED, Status.DECLINED,
        Status.WITHDREW, Status.LET_GO, Status.SCHEDULED,
    }  # fmt: skip
    assert {one.status for one in rounds} >= {Status.ADVANCED, Status.CANCELLED, Status.NO_SHOW}
    assert words == set(Word)
    assert any(word.what is Word.UPDATE and word.reply_by for one in rounds for word in one.heard)
    assert {len(one.met) for one in rounds} >= {1, 2, 3, 4}
    assert {len(course.rounds) for course in courses} >= {1, 2, 3}
    assert {note.kind for one in rounds for note in one.messages} == set(MessageKind)


def test_thank_yous_are_on_time_late_and_missing() -> None:
    habits = Counter(
        _habit(one)
        for course in courses_of(read_sample(SUNDAY_MORNING))
        for one in course.rounds
        if one.interview.state is RoundState.HELD and one.met
    )

    assert set(habits) == {"on time", "late", "missing"}
    assert habits["on time"] > habits["late"] + habits["missing"]


def _habit(one: Round) -> str:
    sent = one.sent(MessageKind.THANK_YOU)
    if sent is None or sent.sent_at is None:
        return "missing"
    return "on time" if sent.sent_at - one.interview.ended_at <= timedelta(hours=24) else "late"


def test_notes_go_to_people_met_and_are_greeted_by_name() -> None:
    for course in courses_of(read_sample(SUNDAY_MORNING)):
        known = {met.person.id: met.person for one in course.rounds for met in one.met}
        for note in (note for one in course.rounds for note in one.messages):
            assert note.person_id in known
            person = known[note.person_id or ""]
            greeted = note.body.partition(",")[0].removeprefix("Dear ").removesuffix("-san")
            assert greeted in person.name, (course.application.employer, greeted)
            assert note.body.rstrip().endswith("Robin")


def test_reflections_answer_questions_that_are_asked_of_such_a_round() -> None:
    questionnaire = _content().questionnaire
    for course in courses_of(read_sample(SUNDAY_MORNING)):
        for one in course.rounds:
            for answer in one.answers.values():
                question = questionnaire.questions[answer.question.partition("@")[0]]
                assert check_answer(question, answer.value) == answer.value
            assert not no_longer_asked(questionnaire, one), course.application.employer


def test_lessons_and_stories_speak_the_questionnaires_words() -> None:
    questionnaire = _content().questionnaire
    facts = read_sample(SUNDAY_MORNING)

    assert {fact.area for fact in facts if isinstance(fact, Lesson)} <= set(questionnaire.areas.values())
    competencies = {competency.id for competency in questionnaire.competencies}
    assert {one for fact in facts if isinstance(fact, Story) for one in fact.competencies} <= competencies


def test_nothing_sample_could_be_mistaken_for_the_world() -> None:
    facts = read_sample(SUNDAY_MORNING)
    people = [fact for fact in facts if isinstance(fact, Person)]
    applications = [fact for fact in facts if isinstance(fact, Application)]

    assert all(person.email.endswith(".example") for person in people)
    assert all(fact.origin == "sample" for fact in (*people, *applications))
    assert {application.country for application in applications} <= countries()
    assert len({application.country for application in applications}) >= 15


def test_ids_are_new_at_every_reading() -> None:
    first = {fact.id for fact in read_sample(SUNDAY_MORNING)}
    second = {fact.id for fact in read_sample(SUNDAY_MORNING)}

    assert not first & second


def test_mistakes_in_the_files_are_all_named_with_their_lines(tmp_path: Path) -> None:
    folder = copytree(SAMPLE_FOLDER, tmp_path / "sample")
    file = folder / "3-running.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("ended: 52 days ago at 14:30", "ended: some time ago").replace(
        "person: delphine", "person: del"
    )
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ContentBroken) as broken:
        read_sample(SUNDAY_MORNING, folder)

    assert [(problem.file, problem.key) for problem in broken.value.problems] == [
        ("3-running.yaml", "applications[0].rounds[0].ended"),
        ("3-running.yaml", "applications[0].rounds[0].met[0].person"),
    ]
    assert all(problem.line > 10 for problem in broken.value.problems)


def test_a_lesson_from_an_unknown_round_is_a_mistake(tmp_path: Path) -> None:
    folder = copytree(SAMPLE_FOLDER, tmp_path / "sample")
    file = folder / "kept.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[norrsken/1]", "[norrsken/7]"), encoding="utf-8")

    with pytest.raises(ContentBroken, match=r"there is no round norrsken/7"):
        read_sample(SUNDAY_MORNING, folder)


class TestMoments:
    KUALA_LUMPUR = Moments(SUNDAY_MORNING, ZoneInfo("Asia/Kuala_Lumpur"), date(2026, 11, 20))

    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ("1 day ago at 10:00", "2026-11-20T10:00+08:00"),
            ("2 days ago at 10:00", "2026-11-20T10:00+08:00"),
            ("6 days ahead at 10:00", "2026-11-30T10:00+08:00"),
            ("same day at 18:05", "2026-11-20T18:05+08:00"),
            ("next day at 09:00", "2026-11-21T09:00+08:00"),
            ("1 working day later at 09:00", "2026-11-23T09:00+08:00"),
            ("3 days later at 09:00", "2026-11-23T09:00+08:00"),
            ("last 17:30", "2026-11-22T17:30+08:00"),
            ("last 17:31", "2026-11-21T17:31+08:00"),
        ],
    )
    def test_a_moment_is_told_from_today_or_from_the_interview(self, told: str, expected: str) -> None:
        assert self.KUALA_LUMPUR.instant(told) == datetime.fromisoformat(expected)

    @pytest.mark.parametrize(
        "told", ["", "yesterday at 10:00", "1 day ago", "1 day ago at 25:00", "2 working days ago at 10:00"]
    )
    def test_anything_else_is_refused(self, told: str) -> None:
        with pytest.raises(ValueError, match="is expected, such as"):
            self.KUALA_LUMPUR.instant(told)
