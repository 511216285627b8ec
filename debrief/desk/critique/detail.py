"""Could any of this have come only from this very conversation?

Three signs count: words of a topic on record, the meaning of a sentence, and
(where the meaning layer is off) words that no stock letter holds in a sentence
that speaks of the talk.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from debrief.desk.critique.draft import Draft, Evidence
from debrief.desk.critique.form import placeholders
from debrief.desk.critique.text import Sentence, bare, words_of
from debrief.domain.critique import Place

HEAD = "detail"


def is_detailed(draft: Draft) -> bool:
    """Whether at least one sentence is about what was said in this conversation."""
    plain = ordinary(draft)
    if any(shares_topic(draft, sentence, plain) for sentence in draft.anatomy.sentences):
        return True
    if draft.meaning is not None:
        open_slots = [hit for hit in placeholders(draft) if hit.place is Place.BODY]
        told = [
            (leanings[HEAD], Evidence())
            for sentence, leanings in draft.leaning()
            if not any(sentence.start <= slot.start < sentence.end for slot in open_slots)
        ]
        return any(draft.meaning.means(HEAD, draft.letter.kind, told))
    return any(_is_rare(draft, sentence, plain) for sentence in draft.anatomy.sentences)


def shares_topic(draft: Draft, sentence: Sentence, plain: frozenset[str]) -> bool:
    """Whether a sentence takes up one of the topics noted: two telling words of it, or the only one it has."""
    said = {stem(word.text) for word in sentence.words} - plain
    for detail in draft.record.details:
        topic = {stem(word.text) for word in words_of(detail)} - plain
        if topic and len(topic & said) >= (1 if len(topic) <= 3 else 2):
            return True
    return False


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, roughly: "scheduling", "scheduled" and "schedules" share one."""
    short = bare(word)
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "s", "y", "e"):
        if short.endswith(ending) and len(short) - len(ending) >= 4:
            return short[: -len(ending)]
    return short


def ordinary(draft: Draft) -> frozenset[str]:
    """The stems that tell nothing about this conversation: function words, stock words, the names and the role."""
    record = draft.record
    names: Iterable[str | None] = (record.sender, record.recipient, record.company, record.role)
    own = {stem(word.text) for name in names for word in words_of(name or "")}
    lists = draft.lists
    return frozenset(own | {stem(word) for word in lists["function_words"] | lists["stock"]})


def _is_rare(draft: Draft, sentence: Sentence, plain: frozenset[str]) -> bool:
    words = [word.text for word in sentence.words]
    if not any(word in draft.lists["talk_words"] for word in words):
        return False
    return len({stem(word) for word in words if word.isalpha() and len(word) > 2} - plain) >= 3
