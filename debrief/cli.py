"""`python -m debrief …`: the record, the timeline, the critique and the figures without a screen.

Exit 0 done, 1 the input was refused (one sentence on stderr), 2 wrong usage.
JSON goes to stdout alone. Heavy parts are imported by the commands that need them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from debrief import __version__, cli_server
from debrief.domain.rules import HouseRules
from debrief.errors import ContentBroken, DebriefError, Refused
from debrief.usecases.actor import LOCAL_OWNER, Actor

CommandT = TypeVar("CommandT", bound=Callable[..., Any])
EXPORTS = (
    "json", "csv", "csv-interviews", "csv-messages", "csv-people", "csv-questions", "csv-lessons", "csv-stories",
    "ics", "vcf", "pdf", "docx", "html", "md", "proof", "proof-csv",
)  # fmt: skip
AUDIENCES = ("mentor", "job-centre", "myself")
BINARY = frozenset({"csv", "pdf", "docx", "proof"})
"""Formats that a terminal cannot show."""
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

        store = open_store(self.url)
        click.get_current_context().call_on_close(store.close)
        cli_server.note(store, datetime.now(UTC), self.actor.owner)
        return store


class _Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; wrong usage otherwise."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self.fail(f"“{value}” is no date such as 2026-03-31.", param, ctx)


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
    owner = click.option(
        "--owner", default=LOCAL_OWNER, show_default=True, help="Whose rows.", callback=cli_server.allowed_owner
    )
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
@click.option(
    "--spelling",
    type=click.Choice(["american", "australian", "british", "canadian", "indian"]),
    help="Look for misspellings too, in this English; needs the extra `grammar`. Off unless asked.",
)
@click.pass_context
def critique(ctx: click.Context, no_meaning: bool, spelling: str | None) -> None:
    """Findings for drafts: one JSON object a line on stdin, one on stdout."""
    from debrief.content import load_content  # noqa: PLC0415
    from debrief.desk.critique import load_meaning  # noqa: PLC0415
    from debrief.desk.spelling import Dialect, required_speller  # noqa: PLC0415
    from debrief.exchange.critique import Desk, critique_lines  # noqa: PLC0415

    good = True
    content = load_content()
    speller = required_speller(Dialect(spelling)) if spelling else None
    desk = Desk(content.critique, content.rules.rules, None if no_meaning else load_meaning(), speller)
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
@click.option("--interview", help="The id of the interview to sum up (pdf, docx, html, md).")
@click.option("--application", help="The id of the application to sum up.")
@click.option("--from", "first", type=_Day(), help="The first day of the period to sum up or to prove.")
@click.option("--to", "last", type=_Day(), help="Its last day.")
@click.option(
    "--for", "audience", type=click.Choice(AUDIENCES), default="mentor", show_default=True, help="Whose eyes."
)
@click.option("--roles", is_flag=True, help="“Interviewer 1” in place of names.")
@click.option("--charts", is_flag=True, help="Charts before the interviews of an application or a period.")
@click.option("--address", help="Where the app answers, for the links in ics.  [default: http://localhost:8501]")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout.")
def export(form: str, out: Path | None, database: str | None, owner: str, **asked: Any) -> None:
    """Everything (json), tables (csv), dates (ics), people (vcf), a summary (pdf, docx, html, md), a proof of activity.

    A summary is of one interview, of one application, or of a period (--from and --to).
    """
    from debrief.content import load_content  # noqa: PLC0415
    from debrief.exchange.summary import Audience  # noqa: PLC0415
    from debrief.usecases.exports import DEFAULT_ADDRESS, ExportRequest  # noqa: PLC0415
    from debrief.usecases.exports import export as made_by  # noqa: PLC0415

    if out is None and form in BINARY and sys.stdout.isatty():
        raise Refused(f"A terminal cannot show {form}. Name a file with --out, or send the output to one.")
    request = ExportRequest(
        form,
        _scope(asked["interview"], asked["application"], asked["first"], asked["last"]),
        audience=Audience(asked["audience"]),
        roles_for_names=asked["roles"],
        figures=asked["charts"],
        address=asked["address"] or DEFAULT_ADDRESS,
    )
    scene = Scene(Actor(owner), database)
    click.echo(f"Making {form} …", err=True)
    file = made_by(scene.actor, scene.store(), datetime.now(UTC), request, load_content())
    if out is None:
        sys.stdout.buffer.write(file.content)
        sys.stdout.buffer.flush()
    else:
        _write_whole(out, file.content)
        click.echo(f"Wrote {out} ({len(file.content):,} bytes).", err=True)


@main.command("import")
@on_the_record
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", metavar="FORMAT", help="json, csv, ics, or a program such as huntr; else found out.")
@click.option(
    "--map", "mapped", multiple=True, metavar="COLUMN=PLACE", help="Where a column goes; --dry-run lists them."
)
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="What comes first in 03/04.")
@click.option("--zone", default="", metavar="ZONE", help="For interviews that name none, such as Europe/London.")
@click.option(
    "--event", "events", multiple=True, nargs=3, metavar="NUMBER EMPLOYER ROLE", help="An event that was an interview."
)
@click.option("--with-duplicates", is_flag=True, help="Bring in what stands there already, as entries of their own.")
@click.option("--leave-out-bad-rows", is_flag=True, help="Bring in the others.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and change nothing.")
def import_(file: Path, form: str | None, dry_run: bool, database: str | None, owner: str, **asked: Any) -> None:
    """What was kept elsewhere: a table, a calendar, or what `export --format json` made. All of it or nothing."""
    from debrief.content import load_content  # noqa: PLC0415
    from debrief.usecases.imports_by_name import FileImport, ImportOptions  # noqa: PLC0415

    scene = Scene(Actor(owner), database)
    options = ImportOptions(
        form,
        columns=dict(_column(told) for told in asked["mapped"]),
        day_first=None if asked["dates"] is None else asked["dates"] == "day-first",
        zone=asked["zone"],
        events=asked["events"],
        with_duplicates=asked["with_duplicates"],
        without_bad_rows=asked["leave_out_bad_rows"],
    )
    work = FileImport.of(file, options, load_content().imports)
    store, now = scene.store(), datetime.now(UTC)
    for line in work.preview(scene.actor, store, now):
        click.echo(line, err=True)
    if dry_run:
        click.echo("Nothing was changed.", err=True)
        return
    with click.progressbar(length=work.length, label="Bringing it in", file=sys.stderr) as bar:
        done = work.run(scene.actor, store, now, lambda rows: bar.update(rows - bar.pos))
    click.echo(f"{done} came in.", err=True)


def _column(told: str) -> tuple[str, str]:
    """A column and its place, of COLUMN=PLACE."""
    column, equals, place = told.rpartition("=")
    if not equals:
        raise Refused(f"“{told}” says not where the column goes. Write COLUMN=PLACE, such as “Firm=employer”.")
    return column, place


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
    from debrief.store import open_store  # noqa: PLC0415
    from debrief.store.backups import back_up  # noqa: PLC0415

    file = _file_of(database)
    open_store(database).close()
    click.echo(f"Backed up to {back_up(file, datetime.now(UTC))}.", err=True)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--database", metavar="URL", help="The database; else the one in the user's data folder.")
def restore(file: Path, database: str | None) -> None:
    """Puts a backup in the place of the database, after backing up what is there now."""
    from debrief.store.backups import restore as put_back  # noqa: PLC0415

    before = put_back(_file_of(database), file, datetime.now(UTC))
    kept = f"What was there before is kept in {before}." if before else "There was no record before."
    click.echo(f"Restored from {file}. {kept}", err=True)


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


@main.command()
@click.option("--database", metavar="URL", help="The database; else DEBRIEF_DATABASE_URL.")
@click.option("--dry-run", is_flag=True, help="Name those whose time is up, and erase nobody.")
def retention(database: str | None, dry_run: bool) -> None:
    """Erases a server's members who have not signed in for as long as the centre's list says."""
    found = 0
    for told in cli_server.erase_overdue(database, datetime.now(UTC), dry_run=dry_run):
        click.echo(told)
        found += 1
    click.echo(f"{found} overdue; nobody was erased." if dry_run else f"{found} erased.", err=True)


def _house_rules() -> Mapping[str, HouseRules]:
    """All house rules by id; read without the rest of the content, which judging a case does not need."""
    from debrief.content import content_folder  # noqa: PLC0415
    from debrief.content import rules as section  # noqa: PLC0415

    book, problems = section.load(content_folder())
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


def _scope(interview: str | None, application: str | None, first: date | None, last: date | None) -> Any:
    """What a summary or a proof is of, where it was said; two answers are one too many."""
    from debrief.exchange.summary import OneApplication, OneInterview, Period  # noqa: PLC0415

    if (first is None) != (last is None):
        raise click.UsageError("A period needs both --from and --to.")
    said = [
        *([OneInterview(interview)] if interview else []),
        *([OneApplication(application)] if application else []),
        *([Period(first, last)] if first and last else []),
    ]
    if len(said) > 1:
        raise click.UsageError("Name one of --interview, --application, or --from with --to.")
    return said[0] if said else None


def _write_whole(file: Path, content: bytes) -> None:
    """Writes a file or leaves what was there: nobody finds half of it. Raises Refused."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(
            f"{file} cannot be written ({error.strerror}). Choose another folder or free some space."
        ) from error


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"“{text}” is no ISO 8601 date and time, such as 2026-03-31T14:30:00+02:00.") from error
    if instant.tzinfo is None:
        raise Refused(f"“{text}” has no offset from UTC. Add one, such as +02:00.")
    return instant


def _file_of(url: str | None) -> Path:
    """The SQLite file at an address; it is not opened, for it may be the one that cannot be."""
    from debrief.store import record_file  # noqa: PLC0415

    cli_server.caller()
    file = record_file(url)
    if file is None:
        raise Refused("Backups of a PostgreSQL database are made with pg_dump: see README, “How to back up”.")
    return file
