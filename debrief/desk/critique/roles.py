"""Is the post called what it is called?

A post is named in a few frames: "the data analyst role", "the post of ward
manager", "my interview for the buyer vacancy", or in the subject. What stands
there is compared with the role on record by its head (analyst), its rank
(senior) and what it is about (data).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from debrief.desk.critique.detail import stem
from debrief.desk.critique.draft import Draft, Field, Hit
from debrief.desk.critique.lists import Lists
from debrief.desk.critique.text import Word, bare, plain, words_of
from debrief.domain.critique import Place

_LONGEST = 6
_ONESELF = frozenset({"i", "we", "he", "she", "they", "who", "my", "your", "his", "her", "their"})
"""Before "work as": somebody does already."""
_NOT = frozenset({"no", "not", "never"})
_PLAYED = frozenset({"role", "roles"})
"""What anybody can have: "the role of your mentors" is no post."""
_AS_REACH = 7
"""Words before "as" among which "join" is looked for."""
_WISH_REACH = 6
"""Words before "to be" among which a wish is looked for."""
_SHORTEST, _LONG_WORD = 3, 6
"""Letters of a word that can stand for a longer one, and above which one wrong letter is a slip."""


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
    addressed = {bare(word.text) for word in words_of(draft.record.recipient or "")}
    taken = -1
    for title in _titles(draft, where, words):
        if title.first < taken or where.text.in_address(words[title.first].start):
            continue
        written = [bare(word.text) for word in words[title.first : title.last] if word.text != "'s"]
        if not addressed.issuperset(written) and _is_other(written, right, draft):
            taken = title.last
            start, end = words[title.first].start, words[title.last - 1].end
            yield where.hit(start, end, role, role=role)


def _read(role: str, lists: Lists) -> tuple[str, ...]:
    words = (bare(word.text) for word in words_of(role) if word.text != "'s")
    return tuple(_usual(word, lists) for word in words if word not in lists["role_fillers"])


def _usual(word: str, lists: Lists) -> str:
    """One word of a title as it is usually written: "sr" is "senior", "nurses" is "nurse"."""
    for pair in lists.phrases.get("role_short", {}).get(word, ()):
        return pair[1]
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _matches(said: str, meant: str, jobs: Set[str]) -> bool:
    """Whether two words of titles say the same: "dev" and "developer", "nursing" and "nurse", "advisor", "adviser"."""
    if said == meant or stem(said) == stem(meant):
        return True
    short, long = sorted((said, meant), key=len)
    if _SHORTEST <= len(short) <= _LONG_WORD and long.startswith(short) and len(long) - len(short) > 2:
        return True
    return len(short) > _LONG_WORD and not {said, meant} <= jobs and OSA.distance(said, meant) <= 1


def _aligned(said: Sequence[str], right: Sequence[str], jobs: Set[str]) -> list[str]:
    """The words said, each as the role has it; words that the role joins or parts are joined or parted: "back end"."""
    words = list(said)
    for at in range(len(words) - 1):
        if words[at] + words[at + 1] in right:
            words[at : at + 2] = [words[at] + words[at + 1]]
            break
    parted = {right[at] + right[at + 1]: right[at : at + 2] for at in range(len(right) - 1)}
    words = [piece for word in words for piece in parted.get(word, (word,))]
    return [next((one for one in right if _matches(word, one, jobs)), word) for word in words]


def _titles(draft: Draft, where: Field, words: Sequence[Word]) -> Iterator[Title]:
    lists = draft.lists
    for at, word in enumerate(words):
        if word.text in lists["post_words"]:
            found = _before(where, words, at, lists)
            if found and not _is_own(words, found.first, at, lists):
                yield found
        if word.text in lists["post_leads"] and at + 1 < len(words):
            yield from _behind(words, at, lists)
        if word.text in ("as", "be", "being", "become", "becoming") and _is_to_come(words, at, lists):
            yield from _up_to_job(words, at + 1, lists)
    if where.place is Place.SUBJECT:
        yield from _in_subject(where, words, lists)
    yield from _of_history(draft, where, words)


def _before(where: Field, words: Sequence[Word], at: int, lists: Lists) -> Title | None:
    """The title that stands before "role": back to an article, as far as it is one run of words."""
    first = at
    while first > 0 and at - first < _LONGEST and words[first].lead == "":
        word = words[first - 1]
        if word.text in lists["function_words"] and word.text not in ("of", "and"):
            break
        first -= 1
    while first < at and (words[first].text in ("of", "and") or _is_about(words, first, lists)):
        first += 1
    fields = lists["fields"]
    if not any(_names_job(where.text.typed, word, lists) or word.text in fields for word in words[first:at]):
        return None
    told = first > 0 and words[first - 1].text in lists["determiners"]
    if told and words[first - 1].text in ("a", "an"):
        told = first > 1 and words[first - 2].text in lists["leads_to_post"]
    capital = where.text.typed[words[first].start].isupper()
    return Title(first, at) if told or capital or where.place is Place.SUBJECT else None


def _is_about(words: Sequence[Word], at: int, lists: Lists) -> bool:
    """Whether this says what the subject is about, before the title: "status of", "outcome of"."""
    return words[at].text in lists["subject_words"] and words[at + 1].text == "of"


def _behind(words: Sequence[Word], at: int, lists: Lists) -> Iterator[Title]:
    """The title behind "the post of", "to interview for", "considering me for"."""
    first = at + 1
    while first + 1 < len(words) and words[first].text in lists["considered_words"]:
        first += 1
    if words[first].text not in ("of", "as", "for", "to") or _is_own(words, at, at, lists):
        return
    if words[first].text == "to" and words[first + 1 : first + 2] and words[first + 1].text == "be":
        first += 1
    if words[at].text in _PLAYED and words[first + 1 : first + 2] and words[first + 1].text in lists["determiners"]:
        return
    yield from _up_to_job(words, first + 1, lists)


def _up_to_job(words: Sequence[Word], first: int, lists: Lists) -> Iterator[Title]:
    """The title that begins here, behind articles and the like, up to its last word for a job."""
    while first < len(words) and words[first].text in lists["determiners"] | lists["role_fillers"]:
        first += 1
    last = 0
    for index in range(first, min(first + _LONGEST, len(words))):
        word = words[index]
        if (index > first and word.lead) or word.text in lists["post_words"]:
            break
        if word.text in lists["function_words"] and word.text not in ("of", "and"):
            break
        if _is_job(word.text, lists):
            last = index + 1
    if last and not any(word.text in lists["held"] for word in words[last : last + 4]):
        yield Title(first, last)


def _is_to_come(words: Sequence[Word], at: int, lists: Lists) -> bool:
    """Whether "as" or "be" here leads to the post that is wished for: "join you as", "to be your next"."""
    if words[at].text != "as":
        behind = {word.text for word in words[at + 1 : at + 4]}
        wished = ("your" in behind and bool(behind & lists["next_words"])) or _is_wished(words, at, lists)
        return wished and not _is_own(words, at, at, lists)
    for index in range(at - 1, max(0, at - _AS_REACH), -1):
        if words[index + 1].lead:
            return False
        if words[index].text in lists["joining"]:
            return words[index - 1].text not in _ONESELF and not _is_own(words, at, at, lists)
    return False


def _is_wished(words: Sequence[Word], at: int, lists: Lists) -> bool:
    """Whether somebody would like to be what follows, here rather than some day: "I would love to be a", "interested in
    becoming".
    """
    leads = ("to",) if words[at].text in ("be", "become") else ("of", "in", "on", "about", "at", "to")
    if at == 0 or words[at - 1].text not in leads:
        return False
    begin = max(0, at - _WISH_REACH)
    before = {word.text for word in words[begin:at]}
    if before.isdisjoint(lists["wishing"]) or before & _NOT:
        return False
    return not any(lists.longest("some_day", words, index) for index in range(begin, at + 2 * _WISH_REACH))


def _in_subject(where: Field, words: Sequence[Word], lists: Lists) -> Iterator[Title]:
    """A run of words in the subject that ends in a word for a job: "Data Analyst interview"."""
    for at, word in enumerate(words):
        if not _is_job(word.text, lists):
            continue
        first = at
        while first > 0 and words[first].lead == "" and words[first - 1].text not in lists["function_words"]:
            parted = " - " in where.text.typed[words[first - 1].end : words[first].start]
            if parted or words[first - 1].text in lists["subject_words"]:
                break
            first -= 1
        follows = words[at + 1].text if at + 1 < len(words) and words[at + 1].lead == "" else ""
        ends = not follows or follows in lists["function_words"] | lists["subject_words"] | lists["post_words"]
        is_mine = not follows and first > 0 and words[first - 1].text == "my"
        if ends and not is_mine and not _is_job(follows, lists) and not _is_theirs(where, word, follows):
            yield Title(first, at + 1)


def _is_theirs(where: Field, word: Word, follows: str) -> bool:
    """Whether this names somebody rather than a post: "the partners' meeting", "the clerk who drew", "a runner-up"."""
    written = plain(where.text.typed[word.start : word.end + 1].strip())
    return written.endswith(("'", "'s", "-")) or follows == "who"


def _of_history(draft: Draft, where: Field, words: Sequence[Word]) -> Iterator[Title]:
    """Where another role of the history is named, not as one's own past; a single word needs a capital."""
    for other in draft.record.other_roles:
        parts = tuple(bare(word.text) for word in words_of(other))
        if not parts:
            continue
        for at in range(len(words) - len(parts) + 1):
            if tuple(bare(word.text) for word in words[at : at + len(parts)]) != parts:
                continue
            is_title = len(parts) > 1 or where.text.typed[words[at].start].isupper()
            if is_title and not _is_own(words, at, at + len(parts), draft.lists):
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
    capital = typed[word.start].isupper() and len(word.text) > 4 and word.text not in lists["no_jobs"]
    return capital and word.text.endswith(endings) and not word.text.endswith(("chester", "minster", "center"))


def _is_other(written: Sequence[str], right: Sequence[str], draft: Draft) -> bool:
    """Whether the words written name another post than the record's: another job, another rank, another field."""
    lists = draft.lists
    company = frozenset(bare(word.text) for word in words_of(draft.record.company or ""))
    said = [_usual(word, lists) for word in written if word not in lists["role_fillers"] and word not in company]
    said = _aligned(said, right, lists["jobs"])
    if not said or set(said) <= set(right):
        return False
    if len(said) == 1 and sorted(said[0]) == sorted(word[0] for word in right):
        return False
    heads = [word for word in said if _is_job(word, lists) or word + "s" in lists["jobs"]]
    fields = lists["fields"]
    if not heads and not fields.isdisjoint(said):
        return not fields.isdisjoint(right)
    if (heads or said)[-1] not in right:
        return True
    ranks = lists["ranks"]
    return any(word in ranks and word not in right for word in said) or not set(right) - ranks <= set(said)
