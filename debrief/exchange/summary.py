"""The summary of an interview, an application or a stretch of time: what a person hands to a mentor or a job centre.

`summarise` gathers it, free of any file format; markdown, html, word and pdf
write it down. What goes in is chosen section by section.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from debrief.domain.courses import Course, Round, RoundInCourse
from debrief.domain.facts import Person
from debrief.domain.wording import counted
from debrief.exchange import words
from debrief.exchange.document import Block, Chapter, Document, Fields, Section, Table, block_texts, with_texts
from debrief.exchange.roles import Roles, mentioned
from debrief.exchange.sections import FACTS, FOLLOWED, Sources, in_order, interview_sections

OVERVIEW, FIGURES = "overview", "figures"
_OF_THE_RECORD = {"Employer", "Role", "Time zone"}
"""Facts that stay where names are hidden: an employer may be called like somebody."""


class Audience(StrEnum):
    """For whose eyes a summary is."""

    MENTOR = "mentor"
    JOB_CENTRE = "job-centre"
    MYSELF = "myself"


@dataclass(frozen=True, slots=True)
class OneInterview:
    """The summary of one interview, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class OneApplication:
    """The summary of all rounds of an application, by its id."""

    id: str


@dataclass(frozen=True, slots=True)
class Period:
    """The summary of the interviews from one date to another, both included, each in its own time zone."""

    first: date
    last: date

    def __contains__(self, one: Round) -> bool:
        return self.first <= one.interview.ended_local.date() <= self.last

    @property
    def in_words(self) -> str:
        """ "1 March to 5 April 2026"."""
        first = words.short_day(self.first)
        if self.first.year == self.last.year:
            first = first.removesuffix(f" {self.first.year}")
        return f"{first} to {words.short_day(self.last)}"


Scope: TypeAlias = "OneInterview | OneApplication | Period"


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """What goes into a summary."""

    sections: frozenset[str] | None = None
    """The ids of the sections wanted, private ones too. None: everything that is not private."""
    roles_for_names: bool = False
    """Whether people are called "Interviewer 1" instead of by name, in what was typed too."""


@dataclass(frozen=True, slots=True)
class Told:
    """The interviews that a summary tells, each with its application, the earliest first; never empty."""

    scope: Scope
    rounds: tuple[RoundInCourse, ...]
    sources: Sources
    people: Sequence[Person] = ()
    """Everybody in the record: the names to hide, of those who were met elsewhere too."""


def summarise(told: Told, options: SummaryOptions | None = None, figures: Section | None = None) -> Document:
    """The summary as a document; `figures` are drawn elsewhere and stand before the interviews."""
    chosen = options or SummaryOptions()
    title, subtitle = _titles(told)
    if isinstance(told.scope, OneInterview):
        (chapter,) = _chapters(told, chosen)
        return Document(title, subtitle, chapter.sections)
    overview = _overview(told, chosen)
    front = [section for section in (overview if _is_chosen(overview, chosen) else None, figures) if section]
    chapters = tuple(chapter for chapter in _chapters(told, chosen) if chapter.sections)
    return Document(title, subtitle, tuple(front), chapters)


def sections_offered(told: Told) -> tuple[Section, ...]:
    """Every section that the interviews have something to say in: what there is to choose from."""
    own = [section for course, one in told.rounds for section in interview_sections(course, one, told.sources)]
    offered = in_order(own, told.sources.questionnaire)
    return offered if isinstance(told.scope, OneInterview) else (_overview(told, SummaryOptions()), *offered)


def sections_for(audience: Audience, offered: Iterable[Section]) -> frozenset[str]:
    """The sections to begin with for somebody: a mentor gets what is not private, a job centre dates and steps."""
    match audience:
        case Audience.MENTOR:
            return frozenset(section.id for section in offered if not section.private)
        case Audience.JOB_CENTRE:
            return frozenset({OVERVIEW, FACTS, FOLLOWED} & {section.id for section in offered})
        case Audience.MYSELF:
            return frozenset(section.id for section in offered)


def _is_chosen(section: Section, options: SummaryOptions) -> bool:
    return not section.private if options.sections is None else section.id in options.sections


def _titles(told: Told) -> tuple[str, str]:
    course, one = told.rounds[0]
    application = course.application
    match told.scope:
        case OneInterview():
            day = words.day(one.interview.ended_local.date())
            return f"Interview at {application.employer}", f"{application.role} · {day}"
        case OneApplication():
            return f"Application at {application.employer}", application.role
        case Period() as period:
            employers = {course.application.employer for course, _ in told.rounds}
            many = f"{counted(len(told.rounds), 'interview')} at {counted(len(employers), 'employer')}"
            return "Interviews", f"{period.in_words} · {many}"


def _overview(told: Told, options: SummaryOptions) -> Section:
    """One row an interview."""
    whose = isinstance(told.scope, Period)
    header = ("Date", *(("Employer", "Role") if whose else ()), "Round", "Where it stands")
    rows = tuple(
        (
            words.day_in_table(one.interview.ended_local.date()),
            *((course.application.employer, course.application.role) if whose else ()),
            _roles(told, course, one, [one.interview.round]).hide(one.interview.round)
            if options.roles_for_names
            else one.interview.round,
            words.STATUS[one.status],
        )
        for course, one in told.rounds
    )
    return Section(OVERVIEW, "Overview", (Table(header, rows),))


def _chapters(told: Told, options: SummaryOptions) -> Iterator[Chapter]:
    """Each interview with its sections that are chosen."""
    for course, one in told.rounds:
        label = one.interview.round
        if options.roles_for_names:
            nameless = _roles(told, course, one, ())
            sections = _chosen(nameless.nameless, nameless.nameless_round, told, options)
            texts = [label, *(text for section in sections for block in section.blocks for text in block_texts(block))]
            roles = _roles(told, course, one, texts)
            label, sections = roles.hide(label), tuple(_hiding_names(section, roles) for section in sections)
        else:
            sections = _chosen(course, one, told, options)
        day = words.day(one.interview.ended_local.date())
        if isinstance(told.scope, Period):
            yield Chapter(course.application.employer, f"{course.application.role} · {label} · {day}", sections)
        else:
            yield Chapter(label, day, sections)


def _chosen(course: Course, one: Round, told: Told, options: SummaryOptions) -> tuple[Section, ...]:
    return tuple(section for section in interview_sections(course, one, told.sources) if _is_chosen(section, options))


def _roles(told: Told, course: Course, one: Round, texts: Sequence[str]) -> Roles:
    """The roles for texts about one interview.

    In a document with several rounds of an application, everybody keeps the number of the first.
    """
    leading = one if isinstance(told.scope, OneInterview) else course.rounds[0]
    return Roles(course, one, leading, mentioned(told.people, texts))


def _hiding_names(section: Section, roles: Roles) -> Section:
    if section.id != FACTS:
        return with_texts(section, roles.hide)
    return replace(section, blocks=tuple(_hidden_facts(block, roles) for block in section.blocks))


def _hidden_facts(block: Block, roles: Roles) -> Block:
    if not isinstance(block, Fields):
        return block
    rows = ((label, value if label in _OF_THE_RECORD else roles.hide(value)) for label, value in block.rows)
    return Fields(tuple(rows))
