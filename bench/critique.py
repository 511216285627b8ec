"""How long the critique of one letter takes, on one thread: python -m bench.critique.

Over the development letters: patterns alone, with the meaning layer for a
letter never seen, and after one sentence of it was changed. proselint, where it
is installed, runs over the same letters in the same run.
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bench.critique_quality import Labelled, desk, letters
from debrief.desk.critique.meaning import Encoder, SentenceMeaning, read_heads
from debrief.exchange.critique import Desk, findings_of

PATTERNS_MS, NEW_LETTER_MS, ONE_SENTENCE_MS = 2.0, 60.0, 15.0


def median_ms(work: Callable[[Labelled], object], over: Sequence[Labelled]) -> float:
    """The median time of `work` over these letters, in milliseconds of this process: what else runs does not count."""
    took: list[float] = []
    for letter in over:
        started = time.process_time()
        work(letter)
        took.append((time.process_time() - started) * 1000)
    return statistics.median(took)


def changed(letter: Labelled) -> Labelled:
    """The letter with a sentence that stood nowhere before."""
    body = letter.draft.body.replace("\n\n", f" It was a bright day in {letter.id}.\n\n", 2)
    return replace(letter, draft=letter.draft.model_copy(update={"body": body}))


def main() -> None:
    """Prints the medians beside their limits."""
    sample = list(letters("development"))
    plain = desk(with_meaning=False)
    findings_of(sample[0].draft, plain)

    def unseen(letter: Labelled) -> None:
        findings_of(letter.draft, plain)

    alone = median_ms(unseen, sample)
    print(f"patterns alone     {alone:6.2f} ms (at most {PATTERNS_MS})")
    encoder, heads = Encoder(), read_heads()
    encoder.vector("Warm up.")

    def fresh(letter: Labelled) -> None:
        findings_of(letter.draft, Desk(plain.rules, plain.house, SentenceMeaning(encoder, heads)))

    print(f"new letter         {median_ms(fresh, sample[:60]):6.2f} ms (at most {NEW_LETTER_MS})")
    known = Desk(plain.rules, plain.house, SentenceMeaning(encoder, heads))
    for letter in sample[:60]:
        findings_of(letter.draft, known)
    edited = [changed(letter) for letter in sample[:60]]
    took = median_ms(lambda letter: findings_of(letter.draft, known), edited)
    print(f"one new sentence   {took:6.2f} ms (at most {ONE_SENTENCE_MS})")
    if importlib.util.find_spec("proselint"):
        lint = importlib.import_module("proselint.tools").lint

        print(f"proselint          {median_ms(lambda letter: lint(letter.draft.body), sample[:30]):6.2f} ms")


if __name__ == "__main__":
    main()
