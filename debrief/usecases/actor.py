"""Who is acting: every use case takes one, and the store shows it only its own rows."""

from __future__ import annotations

from dataclasses import dataclass

from debrief.domain.centre import Role

LOCAL_OWNER = "local"
"""The owner of everything on one's own machine."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the screen or at the command line."""

    owner: str = LOCAL_OWNER
    role: Role = Role.STUDENT
    """What they may do at a centre; on one's own machine it opens nothing."""
    name: str = ""
    """How they are called at a centre."""
