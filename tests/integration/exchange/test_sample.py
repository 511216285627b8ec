from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from debrief.domain.facts import (
    Application,
    Fact,
    Heard,
    Interview,
    Lesson,
    Meeting,
    Message,
    MessageKind,
    Person,
    Story,
    Word,
)
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.sample import load_sample, remove_sample, sample_loaded

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROBIN = Actor("robin")
KINDS: tuple[type[Fact], ...] = (Application, Interview, Person, Meeting, Message, Heard, Lesson, Story)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'record.db'}")
    yield opened
    opened.close()


def _facts(store: Store, actor: Actor = ROBIN) -> list[Fact]:
    with store.unit(actor.owner, NOW) as unit:
        return [fact for kind in KINDS for fact in unit.find(kind)]


def _add(store: Store, *facts: Fact) -> list[Fact]:
    with store.unit(ROBIN.owner, NOW, "Added") as unit:
        return [unit.add(fact) for fact in facts]


def _some(store: Store, kind: type[Fact], origin: str = "sample") -> Fact:
    return next(fact for fact in _facts(store) if isinstance(fact, kind) and getattr(fact, "origin", "") == origin)


def _own_interview(application: Application) -> Interview:
    return Interview(
        application_id=application.id, round="second", ended_at=NOW - timedelta(hours=3), timezone="Europe/London"
    )


def test_loading_adds_forty_interviews_once(store: Store) -> None:
    assert load_sample(ROBIN, store, NOW) == 40
    loaded = _facts(store)

    assert load_sample(ROBIN, store, NOW + timedelta(days=3)) == 0
    assert _facts(store) == loaded
    assert sample_loaded(ROBIN, store, NOW)


def test_another_owner_sees_nothing_of_it(store: Store) -> None:
    load_sample(ROBIN, store, NOW)

    assert _facts(store, Actor("somebody else")) == []
    assert not sample_loaded(Actor("somebody else"), store, NOW)


def test_loading_and_removing_are_each_one_entry_of_the_journal(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    remove_sample(ROBIN, store, NOW)

    with store.unit(ROBIN.owner, NOW) as unit:
        sentences = [entry.sentence for entry in unit.journal()]
    assert sentences == ["Removed the sample history", "Loaded the sample history"]


def test_removing_leaves_the_record_as_it_was(store: Store) -> None:
    application = Application(employer="Own Employer", role="Own role")
    own = _add(store, application, _own_interview(application), Person(name="Own Person", employer="Own Employer"))
    load_sample(ROBIN, store, NOW)

    assert remove_sample(ROBIN, store, NOW) == 40
    assert {fact.id for fact in _facts(store)} == {fact.id for fact in own}
    assert not sample_loaded(ROBIN, store, NOW)
    assert remove_sample(ROBIN, store, NOW) == 0


def test_removing_can_be_undone(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    before = {fact.id for fact in _facts(store)}
    remove_sample(ROBIN, store, NOW)

    with store.unit(ROBIN.owner, NOW) as unit:
        unit.undo(unit.journal()[0].id)
    assert {fact.id for fact in _facts(store)} == before


def test_an_own_interview_keeps_the_sample_application_it_joined(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    application = _some(store, Application)
    assert isinstance(application, Application)
    interview = _own_interview(application)
    heard = Heard(interview_id=interview.id, what=Word.UPDATE, at=NOW)
    _add(store, interview, heard)

    remove_sample(ROBIN, store, NOW)

    assert _facts(store) == [replace(application, origin="", version=2), interview, heard]
    assert not sample_loaded(ROBIN, store, NOW)


def test_a_sample_person_met_in_an_own_interview_stays(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    person = _some(store, Person)
    application = Application(employer="Own Employer", role="Own role")
    interview = _own_interview(application)
    meeting = Meeting(interview_id=interview.id, person_id=person.id)
    note = Message(interview_id=interview.id, kind=MessageKind.THANK_YOU, person_id=person.id, body="Dear you")
    _add(store, application, interview, meeting, note)

    remove_sample(ROBIN, store, NOW)

    kept = _facts(store)
    assert {fact.id for fact in kept} == {application.id, interview.id, person.id, meeting.id, note.id}
    assert next(fact for fact in kept if isinstance(fact, Message)).person_id == person.id


def test_own_lessons_lose_only_their_ties_to_the_sample(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    sample_interview = _some(store, Interview)
    application = Application(employer="Own Employer", role="Own role")
    interview = _own_interview(application)
    lesson = Lesson(text="Breathe", interview_ids=(sample_interview.id, interview.id), created_at=NOW)
    _add(store, application, interview, lesson)

    remove_sample(ROBIN, store, NOW)

    with store.unit(ROBIN.owner, NOW) as unit:
        assert unit.find(Lesson) == [replace(lesson, interview_ids=(interview.id,), version=2)]


def test_a_sample_story_also_tied_to_an_own_interview_becomes_the_users(store: Store) -> None:
    load_sample(ROBIN, store, NOW)
    application = Application(employer="Own Employer", role="Own role")
    interview = _own_interview(application)
    _add(store, application, interview)
    with store.unit(ROBIN.owner, NOW, "Told again") as unit:
        story = unit.find(Story)[0]
        unit.change(replace(story, interview_ids=(*story.interview_ids, interview.id)))

    remove_sample(ROBIN, store, NOW)

    with store.unit(ROBIN.owner, NOW) as unit:
        kept = unit.find(Story)
    assert [(one.id, one.interview_ids, one.origin) for one in kept] == [(story.id, (interview.id,), "")]
