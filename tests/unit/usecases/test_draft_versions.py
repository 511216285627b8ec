"""Versions of a draft: kept sparingly, brought back whole, bounded in number."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from debrief.domain.facts import DraftVersion, MessageKind
from debrief.domain.letters import Text
from debrief.store import Store
from debrief.usecases.draft_versions import MOST_VERSIONS, WHILE_TYPING, text_of
from debrief.usecases.notes import Edit, Slot, kept_in, save_draft
from tests.unit.usecases.a_record import ME, NOW, logged_panel


class Desk:
    """One tab that writes one note."""

    def __init__(self, store: Store, slot: Slot) -> None:
        self.store = store
        self.slot = slot
        self.now = NOW
        self.base: Text | None = None

    def write(self, body: str, *, replaces: bool = False, later: timedelta = timedelta()) -> None:
        """Keeps another text, some time later."""
        self.now += later
        edit = Edit(self.base, "one", replaces)
        saved = save_draft(ME, self.store, self.now, self.slot, text=Text("Thanks", body), edit=edit)
        self.base = text_of(saved)

    @property
    def versions(self) -> list[str]:
        """The bodies of the versions, the latest first."""
        return [version.body for version in self._kept()]

    @property
    def times(self) -> list[datetime]:
        """When each was kept."""
        return [version.kept_at for version in self._kept()]

    def _kept(self) -> tuple[DraftVersion, ...]:
        with self.store.unit(ME.owner, self.now) as unit:
            return kept_in(unit, self.slot).versions


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    return Desk(sqlite_store, Slot(logged_panel(sqlite_store).id, MessageKind.THANK_YOU))


def test_a_text_put_in_place_at_once_leaves_the_former_one_as_a_version(desk: Desk) -> None:
    desk.write("Dear all, my own words.")
    desk.write("Dear all, composed anew.", replaces=True)
    desk.write("Dear all, my own words.", replaces=True)

    assert set(desk.versions) == {"Dear all, my own words.", "Dear all, composed anew."}


def test_typing_leaves_one_version_in_ten_minutes_at_most(desk: Desk) -> None:
    for minute in range(31):
        desk.write(f"minute {minute}", later=timedelta(minutes=1))

    assert desk.versions == ["minute 20", "minute 10", "minute 0"]
    assert all(later - earlier >= WHILE_TYPING for later, earlier in zip(desk.times, desk.times[1:], strict=False))


def test_the_same_text_is_no_second_version(desk: Desk) -> None:
    desk.write("one")
    for _ in range(3):
        desk.write("two", replaces=True, later=timedelta(hours=1))
        desk.write("one", replaces=True, later=timedelta(hours=1))

    assert sorted(desk.versions) == ["one", "two"]


def test_saving_what_stands_there_keeps_nothing(desk: Desk) -> None:
    desk.write("one")
    desk.write("one", replaces=True, later=timedelta(hours=1))

    assert desk.versions == []


def test_an_empty_text_is_no_version(sqlite_store: Store, desk: Desk) -> None:
    save_draft(ME, sqlite_store, NOW, desk.slot, text=Text("", " "))
    save_draft(ME, sqlite_store, NOW, desk.slot, text=Text("", "Dear all,"))

    assert desk.versions == []


def test_the_oldest_versions_make_room(desk: Desk) -> None:
    for number in range(MOST_VERSIONS + 5):
        desk.write(f"text {number}", replaces=True, later=timedelta(minutes=1))

    assert len(desk.versions) == MOST_VERSIONS
    assert desk.versions[0] == f"text {MOST_VERSIONS + 3}"
    assert "text 3" not in desk.versions
