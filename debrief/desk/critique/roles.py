"""Is the post called what it is called?

A post is named in a few frames: "the data analyst role", "the post of ward
manager", "my interview for the buyer vacancy", or in the subject. What stands
there is compared with the role on record by its head (analyst), its rank
(senior) and what it is about (data).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from debrief.desk.critique.draft import Draft, Field, Hit
from debrief.desk.critique.lists import Lists
from debrief.desk.critique.text import Word, bare, words_of
from debrief.domain.critique import Place

_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Title:
    """Words of a text that name a post."""

    first: int
    last: int


def wrong_roles(draft: Draft, where: Field) -> Iterator[Hit]:
    """Where the post is called something else, or another post of the history is named as this one."""
    role = draft.record.role
    if not role or not role.strip():
        return
    words = where.text.words
    right = _read(role, draft.lists)
    taken = -1
    for title in _titles(draft, where, words):
        if title.first < taken or where.text.in_address(words[title.first].start):
            continue
        written = [bare(word.text) for word in words[title.first : title.last]]
        if _is_other(written, right, draft):
            taken = title.last
            start, end = words[title.first].start, words[title.last - 1].end
            yield where.hit(start, end, role, role=role)


def _read(role: str, lists: Lists) -> frozenset[str]:
    words = (bare(word.text) for word in words_of(role) if word.text not in lists["role_fillers"])
    return frozenset(_usual(word, lists) for word in words)


def _usual(word: str, lists: Lists) -> str:
    """One word of a title as it is usually written: "sr" is "senior", "nurses" is "nurse"."""
    for pair in lists.phrases.get("role_short", {}).get(word, ()):
        return pair[1]
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _titles(draft: Draft, where: Field, words: Sequence[Word]) -> Iterator[Title]:
    lists = draft.lists
    for at, word in enumerate(words):
        if word.text in lists["post_words"]:
            found = _before(where, words, at, lists)
            if found and not _is_own(words, found.first, at, lists):
                yield found
        if word.text in lists["post_leads"] and at + 1 < len(words):
            yield from _behind(words, at, lists)
    if where.place is Place.SUBJECT:
        yield from _in_subject(words, lists)
    yield from _of_history(draft, where, words)


def _before(where: Field, words: Sequence[Word], at: int, lists: Lists) -> Title | None:
    """The title that stands before "role": back to an article, as far as it is one run of words."""
    first = at
    while first > 0 and at - first < _LONGEST and words[first].lead == "":
        word = words[first - 1]
        if word.text in lists["function_words"] and word.text not in ("of", "and"):
            break
        first -= 1
    while first < at and words[first].text in ("of", "and"):
        first += 1
    if not any(_names_job(where.text.typed, word, lists) for word in words[first:at]):
        return None
    told = first > 0 and words[first - 1].text in lists["determiners"]
    capital = where.text.typed[words[first].start].isupper()
    return Title(first, at) if told or capital or where.place is Place.SUBJECT else None


def _behind(words: Sequence[Word], at: int, lists: Lists) -> Iterator[Title]:
    """The title behind "the post of", "to interview for": up to its last word for a job."""
    first = at + 1
    if words[first].text not in ("of", "as", "for", "to"):
        return
    if words[first].text == "to" and words[first + 1 : first + 2] and words[first + 1].text == "be":
        first += 1
    first += 1
    while first < len(words) and words[first].text in lists["determiners"]:
        first += 1
    if _is_own(words, at, at, lists):
        return
    last = 0
    for index in range(first, min(first + _LONGEST, len(words))):
        word = words[index]
        if (index > first and word.lead) or word.text in lists["post_words"]:
            break
        if word.text in lists["function_words"] and word.text not in ("of", "and"):
            break
        if _is_job(word.text, lists):
            last = index + 1
    if last:
        yield Title(first, last)


def _in_subject(words: Sequence[Word], lists: Lists) -> Iterator[Title]:
    """A run of words in the subject that ends in a word for a job: "Data Analyst interview"."""
    for at, word in enumerate(words):
        if not _is_job(word.text, lists):
            continue
        first = at
        while first > 0 and words[first].lead == "" and words[first - 1].text not in lists["function_words"]:
            if words[first - 1].text in lists["subject_words"]:
                break
            first -= 1
        follows = words[at + 1].text if at + 1 < len(words) and words[at + 1].lead == "" else ""
        if not _is_job(follows, lists):
            yield Title(first, at + 1)


def _of_history(draft: Draft, where: Field, words: Sequence[Word]) -> Iterator[Title]:
    """Where another role of the history is named with a capital, not as one's own past."""
    for other in draft.record.other_roles:
        parts = tuple(bare(word.text) for word in words_of(other))
        if not parts:
            continue
        for at in range(len(words) - len(parts) + 1):
            if tuple(bare(word.text) for word in words[at : at + len(parts)]) != parts:
                continue
            if where.text.typed[words[at].start].isupper() and not _is_own(words, at, at + len(parts), draft.lists):
                yield Title(at, at + len(parts))


def _is_own(words: Sequence[Word], first: int, last: int, lists: Lists) -> bool:
    """Whether the sentence speaks of a post that somebody holds or held: "my current role as", "when I was a"."""
    begin = first
    while begin > 0 and first - begin < 8 and words[begin].lead[:1] not in (".", "!", "?", ";", "\n"):
        begin -= 1
        if words[begin].text in lists["own_history"]:
            return True
    return any(word.text in lists["held"] for word in words[last : last + 4])


def _is_job(word: str, lists: Lists) -> bool:
    return word in lists["jobs"] or (word.endswith("s") and word[:-1] in lists["jobs"])


def _names_job(typed: str, word: Word, lists: Lists) -> bool:
    """Whether a word before "role" is one for a job: a known one, or a capitalised one with a job's ending."""
    if _is_job(word.text, lists):
        return True
    endings = tuple(lists["job_endings"])
    capital = typed[word.start].isupper() and len(word.text) > 4
    return capital and word.text.endswith(endings) and not word.text.endswith(("chester", "minster", "center"))


def _is_other(written: Sequence[str], right: frozenset[str], draft: Draft) -> bool:
    lists = draft.lists
    company = frozenset(bare(word.text) for word in words_of(draft.record.company or ""))
    said = [_usual(word, lists) for word in written if word not in lists["role_fillers"] and word not in company]
    if not said or frozenset(said) <= right:
        return False
    initials = "".join(word[0] for word in right)
    if len(said) == 1 and sorted(said[0]) == sorted(initials):
        return False
    heads = [word for word in said if _is_job(word, lists)] or said
    if heads[-1] not in right:
        return True
    rank = [word for word in said if word in lists["ranks"] and word not in right]
    return bool(rank) or not right - lists["ranks"] <= frozenset(said)
