"""Coming in and going: who acts, by what their sign-in tells and what the centre's list says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from debrief.domain.admission import Admission, identity_of
from debrief.domain.centre import Member
from debrief.errors import SignInNeeded
from debrief.store import Store
from debrief.usecases.actor import Actor


def admitted(claims: Mapping[str, Any], admission: Admission, store: Store, now: datetime) -> Member:
    """Whom the claims of a sign-in name, if it still holds; nothing is written.

    Raises SignInNeeded where nobody is signed in, the sign-in has run out, or
    they signed out since it began, be it in another tab or on another replica,
    and where the centre does not let them in.
    """
    identity = identity_of(claims, now)
    member = admission.admit(identity)
    with store.centre(member.owner, member.role, now) as centre:
        ended = centre.signed_out_at()
    if ended is not None and identity.began_at < ended:
        raise SignInNeeded("You have signed out. What you entered is kept; sign in again to go on.")
    return member


def acting(member: Member) -> Actor:
    """The member as the one who acts."""
    return Actor(member.owner, member.role, member.name)


def enter(member: Member, store: Store, now: datetime) -> None:
    """Keeps somebody who came in among the centre's members, as their sign-in tells them today."""
    with store.centre(member.owner, member.role, now) as centre:
        centre.enter(member)


def sign_out(actor: Actor, store: Store, now: datetime) -> None:
    """Ends all sessions of the actor that began before now, wherever they are."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.sign_out()
