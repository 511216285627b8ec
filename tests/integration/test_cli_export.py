"""`export` on the command line: files written whole or not at all, progress on stderr, refusals in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from debrief.cli import main

PERIOD = ("--from", "2020-01-01", "--to", "2030-12-31")


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, ["export", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the sample history, which the commands use."""
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("DEBRIEF_DATABASE_URL", raising=False)
    assert CliRunner().invoke(main, ["sample"]).exit_code == 0
    return tmp_path


def test_a_summary_goes_to_a_file_and_what_is_done_to_stderr(folder: Path) -> None:
    file = folder / "told.pdf"

    done = run("--format", "pdf", *PERIOD, "--out", str(file))

    assert (done.exit_code, done.stdout) == (0, "")
    assert "Making pdf …" in done.stderr
    assert f"Wrote {file}" in done.stderr
    assert file.read_bytes().startswith(b"%PDF")


def test_one_interview_and_one_application_are_told_by_their_ids(folder: Path) -> None:
    record = json.loads(run("--format", "json").stdout)
    interview = record["interviews"][0]

    one = run("--format", "md", "--interview", interview["id"]).stdout
    whole = run("--format", "md", "--application", interview["application_id"]).stdout

    assert one.startswith("# Interview at")
    assert whole.startswith("# Application at")


def test_whom_it_is_for_decides_what_is_in_it_and_roles_hide_names(folder: Path) -> None:
    mentor = run("--format", "md", *PERIOD).stdout
    myself = run("--format", "md", *PERIOD, "--for", "myself", "--roles").stdout

    assert "### Notes sent" not in mentor
    assert "Nomvula" in mentor
    assert "### Notes sent" in myself
    assert "Nomvula" not in myself


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--format", "pdf"), "say which interview or application by its id"),
        (("--format", "proof"), "from which date to which"),
        (("--format", "md", "--interview", "nobody's"), "not in the record"),
        (
            ("--format", "md", "--from", "2001-01-01", "--to", "2001-02-01"),
            "no interview from 1 January to 1 February 2001",
        ),
        (("--format", "proof", "--from", "2026-02-01", "--to", "2026-01-01"), "Swap the two dates"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence_and_writes_nothing(
    folder: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    file = folder / "told"

    done = run(*arguments, "--out", str(file))

    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(folder.glob("*told*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-01-01"),
        ("--from", "2026-02-31", "--to", "2026-03-01"),
        ("--interview", "x", *PERIOD),
        ("--for", "everybody"),
    ],
)
def test_wrong_usage_exits_with_two(folder: Path, arguments: tuple[str, ...]) -> None:
    assert run("--format", "md", *arguments).exit_code == 2


def test_a_file_that_cannot_be_written_is_refused_and_what_was_there_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "people.vcf"
    file.write_text("what was there before", encoding="utf-8")

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as half:
            half.write(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run("--format", "vcf", "--out", str(file))

    assert done.exit_code == 1
    assert "No space left on device" in done.stderr
    assert file.read_text(encoding="utf-8") == "what was there before"
    assert [found.name for found in folder.iterdir() if "people" in found.name] == ["people.vcf"]
