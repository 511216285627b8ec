"""All applications at a glance: what lists show of them, narrowed by words and status, without their whole courses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from debrief.domain.courses import Status


@dataclass(frozen=True, slots=True)
class Listed:
    """One application in a list."""

    id: str
    employer: str
    role: str
    status: Status
    """The latest round's."""
    ended_at: datetime | None
    """When the latest round ended or is to end; None where there is no round yet."""
    next_at: datetime | None
    """The nearest planned end of the rounds that are scheduled."""
    words: str
    """Employer, role and everybody met, folded: what a search looks in."""

    @property
    def name(self) -> str:
        """What a list calls it."""
        return f"{self.employer} · {self.role}"


@dataclass(frozen=True)
class Directory:
    """All applications; the one whose latest round ended last comes first."""

    applications: tuple[Listed, ...]
    statuses: tuple[Status, ...]
    """Those that occur, in the order of their definition."""

    @cached_property
    def going_on(self) -> tuple[Listed, ...]:
        """Those in which somebody still has a move to make: the nearest round to come first."""
        return tuple(sorted((one for one in self.applications if one.status.is_open), key=_nearest_first))

    def found(self, wanted: str, statuses: Collection[Status] = ()) -> Sequence[Listed]:
        """Those of these statuses, if any are named, in which every word of a search stands."""
        found: Sequence[Listed] = self.applications
        if statuses:
            found = [one for one in found if one.status in statuses]
        return speaking_of(found, wanted)


def speaking_of(applications: Sequence[Listed], wanted: str) -> Sequence[Listed]:
    """Those in which every word of a search stands."""
    for word in wanted.casefold().split():
        applications = [one for one in applications if word in one.words]
    return applications


def directory_of(applications: Sequence[Listed]) -> Directory:
    """The directory of these applications, in order."""
    present = {one.status for one in applications}
    in_order = sorted(applications, key=_last_end, reverse=True)
    return Directory(tuple(in_order), tuple(status for status in Status if status in present))


def _last_end(one: Listed) -> tuple[float, str]:
    return one.ended_at.timestamp() if one.ended_at else float("-inf"), one.id


def _nearest_first(one: Listed) -> tuple[bool, bool, float]:
    """Rounds in the calendar first, then invitations to another one, then the latest."""
    latest = one.ended_at.timestamp() if one.ended_at else 0.0
    return one.next_at is None, one.status is not Status.ADVANCED, one.next_at.timestamp() if one.next_at else -latest
