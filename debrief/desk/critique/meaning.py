"""The meaning layer: how likely a sentence thanks, asks, presses, pleads …

A small sentence encoder (all-MiniLM-L6-v2, its upper half tuned twice on our own
sentences, int8, 30 MB) gives each sentence 768 numbers; the heads, one for each
meaning, turn them into log-odds. A long sentence is also read clause by clause: "I
was a wreck, but I'd like to stay in touch" says two things, and its whole says
neither. A letter's sentences are then judged together: a second one that leans to
the same adds to the first, and what a letter is for makes a harm likelier or not,
since nobody begs for the post that they turn down. All of it lies in data/meaning/
and runs on the CPU; nothing is fetched. Sentences are read one by one, so that a
score never depends on the company a sentence keeps, and each is remembered: after a
change only the changed sentence is read again.

`load_meaning()` gives None where the layer is switched off (DEBRIEF_MEANING=off)
or cannot be loaded; the patterns then work alone.
"""

from __future__ import annotations

import json
import os
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from debrief.desk.critique.draft import Evidence
from debrief.domain.facts import MessageKind

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).resolve().parents[3] / "data" / "meaning"
SWITCH = "DEBRIEF_MEANING"
"""The environment variable that switches the layer off: "off"."""

SIGNS = tuple(one.name for one in fields(Evidence))
"""The signs of the evidence as bars.json names them."""
_REMEMBERED = 4096
_LONGEST = 96
"""Word pieces of a sentence that are read; few sentences of a letter have more."""
_CLAUSE_ENDS = re.compile(
    r" ?[;:()] | [\u2013\u2014-] "
    r"|, (?=(?:but|and|so|since|because|as|though|although|which|who|while|whereas|if|unless|for|or|yet)\b)"
    r"| (?=(?:but|because|although|though|unless)\b)",
    re.IGNORECASE,
)
_SHORTEST_CLAUSE = 4
"""Words of a clause below which it is not read by itself."""
_CLAUSE = 0.5
"""How much of what a clause leans more than its sentence is added, chosen on letters of hands that the heads had not
learned from."""

Vector = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads: names, a hidden layer that they share (hidden × numbers), weights (heads × hidden) and biases of the
    logistic regressions on it, and what each sign of the evidence weighs.
    """

    names: tuple[str, ...]
    inner: Vector
    inner_biases: Vector
    weights: Vector
    biases: Vector
    signs: Mapping[str, tuple[float, ...]]
    """By head, the log-odds that each sign of `Evidence` adds."""
    seconded: Mapping[str, float]
    """By head, what a second sentence weighs that leans to the same."""
    kinds: Mapping[str, Mapping[MessageKind, float]]
    """By head, the log-odds that a kind of letter adds, where it adds any."""
    bars: Mapping[str, float]
    """By head, the log-odds from which a sentence counts."""

    def leanings(self, sentence: Vector, parts: Sequence[Vector] = ()) -> Mapping[str, float]:
        """Each head's log-odds for a sentence with these clauses, before any evidence."""
        whole = self._bare(sentence)
        inside = np.array([self._bare(part) for part in parts])
        return dict(zip(self.names, weighed(whole, inside).tolist(), strict=True))

    def _bare(self, vector: Vector) -> Vector:
        hidden = np.maximum(np.vecdot(self.inner, vector) + self.inner_biases, 0)  # `@` would wake a second thread
        return self.weights @ hidden + self.biases


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence that stands on one line; none where it has but one that can be told."""
    parts = [part.strip(" ,") for part in _CLAUSE_ENDS.split(sentence)]
    told = [part for part in parts if len(part.split()) >= _SHORTEST_CLAUSE]
    return told if len(told) > 1 else []


def weighed(whole: Vector, inside: Vector) -> Vector:
    """What a sentence leans towards once its clauses (clauses × heads, or none) are weighed in."""
    return whole + _CLAUSE * np.maximum(0, inside.max(0) - whole) if len(inside) else whole


def seconded(told: Floats) -> Floats:
    """How far another of the sentences leans to the same, at most as far as each itself; 0 where none does."""
    if len(told) < 2:
        return np.zeros(len(told))
    second, first = np.sort(told)[-2:]
    return np.logaddexp(0, np.minimum(told, np.where(told == first, second, first)))


class Encoder:
    """Turns a sentence into numbers, on one thread."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Loads the model. Raises ImportError or OSError where something is lacking."""
        import onnxruntime  # noqa: PLC0415 - heavy, and may be absent
        from tokenizers import Tokenizer  # noqa: PLC0415

        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        model = folder / "encoder.onnx"
        if not model.is_file():
            raise FileNotFoundError(model)
        self._session: InferenceSession = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()

    def vector(self, sentence: str) -> Vector:
        """The sentence's numbers."""
        read = self._tokenizer.encode(sentence)
        fed = {
            "input_ids": np.array([read.ids], dtype=np.int64),
            "attention_mask": np.array([read.attention_mask], dtype=np.int64),
        }
        given: Any = self._session.run(None, fed)
        return np.asarray(given[0][0], dtype=np.float32)


class SentenceMeaning:
    """Scores sentences, and remembers those it has scored."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        self._encoder = encoder
        self._heads = heads
        self._known: OrderedDict[str, Mapping[str, float]] = OrderedDict()

    def leanings(self, sentences: Sequence[str]) -> list[Mapping[str, float]]:
        """For each sentence, each head's log-odds, before any evidence."""
        return [self._leanings(sentence) for sentence in sentences]

    def means(self, head: str, kind: MessageKind, told: Sequence[tuple[float, Evidence]]) -> list[bool]:
        """Which of a letter's sentences reach the head's bar."""
        heads = self._heads
        signs = np.array([evidence.signs for _, evidence in told], float).reshape(len(told), len(SIGNS))
        leanings = np.array([leaning for leaning, _ in told]) + signs @ np.array(heads.signs[head])
        leanings += heads.seconded[head] * seconded(leanings) + heads.kinds[head].get(kind, 0.0)
        return [bool(one) for one in leanings >= heads.bars[head]]

    def _leanings(self, sentence: str) -> Mapping[str, float]:
        found = self._known.get(sentence)
        if found is None:
            parts = [self._encoder.vector(part) for part in clauses(sentence)]
            found = self._heads.leanings(self._encoder.vector(sentence), parts)
            self._known[sentence] = found
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found


def read_heads(folder: Path = FOLDER) -> Heads:
    """The heads as trained: weights in heads.npz; what the evidence weighs, and the bars, in bars.json."""
    with np.load(folder / "heads.npz") as stored:
        names = tuple(str(name) for name in stored["names"])
        inner, inner_biases = stored["inner"].astype(np.float32, "C"), stored["inner_biases"].astype(np.float32)
        weights, biases = stored["weights"].astype(np.float32), stored["biases"].astype(np.float32)
    given = json.loads((folder / "bars.json").read_text(encoding="utf-8"))
    signs = {name: tuple(float(given[name][sign]) for sign in SIGNS) for name in names}
    second = {name: float(given[name]["seconded"]) for name in names}
    kinds = {name: {MessageKind(kind): float(adds) for kind, adds in given[name]["kinds"].items()} for name in names}
    bars = {name: float(given[name]["bar"]) for name in names}
    return Heads(names, inner, inner_biases, weights, biases, signs, second, kinds, bars)


@lru_cache(maxsize=1)
def load_meaning() -> SentenceMeaning | None:
    """The meaning layer, loaded once for the process; None where it is off or cannot be loaded."""
    if os.environ.get(SWITCH, "").lower() in ("off", "0", "no"):
        return None
    try:
        return SentenceMeaning(Encoder(), read_heads())
    except (ImportError, OSError):
        return None
