"""What administrators do: see who belongs to the centre, erase on request, keep to the retention period, read the log.

They read no record: a record is opened here only to delete it, or to count the
waits of those who agreed to be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from debrief.domain.centre import Member, Noted, Role
from debrief.domain.facts import Interview
from debrief.errors import NotFound, Refused
from debrief.exchange.sample_history import ORIGIN
from debrief.insights.disclosure import Figures, Wait, figures
from debrief.insights.history import rounds_of, with_days
from debrief.store import Store
from debrief.usecases.actor import Actor

ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased of one person, and when."""

    member: Member
    at: datetime
    by: str
    counts: Mapping[str, int]
    """Rows by table, those without any left out."""

    @property
    def text(self) -> str:
        """The receipt to hand to the person."""
        lines = [f"- {count} {name.replace('_', ' ')}" for name, count in self.counts.items()]
        return "\n".join(
            [
                "Receipt of erasure",
                "",
                f"Whose:  {self.member.name} {f'<{self.member.email}>' if self.member.email else ''}".rstrip(),
                f"Record: {self.member.owner}",
                f"When:   {self.at:%Y-%m-%d %H:%M} UTC",
                f"By:     {self.by}",
                "",
                "Deleted from the database:",
                *(lines or ["- nothing: the record was empty"]),
                "",
                "What stays: lines of the log under the record's number, without a name or a text, and the moment of",
                "this erasure, which ends every session. Backups made before are deleted when their time is up.",
                "",
            ]
        )


def members(actor: Actor, store: Store, now: datetime) -> tuple[Member, ...]:
    """Everybody who has signed in. Raises Refused for anybody but an administrator."""
    with store.centre(actor.owner, actor.role, now) as centre:
        return centre.members()


def log(actor: Actor, store: Store, now: datetime, limit: int = 500) -> tuple[Noted, ...]:
    """The centre's log, newest first. Raises Refused for anybody but an administrator."""
    _require_administrator(actor)
    with store.centre(actor.owner, actor.role, now) as centre:
        return centre.log(limit)


def erase(actor: Actor, store: Store, now: datetime, owner: str) -> Receipt:
    """Erases everything of one member, for good, and ends their sessions; the log says that, not what it was.

    Raises Refused for anybody but an administrator and for oneself, NotFound where nobody is called so.
    """
    everybody = {one.owner: one for one in members(actor, store, now)}
    member = everybody.pop(owner, None)
    if member is None:
        raise NotFound("Nobody of this centre has this record any more. Reload the page.")
    if owner == actor.owner:
        raise Refused("This is your own record. Delete it on the page Your data.")
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.note(ERASED, owner)
    counts = Counter[str]()
    for other in everybody.values():
        with store.centre(other.owner, other.role, now) as centre:
            counts.update(centre.forget(owner))
    with store.centre(owner, member.role, now) as centre:
        centre.sign_out()
        counts.update(centre.forget_me())
    with store.unit(owner, now) as unit:
        counts.update(unit.forget_everything())
    return Receipt(member, now, actor.name, +counts)


def overdue(actor: Actor, store: Store, now: datetime, days: int) -> tuple[Member, ...]:
    """The members who have not signed in for so many days."""
    since = now - timedelta(days=days)
    return tuple(one for one in members(actor, store, now) if one.seen_at is not None and one.seen_at < since)


def keep_retention(actor: Actor, store: Store, now: datetime, days: int) -> tuple[Receipt, ...]:
    """Erases the members who have not signed in for so many days."""
    late = overdue(actor, store, now, days)
    return tuple(erase(actor, store, now, member.owner) for member in late if member.owner != actor.owner)


def centre_figures(actor: Actor, store: Store, now: datetime) -> Figures:
    """How long employers take, over the members who agreed to be counted. Raises Refused but for administrators."""
    counted = [member for member in members(actor, store, now) if member.in_figures]
    return figures([wait for member in counted for wait in _waits(member.owner, store, now)])


def _waits(owner: str, store: Store, now: datetime) -> list[Wait]:
    """Somebody's waits, the sample's left out; none where their times contradict each other."""
    with store.unit(owner, now) as unit:
        held = rounds_of(unit.columns).held
        invented = set(unit.columns(Interview, ["id"], origin=ORIGIN)["id"])
    try:
        frame = with_days(held[~held["interview_id"].isin(invented)], now)
    except Refused:
        return []
    timed = frame[frame["word_days"].notna()]
    columns = (timed["sector"], timed["round"], timed["word_days"], timed["word_seen"])
    return [
        Wait(owner, str(sector).strip().casefold(), str(label).strip().casefold(), int(days), bool(seen))
        for sector, label, days, seen in zip(*columns, strict=True)
    ]


def _require_administrator(actor: Actor) -> None:
    if actor.role is not Role.ADMINISTRATOR:
        raise Refused("Only an administrator may do this.")
