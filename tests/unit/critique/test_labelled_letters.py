"""The labelled letters: enough of them, well labelled, and the check set unlike what was learned from."""

from __future__ import annotations

import re

import pytest
from critique_rules import RULES

from bench.critique_quality import letters
from bench.meaning_sentences import FOLDER
from debrief.desk.critique.text import read_text

SENTENCES = [
    line[2:].strip()
    for path in (FOLDER / "sentences").glob("*.txt")
    for line in path.read_text(encoding="utf-8").splitlines()
]

STOCK = 8
"""Shorter sentences ("I look forward to hearing from you") are everybody's, and stand in any two sets of letters."""


@pytest.mark.parametrize("which", ["development", "check"])
def test_labels_are_rules_that_apply_to_the_letters_kind(which: str) -> None:
    for letter in letters(which):
        for rule in letter.expect:
            assert letter.draft.kind in RULES.rule(rule).kinds, letter.id


def test_there_are_enough_letters() -> None:
    assert sum(1 for which in ("development", "check") for _ in letters(which)) >= 250


def test_no_sentence_of_the_check_set_was_learned_from() -> None:
    learned = {" ".join(re.findall(r"\w+", sentence.lower())) for sentence in SENTENCES}
    for letter in letters("check"):
        for sentence in read_text(letter.draft.body).sentences:
            text = letter.draft.body[sentence.start : sentence.end]
            plain = " ".join(re.findall(r"\w+", text.lower()))
            assert len(plain.split()) < STOCK or plain not in learned, letter.id
