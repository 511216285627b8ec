"""Every command of `python -m debrief`: what it gives, how it refuses, and that it is documented."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from debrief.cli import main

ROOT = Path(__file__).resolve().parents[2]
CASE = {
    "rules": "standard",
    "now": "2026-03-03T12:00:00+01:00",
    "country": None,
    "good_rapport": True,
    "interview": {"ended_at": "2026-03-02T15:00:00+01:00", "timezone": "Europe/Berlin", "reply_by": None},
    "people": [{"name": "Dana Whitfield", "recruiter": False}],
    "reflected_at": None,
    "sent": [],
    "heard": [],
    "decided": [],
}
HISTORY = "\n".join(
    [
        "company,role,round,ended_at,timezone,first_word_at,answer,answered_at,decision,decided_at,source,"
        "thank_you_at,self_rating",
        "Alder Ltd,Analyst,phone,2026-02-02T10:00:00+00:00,Europe/London,2026-02-05T10:00:00+00:00,advanced,"
        "2026-02-05T10:00:00+00:00,,,board,,4",
        "Birch Ltd,Analyst,phone,2026-02-09T10:00:00+00:00,Europe/London,,,,,,board,,3",
        "",
    ]
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which the commands use."""
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("DEBRIEF_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    done = CliRunner().invoke(main, list(arguments), input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_every_command_is_documented_and_has_help() -> None:
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

    for name in main.commands:
        assert f"| `{name}" in documented, name
        assert run(name, "--help").exit_code == 0


def test_due_gives_the_steps_of_one_case() -> None:
    done = run("due", stdin=json.dumps(CASE))

    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert answer["status"] == "waiting"
    assert [step["step"] for step in answer["steps"]][:2] == ["reflect", "thank_you"]


def test_due_refuses_one_bad_case_of_an_array_by_its_index_and_prints_nothing() -> None:
    bad = {**CASE, "country": "XX"}

    done = run("due", stdin=json.dumps([CASE, bad]))

    assert done.exit_code == 1
    assert done.stdout == ""
    assert "1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', "\x00"])
def test_due_refuses_what_is_no_case_with_a_sentence(text: str) -> None:
    done = run("due", stdin=text)

    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.strip()) > 10


def test_critique_answers_line_by_line_and_goes_on_after_a_bad_one() -> None:
    draft = {"id": "a", "kind": "thank_you", "channel": "email", "body": "Dear [Name],\n\nThanks.\n"}

    lines = [json.dumps(draft), "not json", json.dumps({**draft, "id": "b"})]

    done = run("critique", "--no-meaning", stdin="\n".join(lines))

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert [answer["id"] for answer in answers] == ["a", None, "b"]
    assert "placeholder-left" in {finding["rule"] for finding in answers[0]["findings"]}
    assert "error" in answers[1]


def test_insights_gives_the_figures_of_a_history(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(HISTORY, encoding="utf-8")

    done = run("insights", "--now", "2026-03-01T00:00:00+00:00", str(file))

    figures = json.loads(done.stdout)
    assert done.exit_code == 0
    assert (figures["n"], figures["waiting"]) == (2, 1)
    assert figures["first_word"]["times"] == [3]


def test_insights_refuses_a_now_before_the_last_event(tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    file.write_text(HISTORY, encoding="utf-8")

    done = run("insights", "--now", "2026-02-03T00:00:00+00:00", str(file))

    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.strip()


def test_the_whole_record_goes_out_and_comes_back_the_same(folder: Path) -> None:
    assert run("sample").exit_code == 0
    first = run("export", "--format", "json")
    file = folder / "debrief.json"
    file.write_text(first.stdout, encoding="utf-8")
    other = f"sqlite:///{folder / 'other.db'}"

    assert run("import", "--dry-run", str(file), "--database", other).exit_code == 0
    assert run("import", str(file), "--database", other).exit_code == 0

    assert run("export", "--format", "json", "--database", other).stdout == first.stdout


def test_another_owner_sees_nothing_of_it(folder: Path) -> None:
    run("sample")

    exported = json.loads(run("export", "--format", "json", "--owner", "somebody").stdout)

    assert exported["applications"] == []


def test_a_backup_is_made_and_restored(folder: Path) -> None:
    run("sample")
    before = run("export", "--format", "json").stdout
    assert run("backup").exit_code == 0
    (backup,) = (folder / "data" / "backups").glob("*.db")
    run("sample", "--remove")

    assert run("restore", str(backup)).exit_code == 0

    assert run("export", "--format", "json").stdout == before


def damage(database: Path) -> None:
    """Overwrites everything behind the first page, and lets go of what was not yet in the file."""
    database.with_name(f"{database.name}-wal").unlink(missing_ok=True)
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def make_newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE schema_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize("spoil", [damage, make_newer])
def test_a_record_that_does_not_open_is_restored_and_what_was_there_is_kept(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    run("sample")
    before = run("export", "--format", "json").stdout
    run("backup")
    (backup,) = (folder / "data" / "backups").glob("*.db")
    spoil(folder / "data" / "debrief.db")
    assert run("export", "--format", "json").exit_code == 1

    done = run("restore", str(backup))

    assert done.exit_code == 0, done.stderr
    assert run("export", "--format", "json").stdout == before
    (kept,) = set((folder / "data" / "backups").glob("*.db")) - {backup}
    assert str(kept) in done.stderr


def test_a_backup_is_restored_where_there_is_no_record_yet(folder: Path) -> None:
    run("sample")
    before = run("export", "--format", "json").stdout
    run("backup")
    (backup,) = (folder / "data" / "backups").glob("*.db")
    elsewhere = f"sqlite:///{folder / 'new' / 'place' / 'debrief.db'}"

    done = run("restore", str(backup), "--database", elsewhere)

    assert done.stderr.strip() == f"Restored from {backup}. There was no record before."
    assert run("export", "--format", "json", "--database", elsewhere).stdout == before
    assert (folder / "new" / "place").stat().st_mode & 0o077 == 0


def test_another_programs_database_is_not_restored_over(folder: Path) -> None:
    run("sample")
    run("backup")
    (backup,) = (folder / "data" / "backups").glob("*.db")
    stranger = folder / "stranger.db"
    with closing(sqlite3.connect(stranger)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = stranger.read_bytes()

    done = run("restore", str(backup), "--database", f"sqlite:///{stranger}")

    assert done.exit_code == 1
    assert "stranger.db is not a database of Debrief" in done.stderr
    assert stranger.read_bytes() == before


def test_restoring_what_is_no_record_is_refused_and_changes_nothing(folder: Path) -> None:
    run("sample")
    before = run("export", "--format", "json").stdout
    stranger = folder / "stranger.db"
    with sqlite3.connect(stranger) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()

    done = run("restore", str(stranger))

    assert done.exit_code == 1
    assert "Traceback" not in done.stderr
    assert run("export", "--format", "json").stdout == before


def test_the_shipped_content_is_in_order() -> None:
    assert run("check-content").exit_code == 0


def test_a_mistake_in_the_content_is_told_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "guides.yaml").write_text("sources: {}\nadvise: {}\n", encoding="utf-8")

    done = run("check-content", str(tmp_path))

    assert done.exit_code == 1
    assert "en/guides.yaml:2: advise" in done.stderr


def test_wrong_usage_exits_with_two() -> None:
    assert run("export", "--format", "papyrus").exit_code == 2
    assert run("nonsense").exit_code == 2
