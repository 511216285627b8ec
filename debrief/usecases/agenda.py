"""What is due: the agenda and the steps of the record, under the rules that the user chose."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.agenda import Agenda, Due, agenda, steps_of
from debrief.domain.courses import Course
from debrief.domain.rules import HouseRules, RuleBook
from debrief.public_holidays import working_days
from debrief.store import Store
from debrief.usecases.actor import Actor

RULES_SETTING = "house_rules"


def rules_in_force(actor: Actor, store: Store, now: datetime, book: RuleBook) -> HouseRules:
    """The house rules that the user chose; the standard ones until they choose."""
    with store.unit(actor.owner, now) as unit:
        return book.choose(str(unit.setting(RULES_SETTING, "standard")))


def choose_rules(actor: Actor, store: Store, now: datetime, rules: HouseRules) -> None:
    """Puts house rules in force; everything due follows from them at once."""
    with store.unit(actor.owner, now) as unit:
        unit.set_setting(RULES_SETTING, rules.id)


def todays_agenda(actor: Actor, store: Store, now: datetime, book: RuleBook) -> Agenda:
    """What to do across all applications."""
    rules = rules_in_force(actor, store, now, book)
    with store.unit(actor.owner, now) as unit:
        return agenda(unit.courses(), rules, working_days, now)


def steps_due(course: Course, rules: HouseRules, now: datetime) -> tuple[Due, ...]:
    """Every step of one application."""
    return steps_of(course, rules, working_days, now)
