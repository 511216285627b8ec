"""What can be seen without understanding: slots left open, lengths, capitals, emoji."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from debrief.desk.critique.draft import Draft, Field, Hit
from debrief.desk.critique.text import bare, words_of

_BRACKETED = re.compile(r"\[{1,3}([^\[\]\n]{1,60})\]|\{{1,3}([^{}\n]{1,60})\}|<{1,3}([^<>\n]{1,60})>|«([^«»\n]{1,60})»")
_ROUND = re.compile(r"\(([^()\n]{1,40})\)")
_MARKS = re.compile(r"(?<!\w)(?:[Xx]{3,}|XX|TBD|TBC|TBA|TODO|XYZ)(?!\w)|(?<![\w/])_{2,}(?![\w/])|(?<!\w)%\w{2,20}%")
_HOLE = re.compile(r"([^\s.!?:;…,])([ \t\u00a0]{2,40})(?=\S)|(\w)[ \t\u00a0]{1,40}(?=[,.;](?:\s|$))")
_INSERT = re.compile(r"\b(?:insert|fill in|add|put)\b([^.!?\n]{1,50}?)\bhere\b", re.IGNORECASE)
_RUN_OF_MARKS = re.compile(r"!{1,20}")
_EMOTICON = re.compile(r"(?<!\w)(?:[:;=][-^']?[)D(Pp/]|<3|[xX]D|\^_\^|:'\(|¯\\_)(?!\w)")
_ABBREVIATED = 6
"""Letters that hardly any abbreviation has more of."""
_WORD_LIKE = re.compile(r"[^\W_]")


def word_count(text: str) -> int:
    """The words of a text: what stands between blanks and holds a letter or a digit."""
    return sum(1 for piece in text.split() if _WORD_LIKE.search(piece))


def placeholders(draft: Draft) -> Iterator[Hit]:
    """Slots that were left unfilled, in subject and body."""
    for where in draft.fields:
        typed = where.text.typed
        taken: list[tuple[int, int]] = []
        for start, end in (*_bracketed(draft, typed), *_marked(draft, typed), *_inserts(typed), *_holes(draft, typed)):
            if not where.text.in_address(start) and not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                yield where.hit(start, end)


def _bracketed(draft: Draft, typed: str) -> Iterator[tuple[int, int]]:
    for found in _BRACKETED.finditer(typed):
        before = typed[found.start() - 1 : found.start()]
        after = typed[found.end() : found.end() + 1]
        if before.isalnum() or (before and before in "/_.=`") or (after and after in "/(`_"):
            continue
        inside = next(group for group in found.groups() if group is not None)
        angled = found.group()[0] == "<"
        meant_as_slot = found.group()[0] == "[" or found.group()[:2] == "{{" or (angled and _is_plain(draft, inside))
        if _is_slot(draft, inside, angled=angled) or (meant_as_slot and _is_blank(draft, inside)):
            yield found.span()
    for found in _ROUND.finditer(typed):
        words = words_of(found.group(1))
        if words and (words[0].text == "insert" or draft.lists.longest("round_slots", words, 0) == len(words)):
            yield found.span()


def _is_slot(draft: Draft, inside: str, *, angled: bool) -> bool:
    """Whether what stands in square, curly or angle brackets names a slot rather than code, an address or an aside."""
    if "@" in inside or "://" in inside or inside.lower().startswith(("www.", "/")) or inside.strip().isdigit():
        return False
    words = [word.text for word in words_of(inside.replace("_", " "))]
    if not words:
        return not angled and inside.strip(" .-_…") == ""
    if len(words) <= 9 and any(word in draft.lists["slot_words"] for word in words):
        return True
    if angled or len(words) > 9:
        return False
    shouted = inside.isupper() and sum(map(str.isalpha, inside)) > 3 and words[0] not in draft.lists["acronyms"]
    return shouted or "_" in inside.strip("_")


def _is_plain(draft: Draft, inside: str) -> bool:
    """Whether a word between angle brackets is one of the letter's rather than of some markup: "<season>", "<div>"."""
    return inside.isalpha() and inside.islower() and inside not in draft.lists["markup"]


def _is_blank(draft: Draft, inside: str) -> bool:
    """Whether square or doubled curly brackets hold what belongs there, "venue", "the date", rather than an aside."""
    words = inside.split()
    if not 0 < len(words) <= 3 or not all(map(str.isalpha, words)) or words[0].lower() in draft.lists["asides"]:
        return False
    # "[deprecated]" says what became of something, and "[A]" stands for somebody
    return len(words) > 1 or (len(words[0]) > 1 and not words[0].endswith("ed"))


def _marked(draft: Draft, typed: str) -> Iterator[tuple[int, int]]:
    for found in _MARKS.finditer(typed):
        word = found.group()
        if word.islower() and word.startswith("x") and typed[found.end() :].strip() == "":
            continue
        if bare(word) in draft.known or bare(word) in bare(draft.record.company or "").split():
            continue
        if word == "TODO" and _is_told_of(draft, typed, found.start()):
            continue
        if word.startswith("_") and _is_quoted(typed, found.start()):
            continue
        yield found.span()


def _is_told_of(draft: Draft, typed: str, at: int) -> bool:
    """Whether an article or the like stands before: "the TODO in the readme" is no slot."""
    before = words_of(typed, max(0, at - 20), at)
    return bool(before) and before[-1].text in draft.lists["determiners"]


def _is_quoted(typed: str, at: int) -> bool:
    """Whether this stands between quotation marks, as a worksheet's gap that is told of does."""
    before = typed[typed.rfind("\n", 0, at) + 1 : at]
    return before.count('"') % 2 == 1 or before.count("\u201c") > before.count("\u201d")


def _inserts(typed: str) -> Iterator[tuple[int, int]]:
    for found in _INSERT.finditer(typed):
        if found.group()[:3].lower() == "ins" or "your" in found.group(1).lower():
            yield found.span()


def _holes(draft: Draft, typed: str) -> Iterator[tuple[int, int]]:
    """Doubled blanks where something is lacking: behind an article or a preposition, or before a comma."""
    for found in _HOLE.finditer(typed):
        start = found.end(1) if found.group(1) else found.end(3)
        line = typed.rfind("\n", 0, start) + 1
        before = words_of(typed, max(line, start - 30), start)
        if not before or before[-1].end != start:
            continue
        word = before[-1].text
        if found.group(1) is None:
            greeting = typed[line:start].strip().lower() in draft.lists["greetings"]
            hole = greeting or word in draft.lists["hole_before_mark"]
        else:
            after = words_of(typed, found.end(), found.end() + 30)
            hole = word in draft.lists["hole_before"] or typed[found.end()] in ",.;:"
            hole = hole or bool(after and after[0].text in draft.lists["post_words"])
        if hole:
            yield start, found.end()


def too_long(draft: Draft, limits: dict[str, int]) -> Iterator[Hit]:
    """The body's words above the limit of the kind."""
    kind = draft.letter.kind.value
    limit = limits.get(f"{kind}_clarifies") if draft.record.clarifies else None
    limit = limit or limits.get(kind)
    count = word_count(draft.letter.body)
    if limit is not None and count > limit:
        yield Hit(words={"count": str(count), "limit": str(limit)})


def too_short(draft: Draft, limit: int) -> Iterator[Hit]:
    """The body's words below the least."""
    count = word_count(draft.letter.body)
    if count < limit:
        yield Hit(words={"count": str(count), "limit": str(limit)})


def over_limit(draft: Draft, limits: dict[str, int]) -> Iterator[Hit]:
    """The body's characters above what the network lets through."""
    limit = limits["premium" if draft.record.premium else "free"]
    count = len(draft.letter.body)
    if count > limit:
        yield draft.body.hit(limit, count, count=str(count), limit=str(limit))


def subject_missing(draft: Draft) -> Iterator[Hit]:
    """An email without a subject."""
    said = {word.text for word in draft.subject.text.words}
    if not _WORD_LIKE.search(draft.letter.subject) or said <= draft.lists["empty_subjects"]:
        yield Hit(draft.subject.place)


def subject_too_long(draft: Draft, limit: int) -> Iterator[Hit]:
    """A subject above the limit in characters."""
    subject = draft.letter.subject.strip()
    if len(subject) > limit:
        yield draft.subject.hit(0, len(draft.letter.subject), count=str(len(subject)), limit=str(limit))


def shouted(draft: Draft) -> Iterator[Hit]:
    """Words in capitals that are no abbreviations, and exclamation marks beyond the first."""
    marks = 0
    company = draft.record.company or ""
    for where in draft.fields:
        yield from _capitals(draft, where)
        for found in _RUN_OF_MARKS.finditer(where.text.typed):
            before = where.text.typed[: found.start()]
            after = where.text.typed[found.end() : found.end() + 1]
            if after == "=" or (company.endswith("!") and before.endswith(company[:-1])):
                continue
            marks += len(found.group())
            if marks > 1:
                yield where.hit(found.start(), found.end(), ".")


def _capitals(draft: Draft, where: Field) -> Iterator[Hit]:
    typed = where.text.typed
    signed = draft.anatomy.sign_off.start if where is draft.body else len(typed) + 1
    company = frozenset(bare(word.text) for word in words_of(draft.record.company or ""))
    quiet = draft.known | company | draft.lists["acronyms"]
    loud: list[tuple[int, int]] = []
    alone = draft.lists["code_words"]
    slots = [found.span() for found in _BRACKETED.finditer(typed)]
    for word in where.text.words:
        if word.start >= signed or not _is_loud(typed[word.start : word.end]) or where.text.in_address(word.start):
            continue
        if any(start < word.start < end for start, end in slots):
            continue
        if bare(word.text) in quiet or not _is_ordinary(word.text, draft):
            continue
        if loud and word.start - loud[-1][1] <= 2:
            loud[-1] = (loud[-1][0], word.end)
        else:
            loud.append((word.start, word.end))
    for span in loud:
        if typed[slice(*span)].lower() in alone:
            continue
        yield where.hit(*span, suggestion=_calmed(where, span))


def _is_ordinary(word: str, draft: Draft) -> bool:
    """Whether this is a word of the language, as far as can be told, rather than an abbreviation."""
    endings = tuple(draft.lists["word_endings"])
    return bare(word) in draft.lists["common"] or (len(word) > _ABBREVIATED and word.endswith(endings))


def _is_loud(shape: str) -> bool:
    return len(shape) > 1 and shape.isupper() and shape.isalpha()


def _calmed(where: Field, span: tuple[int, int]) -> str:
    """The shouted words in lower case, with a capital where a sentence begins: behind a greeting, not where a line
    only goes on.
    """
    calm = where.text.typed[span[0] : span[1]].lower()
    begins = any(sentence.words[0].start == span[0] for sentence in where.text.sentences if sentence.words)
    return calm.capitalize() if begins else calm


def pictures(where: Field) -> Iterator[Hit]:
    """Emoji and emoticons."""
    typed = where.text.typed
    for at, sign in enumerate("" if typed.isascii() else typed):
        if ord(sign) >= 0x203C and _is_emoji(sign) and not (at and _is_emoji(typed[at - 1])):
            yield where.hit(at, at + 1, "")
    for found in _EMOTICON.finditer(typed):
        yield where.hit(found.start(), found.end(), "")


def _is_emoji(sign: str) -> bool:
    code = ord(sign)
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF:
        return unicodedata.category(sign) in ("So", "Sk", "Cn") and sign not in "✓✔★☆✉☎☏✆❯➔➜→✕✗"
    return False
