"""How this process serves: one's own machine, a workshop without accounts, or a server for many.

Said once, at the start: `streamlit run app.py -- --workshop`, or the
environment's DEBRIEF_MODE.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from debrief.errors import Refused

MODE_VARIABLE = "DEBRIEF_MODE"
WORKSHOP_FLAG = "--workshop"


class Mode(StrEnum):
    """Whom the process serves, and with what."""

    LOCAL = "local"
    """One candidate on their own machine, with their record."""
    WORKSHOP = "workshop"
    """A room of people without accounts. No record is opened, and nothing is kept."""
    SERVER = "server"
    """Many people who sign in, each with a record of their own."""


def mode_said(arguments: Sequence[str], environment: Mapping[str, str]) -> Mode:
    """The mode that the command line or the environment asks for; `local` where neither says anything.

    Raises Refused where the environment names a mode that there is not, and
    where the two contradict each other: a guess could open a record to a room.
    """
    named = environment.get(MODE_VARIABLE, "").strip().lower()
    if named and named not in set(Mode):
        raise Refused(f"{MODE_VARIABLE} is “{named}”. Set it to {', '.join(Mode)}, or leave it out.")
    if WORKSHOP_FLAG not in arguments:
        return Mode(named or Mode.LOCAL)
    if named not in ("", Mode.WORKSHOP):
        raise Refused(f"{WORKSHOP_FLAG} and {MODE_VARIABLE}={named} contradict each other. Leave one of them out.")
    return Mode.WORKSHOP
