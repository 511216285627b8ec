"""A career centre: who belongs to it, what a student shares with an advisor, and who did what.

Nothing is shared by default. What is shared is one interview with one advisor,
and ends at once when the student takes it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do at a centre. Everybody keeps a record of their own."""

    STUDENT = "student"
    ADVISOR = "advisor"
    """Reads what students share with them, and comments."""
    FACILITATOR = "facilitator"
    """Holds workshops; reads nothing of anybody."""
    ADMINISTRATOR = "administrator"
    """Keeps the list of members, erases on request, reads the centre's figures and the log; reads no record."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who has signed in at the centre."""

    owner: str
    """Whose record: the issuer and subject of the sign-in."""
    name: str
    email: str
    role: Role = Role.STUDENT
    cohort: str = ""
    seen_at: datetime | None = None
    in_figures: bool = False
    """Whether they agreed to be counted in the centre's figures."""


@dataclass(frozen=True, slots=True)
class Share:
    """One interview that a student lets one advisor read."""

    owner: str
    """The student."""
    interview_id: str
    advisor: str
    """The advisor's owner."""
    shared_at: datetime
    with_private: bool = False
    """Whether the sections that are private by default are shown too."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What an advisor wrote beside an answer of a shared interview."""

    id: str
    owner: str
    """The student whose interview it is about."""
    interview_id: str
    question: str
    """The question it stands beside; "" beside the interview as a whole."""
    author: str
    author_name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of the centre's log: who viewed, exported, shared or erased what of whom."""

    at: datetime
    who: str
    what: str
    """A verb: "viewed", "exported" …"""
    whose: str
    about: str = ""
    """What it concerned, without anything personal: an interview's id, a format."""
