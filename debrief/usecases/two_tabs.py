"""Two tabs that write the same thing: the slower one's text is set aside beside what is stored, and none is lost.

What is set aside stands in the fact itself, each as {"by": tab, …}, until the
user has chosen between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeGuard, TypeVar

from debrief.domain.facts import Answer, Story, Telling
from debrief.errors import Conflict

SavedT = TypeVar("SavedT")
WrittenT = TypeVar("WrittenT", Story, Telling)

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


def aside_of(set_aside: Iterable[Answer], tab: str) -> dict[str, Answer] | None:
    """What was set aside by this tab, if anything: its fields go on with that until the user has chosen."""
    own = (entry for entry in set_aside if isinstance(entry, dict) and entry.get("by") == tab)
    return next(own, None)


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it stands in a tab, what that tab had read before, and the tab."""

    text: str
    base: str
    tab: str


def with_typed(fact: WrittenT, field: str, typed: Typed) -> WrittenT:
    """The fact with what was typed into one of its fields.

    Where another tab changed that field since it was read, the text there stays and this one is set aside beside it. It
    takes the place of what its tab had set aside before, and of the same text by another one.
    """
    others = tuple(entry for entry in fact.set_aside if not (_is_in(entry, field) and _gives_way(entry, typed)))
    if typed.text == getattr(fact, field):
        return replace(fact, set_aside=others)
    if typed.base == getattr(fact, field):
        return replace(fact, set_aside=others, **{field: typed.text})
    return replace(fact, set_aside=(*others, {"by": typed.tab, "field": field, "text": typed.text}))


def with_chosen(fact: WrittenT, field: str, text: str) -> WrittenT:
    """The fact with the text that the user chose for one of its fields; nothing is set aside there any more."""
    others = tuple(entry for entry in fact.set_aside if not _is_in(entry, field))
    return replace(fact, set_aside=others, **{field: text})


def rivals(fact: Story | Telling, field: str) -> tuple[str, ...]:
    """What was set aside in one field, without who wrote it."""
    return tuple(str(entry.get("text", "")) for entry in fact.set_aside if _is_in(entry, field))


def _is_in(entry: Answer, field: str) -> TypeGuard[dict[str, Answer]]:
    return isinstance(entry, dict) and entry.get("field") == field


def _gives_way(entry: dict[str, Answer], typed: Typed) -> bool:
    return entry.get("by") == typed.tab or entry.get("text") == typed.text
