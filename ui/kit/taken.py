"""What is taken out of a record on a server is a line in the log: who took what, and when."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from debrief.usecases.centre.sharing import note_export
from ui.kit import session
from ui.kit.mode import Mode, mode


def noted(what: str, make: Callable[[], bytes | str]) -> Callable[[], bytes | str]:
    """The maker of a download, such that the log says what was taken; elsewhere than on a server just the maker."""
    if mode() is not Mode.SERVER:
        return make
    actor, store = session.actor(), session.store()

    @wraps(make)
    def made() -> bytes | str:
        note_export(actor, store, session.now(), what)
        return make()

    return made
