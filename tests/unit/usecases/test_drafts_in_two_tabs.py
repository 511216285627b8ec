"""Two tabs on one note: neither silently wins, and what lost stays in the record."""

from __future__ import annotations

import threading

import pytest

from debrief.domain.facts import Message, MessageKind
from debrief.domain.letters import Text
from debrief.errors import Conflict, Refused
from debrief.store import Store
from debrief.usecases.draft_versions import text_of
from debrief.usecases.notes import Edit, Kept, Slot, kept_in, mark_sent, save_draft, settle_draft, take_back_sent
from tests.unit.usecases.a_record import ME, NOW, logged_panel, person_named

READ = Text("Thanks", "as both tabs read it")


@pytest.fixture
def to_dana(sqlite_store: Store) -> Slot:
    """The thank-you to Dana."""
    interview = logged_panel(sqlite_store)
    return Slot(interview.id, MessageKind.THANK_YOU, person_named(sqlite_store, interview, "Dana Whitfield"))


def typed(store: Store, slot: Slot, body: str, *, base: Text | None, tab: str) -> Message:
    """A save of one tab."""
    return save_draft(ME, store, NOW, slot, text=Text(READ.subject, body), edit=Edit(base, tab))


def kept(store: Store, slot: Slot) -> Kept:
    with store.unit(ME.owner, NOW) as unit:
        return kept_in(unit, slot)


@pytest.fixture
def disputed(sqlite_store: Store, to_dana: Slot) -> Slot:
    """Two tabs wrote over the same text; the first one's stands."""
    typed(sqlite_store, to_dana, READ.body, base=None, tab="one")
    typed(sqlite_store, to_dana, "from the first tab", base=READ, tab="one")
    typed(sqlite_store, to_dana, "from the second tab", base=READ, tab="two")
    return to_dana


def test_typing_in_one_tab_goes_on_undisturbed(sqlite_store: Store, to_dana: Slot) -> None:
    typed(sqlite_store, to_dana, "Dear", base=None, tab="one")
    typed(sqlite_store, to_dana, "Dear Dana,", base=Text("Thanks", "Dear"), tab="one")

    now = kept(sqlite_store, to_dana)
    assert now.draft
    assert (now.draft.body, now.rivals) == ("Dear Dana,", ())


def test_the_later_of_two_tabs_is_set_aside_and_both_texts_are_kept(sqlite_store: Store, disputed: Slot) -> None:
    now = kept(sqlite_store, disputed)

    assert now.draft
    assert now.draft.body == "from the first tab"
    assert now.rivals == (Text("Thanks", "from the second tab"),)


def test_what_a_tab_goes_on_typing_takes_the_place_of_what_it_had_set_aside(
    sqlite_store: Store, disputed: Slot
) -> None:
    typed(sqlite_store, disputed, "from the second tab, and more", base=READ, tab="two")

    assert kept(sqlite_store, disputed).rivals == (Text("Thanks", "from the second tab, and more"),)


def test_while_texts_are_at_odds_the_first_tab_types_on_and_the_other_text_stays(
    sqlite_store: Store, disputed: Slot
) -> None:
    typed(sqlite_store, disputed, "more of the first", base=Text("Thanks", "from the first tab"), tab="one")

    now = kept(sqlite_store, disputed)
    assert now.draft
    assert now.draft.body == "more of the first"
    assert now.rivals == (Text("Thanks", "from the second tab"),)


def test_a_tab_that_comes_to_the_same_text_ends_its_own_dispute(sqlite_store: Store, disputed: Slot) -> None:
    typed(sqlite_store, disputed, "from the first tab", base=READ, tab="two")

    assert kept(sqlite_store, disputed).rivals == ()


@pytest.mark.parametrize("chosen", ["from the first tab", "from the second tab"])
def test_the_text_that_was_not_chosen_stays_among_the_versions(
    sqlite_store: Store, disputed: Slot, chosen: str
) -> None:
    draft = kept(sqlite_store, disputed).draft
    assert draft

    settle_draft(ME, sqlite_store, NOW, disputed, seen=draft, text=Text("Thanks", chosen))

    now = kept(sqlite_store, disputed)
    assert now.draft
    assert (now.draft.body, now.rivals) == (chosen, ())
    texts = {version.body for version in now.versions} | {chosen}
    assert {"from the first tab", "from the second tab"} <= texts


def test_a_choice_made_on_an_older_state_is_not_taken(sqlite_store: Store, disputed: Slot) -> None:
    draft = kept(sqlite_store, disputed).draft
    assert draft
    typed(sqlite_store, disputed, "and a third text", base=READ, tab="three")

    with pytest.raises(Conflict, match="changed once more"):
        settle_draft(ME, sqlite_store, NOW, disputed, seen=draft, text=READ)

    assert len(kept(sqlite_store, disputed).rivals) == 2


def test_a_note_at_odds_is_not_marked_as_sent(sqlite_store: Store, disputed: Slot) -> None:
    with pytest.raises(Refused, match="Choose which one to keep"):
        mark_sent(ME, sqlite_store, NOW, disputed, NOW)


def test_a_note_taken_back_and_one_begun_since_are_both_shown(sqlite_store: Store, to_dana: Slot) -> None:
    save_draft(ME, sqlite_store, NOW, to_dana, text=Text("Thanks", "the one that went out"))
    sent = mark_sent(ME, sqlite_store, NOW, to_dana, NOW)
    save_draft(ME, sqlite_store, NOW, to_dana, text=Text("Thanks", "one begun since"))

    take_back_sent(ME, sqlite_store, NOW, sent)

    now = kept(sqlite_store, to_dana)
    assert now.draft
    assert {now.draft.body, *(rival.body for rival in now.rivals)} == {"the one that went out", "one begun since"}

    settle_draft(ME, sqlite_store, NOW, to_dana, seen=now.draft, text=Text("Thanks", "one begun since"))

    after = kept(sqlite_store, to_dana)
    assert after.draft
    assert (after.draft.body, after.rivals) == ("one begun since", ())
    assert "the one that went out" in {version.body for version in after.versions} | {after.draft.body}


def test_tabs_that_begin_a_note_in_the_same_moment_lose_nothing(sqlite_store: Store, to_dana: Slot) -> None:
    texts = [f"from tab {number}" for number in range(4)]
    tabs = [
        threading.Thread(target=typed, args=(sqlite_store, to_dana, text), kwargs={"base": None, "tab": text})
        for text in texts
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    now = kept(sqlite_store, to_dana)
    assert now.draft
    assert sorted([now.draft.body, *(rival.body for rival in now.rivals)]) == texts
    assert text_of(now.draft).subject == "Thanks"
