"""What is taken out of a record on a server: the log says who took what, and the file opens for them alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from threading import Lock

from debrief.usecases.centre.sharing import note_export
from ui.kit import session
from ui.kit.mode import Mode, mode

REMEMBERED = 10_000
"""Files; Streamlit forgets each soon after its page was left, long before so many more were made."""


class Files:
    """For whom each file was made, by what is in it.

    Streamlit keeps a download in the memory of the replica that made it, and this
    stands beside it: both are gone together, and there is nothing to tell others.
    """

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._lock = Lock()
        self._owners: OrderedDict[bytes, frozenset[str]] = OrderedDict()
        self._remembered = remembered

    def made_for(self, owner: str, content: bytes | str) -> None:
        """Remembers that an owner had this made; two who have the same made may both open it."""
        mark = _mark(content)
        with self._lock:
            self._owners[mark] = self._owners.pop(mark, frozenset()) | {owner}
            while len(self._owners) > self._remembered:
                self._owners.popitem(last=False)

    def may_open(self, owner: str, content: bytes) -> bool:
        """Whether a file with this in it was made for an owner."""
        with self._lock:
            return owner in self._owners.get(_mark(content), ())


FILES = Files()
"""Those of this process."""


def noted(what: str, make: Callable[[], bytes | str]) -> Callable[[], bytes | str]:
    """The maker of a download, such that the log says what was taken, and its file opens for whoever took it.

    Elsewhere than on a server just the maker.
    """
    if mode() is not Mode.SERVER:
        return make
    actor, store = session.actor(), session.store()

    @wraps(make)
    def made() -> bytes | str:
        content = make()
        note_export(actor, store, session.now(), what)
        FILES.made_for(actor.owner, content)
        return content

    return made


def note(what: str) -> None:
    """Writes into a server's log that something was taken that is no download; elsewhere nothing."""
    if mode() is Mode.SERVER:
        note_export(session.actor(), session.store(), session.now(), what)


def _mark(content: bytes | str) -> bytes:
    return sha256(content.encode() if isinstance(content, str) else content).digest()
