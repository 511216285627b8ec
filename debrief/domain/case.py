"""One interview as the timeline sees it: who was there, what was sent, heard and decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from debrief.domain.courses import Round, Status, status_of
from debrief.domain.facts import Decision, Heard, MessageKind, RoundState
from debrief.errors import Refused

GOOD_RAPPORT = 4
"""From this rating on (1 cold, 5 warm) the rapport with a person counts as good."""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Somebody met in the interview; recruiters too."""

    id: str
    name: str
    recruiter: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A note that went out. `to` is the person's id; None: to nobody by name."""

    kind: MessageKind
    to: str | None
    at: datetime
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts about one held interview. Tuples are in the order in which they were given."""

    ended_at: datetime
    zone: ZoneInfo
    reply_by: date | None = None
    """The date by which the employer promised, at the interview, to answer."""
    people: tuple[Interviewer, ...] = ()
    reflected_at: datetime | None = None
    reflection_id: str = ""
    sent: tuple[Sent, ...] = ()
    heard: tuple[Heard, ...] = ()
    decided: tuple[Decision, ...] = ()
    good_rapport: bool = False

    def in_utc(self) -> Case:
        """The same facts with every instant in UTC, so that they compare by instant.

        Python compares two times of one zone by what the clock shows, which is
        wrong in an hour that the clock repeats.
        """
        return replace(
            self,
            ended_at=self.ended_at.astimezone(UTC),
            reflected_at=self.reflected_at.astimezone(UTC) if self.reflected_at else None,
            sent=tuple(replace(note, at=note.at.astimezone(UTC)) for note in self.sent),
            heard=tuple(replace(word, at=word.at.astimezone(UTC)) for word in self.heard),
            decided=tuple(replace(decision, at=decision.at.astimezone(UTC)) for decision in self.decided),
        )

    @property
    def status(self) -> Status:
        """Whichever of decision and final answer came last (the decision on a tie), else waiting."""
        case = self.in_utc()
        return status_of(
            RoundState.HELD,
            ((word.at, word.what) for word in case.heard),
            ((decision.at, decision.what) for decision in case.decided),
        )


def case_of(one: Round) -> Case:
    """The case of a held round.

    The rapport counts as good when at least one person's was noted as warm (4
    or 5). Where none was noted it does not: the gentle rules ask for feedback
    only on good terms, and good terms that nobody noted are a guess.
    """
    reflection = one.reflection
    return Case(
        ended_at=one.interview.ended_at,
        zone=one.interview.zone,
        reply_by=one.interview.reply_by,
        people=tuple(Interviewer(met.person.id, met.person.name, met.person.recruiter) for met in one.met),
        reflected_at=reflection.finished_at if reflection else None,
        reflection_id=reflection.id if reflection else "",
        sent=tuple(
            Sent(message.kind, message.person_id, message.sent_at, message.id)
            for message in one.messages
            if message.sent_at is not None
        ),
        heard=one.heard,
        decided=one.decisions,
        good_rapport=any((met.meeting.rapport or 0) >= GOOD_RAPPORT for met in one.met),
    )


def refuse_the_future(case: Case, now: datetime) -> None:
    """Raises Refused, with a sentence, when a fact of the case is dated later than `now`."""
    for what, at in _dated(case):
        if at.astimezone(UTC) > now.astimezone(UTC):
            raise Refused(f"{what} is dated {at.isoformat()}, which is later than now ({now.isoformat()}).")


def _dated(case: Case) -> Iterator[tuple[str, datetime]]:
    yield "The interview's end", case.ended_at
    if case.reflected_at is not None:
        yield "The reflection", case.reflected_at
    for note in case.sent:
        yield f"A note sent ({note.kind.value})", note.at
    for word in case.heard:
        yield f"The employer's word ({word.what.value})", word.at
    for decision in case.decided:
        yield f"The decision ({decision.what.value})", decision.at
