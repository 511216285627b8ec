"""Fits the heads of the meaning layer and sets their bars: python -m bench.fit_heads.

Each head is a logistic regression on the encoder's 384 numbers of a sentence.
It learns from the lessons, and from the development letters as a whole: where a
letter breaks no rule, none of its sentences does; where it breaks one, the
sentence that leans most towards it does. What a letter should say is learned
the other way round.

A second regression weighs the leaning against the signs that the wordings give
(`Evidence`), on letters that a head has not learned from: each hand's letters
are scored by heads fitted without that hand. It has one slope and one weight
for each sign, and an intercept for each head, drawn towards their mean. The bar
stands where the chance reaches `WANTED`. Then the heads are fitted once more on
everything. Nothing here is drawn at random.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bench.critique_quality import Labelled, desk, letters
from bench.meaning_sentences import FOLDER, HEADS, RULES, lessons
from debrief.desk.critique.detail import ordinary, shares_topic
from debrief.desk.critique.draft import Draft, Evidence, draft_of, spoken
from debrief.desk.critique.engine import (
    FINDERS,
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
from debrief.domain.critique import CritiqueRules, Severity
from debrief.domain.facts import MessageKind

SAYING = {"thanks": "thanks-missing", "interest": "interest-missing", "ask": "ask-missing", "detail": "detail-missing"}
"""The heads of what a letter should say, with the rules that report it as missing."""
SERVED = {**RULES, **SAYING, "opener": "stale-opener"}
OPENER, DETAIL = "opener", "detail"

HANDS = {"fourth": "second", "fifth": "third", "sixth": "third", "seventh": "fourth"}
"""Who wrote a file of development letters; the others are by the first hand."""

WANTED = {Severity.MUST: 0.67, Severity.SHOULD: 0.55}
"""The chance from which a sentence counts, by the severity of the rule."""
WANTED_SAID = {"thanks": 0.35, "interest": 0.35, "ask": 0.35, "detail": 0.5}
"""The chance from which a letter says what it should: a rule that misses it wrongly is a false alarm."""

STEPS, STEPS_AGAIN, ROUNDS = 250, 150, 3
RATE, DECAY = 0.05, 1e-4
MOST_BALANCED = 8.0
"""How much more a rare meaning may weigh than its opposite, before the root is drawn."""
HARDLY = -3.0
"""A sentence that leans less is not taken for the one that a letter's label speaks of."""
DRAWN, DRAWN_TO_START = 1.0, 10.0
"""How strongly the heads' intercepts are drawn to their mean, and the signs' weights to where they start: strongly,
since the wordings were written with the development letters in view, and look surer there than they are."""
START_OF_SIGNS = (1.5, 1.5, -1.0, -1.0)
"""What the signs weigh before anything is known, in the order of `Evidence`."""
ROUNDS_OF_CALIBRATION = 5

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
    """Weights (numbers × heads) and biases."""

    weights: Floats
    biases: Floats

    def leanings(self, vectors: Floats) -> Floats:
        """Log-odds, sentences × heads."""
        return vectors @ self.weights + self.biases


@dataclass(frozen=True)
class Lessons:
    """Everything that is learned sentence by sentence."""

    vectors: Floats
    labels: Labels
    """Sentences × heads: 1 means it, 0 does not, -1 is not counted."""

    def with_bags(self, bags: Sequence[Bag], fit: Fit) -> Lessons:
        """These and the sentences of letters, labelled as `fit` sees them."""
        return Lessons(
            np.concatenate([self.vectors, *(bag.vectors for bag in bags)]),
            np.concatenate([self.labels, *(labelled(bag, fit) for bag in bags)]),
        )


def labelled(bag: Bag, fit: Fit) -> Labels:
    """Labels for a letter's sentences: the one that leans most towards a meaning has it, where the letter has it."""
    leanings = fit.leanings(bag.vectors)
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
    values = (
        [start.weights, start.biases]
        if start
        else [np.zeros((given.vectors.shape[1], len(HEADS))), np.zeros(len(HEADS))]
    )
    first, second = [np.zeros_like(one) for one in values], [np.zeros_like(one) for one in values]
    steps = STEPS_AGAIN if start else STEPS
    for step in range(1, steps + 1):
        leanings = Fit(values[0], values[1]).leanings(given.vectors)
        residue = (1 / (1 + np.exp(-leanings)) - means) * weight
        slopes = (given.vectors.T @ residue + DECAY * values[0], residue.sum(0))
        rate = RATE * (1 - step / (steps + 1))
        for at, slope in enumerate(slopes):
            first[at] = 0.9 * first[at] + 0.1 * slope
            second[at] = 0.999 * second[at] + 0.001 * slope**2
            move = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
            values[at] = values[at] - rate * move
    return Fit(values[0], values[1])


def learned(taught: Lessons, bags: Sequence[Bag]) -> Fit:
    """Heads fitted on the lessons, then some rounds more with the letters as the heads so far see them."""
    fit = fitted(taught)
    for _ in range(ROUNDS):
        fit = fitted(taught.with_bags(bags, fit), fit)
    return fit


@dataclass(frozen=True)
class Seen:
    """One letter as heads that have not learned from its writer see it, for one head."""

    leanings: Floats
    """By sentence; of the opener, that of the opening alone."""
    evidence: Floats
    """Sentences × signs."""
    means: bool


@dataclass(frozen=True)
class Calibration:
    """How leanings and signs become chances: one slope, one weight for each sign, an intercept for each head."""

    slope: float
    signs: Floats
    intercepts: Mapping[str, float]

    def bar(self, head: str, wanted: float) -> float:
        """The log-odds of a head at which the chance is the wanted one."""
        return float(np.log(wanted / (1 - wanted)) - self.intercepts[head]) / self.slope


def calibrated(seen: Mapping[str, Sequence[Seen]]) -> Calibration:
    """Fits chances to letters. Each counts by the sentence that its leaning and its signs make the likeliest."""
    heads = [head for head in seen if seen[head]]
    values = np.array([1.0, *START_OF_SIGNS, *np.zeros(len(heads))])
    for _ in range(ROUNDS_OF_CALIBRATION):
        rows = [(_likeliest(one, values), at, one.means) for at, head in enumerate(heads) for one in seen[head]]
        values = _chances(np.array([row for row, _, _ in rows]), rows, values)
    signs = values[1 : 1 + len(SIGNS)] / values[0]
    return Calibration(float(values[0]), signs, dict(zip(heads, values[1 + len(SIGNS) :].tolist(), strict=True)))


def _likeliest(one: Seen, values: Floats) -> Floats:
    """Leaning and signs of the likeliest sentence."""
    weighed = one.leanings * values[0] + one.evidence @ values[1 : 1 + len(SIGNS)]
    at = int(weighed.argmax())
    return np.array([np.clip(one.leanings[at], -8, 8), *one.evidence[at]])


def _chances(features: Floats, rows: Sequence[tuple[Floats, int, bool]], values: Floats) -> Floats:
    """Newton's steps for a logistic regression whose intercepts are drawn towards their mean."""
    heads = len(values) - features.shape[1]
    design = np.hstack([features, np.eye(heads)[[at for _, at, _ in rows]]])
    truth = np.array([means for _, _, means in rows], dtype=float)
    held = np.array([0.0] + [DRAWN_TO_START] * len(SIGNS) + [DRAWN] * heads)
    for _ in range(30):
        intercepts = values[features.shape[1] :]
        aim = np.array([0.0, *START_OF_SIGNS, *np.full(heads, intercepts.mean())])
        chance = 1 / (1 + np.exp(-(design @ values)))
        slope = design.T @ (chance - truth) + held * (values - aim)
        bend = (design.T * (chance * (1 - chance))) @ design + np.diag(held + 1e-6)
        values = values - np.linalg.solve(bend, slope)
    return values


class Reader:
    """Turns sentences and letters into what is learned from."""

    def __init__(self, rules: CritiqueRules) -> None:
        self.rules = rules
        self.prepared: Prepared = prepare(rules)
        self.encoder = Encoder()

    def lessons(self) -> Lessons:
        """All lessons."""
        taught = list(lessons())
        return Lessons(
            np.array([self.encoder.vector(one.text) for one in taught], dtype=float),
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
            if head == "ask" and letter.draft.kind is MessageKind.FEEDBACK_REQUEST:
                continue  # what these ask for is the head "feedback"
            if head == "casual" and self._is_plainly_casual(draft):
                continue  # a greeting or a picture is casual enough, and tells nothing about the sentences
            if applies(self.rules.rule(rule), draft):
                yield head, (rule in letter.expect) != (head in SAYING)

    def _is_plainly_casual(self, draft: Draft) -> bool:
        rule = self.rules.rule(SERVED["casual"])
        return any(FINDERS[rule.by](Case(draft, rule, self.prepared)))

    def _signs(self, draft: Draft, head: str, sentence: Sentence) -> tuple[bool, ...]:
        if head == DETAIL:
            return Evidence().signs
        return evidence_for(Case(draft, self.rules.rule(SERVED[head]), self.prepared), sentence).signs


def main() -> None:
    """Fits, prints how the bars stand, and writes heads.npz, bars.json and the checksums."""
    rules = desk(with_meaning=False).rules
    reader = Reader(rules)
    taught = reader.lessons()
    centre, spread = taught.vectors.mean(0), taught.vectors.std(0) + 1e-6
    taught = Lessons((taught.vectors - centre) / spread, taught.labels)
    bags = [bag for letter in letters("development") if (bag := reader.bag(letter))]
    bags = [replace(bag, vectors=(bag.vectors - centre) / spread) for bag in bags]
    seen = unlearned(taught, bags)
    harm = calibrated({head: seen[head] for head in HEADS if head not in SAYING})
    said = calibrated({head: seen[head] for head in SAYING})
    fit = learned(taught, bags)
    weights = fit.weights / spread[:, None]
    wanted = {head: WANTED[rules.rule(SERVED[head]).severity] for head in HEADS if head not in SAYING}
    bars = {head: harm.bar(head, chance) for head, chance in wanted.items()}
    bars |= {head: said.bar(head, chance) for head, chance in WANTED_SAID.items()}
    signs = {head: said.signs if head in SAYING else harm.signs for head in HEADS}
    write(Fit(weights, fit.biases - centre @ weights), bars, signs)


def unlearned(taught: Lessons, bags: Sequence[Bag]) -> Mapping[str, Sequence[Seen]]:
    """By head, the letters as heads see them that were fitted without their writer's letters."""
    seen: dict[str, list[Seen]] = {head: [] for head in HEADS}
    for hand in sorted({bag.hand for bag in bags}):
        fit = learned(taught, [bag for bag in bags if bag.hand != hand])
        for bag in bags:
            if bag.hand != hand:
                continue
            leanings = fit.leanings(bag.vectors)
            for head, means in bag.means.items():
                column = HEADS.index(head)
                which = slice(bag.opening, bag.opening + 1) if head == OPENER else slice(None)
                if not (head == DETAIL and bag.on_record):
                    seen[head].append(Seen(leanings[which, column], bag.evidence[which, column], means))
    return seen


def write(fit: Fit, bars: Mapping[str, float], signs: Mapping[str, Floats]) -> None:
    """Writes what was fitted, with the checksums of all files."""
    np.savez(
        FOLDER / "heads.npz",
        names=np.array(HEADS),
        weights=fit.weights.T.astype(np.float32),
        biases=fit.biases.astype(np.float32),
    )
    written = {
        head: {"bar": round(bars[head], 2), **dict(zip(SIGNS, np.round(signs[head], 2).tolist(), strict=True))}
        for head in HEADS
    }
    (FOLDER / "bars.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    names = ("encoder.onnx", "tokenizer.json", "heads.npz", "bars.json")
    sums = [f"{hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()}  {name}" for name in names]
    (FOLDER / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
