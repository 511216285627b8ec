"""A centre's list: what it may say, and each mistake with its line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from debrief.content.centre import load_admission
from debrief.domain.admission import Admission, Identity, identity_of, owner_of
from debrief.domain.centre import Role
from debrief.errors import ContentBroken, SignInNeeded

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
WHOLE = """\
name: Harbour College Careers
domains: [College.example]
claim: groups
claim_values:
  advisor: [careers-staff]
  facilitator: [workshops]
roles:
  administrator: [Dora@College.example]
cohorts:
  Spring 2026: [amina@college.example]
cohort_claim: year
retention_days: 400
"""


def load(tmp_path: Path, text: str) -> Admission:
    file = tmp_path / "centre.yaml"
    file.write_text(text, encoding="utf-8")
    return load_admission(file)


def somebody(**claims: object) -> Identity:
    told = {"is_logged_in": True, "iss": "https://a.example", "sub": "1", "iat": NOW.timestamp() - 60}
    return identity_of({**told, "exp": NOW.timestamp() + 60, "email": "x@college.example", **claims}, NOW)


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({}, Role.STUDENT),
        ({"email": "DORA@college.EXAMPLE"}, Role.ADMINISTRATOR),
        ({"groups": "careers-staff"}, Role.ADVISOR),
        ({"groups": ["choir", "workshops"]}, Role.FACILITATOR),
        ({"groups": ["workshops", "careers-staff"]}, Role.ADVISOR),
        ({"groups": "administrator"}, Role.STUDENT),
        ({"groups": {"careers-staff": True}}, Role.STUDENT),
        ({"role": "administrator"}, Role.STUDENT),
    ],
)
def test_a_role_comes_from_the_list_or_from_the_claim_that_it_names(
    tmp_path: Path, claims: dict[str, object], role: Role
) -> None:
    assert load(tmp_path, WHOLE).admit(somebody(**claims)).role is role


def test_a_cohort_comes_from_the_list_or_from_its_claim(tmp_path: Path) -> None:
    listed = load(tmp_path, WHOLE)

    assert listed.admit(somebody(email="amina@college.example", year="3")).cohort == "Spring 2026"
    assert listed.admit(somebody(year="3")).cohort == "3"
    assert listed.admit(somebody()).cohort == ""


@pytest.mark.parametrize("email", ["", "x@college.example.evil.example", "x@evil.example", "college.example"])
def test_only_the_named_domains_enter(tmp_path: Path, email: str) -> None:
    with pytest.raises(SignInNeeded, match=r"college\.example"):
        load(tmp_path, WHOLE).admit(somebody(email=email))


def test_an_owner_is_the_same_at_each_sign_in_another_for_each_issuer_and_tells_neither() -> None:
    assert somebody().owner == somebody(name="Another Name", email="new@college.example").owner
    assert len({owner_of("a", "b"), owner_of("a", "c"), owner_of("c", "b"), owner_of("a b", "")}) == 4
    assert "amina" not in owner_of("https://a.example", "amina@college.example")


@pytest.mark.parametrize("moment", [None, "soon", True, float("inf"), 1e30])
def test_a_sign_in_without_a_readable_end_is_none(moment: object) -> None:
    with pytest.raises(SignInNeeded):
        somebody(exp=moment)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("name: X\n", 1, "administrator"),
        ("name: X\nroles:\n  boss: [a@b.example]\n", 3, "boss"),
        ("name: X\nroles:\n  administrator: [dora]\n", 3, "e-mail address"),
        ("name: X\nroles:\n  administrator: [a@b.example]\n  advisor: [A@b.example]\n", 4, "one group"),
        (WHOLE.replace("claim: groups\n", ""), 3, "claim"),
        (WHOLE.replace("retention_days: 400", "retention_days: 0"), 12, "1"),
        (WHOLE.replace("[College.example]", "[a@college.example]"), 2, "behind the @"),
        (WHOLE + "admins: []\n", 13, "admins"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(ContentBroken) as broken:
        load(tmp_path, text)

    (problem,) = broken.value.problems
    assert (problem.file, problem.line) == ("centre.yaml", line)
    assert told in str(problem)
