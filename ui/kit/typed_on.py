"""Whether a text is another one that somebody went on typing in."""

from __future__ import annotations

from itertools import takewhile


def is_typed_on(after: str, before: str) -> bool:
    """Whether `after` is `before` with something put in at one place: its end, its middle or its start."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    return len(after) >= len(before) and after.endswith(before[shared:])
