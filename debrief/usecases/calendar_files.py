"""Handing over the steps that lie ahead as a calendar file."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from debrief.domain.agenda import Due
from debrief.domain.rules import RuleBook, StepName
from debrief.exchange.calendar import Link, calendar_file, events_ahead, ledger_from_json, ledger_to_json
from debrief.public_holidays import working_days
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import rules_in_force

LEDGER_SETTING = "calendar_ledger"
_PAGES = {StepName.REFLECT: "reflect", StepName.LET_GO: "applications"}
"""Where a step is taken; all others are notes to write."""


def page_links(address: str) -> Link:
    """What gives the address of the page where a step is taken, in an app that answers at `address`."""

    def link(due: Due) -> str:
        page = _PAGES.get(due.step.name, "write")
        asked: dict[str, str] = {"interview": due.round.interview.id}
        if page == "write":
            asked["kind"] = due.step.name.value
        if page == "write" and due.step.person_id:
            asked["to"] = due.step.person_id
        if page == "applications":
            asked = {"application": due.course.application.id}
        return f"{address.rstrip('/')}/{page}?{urlencode(asked)}"

    return link


def steps_calendar(
    actor: Actor, store: Store, now: datetime, book: RuleBook, link: Link, *, application_id: str | None = None
) -> bytes:
    """The steps of all applications, or of one, as an .ics file; what was handed out is noted for the next one.

    `link` gives the address of the page where a step can be taken. Raises
    NotFound for an unknown application.
    """
    rules = rules_in_force(actor, store, now, book)
    with store.unit(actor.owner, now) as unit:
        courses = unit.courses() if application_id is None else (unit.course(application_id),)
        ledger = ledger_from_json(unit.setting(LEDGER_SETTING))
        events = events_ahead(courses, rules, working_days, now, link)
        file = calendar_file(events, ledger, now, application_id)
        if file.ledger != ledger:
            unit.set_setting(LEDGER_SETTING, ledger_to_json(file.ledger))
    return file.content
