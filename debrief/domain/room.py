"""A workshop's room: who sits in it, what is open, what was answered, and what of that may be shown.

A seat is a random token and nothing else: no name, no device. Everything here
is a pure function from one state of the room to the next, so that retries and
crossed messages can be tried in every order (tests/unit/domain/test_room.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias

from debrief.domain.scenarios import Activity, LetterExercise, LookBack, Scenario, Verdict
from debrief.errors import Refused

FEWEST = 5
"""From so many answers on, a room's figures are shown; below, nobody is anonymous."""
LONGEST_DRAFT = 6_000
"""Characters of one text."""
MOST_DRAFTS = 60
"""Texts of one seat: more than all activities ask for."""
SEATS = 300
"""More than a seminar room holds: beyond it, somebody is playing with the address."""

Seat: TypeAlias = str
RoomAnswer: TypeAlias = frozenset[str]
"""A scenario: the id of the choice. A letter: the rules that the best version so far still breaks. A look back: the
ids of what was noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One room while it is open."""

    code: str
    programme: str
    agenda: tuple[str, ...]
    """The ids of the activities, in order."""
    wiped_at: datetime
    """When everything in it is forgotten, at the latest."""
    step: int | None = None
    """The activity that is open for everybody, as its place in the agenda; None: people are still coming in."""
    step_opened_at: datetime | None = None
    opened: frozenset[str] = frozenset()
    """The activities that are or were open: these can be answered, late-comers included."""
    shown: bool = False
    """Whether the answers to the open activity are on the facilitator's screen."""
    seats: frozenset[Seat] = frozenset()
    answers: Mapping[str, Mapping[Seat, RoomAnswer]] = field(default_factory=dict[str, "Mapping[Seat, RoomAnswer]"])
    """Activity → seat → answer: there is one place for each, so nothing can count twice."""
    drafts: Mapping[Seat, Mapping[str, str]] = field(default_factory=dict[str, "Mapping[str, str]"])
    """What each seat is writing, by field: for a reload of that very page, and for nobody else's eyes."""

    @property
    def current(self) -> str | None:
        """The id of the activity that is open."""
        return None if self.step is None else self.agenda[self.step]

    @property
    def is_at_its_end(self) -> bool:
        """Whether the last activity is open."""
        return self.step == len(self.agenda) - 1

    def answer_of(self, seat: Seat, activity_id: str) -> RoomAnswer | None:
        """What a seat answered; None where it has not."""
        return self.answers.get(activity_id, {}).get(seat)

    def answered(self, activity_id: str) -> int:
        """How many have answered."""
        return len(self.answers.get(activity_id, {}))


@dataclass(frozen=True, slots=True)
class Tally:
    """The room's answers to one activity: enough of them to be shown."""

    answered: int
    counts: Mapping[str, int]
    """The id of a choice, rule or noticing → how many."""


@dataclass(frozen=True, slots=True)
class Missed:
    """How often the room went against one piece of advice where an activity put it to the test."""

    advice: str
    missed: int
    asked: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.missed / self.asked


def sit_down(room: Room, seat: Seat) -> Room:
    """The room with this seat taken; the same where it was. Raises Refused when the room is full."""
    if seat in room.seats:
        return room
    if len(room.seats) >= SEATS:
        raise Refused(f"This room holds {SEATS}, and it is full. Tell your facilitator.")
    return replace(room, seats=room.seats | {seat})


def open_step(room: Room, step: int, now: datetime) -> Room:
    """The room with another activity open for everybody. The one that is open stays as it is."""
    if not 0 <= step < len(room.agenda):
        raise Refused("There is no such step in this workshop. Choose one of the agenda.")
    if step == room.step:
        return room
    opened = room.opened | {room.agenda[step]}
    return replace(room, step=step, step_opened_at=now, shown=False, opened=opened)


def give_answer(room: Room, seat: Seat, activity: Activity, answer: RoomAnswer) -> Room:
    """The room with this answer.

    A retry changes nothing. A choice stands once it is made, since its feedback
    has been read; of several versions of a letter the best one counts. Raises
    Refused for a stranger, and for an answer that the activity does not have.
    """
    if seat not in room.seats:
        raise Refused("This place is not known in the room. Join it again with the code.")
    if activity.id not in room.opened:
        raise Refused("This step is not open yet. Your facilitator opens it for everybody.")
    if not _fits(activity, answer):
        raise Refused("That is none of the answers to this step. Reload the page and choose again.")
    given = room.answers.get(activity.id, {})
    settled = _settled(activity, given.get(seat), answer)
    return replace(room, answers={**room.answers, activity.id: {**given, seat: settled}})


def keep_draft(room: Room, seat: Seat, name: str, text: str) -> Room:
    """The room with what a seat has written in one field. Raises Refused for a stranger and for far too much."""
    if seat not in room.seats:
        raise Refused("This place is not known in the room. Join it again with the code.")
    kept = {**room.drafts.get(seat, {}), name: text}
    if len(text) > LONGEST_DRAFT or len(kept) > MOST_DRAFTS:
        raise Refused(f"That is too long to be kept. Stay below {LONGEST_DRAFT:,} characters.")
    return replace(room, drafts={**room.drafts, seat: kept})


def tally(room: Room, activity_id: str) -> Tally | None:
    """The room's answers to one activity; None while there are fewer than five."""
    given = room.answers.get(activity_id, {})
    if len(given) < FEWEST:
        return None
    return Tally(len(given), Counter(one for answer in given.values() for one in answer))


def most_missed(room: Room, activities: Iterable[Activity]) -> tuple[Missed, ...]:
    """Which advice the room went against, the most missed first; activities with fewer than five answers are left out.

    Of a scenario, a costly choice misses the advice that it cites; of a look
    back, what was not noticed.
    """
    missed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for activity in activities:
        found = tally(room, activity.id)
        for one in _missed_in(activity, found) if found else ():
            missed[one.advice] += one.missed
            asked[one.advice] += one.asked
    rows = (Missed(advice, missed[advice], asked[advice]) for advice in asked if missed[advice])
    return tuple(sorted(rows, key=lambda row: (-row.share, row.advice)))


def _fits(activity: Activity, answer: RoomAnswer) -> bool:
    match activity:
        case Scenario(choices=choices):
            return len(answer) == 1 and answer <= {choice.id for choice in choices}
        case LetterExercise(faults=faults):
            return answer <= faults.keys()
        case LookBack(noticings=noticings):
            return answer <= {noticing.id for noticing in noticings}


def _settled(activity: Activity, before: RoomAnswer | None, new: RoomAnswer) -> RoomAnswer:
    """Which of two answers of one seat counts."""
    if before is None:
        return new
    if isinstance(activity, LetterExercise):
        return min(before, new, key=lambda answer: (len(answer), sorted(answer)))
    return before


def _missed_in(activity: Activity, found: Tally) -> Iterator[Missed]:
    """The advice that one activity puts to the test."""
    match activity:
        case Scenario(choices=choices):
            misses: Counter[str] = Counter()
            for choice in choices:
                if choice.verdict is Verdict.COSTLY:
                    misses.update(dict.fromkeys(choice.advice, found.counts.get(choice.id, 0)))
            yield from (Missed(advice, count, found.answered) for advice, count in misses.items())
        case LookBack(noticings=noticings):
            for noticing in noticings:
                missed = found.answered - found.counts.get(noticing.id, 0)
                yield from (Missed(advice, missed, found.answered) for advice in noticing.advice)
        case LetterExercise():
            return
