"""Bringing in what was kept elsewhere: looked at first, then all of it or nothing, and taken back as a whole.

Before anything is brought in the record is backed up. What an import did is one
entry of the journal, which `Unit.undo` takes back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from debrief.domain.facts import Application, Fact, Interview, Person
from debrief.domain.importing import ImportWords
from debrief.errors import Refused
from debrief.exchange.imports.calendar_events import EventChoice, draft_of
from debrief.exchange.imports.drafts import RowDraft
from debrief.exchange.imports.inspection import Choices, Inspection, questions_of
from debrief.exchange.imports.planning import ORDER, Known, OnProgress, Planner, Tally, planned
from debrief.exchange.imports.problems import shown
from debrief.exchange.imports.rows import Layout, RowReader
from debrief.exchange.imports.source import Source
from debrief.exchange.lossless import read_record
from debrief.store import Store, Unit
from debrief.store.backups import BEFORE_IMPORT, back_up, prune
from debrief.usecases.actor import Actor
from debrief.usecases.lossless import doubles, import_all

_AT_ONCE = 2_000
"""How many facts are gathered before they are written."""


@dataclass(frozen=True, slots=True)
class TableWork:
    """A table, and what was decided about it."""

    inspection: Inspection
    choices: Choices
    words: ImportWords


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in."""

    tally: Tally
    entry: int | None
    """The journal's entry, by which it is taken back; None where nothing was new."""


@dataclass(frozen=True, slots=True)
class RecordFound:
    """What a file that Debrief exported holds."""

    counts: Mapping[str, int]
    """By the name of the list, as far as there is anything in it."""
    doubles: int
    """How many of its entries are in the record already; then none can be brought in."""

    @property
    def total(self) -> int:
        """All facts."""
        return sum(self.counts.values())


def preview_table(
    actor: Actor, store: Store, now: datetime, work: TableWork, on_progress: OnProgress | None = None
) -> Tally:
    """What an import would add and leave out, and what stands in its way. Changes nothing."""
    with store.unit(actor.owner, now) as unit:
        planner = _planner(unit, work.choices)
    for _ in _facts_of_table(work, planner, now, on_progress):
        pass
    return planner.tally


def import_table(
    actor: Actor, store: Store, now: datetime, work: TableWork, on_progress: OnProgress | None = None
) -> Imported:
    """Adds what a table says, all of it or nothing.

    Raises Refused with up to fifty rows, columns and reasons if any row cannot
    be read (unless such rows are left out by choice), and for questions that
    are still open.
    """
    _back_up(store, now)
    with store.unit(actor.owner, now, f"Brought in {shown(work.inspection.source.name)}") as unit:
        planner = _planner(unit, work.choices)
        _add(unit, _facts_of_table(work, planner, now, on_progress))
        if planner.tally.problems.count and not work.choices.without_bad_rows:
            raise planner.tally.problems.refusal(work.inspection.source.name)
    return Imported(planner.tally, unit.entry)


def preview_events(actor: Actor, store: Store, now: datetime, chosen: Sequence[EventChoice]) -> Tally:
    """What the chosen events would add. Changes nothing. Raises Refused, naming the event, for one that cannot be."""
    drafts = _drafts_of(chosen, now)
    with store.unit(actor.owner, now) as unit:
        planner = _planner(unit, Choices({}))
    for draft in drafts:
        planner.facts_of(draft)
    return planner.tally


def import_events(
    actor: Actor, store: Store, now: datetime, chosen: Sequence[EventChoice], name: str = "a calendar"
) -> Imported:
    """Logs the chosen events of a calendar as interviews, all of them or none."""
    drafts = _drafts_of(chosen, now)
    _back_up(store, now)
    with store.unit(actor.owner, now, f"Brought in {shown(name)}") as unit:
        planner = _planner(unit, Choices({}))
        _add(unit, map(planner.facts_of, drafts))
    return Imported(planner.tally, unit.entry)


def preview_record(actor: Actor, store: Store, now: datetime, source: Source) -> RecordFound:
    """What a file that Debrief exported holds, all of it checked. Changes nothing."""
    record = read_record(source.whole())
    with store.unit(actor.owner, now) as unit:
        already = doubles(unit, record)
    return RecordFound({name: len(facts) for name, facts in record.facts.items() if facts}, already)


def import_record(actor: Actor, store: Store, now: datetime, source: Source) -> int:
    """Adds everything from a file that Debrief exported, after a backup; gives the number of facts."""
    content = source.whole()
    read_record(content)
    _back_up(store, now)
    return import_all(actor, store, now, content)


def _planner(unit: Unit, choices: Choices) -> Planner:
    known = Known.in_record(unit.find(Application), unit.find(Interview), unit.find(Person))
    return Planner(known, with_duplicates=choices.with_duplicates)


def _facts_of_table(
    work: TableWork, planner: Planner, now: datetime, on_progress: OnProgress | None
) -> Iterator[list[Fact]]:
    questions = questions_of(work.inspection, work.choices, work.words)
    if questions.missing:
        missing = " and ".join(work.words.columns[target].label for target in questions.missing)
        raise Refused(f"Say which column holds: {missing}.", field="mapping")
    if questions.unclear_dates:
        names = ", ".join(column.name for column in questions.unclear_dates)
        raise Refused(f"Say whether the day or the month comes first in {names}.", field="order")
    if questions.zone:
        raise Refused("Say in which time zone the interviews were.", field="zone")
    layout = Layout.of(work.inspection, work.choices, work.words, now)
    yield from planned(work.inspection, RowReader(layout), planner, work.choices, on_progress)


def _drafts_of(chosen: Iterable[EventChoice], now: datetime) -> list[RowDraft]:
    drafts: list[RowDraft] = []
    for choice in chosen:
        try:
            drafts.append(draft_of(choice, now))
        except Refused as refused:
            raise Refused(f"“{choice.event.title}”: {refused}", field=refused.field) from None
    return drafts


def _add(unit: Unit, batches: Iterable[list[Fact]]) -> None:
    """Adds facts some at a time, those of a kind together: the store is fastest so."""
    waiting: dict[type[Fact], list[Fact]] = defaultdict(list)
    count = 0
    for facts in batches:
        for fact in facts:
            waiting[type(fact)].append(fact)
        count += len(facts)
        if count >= _AT_ONCE:
            _write(unit, waiting)
            count = 0
    _write(unit, waiting)


def _write(unit: Unit, waiting: dict[type[Fact], list[Fact]]) -> None:
    unit.add_all(chain.from_iterable(waiting[kind] for kind in ORDER))
    waiting.clear()


def _back_up(store: Store, now: datetime) -> None:
    if store.file is not None:
        back_up(store.file, now, BEFORE_IMPORT)
        prune(store.file)
