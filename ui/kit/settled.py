"""What stays in memory for long is taken out of the garbage collector's rounds.

Streamlit has the collector go through everything after each run. Modules,
content and kept figures, which stay, are most of what a process holds; going
through them took several times as long as all that a page does. So whatever has
survived a round that took long is settled: later rounds pass it by. It is freed
all the same once nobody refers to it. Only what refers to itself in a ring has
to wait: every so often everything is looked at again.
"""

from __future__ import annotations

import gc
import time
from typing import Any

LONG = 0.01
"""Seconds of processor time that a round may take without anything being settled."""
LOOK_AGAIN = 10
"""After so many rounds that took long, the next one goes through everything."""


class Settling:
    """Watches the collector's full rounds; see `gc.callbacks`."""

    def __init__(self) -> None:
        self._began = 0.0
        self._long_rounds = 0

    def __call__(self, phase: str, info: dict[str, Any]) -> None:
        """What the collector calls before and after each of its rounds."""
        if info["generation"] < 2:
            return
        if phase == "start":
            self._began = time.thread_time()
        elif time.thread_time() - self._began > LONG:
            self._long_rounds += 1
            if self._long_rounds % LOOK_AGAIN:
                gc.freeze()
            else:
                gc.unfreeze()


def settle_what_stays() -> None:
    """Begins to watch, once in a process."""
    if not any(isinstance(watcher, Settling) for watcher in gc.callbacks):
        gc.callbacks.append(Settling())
