"""Two tabs that write the same thing: the slower one's text is set aside beside what is stored, and none is lost.

What is set aside stands in the fact itself, each as {"by": tab, …}, until the
user has chosen between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from debrief.domain.facts import Answer
from debrief.errors import Conflict

SavedT = TypeVar("SavedT")

MOST_RACES = 5
"""How often a save gives way to others that write the same in the same moment; each time one of them is done."""


def giving_way(save: Callable[[], SavedT]) -> SavedT:
    """Saves again where another tab wrote between reading and writing: what it wrote is there to see then.

    Raises Conflict where others are faster time and again.
    """
    for _ in range(MOST_RACES):
        try:
            return save()
        except Conflict:
            continue
    return save()


def aside_of_others(set_aside: Iterable[Answer], tab: str) -> tuple[Answer, ...]:
    """What was set aside by other tabs than this one."""
    return tuple(entry for entry in set_aside if not (isinstance(entry, dict) and entry.get("by") == tab))
