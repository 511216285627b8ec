"""From what rows say to new facts: what is known already is joined, what stands there twice is told and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from debrief.domain.clock import date_in
from debrief.domain.facts import Application, Decision, Fact, Heard, Interview, Meeting, Person, RoundState
from debrief.exchange.imports.drafts import NAMELESS_ROUND, JobDraft, PersonDraft, RoundDraft, RowDraft
from debrief.exchange.imports.inspection import Choices, Inspection
from debrief.exchange.imports.problems import MOST_TOLD, Problems
from debrief.exchange.imports.rows import RowReader

ORDER: tuple[type[Fact], ...] = (Application, Person, Interview, Meeting, Heard, Decision)
"""The kinds of facts that an import adds, parents before what belongs to them."""
_NAMELESS = NAMELESS_ROUND.casefold()

OnProgress = Callable[[int], object]
"""Is called now and then with the number of rows that are done."""
_PROGRESS_EVERY = 1000


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row whose interview, or application, stands elsewhere already."""

    row: int
    what: str
    where: str
    """ "your record", or the row of the file."""


@dataclass(slots=True)
class Tally:
    """What an import adds and leaves out, counted."""

    rows: int = 0
    facts: Counter[type[Fact]] = field(default_factory=Counter[type[Fact]])
    joined: int = 0
    """Interviews that belong to an application of the record."""
    scheduled: int = 0
    """Interviews that lie ahead."""
    without_a_clock: int = 0
    """Interviews of which only the day is known."""
    only_applications: int = 0
    """Rows that bring no interview."""
    left_out: Counter[str] = field(default_factory=Counter[str])
    """Statuses that have no place in the history: without a date, or without an interview."""
    duplicates: list[Duplicate] = field(default_factory=list[Duplicate])
    """The first fifty."""
    duplicate_count: int = 0
    problems: Problems = field(default_factory=Problems)

    @property
    def total(self) -> int:
        """All facts."""
        return self.facts.total()


@dataclass(slots=True)
class Known:
    """What stands in the record, and what the file has brought so far, by what tells it apart."""

    applications: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict[tuple[str, str], tuple[str, str]])
    """Employer and role → id, and where it stands."""
    rounds: dict[tuple[str, date], list[tuple[str, str]]] = field(
        default_factory=dict[tuple[str, date], list[tuple[str, str]]]
    )
    """Application and day → the names of the rounds, and where they stand."""
    people: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Employer and name → id."""

    @classmethod
    def in_record(
        cls, applications: Iterable[Application], interviews: Iterable[Interview], people: Iterable[Person]
    ) -> Known:
        """What stands in the record."""
        known = cls()
        for one in applications:
            known.applications.setdefault((one.employer.casefold(), one.role.casefold()), (one.id, "your record"))
        for one in interviews:
            day = date_in(one.zone, one.ended_at)
            known.rounds.setdefault((one.application_id, day), []).append((one.round.casefold(), "your record"))
        for one in people:
            known.people.setdefault((one.employer.casefold(), one.name.casefold()), one.id)
        return known


class Planner:
    """Turns drafts into new facts, one after another, and counts what it does."""

    def __init__(self, known: Known, *, with_duplicates: bool = False) -> None:
        self.tally = Tally()
        self._known = known
        self._with_duplicates = with_duplicates

    def facts_of(self, draft: RowDraft) -> list[Fact]:
        """The facts that the draft adds, parents first; none for what is there already."""
        self.tally.rows += 1
        if draft.left_out:
            self.tally.left_out[draft.left_out] += 1
        facts = self._with_rounds(draft) if draft.rounds else self._without_round(draft)
        for fact in facts:
            self.tally.facts[type(fact)] += 1
        return facts

    def _without_round(self, draft: RowDraft) -> list[Fact]:
        key = _key(draft.job)
        known = self._known.applications.get(key)
        people = [fact for person in draft.people for fact in self._person(draft.job, person)[1]]
        if known is not None and not self._with_duplicates:
            if not people:
                self._note(draft, f"{draft.job.role} at {draft.job.employer}", known[1])
            return people
        self.tally.only_applications += 1
        return [self._open(draft, key), *people]

    def _with_rounds(self, draft: RowDraft) -> list[Fact]:
        facts: list[Fact] = []
        key = _key(draft.job)
        for one in draft.rounds:
            known = self._known.applications.get(key)
            there = None if known is None else self._same_round(known[0], one)
            if there is not None and not self._with_duplicates:
                self._note(draft, f"{one.label} at {draft.job.employer}, {one.day:%d %B %Y}", there)
                continue
            if known is None:
                facts.append(self._open(draft, key))
            application_id, where = self._known.applications[key]
            self.tally.joined += where == "your record"
            facts += self._round(draft, one, application_id)
        return facts

    def _open(self, draft: RowDraft, key: tuple[str, str]) -> Application:
        job = draft.job
        application = Application(
            employer=job.employer,
            role=job.role,
            country=job.country,
            source=job.source,
            sector=job.sector,
            employer_size=job.employer_size,
            role_family=job.role_family,
        )
        self._known.applications[key] = (application.id, f"row {draft.row:,}")
        return application

    def _same_round(self, application_id: str, one: RoundDraft) -> str | None:
        """Where a round of this day and name stands, if one does. One without a name of its own matches any."""
        label = one.label.casefold()
        for other, where in self._known.rounds.get((application_id, one.day), ()):
            if label == other or _NAMELESS in (label, other):
                return where
        return None

    def _round(self, draft: RowDraft, one: RoundDraft, application_id: str) -> list[Fact]:
        interview = Interview(
            application_id=application_id,
            round=one.label,
            ended_at=one.ended_at,
            timezone=one.timezone,
            state=one.state,
            format=one.format,
            reply_by=one.reply_by,
            notes=one.notes,
        )
        rounds = self._known.rounds.setdefault((application_id, one.day), [])
        rounds.append((one.label.casefold(), f"row {draft.row:,}"))
        self.tally.scheduled += one.state is RoundState.SCHEDULED
        self.tally.without_a_clock += not one.has_clock
        facts: list[Fact] = [interview]
        for place, person in enumerate(one.people):
            person_id, new = self._person(draft.job, person)
            facts += [*new, Meeting(interview_id=interview.id, person_id=person_id, place=place)]
        facts += [Heard(interview_id=interview.id, what=what, at=at) for what, at in one.words]
        facts += [Decision(interview_id=interview.id, what=what, at=at) for what, at in one.decisions]
        return facts

    def _person(self, job: JobDraft, draft: PersonDraft) -> tuple[str, list[Fact]]:
        """Their id, and who they are if they are new."""
        key = (job.employer.casefold(), draft.name.casefold())
        known = self._known.people.get(key)
        if known is not None:
            return known, []
        person = Person(name=draft.name, employer=job.employer, title=draft.title, email=draft.email)
        self._known.people[key] = person.id
        return person.id, [person]

    def _note(self, draft: RowDraft, what: str, where: str) -> None:
        self.tally.duplicate_count += 1
        if len(self.tally.duplicates) < MOST_TOLD:
            self.tally.duplicates.append(Duplicate(draft.row, what, where))


def planned(
    inspection: Inspection, reader: RowReader, planner: Planner, choices: Choices, on_progress: OnProgress | None = None
) -> Iterator[list[Fact]]:
    """The facts of each row of a table. What is wrong is gathered in the planner's tally.

    Rows with problems give nothing. Once there are any, and they are not to be
    left out by choice, nothing will be brought in, so rows are only read on to
    find the others.
    """
    problems = planner.tally.problems
    for done, row in enumerate(inspection.table.rows(), start=1):
        read = reader.read(row)
        if isinstance(read, list):
            problems.add(read)
        elif not problems.count or choices.without_bad_rows:
            yield planner.facts_of(read)
        if on_progress is not None and done % _PROGRESS_EVERY == 0:
            on_progress(done)


def _key(job: JobDraft) -> tuple[str, str]:
    return job.employer.casefold(), job.role.casefold()
