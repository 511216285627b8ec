"""On a server the log says what somebody took out of their record; on one's own machine nothing is noted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief.content.centre import CENTRE_VARIABLE
from debrief.domain.centre import Role
from debrief.store import Store
from debrief.usecases.actor import Actor
from tests.app.centre import AMINA, CENTRE
from ui.kit import session, taken


def lines(store: Store) -> list[tuple[str, str, str, str]]:
    with store.centre("anybody", Role.ADMINISTRATOR, datetime.now(UTC)) as centre:
        return [(line.who, line.what, line.whose, line.about) for line in centre.log()]


def test_the_log_says_what_was_taken_once_it_is_taken(
    record: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE, encoding="utf-8")
    monkeypatch.setenv("DEBRIEF_MODE", "server")
    monkeypatch.setenv(CENTRE_VARIABLE, str(file))
    monkeypatch.setattr(session, "actor", lambda: Actor(AMINA.owner))
    monkeypatch.setattr(session, "store", lambda: record)

    make = taken.noted("everything, json", lambda: b"{}")
    assert lines(record) == []

    assert make() == b"{}"
    assert lines(record) == [(AMINA.owner, "exported", AMINA.owner, "everything, json")]


def test_on_ones_own_machine_nothing_is_noted(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBRIEF_MODE", raising=False)

    assert taken.noted("everything, json", lambda: b"{}")() == b"{}"
    assert lines(record) == []
