"""`python -m debrief …`: the record, the timeline, the critique and the figures without a screen.

Exit 0 done, 1 the input was refused (one sentence on stderr), 2 wrong usage.
JSON goes to stdout alone. Heavy parts are imported by the commands that need them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from debrief import __version__
from debrief.domain.rules import HouseRules
from debrief.errors import ContentBroken, DebriefError, Refused
from debrief.usecases.actor import LOCAL_OWNER, Actor

CommandT = TypeVar("CommandT", bound=Callable[..., Any])
EXPORTS = ("json", "md", "html", "docx", "csv-interviews", "csv-messages", "csv-people", "csv-questions", "csv-lessons")
LARGEST_IMPORT = 200_000_000
"""Bytes of a file that is read whole."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a command on the record works with."""

    actor: Actor
    url: str | None

    def store(self) -> Any:
        """The record, opened."""
        from debrief.store import open_store  # noqa: PLC0415

        return open_store(self.url)


class _Group(click.Group):
    """Turns every refusal into its sentence on stderr and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except DebriefError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="debrief")
def main() -> None:
    """Debrief: a coach for the hours and weeks after a job interview."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def on_the_record(command: CommandT) -> CommandT:
    """Gives a command the options that say whose record it works on."""
    owner = click.option("--owner", default=LOCAL_OWNER, show_default=True, help="Whose rows.")
    database = click.option(
        "--database", metavar="URL", help="The database; else DEBRIEF_DATABASE_URL, else the user's data folder."
    )
    return database(owner(command))


@main.command()
def due() -> None:
    """The timeline of one case, or of an array of cases: JSON on stdin, JSON on stdout."""
    from debrief.exchange.due import answer_due  # noqa: PLC0415

    click.echo(answer_due(_stdin(), _house_rules()))


@main.command()
@click.option("--no-meaning", is_flag=True, help="Judge by patterns alone.")
@click.pass_context
def critique(ctx: click.Context, no_meaning: bool) -> None:
    """Findings for drafts: one JSON object a line on stdin, one on stdout."""
    from debrief.content import load_content  # noqa: PLC0415
    from debrief.desk.critique import load_meaning  # noqa: PLC0415
    from debrief.exchange.critique import Desk, critique_lines  # noqa: PLC0415

    good = True
    content = load_content()
    desk = Desk(content.critique, content.rules.rules, None if no_meaning else load_meaning())
    for line, fine in critique_lines(sys.stdin, desk):
        click.echo(line)
        sys.stdout.flush()
        good = good and fine
    if not good:
        ctx.exit(1)


@main.command()
@click.argument("history", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--now", required=True, metavar="DATETIME", help="ISO 8601 with offset: until when the silent ones wait.")
def insights(history: Path, now: str) -> None:
    """The figures behind the charts, for a history as CSV."""
    from debrief.insights.report import insights_json  # noqa: PLC0415

    click.echo(insights_json(_read(history), _instant(now)))


@main.command("export")
@on_the_record
@click.option("--format", "form", type=click.Choice(EXPORTS), required=True)
@click.option("--interview", "interview_id", help="The interview's id; for md, html and docx.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout.")
def export(form: str, interview_id: str | None, out: Path | None, database: str | None, owner: str) -> None:
    """Everything as JSON, a table as CSV, or the summary of one interview."""
    from debrief.content import load_content  # noqa: PLC0415
    from debrief.usecases.exports import export_as  # noqa: PLC0415

    scene = Scene(Actor(owner), database)
    data = export_as(
        scene.actor,
        scene.store(),
        datetime.now(UTC),
        form=form,
        interview_id=interview_id,
        questionnaire=load_content().questionnaire,
    )
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        out.write_bytes(data)
        click.echo(f"Wrote {out}.", err=True)


@main.command("import")
@on_the_record
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True)
@click.option("--dry-run", is_flag=True, help="Say what would be read, and change nothing.")
def import_(file: Path, form: str, dry_run: bool, database: str | None, owner: str) -> None:
    """Everything from a file that `export --format json` made, into a record that is empty."""
    del form
    from debrief.usecases.lossless import facts_in, import_all  # noqa: PLC0415

    text = _read(file)
    scene = Scene(Actor(owner), database)
    if dry_run:
        count = facts_in(text)
        click.echo(f"{file} is in order: {count} facts would be read. Nothing was changed.", err=True)
        return
    count = import_all(scene.actor, scene.store(), datetime.now(UTC), text)
    click.echo(f"Read {count} facts from {file}.", err=True)


@main.command("due-calendar")
@on_the_record
@click.option("--address", default="http://localhost:8501", show_default=True, help="Where the app answers, for links.")
def due_calendar(address: str, database: str | None, owner: str) -> None:
    """Every step that lies ahead as a calendar file (.ics) on stdout; a later one moves, cancels and doubles none."""
    from debrief.content import load_content  # noqa: PLC0415
    from debrief.usecases.calendar_files import page_links, steps_calendar  # noqa: PLC0415

    scene = Scene(Actor(owner), database)
    book = load_content().rules
    sys.stdout.buffer.write(steps_calendar(scene.actor, scene.store(), datetime.now(UTC), book, page_links(address)))
    sys.stdout.buffer.flush()


@main.command()
@click.option("--database", metavar="URL", help="The database; else the one in the user's data folder.")
def backup(database: str | None) -> None:
    """Copies the database into backups/ beside it, checked."""
    from debrief.store.backups import back_up  # noqa: PLC0415

    click.echo(f"Backed up to {back_up(_file_of(database), datetime.now(UTC))}.", err=True)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--database", metavar="URL", help="The database; else the one in the user's data folder.")
def restore(file: Path, database: str | None) -> None:
    """Puts a backup in the place of the database, after backing up what is there now."""
    from debrief.store.backups import restore as put_back  # noqa: PLC0415

    before = put_back(_file_of(database), file, datetime.now(UTC))
    click.echo(f"Restored from {file}. What was there before is kept in {before}.", err=True)


@main.command("check-content")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check_content(folder: Path | None) -> None:
    """Every mistake in the content files, with file and line."""
    from debrief.content import check  # noqa: PLC0415

    problems = check(folder)
    if problems:
        raise ContentBroken(problems)
    click.echo("The content files are in order.", err=True)


@main.command()
@on_the_record
@click.option("--remove", is_flag=True, help="Take the sample history away again.")
def sample(remove: bool, database: str | None, owner: str) -> None:
    """Loads the sample history of 40 invented interviews."""
    from debrief.usecases.sample import load_sample, remove_sample  # noqa: PLC0415

    scene = Scene(Actor(owner), database)
    if remove:
        count = remove_sample(scene.actor, scene.store(), datetime.now(UTC))
        click.echo(f"Removed {count} sample interviews.", err=True)
    else:
        count = load_sample(scene.actor, scene.store(), datetime.now(UTC))
        click.echo(f"Loaded {count} sample interviews." if count else "The sample is loaded already.", err=True)


def _house_rules() -> Mapping[str, HouseRules]:
    """All house rules by id; read without the rest of the content, which judging a case does not need."""
    from debrief.content import SHIPPED  # noqa: PLC0415
    from debrief.content import rules as section  # noqa: PLC0415

    book, problems = section.load(SHIPPED)
    if book is None:
        raise ContentBroken(problems)
    return book.rules


def _stdin() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise Refused(f"The input is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _read(file: Path) -> str:
    """The text of a file in UTF-8, with or without a byte-order mark."""
    if file.stat().st_size > LARGEST_IMPORT:
        raise Refused(f"{file} is larger than {LARGEST_IMPORT // 1_000_000} MB. Split it.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{file} is not UTF-8 text (byte {error.start}). Save it as UTF-8 and try again.") from error


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no ISO 8601 date and time, such as 2026-03-31T14:30:00+02:00.") from error
    if instant.tzinfo is None:
        raise Refused(f"“{text}” has no offset from UTC. Add one, such as +02:00.")
    return instant


def _file_of(url: str | None) -> Path:
    """The SQLite file at an address."""
    from debrief.store import open_store  # noqa: PLC0415

    store = open_store(url)
    store.close()
    if store.file is None:
        raise Refused("Backups of a PostgreSQL database are made with pg_dump: see README, “How to back up”.")
    return store.file
