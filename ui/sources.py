"""Who says so, in as few words as tell it."""

from __future__ import annotations

from collections.abc import Iterable

from debrief.domain.advice import HOUSE
from debrief.domain.wording import in_words
from ui import session


def said_by(keys: Iterable[str]) -> str:
    """The sources by their short names; "all five guides" where none is missing."""
    sources = session.content().guides.sources
    named = {key for key in keys if key in sources}
    guides = [key for key in sources if key != HOUSE]
    if named.issuperset(guides):
        return f"all {_NUMBERS.get(len(guides), str(len(guides)))} guides"
    return in_words([source.short for key, source in sources.items() if key in named])


_NUMBERS = {3: "three", 4: "four", 5: "five", 6: "six"}
