"""Pages run, or something is imported ahead of them, never both.

Python lets two threads import at once; but where modules of a library need each
other, a thread may then be handed one that another has only half done.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """Takes care of it. Any number of pages run at once, as they do anyway."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._runs = 0

    @contextmanager
    def running(self) -> Generator[None]:
        """For one run of a page; waits for what is being loaded."""
        with self._changed:
            self._runs += 1
        try:
            yield
        finally:
            with self._changed:
                self._runs -= 1
                self._changed.notify_all()

    @contextmanager
    def loading(self) -> Generator[None]:
        """For loading something; waits until no page runs, and lets none begin meanwhile: keep it short."""
        with self._changed:
            self._changed.wait_for(lambda: self._runs == 0)
            yield


TURNS = Turns()
"""Those of this process."""
