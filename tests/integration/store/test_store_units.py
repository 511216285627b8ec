"""A unit keeps everything or nothing, and tells a stale page that it is stale, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from store_cases import a_full_case, an_application, an_interview, count_all

from debrief.domain.courses import Course, Round
from debrief.domain.facts import (
    Application,
    Decision,
    Heard,
    Interview,
    Lesson,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Snooze,
    Story,
    Tick,
    Word,
)
from debrief.errors import Conflict, NotFound, Refused, StoreBroken
from debrief.store import Store


def test_what_is_added_is_found_by_the_next_unit(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        added = [unit.add(fact) for fact in a_full_case(now)]
    with store.unit("local", now) as unit:
        assert [unit.get(type(fact), fact.id) for fact in added] == added
        assert unit.find(Interview, application_id=added[0].id) == [added[1]]


def test_a_unit_that_ends_badly_keeps_nothing(store: Store, now: datetime) -> None:
    def break_off() -> None:
        with store.unit("local", now, "Logged Alder & Finch") as unit:
            unit.add(an_application())
            unit.set_setting("tone", "warm")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    with store.unit("local", now) as unit:
        assert (count_all(unit), unit.settings(), unit.journal()) == (0, {}, ())
        assert set(unit.data_versions().values()) == {0}


def test_a_change_counts_the_version_on(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        first = unit.add(an_application())
        second = unit.change(replace(first, role="Lead analyst"))
    assert (first.version, second.version) == (1, 2)
    with store.unit("local", now) as unit:
        assert unit.get(Application, first.id) == second


@pytest.mark.parametrize("label", [None, "Changed by hand"])
def test_a_stale_page_is_told_what_is_stored_and_changes_nothing(
    store: Store, now: datetime, label: str | None
) -> None:
    with store.unit("local", now) as unit:
        read = unit.add(an_application())
    with store.unit("local", now) as unit:
        stored = unit.change(replace(read, role="Lead analyst"))
    with store.unit("local", now, label) as unit:
        with pytest.raises(Conflict) as conflict:
            unit.change(replace(read, role="Junior analyst"))
        assert conflict.value.stored == stored
        with pytest.raises(Conflict):
            unit.remove(read)
    with store.unit("local", now) as unit:
        assert unit.get(Application, read.id) == stored


def test_what_is_gone_is_not_found(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        application = unit.add(an_application())
    with store.unit("local", now) as unit:
        unit.remove(application)
    with store.unit("local", now) as unit:
        for attempt in (unit.remove, unit.change):
            with pytest.raises(NotFound, match="application is not in the record"):
                attempt(application)
        with pytest.raises(NotFound):
            unit.get(Application, application.id)
        with pytest.raises(NotFound):
            unit.course(application.id)
        with pytest.raises(NotFound):
            unit.course_of("nothing")


def test_a_place_that_is_taken_is_a_conflict_that_shows_who_took_it(store: Store, now: datetime) -> None:
    case = a_full_case(now)
    with store.unit("local", now) as unit:
        stored = unit.add_all(case)
    with store.unit("local", now) as unit:
        for fact in stored:
            with pytest.raises(Conflict) as conflict:
                unit.add(replace(fact, version=7))
            assert conflict.value.stored == fact
        for fact in (one for one in stored if isinstance(one, (Meeting, Reflection, ReflectionAnswer, Tick))):
            with pytest.raises(Conflict) as conflict:
                unit.add(replace(fact, id="another"))
            assert conflict.value.stored == fact
        unit.add(an_application("Birch & Sons"))
    with store.unit("local", now) as unit:
        assert count_all(unit) == len(case) + 1


def test_nothing_hangs_under_what_is_not_there(store: Store, now: datetime) -> None:
    with pytest.raises(NotFound, match="no longer in the record"), store.unit("local", now) as unit:
        unit.add(an_interview(an_application(), now))


def test_a_unit_in_which_the_database_refused_something_keeps_nothing_even_if_the_refusal_is_swallowed(
    store: Store, now: datetime
) -> None:
    def swallow() -> None:
        with store.unit("local", now) as unit:
            unit.add(an_application())
            with pytest.raises(NotFound):
                unit.add(an_interview(an_application(), now))
            with pytest.raises(StoreBroken):
                unit.find(Application)

    with pytest.raises(StoreBroken, match="nothing was saved"):
        swallow()
    with store.unit("local", now) as unit:
        assert count_all(unit) == 0


def test_removing_an_application_takes_along_all_that_hangs_under_it_and_no_person(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        added = [unit.add(fact) for fact in a_full_case(now)]
    with store.unit("local", now) as unit:
        unit.remove(added[0])
    with store.unit("local", now) as unit:
        assert (len(unit.find(Person)), len(unit.find(Story))) == (1, 1)
        assert count_all(unit) == 2


def test_notes_to_a_person_outlive_the_person(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        added = [unit.add(fact) for fact in a_full_case(now)]
    with store.unit("local", now) as unit:
        unit.remove(next(fact for fact in added if isinstance(fact, Person)))
    with store.unit("local", now) as unit:
        (message,) = unit.find(Message)
        assert (message.person_id, message.body, message.version) == (None, "Thank you.", 2)
        assert unit.find(Meeting) == unit.find(Snooze) == []


def test_many_are_added_in_order_of_kinds_and_all_or_none(store: Store, now: datetime) -> None:
    case = a_full_case(now)
    with store.unit("local", now) as unit:
        assert unit.add_all(case) == case
        assert unit.add_all([]) == []
    with pytest.raises(Conflict), store.unit("local", now) as unit:
        unit.add_all([an_application(), *(an_application(f"Company {n}") for n in range(3)), case[0]])
    with pytest.raises(StoreBroken), store.unit("local", now) as unit, pytest.raises(Conflict):
        unit.add_all([an_application(), case[0]])
    with store.unit("local", now) as unit:
        assert count_all(unit) == len(case)


def test_facts_are_found_by_value_by_any_of_several_and_by_emptiness(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        interview = unit.add_all(a_full_case(now))[1]
        unit.add(Message(interview_id=interview.id, kind=MessageKind.CHECK_IN))
        assert [one.kind for one in unit.find(Message, person_id=None)] == [MessageKind.CHECK_IN]
        assert len(unit.find(Message, kind=[MessageKind.CHECK_IN, MessageKind.THANK_YOU])) == 2
        assert unit.find(Message, kind=MessageKind.CONNECT) == unit.find(Message, kind=()) == []
        assert len(unit.find(Interview, ended_at=now)) == 1
        with pytest.raises(KeyError):
            unit.find(Message, owner_name="nobody")


def test_facts_come_in_order_of_time_drafts_last_then_of_id(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        interview = unit.add_all(a_full_case(now)[:2])[1]
        times = [None, now, now - timedelta(hours=1), None, now]
        for name, at in zip("ecbda", times, strict=True):
            unit.add(Message(id=name, interview_id=interview.id, kind=MessageKind.CHECK_IN, sent_at=at))
        assert [message.id for message in unit.find(Message)] == ["b", "a", "c", "d", "e"]


def test_the_latest_come_in_the_order_of_all_backwards(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        facts = unit.add_all(a_full_case(now))
        interview = next(fact for fact in facts if isinstance(fact, Interview))
        unit.add_all(Message(interview_id=interview.id, kind=MessageKind.THANK_YOU, sent_at=now) for _ in range(3))
        unit.add_all(Message(interview_id=interview.id, kind=MessageKind.CHECK_IN) for _ in range(2))
        for kind in (Message, Interview, Application):
            assert unit.latest(kind, 4) == unit.find(kind)[::-1][:4]
        assert {one.kind for one in unit.latest(Message, 9, kind=MessageKind.CHECK_IN)} == {MessageKind.CHECK_IN}


def test_the_courses_of_some_applications_are_those_and_no_others(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        facts = unit.add_all(a_full_case(now))
        other = unit.add(an_application())
        assert unit.courses([other.id]) == (unit.course(other.id),)
        assert unit.courses([other.id, facts[0].id]) == unit.courses()
        assert unit.courses([]) == ()


def test_a_course_holds_everything_of_its_rounds_in_order(store: Store, now: datetime) -> None:
    case = {type(fact): fact for fact in a_full_case(now)}
    application, later, person, meeting, reflection, answer, message, word, decision, tick, snooze = (
        case[kind]
        for kind in (
            Application, Interview, Person, Meeting, Reflection, ReflectionAnswer, Message, Heard, Decision, Tick,
            Snooze,
        )
    )  # fmt: skip
    assert isinstance(application, Application)
    earlier = an_interview(application, now - timedelta(days=9))
    first_word = Heard(interview_id=later.id, what=Word.REQUEST, at=now - timedelta(days=1))
    other, empty = an_application("Birch & Sons"), an_application("Cedar Works")
    later_still = an_interview(other, now + timedelta(days=1))
    with store.unit("local", now) as unit:
        unit.add_all([application, later, earlier, person, meeting, reflection, answer, message, word, decision])
        unit.add_all([tick, snooze, first_word, empty, other, later_still])
    with store.unit("local", now) as unit:
        courses = unit.courses()
        assert [course.application for course in courses] == [other, application, empty]
        assert [one.interview for one in courses[1].rounds] == [earlier, later]
        assert courses[1].rounds[0] == Round(earlier)
        full = courses[1].rounds[1]
        assert (full.met[0].person, full.met[0].meeting) == (person, meeting)
        assert (full.reflection, full.answers) == (reflection, {"went_well": answer})
        assert (full.messages, full.heard, full.decisions) == ((message,), (first_word, word), (decision,))
        assert (full.ticks, full.snoozes) == ((tick,), (snooze,))
        assert unit.course(application.id) == unit.course_of(earlier.id) == courses[1]
        assert unit.course(empty.id) == Course(empty, ())


def test_courses_take_the_same_number_of_statements_however_many_there_are(store: Store, now: datetime) -> None:
    def statements() -> int:
        seen: list[object] = []

        def note(*call: object) -> None:
            seen.append(call[2])

        sa.event.listen(store.engine, "before_cursor_execute", note)
        try:
            with store.unit("local", now) as unit:
                assert unit.course(unit.courses()[0].application.id).rounds
        finally:
            sa.event.remove(store.engine, "before_cursor_execute", note)
        return len(seen)

    counts: list[int] = []
    for _ in range(2):
        with store.unit("local", now) as unit:
            for _ in range(20):
                unit.add_all(a_full_case(now))
        counts.append(statements())
    begins = 2 if store.engine.dialect.name == "postgresql" else 1  # there it says whom it acts for, too
    assert counts == [2 * 11 + begins] * 2


def test_settings_are_kept_by_key_and_have_a_default(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        assert unit.setting("tone", "warm") == "warm"
        unit.set_setting("tone", {"voice": ["brief", None, 3, True]})
        unit.set_setting("empty", None)
    with store.unit("local", now) as unit:
        unit.set_setting("tone", {**unit.settings()["tone"], "more": 1})  # type: ignore[dict-item]
        assert unit.setting("tone") == {"voice": ["brief", None, 3, True], "more": 1}
        assert unit.setting("empty", "else") is None


def test_a_write_changes_the_data_version_of_its_own_kind_alone(store: Store, now: datetime) -> None:
    def versions() -> dict[str, int]:
        with store.unit("local", now) as unit:
            return dict(unit.data_versions())

    def changed(before: dict[str, int]) -> set[str]:
        return {kind for kind, number in versions().items() if number != before[kind]}

    with store.unit("local", now) as unit:
        added = unit.add_all(a_full_case(now))
    answer = next(fact for fact in added if isinstance(fact, ReflectionAnswer))
    person = next(fact for fact in added if isinstance(fact, Person))
    before = versions()
    with store.unit("local", now) as unit:
        unit.change(replace(answer, value="the case, and the budget"))
    assert changed(before) == {"ReflectionAnswer"}
    before = versions()
    with store.unit("local", now) as unit:
        unit.set_setting("tone", "warm")
    assert changed(before) == {"Setting"}
    before = versions()
    with store.unit("local", now) as unit:
        unit.remove(person)
    assert changed(before) == {"Person", "Meeting", "Message", "Snooze"}
    before = versions()
    with store.unit("local", now) as unit:
        unit.courses()
        unit.journal()
    assert changed(before) == set()


def test_a_reader_sees_one_moment_and_a_writer_the_present(store: Store, now: datetime) -> None:
    with store.unit("local", now) as reader:
        assert reader.find(Application) == []
        with store.unit("local", now) as writer:
            writer.add(an_application())
        assert reader.find(Application) == []
        reader.add(Lesson(text="Breathe first", created_at=now))
        assert len(reader.find(Application)) == 1


def test_everything_is_forgotten_and_counted(store: Store, now: datetime) -> None:
    with store.unit("local", now, "Logged") as unit:
        unit.add_all(a_full_case(now))
        unit.set_setting("tone", "warm")
    with store.unit("local", now, "Forgot") as unit:
        gone = unit.forget_everything()
    assert {name: count for name, count in gone.items() if count > 1} == {"journal_changes": 16, "data_versions": 17}
    assert {name for name, count in gone.items() if not count} == {
        "lessons", "members", "shares", "comments",
    }  # fmt: skip
    with store.unit("local", now) as unit:
        assert (count_all(unit), unit.settings(), unit.journal()) == (0, {}, ())
        assert set(unit.data_versions().values()) == {0}


def test_a_unit_that_has_ended_does_nothing_more(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        unit.courses()
    with pytest.raises(RuntimeError, match="has ended"):
        unit.courses()


def test_a_number_too_large_is_refused(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        added = unit.add_all(a_full_case(now))
        meeting = next(fact for fact in added if isinstance(fact, Meeting))
        with pytest.raises(Refused, match="too large") as refusal:
            unit.change(replace(meeting, rapport=2**40))
        assert refusal.value.field == "rapport"
