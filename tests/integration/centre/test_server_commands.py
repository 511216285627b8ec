"""The command line of a server: whose record must be said, only administrators may, and the log knows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from debrief import cli_server
from debrief.cli import main
from debrief.content.centre import CENTRE_VARIABLE
from debrief.domain.centre import Role
from debrief.store import open_store
from tests.app.centre import AMINA, BELA, CENTRE

ON_A_RECORD = (["export", "--format", "json"], ["sample"], ["due-calendar"])
ON_ALL_RECORDS = (["backup"],)


@pytest.fixture
def url(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The database of a server that is run by the system's user ada."""
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE.replace("nobody-here", "ada"), encoding="utf-8")
    monkeypatch.setenv("DEBRIEF_MODE", "server")
    monkeypatch.setenv(CENTRE_VARIABLE, str(file))
    monkeypatch.setenv("DEBRIEF_DATABASE_URL", store_url)
    monkeypatch.setattr(cli_server, "_system_user", lambda: "ada")
    return store_url


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.mark.parametrize("command", ON_A_RECORD, ids=" ".join)
def test_a_server_wants_to_know_whose_record(url: str, command: list[str]) -> None:
    done = run(*command)

    assert done.exit_code == 2
    assert "Say whose with --owner" in done.stderr


@pytest.mark.parametrize("command", [*([*one, "--owner", AMINA.owner] for one in ON_A_RECORD), *ON_ALL_RECORDS])
def test_only_an_administrator_works_on_records(url: str, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_server, "_system_user", lambda: "mallory")

    done = run(*command)

    assert done.exit_code == 1
    assert "mallory" in done.stderr
    assert done.stdout == ""


def test_an_administrator_reaches_one_record_and_the_log_says_so(url: str) -> None:
    assert run("sample", "--owner", AMINA.owner).exit_code == 0

    done = run("export", "--format", "csv-interviews", "--owner", BELA.owner)

    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    store = open_store(url)
    with store.centre("anybody", Role.ADMINISTRATOR, datetime.now(UTC)) as centre:
        noted = {(line.who, line.what, line.whose) for line in centre.log()}
    store.close()
    assert noted == {
        ("command line: ada", "sample", AMINA.owner),
        ("command line: ada", "export", BELA.owner),
    }


def test_a_server_without_a_list_opens_no_record(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(CENTRE_VARIABLE)

    done = run("export", "--format", "json", "--owner", AMINA.owner)

    assert done.exit_code == 1
    assert CENTRE_VARIABLE in done.stderr


def test_on_ones_own_machine_nothing_has_to_be_said(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBRIEF_MODE")
    monkeypatch.setattr(cli_server, "_system_user", lambda: "mallory")

    assert run("export", "--format", "json").exit_code == 0
