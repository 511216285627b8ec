"""The meaning layer: how likely a sentence thanks, asks, presses, pleads …

A small sentence encoder (all-MiniLM-L6-v2, tuned on our own sentences, int8,
23 MB) gives each sentence 384 numbers; one logistic head for each meaning turns
them into a score from 0 to 1. All of it lies in data/meaning/ and runs on the
CPU; nothing is fetched. Sentences are read one by one, so that a score never
depends on the company a sentence keeps, and each is remembered: after a change
only the changed sentence is read again.

`load_meaning()` gives None where the layer is switched off (DEBRIEF_MEANING=off)
or cannot be loaded; the patterns then work alone.
"""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from debrief.desk.critique.draft import Evidence

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

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heads:
    """The logistic heads: names, weights (heads × 384) and biases, and what each sign of the evidence weighs."""

    names: tuple[str, ...]
    weights: Vector
    biases: Vector
    signs: Mapping[str, tuple[float, ...]]
    """By head, the log-odds that each sign of `Evidence` adds."""
    bars: Mapping[str, float]
    """By head, the log-odds from which a sentence counts."""

    def leanings(self, vector: Vector) -> Mapping[str, float]:
        """Each head's log-odds for a sentence, before any evidence."""
        return dict(zip(self.names, (self.weights @ vector + self.biases).tolist(), strict=True))


class Encoder:
    """Turns a sentence into 384 numbers, on one thread."""

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
        """The sentence's 384 numbers."""
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

    def counts(self, head: str, leaning: float, evidence: Evidence) -> bool:
        """Whether a sentence that leans so, with this evidence, reaches the head's bar."""
        signs = zip(self._heads.signs[head], evidence.signs, strict=True)
        return leaning + sum(weight for weight, holds in signs if holds) >= self._heads.bars[head]

    def _leanings(self, sentence: str) -> Mapping[str, float]:
        found = self._known.get(sentence)
        if found is None:
            found = self._heads.leanings(self._encoder.vector(sentence))
            self._known[sentence] = found
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found


def read_heads(folder: Path = FOLDER) -> Heads:
    """The heads as trained: weights in heads.npz; what the evidence weighs, and the bars, in bars.json."""
    with np.load(folder / "heads.npz") as stored:
        names = tuple(str(name) for name in stored["names"])
        weights, biases = stored["weights"].astype(np.float32), stored["biases"].astype(np.float32)
    given = json.loads((folder / "bars.json").read_text(encoding="utf-8"))
    signs = {name: tuple(float(given[name][sign]) for sign in SIGNS) for name in names}
    return Heads(names, weights, biases, signs, {name: float(given[name]["bar"]) for name in names})


@lru_cache(maxsize=1)
def load_meaning() -> SentenceMeaning | None:
    """The meaning layer, loaded once for the process; None where it is off or cannot be loaded."""
    if os.environ.get(SWITCH, "").lower() in ("off", "0", "no"):
        return None
    try:
        return SentenceMeaning(Encoder(), read_heads())
    except (ImportError, OSError):
        return None
