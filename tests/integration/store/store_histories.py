"""Random facts and histories for properties of the store, made from the tables: a new column needs no change here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from sqlalchemy import UniqueConstraint

from debrief.domain.facts import Fact
from debrief.store import Unit, columns
from debrief.store.mapping import KINDS, Mapped, mapped
from debrief.store.tables import REFERENCES

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
"""Any script, controls and lone carriage returns included; NUL and surrogates are what is refused."""

zones = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=45)), *map(ZoneInfo, ("Asia/Kuala_Lumpur", "Africa/Nairobi"))]
) | st.sampled_from([ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")])

instants = st.datetimes(
    min_value=datetime(1, 1, 3),  # noqa: DTZ001 - the zone is drawn
    max_value=datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=zones,
    allow_imaginary=True,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def values_of(kind: columns.Kept) -> st.SearchStrategy[Any]:
    """Values that a column of this type keeps."""
    match kind:
        case columns.Row():
            return st.lists(texts, max_size=3).map(tuple)
        case columns.Json():
            return json_values
        case columns.Choice():
            return st.sampled_from(list(kind.words))
        case columns.Instant():
            return instants
        case columns.Day():
            return st.dates(date(1, 1, 1), date(9999, 12, 31))
        case columns.Number():
            return st.integers(-(2**31) + 1, 2**31 - 1)
        case columns.Flag():
            return st.booleans()
        case _:
            return texts


@st.composite
def facts(draw: st.DrawFn, kind: type[Fact], fact_id: str = "") -> Fact:
    """A fact of this kind, its references pointing nowhere. The id is given: a random one would hinder shrinking."""
    mapping: Mapped[Any] = mapped(kind)
    drawn: dict[str, Any] = {"id": fact_id}
    for name, column in zip(mapping.names, mapping.types, strict=True):
        if name not in ("id", "version"):
            value = values_of(column)
            drawn[name] = draw(st.none() | value if name in mapping.optional else value)
    return kind(**drawn)


@st.composite
def histories(draw: st.DrawFn, stem: str = "") -> list[Fact]:
    """One to two facts of every kind, parents first, each hanging under one of those before it; ids begin with stem."""
    made: list[Fact] = []
    taken: set[tuple[object, ...]] = set()
    for kind in KINDS:
        for _ in range(draw(st.integers(1, 2))):
            fact = draw(facts(kind, f"{stem}{len(made)}"))
            for reference in (one for one in REFERENCES if one.child is kind):
                parents = [one.id for one in made if type(one) is reference.parent]
                optional = reference.column in mapped(kind).optional
                fact = replace(fact, **{reference.column: draw(st.sampled_from([*parents, *[None] * optional]))})
            if unique_key(fact) not in taken:
                taken.add(unique_key(fact))
                made.append(fact)
    return made


def unique_key(fact: Fact) -> tuple[object, ...]:
    """What no two facts of a kind may share."""
    table = mapped(type(fact)).table
    unique = next((one for one in table.constraints if isinstance(one, UniqueConstraint)), None)
    names = [column.name for column in unique.columns if column.name != "owner"] if unique else ["id"]
    return (type(fact), *(getattr(fact, name) for name in names))


def dump(unit: Unit) -> dict[tuple[str, str], Fact]:
    """Everything that the unit's owner has, but for how often it was written."""
    return {(kind.__name__, fact.id): replace(fact, version=1) for kind in KINDS for fact in unit.find(kind)}
