"""The sentences that the meaning layer learns from, with what each is known to mean and not to mean.

data/meaning/sentences/<head>.txt holds a sentence a line: "+ " means it, "- "
comes close and does not; <head>.second.txt holds those of other hands. A
sentence of one file also tells about the other heads: nobody who runs down a
boss asks for a call. Where that is not so clear (whoever pleads may also
press), the pair is left out: `UNSURE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from debrief.content import SHIPPED, critique, guides
from debrief.desk.critique.draft import spoken
from debrief.desk.critique.patterns import Matcher, parse
from debrief.desk.critique.text import read_text
from debrief.domain.critique import CritiqueRules

FOLDER = Path(__file__).resolve().parents[1] / "data" / "meaning"
LETTERS = FOLDER.parents[1] / "tests" / "letters" / "development"
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

TAUGHT = ("second", "third")
"""Files of development letters whose sentences are taught too; the bars are set on the others."""

WORDED = {"thanks": "thanking", "interest": "interest", "ask": "asking after news"}
"""Heads whose patterns are sure enough to speak about the sentences of other files."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sentence, and for each head whether it means that: 1, 0, or -1 where it is not counted."""

    text: str
    labels: tuple[int, ...]


def lessons() -> Iterator[Lesson]:
    """All sentences with their labels, in the order of HEADS."""
    advice, _ = guides.load(SHIPPED)
    rules, problems = critique.load(SHIPPED, advice) if advice else (None, ())
    if rules is None:
        raise SystemExit(f"the critique's rules cannot be read: {problems}")
    matchers = {head: _matcher(rules, entry) for head, entry in WORDED.items()}
    for head in (*HEADS, PLAIN):
        for sign, text in _written(head):
            yield Lesson(text, tuple(_label(other, head, sign, text, matchers) for other in HEADS))
    yield from _of_letters()


def _written(head: str) -> Iterator[tuple[str, str]]:
    """The sentences of one head's files, each with its sign."""
    for path in sorted((FOLDER / "sentences").glob(f"{head}.*txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield line[0], line[2:].strip()


def _of_letters() -> Iterator[Lesson]:
    """Sentences of labelled letters: those of a sound letter do no harm, one put into it does what its label says."""
    for name in TAUGHT:
        path = LETTERS / f"{name}.yaml"
        for letter in yaml.safe_load(path.read_text(encoding="utf-8"))["letters"]:
            if not letter["expect"]:
                for sentence in read_text(letter["body"]).sentences:
                    yield Lesson(spoken(letter["body"], sentence), _harm(()))
            for variant in letter.get("variants", ()):
                broken = [rule for rule in variant["expect"] if rule not in letter["expect"]]
                if "insert" in variant and len(broken) <= 1:
                    yield Lesson(variant["insert"], _harm(broken))


def _harm(broken: Sequence[str]) -> tuple[int, ...]:
    """Labels for the heads of harm alone."""
    return tuple(int(RULES[head] in broken) if head in RULES else -1 for head in HEADS)


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
