"""Handing over a summary: what there is to choose from, and the document, for a preview and for its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from debrief.content import Content
from debrief.domain.courses import RoundInCourse
from debrief.domain.facts import Interview, Lesson, Person, Story
from debrief.domain.file_names import name_part
from debrief.errors import NotFound, Refused
from debrief.exchange.document import Document, Section
from debrief.exchange.sections import Sources
from debrief.exchange.summary import (
    OneApplication,
    OneInterview,
    Period,
    Scope,
    SummaryOptions,
    Told,
    sections_offered,
    summarise,
)
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import rules_in_force

LearnedT = TypeVar("LearnedT", Lesson, Story)
FEW = 50


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """Which interviews, and how they are to be told."""

    scope: Scope
    options: SummaryOptions = field(default_factory=SummaryOptions)
    figures: bool = False
    """Whether charts stand before the interviews of an application or a period, where there are enough for any."""


def summary_sections(actor: Actor, store: Store, now: datetime, scope: Scope, content: Content) -> tuple[Section, ...]:
    """The sections that the interviews have something to say in, private ones too.

    Raises NotFound for an unknown interview or application, Refused where there is no interview to tell.
    """
    return sections_offered(_told(actor, store, now, scope, content))


def summary(actor: Actor, store: Store, now: datetime, request: SummaryRequest, content: Content) -> Document:
    """The summary as a document, dated by the clock that `now` carries. Raises as `summary_sections` does."""
    told = _told(actor, store, now, request.scope, content, hiding=request.options.roles_for_names)
    figures = None
    if request.figures and not isinstance(request.scope, OneInterview):
        figures = _figures(actor, store, now, told, content)
    return replace(summarise(told, request.options, figures), made_at=now, stem=_stem(told))


def _told(actor: Actor, store: Store, now: datetime, scope: Scope, content: Content, *, hiding: bool = False) -> Told:
    """The interviews with what came of them; with everybody's name where names are to be hidden."""
    with store.unit(actor.owner, now) as unit:
        rounds = _rounds(unit, scope)
        sources = Sources(content.questionnaire, _came_of(unit, Lesson, rounds), _came_of(unit, Story, rounds))
        people = unit.find(Person) if hiding else ()
    in_time = sorted(rounds, key=lambda one: one.in_time)
    return Told(scope, tuple(in_time), sources, people)


def _came_of(unit: Unit, kind: type[LearnedT], rounds: Sequence[RoundInCourse]) -> Sequence[LearnedT]:
    """The lessons or stories of these rounds; of very many rounds, all that there are."""
    return unit.find(kind) if len(rounds) > FEW else unit.come_of(kind, [one.round.interview.id for one in rounds])


def _rounds(unit: Unit, scope: Scope) -> list[RoundInCourse]:
    match scope:
        case OneInterview(interview_id):
            course = unit.course(unit.get(Interview, interview_id).application_id)
            one = course.round_of(interview_id)
            if one is None:
                raise NotFound("This interview is not in the record. It may have been removed; reload the page.")
            return [RoundInCourse(course, one)]
        case OneApplication(application_id):
            course = unit.course(application_id)
            if not course.rounds:
                raise Refused("This application has no interview yet, so there is nothing to sum up.")
            return list(course.placed)
        case Period() as period:
            return rounds_in(unit, period)


def rounds_in(unit: Unit, period: Period) -> list[RoundInCourse]:
    """The interviews of a period with their applications. Raises Refused where there are none."""
    if period.last < period.first:
        raise Refused(
            f"The period ends on {period.last.isoformat()}, before it begins on {period.first.isoformat()}. "
            "Swap the two dates."
        )
    found = [one for course in unit.courses() for one in course.placed if one.round in period]
    if not found:
        raise Refused(f"Your record has no interview from {period.in_words}. Choose other dates.")
    return found


def _figures(actor: Actor, store: Store, now: datetime, told: Told, content: Content) -> Section | None:
    """Four charts of these interviews, loaded when they are asked for: drawing them needs large libraries."""
    from debrief.exchange.figures import figures_section  # noqa: PLC0415
    from debrief.insights.charts.flow import course_flow  # noqa: PLC0415
    from debrief.insights.charts.habits import habits  # noqa: PLC0415
    from debrief.insights.charts.recurring import hard_questions  # noqa: PLC0415
    from debrief.insights.charts.response import response_times  # noqa: PLC0415
    from debrief.insights.theme import PRINT  # noqa: PLC0415
    from debrief.usecases.insights import history  # noqa: PLC0415

    record = history(actor, store, now, rules_in_force(actor, store, now, content.rules))
    ids = [one.round.interview.id for one in told.rounds]
    record = record.only(record.interviews[record.interviews["interview_id"].isin(ids)])
    competencies = {option.id: option.text for option in content.questionnaire.competencies}
    return figures_section(
        (
            course_flow(record.interviews, PRINT),
            response_times(record.interviews, PRINT),
            hard_questions(record, PRINT, competencies),
            habits(record, PRINT),
        )
    )


def _stem(told: Told) -> str:
    """A file's name without suffix: "2026-03-05 Acme, panel"."""
    course, one = told.rounds[0]
    employer = name_part(course.application.employer)
    match told.scope:
        case OneInterview():
            return f"{one.interview.ended_local.date().isoformat()} {employer}, {name_part(one.interview.round)}"
        case OneApplication():
            return f"{employer}, {name_part(course.application.role)}"
        case Period(first, last):
            return f"Interviews {first.isoformat()} to {last.isoformat()}"
