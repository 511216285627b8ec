"""The critique is handed what the record knows: about this note, and about everybody else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from debrief.content import load_content
from debrief.domain.critique import CritiqueRules, Finding, Letter, RecordFacts, Timing
from debrief.domain.facts import Channel, DecisionKind, Interview, MessageKind, RoundState, Word
from debrief.domain.letters import Text
from debrief.errors import NotFound
from debrief.store import Store
from debrief.usecases import review as reviewing
from debrief.usecases.answers import WordEntry, decide, log_word
from debrief.usecases.log_interview import PersonEntry
from debrief.usecases.notes import Slot, mark_sent, save_draft
from debrief.usecases.review import Reader, review
from tests.house_rules import BOOK
from tests.unit.usecases.a_record import ME, NOW, logged, logged_panel, person_named, reflecting

READER = Reader(load_content().critique, BOOK.rules["standard"])


@pytest.fixture
def interview(sqlite_store: Store) -> Interview:
    """Yesterday's panel."""
    return logged_panel(sqlite_store)


@pytest.fixture
def to_dana(sqlite_store: Store, interview: Interview) -> Slot:
    """The thank-you to Dana."""
    return Slot(interview.id, MessageKind.THANK_YOU, person_named(sqlite_store, interview, "Dana Whitfield"))


@pytest.fixture
def to_kofi(sqlite_store: Store, interview: Interview) -> Slot:
    """The thank-you to Kofi."""
    return Slot(interview.id, MessageKind.THANK_YOU, person_named(sqlite_store, interview, "Kofi Mensah"))


class Desk:
    """Stands in for the critique and notes what it is given."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.read: list[tuple[Letter, RecordFacts]] = []

    def __call__(
        self, letter: Letter, record: RecordFacts, rules: CritiqueRules, meaning: object
    ) -> tuple[Finding, ...]:
        assert (rules, meaning) == (READER.rules, None)
        self.read.append((letter, record))
        return ()

    def facts(self, slot: Slot, at: datetime = NOW, body: str = "A body") -> RecordFacts:
        """What the critique is told about a draft in this slot."""
        assert review(ME, self.store, at, slot, text=Text("A subject", body), reader=READER) == ()
        letter, record = self.read[-1]
        assert letter == Letter(kind=slot.kind, channel=slot.channel, subject="A subject", body=body)
        return record


@pytest.fixture
def desk(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The record, and a critique that notes what it is told."""
    noting = Desk(sqlite_store)
    monkeypatch.setattr(reviewing, "critique", noting)
    return noting


def test_findings_come_back_from_the_critique(sqlite_store: Store, to_dana: Slot) -> None:
    found = review(ME, sqlite_store, NOW, to_dana, text=Text("Thank you", "Dear [name],"), reader=READER)

    assert "placeholder-left" in {finding.rule for finding in found}


def test_the_notes_own_facts_are_told(desk: Desk, sqlite_store: Store, to_dana: Slot) -> None:
    assert desk.facts(to_dana).sender is None
    with sqlite_store.unit(ME.owner, NOW) as unit:
        unit.set_setting("sender_name", "Aisyah Rahman")

    facts = desk.facts(to_dana)

    assert (facts.sender, facts.recipient) == ("Aisyah Rahman", "Dana Whitfield")
    assert (facts.company, facts.role) == ("Brightwater Energy", "Data Analyst")
    assert facts.details == ("the smart meters", "how on-call works")


def test_a_note_to_the_team_has_no_recipient_and_no_details(desk: Desk, interview: Interview) -> None:
    facts = desk.facts(Slot(interview.id, MessageKind.CHECK_IN))

    assert (facts.recipient, facts.details) == (None, ())


EVERYBODY = "Mei, Kofi and Souza: a night engineer or ANALYST at Oakline’s, Kestrel or Brightwater, says Dana."


def test_whatever_else_the_letter_touches_is_told_as_other(desk: Desk, sqlite_store: Store, to_dana: Slot) -> None:
    for employer, role, name in [
        ("Kestrel Rail", "Night Planner", "Mei Tan"),
        ("brightwater energy", "Data Engineer", "Dana Whitfield"),
        ("Oakline", "data analyst", "Ana Souza"),
    ]:
        logged(sqlite_store, employer=employer, role=role, people=(PersonEntry(name=name),))

    facts = desk.facts(to_dana, body=EVERYBODY)

    assert facts.other_companies == ("Kestrel Rail", "Oakline")
    assert facts.other_roles == ("Data Engineer", "Night Planner")
    assert facts.other_people == ("Ana Souza", "Kofi Mensah", "Mei Tan")
    assert desk.facts(to_dana, body="Of the rail alone").other_companies == ("Kestrel Rail",)
    assert desk.facts(to_dana, body="Of nobody").other_people == ()


def test_notes_of_the_same_kind_to_the_others_are_told_but_not_this_one(
    desk: Desk, sqlite_store: Store, to_dana: Slot, to_kofi: Slot
) -> None:
    save_draft(ME, sqlite_store, NOW, to_dana, text=Text("Thanks", "Dear Dana,"))
    save_draft(ME, sqlite_store, NOW, to_kofi, text=Text("Thanks", "Dear Kofi,"))
    connect = Slot(to_kofi.interview_id, MessageKind.CONNECT, to_kofi.person_id, Channel.LINKEDIN)
    save_draft(ME, sqlite_store, NOW, connect, text=Text("", "Hello Kofi"))

    assert desk.facts(to_dana).other_notes == ("Dear Kofi,",)
    mark_sent(ME, sqlite_store, NOW, to_kofi, NOW)
    assert desk.facts(to_dana).other_notes == ("Dear Kofi,",)


@pytest.mark.parametrize(
    ("word", "stage", "offered"),
    [
        (Word.UPDATE, "waiting", False),
        (Word.REJECTED, "rejected", False),
        (Word.ADVANCED, "advanced", False),
        (Word.OFFER, "offer", True),
    ],
)
def test_the_stage_follows_the_last_word(
    desk: Desk, sqlite_store: Store, to_dana: Slot, word: Word, stage: str, *, offered: bool
) -> None:
    log_word(ME, sqlite_store, NOW, to_dana.interview_id, WordEntry(what=word, at=NOW))

    facts = desk.facts(to_dana)

    assert (facts.stage, facts.offered) == (stage, offered)


def test_an_offer_stays_on_record_after_it_was_declined(desk: Desk, sqlite_store: Store, to_dana: Slot) -> None:
    log_word(ME, sqlite_store, NOW, to_dana.interview_id, WordEntry(what=Word.OFFER, at=NOW))
    decide(ME, sqlite_store, NOW, to_dana.interview_id, what=DecisionKind.DECLINED, at=NOW)

    assert desk.facts(to_dana).offered


def test_a_thank_you_clarifies_once_there_is_a_loose_end(
    desk: Desk, sqlite_store: Store, interview: Interview, to_dana: Slot
) -> None:
    assert not desk.facts(to_dana).clarifies

    reflecting(sqlite_store, interview, loose_end="I speak some Welsh")

    assert desk.facts(to_dana).clarifies
    assert not desk.facts(Slot(interview.id, MessageKind.CHECK_IN)).clarifies


def test_a_check_in_is_too_soon_until_its_day(desk: Desk, interview: Interview) -> None:
    slot = Slot(interview.id, MessageKind.CHECK_IN)

    early = desk.facts(slot).timing
    assert early
    assert early.too_soon
    assert desk.facts(slot, datetime(2026, 3, 11, 12, tzinfo=UTC)).timing == Timing()


@pytest.mark.parametrize("state", [RoundState.NO_SHOW, RoundState.CANCELLED])
def test_a_round_that_was_not_held_has_no_timing(desk: Desk, sqlite_store: Store, state: RoundState) -> None:
    missed = logged(sqlite_store, state=state, on=date(2026, 2, 2))

    assert desk.facts(Slot(missed.id, MessageKind.THANK_YOU)).timing is None


def test_nothing_is_reviewed_for_an_interview_that_is_gone(sqlite_store: Store) -> None:
    with pytest.raises(NotFound):
        review(ME, sqlite_store, NOW, Slot("0" * 32, MessageKind.THANK_YOU), text=Text("", ""), reader=READER)
