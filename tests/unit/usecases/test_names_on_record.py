"""A letter is told the few names that may matter to it: it is judged as if it were told all of them."""

from __future__ import annotations

from dataclasses import replace

from bench.critique_quality import Labelled, desk, letters
from debrief.desk.critique import critique
from debrief.domain.critique import Finding, RecordFacts
from debrief.usecases.names_on_record import Names

LETTERS = [*letters("development")][::12]
"""Every twelfth: each is judged with the names of all of these."""
DRAFTS = [letter.draft for letter in LETTERS]
COMPANIES = {name for draft in DRAFTS for name in (draft.company or "", *draft.other_companies)} - {""}
ROLES = {name for draft in DRAFTS for name in (draft.role or "", *draft.other_roles)} - {""}
PEOPLE = {name for draft in DRAFTS for name in (draft.to.name if draft.to else "", *draft.other_people)} - {""}
RULES = desk(with_meaning=False).rules


def but(names: set[str], own: str | None) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name.casefold() != (own or "").casefold()))


def judged(letter: Labelled, record: RecordFacts) -> tuple[Finding, ...]:
    return critique(letter.draft.letter(), record, RULES, None)


def test_of_hundreds_of_names_the_few_that_a_letter_touches_lead_to_the_same_findings() -> None:
    companies, roles, people = Names(COMPANIES), Names(ROLES), Names(PEOPLE)
    assert min(len(COMPANIES), len(ROLES), len(PEOPLE)) > 200
    differ: dict[str, object] = {}
    for letter in LETTERS:
        record, draft = letter.draft.record(None), letter.draft
        texts = (draft.subject, draft.body, *draft.other_notes)
        told_all = replace(
            record,
            other_companies=but(COMPANIES, draft.company),
            other_roles=but(ROLES, draft.role),
            other_people=but(PEOPLE, record.recipient),
        )
        told_few = replace(
            record,
            other_companies=companies.near(texts, but=draft.company or ""),
            other_roles=roles.near(texts, but=draft.role or ""),
            other_people=people.near(texts, but=record.recipient or ""),
        )
        if (all_found := judged(letter, told_all)) != (few_found := judged(letter, told_few)):
            differ[letter.id] = set(all_found) ^ set(few_found)
    assert differ == {}
