"""Is this note nearly the same as one to somebody else at the same employer?"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Indel, LCSseq

from debrief.desk.critique.anatomy import dissect
from debrief.desk.critique.draft import Draft, Hit
from debrief.desk.critique.lists import Lists
from debrief.desk.critique.text import Text, bare, read_text, words_of

_SAME_WORDS = 0.8
_OWN_WORDS = 0.14
_TAKEN_OVER, _SHORTEST_TAKEN = 0.92, 15
"""The part of another note's words that stand again in their order, from which on it was taken over, whatever was
added; and the fewest words of which that can be told."""


def copied(draft: Draft) -> Iterator[Hit]:
    """Where the draft shares nearly all its words with another note and hardly any of its own, or holds it whole."""
    mine = _told(draft, draft.body.text)
    for note in draft.record.other_notes:
        if len(note) > 20_000 or len(draft.letter.body) > 20_000:
            continue
        theirs = _told(draft, read_text(note))
        if len(mine) >= 8 and _nearly_same(mine, theirs, draft.lists):
            sentences = draft.anatomy.sentences
            yield draft.body.hit(sentences[0].start, sentences[-1].end)
            return


def _told(draft: Draft, text: Text) -> list[str]:
    """The words between greeting and sign-off, without names."""
    names = {bare(part) for name in (draft.recipient, draft.sender) if name for part in name.parts}
    names |= {bare(word.text) for person in draft.record.other_people for word in words_of(person)}
    anatomy = draft.anatomy if text is draft.body.text else dissect(text, draft.lists, None, draft.sender)
    return [
        bare(word.text)
        for sentence in anatomy.sentences
        for word in sentence.words
        if bare(word.text) not in names and word.text != "'s"
    ]


def _nearly_same(mine: list[str], theirs: list[str], lists: Lists) -> bool:
    if len(theirs) >= _SHORTEST_TAKEN and LCSseq.similarity(mine, theirs) >= _TAKEN_OVER * len(theirs):
        return True
    if not theirs or Indel.normalized_similarity(mine, theirs) < _SAME_WORDS:
        return False
    heavy = [word for word in mine if word not in lists["function_words"]]
    there = set(theirs)
    own = [word for word in heavy if word not in there and word not in lists["stock"]]
    return len(own) <= _OWN_WORDS * max(len(heavy), 1)
