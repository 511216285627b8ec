"""English around a fact: articles, possessives, joining, capitals, and the candidate's own sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

Words = Mapping[str, frozenset[str]]
"""Lists of lower-case words by name, from content: `common`, `empty`, `pay`, `self_doubt` …"""


def words_in(text: str) -> frozenset[str]:
    """The words of a text, as a set to look up in."""
    return frozenset(text.split())


_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_SOUNDS_LIKE_YOU = re.compile(
    r"(?:u(?:ni(?!n|m[pa]|dent)|s[aeiu]|t[aeiou]|r[aeiou])|eu|ewe|once\b|one\b|ubiq|uk)", re.IGNORECASE
)
_LETTERS_SAID_WITH_A_VOWEL = frozenset("AEFHILMNORSX")
_ACRONYMS_SAID_AS_WORDS = words_in("LAN NATO NASA SAP SAS SOC FIFA RAF NICU SCADA SWAT")
_LONGEST_ACRONYM = 5
_SMALL_WORDS = words_in("of and the in for to on at a an with by")
_ORDINARY_ENDINGS = re.compile(
    r"(?:ing|tion|sion|ment|ness|ity|ship|ance|ence|ism|ology|ical|ally|ful|ive|ous|able|ible|ed|ly|ers|ors)s?$"
)
_END_OF_SENTENCE = re.compile(r"[.?…。？]['\"”’)]*$")


def clean(text: str) -> str:
    """The text on one line: no control characters, single blanks, none before a comma or full stop."""
    kept = "".join(
        " " if unicodedata.category(one) == "Cc" else one for one in text if unicodedata.category(one) != "Cs"
    )
    line = re.sub(r"\s+([,;:!?.]+)(?=\s|$)", r"\1", " ".join(kept.split()))
    return re.sub(r"\s+(,+)\s*", r"\1 ", line).strip()


def named(text: str) -> str:
    """A name as one clean line without stray punctuation at its ends; "" where there is no letter or figure in it."""
    name = re.sub(r"^(?:[\s,;:!?]|\.\s)+|[\s,;:]+$", "", clean(text))
    return name if any(character.isalnum() for character in name) else ""


def article(words: str) -> str:
    """“a” or “an”, by the sound that the words begin with."""
    first = re.split(r"[\s\-/]", words.lstrip("“\"'(").strip(), maxsplit=1)[0]
    letters = re.sub(r"\W.*", "", first)
    if _is_spelled_out(letters):
        return "an" if letters[0] in _LETTERS_SAID_WITH_A_VOWEL else "a"
    if re.match(r"(?:8|11(?!\d)|18(?!\d))", letters) or _SILENT_H.match(letters):
        return "an"
    if _SOUNDS_LIKE_YOU.match(letters):
        return "a"
    base = unicodedata.normalize("NFD", letters[:1])[:1].lower()
    return "an" if base and base in "aeiou" else "a"


def possessive(name: str) -> str:
    """The name with its possessive ending. The house's style: James's, Chris's; McDonald's stays as it is."""
    return name if re.search(r"['’]s?$", name) else f"{name}'s"


def join(parts: Sequence[str], *, conjunction: str, apart: str) -> str:
    """The parts as one phrase. `apart` ("as well as") joins where a part has an "and" or a comma of its own."""
    if len(parts) <= 1:
        return "".join(parts)
    crowded = any(re.search(rf",|\b{re.escape(conjunction)}\b", part) for part in parts)
    if crowded:
        return f" {apart} ".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def as_remark(text: str, words: Words) -> str:
    """What the candidate wants said, in their own words, with its full stop, fit to stand behind a colon.

    One sentence begins small there; several keep their capitals.
    """
    remark = re.sub(r"!+", ".", clean(text))
    if not remark:
        return ""
    if not _END_OF_SENTENCE.search(remark):
        remark = f"{remark.rstrip(',;:-–— ')}."
    if re.search(r"[.?…]['\"”’)]*\s+\S", remark):
        return remark[:1].upper() + remark[1:]
    return lower_first(remark, words)


def evened(text: str) -> str:
    """A filled wording with one full stop where a name brought its own ("at Acme Inc..")."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", text)


def lower_first(phrase: str, words: Words) -> str:
    """The phrase as it stands inside a sentence: an ordinary first word in small letters, a name or acronym kept."""
    first, _, rest = phrase.partition(" ")
    bare = re.sub(r"[^\w]+$", "", first)
    if not bare[:1].isupper() or any(letter.isupper() or letter.isdigit() for letter in bare[1:]):
        return phrase
    if bare == "I" or bare.startswith(("I'", "I’")) or _looks_like_a_title(rest):
        return phrase
    stem = re.split(r"[-'’]", bare.lower(), maxsplit=1)[0]
    known = stem in words["common"] or stem.removesuffix("s") in words["common"]
    ordinary = bool(_ORDINARY_ENDINGS.search(stem)) and stem not in words["names"]
    return phrase[:1].lower() + phrase[1:] if known or ordinary else phrase


def quieten(phrase: str, words: Words) -> str:
    """A phrase typed in capitals throughout, in small letters; what may be an acronym keeps them."""
    if phrase.upper() != phrase or phrase.lower() == phrase:
        return phrase
    spoken = [
        word.lower() if word.lower() in words["common"] or len(word) > _LONGEST_ACRONYM else word
        for word in phrase.split()
    ]
    return " ".join(spoken)


def mentions(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words or phrases stands in the text as whole words."""
    folded = _apart(text)
    return any(word in folded for word in _all_apart(words))


@lru_cache(maxsize=32)
def _all_apart(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(_apart(word) for word in words)


def _apart(text: str) -> str:
    """The words in small letters with a blank around each, so that whole words can be looked for."""
    words = " ".join(re.findall(r"[\w'-]+", text.lower().replace("’", "'")))
    return f" {words} "


def _is_spelled_out(word: str) -> bool:
    """Whether the word is read letter by letter: MBA, UX, SQL, X-ray; not NASA, not Marketing."""
    return word.isascii() and word.isupper() and word not in _ACRONYMS_SAID_AS_WORDS and len(word) <= _LONGEST_ACRONYM


def _looks_like_a_title(rest: str) -> bool:
    """Whether the words after the first are capitalised too, small ones aside, as in Project Aurora."""
    following = [word for word in rest.split() if word[:1].isalpha() and word not in _SMALL_WORDS]
    return bool(following) and all(word[:1].isupper() for word in following)
