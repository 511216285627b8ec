"""The first page of a process: until it stands, whatever can wait does.

The garbage collector above all. What is made meanwhile, modules for the most
part, has come to stay, and going through it again and again takes its time.
"""

from __future__ import annotations

import gc
from threading import Event

loaded_for_the_first_page = Event()
"""Not set while what it needs is being imported ahead of it."""
loaded_for_the_first_page.set()
first_page_over = Event()
"""Set at the end of the first run, however it ended."""


def rest_until_the_first_page() -> None:
    """The collector makes no more rounds until `end_first_page` is called."""
    gc.disable()


def end_first_page() -> None:
    """What is in memory by now is settled, and the collector at work again; nothing is done where that was so."""
    if not first_page_over.is_set():
        gc.freeze()
        gc.enable()
        first_page_over.set()
