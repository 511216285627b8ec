"""The parts of a letter: whom the greeting names, what is said, and how it is signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from debrief.desk.critique.lists import Lists
from debrief.desk.critique.names import PersonName, is_slip, same
from debrief.desk.critique.text import LINK, Line, Sentence, Text, Word, bare, words_of

_CLOSES_NAMES = ",;:.!?–—"
_SIGN_OFF_LINES = 12
_FAREWELL = 3
"""Words of a closing that no list knows."""
_WHOLE_NAME = 2
"""Words of a name that, where nobody knows who writes, signs a letter without a closing above it."""
_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Addressee:
    """One of those whom the greeting is for: the words that name them, none where it names nobody."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Greeting:
    """The greeting: where it stands, with what words it opens, whom it names."""

    start: int
    end: int
    opener: str
    addressees: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """The end of a letter: where it begins, and whether a name stands under it."""

    start: int
    signed: bool
    closing: Line | None = None


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A letter's body by its parts. `sentences` leaves out greeting and sign-off."""

    greeting: Greeting | None
    sign_off: SignOff
    sentences: tuple[Sentence, ...]


def dissect(text: Text, lists: Lists, recipient: PersonName | None, sender: PersonName | None) -> Anatomy:
    """The parts of a letter's body, for any layout: greeting on its own line or running on, signed or not."""
    greeting = _greeting(text, lists, recipient)
    sign_off = _sign_off(text, lists, sender)
    told = tuple(_told(text.sentences, greeting, sign_off))
    return Anatomy(greeting, sign_off, told)


def _told(sentences: Iterable[Sentence], greeting: Greeting | None, sign_off: SignOff) -> Iterable[Sentence]:
    begins = greeting.end if greeting else 0
    for sentence in sentences:
        words = tuple(word for word in sentence.words if begins <= word.start < sign_off.start)
        if words:
            yield Sentence(max(sentence.start, words[0].start), min(sentence.end, sign_off.start), words, sentence.asks)


def _greeting(text: Text, lists: Lists, recipient: PersonName | None) -> Greeting | None:
    if not text.lines:
        return None
    line = text.lines[0]
    words = words_of(text.typed, line.start, min(line.end, line.start + 400))
    after = _after_opener(words, lists)
    if after == 0:
        return _bare_name(text, line, words, lists, recipient)
    named = _named(text.typed, words, after, lists, recipient)
    last = words[named - 1] if named else words[0]
    opener = " ".join(word.text for word in words[:after])
    return Greeting(line.start, last.end, opener, _split(text.typed, words[after:named], lists, recipient))


def _after_opener(words: Sequence[Word], lists: Lists) -> int:
    """How many words the greeting's opener takes: "Hi", "Good morning", "Hello and good day"."""
    at = 0
    while at < len(words):
        length = lists.longest("greetings", words, at)
        if length == 0:
            break
        at += length
    return at


def _named(typed: str, words: Sequence[Word], at: int, lists: Lists, recipient: PersonName | None) -> int:
    """The first word behind the names."""
    lower_case = not any(typed[word.start].isupper() for word in words[:3])
    first = at
    while at < len(words) and at - first < 14:
        word = words[at]
        before = words[at - 1]
        if at > first or word.lead not in ("", ","):
            closed = word.lead[:1] in _CLOSES_NAMES and word.lead != ""
            if closed and not _goes_on(typed, words, at, lists, before):
                break
        alone = at == first and typed[word.end : word.end + 1] in ("", ",", "\n", ":", "!")
        if word.text == "'s" or not _may_name(typed, word, lists, recipient, alone or (lower_case and at - first < 2)):
            break
        at += 1
    while at > first and words[at - 1].text in lists["connectors"]:
        at -= 1
    return at


def _goes_on(typed: str, words: Sequence[Word], at: int, lists: Lists, before: Word) -> bool:
    """Whether the names go on behind this punctuation: after "Dr.", an initial, or the comma of a list of names."""
    word = words[at]
    if word.lead == ".":
        return before.text in lists["titles"] or len(before.text) == 1
    if word.lead != "," or not typed[word.start].isupper() or word.text in lists["never_names"]:
        return False
    small = lists["connectors"] | lists["particles"]
    return len(words) <= 10 and all(typed[one.start].isupper() or one.text in small for one in words[at:])


def _may_name(typed: str, word: Word, lists: Lists, recipient: PersonName | None, lower_case: bool) -> bool:
    capital = not typed[word.start].islower()
    if capital and recipient and any(same(word.text, part) for part in recipient.parts):
        return True  # "Will" is a name, where it is theirs
    if word.text in lists["never_names"]:
        return False
    if any(word.text in lists[which] for which in ("nobody", "titles", "particles", "connectors")):
        return True
    if capital:
        return True
    if recipient and any(same(word.text, part) or is_slip(word.text, part) for part in recipient.parts):
        return True
    return lower_case and word.text not in lists["common"]


def _split(typed: str, words: Sequence[Word], lists: Lists, recipient: PersonName | None) -> tuple[Addressee, ...]:
    groups: list[list[Word]] = [[]]
    for word in words:
        if groups[-1]:
            between = typed[groups[-1][-1].end : word.start]
            if "&" in between or "/" in between or "," in between:
                groups.append([])
        if word.text in lists["connectors"]:
            groups.append([])
        else:
            groups[-1].append(word)
    return tuple(Addressee(tuple(_names_only(group, lists, recipient))) for group in groups if group)


def _names_only(words: Sequence[Word], lists: Lists, recipient: PersonName | None) -> Iterable[Word]:
    own = {bare(part) for part in recipient.parts} if recipient else set[str]()
    for word in words:
        names_none = word.text in lists["titles"] or word.text in lists["nobody"] or word.text.isdigit()
        if bare(word.text) in own or not names_none:
            yield word


def _bare_name(
    text: Text, line: Line, words: Sequence[Word], lists: Lists, recipient: PersonName | None
) -> Greeting | None:
    """A greeting without a "Dear": "Dana," or "Ms Whitfield –" on a line, or at the head of the first sentence."""
    named = _named(text.typed, words, 0, lists, recipient)
    if not 0 < named <= 4:
        return None
    stop = text.typed[words[named - 1].end : words[named - 1].end + 2].strip()[:1]
    alone = named == len(words) and len(text.lines) > 1
    known = recipient is not None and any(
        same(word.text, part) or is_slip(word.text, part) for word in words[:named] for part in recipient.parts
    )
    if (alone and (stop in (",", ":", "–", "—", "-") or known)) or (known and stop in (",", ":", "–", "—", "-")):
        return Greeting(line.start, words[named - 1].end, "", _split(text.typed, words[:named], lists, recipient))
    return None


def _sign_off(text: Text, lists: Lists, sender: PersonName | None) -> SignOff:
    """Looks at the last lines, upwards: a name on its own, a closing, a closing with the name behind it."""
    lines = [line for line in text.lines[1:] if not _is_postscript(line, lists)][-_SIGN_OFF_LINES:]
    whole = len(text.typed)
    closing = _closing(lines, lists)
    if closing is not None:
        at = lines.index(closing)
        rest = words_of(text.typed, closing.start, closing.end)[_closing_length(closing, lists) :]
        signed = any(_is_name(line, lists, sender, under_closing=True) for line in lines[at + 1 :])
        signed = signed or _signs(rest, text.typed, lists, sender)
        return SignOff(closing.start, signed or _tail_signs(text, lists, sender), closing)
    for line in reversed(lines):
        if _is_name(line, lists, sender, under_closing=False):
            return SignOff(line.start, True)
    if len(lines) > 1 and _is_farewell(lines[-2]) and _is_name(lines[-1], lists, sender, under_closing=True):
        return SignOff(lines[-2].start, True, lines[-2])
    return SignOff(whole, _tail_signs(text, lists, sender))


def _is_farewell(line: Line) -> bool:
    """Whether a line above the last may be a closing in whatever language: "Slán,", "Tot ziens,"."""
    return line.text.rstrip().endswith(",") and len(line.text.split()) <= _FAREWELL


def _is_postscript(line: Line, lists: Lists) -> bool:
    """Whether this stands under the name of whoever signs: a postscript, or what a telephone adds."""
    if line.text.lower().startswith(("sent from my ", "sent from outlook", "get outlook for ")):
        return True
    head = line.text[:6].lower().replace(".", "").replace(" ", "")
    return head.startswith(("ps:", "pps")) or line.text[:4].lower() in ("p.s.", "ps: ", "ps -", "p.s ", "ps –")


def _closing_length(line: Line, lists: Lists) -> int:
    return _closes(words_of(line.text), lists)


def _closes(words: Sequence[Word], lists: Lists) -> int:
    """How many of these words close a letter; 0 where they do not begin with a closing."""
    return max(lists.longest("closings", words, 0), lists.longest("chatty_closings", words, 0))


def _closing(lines: Sequence[Line], lists: Lists) -> Line | None:
    """The last line that closes a letter: it begins with a closing and has little else."""
    for line in reversed(lines):
        words = words_of(line.text) if len(line.text) < 120 else []
        length = _closes(words, lists)
        if length and len(words) - length <= 4 and line.text[-1] not in "?":
            return line
    return None


def _is_name(line: Line, lists: Lists, sender: PersonName | None, *, under_closing: bool) -> bool:
    """Whether this line is a name: the sender's or, where that is not known or is a nickname, any under a closing."""
    text = LINK.sub("", line.text).strip("-–—~* _")  # a link signs nothing, though a name may stand in it
    words = [word for word in words_of(text) if word.text not in lists["titles"]]
    if not words or len(text) > 80:
        return False
    if sender and any(_is_senders(word, sender) for word in words):
        return len(words) <= 12
    if text[0] in "[{<":
        return under_closing
    if len(words) > (2 if sender else _NAME_WORDS) or line.text.endswith((".", "?")) or "@" in text:
        return False
    alone = sender is None and (text != line.text or len(words) == _WHOLE_NAME)
    return (under_closing or alone) and _looks_named(text, words, lists)


def _looks_named(text: str, words: Sequence[Word], lists: Lists) -> bool:
    if any(sign.isdigit() for sign in text) or _closes(words, lists):
        return False
    if len(words) == 1 and words[0].text in lists["common"]:
        return False
    return all(not text[word.start].islower() or word.text in lists["particles"] for word in words)


def _is_senders(word: Word, sender: PersonName) -> bool:
    short = bare(word.text)
    if short == "".join(bare(part)[:1] for part in sender.parts) or short == bare(sender.given)[:1]:
        return True
    for part in sender.parts:
        full = bare(part)
        if same(word.text, part) or is_slip(word.text, part):
            return True
        if len(short) >= 3 and (full.startswith(short) or full.endswith(short)):
            return True
    return False


def _signs(words: Sequence[Word], typed: str, lists: Lists, sender: PersonName | None) -> bool:
    """Whether these last words, behind a closing on the same line, are a name."""
    if not 0 < len(words) <= 4:
        return False
    if sender and any(_is_senders(word, sender) for word in words):
        return True
    return all(not typed[word.start].islower() and word.text not in lists["common"] for word in words)


def _tail_signs(text: Text, lists: Lists, sender: PersonName | None) -> bool:
    """Whether the very last words are the sender's name: "… until then, Tunde" or "– Tunde"."""
    lines = [line for line in text.lines if not _is_postscript(line, lists)]
    if not lines or sender is None:
        return False
    words = words_of(text.typed, max(lines[-1].start, lines[-1].end - 60), lines[-1].end)[-3:]
    words = [word for word in words if not text.in_address(word.start)]
    small = text.typed[lines[-1].start : lines[-1].end].islower()  # somebody who writes no capitals at all
    named = [
        at
        for at, word in enumerate(words)
        if _is_senders(word, sender) and (small or not text.typed[word.start].islower())
    ]
    return bool(named) and (words[named[0]].lead != "" or len(words) <= 3)
