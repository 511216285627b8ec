"""Who signed in, by the claims of their token, and what they are at a centre."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from debrief.domain.admission import Admission, identity_of, owner_of
from debrief.domain.centre import Member, Role
from debrief.errors import SignInNeeded

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
CLAIMS = {
    "is_logged_in": True,
    "iss": "https://accounts.college.example",
    "sub": "17",
    "iat": (NOW - timedelta(minutes=1)).timestamp(),
    "exp": (NOW + timedelta(hours=1)).timestamp(),
    "name": " Amina Diallo ",
    "email": "Amina@College.Example",
    "year": " Spring ",
}
CENTRE = Admission(
    name="Harbour College Careers",
    domains=("college.example", "staff.example"),
    roles={"cato@college.example": Role.ADVISOR},
    claim="groups",
    claim_roles={"staff": Role.ADVISOR, "keepers": Role.ADMINISTRATOR, "7": Role.FACILITATOR},
    cohorts={"bela@college.example": "Autumn"},
    cohort_claim="year",
)


def refusal(**claims: object) -> str:
    with pytest.raises(SignInNeeded) as caught:
        identity_of({**CLAIMS, **claims}, NOW)
    return str(caught.value)


def test_a_sign_in_tells_who_and_until_when() -> None:
    somebody = identity_of(CLAIMS, NOW)
    assert somebody.owner == owner_of("https://accounts.college.example", "17")
    assert (somebody.name, somebody.email) == ("Amina Diallo", "amina@college.example")
    assert somebody.began_at == NOW - timedelta(minutes=1)
    assert somebody.claims == CLAIMS


def test_an_owner_tells_nobodys_name_and_stays_the_same() -> None:
    assert owner_of("a", "b c") == "u" + sha256(b"a b c").hexdigest()[:32]
    assert owner_of("a", "1") != owner_of("a", "2")


def test_nobody_signed_in_is_asked_to() -> None:
    assert refusal(is_logged_in=False) == "Sign in to open your record."


@pytest.mark.parametrize("claim", ["iss", "sub", "iat", "exp"])
@pytest.mark.parametrize("value", [None, "", " ", True, [], "soon", 1e300, float("nan")])
def test_a_sign_in_without_issuer_subject_or_end_is_none(claim: str, value: object) -> None:
    if isinstance(value, str) and value == "soon" and claim in ("iss", "sub"):
        assert identity_of({**CLAIMS, claim: value}, NOW).owner
    else:
        assert refusal(**{claim: value}) == (
            "The sign-in did not say who you are and until when it holds. Sign in again; "
            "if that does not help, tell the centre that its provider must send iss, sub, iat and exp."
        )


def test_a_sign_in_ends_at_its_very_instant() -> None:
    ended = "Your sign-in has run out. What you entered is kept; sign in again to go on."
    assert refusal(exp=NOW.timestamp()) == ended
    assert identity_of({**CLAIMS, "exp": (NOW + timedelta(seconds=1)).timestamp()}, NOW)
    assert identity_of({**CLAIMS, "exp": int(NOW.timestamp()) + 1}, NOW)


@pytest.mark.parametrize(
    ("verified", "counts"), [(True, True), ("true", True), (None, True), (False, False), ("false", False)]
)
def test_an_address_that_is_not_verified_counts_as_none(verified: object, counts: bool) -> None:
    told = identity_of({**CLAIMS, "email_verified": verified}, NOW)
    assert told.email == ("amina@college.example" if counts else "")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": ""}, "amina"),
        ({"name": 7}, "amina"),
        ({"name": " ", "email": None}, "Somebody without a name"),
        ({"name": "", "email_verified": False}, "Somebody without a name"),
    ],
)
def test_who_has_no_name_is_called_by_the_address(claims: dict[str, object], name: str) -> None:
    assert identity_of({**CLAIMS, **claims}, NOW).name == name


def test_a_member_is_what_the_sign_in_and_the_list_say() -> None:
    somebody = identity_of(CLAIMS, NOW)
    assert CENTRE.admit(somebody) == Member(
        owner=somebody.owner, name="Amina Diallo", email="amina@college.example", role=Role.STUDENT, cohort="Spring"
    )


@pytest.mark.parametrize("email", ["amina@elsewhere.example", "@college.example", "college.example", "", None])
def test_addresses_elsewhere_may_not_enter(email: str | None) -> None:
    with pytest.raises(SignInNeeded) as caught:
        CENTRE.admit(identity_of({**CLAIMS, "email": email}, NOW))
    assert str(caught.value) == (
        "Harbour College Careers opens Debrief to addresses at college.example and staff.example. "
        "Sign in with such an address, or ask the centre."
    )


def test_without_domains_everybody_whom_the_provider_signs_in_may_enter() -> None:
    anybody = identity_of({**CLAIMS, "email": None}, NOW)
    assert Admission(name="Harbour").admit(anybody).role is Role.STUDENT


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "CATO@college.example", "groups": ["keepers"]}, Role.ADVISOR),  # the list goes before the claim
        ({"groups": "keepers"}, Role.ADMINISTRATOR),
        ({"groups": ["choir", "staff", "keepers"]}, Role.ADMINISTRATOR),
        ({"groups": ("staff", 7)}, Role.ADVISOR),
        ({"groups": [7]}, Role.FACILITATOR),
        ({"groups": {"keepers": True}}, Role.STUDENT),
        ({"groups": None}, Role.STUDENT),
        ({"": "keepers"}, Role.STUDENT),
    ],
)
def test_a_role_is_the_lists_else_the_weightiest_of_the_claim(claims: dict[str, object], role: Role) -> None:
    assert CENTRE.admit(identity_of({**CLAIMS, **claims}, NOW)).role is role


def test_a_role_for_no_address_and_a_claim_without_a_name_are_nobodys() -> None:
    centre = Admission(name="Harbour", roles={"": Role.ADMINISTRATOR}, claim_roles={"None": Role.ADVISOR})
    assert centre.admit(identity_of({**CLAIMS, "email": None}, NOW)).role is Role.STUDENT


def test_a_place_is_what_stands_behind_the_last_at() -> None:
    told = identity_of({**CLAIMS, "name": "", "email": '"odd@elsewhere.example"@college.example'}, NOW)
    assert CENTRE.admit(told).role is Role.STUDENT
    assert told.name == '"odd'
    with pytest.raises(SignInNeeded):
        CENTRE.admit(identity_of({**CLAIMS, "email": "odd@college.example@elsewhere.example"}, NOW))


def test_a_cohort_is_the_lists_else_the_claims() -> None:
    assert CENTRE.admit(identity_of({**CLAIMS, "email": "bela@college.example"}, NOW)).cohort == "Autumn"
    assert CENTRE.admit(identity_of({**CLAIMS, "year": 2026}, NOW)).cohort == ""
