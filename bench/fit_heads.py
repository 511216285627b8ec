"""Fits the heads of the meaning layer and sets their bars: python -m bench.fit_heads.

Each head is a logistic regression on the encoder's 384 numbers of a sentence
and the four signs that the wordings give (`Evidence`). It learns from the
lessons, and from the development letters as a whole: where a letter breaks no
rule, none of its sentences does; where it breaks one, the sentence that leans
most towards it does. What a letter should say is learned the other way round.

The bars are set on letters that a head has not learned from: each hand's
letters are scored by heads fitted without that hand, the scores are turned into
chances (one slope for all heads, an intercept for each, drawn towards their
mean), and the bar stands where the chance reaches `WANTED`. Then the heads are
fitted once more on everything. Nothing here is drawn at random.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.critique_quality import Labelled, desk, letters
from bench.meaning_sentences import FOLDER, HEADS, RULES, lessons
from debrief.desk.critique.detail import is_rare, ordinary, shares_topic
from debrief.desk.critique.draft import Draft, Evidence, draft_of, spoken
from debrief.desk.critique.engine import (
    SHORTEST_MEANT,
    Case,
    Prepared,
    applies,
    evidence_for,
    opening_sentence,
    prepare,
)
from debrief.desk.critique.meaning import SIGNS, Encoder
from debrief.desk.critique.text import Sentence
from debrief.domain.critique import CritiqueRules, Letter, RecordFacts, Severity
from debrief.domain.facts import MessageKind

SAYING = {"thanks": "thanks-missing", "interest": "interest-missing", "ask": "ask-missing", "detail": "detail-missing"}
"""The heads of what a letter should say, with the rules that report it as missing."""
SERVED = {**RULES, **SAYING, "opener": "stale-opener"}
OPENER, DETAIL = "opener", "detail"

HANDS = {"fourth": "second", "fifth": "third", "sixth": "third"}
"""Who wrote a file of development letters; the others are by the first hand."""

WANTED = {Severity.MUST: 0.6, Severity.SHOULD: 0.5}
"""The chance from which a sentence counts, by the severity of the rule."""
WANTED_SAID = 0.4
"""The chance from which a letter says what it should: a rule that misses it wrongly is a false alarm."""

STEPS, STEPS_AGAIN, ROUNDS = 250, 150, 3
RATE, DECAY, DECAY_OF_SIGNS = 0.05, 1e-4, 3e-3
MOST_BALANCED = 8.0
"""How much more a rare meaning may weigh than its opposite, before the root is drawn."""
HARDLY = -3.0
"""A sentence that leans less is not taken for the one that a letter's label speaks of."""
DRAWN = 1.0
"""How far the intercepts of the heads may lie from their mean, in log-odds."""

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Bag:
    """The sentences of one letter: vectors, evidence (sentences × heads × signs), and what the label says."""

    hand: str
    vectors: Floats
    evidence: Floats
    means: Mapping[str, bool]
    """By head: whether some sentence means it. Heads of rules that do not apply are left out."""
    opening: int
    """The sentence that opens the letter."""
    on_record: bool
    """Whether a noted topic already shows that the letter is about this talk."""


@dataclass(frozen=True)
class Fit:
    """Weights (numbers × heads), biases, and what each sign weighs (heads × signs)."""

    weights: Floats
    biases: Floats
    signs: Floats

    def leanings(self, vectors: Floats, evidence: Floats) -> Floats:
        """Log-odds, sentences × heads."""
        return vectors @ self.weights + self.biases + np.einsum("nhs,hs->nh", evidence, self.signs)


@dataclass(frozen=True)
class Lessons:
    """Everything that is learned sentence by sentence."""

    vectors: Floats
    evidence: Floats
    labels: Labels
    """Sentences × heads: 1 means it, 0 does not, -1 is not counted."""

    def with_bags(self, bags: Sequence[Bag], fit: Fit) -> Lessons:
        """These and the sentences of letters, labelled as `fit` sees them."""
        return Lessons(
            np.concatenate([self.vectors, *(bag.vectors for bag in bags)]),
            np.concatenate([self.evidence, *(bag.evidence for bag in bags)]),
            np.concatenate([self.labels, *(labelled(bag, fit) for bag in bags)]),
        )


def labelled(bag: Bag, fit: Fit) -> Labels:
    """Labels for a letter's sentences: the one that leans most towards a meaning has it, where the letter has it."""
    leanings = fit.leanings(bag.vectors, bag.evidence)
    labels = np.full(leanings.shape, -1, dtype=np.int64)
    for column, head in enumerate(HEADS):
        if head not in bag.means:
            continue
        if head == OPENER:
            labels[bag.opening, column] = bag.means[head]
        elif not bag.means[head]:
            labels[:, column] = 0
        else:
            most = int(leanings[:, column].argmax())
            if leanings[most, column] > HARDLY:
                labels[most, column] = 1
    return labels


def fitted(given: Lessons, start: Fit | None = None) -> Fit:
    """The heads, fitted by full-batch Adam with a falling rate; rare meanings weigh more."""
    known, means = given.labels >= 0, (given.labels == 1).astype(float)
    weight = known.astype(float)
    ratio = (weight * (1 - means)).sum(0) / np.maximum((weight * means).sum(0), 1)
    weight *= np.where(means > 0, np.sqrt(np.clip(ratio, 1, MOST_BALANCED)), 1)
    weight /= weight.sum(0, keepdims=True)
    heads, numbers = len(HEADS), given.vectors.shape[1]
    values = (
        [start.weights.copy(), start.biases.copy(), start.signs.copy()]
        if start
        else [np.zeros((numbers, heads)), np.zeros(heads), np.zeros((heads, len(SIGNS)))]
    )
    first, second = [np.zeros_like(one) for one in values], [np.zeros_like(one) for one in values]
    steps = STEPS_AGAIN if start else STEPS
    for step in range(1, steps + 1):
        leanings = Fit(values[0], values[1], values[2]).leanings(given.vectors, given.evidence)
        residue = (1 / (1 + np.exp(-leanings)) - means) * weight
        slopes = (
            given.vectors.T @ residue + DECAY * values[0],
            residue.sum(0),
            np.einsum("nhs,nh->hs", given.evidence, residue) + DECAY_OF_SIGNS * values[2],
        )
        rate = RATE * (1 - step / (steps + 1))
        for at, slope in enumerate(slopes):
            first[at] = 0.9 * first[at] + 0.1 * slope
            second[at] = 0.999 * second[at] + 0.001 * slope**2
            move = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
            values[at] = values[at] - rate * move
    return Fit(values[0], values[1], values[2])


def learned(taught: Lessons, bags: Sequence[Bag]) -> Fit:
    """Heads fitted on the lessons, then some rounds more with the letters as the heads so far see them."""
    fit = fitted(taught)
    for _ in range(ROUNDS):
        fit = fitted(taught.with_bags(bags, fit), fit)
    return fit


def highest(bag: Bag, fit: Fit) -> Mapping[str, float]:
    """By head, how far the letter's sentences lean at most; the opening alone where that is what counts."""
    leanings = fit.leanings(bag.vectors, bag.evidence)
    found = {head: float(leanings[:, column].max()) for column, head in enumerate(HEADS)}
    found[OPENER] = float(leanings[bag.opening, HEADS.index(OPENER)])
    return found


def bars_for(seen: Mapping[str, Sequence[tuple[float, bool]]], wanted: Mapping[str, float]) -> dict[str, float]:
    """The log-odds at which each head's chance is the wanted one, given letters' scores and what they mean."""
    heads = [head for head in seen if seen[head]]
    scores = [np.clip([score for score, _ in seen[head]], -8, 8) for head in heads]
    truths = [np.array([means for _, means in seen[head]], dtype=float) for head in heads]
    slope, intercepts, mean = 1.0, np.zeros(len(heads)), 0.0
    for _ in range(400):
        pull, push, bend = 0.0, 1e-6, np.zeros(len(heads))
        force = np.zeros(len(heads))
        for at, (score, truth) in enumerate(zip(scores, truths, strict=True)):
            chance = 1 / (1 + np.exp(-(slope * score + intercepts[at])))
            spread = chance * (1 - chance) + 1e-6
            pull += float(((chance - truth) * score).sum())
            push += float((spread * score**2).sum())
            force[at] = (chance - truth).sum() + (intercepts[at] - mean) / DRAWN**2
            bend[at] = spread.sum() + 1 / DRAWN**2
        slope -= 0.3 * pull / push
        intercepts -= 0.5 * force / bend
        mean = float(intercepts.mean())
    odds = {head: float(np.log(wanted[head] / (1 - wanted[head]))) for head in heads}
    return {head: (odds[head] - float(intercepts[at])) / slope for at, head in enumerate(heads)}


class Reader:
    """Turns sentences and letters into what is learned from."""

    def __init__(self, rules: CritiqueRules) -> None:
        self.rules = rules
        self.prepared: Prepared = prepare(rules)
        self.encoder = Encoder()

    def lessons(self) -> Lessons:
        """All lessons. Each is read as a letter of that one sentence."""
        taught = list(lessons())
        return Lessons(
            np.array([self.encoder.vector(one.text) for one in taught], dtype=float),
            np.array([self._alone(one.text) for one in taught], dtype=float),
            np.array([one.labels for one in taught], dtype=np.int64),
        )

    def bag(self, letter: Labelled) -> Bag | None:
        """One letter; None where it says nothing."""
        draft = draft_of(letter.draft.letter(), letter.draft.record(None), self.prepared.lists, None)
        told = [one for one in draft.anatomy.sentences if len(one.words) >= SHORTEST_MEANT]
        if not told:
            return None
        plain = ordinary(draft)
        opening = opening_sentence(Case(draft, self.rules.rule(SERVED[OPENER]), self.prepared))
        return Bag(
            hand=HANDS.get(letter.id.partition("/")[0], "first"),
            vectors=np.array([self.encoder.vector(spoken(draft.body.text.typed, one)) for one in told], float),
            evidence=np.array([[self._signs(draft, head, one) for head in HEADS] for one in told], float),
            means=dict(self._means(letter, draft)),
            opening=told.index(opening) if opening in told else 0,
            on_record=any(shares_topic(draft, one, plain) for one in told),
        )

    def _means(self, letter: Labelled, draft: Draft) -> Iterator[tuple[str, bool]]:
        for head, rule in SERVED.items():
            if applies(self.rules.rule(rule), draft):
                yield head, (rule in letter.expect) != (head in SAYING)

    def _signs(self, draft: Draft, head: str, sentence: Sentence) -> tuple[bool, ...]:
        if head == DETAIL:
            return Evidence(worded=is_rare(draft, sentence, ordinary(draft))).signs
        return evidence_for(Case(draft, self.rules.rule(SERVED[head]), self.prepared), sentence).signs

    def _alone(self, text: str) -> list[tuple[bool, ...]]:
        """The evidence about a lesson, which may be two short sentences."""
        draft = draft_of(Letter(kind=MessageKind.THANK_YOU, body=text), RecordFacts(), self.prepared.lists, None)
        told = draft.anatomy.sentences or draft.body.text.sentences
        if not told:
            return [Evidence().signs] * len(HEADS)
        found = [[self._signs(draft, head, one) for one in told] for head in HEADS]
        return [(*map(any, list(zip(*signs, strict=True))[:-1]), all(sign[-1] for sign in signs)) for signs in found]


def main() -> None:
    """Fits, prints how the bars stand, and writes heads.npz, bars.json and the checksums."""
    rules = desk(with_meaning=False).rules
    reader = Reader(rules)
    taught = reader.lessons()
    centre, spread = taught.vectors.mean(0), taught.vectors.std(0) + 1e-6
    taught = Lessons((taught.vectors - centre) / spread, taught.evidence, taught.labels)
    bags = [bag for letter in letters("development") if (bag := reader.bag(letter))]
    bags = [Bag(**{**vars(bag), "vectors": (bag.vectors - centre) / spread}) for bag in bags]
    bars = set_bars(taught, bags, rules)
    fit = learned(taught, bags)
    weights = fit.weights / spread[:, None]
    write(Fit(weights, fit.biases - centre @ weights, fit.signs), bars)


def set_bars(taught: Lessons, bags: Sequence[Bag], rules: CritiqueRules) -> dict[str, float]:
    """The bars, from letters scored by heads that were fitted without their writer's letters."""
    seen: dict[str, list[tuple[float, bool]]] = {head: [] for head in HEADS}
    for hand in sorted({bag.hand for bag in bags}):
        fit = learned(taught, [bag for bag in bags if bag.hand != hand])
        for bag in bags:
            if bag.hand == hand:
                found = highest(bag, fit)
                for head, means in bag.means.items():
                    if not (head == DETAIL and bag.on_record):
                        seen[head].append((found[head], means))
    wanted = {head: WANTED_SAID if head in SAYING else WANTED[rules.rule(SERVED[head]).severity] for head in HEADS}
    said: Set[str] = SAYING.keys()
    bars = bars_for({head: seen[head] for head in HEADS if head not in said}, wanted)
    return bars | bars_for({head: seen[head] for head in HEADS if head in said}, wanted)


def write(fit: Fit, bars: Mapping[str, float]) -> None:
    """Writes what was fitted, with the checksums of all files."""
    np.savez(
        FOLDER / "heads.npz",
        names=np.array(HEADS),
        weights=fit.weights.T.astype(np.float32),
        biases=fit.biases.astype(np.float32),
    )
    written = {
        head: {"bar": round(bars[head], 2), **{sign: round(float(fit.signs[at, n]), 2) for n, sign in enumerate(SIGNS)}}
        for at, head in enumerate(HEADS)
    }
    (FOLDER / "bars.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    names = ("encoder.onnx", "tokenizer.json", "heads.npz", "bars.json")
    sums = [f"{hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()}  {name}" for name in names]
    (FOLDER / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
