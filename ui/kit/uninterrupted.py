"""Callbacks that are carried through, though somebody types on while they run.

Streamlit cuts a run off where it next touches session state once a newer
request has come in, callbacks included, and does not call a callback again
that was cut off. An answer followed within milliseconds by a key press would
be lost. In `uninterrupted()` session state does not give way; the newer
request is served right after.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import get_script_run_ctx

_GIVES_WAY = "_yield_callback"
"""What Streamlit's session state calls on each access to see whether a newer request has come in."""


@contextmanager
def uninterrupted() -> Generator[None]:
    """Around a block, or as `@uninterrupted()` on a callback."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield
        return
    state = context.session_state
    gives_way = getattr(state, _GIVES_WAY)
    object.__setattr__(state, _GIVES_WAY, _carry_on)
    try:
        yield
    finally:
        object.__setattr__(state, _GIVES_WAY, gives_way)


def _carry_on() -> None:
    """Gives no way."""
