"""Whatever one owner does, another's record is neither seen nor touched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from store_cases import a_full_case
from store_histories import dump

from debrief.domain.facts import Application, Fact, Interview, Lesson
from debrief.errors import NotFound, StoreBroken
from debrief.store import Store, Unit
from debrief.store.mapping import KINDS

Attempt = Callable[[Unit, list[Fact]], object]


def refused(attempt: Attempt) -> Attempt:
    """An attempt that must end in NotFound."""

    def tried(unit: Unit, facts: list[Fact]) -> None:
        with pytest.raises(NotFound):
            attempt(unit, facts)

    return tried


def sees_nothing(attempt: Attempt) -> Attempt:
    """An attempt that must give nothing."""

    def tried(unit: Unit, facts: list[Fact]) -> None:
        assert not attempt(unit, facts)

    return tried


def write_the_same(unit: Unit, facts: list[Fact]) -> None:
    """The same ids in the intruder's own record, changed and removed there."""
    added = unit.add_all([replace(fact, version=1) for fact in facts])
    unit.change(replace(added[0], employer="Elsewhere"))
    unit.remove(unit.get(Application, added[0].id))


ATTEMPTS: dict[str, list[Attempt]] = {
    "get": [refused(lambda unit, facts: [unit.get(type(fact), fact.id) for fact in facts])],
    "find": [
        sees_nothing(lambda unit, facts: [found for kind in KINDS for found in unit.find(kind)]),
        sees_nothing(lambda unit, facts: unit.find(Application, id=[fact.id for fact in facts])),
    ],
    "latest": [sees_nothing(lambda unit, facts: unit.latest(Application, 9))],
    "come_of": [sees_nothing(lambda unit, facts: unit.come_of(Lesson, [fact.id for fact in facts]))],
    "columns": [sees_nothing(lambda unit, facts: unit.columns(Application, ["employer"])["employer"])],
    "add": [refused(lambda unit, facts: unit.add(replace(facts[1], id="new")))],
    "add_all": [refused(lambda unit, facts: unit.add_all([replace(facts[1], id="new")])), write_the_same],
    "change": [refused(lambda unit, facts, n=n: unit.change(facts[n])) for n in range(11)],
    "remove": [refused(lambda unit, facts, n=n: unit.remove(facts[n])) for n in range(11)],
    "courses": [
        sees_nothing(lambda unit, facts: unit.courses()),
        sees_nothing(lambda unit, facts: unit.courses([fact.id for fact in facts])),
    ],
    "going_on": [sees_nothing(lambda unit, facts: unit.going_on(unit.now))],
    "course": [refused(lambda unit, facts: unit.course(facts[0].id))],
    "course_of": [refused(lambda unit, facts: unit.course_of(facts[1].id))],
    "setting": [sees_nothing(lambda unit, facts: unit.setting("tone"))],
    "settings": [sees_nothing(lambda unit, facts: unit.settings())],
    "set_setting": [lambda unit, facts: unit.set_setting("tone", "curt")],
    "data_versions": [sees_nothing(lambda unit, facts: any(unit.data_versions().values()))],
    "journal": [
        sees_nothing(lambda unit, facts: unit.journal()),
        sees_nothing(lambda unit, facts: unit.journal(facts[0].id)),
    ],
    "undo": [refused(lambda unit, facts: unit.undo(1))],
    "forget_everything": [lambda unit, facts: unit.forget_everything()],
    "finish": [lambda unit, facts: unit.finish()],
}


def test_every_method_of_a_unit_is_tried() -> None:
    assert {name for name in vars(Unit) if not name.startswith("_")} == set(ATTEMPTS)


@pytest.mark.parametrize("label", [None, "Intruded"])
@pytest.mark.parametrize("attempt", [one for attempts in ATTEMPTS.values() for one in attempts])
def test_another_owner_sees_and_touches_nothing(
    lasting_store: Store, now: datetime, attempt: Attempt, label: str | None
) -> None:
    owner = f"a{uuid4().hex}"
    with lasting_store.unit(owner, now, "Logged Alder & Finch") as unit:
        facts = unit.add_all(a_full_case(now))
        unit.set_setting("tone", "warm")
    before = all_of(lasting_store, owner, now)
    # Where the database itself refused, the unit ends with a StoreBroken: that is as well.
    with suppress(StoreBroken), lasting_store.unit(owner.upper(), now, label) as intruder:
        attempt(intruder, facts)
    assert all_of(lasting_store, owner, now) == before


def all_of(store: Store, owner: str, now: datetime) -> tuple[object, ...]:
    """All that an owner can see."""
    with store.unit(owner, now) as unit:
        return dump(unit), unit.settings(), unit.journal(), unit.data_versions(), unit.courses()


def test_two_owners_may_hold_the_same_ids(store: Store, now: datetime) -> None:
    case = a_full_case(now)
    for owner in ("ada", "bo"):
        with store.unit(owner, now) as unit:
            assert unit.add_all(case) == case
    with store.unit("ada", now) as unit:
        unit.remove(case[0])
        assert unit.find(Interview) == []
    with store.unit("bo", now) as unit:
        assert unit.get(Interview, case[1].id) == case[1]
