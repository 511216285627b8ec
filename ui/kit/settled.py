"""What is loaded for good is taken out of the garbage collector's rounds.

Streamlit has the collector go through everything after each run. Modules and
content, which never go away, are most of what a process holds; going through
them took longer than all that a page does. What a first run of a page has
loaded is therefore settled once: nothing of it is looked at again. It is freed
all the same where nobody refers to it any more; only what refers to itself in a
ring, of the few runs that were under way just then, would stay.
"""

from __future__ import annotations

import gc
from threading import Lock

_settled: set[str] = set()
_one_at_a_time = Lock()


def settle_once(page: str) -> None:
    """To be called at the end of a page's run; does something after its first one in this process."""
    with _one_at_a_time:
        if page in _settled:
            return
        _settled.add(page)
        gc.collect()
        gc.freeze()
