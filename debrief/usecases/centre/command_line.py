"""The command line on a server: who may work on a record there, and what the log says about it."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.admission import Admission
from debrief.domain.centre import Role
from debrief.errors import Refused
from debrief.store import Store
from debrief.usecases.actor import Actor

_PREFIX = "command line: "


def administrator(admission: Admission, user: str) -> Actor:
    """The system's user as the one who acts. Raises Refused where the centre's list does not name them."""
    if user not in admission.command_line:
        raise Refused(
            f"On a server only an administrator works on records at the command line, and “{user}” is none. "
            "Add the system's user to command_line in the centre's list."
        )
    return Actor(f"{_PREFIX}{user}", Role.ADMINISTRATOR, user)


def note_command(actor: Actor, store: Store, now: datetime, command: str, owner: str) -> None:
    """Writes into the log which command worked on whose record."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.note(command, owner, "at the command line")
