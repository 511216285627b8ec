"""Reads a career centre's list: who may enter, who has which role, and for how long records are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from debrief.content.reader import Reading, Shape, Text, read
from debrief.domain.admission import Admission
from debrief.domain.centre import Role
from debrief.errors import ContentBroken, Problem, Refused

CENTRE_VARIABLE = "DEBRIEF_CENTRE"
"""Names the file with the centre's list."""


def _address(value: str) -> str:
    name, at, domain = value.strip().casefold().partition("@")
    if not (name and at and "." in domain):
        raise PydanticCustomError("address", "an e-mail address is expected here, such as ada@college.example")
    return f"{name}@{domain}"


def _domain(value: str) -> str:
    domain = value.strip().casefold().removeprefix("@")
    if "." not in domain or "@" in domain:
        raise PydanticCustomError("domain", "the part behind the @ is expected here, such as college.example")
    return domain


Address = Annotated[str, AfterValidator(_address)]
Domain = Annotated[str, AfterValidator(_domain)]
GroupT = TypeVar("GroupT", bound=str)


class CentreShape(Shape):
    """The file's keys."""

    name: Text
    domains: tuple[Domain, ...] = ()
    roles: dict[Role, tuple[Address, ...]] = Field(default_factory=dict[Role, tuple[Address, ...]])
    claim: str = ""
    claim_values: dict[Role, tuple[Text, ...]] = Field(default_factory=dict[Role, tuple[Text, ...]])
    cohorts: dict[Text, tuple[Address, ...]] = Field(default_factory=dict[Text, tuple[Address, ...]])
    cohort_claim: str = ""
    retention_days: Annotated[int, Field(ge=1)] | None = None
    command_line: tuple[Text, ...] = ()


def named_file(environment: Mapping[str, str]) -> Path:
    """The file that the environment names. Raises Refused where it names none, or none that is there."""
    named = environment.get(CENTRE_VARIABLE, "").strip()
    if not named or not Path(named).is_file():
        raise Refused(
            f"A server needs its centre's list of roles. Set {CENTRE_VARIABLE} to a file such as deploy/centre.yaml."
        )
    return Path(named).resolve()


def load_admission(file: Path) -> Admission:
    """The list in a file. Raises ContentBroken with every mistake in it."""
    reading = read(file, CentreShape, relative_to=file.parent)
    if reading.value is None:
        raise ContentBroken(reading.problems)
    shape, problems = reading.value, list[Problem]()
    roles = _turned("roles", shape.roles, reading, problems)
    claim_roles = _turned("claim_values", shape.claim_values, reading, problems)
    cohorts = _turned("cohorts", shape.cohorts, reading, problems)
    if Role.ADMINISTRATOR not in (*roles.values(), *claim_roles.values()):
        problems.append(reading.problem(("roles",), "at least one administrator is expected: nobody could erase"))
    if claim_roles and not shape.claim:
        problems.append(reading.problem(("claim_values",), "“claim” is expected beside it: whose values these are"))
    if problems:
        raise ContentBroken(problems)
    return Admission(
        name=shape.name,
        domains=shape.domains,
        roles=roles,
        claim=shape.claim,
        claim_roles=claim_roles,
        cohorts=cohorts,
        cohort_claim=shape.cohort_claim,
        retention_days=shape.retention_days,
        command_line=shape.command_line,
    )


def _turned(
    key: str, groups: Mapping[GroupT, tuple[str, ...]], reading: Reading[CentreShape], problems: list[Problem]
) -> dict[str, GroupT]:
    """Each entry's group; an entry in two groups is a mistake, since either could be meant."""
    found: dict[str, GroupT] = {}
    for group, entries in groups.items():
        for place, entry in enumerate(entries):
            if found.setdefault(entry, group) != group:
                expected = f"one group for each is expected; “{entry}” stands under {found[entry]} already"
                problems.append(reading.problem((key, str(group), place), expected))
    return found
