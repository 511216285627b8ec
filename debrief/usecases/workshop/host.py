"""The one room of this process: opened by a facilitator, sat in by participants, wiped at its end.

Everything is in memory, behind one lock. A participant holds a seat (a random
token); a facilitator holds the `Facilitator` that the secret was given for.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from debrief.domain.room import Room, RoomAnswer, Seat, give_answer, keep_draft, open_step, sit_down
from debrief.domain.scenarios import Activity, Programme
from debrief.errors import Refused

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Without those that are mistaken for one another on a wall at ten metres."""
CODE_LENGTH = 5
LASTS = timedelta(hours=4)
"""After so long a room is wiped, whether or not somebody ended it."""
LONGEST = timedelta(hours=12)


def new_code() -> str:
    """A code for a room: short enough to be typed from a wall. It opens a seat among others, nothing more."""
    return _random_letters(CODE_LENGTH)


def new_secret() -> str:
    """A facilitator's secret: more than 50 random bits in three groups, too many to be guessed over a network."""
    return "-".join(_random_letters(4).lower() for _ in range(3))


class RoomMemory:
    """Where the room is kept. One change at a time, from whichever thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._room: Room | None = None
        self._code = new_code()

    @property
    def code(self) -> str:
        """The code that the room has, or that the next one will have."""
        return self._code

    def room(self, now: datetime) -> Room | None:
        """The room as it stands, None while there is none. One whose time is up is wiped."""
        with self._lock:
            return self._current(now)

    def open(self, room: Callable[[str], Room], now: datetime) -> Room:
        """A room with this memory's code; the one that is open already, where there is one."""
        with self._lock:
            self._room = self._current(now) or room(self._code)
            return self._room

    def change(self, now: datetime, change: Callable[[Room], Room]) -> Room:
        """The room after a change. Raises Refused while there is none, and whatever the change raises."""
        with self._lock:
            room = self._current(now)
            if room is None:
                raise Refused("The room is not open. Your facilitator opens it; then try again.")
            self._room = change(room)
            return self._room

    def wipe(self) -> None:
        """Forgets everything. The next room has another code, so that nobody wanders into it."""
        with self._lock:
            self._forget()

    def _current(self, now: datetime) -> Room | None:
        if self._room is not None and now >= self._room.wiped_at:
            self._forget()
        return self._room

    def _forget(self) -> None:
        self._room = None
        self._code = new_code()


@dataclass(frozen=True, slots=True)
class Facilitator:
    """The right to open, lead and end the room."""

    memory: RoomMemory

    def open_room(self, programme: Programme, now: datetime, lasts: timedelta = LASTS) -> Room:
        """A room for this programme; the one that is open already, where there is one."""
        if not timedelta(0) < lasts <= LONGEST:
            raise Refused("A room lasts up to 12 hours. Choose a shorter time.", field="lasts")
        return self.memory.open(
            lambda code: Room(
                code=code,
                programme=programme.id,
                agenda=programme.activities,
                wiped_at=now + lasts,
            ),
            now,
        )

    def open_step(self, step: int, now: datetime) -> Room:
        """Opens an activity for everybody."""
        return self.memory.change(now, lambda room: open_step(room, step, now))

    def show_answers(self, shown: bool, now: datetime) -> Room:
        """Puts the room's answers on the screen, or takes them off."""
        return self.memory.change(now, lambda room: replace(room, shown=shown))

    def end(self) -> None:
        """Forgets the room and everything in it."""
        self.memory.wipe()


@dataclass(frozen=True, slots=True)
class Host:
    """What the pages of a workshop talk to: one for the whole process."""

    memory: RoomMemory = field(default_factory=RoomMemory)
    secret: str = field(default_factory=new_secret, repr=False)

    @property
    def code(self) -> str:
        """The code to join with."""
        return self.memory.code

    def room(self, now: datetime) -> Room | None:
        """The room as it stands; None before it is opened and after it was wiped."""
        return self.memory.room(now)

    def join(self, code: str, now: datetime) -> Seat:
        """A new seat in the room of this code. Raises Refused with what to do."""
        if "".join(code.split()).upper() != self.code:
            raise Refused("No room has this code. Look at the screen in front and type it once more.", field="code")
        seat = secrets.token_urlsafe(16)
        self.memory.change(now, lambda room: sit_down(room, seat))
        return seat

    def answer(self, seat: Seat, activity: Activity, answer: RoomAnswer, now: datetime) -> Room:
        """The room with this seat's answer in it; see `debrief.domain.room.give_answer` for what counts."""
        return self.memory.change(now, lambda room: give_answer(room, seat, activity, answer))

    def keep_draft(self, seat: Seat, name: str, text: str, now: datetime) -> None:
        """Keeps what a seat has written in one field, until the room is wiped."""
        self.memory.change(now, lambda room: keep_draft(room, seat, name, text))

    def admit(self, secret: str) -> Facilitator:
        """What a facilitator works with. Raises Refused where the secret is wrong."""
        if not secrets.compare_digest(secret.strip().lower().encode(), self.secret.encode()):
            raise Refused(
                "That is not the facilitator's secret. The terminal that runs Debrief shows it.", field="secret"
            )
        return Facilitator(self.memory)


def _random_letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))
