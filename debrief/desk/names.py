"""How to address somebody: never a guessed gender, never a name cut in the wrong place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from debrief.desk.grammar import clean, named, words_in

_HONORIFICS = words_in(
    "dr prof professor mr mrs ms mx miss sir dame lord lady rev reverend rabbi imam father sister judge justice "
    "captain major colonel dato datuk datin dato' dato’ tuan puan encik cik haji hajjah herr frau madame monsieur mme "
    "señor señora sr sra srta dra doctor doktor ing dipl-ing engr mag hon"
)
_TITLES_OF_TWO_WORDS = frozenset({"tan sri", "dato' sri", "dato’ sri", "datuk seri", "dato' seri", "toh puan"})
_PARTICLES = words_in(
    "van von der den de del della di da dos das du la le ten ter zu af av mac al el bint ibn ben abu san st"
)
_NO_FAMILY_NAME = frozenset({"bin", "binti", "binte", "bte", "a/l", "a/p", "s/o", "d/o"})
_GIVEN_IS_LONGER = words_in("abdul abd abdel abdal abu umm mohd muhd md muhammad mohammed nur nurul siti al el")
_FAMILY_FIRST = words_in(
    "zhang wang li liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang wong chan "
    "cheung leung lam lau ng ho lee lim tan goh koh ong teo chua kim park choi jung jeong kang cho yoon jang nguyen "
    "tran pham hoang phan vu vo dang bui do ngo duong ly"
)
_FAMILY_FIRST_COUNTRIES = frozenset({"CN", "TW", "HK", "MO", "KR", "KP", "JP", "VN", "HU"})
_NO_FAMILY_NAME_COUNTRIES = frozenset({"MY", "ID", "IS", "ET", "ER", "MM", "MN", "BT"})


@dataclass(frozen=True, slots=True)
class Address:
    """The ways to say one person's name."""

    full: str
    """The whole name, without a title in front."""
    title: str
    """Dr, Prof. …: only as recorded, else empty."""
    given: str
    """The name to use among equals; the full name where it cannot be told apart."""
    surname: str | None
    """Only where there is no doubt about it."""

    @property
    def formal(self) -> str:
        """Title and surname; title and full name in doubt; the full name without a title."""
        if not self.title:
            return self.full
        return f"{self.title} {self.surname or self.full}"


def address(name: str, title: str, country: str | None) -> Address:
    """Reads a name as it was recorded, with what stands in front of it and in the field for titles."""
    front, rest = _split_title(_in_order(_without_remarks(named(name))))
    title = _leading_title(clean(title)) or front
    rest = _without_suffix(rest) or rest
    parts = rest.split()
    if not parts:
        return Address("", title, "", None)
    surname = _surname(parts, country)
    # A single name behind a title may be a surname: "Dear Okafor" would be rude.
    given = f"{title} {_evened(rest)}" if title and len(parts) == 1 else _given(parts, country)
    return Address(_evened(rest), title, given, surname)


def _without_remarks(name: str) -> str:
    """Without what people write behind a name: "(HR)", "/ Recruiting", "– via Zoom"."""
    bare = re.sub(r"\s*\([^)]*\)", "", re.split(r"\s[/|–—-]\s", name, maxsplit=1)[0]).strip()
    return bare or name


def _in_order(name: str) -> str:
    """ "Okafor, Chinedu" as "Chinedu Okafor"; an academic suffix after the comma stays where it is."""
    before, comma, after = name.partition(",")
    after = after.strip()
    if not comma or not after or "," in after or re.fullmatch(r"(?i)(?:ph\.?d|md|mba|msc|jr|sr|[ivx]+|esq)\.?", after):
        return name
    return f"{after} {before.strip()}"


def _split_title(name: str) -> tuple[str, str]:
    """The titles in front of a name, and the name."""
    parts = name.split()
    count = 2 if len(parts) > 2 and " ".join(parts[:2]).lower() in _TITLES_OF_TWO_WORDS else 0
    while count < len(parts) - 1 and _is_honorific(parts[count]):
        count += 1
    return " ".join(parts[:count]), " ".join(parts[count:])


def _leading_title(title: str) -> str:
    """The honorific in a title field that may as well hold a job title ("Dr", "Prof., Head of Physics")."""
    taken: list[str] = []
    for word in re.split(r"[\s,]+", title):
        if not _is_honorific(word):
            break
        taken.append(word)
    rest = title.split()[len(taken) :]
    # "Captain" may be a job; "Sister of the ward" surely is: an honorific counts only where nothing but it is there,
    # or where a comma parts it from the job.
    return " ".join(taken) if taken and (not rest or "," in title) else ""


def _is_honorific(word: str) -> bool:
    return word.lower().rstrip(".,") in _HONORIFICS


def _without_suffix(name: str) -> str:
    return re.sub(r"(?i),?\s+(?:ph\.?d|m\.?d|mba|m\.?sc|esq)\.?$|,\s*(?:jr|sr|[iv]+)\.?$", "", name).strip(" ,")


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(letter, "") for letter in text if letter.isalpha())


def _evened(name: str) -> str:
    """ "SMITH Jane" is a way to mark the surname, not a way to greet: "Smith Jane"."""
    return " ".join(
        "-".join(piece.capitalize() for piece in word.split("-")) if _is_marked(word) else word for word in name.split()
    )


def _is_marked(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 2 and word.isupper()


def _given(parts: list[str], country: str | None) -> str:
    """The first name where Western order is beyond doubt, else the whole name."""
    whole = _evened(" ".join(parts))
    unmarked = [part for part in parts if not _is_marked(part)]
    if unmarked and len(unmarked) < len(parts):
        return " ".join(unmarked)
    if len(parts) < 2 or not _is_latin(whole) or _may_be_family_first(parts, country):
        return whole
    patronymic = next((index for index, part in enumerate(parts) if part.lower() in _NO_FAMILY_NAME), None)
    if patronymic:
        return _evened(" ".join(parts[:patronymic]))
    if _ends_in_family_name(parts):
        return " ".join(parts[:-1])
    first = parts[0]
    is_initial = len(first.rstrip(".")) < 2 or first.endswith(".")
    if is_initial or first.lower() in _GIVEN_IS_LONGER | _PARTICLES:
        return whole
    return _evened(first)


def _may_be_family_first(parts: list[str], country: str | None) -> bool:
    return country in _FAMILY_FIRST_COUNTRIES or _folded(parts[0]) in _FAMILY_FIRST


def _ends_in_family_name(parts: list[str]) -> bool:
    """Whether it is an East Asian name in Western order, whose given name may have two parts: Mei Ling Tan."""
    return _folded(parts[-1]) in _FAMILY_FIRST


def _folded(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def _surname(parts: list[str], country: str | None) -> str | None:
    """The surname where the way the name is written leaves no doubt, else None."""
    if len(parts) == 1:
        return _evened(parts[0])
    marked = [part for part in parts if _is_marked(part)]
    if marked and len(marked) < len(parts):
        return _evened(" ".join(marked))
    if not _is_western(parts, country):
        return None
    particle = next((index for index in range(len(parts) - 1) if parts[index].lower() in _PARTICLES), None)
    if particle is not None:
        return " ".join(parts[particle:])
    has_one_surname = (
        len(parts) == 2 or _ends_in_family_name(parts) or (len(parts) == 3 and re.fullmatch(r"\w\.?", parts[1]))
    )
    return _evened(parts[-1]) if has_one_surname else None


def _is_western(parts: list[str], country: str | None) -> bool:
    """Whether the surname surely stands last: no habit of the country or of the name speaks against it."""
    return (
        country not in _NO_FAMILY_NAME_COUNTRIES
        and not _NO_FAMILY_NAME & {part.lower() for part in parts}
        and _is_latin("".join(parts))
        and not _may_be_family_first(parts, country)
        and parts[0].lower() not in _GIVEN_IS_LONGER
    )
