"""What is due: the agenda and the steps of the record, under the rules that the user chose."""

from __future__ import annotations

from datetime import datetime, timedelta

from debrief.domain.agenda import Agenda, Due, agenda, steps_of
from debrief.domain.courses import Course
from debrief.domain.rules import HouseRules, RuleBook
from debrief.public_holidays import working_days
from debrief.store import Store
from debrief.usecases.actor import Actor

RULES_SETTING = "house_rules"
A_DAY = timedelta(days=1)


def rules_in_force(actor: Actor, store: Store, now: datetime, book: RuleBook) -> HouseRules:
    """The house rules that the user chose; the standard ones until they choose."""
    with store.unit(actor.owner, now) as unit:
        return book.choose(str(unit.setting(RULES_SETTING, "standard")))


def choose_rules(actor: Actor, store: Store, now: datetime, rules: HouseRules) -> None:
    """Puts house rules in force; everything due follows from them at once."""
    with store.unit(actor.owner, now) as unit:
        unit.set_setting(RULES_SETTING, rules.id)


def todays_agenda(
    actor: Actor, store: Store, now: datetime, rules: HouseRules, *, courses: tuple[Course, ...] | None = None
) -> Agenda:
    """What to do across all applications under the rules in force.

    `courses` are those of `courses_going_on`, where they were read earlier that
    day and the record has not changed since; None has them read.
    """
    if courses is None:
        courses = courses_going_on(actor, store, now, rules)
    return agenda(courses, rules, working_days, now)


def courses_going_on(actor: Actor, store: Store, now: datetime, rules: HouseRules) -> tuple[Course, ...]:
    """The applications in which anything is due, planned or waited for; perhaps some in which nothing is any more.

    They hold until the end of the day, unless the record changes.
    """
    with store.unit(actor.owner, now) as unit:
        return unit.courses(unit.going_on(now - rules.longest_window - A_DAY))


def steps_due(course: Course, rules: HouseRules, now: datetime) -> tuple[Due, ...]:
    """Every step of one application."""
    return steps_of(course, rules, working_days, now)
