"""On a server the log says what somebody took out of their record; on one's own machine nothing is noted."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief.content.centre import CENTRE_VARIABLE
from debrief.domain.centre import Role
from debrief.store import Store
from debrief.usecases.actor import Actor
from tests.app.centre import AMINA, BELA, CENTRE
from ui.kit import session, taken

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(record: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A server's record, at whose screen Amina sits."""
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE, encoding="utf-8")
    monkeypatch.setenv("DEBRIEF_MODE", "server")
    monkeypatch.setenv(CENTRE_VARIABLE, str(file))
    monkeypatch.setattr(session, "actor", lambda: Actor(AMINA.owner))
    monkeypatch.setattr(session, "store", lambda: record)
    return record


def lines(store: Store) -> list[tuple[str, str, str, str]]:
    with store.centre("anybody", Role.ADMINISTRATOR, datetime.now(UTC)) as centre:
        return [(line.who, line.what, line.whose, line.about) for line in centre.log()]


def test_the_log_says_what_was_taken_once_it_is_taken(server: Store) -> None:
    make = taken.noted("everything, json", lambda: b"{}")
    assert lines(server) == []

    assert make() == b"{}"
    assert lines(server) == [(AMINA.owner, "exported", AMINA.owner, "everything, json")]


def test_what_could_not_be_made_was_not_taken(server: Store) -> None:
    def broken() -> bytes:
        raise ValueError("no ink")

    with pytest.raises(ValueError, match="no ink"):
        taken.noted("chart, png", broken)()

    assert lines(server) == []


@pytest.mark.parametrize("content", [b"the whole record", "the whole record"])
def test_a_file_opens_for_whoever_had_it_made(server: Store, content: bytes | str) -> None:
    taken.noted("everything, json", lambda: content)()

    assert taken.FILES.may_open(AMINA.owner, b"the whole record")
    assert not taken.FILES.may_open(BELA.owner, b"the whole record")
    assert not taken.FILES.may_open(AMINA.owner, b"another record")


def test_two_who_made_the_same_file_both_open_it_and_the_oldest_are_forgotten() -> None:
    files = taken.Files(remembered=2)
    files.made_for("amina", b"1")
    files.made_for("bela", b"1")
    files.made_for("amina", b"2")
    assert files.may_open("amina", b"1")
    assert files.may_open("bela", b"1")

    files.made_for("amina", b"3")

    assert not files.may_open("amina", b"1")
    assert files.may_open("amina", b"2")


def test_every_download_of_every_page_is_noted() -> None:
    unnoted: list[str] = []
    seen = 0
    for file in [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "download_button":
                seen += 1
                given = [*call.args[1:2], *(one.value for one in call.keywords if one.arg == "data")]
                if [ast.unparse(one.func) for one in given if isinstance(one, ast.Call)] != ["noted"]:
                    unnoted.append(f"{file.relative_to(ROOT)}:{call.lineno}")
    assert seen > 10
    assert unnoted == []


def test_on_ones_own_machine_nothing_is_noted(record: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBRIEF_MODE", raising=False)

    assert taken.noted("everything, json", lambda: b"{}")() == b"{}"
    assert lines(record) == []
