"""What a recomposed note changes in the text at hand, sentence by sentence, so that no edit is lost unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a sentence."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence, or a line such as the greeting, and what becomes of it."""

    fate: Fate
    text: str


def what_changes(old_body: str, new_body: str) -> tuple[Change, ...]:
    """Both texts woven into one, in order: kept sentences once, what goes before what comes in its place."""
    old, new = _sentences(old_body), _sentences(new_body)
    changes: list[Change] = []
    for operation, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            changes += [Change(Fate.KEPT, sentence) for sentence in old[old_from:old_to]]
        else:
            changes += [Change(Fate.GONE, sentence) for sentence in old[old_from:old_to]]
            changes += [Change(Fate.NEW, sentence) for sentence in new[new_from:new_to]]
    return tuple(changes)


def _sentences(body: str) -> list[str]:
    """The sentences of every line. An abbreviation may part one sentence in two, which only makes the steps smaller."""
    lines = (" ".join(line.split()) for line in body.splitlines())
    return [sentence for line in lines if line for sentence in re.split(r"(?<=[.!?…。？！])\s+(?=\S)", line)]
