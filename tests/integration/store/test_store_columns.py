"""Columns hold what the facts hold, in the same order, of one owner alone, on both databases."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from store_cases import a_full_case

from debrief.domain.facts import Application, Fact, Interview, Lesson, Message, MessageKind
from debrief.store import Store
from debrief.store.mapping import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_columns_are_the_fields_of_the_facts_in_their_order(store: Store, now: datetime, kind: type[Fact]) -> None:
    names = [field.name for field in fields(kind)]
    with store.unit("local", now) as unit:
        for days in (2, 0, 1):
            unit.add_all([*a_full_case(now - timedelta(days=days)), Lesson(text="Slow down", created_at=now)])
    with store.unit("local", now) as unit:
        facts = unit.find(kind)
        columns = unit.columns(kind, names)
    assert len(facts) == 3
    assert {name: list(values) for name, values in columns.items()} == {
        name: [getattr(fact, name) for fact in facts] for name in names
    }


def test_only_wanted_facts_of_the_owner_are_in_the_columns(store: Store, now: datetime) -> None:
    with store.unit("somebody else", now) as unit:
        unit.add_all(a_full_case(now))
    with store.unit("local", now) as unit:
        facts = unit.add_all(a_full_case(now))
    kinds = [fact.kind for fact in facts if isinstance(fact, Message)]
    with store.unit("local", now) as unit:
        assert len(unit.columns(Application, ["id"])["id"]) == 1
        wanted = unit.columns(Message, ["kind"], kind=[MessageKind.THANK_YOU, MessageKind.CHECK_IN])
        assert list(wanted["kind"]) == [kind for kind in kinds if kind in ("thank_you", "check_in")]


def test_an_empty_record_has_empty_columns(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        assert unit.columns(Interview, ["id", "round"]) == {"id": [], "round": []}
