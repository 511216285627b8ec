"""What became of the steps when facts or rules changed: "check-in moved from 3 to 10 March: Acme named 9 March"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from debrief.domain.rules import StepName
from debrief.domain.timeline import Step, StepState
from debrief.domain.wording import in_words

NOUNS: dict[StepName, str] = {
    StepName.REFLECT: "looking back",
    StepName.THANK_YOU: "thank-you note",
    StepName.SEND_MATERIAL: "what they asked for",
    StepName.CHECK_IN: "check-in",
    StepName.LAST_MESSAGE: "last message",
    StepName.LET_GO: "letting go",
    StepName.REJECTION_REPLY: "reply to the rejection",
    StepName.FEEDBACK_REQUEST: "request for feedback",
    StepName.CONNECT: "connection request",
    StepName.OFFER_REPLY: "answer to the offer",
}
"""What each step is called in the middle of a sentence."""


class Change(StrEnum):
    """What became of a step that is still to be taken, or was until now."""

    MOVED = "moved"
    ADDED = "added"
    ENDED = "ended"
    """No longer needed, not listed any more, or its time has passed."""


EDGES = {
    "opens": "{called} moved",
    "due": "best time for the {called} moved",
    "closes": "last day for the {called} moved",
}
"""How it is said that one edge of a step's window moved; the first one that did speaks for the others."""


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one step: as it is now (as it last was, where it ended), and which of its times moved."""

    change: Change
    step: Step
    because: str = ""
    edge: str = "opens"
    earlier: datetime | None = None
    """The time that moved, as it was. It is now `step`'s."""

    @property
    def called(self) -> str:
        """The step in the middle of a sentence."""
        return step_called(self.step.name, self.step.person.name if self.step.person else None)

    def sentence(self) -> str:
        """The move in words, the reason behind a colon."""
        called = self.called
        time = getattr(self.step, self.edge)
        if self.change is Change.ENDED:
            missed = self.step.state is StepState.MISSED
            what = f"the time for the {called} has passed" if missed else f"{called} is no longer needed"
        elif self.earlier is None:
            what = f"{called} is now on the list, from {_spelled(time.date())}"
        else:
            what = f"{EDGES[self.edge].format(called=called)} {_from_to(self.earlier, time)}"
        return f"{what}: {self.because}" if self.because else what


def step_called(name: StepName, person: str | None = None) -> str:
    """The step in the middle of a sentence: "check-in", "thank-you note to Dana Whitfield"."""
    return f"{NOUNS[name]} to {person}" if person else NOUNS[name]


def moves_in_words(moves: Iterable[Move]) -> str:
    """Several moves in one sentence, without their reasons; those that ended, or are new, in one breath.

    "check-in moved from 3 to 10 March; no longer needed: thank-you note to Dana and letting go".
    """
    listed = list(moves)
    ended = [move for move in listed if move.change is Change.ENDED and move.step.state is not StepState.MISSED]
    added = [move for move in listed if move.change is Change.ADDED]
    told = [replace(move, because="").sentence() for move in listed if move not in ended and move not in added]
    if ended:
        told.append(f"no longer needed: {in_words([move.called for move in ended])}")
    if added:
        days = [f"{move.called} (from {_spelled(move.step.opens.date())})" for move in added]
        told.append(f"now on the list: {in_words(days)}")
    return "; ".join(told)


def what_moved(before: Iterable[Step], after: Iterable[Step], because: str = "") -> tuple[Move, ...]:
    """Every step that is to be taken at another time than before, no longer, or anew.

    `because` is the reason in words ("Acme named 9 March"). A step that was
    just done is no move, and neither is a change to a step that is over.
    In the order of `after`; steps that are gone come last.
    """
    was = {step.key: step for step in before}
    now = {step.key: step for step in after}
    moves = [_move(was.get(key), step, because) for key, step in now.items()]
    moves += [Move(Change.ENDED, step, because) for key, step in was.items() if key not in now and step.state.is_ahead]
    return tuple(move for move in moves if move)


def _move(before: Step | None, after: Step, because: str) -> Move | None:
    """What became of a step that is listed now; None where there is nothing to say."""
    waited = before is not None and before.state.is_ahead
    if not after.state.is_ahead:
        return Move(Change.ENDED, after, because) if waited and after.state is not StepState.DONE else None
    if before is None or not waited:
        return Move(Change.ADDED, after, because)
    for edge in EDGES:
        earlier, time = getattr(before, edge), getattr(after, edge)
        if earlier is not None and time is not None and earlier.astimezone(UTC) != time.astimezone(UTC):
            return Move(Change.MOVED, after, because, edge, earlier)
    return None


def _from_to(earlier: datetime, time: datetime) -> str:
    """Both times, what they share said once: "from 3 to 10 March", "from 28 February to 3 March"."""
    old, new = earlier.date(), time.date()
    if old == new:
        return f"from {earlier:%H:%M} to {time:%H:%M} on {_spelled(new)}"
    if old.year != new.year:
        return f"from {_spelled(old)} {old.year} to {_spelled(new)} {new.year}"
    if old.month != new.month:
        return f"from {_spelled(old)} to {_spelled(new)}"
    return f"from {old.day} to {_spelled(new)}"


def _spelled(day: date) -> str:
    return f"{day.day} {day:%B}"
