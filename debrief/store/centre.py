"""A centre's members, shares, comments and log, as one signed-in person may see and change them.

Two walls stand between people. Here every statement says whose rows it means;
on PostgreSQL the database checks each row again by the name that the
transaction acts under (migration 0003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table

from debrief.domain.centre import Comment, Member, Noted, Role, Share
from debrief.domain.courses import Course
from debrief.domain.facts import Interview, new_id
from debrief.errors import NotFound, Refused
from debrief.store.centre_tables import comments, log_entries, members, shares, sign_outs
from debrief.store.columns import check_text
from debrief.store.courses import fetch_courses
from debrief.store.engine import Transaction
from debrief.store.rows import Rows
from debrief.store.scope import Condition, Scope

_NOT_SHARED = "This interview is not shared with you, or not any more."


class Centre:
    """What one member reads and changes beside their own record; made by `Store.centre`, used inside its `with`."""

    def __init__(self, transaction: Transaction, me: str, role: Role, now: datetime) -> None:
        self.me = me
        self.role = role
        self.now = now
        self._transaction = transaction

    def enter(self, member: Member) -> Member:
        """Keeps oneself among the members as the sign-in tells it; consent given before stays."""
        known = self._first(members, members.c.owner == self.me)
        entered = replace(member, owner=self.me, seen_at=self.now, in_figures=bool(known and known["in_figures"]))
        self._put(members, ["owner"], _values(entered))
        return entered

    def myself(self) -> Member | None:
        """Oneself as the centre knows one; None before the first sign-in."""
        return next(iter(self._members(members.c.owner == self.me)), None)

    def count_me(self, *, in_figures: bool) -> None:
        """Agrees to be counted in the centre's figures, or takes that back."""
        self._write(sa.update(members).where(members.c.owner == self.me).values(in_figures=in_figures))

    def advisors(self) -> tuple[Member, ...]:
        """Whom a student can share with, by name."""
        return self._members(members.c.role == Role.ADVISOR, members.c.owner != self.me)

    def members(self) -> tuple[Member, ...]:
        """Everybody, by name. Raises Refused for anybody but an administrator."""
        self._require(Role.ADMINISTRATOR)
        return self._members()

    def share(self, interview_id: str, advisor: str, *, with_private: bool = False) -> Share:
        """Lets an advisor read one of one's own interviews. Raises NotFound if either is not there."""
        self._own_interview(interview_id)
        if advisor not in {one.owner for one in self.advisors()}:
            raise NotFound("Nobody of this name advises here any more. Reload the page.")
        made = Share(self.me, interview_id, advisor, self.now, with_private)
        self._put(shares, ["owner", "interview_id", "advisor"], _values(made))
        return made

    def take_back(self, interview_id: str, advisor: str) -> None:
        """Ends a share of one's own, at once."""
        self._write(
            sa.delete(shares).where(
                shares.c.owner == self.me, shares.c.interview_id == interview_id, shares.c.advisor == advisor
            )
        )

    def shares_given(self) -> tuple[Share, ...]:
        """What one shares oneself, newest first."""
        return self._shares(shares.c.owner == self.me)

    def shares_received(self) -> tuple[Share, ...]:
        """What students share with oneself, newest first."""
        return self._shares(shares.c.advisor == self.me)

    def sharers(self) -> Mapping[str, Member]:
        """The students who share with oneself, by owner."""
        wanted = sa.select(shares.c.owner).where(shares.c.advisor == self.me)
        return {one.owner: one for one in self._members(members.c.owner.in_(wanted))}

    def shared_course(self, owner: str, interview_id: str) -> Course:
        """The application of a shared interview, with those of its rounds that are shared with oneself.

        Raises NotFound if the interview is not shared, or not any more.
        """
        shared = {one.interview_id for one in self.shares_received() if one.owner == owner}
        if interview_id not in shared:
            raise NotFound(_NOT_SHARED)
        rows = Rows(self._transaction, Scope(owner, self._transaction.dialect))
        interview = rows.by_id(Interview, [interview_id]).get(interview_id)
        if interview is None:
            raise NotFound(_NOT_SHARED)
        (course,) = fetch_courses(rows, [interview.application_id])
        return replace(course, rounds=tuple(one for one in course.rounds if one.interview.id in shared))

    def comments(self, owner: str, interview_id: str) -> tuple[Comment, ...]:
        """The comments beside an interview of one's own, or one that is shared with oneself; oldest first."""
        if owner != self.me and not self._received(owner, interview_id):
            raise NotFound(_NOT_SHARED)
        found = self._read(
            sa.select(comments)
            .where(comments.c.owner == owner, comments.c.interview_id == interview_id)
            .order_by(comments.c.at, comments.c.id)
        )
        return tuple(Comment(**row) for row in found)

    def comment(self, owner: str, interview_id: str, question: str, text: str, *, name: str) -> Comment:
        """Writes beside an answer of an interview that is shared with oneself. Raises NotFound if it is not."""
        if not self._received(owner, interview_id):
            raise NotFound(_NOT_SHARED)
        check_text(text)
        made = Comment(new_id(), owner, interview_id, question, self.me, name, text, self.now)
        self._write(sa.insert(comments).values(_values(made)))
        return made

    def remove_comment(self, comment: Comment) -> None:
        """Removes a comment: its author may, and whose interview it is about."""
        self._write(
            sa.delete(comments).where(
                comments.c.owner == comment.owner,
                comments.c.id == comment.id,
                sa.or_(comments.c.owner == self.me, comments.c.author == self.me),
            )
        )

    def note(self, what: str, whose: str, about: str = "") -> None:
        """Adds a line to the log: what oneself did, to whose record."""
        line = {"id": new_id(), "at": self.now, "who": self.me, "what": what, "whose": whose, "about": about}
        self._write(sa.insert(log_entries).values(line))

    def log(self, limit: int = 500) -> tuple[Noted, ...]:
        """The log, newest first: an administrator reads all of it, everybody else what concerns their own record."""
        statement = sa.select(*(log_entries.c[name] for name in ("at", "who", "what", "whose", "about")))
        if self.role is not Role.ADMINISTRATOR:
            statement = statement.where(log_entries.c.whose == self.me)
        found = self._read(statement.order_by(log_entries.c.at.desc(), log_entries.c.id).limit(limit))
        return tuple(Noted(**row) for row in found)

    def sign_out(self) -> None:
        """Ends every session of oneself that began before now, on every replica."""
        self._put(sign_outs, ["owner"], {"owner": self.me, "at": self.now})

    def signed_out_at(self) -> datetime | None:
        """When one last signed out, if ever."""
        found = self._first(sign_outs, sign_outs.c.owner == self.me)
        return found["at"] if found else None

    def forget_me(self) -> Mapping[str, int]:
        """Removes what the centre keeps of oneself: membership, shares in both directions, comments written.

        Gives back how many rows of each. The log stays: it holds no name. The
        moment of the last sign-out stays too: it keeps ended sessions out.
        """
        return {
            "members": self._write(sa.delete(members).where(members.c.owner == self.me)),
            "shares": self._write(
                sa.delete(shares).where(sa.or_(shares.c.owner == self.me, shares.c.advisor == self.me))
            ),
            "comments": self._write(
                sa.delete(comments).where(sa.or_(comments.c.owner == self.me, comments.c.author == self.me))
            ),
        }

    def forget(self, other: str) -> Mapping[str, int]:
        """Removes what somebody else left beside one's own record: comments they wrote, and shares with them."""
        return {
            "shares": self._write(sa.delete(shares).where(shares.c.owner == self.me, shares.c.advisor == other)),
            "comments": self._write(sa.delete(comments).where(comments.c.owner == self.me, comments.c.author == other)),
        }

    def _require(self, role: Role) -> None:
        if self.role is not role:
            raise Refused(f"Only an {role} may do this.")

    def _own_interview(self, interview_id: str) -> None:
        rows = Rows(self._transaction, Scope(self.me, self._transaction.dialect))
        if interview_id not in rows.by_id(Interview, [interview_id]):
            raise NotFound("This interview is not in your record. Reload the page.")

    def _received(self, owner: str, interview_id: str) -> bool:
        found = self._shares(
            shares.c.owner == owner, shares.c.interview_id == interview_id, shares.c.advisor == self.me
        )
        return bool(found)

    def _members(self, *where: Condition) -> tuple[Member, ...]:
        found = self._read(sa.select(members).where(*where).order_by(members.c.name, members.c.owner))
        return tuple(Member(**row) for row in found)

    def _shares(self, *where: ColumnElement[bool]) -> tuple[Share, ...]:
        found = self._read(sa.select(shares).where(*where).order_by(shares.c.shared_at.desc(), shares.c.interview_id))
        return tuple(Share(**row) for row in found)

    def _first(self, table: Table, *where: Condition) -> Mapping[str, Any] | None:
        return next(iter(self._read(sa.select(table).where(*where))), None)

    def _read(self, statement: sa.Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in self._transaction.read(statement).mappings()]

    def _write(self, statement: sa.Executable) -> int:
        return self._transaction.write(statement).rowcount

    def _put(self, table: Table, key: Sequence[str], values: Mapping[str, Any]) -> None:
        """Adds a row of one's own or writes over it."""
        statement = Scope(self.me, self._transaction.dialect).insert(table).values(values)
        rest = {name: value for name, value in values.items() if name not in key}
        self._transaction.write(statement.on_conflict_do_update(index_elements=list(key), set_=rest))


def _values(kept: Member | Share | Comment) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in type(kept).__dataclass_fields__}
