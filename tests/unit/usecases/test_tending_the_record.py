"""Taking things out of the record, backups, and deleting everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from debrief.domain.facts import Application, DecisionKind, Interview, Message, MessageKind, Word
from debrief.domain.letters import Text
from debrief.errors import Conflict, NotFound
from debrief.store import Store
from debrief.usecases.answers import WordEntry, decide, log_word
from debrief.usecases.housekeeping import (
    backups_of,
    delete_everything,
    keep_daily_backup,
    make_backup,
    restore_backup,
)
from debrief.usecases.notes import Slot, save_draft
from debrief.usecases.record import remove_application, remove_entry, remove_interview, undo
from tests.unit.usecases.a_record import ME, NOW, logged, logged_panel, reflecting, round_of


def undo_the_last(store: Store) -> str:
    with store.unit(ME.owner, NOW) as unit:
        (done, *_) = unit.journal()
    undo(ME, store, NOW, done.id)
    return done.sentence


def full_round(store: Store) -> Interview:
    """A panel with a reflection, a draft, a word and a decision."""
    interview = logged_panel(store)
    reflecting(store, interview, went_well="I stayed calm")
    slot = Slot(interview.id, MessageKind.THANK_YOU)
    save_draft(ME, store, NOW, slot, text=Text("Thanks", "Dear all,"))
    log_word(ME, store, NOW, interview.id, WordEntry(what=Word.UPDATE, at=NOW))
    decide(ME, store, NOW, interview.id, what=DecisionKind.LET_GO, at=NOW)
    return interview


def test_an_application_goes_with_everything_and_comes_back_as_it_was(sqlite_store: Store) -> None:
    interview = full_round(sqlite_store)
    before = round_of(sqlite_store, interview)

    remove_application(ME, sqlite_store, NOW, interview.application_id)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.courses() == ()
        assert unit.find(Message) == []

    assert undo_the_last(sqlite_store) == "Deleted Brightwater Energy, Data Analyst"
    after = round_of(sqlite_store, interview)
    assert [met.person.name for met in after.met] == [met.person.name for met in before.met]
    assert {key: answer.value for key, answer in after.answers.items()} == {"went_well": "I stayed calm"}
    assert [message.body for message in after.messages] == ["Dear all,"]
    assert (len(after.heard), len(after.decisions)) == (1, 1)


def test_a_round_goes_alone(sqlite_store: Store) -> None:
    first = full_round(sqlite_store)
    second = logged(sqlite_store, round="Final")

    remove_interview(ME, sqlite_store, NOW, first.id)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert [one.interview.id for one in unit.course(second.application_id).rounds] == [second.id]
    assert undo_the_last(sqlite_store) == "Deleted the round Panel"
    assert round_of(sqlite_store, first).interview.round == "Panel"


def test_an_answer_a_decision_and_a_note_each_go_alone_and_come_back(sqlite_store: Store) -> None:
    interview = full_round(sqlite_store)
    one = round_of(sqlite_store, interview)

    for entry in (*one.heard, *one.decisions, *one.messages):
        remove_entry(ME, sqlite_store, NOW, entry)
        after = round_of(sqlite_store, interview)
        left = (*after.heard, *after.decisions, *after.messages)
        assert {other.id for other in left} == {
            other.id for other in (*one.heard, *one.decisions, *one.messages) if other.id != entry.id
        }
        assert undo_the_last(sqlite_store).startswith("Deleted ")


def test_nobody_takes_back_what_another_owner_did(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)
    with sqlite_store.unit(ME.owner, NOW) as unit:
        (done,) = unit.journal()

    with pytest.raises(NotFound):
        undo(replace(ME, owner="somebody else"), sqlite_store, NOW, done.id)

    assert round_of(sqlite_store, interview).interview == interview


def test_an_entry_that_changed_since_it_was_seen_is_not_deleted(sqlite_store: Store) -> None:
    interview = full_round(sqlite_store)
    (seen,) = round_of(sqlite_store, interview).messages
    save_draft(ME, sqlite_store, NOW, Slot(interview.id, MessageKind.THANK_YOU), text=Text("Thanks", "Dear both,"))

    with pytest.raises(Conflict):
        remove_entry(ME, sqlite_store, NOW, seen)

    assert round_of(sqlite_store, interview).messages[0].body == "Dear both,"


def test_another_owners_application_cannot_be_deleted(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)

    with pytest.raises(NotFound):
        remove_application(replace(ME, owner="somebody else"), sqlite_store, NOW, interview.application_id)


def test_a_backup_by_hand_is_listed_and_can_be_gone_back_to(sqlite_store: Store) -> None:
    interview = logged(sqlite_store)
    made = make_backup(sqlite_store, NOW)
    remove_application(ME, sqlite_store, NOW, interview.application_id)

    (backup,) = backups_of(sqlite_store)
    assert backup.path == made
    restore_backup(sqlite_store, NOW + timedelta(minutes=1), backup)

    assert round_of(sqlite_store, interview).interview.round == "Panel"
    assert len(backups_of(sqlite_store)) == 2, "what was there before was backed up first"


def test_the_daily_backup_is_made_once_a_day(sqlite_store: Store) -> None:
    for hours in (0, 1, 30):
        keep_daily_backup(sqlite_store, NOW + timedelta(hours=hours))

    assert [backup.at for backup in backups_of(sqlite_store)] == [NOW + timedelta(hours=30), NOW]


def test_a_record_on_a_server_has_no_backups_here(postgresql_store: Store) -> None:
    keep_daily_backup(postgresql_store, NOW)

    assert make_backup(postgresql_store, NOW) is None
    assert backups_of(postgresql_store) == ()


@pytest.mark.parametrize("with_backups", [True, False])
def test_deleting_everything_leaves_other_owners_alone(sqlite_store: Store, *, with_backups: bool) -> None:
    full_round(sqlite_store)
    stranger = replace(ME, owner="somebody else")
    with sqlite_store.unit(stranger.owner, NOW) as unit:
        theirs = unit.add(Application(employer="Kestrel Rail", role="Planner"))
    make_backup(sqlite_store, NOW)

    gone = delete_everything(ME, sqlite_store, NOW, with_backups=with_backups)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.courses() == ()
        assert unit.journal() == ()
    with sqlite_store.unit(stranger.owner, NOW) as unit:
        assert unit.find(Application) == [theirs]
    assert {"1 application", "1 interview", "2 people"} <= set(gone)
    assert ("1 backup" in gone) is with_backups
    assert not any("_" in one or "journal" in one for one in gone)
    assert (backups_of(sqlite_store) == ()) is with_backups
