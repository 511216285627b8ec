"""Parts of something that is read from files: each when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import RLock
from typing import Any, Generic, TypeAlias, TypeVar

from debrief.errors import ContentBroken, Problem

ValueT = TypeVar("ValueT")
Found: TypeAlias = tuple[ValueT | None, tuple[Problem, ...]]
"""What reading a part gave: its value, or the problems that stand in its way."""


def if_sound(read: Callable[[], ValueT]) -> ValueT | None:
    """What this gives; None where a part that it asks for is wrong, which is told by itself."""
    with suppress(ContentBroken):
        return read()
    return None


class InParts:
    """The base of what has parts."""

    def __init__(self) -> None:
        self._reading = RLock()

    def part(self, name: str, read: Callable[[Any], Found[ValueT]]) -> ValueT:
        """The part of this name. Raises ContentBroken with its mistakes; it is then read again when next asked for."""
        with self._reading:
            kept = vars(self)
            if name not in kept:
                value, problems = read(self)
                if value is None:
                    raise ContentBroken(problems)
                kept[name] = value
            return kept[name]

    def problems(self) -> tuple[Problem, ...]:
        """Every mistake in all parts, which are all read for it; empty when all is well."""
        found: list[Problem] = []
        for name in [name for name, one in vars(type(self)).items() if isinstance(one, Part)]:
            try:
                getattr(self, name)
            except ContentBroken as broken:
                found += broken.problems
        return tuple(found)


class Part(Generic[ValueT]):
    """Makes a method that reads a part an attribute that is the part; see `functools.cached_property`."""

    def __init__(self, read: Callable[[Any], Found[ValueT]]) -> None:
        self.__doc__ = read.__doc__
        self._read = read

    def __get__(self, whole: InParts, kind: type[InParts]) -> ValueT:
        """The part, read if need be."""
        return whole.part(self._read.__name__, self._read)
