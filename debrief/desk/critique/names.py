"""Names: when two spellings mean the same person or company, when one is a slip of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from debrief.desk.critique.text import bare, plain, words_of

_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


_BEHIND_NAMES = frozenset(["phd", "md", "mba", "jr", "sr", "esq", "ii", "iii", "san", "sama", "sensei", "ji", "mag"])
"""Titles that stand behind a name; elsewhere the last word of a name is part of it: Mr Pan, Ms Bay."""
_SHORT, _LEFT_OUT = 2, 2
"""Letters of a short form at least, and letters that it leaves out at least: "Dan" for "Dana" leaves out too few."""


class Fit(Enum):
    """How a name that was written fits the one on record."""

    RIGHT = "right"
    SLIP = "slip"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name on record, by its parts, without titles."""

    typed: str
    parts: tuple[str, ...]
    """As typed, in order: Amara, Okafor, Lindqvist."""

    @property
    def given(self) -> str:
        """The part to greet somebody by where nothing else is known."""
        return self.parts[0] if self.parts else self.typed


def person_name(typed: str, titles: frozenset[str]) -> PersonName:
    """A person's name as the record holds it, in its parts; "Whitfield, Dana" is turned round."""
    last, comma, first = typed.partition(",")
    turned = f"{first} {last}" if comma and len(first.split()) == 1 and first.strip().lower() not in titles else last
    words = [word for word in words_of(turned) if word.text != "'s"]
    while len(words) > 1 and words[0].text in titles:
        words.pop(0)
    while len(words) > 1 and words[-1].text in titles and words[-1].text in _BEHIND_NAMES:
        words.pop()
    kept = [turned[word.start : word.end] for word in words]
    return PersonName(typed, tuple(dict.fromkeys(kept)) if kept else (typed.strip(),))


@lru_cache(maxsize=4096)
def readings(name: str) -> frozenset[str]:
    """The ways in which a name may be written: without diacritics, or with ä spelled ae."""
    word = plain(name).replace("'", "")
    return frozenset({bare(word), bare(word.translate(_SPELLED))})


def same(one: str, other: str) -> bool:
    """Whether two spellings of one part of a name are the same but for case and diacritics."""
    return not readings(one).isdisjoint(readings(other))


def is_slip(written: str, meant: str) -> bool:
    """Whether one word looks like a mistyped form of the other (and is not the same)."""
    a, b = bare(written).replace("'", ""), bare(meant).replace("'", "")
    if a == b or min(len(a), len(b)) < 3:
        return False
    allowed = 1 if len(b) <= 4 else 2 if len(b) <= 10 else 3
    return (a[0] == b[0] and OSA.distance(a, b) <= allowed) or OSA.distance(a, b) <= 1


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of comparing a written name: the fit, and the slip's place among the written parts with its cure."""

    fit: Fit
    index: int = 0
    meant: str = ""


def judge(written: Sequence[str], name: PersonName, nicknames: Mapping[str, frozenset[str]]) -> Judged:
    """Whether the parts written can be this person's name. A middle name or an initial may come on top."""
    known = list(name.parts)
    if any(same("".join(written), "".join(known[at : at + 2])) for at in range(len(known))):
        return Judged(Fit.RIGHT)
    matched = [_is_part(part, known, nicknames) for part in written]
    if all(matched):
        return Judged(Fit.RIGHT)
    strange = next(at for at, found in enumerate(matched) if not found)
    if sum(matched) >= 2 or (any(matched) and len(known) == 1):
        return Judged(Fit.RIGHT)
    near = min(known, key=lambda part: OSA.distance(bare(part), bare(written[strange])))
    if is_slip(written[strange], near):
        return Judged(Fit.SLIP, strange, near)
    return Judged(Fit.OTHER, strange, name.given)


def _is_short_for(short: str, given: str) -> bool:
    """Whether a given name is shortened as names are: "Beth" and "Tunde", "Manny" for Manuel, "Shaz" for Sharon."""
    is_part = given.startswith(short) or (len(short) > _SHORT + 1 and given.endswith(short))
    if is_part and len(short) >= _SHORT and len(given) - len(short) >= _LEFT_OUT:
        return True
    if len(short) >= len(given):
        return False  # "Stephannie" shortens nothing
    stem = short.removesuffix("y").removesuffix("ie")
    if len(stem) > _SHORT + 1 and stem != short and stem[-1] == stem[-2]:
        stem = stem[:-1]
    elif not short.endswith(("ie", "z")):
        return False
    return len(stem) > _SHORT and given.startswith(stem.removesuffix("z"))


def _is_part(written: str, known: Sequence[str], nicknames: Mapping[str, frozenset[str]]) -> bool:
    if any(same(written, part) for part in known):
        return True
    if len(written) == 1:
        return any(bare(part)[:1] == bare(written) for part in known)
    if any(bare(written) in nicknames.get(bare(part), frozenset()) for part in known):
        return True
    if any(_is_short_for(bare(written), bare(part)) for part in known[: max(1, len(known) - 1)]):
        return True
    return any(same(written, "".join(known[at : at + 2])) for at in range(len(known) - 1))
