"""A finding can be left as it is, with a reason; it counts again when its words change."""

from __future__ import annotations

import pytest

from debrief.domain.critique import Finding, Place, Severity
from debrief.domain.facts import IgnoredFinding, Message, MessageKind
from debrief.domain.letters import Text
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.ignored_findings import LONGEST_WORDS, Reading, heed_finding, ignore_finding, reading_of, words_of
from debrief.usecases.notes import Slot, kept_in, save_draft
from tests.unit.usecases.a_record import ME, NOW, logged_panel

BODY = "Dear all,\n\nIt was awesome."


@pytest.fixture
def draft(sqlite_store: Store) -> Message:
    slot = Slot(logged_panel(sqlite_store).id, MessageKind.THANK_YOU)
    return save_draft(ME, sqlite_store, NOW, slot, text=Text("Thanks", BODY))


def finding(severity: Severity = Severity.SHOULD, words: str = "awesome", body: str = BODY) -> Finding:
    """Says something about some words of the body; about something missing where they are empty."""
    start = body.index(words) if words else 0
    return Finding(
        rule="too-casual",
        severity=severity,
        place=Place.BODY,
        start=start,
        end=start + len(words),
        message="Chatty.",
        why="",
        sources=("house",),
    )


def ignored(store: Store, draft: Message, found: Finding, reason: str = "I know her.") -> IgnoredFinding:
    return ignore_finding(ME, store, NOW, draft, found, reason=reason)


def read(store: Store, draft: Message, found: Finding, body: str = BODY) -> Reading:
    with store.unit(ME.owner, NOW) as unit:
        slot = Slot(draft.interview_id, draft.kind, draft.person_id, draft.channel)
        return reading_of([found], Text("Thanks", body), kept_in(unit, slot).choices)


def test_a_finding_left_as_it_is_no_longer_hinders(sqlite_store: Store, draft: Message) -> None:
    assert read(sqlite_store, draft, finding()).weighty

    choice = ignored(sqlite_store, draft, finding())

    reading = read(sqlite_store, draft, finding())
    assert not reading.weighty
    assert [(left.finding, left.choice) for left in reading.left] == [(finding(), choice)]
    assert choice.reason == "I know her."


def test_it_is_found_again_where_the_words_moved_but_did_not_change(sqlite_store: Store, draft: Message) -> None:
    ignored(sqlite_store, draft, finding())
    longer = f"Dear all,\n\nThank you.\n\n{BODY[11:]}"

    assert not read(sqlite_store, draft, finding(body=longer), longer).weighty


def test_it_is_back_when_its_words_change(sqlite_store: Store, draft: Message) -> None:
    ignored(sqlite_store, draft, finding())
    changed = BODY.replace("awesome", "super awesome")

    reading = read(sqlite_store, draft, finding(words="super awesome", body=changed), changed)

    assert (len(reading.standing), reading.left) == (1, ())


def test_the_choice_holds_for_one_draft_only(sqlite_store: Store, draft: Message) -> None:
    ignored(sqlite_store, draft, finding())
    other = Slot(draft.interview_id, MessageKind.CHECK_IN)
    another = save_draft(ME, sqlite_store, NOW, other, text=Text("Thanks", BODY))

    assert read(sqlite_store, another, finding()).weighty


def test_the_choice_can_be_taken_back(sqlite_store: Store, draft: Message) -> None:
    choice = ignored(sqlite_store, draft, finding())

    heed_finding(ME, sqlite_store, NOW, choice)
    heed_finding(ME, sqlite_store, NOW, choice)

    assert read(sqlite_store, draft, finding()).weighty


def test_a_must_is_left_only_with_a_reason(sqlite_store: Store, draft: Message) -> None:
    with pytest.raises(Refused, match="why it is right here") as refused:
        ignored(sqlite_store, draft, finding(Severity.MUST), reason=" ")
    assert refused.value.field == "reason"

    ignored(sqlite_store, draft, finding(Severity.MUST), reason="Their own word.")

    assert not read(sqlite_store, draft, finding(Severity.MUST)).weighty


def test_a_lesser_finding_needs_none(sqlite_store: Store, draft: Message) -> None:
    assert ignored(sqlite_store, draft, finding(), reason="").reason == ""


def test_choosing_twice_is_choosing_once(sqlite_store: Store, draft: Message) -> None:
    assert ignored(sqlite_store, draft, finding()) == ignored(sqlite_store, draft, finding(), reason="Again.")


def test_something_missing_is_left_without_words(sqlite_store: Store, draft: Message) -> None:
    ignored(sqlite_store, draft, finding(words=""))

    assert not read(sqlite_store, draft, finding(words="")).weighty


def test_long_words_are_told_apart_by_their_end_too() -> None:
    one, other = "x" * 5000 + " end", "x" * 5000 + " end!"

    first, second = (words_of(finding(words=body, body=body), Text("", body)) for body in (one, other))

    assert first != second
    assert len(first) <= LONGEST_WORDS


def test_a_tip_hinders_nobody(sqlite_store: Store, draft: Message) -> None:
    assert not read(sqlite_store, draft, finding(Severity.TIP)).weighty
