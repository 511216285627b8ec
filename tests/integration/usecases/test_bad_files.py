"""Every file of the corpus, and some broken by chance, is refused with a sentence or comes in whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.fuzz_imports import FILES, Run, mutated
from debrief.content import load_content
from debrief.store import Store

SEEDS = sorted(path for path in FILES.rglob("*") if path.is_file())
REFUSED = {path.name for path in (FILES / "bad").iterdir()}


@pytest.fixture
def run(sqlite_store: Store) -> Run:
    """Brings files into an empty record, each for an owner of its own."""
    return Run(sqlite_store, load_content().imports)


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_of_the_corpus_is_refused_or_comes_in_whole(run: Run, file: Path) -> None:
    outcomes = {run.judged(file.read_bytes()) for _ in range(2)}  # with and without its bad rows

    assert not [outcome for outcome in outcomes if outcome.startswith("FOUND")], outcomes
    assert ("refused" in outcomes) is (file.name in REFUSED)


def test_files_broken_by_chance_are_refused_or_come_in_whole(run: Run) -> None:
    chance = random.Random(20260304)
    seeds = [path.read_bytes() for path in SEEDS]

    outcomes = [run.judged(mutated(seeds, chance)) for _ in range(40)]

    assert not [outcome for outcome in outcomes if outcome.startswith("FOUND")], outcomes
