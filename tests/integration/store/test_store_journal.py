"""What a labelled unit did is told, and can be taken back as a whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import a_full_case, an_application, an_interview
from store_histories import dump, facts, histories

from debrief.domain.facts import (
    Application,
    Fact,
    Interview,
    Lesson,
    Meeting,
    Message,
    Reflection,
    ReflectionAnswer,
    Story,
)
from debrief.errors import DebriefError, NotFound, Refused, StoreBroken
from debrief.store import Store, Unit, entries_noted
from debrief.store import journal as journal_module
from debrief.store.mapping import KINDS, mapped
from tests.examples import examples

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PLACE = ("id", "version", "question", "item")
"""Fields that say which row it is rather than what stands in it."""


def entry_of(unit: Unit) -> int:
    assert unit.entry is not None
    return unit.entry


def undo(store: Store, now: datetime, entry: int, owner: str = "local") -> int:
    with store.unit(owner, now) as unit:
        unit.undo(entry)
    return entry_of(unit)


def dumped(store: Store, owner: str = "local") -> dict[tuple[str, str], Fact]:
    with store.unit(owner, NOW) as unit:
        return dump(unit)


def test_a_labelled_unit_is_told_with_its_time_and_application(store: Store, now: datetime) -> None:
    application = an_application()
    with store.unit("local", now, "Logged Alder & Finch") as unit:
        unit.add(application)
        interview = unit.add(an_interview(application, now))
    with store.unit("local", now + timedelta(hours=1), "Removed the round") as removing:
        removing.remove(interview)
    with store.unit("local", now) as reader:
        newest, oldest = reader.journal()
    assert (oldest.id, newest.id) == (entry_of(unit), entry_of(removing))
    assert (oldest.sentence, oldest.at, newest.at) == ("Logged Alder & Finch", now, now + timedelta(hours=1))
    assert oldest.application_id == newest.application_id == application.id
    assert (oldest.undoes, oldest.undone) == (None, False)


def test_a_unit_without_a_label_or_without_a_change_is_not_told(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        application = unit.add(an_application())
    with store.unit("local", now, "Looked") as looking:
        looking.get(Application, application.id)
    with store.unit("local", now, "Added and removed") as undecided:
        undecided.remove(undecided.add(Lesson(text="Breathe", created_at=now)))
    with store.unit("local", now, "Wrote the same again") as again:
        again.change(application)
    assert [one.entry for one in (unit, looking, undecided, again)] == [None] * 4
    with store.unit("local", now) as reader:
        assert reader.journal() == ()


def test_entries_are_noted_as_units_write_them_and_no_others(store: Store, now: datetime) -> None:
    with store.unit("local", now, "Logged it before") as before:
        before.add(an_application())
    with entries_noted() as noted:
        with store.unit("local", now, "Changed nothing"):
            pass
        with suppress(RuntimeError), store.unit("local", now, "Failed") as failing:
            failing.add(an_application())
            raise RuntimeError
        assert noted == []
        with store.unit("local", now, "Logged Alder & Finch") as unit:
            application = unit.add(an_application())
        with store.unit("local", now) as typed:
            typed.change(replace(application, source="A friend"))
        assert noted == [entry_of(unit)]
    with store.unit("local", now, "Logged it after") as after:
        after.add(an_application())

    assert noted == [entry_of(unit)]


def test_the_journal_of_an_application_leaves_out_the_others(store: Store, now: datetime) -> None:
    case = a_full_case(now)
    other = an_application("Birch & Sons")
    with store.unit("local", now) as unit:
        unit.add_all([*case, other, an_interview(other, now)])
    for fact in case:  # whatever hangs under the application concerns it
        with store.unit("local", now, type(fact).__name__) as unit:
            unit.change(replace(fact, **otherwise(fact, now)))
    with store.unit("local", now, "Both") as unit:
        unit.change(replace(unit.get(Application, case[0].id), source="fair"))
        unit.change(replace(other, source="fair"))
    with store.unit("local", now) as unit:
        told = {entry.sentence for entry in unit.journal(case[0].id)}
        assert told == {type(fact).__name__ for fact in case} - {"Person", "Story"}
        assert unit.journal(other.id) == ()
        assert [entry.sentence for entry in unit.journal(limit=1)] == ["Both"]
        assert len(unit.journal()) == len(case) + 1


def otherwise(fact: Fact, now: datetime) -> dict[str, Any]:
    """Another value for some field of the fact."""
    named = {"employer": "Ash", "round": "final", "topics": ("pay",), "finished_at": now, "value": "", "body": ""}
    named |= {"note": "by post", "item": "other", "reason": "holiday", "title": "Other", "rating": 1}
    return next({name: value} for name, value in named.items() if hasattr(fact, name))


def test_undoing_an_addition_removes_it_and_undoing_that_brings_it_back(store: Store, now: datetime) -> None:
    with store.unit("local", now, "Logged Alder & Finch") as unit:
        unit.add_all(a_full_case(now))
    before = dumped(store)
    undoing = undo(store, now, entry_of(unit))
    assert dumped(store) == {}
    redoing = undo(store, now, undoing)
    assert dumped(store) == before
    with store.unit("local", now) as reader:
        told = [(one.id, one.sentence, one.undoes, one.undone) for one in reader.journal()]
    assert told == [
        (redoing, "Undid: Undid: Logged Alder & Finch", undoing, False),
        (undoing, "Undid: Logged Alder & Finch", entry_of(unit), True),
        (entry_of(unit), "Logged Alder & Finch", None, False),
    ]


def test_undoing_a_removal_restores_everything_that_went_along(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        case = unit.add_all(a_full_case(now))
    before = dumped(store)
    for gone in (case[0], case[1], case[2]):
        with store.unit("local", now, "Removed") as unit:
            unit.remove(unit.get(type(gone), gone.id))
        assert dumped(store) != before
        undo(store, now, entry_of(unit))
        assert dumped(store) == before


def test_a_tab_that_still_shows_what_was_undone_is_told_so(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        first = unit.add(an_application())
    with store.unit("local", now, "Promoted") as unit:
        shown = unit.change(replace(first, role="Lead analyst"))
    undo(store, now, entry_of(unit))
    with store.unit("local", now) as unit:
        stored = unit.get(Application, first.id)
        assert (stored.role, stored.version) == (first.role, shown.version + 1)


@pytest.mark.parametrize("how", ["changed", "removed", "already undone"])
def test_what_has_changed_since_is_not_undone(store: Store, now: datetime, how: str) -> None:
    with store.unit("local", now) as unit:
        application = unit.add(an_application())
        lesson = unit.add(Lesson(text="Breathe", created_at=now))
    with store.unit("local", now, "Promoted") as promoting:
        lesson = promoting.change(replace(lesson, text="Breathe twice"))
        application = promoting.change(replace(application, role="Lead analyst"))
    if how == "already undone":
        undo(store, now, entry_of(promoting))
    else:
        with store.unit("local", now) as unit:
            if how == "changed":
                unit.change(replace(application, role="Head analyst"))
            else:
                unit.remove(application)
    before = dumped(store)
    with pytest.raises(Refused, match=r"“Promoted”: Something in it has changed since"):
        undo(store, now, entry_of(promoting))
    assert dumped(store) == before


def test_an_addition_with_newer_work_under_it_is_not_undone(store: Store, now: datetime) -> None:
    with store.unit("local", now, "Logged") as logging_it:
        case = logging_it.add_all(a_full_case(now)[:3])
    with store.unit("local", now) as unit:
        unit.add(Reflection(interview_id=case[1].id, questionnaire=1, started_at=now))
    before = dumped(store)
    with pytest.raises(Refused, match="something newer belongs to it"):
        undo(store, now, entry_of(logging_it))
    assert dumped(store) == before


def test_a_failed_undo_keeps_nothing_even_if_the_refusal_is_swallowed(store: Store, now: datetime) -> None:
    with store.unit("local", now, "Logged") as logging_it:
        case = logging_it.add_all(a_full_case(now)[:3])
    with store.unit("local", now) as unit:
        unit.add(Reflection(interview_id=case[1].id, questionnaire=1, started_at=now))
    before = dumped(store)
    with pytest.raises(StoreBroken), store.unit("local", now) as unit, pytest.raises(Refused):
        unit.undo(entry_of(logging_it))
    assert dumped(store) == before


def test_what_cannot_hang_where_it_hung_is_not_put_back(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        case = unit.add_all(a_full_case(now))
    with store.unit("local", now, "Removed the round") as removing:
        removing.remove(case[1])
    with store.unit("local", now) as unit:
        unit.remove(case[0])
    before = dumped(store)
    with pytest.raises(DebriefError):
        undo(store, now, entry_of(removing))
    assert dumped(store) == before


def test_a_place_taken_since_is_not_taken_back(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        case = unit.add_all(a_full_case(now))
    meeting = case[3]
    assert isinstance(meeting, Meeting)
    with store.unit("local", now, "Not there after all") as removing:
        removing.remove(meeting)
    with store.unit("local", now) as unit:
        unit.add(replace(meeting, id="another", topics=()))
    before = dumped(store)
    with pytest.raises(DebriefError, match="has changed since"):
        undo(store, now, entry_of(removing))
    assert dumped(store) == before


def test_a_round_moved_to_a_new_application_moves_back(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        case = unit.add_all(a_full_case(now))
    before = dumped(store)
    interview = case[1]
    assert isinstance(interview, Interview)
    with store.unit("local", now, "Belongs to another employer") as unit:
        other = unit.add(an_application("Birch & Sons"))
        unit.change(replace(interview, application_id=other.id))
        unit.remove(case[0])
    undo(store, now, entry_of(unit))
    assert dumped(store) == before


def test_what_fell_out_of_the_journal_cannot_be_undone(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "KEPT_ENTRIES", 3)
    for number in range(5):
        with store.unit("local", now, f"Added {number}") as unit:
            unit.add(Lesson(text="", created_at=now))
    with store.unit("local", now) as unit:
        assert [entry.sentence for entry in unit.journal()] == ["Added 4", "Added 3", "Added 2"]
    with pytest.raises(NotFound, match="no longer in the journal"):
        undo(store, now, 1)


def test_an_entry_written_before_a_field_existed_can_still_be_undone(store: Store, now: datetime) -> None:
    mapping = mapped(Story)
    story = Story(title="The late release", situation="A Friday", created_at=now)
    older = {name: value for name, value in mapping.to_json(story).items() if name not in ("task", "origin")}
    assert mapping.from_json(older) == story


def test_saving_as_typed_stays_out_of_the_journal_and_under_an_undo(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        case = unit.add_all(a_full_case(now))
    answer = next(fact for fact in case if isinstance(fact, ReflectionAnswer))
    with store.unit("local", now, "Marked as sent") as unit:
        (message,) = unit.find(Message)
        unit.change(replace(message, sent_at=now))
    with store.unit("local", now) as typing:
        typing.change(replace(answer, value="typed since"))
    undo(store, now, entry_of(unit))
    with store.unit("local", now) as unit:
        assert [one.sent_at for one in unit.find(Message)] == [None]
        assert [one.value for one in unit.find(ReflectionAnswer)] == ["typed since"]


def test_a_unit_that_is_written_on_the_way_is_one_entry_and_concerns_what_it_concerned(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "HELD", 2)
    case = a_full_case(now)
    with store.unit("local", now, "Logged it all") as unit:
        added = unit.add_all(case)
        word = unit.change(replace(added[0], source="fair"))
    with store.unit("local", now) as reader:
        (told,) = reader.journal()
    assert (told.sentence, told.application_id) == ("Logged it all", word.id)
    undo(store, now, told.id)
    assert dumped(store) == {}


def do_something(data: st.DataObject, unit: Unit, stem: str) -> None:
    """One to three random changes: a new value, a removal, a new history."""
    for number in range(data.draw(st.integers(1, 3))):
        there = [fact for kind in KINDS for fact in unit.find(kind)]
        what = data.draw(st.sampled_from(["add", "change", "remove"]))
        if what == "add" or not there:
            unit.add_all(data.draw(histories(f"{stem}/{number}/")))
        elif what == "remove":
            unit.remove(data.draw(st.sampled_from(there)))
        else:
            fact = data.draw(st.sampled_from(there))
            fresh = data.draw(facts(type(fact)))
            kept = [name for name in mapped(type(fact)).names if name in PLACE or name.endswith("_id")]
            unit.change(replace(fresh, **{name: getattr(fact, name) for name in kept}))


@pytest.mark.parametrize("held", [2, journal_module.HELD], ids=["written on the way", "held to the end"])
@settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_undoing_everything_backwards_and_forwards_again_gives_every_state_back(
    lasting_store: Store, monkeypatch: pytest.MonkeyPatch, held: int, data: st.DataObject
) -> None:
    monkeypatch.setattr(journal_module, "HELD", held)
    monkeypatch.setattr(journal_module, "READ_AT_ONCE", held)
    owner = uuid4().hex
    states = [dumped(lasting_store, owner)]
    entries: list[int] = []
    for number in range(data.draw(st.integers(1, 4))):
        with lasting_store.unit(owner, NOW, f"Step {number}") as unit:
            do_something(data, unit, str(number))
        if unit.entry is not None:
            entries.append(unit.entry)
            states.append(dumped(lasting_store, owner))
    undone: list[int] = []
    for entry, state in zip(reversed(entries), states[-2::-1], strict=True):
        undone.append(undo(lasting_store, NOW, entry, owner))
        assert dumped(lasting_store, owner) == state
    for entry, state in zip(reversed(undone), states[1:], strict=True):
        undo(lasting_store, NOW, entry, owner)
        assert dumped(lasting_store, owner) == state
