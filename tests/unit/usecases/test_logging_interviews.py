"""Logging a round, and changing one that was logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from debrief.domain.checks import LONGEST_LINE, LONGEST_TEXT
from debrief.domain.courses import RoundInCourse
from debrief.domain.facts import Application, Interview, Meeting, Person, RoundState, Word
from debrief.errors import Conflict, Refused
from debrief.store import Store, Unit
from debrief.usecases.answers import WordEntry, log_word
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, change_interview, log_interview
from tests.unit.usecases.a_record import ANY_SCRIPT, ME, NOW, entry, logged, logged_panel, round_of


def applications(store: Store) -> list[Application]:
    with store.unit(ME.owner, NOW) as unit:
        return unit.find(Application)


def people(store: Store) -> list[Person]:
    with store.unit(ME.owner, NOW) as unit:
        return unit.find(Person)


def test_a_round_is_kept_with_its_own_clock(sqlite_store: Store) -> None:
    interview = logged(sqlite_store, timezone="Asia/Kuala_Lumpur", on=date(2026, 3, 4), at=time(9, 30))

    assert interview.ended_at == datetime(2026, 3, 4, 1, 30, tzinfo=UTC)
    assert interview.ended_local.isoformat() == "2026-03-04T09:30:00+08:00"


def test_a_second_round_joins_the_same_employer_and_role(sqlite_store: Store) -> None:
    first = logged(sqlite_store)
    second = logged(sqlite_store, employer=" brightwater energy", role="DATA ANALYST ", round="Final")

    assert second.application_id == first.application_id
    assert len(applications(sqlite_store)) == 1


def test_what_is_said_of_the_job_with_a_further_round_is_kept_and_an_empty_field_takes_nothing_away(
    sqlite_store: Store,
) -> None:
    logged(sqlite_store, country="MY", source="Referral", sector="Energy")
    second = logged(
        sqlite_store, employer="brightwater energy", country="SG", role_family="analyst", employer_size="Up to 10"
    )

    (job,) = applications(sqlite_store)
    assert (job.employer, job.role) == ("Brightwater Energy", "Data Analyst")
    assert (job.country, job.source, job.sector) == ("SG", "Referral", "Energy")
    assert (job.role_family, job.employer_size) == ("analyst", "Up to 10")
    with sqlite_store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)
        assert unit.find(Interview, id=second.id) == []
    (job,) = applications(sqlite_store)
    assert (job.country, job.role_family) == ("MY", "")


def test_a_further_round_that_says_nothing_new_of_the_job_leaves_it_as_it_is(sqlite_store: Store) -> None:
    logged(sqlite_store, country="MY", source="Referral")
    before = applications(sqlite_store)
    logged(sqlite_store, country="MY")

    assert applications(sqlite_store) == before


@pytest.mark.parametrize("other", [{"employer": "Kestrel Rail"}, {"role": "Data Engineer"}])
def test_another_employer_or_role_opens_another_application(sqlite_store: Store, other: dict[str, str]) -> None:
    logged(sqlite_store)
    logged(sqlite_store, **other)

    assert len(applications(sqlite_store)) == 2


def test_somebody_met_before_is_the_same_person_and_keeps_what_was_known(sqlite_store: Store) -> None:
    logged(sqlite_store, people=(PersonEntry(name="Dana Whitfield", title="Head of Data", email="dana@b.example"),))
    logged(sqlite_store, round="Final", people=(PersonEntry(name="dana whitfield", topics="the budget"),))

    (dana,) = people(sqlite_store)
    assert (dana.name, dana.title, dana.email) == ("Dana Whitfield", "Head of Data", "dana@b.example")


def test_a_namesake_at_another_employer_is_somebody_else(sqlite_store: Store) -> None:
    logged(sqlite_store, people=(PersonEntry(name="Dana Whitfield"),))
    logged(sqlite_store, employer="Kestrel Rail", people=(PersonEntry(name="Dana Whitfield"),))

    assert len(people(sqlite_store)) == 2


def test_topics_are_kept_one_a_line_and_people_in_the_order_entered(sqlite_store: Store) -> None:
    one = round_of(sqlite_store, logged_panel(sqlite_store))

    assert [met.person.name for met in one.met] == ["Dana Whitfield", "Kofi Mensah"]
    assert one.met[0].meeting.topics == ("the smart meters", "how on-call works")


def test_a_round_still_to_come_may_lie_ahead(sqlite_store: Store) -> None:
    planned = logged(sqlite_store, on=date(2026, 3, 20), state=RoundState.SCHEDULED)

    assert planned.state is RoundState.SCHEDULED


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"on": date(2026, 3, 5)}, "on", "lies in the future"),
        ({"on": date(2026, 3, 4), "at": time(12, 1)}, "on", "lies in the future"),
        ({"on": date(2026, 3, 5), "state": RoundState.NO_SHOW}, "on", "lies in the future"),
        ({"on": date(2026, 3, 2), "state": RoundState.SCHEDULED}, "state", "lies in the past"),
        ({"employer": ""}, "employer", "employer's name is empty"),
        ({"employer": " \t"}, "employer", "employer's name is empty"),
        ({"role": ""}, "role", "role is empty"),
        ({"round": " "}, "round", "name of the round is empty"),
        ({"timezone": "Mars/Olympus"}, "timezone", "“Mars/Olympus” is not a known time zone"),
        ({"timezone": ""}, "timezone", "is not a known time zone"),
        ({"on": date(2025, 3, 30), "at": time(1, 30)}, "at", "01:30 does not exist"),
        ({"on": date(1, 1, 1), "timezone": "Asia/Tokyo"}, "on", "year 1 cannot be right"),
        (
            {"on": date(9999, 12, 31), "timezone": "America/Lima", "state": RoundState.SCHEDULED},
            "on",
            "9999 cannot be right",
        ),
        ({"reply_by": date(2026, 3, 2)}, "reply_by", "lies before the interview"),
        ({"people": (PersonEntry(name=""),)}, "people", "name of a person met is empty"),
        ({"people": (PersonEntry(name="Dana", email="dana"),)}, "email", "“dana” is not an e-mail address"),
        ({"people": (PersonEntry(name="Dana", email="a b@c.example"),)}, "email", "is not an e-mail address"),
        ({"people": (PersonEntry(name="Dana", email="a@b@c.example"),)}, "email", "is not an e-mail address"),
        ({"people": (PersonEntry(name="Dana"), PersonEntry(name="dana "))}, "people", "dana stands there twice"),
        ({"employer": "Bright\x07water"}, "employer", "U+0007) at position 7"),
        ({"employer": "  Bright\x07water"}, "employer", "at position 9"),
        ({"notes": "fine\x00"}, "notes", "U+0000) at position 5"),
        ({"notes": "half \ud83d"}, "notes", "U+D83D) at position 6"),
        ({"role": "Data\nAnalyst"}, "role", "take the line breaks out"),
        ({"round": "x" * (LONGEST_LINE + 1)}, "round", "301 characters long; up to 300"),
        ({"notes": "x" * (LONGEST_TEXT + 1)}, "notes", "200,001 characters long; up to 200,000"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_kept(
    sqlite_store: Store, changed: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(Refused, match=r"\.$") as refused:
        logged(sqlite_store, **changed)

    assert refused.value.field == field
    assert says in str(refused.value)
    assert applications(sqlite_store) == []
    assert people(sqlite_store) == []


def test_a_refused_person_leaves_nothing_half_done(sqlite_store: Store) -> None:
    with pytest.raises(Refused):
        logged(sqlite_store, people=(PersonEntry(name="Dana"), PersonEntry(name="Kofi", topics="a\x01")))

    assert people(sqlite_store) == []


@pytest.mark.parametrize("text", ANY_SCRIPT)
def test_any_script_is_kept_exactly(sqlite_store: Store, text: str) -> None:
    interview = logged(sqlite_store, employer=text, notes=text, people=(PersonEntry(name=text, topics=text),))

    with sqlite_store.unit(ME.owner, NOW) as unit:
        course = unit.course_of(interview.id)
    (one,) = course.rounds
    assert course.application.employer == text
    assert one.interview.notes == text
    assert (one.met[0].person.name, one.met[0].meeting.topics) == (text, (text,))


def test_a_long_text_is_kept_whole(sqlite_store: Store) -> None:
    notes = "long " * (LONGEST_TEXT // 5)

    assert round_of(sqlite_store, logged(sqlite_store, notes=notes)).interview.notes == notes


def as_logged(store: Store, interview: Interview) -> InterviewEntry:
    """The entry that says what the record says."""
    one = round_of(store, interview)
    return entry(
        people=tuple(
            PersonEntry(name=met.person.name, topics="\n".join(met.meeting.topics), recruiter=met.person.recruiter)
            for met in one.met
        )
    )


def test_a_change_keeps_the_round_and_makes_the_meetings_those_of_the_entry(sqlite_store: Store) -> None:
    interview = logged_panel(sqlite_store)
    dana = round_of(sqlite_store, interview).met[0].person
    changed = entry(
        round="Second panel", people=(PersonEntry(name="Aisha Bello"), PersonEntry(name=dana.name, topics="the budget"))
    )

    kept = change_interview(ME, sqlite_store, NOW, interview, changed)

    one = round_of(sqlite_store, interview)
    assert (kept.id, kept.version, one.interview.round) == (interview.id, interview.version + 1, "Second panel")
    assert [(met.person.name, met.meeting.topics) for met in one.met] == [
        ("Aisha Bello", ()),
        ("Dana Whitfield", ("the budget",)),
    ]
    assert one.met[1].person.id == dana.id


def test_a_renamed_employer_leaves_the_people_who_they_are(sqlite_store: Store) -> None:
    interview = logged_panel(sqlite_store)
    before = round_of(sqlite_store, interview).met

    change_interview(
        ME, sqlite_store, NOW, interview, replace(as_logged(sqlite_store, interview), employer="Brightwater")
    )

    after = round_of(sqlite_store, interview).met
    assert [met.meeting for met in after] == [met.meeting for met in before]
    assert {met.person.employer for met in after} == {"Brightwater"}
    assert len(people(sqlite_store)) == 2


def test_a_change_of_a_version_that_moved_on_is_a_conflict_with_what_is_stored(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)
    other_tab = change_interview(ME, sqlite_store, NOW, interview, entry(notes="from the other tab"))

    with pytest.raises(Conflict) as conflict:
        change_interview(ME, sqlite_store, NOW, interview, entry(employer="Renamed", notes="from this tab"))

    assert conflict.value.stored == other_tab
    assert applications(sqlite_store)[0].employer == "Brightwater Energy"


def corrected(store: Store, interview: Interview, name: str, **said: Any) -> InterviewEntry:
    """The entry that puts the name of the first person met right."""
    as_it_was = as_logged(store, interview)
    first, *others = as_it_was.people
    person_id = round_of(store, interview).met[0].person.id
    return replace(as_it_was, people=(replace(first, name=name, person_id=person_id, **said), *others))


@pytest.mark.parametrize("name", ["Dana Whitfeld", "dana whitfield", "Head of Data"])
def test_a_name_put_right_stays_the_same_person_with_all_that_is_theirs(sqlite_store: Store, name: str) -> None:
    interview = logged_panel(sqlite_store)
    later = logged(sqlite_store, round="Final", people=(PersonEntry(name="Dana Whitfield"),))
    before = round_of(sqlite_store, interview).met

    change_interview(ME, sqlite_store, NOW, interview, corrected(sqlite_store, interview, name, title="Lead"))

    after = round_of(sqlite_store, interview).met
    assert [met.meeting for met in after] == [met.meeting for met in before]
    assert [met.person.name for met in after] == [name, "Kofi Mensah"]
    assert after[0].person.title == "Lead"
    assert round_of(sqlite_store, later).met[0].person == after[0].person
    assert len(people(sqlite_store)) == 2
    with sqlite_store.unit(ME.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)
    undone = round_of(sqlite_store, interview).met[0].person
    assert (undone.id, undone.name, undone.title) == (before[0].person.id, "Dana Whitfield", "")


def test_somebody_else_of_the_record_who_is_named_in_anothers_card_stays_who_they_are(sqlite_store: Store) -> None:
    logged(sqlite_store, round="First", people=(PersonEntry(name="Ana Souza"),))
    interview = logged_panel(sqlite_store)
    before = {person.id: person.name for person in people(sqlite_store)}

    change_interview(ME, sqlite_store, NOW, interview, corrected(sqlite_store, interview, "ana souza"))

    assert {person.id: person.name for person in people(sqlite_store)} == before
    assert [met.person.name for met in round_of(sqlite_store, interview).met] == ["Ana Souza", "Kofi Mensah"]


def test_a_name_put_right_may_be_one_that_another_of_the_round_just_lost(sqlite_store: Store) -> None:
    interview = logged_panel(sqlite_store)
    dana, kofi = (met.person.id for met in round_of(sqlite_store, interview).met)
    people_now = (
        PersonEntry(name="Dana Whitfeld", person_id=dana),
        PersonEntry(name="Dana Whitfield", person_id=kofi),
    )

    change_interview(ME, sqlite_store, NOW, interview, entry(people=people_now))

    assert [(met.person.id, met.person.name) for met in round_of(sqlite_store, interview).met] == [
        (dana, "Dana Whitfeld"),
        (kofi, "Dana Whitfield"),
    ]


def test_a_person_named_in_another_card_is_not_renamed_in_their_own(sqlite_store: Store) -> None:
    interview = logged_panel(sqlite_store)
    dana, kofi = (met.person.id for met in round_of(sqlite_store, interview).met)
    people_now = (PersonEntry(name="Kofi Mensah", person_id=dana), PersonEntry(name="Kofi Mensa", person_id=kofi))

    change_interview(ME, sqlite_store, NOW, interview, entry(people=people_now))

    met = round_of(sqlite_store, interview).met
    assert [one.person.name for one in met] == ["Kofi Mensah", "Kofi Mensa"]
    assert met[0].person.id == kofi


def test_somebody_of_another_round_is_not_renamed_from_here(sqlite_store: Store) -> None:
    elsewhere = logged(sqlite_store, employer="Kestrel Rail", people=(PersonEntry(name="Ana Souza"),))
    interview = logged_panel(sqlite_store)
    ana = round_of(sqlite_store, elsewhere).met[0].person
    asked = entry(people=(PersonEntry(name="Dana Whitfeld", person_id=ana.id),))

    change_interview(ME, sqlite_store, NOW, interview, asked)

    assert round_of(sqlite_store, elsewhere).met[0].person == ana


def job_moved_on(unit: Unit, read: RoundInCourse) -> None:
    unit.change(replace(read.course.application, country="MY"))


def topics_moved_on(unit: Unit, read: RoundInCourse) -> None:
    unit.change(replace(read.round.met[0].meeting, topics=("the budget",)))


def somebody_else_came(unit: Unit, read: RoundInCourse) -> None:
    zoe = unit.add(Person(name="Zoe Park", employer="Brightwater Energy"))
    unit.add(Meeting(interview_id=read.round.interview.id, person_id=zoe.id, place=2))


@pytest.mark.parametrize("moved_on", [job_moved_on, topics_moved_on, somebody_else_came])
def test_a_change_over_a_job_or_people_that_moved_on_is_a_conflict(
    sqlite_store: Store, moved_on: Callable[[Unit, RoundInCourse], None]
) -> None:
    interview = logged_panel(sqlite_store)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        (read,) = unit.course_of(interview.id).placed
        moved_on(unit, read)
        course = unit.course_of(interview.id)

    with pytest.raises(Conflict, match=r"changed elsewhere just now\. Look at it again"):
        change_interview(ME, sqlite_store, NOW, interview, as_logged(sqlite_store, interview), over=read)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.course_of(interview.id) == course
    change_interview(
        ME, sqlite_store, NOW, interview, as_logged(sqlite_store, interview), over=RoundInCourse(course, *course.rounds)
    )


def test_an_end_behind_what_was_heard_is_refused(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)
    word = WordEntry(what=Word.UPDATE, at=datetime(2026, 3, 3, 16, tzinfo=UTC))
    log_word(ME, sqlite_store, NOW, interview.id, word)

    with pytest.raises(Refused, match=r"What you logged on 03 March 2026, 16:00 would then lie before"):
        change_interview(ME, sqlite_store, NOW, interview, entry(at=time(17, 0)))

    change_interview(ME, sqlite_store, NOW, interview, entry(at=time(16, 0)))


def test_logging_is_one_thing_to_undo(sqlite_store: Store) -> None:
    logged_panel(sqlite_store)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (done,) = unit.journal()
        unit.undo(done.id)

    assert done.sentence == "Logged Panel at Brightwater Energy"
    assert applications(sqlite_store) == []
    assert people(sqlite_store) == []


def test_another_owner_sees_and_joins_nothing(sqlite_store: Store) -> None:
    mine = logged(sqlite_store)

    theirs = log_interview(replace(ME, owner="somebody else"), sqlite_store, NOW, entry())

    assert theirs.application_id != mine.application_id
    assert len(applications(sqlite_store)) == 1
