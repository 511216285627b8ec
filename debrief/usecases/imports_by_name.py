"""An import told in options rather than on a screen: one file, looked at, then brought in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from debrief.domain.importing import ImportWords, Target
from debrief.domain.wording import counted, in_words
from debrief.errors import Refused
from debrief.exchange.imports.calendar_events import CalendarFound, EventChoice, read_calendar
from debrief.exchange.imports.dates import DayOrder
from debrief.exchange.imports.drafts import NAMELESS_ROUND
from debrief.exchange.imports.inspection import Choices, Inspection, inspect
from debrief.exchange.imports.mapping import ready_columns
from debrief.exchange.imports.planning import OnProgress
from debrief.exchange.imports.source import Kind, Source, kind_of
from debrief.exchange.imports.telling import in_short, remarks
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.imports import (
    TableWork,
    import_events,
    import_record,
    import_table,
    preview_events,
    preview_record,
    preview_table,
)

_TABLES = (Kind.DELIMITED, Kind.MARKDOWN, Kind.JSON_LIST)
_FORMS = {"json": (Kind.RECORD, Kind.JSON_LIST), "csv": _TABLES, "ics": (Kind.CALENDAR,)}


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What can be said about a file before it is looked at."""

    form: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where columns go: the names of targets, or "nothing", by header."""
    day_first: bool | None = None
    zone: str = ""
    events: tuple[tuple[str, str, str], ...] = ()
    """Number, employer and role of each event of a calendar that was an interview."""
    with_duplicates: bool = False
    without_bad_rows: bool = False


class FileImport(ABC):
    """One file on its way in."""

    length: int
    """How much there is to do, in the units of which `run` says how many are done."""

    @staticmethod
    def of(file: Path, options: ImportOptions, words: ImportWords) -> FileImport:
        """The file, looked at. Raises Refused for one that cannot be read, or options that do not fit it."""
        source = Source(file.name, file)
        kind = kind_of(source)
        ready = {one.id: one for one in words.ready}
        if options.form is not None and options.form not in (*_FORMS, *ready):
            raise Refused(f"There is no format “{options.form}”. Known are {in_words([*_FORMS, *ready])}.")
        if kind not in _FORMS.get(options.form or "", _TABLES if options.form else tuple(Kind)):
            raise Refused(f"{file.name} is not what {options.form} is. Leave --format out to have it found out.")
        match kind:
            case Kind.RECORD:
                return _RecordImport(source)
            case Kind.CALENDAR:
                return _CalendarImport(source, read_calendar(source, words), options)
            case _:
                inspection = inspect(source, words)
                if options.form in ready:
                    chosen = ready[options.form]
                    mapping = ready_columns(inspection.table.columns, chosen)
                    inspection = replace(inspection, ready=chosen, mapping=mapping)
                return _TableImport(TableWork(inspection, _choices(inspection, options), words))

    @abstractmethod
    def preview(self, actor: Actor, store: Store, now: datetime) -> Iterator[str]:
        """What would come in, in lines. Raises Refused for what stands in the way."""

    @abstractmethod
    def run(self, actor: Actor, store: Store, now: datetime, on_progress: OnProgress) -> str:
        """Brings it in and says what that was."""


class _RecordImport(FileImport):
    def __init__(self, source: Source) -> None:
        self._source = source
        self.length = 1

    def preview(self, actor: Actor, store: Store, now: datetime) -> Iterator[str]:
        found = preview_record(actor, store, now, self._source)
        yield f"{self._source.name} is in order: {found.total:,} facts would be read."
        if found.doubles:
            raise Refused(
                f"{found.doubles:,} of the entries in this file are in your record already, so it cannot be brought in "
                "beside it. To go back to the state of the file, delete everything first, then import it."
            )

    def run(self, actor: Actor, store: Store, now: datetime, on_progress: OnProgress) -> str:
        count = import_record(actor, store, now, self._source)
        on_progress(self.length)
        return counted(count, "fact")


class _TableImport(FileImport):
    def __init__(self, work: TableWork) -> None:
        self._work = work
        self.length = work.inspection.rows

    def preview(self, actor: Actor, store: Store, now: datetime) -> Iterator[str]:
        inspection, words = self._work.inspection, self._work.words
        program = f", of {inspection.ready.name}" if inspection.ready else ""
        yield f"{inspection.source.name}: {counted(inspection.rows, 'row')}, {inspection.table.layout}{program}."
        for place, column in enumerate(inspection.columns):
            target = self._work.choices.mapping.get(place)
            told = "not brought in" if target is None else f"{target.value} ({words.columns[target].label})"
            yield f"  {column.name} → {told}"
        tally = preview_table(actor, store, now, self._work)
        if tally.problems.count and not self._work.choices.without_bad_rows:
            raise tally.problems.refusal(inspection.source.name)
        yield f"Would come in: {in_short(tally)}."
        yield from remarks(tally)

    def run(self, actor: Actor, store: Store, now: datetime, on_progress: OnProgress) -> str:
        done = import_table(actor, store, now, self._work, on_progress)
        on_progress(self.length)
        return in_short(done.tally).capitalize()


class _CalendarImport(FileImport):
    def __init__(self, source: Source, found: CalendarFound, options: ImportOptions) -> None:
        self._source = source
        self._found = found
        by_number = {str(event.number): event for event in found.events}
        unknown = [number for number, _, _ in options.events if number not in by_number]
        if unknown:
            raise Refused(f"There is no event {in_words(unknown)}. With --dry-run they are listed with their numbers.")
        self._chosen = [
            EventChoice(by_number[number], employer, role, NAMELESS_ROUND, by_number[number].people, options.zone)
            for number, employer, role in options.events
        ]
        self.length = len(self._chosen)

    def preview(self, actor: Actor, store: Store, now: datetime) -> Iterator[str]:
        for event in self._found.events:
            yield f"  {event.number}: {event.day:%Y-%m-%d} {event.title}{' (an interview?)' if event.likely else ''}"
        if not self._chosen:
            yield "Say which events were interviews, each by --event NUMBER EMPLOYER ROLE."
            return
        for choice in self._chosen:
            if not (choice.event.timezone or choice.zone):
                raise Refused(f"Event {choice.event.number} names no time zone. Say it with --zone.")
        tally = preview_events(actor, store, now, self._chosen)
        yield f"Would come in: {in_short(tally)}."
        yield from remarks(tally)

    def run(self, actor: Actor, store: Store, now: datetime, on_progress: OnProgress) -> str:
        if not self._chosen:
            raise Refused("No event was chosen, so nothing was brought in.")
        done = import_events(actor, store, now, self._chosen, self._source.name)
        on_progress(self.length)
        return in_short(done.tally).capitalize()


def _choices(inspection: Inspection, options: ImportOptions) -> Choices:
    mapping = dict(inspection.mapping)
    places = {column.name.casefold(): place for place, column in enumerate(inspection.columns)}
    for name, target in options.columns.items():
        place = places.get(name.casefold())
        if place is None:
            raise Refused(f"There is no column “{name}” in {inspection.source.name}.")
        mapping.pop(place, None)
        if target != "nothing":
            mapping[place] = _target(target)
    order = None
    if options.day_first is not None:
        order = DayOrder.DAY_FIRST if options.day_first else DayOrder.MONTH_FIRST
    return Choices(
        mapping,
        zone=options.zone,
        order=order,
        with_duplicates=options.with_duplicates,
        without_bad_rows=options.without_bad_rows,
    )


def _target(name: str) -> Target:
    if name not in {target.value for target in Target}:
        raise Refused(f"There is no place “{name}”. Known are {in_words([target.value for target in Target])}.")
    return Target(name)
