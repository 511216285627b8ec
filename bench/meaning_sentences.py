"""The sentences that the meaning layer learns from, with what each is known to mean and not to mean.

data/meaning/sentences/<head>.txt holds a sentence a line: "+ " means it, "- "
comes close and does not; <head>.second.txt and on hold those of other hands. A
sentence of one file also tells about the other heads: nobody who runs down a
boss asks for a call. Where that is not so clear (whoever pleads may also
press), the pair is left out: `UNSURE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.critique_quality import Labelled, file_of, letters
from debrief.content import SHIPPED, critique, guides
from debrief.desk.critique.draft import draft_of, spoken
from debrief.desk.critique.engine import SHORTEST_MEANT, prepare
from debrief.desk.critique.patterns import Matcher, parse
from debrief.desk.critique.text import Sentence, read_text
from debrief.domain.critique import CritiqueRules

FOLDER = Path(__file__).resolve().parents[1] / "data" / "meaning"
HEADS = tuple(
    (  # noqa: SIM905 - read more easily so
        "pushy desperate boastful self_undermining pay runs_down blames feedback phone personal casual "
        "thanks interest ask detail opener"
    ).split()
)

UNSURE: dict[str, frozenset[str]] = {
    "pushy": frozenset({"+blames", "+phone", "+desperate", "+boastful"}),
    "desperate": frozenset({"+self_undermining", "+pushy"}),
    "boastful": frozenset({"+blames", "+pushy"}),
    "self_undermining": frozenset({"+desperate"}),
    "pay": frozenset({"+desperate", "+pushy"}),
    "runs_down": frozenset({"+blames", "+pushy"}),
    "blames": frozenset({"+pushy", "+boastful", "+runs_down"}),
    "feedback": frozenset({"-blames", "+blames", "-self_undermining"}),
    "interest": frozenset(
        "+desperate +pushy +boastful +detail +casual -boastful -casual -desperate -ask".split()  # noqa: SIM905
    ),
    "ask": frozenset("+pushy +phone +opener -pushy -feedback -phone -opener".split()),  # noqa: SIM905
    "detail": frozenset({*(f"-{head}" for head in HEADS if head != "detail"), "+personal", "+casual"}),
    "opener": frozenset({"+ask", "+pushy", "+phone"}),
}
"""By head: the signed files whose sentences are not counted for it."""

PLAIN = "plain"
"""The file of sentences from sound letters: none of them does harm; what else they say is not counted."""

TOLD_AGAIN = 4

NEW_TO_THE_ENCODER = frozenset({"twentieth", "twentyfirst", "twentysecond"})
"""The files of short sentences that the encoder is not tuned on, so that bars can be set by them."""
LETTERS_NEW_TO_THE_ENCODER = frozenset({"thirtyfifth", "fortieth", "fortyfirst"})
"""The files of marked letters that are kept from it likewise. Letters without marks it never sees."""

RULES = {
    "pushy": "pushy",
    "desperate": "desperate",
    "boastful": "boastful",
    "self_undermining": "self-undermining",
    "pay": "pay-talk",
    "runs_down": "runs-down-employer",
    "blames": "blames",
    "feedback": "feedback-too-early",
    "phone": "phone-push",
    "personal": "personal-social",
    "casual": "too-casual",
}
"""The heads of what does harm, with the rules that they serve."""

SAID_BY_THE_WAY = ("interest", "detail", "ask")
"""What sentences say that come close to something else: there, these heads are not counted."""

WORDED = {"thanks": "thanking", "interest": "interest", "ask": "asking after news"}
"""Heads whose patterns are sure enough to speak about the sentences of other files."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sentence, and for each head whether it means that: 1, 0, or -1 where it is not counted."""

    text: str
    labels: tuple[int, ...]
    head: str = ""
    """For which head it was written; empty for what stands in no file of sentences."""
    file: str = ""
    """The part of its file's name that tells whose it is."""


def lessons() -> Iterator[Lesson]:
    """The written sentences with their labels, in the order of HEADS."""
    rules = _rules()
    matchers = {head: _matcher(rules, entry) for head, entry in WORDED.items()}
    for head, sign, text, file in (*_examples(rules), *_written_for(*HEADS, PLAIN)):
        yield Lesson(
            text, tuple(_label(other, head, sign, text, matchers) for other in HEADS), head if file else "", file
        )


def _examples(rules: CritiqueRules) -> Iterator[tuple[str, str, str, str]]:
    """Head, sign, text and no file of the sentences by which the content shows what its wordings report and leave be.

    They are the plainest of all, and few, so that they are told several times.
    """
    for rule in rules.rules:
        if rule.head in HEADS:
            for entry in [one for one in rule.entries if one.any] * TOLD_AGAIN:
                yield from ((rule.head, "+", text, "") for text in entry.report)
                yield from ((rule.head, "-", text, "") for text in entry.leave)


def _written_for(*heads: str) -> Iterator[tuple[str, str, str, str]]:
    """The sentences of these heads' files: the head, a sign, the text, whose file it is."""
    for head in heads:
        for path in sorted((FOLDER / "sentences").glob(f"{head}.*txt")):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield head, line[0], line[2:].strip(), path.name.split(".")[1]


def for_the_encoder() -> Iterator[Lesson]:
    """All from which the encoder is tuned."""
    yield from (one for one in lessons() if one.file not in NEW_TO_THE_ENCODER)
    yield from _of_letters()
    yield from _of_marked_letters()


def _of_letters() -> Iterator[Lesson]:
    """Sentences of development letters by the first two hands, from letters.tsv: a sign for each head, a tab, the text.

    "+" means it, "-" does not, "." is not counted: in a sound letter no sentence
    does harm, in another the one that the heads of the time held for the culprit.
    """
    for line in (FOLDER / "sentences" / "letters.tsv").read_text(encoding="utf-8").splitlines():
        signs, text = line.split("\t")
        yield Lesson(text, tuple(".-+".index(sign) - 1 for sign in signs))


def _of_marked_letters() -> Iterator[Lesson]:
    """Sentences of the development letters whose writers marked which sentence means what."""
    lists = prepare(_rules()).lists
    for letter in letters("development"):
        if not tunes_the_encoder(letter):
            continue
        draft = draft_of(letter.draft.letter(), letter.draft.record(None), lists, None)
        told = [one for one in draft.anatomy.sentences if len(one.words) >= SHORTEST_MEANT]
        for sentence, labels in zip(told, marked(letter, told), strict=True):
            yield Lesson(spoken(letter.draft.body, sentence), labels)


def tunes_the_encoder(letter: Labelled) -> bool:
    """Whether a letter's sentences are among what the encoder is tuned on."""
    return letter.marks is not None and file_of(letter) not in LETTERS_NEW_TO_THE_ENCODER


def marked(letter: Labelled, told: Sequence[Sentence]) -> list[tuple[int, ...]]:
    """For each of a letter's sentences its labels by the marks, in the order of HEADS.

    A sentence means what is marked on most of it, and one that a mark lies in
    for the most part. What opens a letter is judged of its first sentence alone; whether
    the question how one did asks for news is not counted.
    Raises ValueError where a mark does not stand in the letter.
    """
    spans = {head: [_place(letter, mark) for mark in marks or ()] for head, marks in (letter.marks or {}).items()}
    found: list[tuple[int, ...]] = []
    for number, one in enumerate(told):
        means = {head for head, places in spans.items() if any(_covers(place, one) for place in places)}
        left = ({"opener"} if number else set()) | ({"ask"} if "feedback" in means else set())
        found.append(tuple(-1 if head in left else int(head in means) for head in HEADS))
    return found


def _place(letter: Labelled, mark: str) -> tuple[int, int]:
    """From where to where a mark stands in the body, whatever blanks and line breaks lie between its words."""
    place = re.search(r"\s+".join(map(re.escape, mark.split())), letter.draft.body)
    if place is None:
        raise ValueError(f"{letter.id}: “{mark}” does not stand in the letter")
    return place.span()


def _covers(place: tuple[int, int], sentence: Sentence) -> bool:
    start, end = place
    shared = min(end, sentence.end) - max(start, sentence.start)
    return 2 * shared > min(end - start, sentence.end - sentence.start)


def _rules() -> CritiqueRules:
    advice, _ = guides.load(SHIPPED)
    rules, problems = critique.load(SHIPPED, advice) if advice else (None, ())
    if rules is None:
        raise SystemExit(f"the critique's rules cannot be read: {problems}")
    return rules


def _label(head: str, own: str, sign: str, text: str, matchers: dict[str, Matcher]) -> int:
    if head == own:
        return int(sign == "+")
    if sign == "-" and head in SAID_BY_THE_WAY:
        return -1
    if f"{sign}{own}" in UNSURE.get(head, frozenset()):
        return -1
    if head in matchers and _meets(matchers[head], text):
        return 1 if head == "thanks" else -1
    return 0


def _matcher(rules: CritiqueRules, entry_id: str) -> Matcher:
    entry = next(entry for rule in rules.rules for entry in rule.entries if entry.id == entry_id)
    matcher = Matcher()
    for number, patterns in enumerate((entry.any, entry.unless)):
        for pattern in patterns:
            matcher.add(number, parse(pattern, rules.words))
    return matcher


def _meets(matcher: Matcher, text: str) -> bool:
    found = [matcher.matches(sentence) for sentence in read_text(text).sentences]
    return any(0 in one and 1 not in one for one in found)
