"""Reads one row after another by the chosen mapping: what it says, or every reason why it cannot be read.

Nothing is invented. A status counts where it came with a date, and where there
is an interview that it can be about. A day without a time of day stands for the
latest moment of it that fits: its end, or the moment of what the row itself
says happened later on that day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from debrief.domain.checks import (
    checked_email,
    checked_line,
    checked_text,
    checked_zone,
    end_instant,
    required_line,
)
from debrief.domain.clock import date_in, day_ends
from debrief.domain.facts import DecisionKind, Format, RoundState, Word
from debrief.domain.importing import ImportWords, Meaning, Target, header_words
from debrief.errors import Refused
from debrief.exchange.imports.dates import DayOrder, Moment, read_clock, read_moment
from debrief.exchange.imports.drafts import NAMELESS_ROUND, JobDraft, PersonDraft, RoundDraft, RowDraft
from debrief.exchange.imports.inspection import Choices, Inspection
from debrief.exchange.imports.problems import RowProblem, shown
from debrief.exchange.imports.table import Row
from debrief.public_holidays import countries

ValueT = TypeVar("ValueT")

_WORDS = {Meaning(one.value): one for one in Word}
_DECISIONS = {Meaning(one.value): one for one in DecisionKind}
_STATES = {Meaning(one.value): one for one in RoundState}
_BETWEEN_PEOPLE = re.compile(r"\s*[;\n]\s*|\s+(?:and|&)\s+")
_DATE_WORDS = frozenset({"date", "of", "on", "at", "day", "the", "interviewed", "ended", "time", "and", "when"})


_UTC = ZoneInfo("UTC")


class _Said(NamedTuple):
    """What a status column says, and when."""

    meaning: Meaning
    at: datetime | None
    cell: str
    at_column: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What is the same for every row: where columns go, and what was decided about them."""

    columns: tuple[str, ...]
    places: Mapping[Target, tuple[int, ...]]
    first: Mapping[Target, int]
    orders: Mapping[int, DayOrder | None]
    choices: Choices
    words: ImportWords
    now: datetime

    @classmethod
    def of(cls, inspection: Inspection, choices: Choices, words: ImportWords, now: datetime) -> Layout:
        """The layout of a file by the user's choices."""
        places: dict[Target, tuple[int, ...]] = {}
        for place, target in sorted(choices.mapping.items()):
            places[target] = (*places.get(target, ()), place)
        orders = {
            place: column.dates.order or choices.order
            for place, column in enumerate(inspection.columns)
            if choices.mapping.get(place, Target.NOTES).is_date
        }
        first = {target: some[0] for target, some in places.items()}
        return cls(inspection.table.columns, places, first, orders, choices, words, now)


class RowReader:
    """Reads rows of one file."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._moment = lru_cache(4096)(read_moment)
        self._meanings = {**layout.words.meanings, **layout.choices.meanings}

    def read(self, row: Row) -> RowDraft | list[RowProblem]:
        """What the row says, or what is wrong with it."""
        one = _OneRow(self._layout, row, self._moment, self._meanings)
        draft = one.draft()
        return one.problems or draft


class _OneRow:
    """One row while it is read."""

    def __init__(
        self,
        layout: Layout,
        row: Row,
        moment: Callable[[str, DayOrder | None], Moment],
        meanings: Mapping[str, Meaning],
    ) -> None:
        self.layout = layout
        self.row = row
        self._first = layout.first
        self.problems: list[RowProblem] = []
        self._moment = moment
        self._meanings = meanings
        self._zone = _UTC

    def draft(self) -> RowDraft:
        """The row as a whole; to be used if there are no problems."""
        self._zone = self._zone_of_row()
        job = self._job()
        people = self._people()
        said = [self._said(Target.STATUS, Target.STATUS_AT), self._said(Target.DECISION, Target.DECIDED_AT)]
        rounds = self._rounds(said)
        rounds, left_out = self._with_what_came(rounds, [one for one in said if one is not None])
        if not rounds:
            return RowDraft(self.row.number, job, people=people, left_out=left_out)
        last = self._last_round(rounds[-1], people, left_out)
        return RowDraft(self.row.number, job, (*rounds[:-1], last), left_out=left_out)

    @contextmanager
    def _problems_of(self, target: Target, place: int | None = None) -> Generator[None]:
        """What is wrong with a cell is noted under its column, and reading goes on."""
        try:
            yield
        except (Refused, ValueError) as error:
            self._note(target, error, place)

    def _note(self, target: Target, error: Exception, place: int | None = None) -> None:
        at = self._first.get(target) if place is None else place
        name = self.layout.columns[at] if at is not None else self.layout.words.columns[target].label
        self.problems.append(RowProblem(self.row.number, name, str(error)))

    def _cell(self, target: Target) -> str:
        place = self._first.get(target)
        return "" if place is None else self._cell_at(place)

    def _cell_at(self, place: int) -> str:
        cell = self.row.cells[place].strip()
        return "" if cell.casefold() in self.layout.words.blanks else cell

    def _line(self, target: Target, what: str) -> str:
        cell = self._cell(target)
        if not cell:
            return ""
        try:
            return checked_line(cell, what)
        except Refused as refused:
            self._note(target, refused)
            return ""

    def _needed(self, target: Target, what: str) -> str:
        try:
            return required_line(self._cell(target), what)
        except Refused as refused:
            self._note(target, refused)
            return ""

    def _zone_of_row(self) -> ZoneInfo:
        named = self._cell(Target.TIMEZONE) or self.layout.choices.zone
        try:
            return checked_zone(named) if named else _UTC
        except Refused as refused:
            self._note(Target.TIMEZONE, refused)
            return _UTC

    def _job(self) -> JobDraft:
        return JobDraft(
            self._needed(Target.EMPLOYER, "The employer's name"),
            self._needed(Target.ROLE, "The role"),
            self._country(),
            self._line(Target.SOURCE, "The source"),
            self._line(Target.SECTOR, "The sector"),
            self._line(Target.EMPLOYER_SIZE, "The size of the employer"),
            self._line(Target.ROLE_FAMILY, "The kind of role"),
        )

    def _country(self) -> str | None:
        code = self._cell(Target.COUNTRY).upper()
        if code and code not in countries():
            with self._problems_of(Target.COUNTRY):
                raise ValueError(
                    f"“{shown(code)}” is no country's code. Write two letters such as MY, or leave it empty."
                )
        return code or None

    def _people(self) -> tuple[PersonDraft, ...]:
        cell = self._cell(Target.PEOPLE)
        if not cell:
            return ()
        names = [name for name in _BETWEEN_PEOPLE.split(cell) if name]
        unique = {name.casefold(): name for name in reversed(names)}
        people: list[PersonDraft] = []
        for name in reversed(unique.values()):
            with self._problems_of(Target.PEOPLE):
                people.append(PersonDraft(required_line(name, "The name of a person met")))
        if len(people) != 1:
            return tuple(people)
        with self._problems_of(Target.PERSON_EMAIL):
            email = checked_email(self._cell(Target.PERSON_EMAIL))
            return (replace(people[0], title=self._line(Target.PERSON_TITLE, "The title"), email=email),)
        return ()

    def _said(self, what: Target, when: Target) -> _Said | None:
        """What a status column says. One without a date says nothing that can be placed."""
        cell = self._cell(what)
        meaning = self._meanings.get(header_words(cell), Meaning.NOTHING) if cell else Meaning.NOTHING
        place = self._first.get(when)
        if meaning is Meaning.NOTHING or place is None or not self._cell_at(place):
            return _Said(meaning, None, cell, "") if meaning is not Meaning.NOTHING else None
        with self._problems_of(when):
            at = self._happened(self._moment(self._cell_at(place), self.layout.orders[place]))
            return _Said(meaning, at, cell, self.layout.columns[place])
        return None

    def _happened(self, moment: Moment) -> datetime:
        """The instant of something that lies behind us."""
        at = self._instant(moment) if moment.clock else min(day_ends(self._zone, moment.day), self._end_of_now(moment))
        if at > self.layout.now:
            raise ValueError(f"{moment.day:%d %B %Y} lies in the future. Bring it in once it has happened.")
        return at

    def _end_of_now(self, moment: Moment) -> datetime:
        """Now, if it is the moment's day; else far away."""
        now = self.layout.now.astimezone(UTC)
        return now if date_in(self._zone, now) == moment.day else datetime.max.replace(tzinfo=UTC)

    def _instant(self, moment: Moment, clock: time | None = None) -> datetime:
        at = moment.clock or clock or time.min
        if moment.offset is not None:
            return datetime.combine(moment.day, at, moment.offset).astimezone(UTC)
        return end_instant(moment.day, at, self._zone).astimezone(UTC)

    def _rounds(self, said: list[_Said | None]) -> list[RoundDraft]:
        rounds: list[RoundDraft] = []
        places = self.layout.places.get(Target.INTERVIEW_AT, ())
        for place in places:
            if self._cell_at(place):
                with self._problems_of(Target.INTERVIEW_AT, place):
                    rounds.append(self._round(place, said, alone=len(places) == 1))
        return sorted(rounds, key=lambda one: one.ended_at)

    def _round(self, place: int, said: list[_Said | None], *, alone: bool) -> RoundDraft:
        moment = self._moment(self._cell_at(place), self.layout.orders[place])
        clock = moment.clock or self._clock_beside(alone=alone)
        state = self._told_state(said)
        ended_at = self._instant(moment, clock) if clock else self._latest_that_fits(moment, said, state)
        return RoundDraft(
            label=self._label(place, alone=alone),
            ended_at=ended_at,
            day=date_in(self._zone, ended_at),
            timezone=self._zone.key,
            has_clock=clock is not None,
            state=self._state(state, ended_at),
            format=self._format(),
        )

    def _clock_beside(self, *, alone: bool) -> time | None:
        cell = self._cell(Target.INTERVIEW_TIME) if alone else ""
        if cell:
            with self._problems_of(Target.INTERVIEW_TIME):
                return read_clock(cell)
        return None

    def _latest_that_fits(self, moment: Moment, said: list[_Said | None], state: RoundState | None) -> datetime:
        """The end of the day, unless something dated says that it was over before."""
        end = day_ends(self._zone, moment.day)
        later = [one.at for one in said if one and one.at and date_in(self._zone, one.at) == moment.day]
        today = [self._end_of_now(moment)] if state is RoundState.HELD else []
        return min([end, *later, *today])

    def _told_state(self, said: list[_Said | None]) -> RoundState | None:
        """What the row itself says about whether the interview took place."""
        cell = self._cell(Target.STATE)
        meaning = self._meanings.get(header_words(cell)) if cell else None
        meanings = [meaning, *(one.meaning for one in said if one)]
        return next((_STATES[one] for one in meanings if one is not None and one in _STATES), None)

    def _state(self, told: RoundState | None, ended_at: datetime) -> RoundState:
        if ended_at <= self.layout.now:
            return told or RoundState.HELD
        if told is RoundState.HELD:
            day = date_in(self._zone, ended_at)
            raise ValueError(f"{day:%d %B %Y} lies in the future, but the row says that the interview took place.")
        return told or RoundState.SCHEDULED

    def _label(self, place: int, *, alone: bool) -> str:
        told = self._line(Target.ROUND, "The name of the round") if alone else ""
        if told:
            return told
        kept = [word for word in header_words(self.layout.columns[place]).split() if word not in _DATE_WORDS]
        return " ".join(kept).capitalize() or NAMELESS_ROUND

    def _format(self) -> Format:
        return self.layout.words.formats.get(header_words(self._cell(Target.FORMAT)), Format.VIDEO)

    def _with_what_came(self, rounds: list[RoundDraft], said: list[_Said]) -> tuple[list[RoundDraft], str]:
        """The rounds with the answers and decisions that can be placed, and what cannot."""
        left_out: list[str] = []
        for one in said:
            if one.meaning in _STATES:
                continue
            if one.at is None or not rounds:
                left_out.append(one.cell)
                continue
            place = self._round_before(rounds, one)
            if place is not None:
                rounds[place] = _followed_by(rounds[place], one, one.at)
        return rounds, "; ".join(shown(cell) for cell in left_out)

    def _round_before(self, rounds: list[RoundDraft], said: _Said) -> int | None:
        """The last round that was over when this was said; without one something is wrong with the row."""
        held = [place for place, one in enumerate(rounds) if one.state is RoundState.HELD]
        before = [place for place in held if said.at is not None and rounds[place].ended_at <= said.at]
        if not before:
            day = f"{rounds[0].day:%d %B %Y}"
            reason = (
                f"“{shown(said.cell)}” is dated before the interview of {day} was over."
                if held
                else f"“{shown(said.cell)}” cannot follow an interview that was not held ({day})."
            )
            self.problems.append(RowProblem(self.row.number, said.at_column, reason))
        return before[-1] if before else None

    def _last_round(self, last: RoundDraft, people: tuple[PersonDraft, ...], left_out: str) -> RoundDraft:
        """The last round of the row, to which belongs what the row says about an interview at large."""
        notes = self._cell(Target.NOTES)
        if left_out:
            notes = f"{notes}\n\nImported status: {left_out}".strip()
        with self._problems_of(Target.NOTES):
            return replace(last, people=people, notes=checked_text(notes, "The note"), reply_by=self._reply_by(last))
        return last

    def _reply_by(self, last: RoundDraft) -> date | None:
        place = self._first.get(Target.REPLY_BY)
        if place is None or not self._cell_at(place):
            return None
        with self._problems_of(Target.REPLY_BY):
            promised = self._moment(self._cell_at(place), self.layout.orders[place]).day
            if promised < last.day:
                raise ValueError(f"the promised date lies before the interview of {last.day:%d %B %Y}.")
            return promised
        return None


def _followed_by(one: RoundDraft, said: _Said, at: datetime) -> RoundDraft:
    if said.meaning in _WORDS:
        return replace(one, words=(*one.words, (_WORDS[said.meaning], at)))
    return replace(one, decisions=(*one.decisions, (_DECISIONS[said.meaning], at)))
