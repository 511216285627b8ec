"""Everything that can go wrong and that a user can do something about.

    DebriefError
    ├── Refused            what was entered cannot be kept; nothing was changed
    ├── NotFound           the thing asked for is not in this owner's record
    ├── SignInNeeded       on a server: nobody is signed in, or not any more
    ├── Conflict           somebody (another tab) changed it first; both versions are at hand
    ├── ContentBroken      files under content/ are wrong; every problem is listed
    └── StoreBroken        the database cannot be opened, read or written
        └── StoreDamaged   the database file is damaged: a backup, or what can still be read of it, may help

`str(error)` is always a sentence for the screen: what, where, and what to do.
The cause travels as `__cause__` and belongs in the log, never on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class DebriefError(Exception):
    """The root: whatever is caught at a page or a command and shown as a sentence."""


class Refused(DebriefError):
    """What was entered cannot be kept. `field` names the input it concerns, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(DebriefError):
    """The thing asked for is not in this owner's record."""


class SignInNeeded(DebriefError):
    """On a server: nobody is signed in, or the sign-in has ended. Nothing is read or changed before the next one."""


class Conflict(DebriefError):
    """The row was changed since it was read. `stored` is what the record holds now."""

    def __init__(self, sentence: str, *, stored: object | None = None) -> None:
        super().__init__(sentence)
        self.stored = stored


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a content file: where it stands and what was expected there."""

    file: str
    line: int
    key: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.expected}"


class ContentBroken(DebriefError):
    """Files under content/ are wrong. `problems` lists every mistake found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        listing = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{count} {'mistake' if count == 1 else 'mistakes'} in the content files:\n{listing}")


class StoreBroken(DebriefError):
    """The database cannot be opened, read or written."""


class StoreDamaged(StoreBroken):
    """The database file is damaged. A backup, or what can still be read of it, may help."""
