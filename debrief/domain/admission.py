"""Who may enter a career centre's server, and as what: the centre's list against what a sign-in tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from debrief.domain.centre import Member, Role
from debrief.errors import SignInNeeded

_BY_WEIGHT = (Role.ADMINISTRATOR, Role.ADVISOR, Role.FACILITATOR, Role.STUDENT)
"""Whoever is given several roles by a claim has the first of these."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One sign-in, as the provider told it."""

    owner: str
    """Under which the record is kept: made of issuer and subject, and telling neither."""
    name: str
    email: str
    """In small letters; empty where none was told, or the provider says that it is not verified."""
    began_at: datetime
    claims: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A centre's list: who may enter, who has which role, and for how long records are kept."""

    name: str
    """The centre's."""
    domains: tuple[str, ...] = ()
    """The e-mail domains whose people may enter; none: everybody whom the provider signs in."""
    roles: Mapping[str, Role] = field(default_factory=dict[str, Role])
    """By e-mail address. Whoever is not named is a student."""
    claim: str = ""
    """The claim that names roles, where the provider sends one."""
    claim_roles: Mapping[str, Role] = field(default_factory=dict[str, Role])
    """What the claim's values mean."""
    cohorts: Mapping[str, str] = field(default_factory=dict[str, str])
    """By e-mail address."""
    cohort_claim: str = ""
    retention_days: int | None = None
    """After how many days without a sign-in a record is erased; None: never."""
    command_line: tuple[str, ...] = ()
    """The system's users who may work on anybody's record at the command line."""

    def admit(self, identity: Identity) -> Member:
        """What somebody is at this centre. Raises SignInNeeded where they may not enter."""
        name, _, domain = identity.email.rpartition("@")
        if self.domains and not (name and domain in self.domains):
            raise SignInNeeded(
                f"{self.name} opens Debrief to addresses at {' and '.join(self.domains)}. "
                "Sign in with such an address, or ask the centre."
            )
        return Member(
            owner=identity.owner,
            name=identity.name,
            email=identity.email,
            role=self._role_of(identity),
            cohort=self.cohorts.get(identity.email) or _text(identity.claims.get(self.cohort_claim)),
        )

    def _role_of(self, identity: Identity) -> Role:
        """The one that the list gives to the address, else the weightiest that the claim names, else student."""
        named = self.roles.get(identity.email) if identity.email else None
        if named is not None:
            return named
        told = identity.claims.get(self.claim) if self.claim else None
        values = told if isinstance(told, list | tuple) else (told,) if told is not None else ()
        given = {self.claim_roles[str(value)] for value in values if str(value) in self.claim_roles}
        return next((role for role in _BY_WEIGHT if role in given), Role.STUDENT)


def identity_of(claims: Mapping[str, Any], now: datetime) -> Identity:
    """Who signed in, by the claims of their token. Raises SignInNeeded where nobody did, or it has ended."""
    if not claims.get("is_logged_in"):
        raise SignInNeeded("Sign in to open your record.")
    issuer, subject = _text(claims.get("iss")), _text(claims.get("sub"))
    began, ends = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if not (issuer and subject and began and ends):
        raise SignInNeeded(
            "The sign-in did not say who you are and until when it holds. Sign in again; "
            "if that does not help, tell the centre that its provider must send iss, sub, iat and exp."
        )
    if ends <= now:
        raise SignInNeeded("Your sign-in has run out. What you entered is kept; sign in again to go on.")
    verified = claims.get("email_verified", True) not in (False, "false")
    email = _text(claims.get("email")).casefold() if verified else ""
    name = _text(claims.get("name")) or email.partition("@")[0] or "Somebody without a name"
    return Identity(owner_of(issuer, subject), name, email, began, claims)


def owner_of(issuer: str, subject: str) -> str:
    """The owner of a person's record: the same at every sign-in, and no name in a log or an address."""
    return f"u{sha256(f'{issuer} {subject}'.encode()).hexdigest()[:32]}"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
