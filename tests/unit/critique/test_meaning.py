"""The meaning layer: its bookkeeping with a stand-in for the encoder, and the shipped files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from critique_rules import RULES

from debrief.desk.critique import critique
from debrief.desk.critique.draft import Evidence
from debrief.desk.critique.meaning import (
    FOLDER,
    SWITCH,
    Encoder,
    Heads,
    SentenceMeaning,
    Vector,
    clauses,
    load_meaning,
    read_heads,
    seconded,
    weighed,
)
from debrief.domain.critique import Letter, RecordFacts
from debrief.domain.facts import MessageKind


class Counting(Encoder):
    """Gives each sentence its length, and counts the sentences read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def vector(self, sentence: str) -> Vector:
        self.read.append(sentence)
        return np.array([len(sentence)], dtype=np.float32)


HEADS = Heads(
    ("long",),
    np.array([[1.0]], np.float32),
    np.array([0.0], np.float32),
    np.array([[1.0]], np.float32),
    np.array([-10.0], np.float32),
    {"long": (3.0, 1.0, -4.0, -2.0, 0.5)},
    {"long": 0.5},
    {"long": {MessageKind.WITHDRAW: -2.0}},
    {"long": 1.0},
)


def test_a_sentence_is_read_once_and_only_a_changed_one_again() -> None:
    encoder = Counting()
    meaning = SentenceMeaning(encoder, HEADS)
    first = meaning.leanings(["short", "a longer sentence"])
    assert first[0]["long"] < 0 < first[1]["long"]
    assert meaning.leanings(["short", "a new sentence"])[0] == first[0]
    assert encoder.read == ["short", "a longer sentence", "a new sentence"]


def test_a_long_sentence_is_read_by_its_clauses_too() -> None:
    encoder = Counting()
    sentence = "I was a wreck all morning, but I would like to stay in touch"
    SentenceMeaning(encoder, HEADS).leanings([sentence])
    assert clauses(sentence) == ["I was a wreck all morning", "but I would like to stay in touch"]
    assert sorted(encoder.read) == sorted([sentence, *clauses(sentence)])
    assert clauses("The kiln, which cools slowly") == []


@pytest.mark.parametrize(
    ("inside", "leaning"),
    [([], [1.0, -9.0]), ([[3.0, -9.0], [0.0, -9.5]], [2.0, -9.0]), ([[0.0, -8.0]], [1.0, -8.5])],
)
def test_half_of_what_the_likeliest_clause_leans_further_is_added(
    inside: list[list[float]], leaning: list[float]
) -> None:
    assert weighed(np.array([1.0, -9.0]), np.array(inside)) == pytest.approx(leaning)


@pytest.mark.parametrize(
    ("leaning", "evidence", "counts"),
    [
        (1.0, Evidence(), True),
        (0.9, Evidence(), False),
        (-2.0, Evidence(worded=True), True),
        (-3.0, Evidence(worded=True), False),
        (-3.0, Evidence(worded=True, sure=True), True),
        (4.0, Evidence(excused=True), False),
        (2.5, Evidence(off_topic=True), False),
        (0.5, Evidence(brief=True), True),
        (0.4, Evidence(brief=True), False),
    ],
)
def test_the_signs_move_a_sentence_over_the_bar_or_under_it(leaning: float, evidence: Evidence, counts: bool) -> None:
    assert SentenceMeaning(Counting(), HEADS).means("long", MessageKind.THANK_YOU, [(leaning, evidence)]) == [counts]


@pytest.mark.parametrize(
    ("kind", "leanings", "means"),
    [
        (MessageKind.THANK_YOU, [], []),
        (MessageKind.THANK_YOU, [0.9, -9.0], [False, False]),
        (MessageKind.THANK_YOU, [0.9, 0.2, -9.0], [True, False, False]),
        (MessageKind.THANK_YOU, [0.8, 0.8], [True, True]),
        (MessageKind.WITHDRAW, [2.9, -9.0], [False, False]),
        (MessageKind.WITHDRAW, [3.0, -9.0], [True, False]),
    ],
)
def test_a_second_sentence_and_the_kind_of_the_letter_speak_too(
    kind: MessageKind, leanings: list[float], means: list[bool]
) -> None:
    told = [(one, Evidence()) for one in leanings]
    assert SentenceMeaning(Counting(), HEADS).means("long", kind, told) == means


def test_one_sentence_is_never_its_own_second() -> None:
    assert seconded(np.array([5.0])).tolist() == [0.0]
    assert seconded(np.array([5.0, -50.0])) == pytest.approx([0.0, 0.0])
    assert seconded(np.array([5.0, 5.0, 1.0])) == pytest.approx(np.logaddexp(0, [5.0, 5.0, 1.0]))


def test_the_switch_turns_the_layer_off(monkeypatch: pytest.MonkeyPatch) -> None:
    load_meaning.cache_clear()
    monkeypatch.setenv(SWITCH, "off")
    assert load_meaning() is None
    load_meaning.cache_clear()


def test_missing_files_mean_no_layer(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"encoder\.onnx"):
        Encoder(tmp_path)


def test_the_shipped_files_are_those_of_the_checksums() -> None:
    for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        known, name = line.split()
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == known


def test_every_meaning_that_a_rule_names_has_a_head_with_a_bar() -> None:
    heads = read_heads()
    named = {rule.head for rule in RULES.rules if rule.head}
    assert named <= set(heads.names)
    assert set(heads.bars) == set(heads.names)


FACTS = RecordFacts(
    sender="Tunde Bello", recipient="Dana Whitfield", company="Northwind Pottery", role="Kiln Technician"
)


def rules_of(sentence: str, kind: MessageKind = MessageKind.CHECK_IN) -> set[str]:
    body = f"Dear Dana,\n\nThank you again for our talk about the gas kiln. {sentence}\n\nKind regards,\nTunde"
    return {one.rule for one in critique(Letter(kind=kind, subject="x", body=body), FACTS, RULES, load_meaning())}


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The landlord has given us until Friday to leave.", "desperate"),
        ("A simple yes or no would take you half a minute.", "pushy"),
        ("The people I work with now are useless.", "runs-down-employer"),
        ("I would like to know what I would earn.", "pay-talk"),
    ],
)
def test_meaning_is_found_where_no_list_has_the_words(sentence: str, rule: str) -> None:
    assert rule in rules_of(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The families whom your clients feed have been on my mind.",
        "I am grateful to my former manager, who taught me to log each firing.",
        "There is no hurry at all on my side.",
    ],
)
def test_kind_sentences_are_left_alone(sentence: str) -> None:
    assert not {"desperate", "pushy", "runs-down-employer"} & rules_of(sentence)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_with_the_meaning_layer_too_a_rule_leaves_its_close_calls_alone(rule: object) -> None:
    meaning = load_meaning()
    wrong = [
        example.text
        for example in rule.leave  # type: ignore[attr-defined]
        if rule.id in {one.rule for one in critique(example.letter, example.record, RULES, meaning)}  # type: ignore[attr-defined]
    ]
    assert wrong == []


def test_a_slot_left_open_is_no_detail_of_the_talk() -> None:
    body = (
        "Dear Nicole,\n\nThank you for speaking with me about the Store Associate position. I really enjoyed our "
        "conversation, especially when we talked about {topic}. I am excited about the opportunity.\n\n"
        "Sincerely,\nBrandon Lyle"
    )
    record = RecordFacts(sender="Brandon Lyle", recipient="Nicole Frazier", role="Store Associate")

    def found(topic: str) -> set[str]:
        letter = Letter(kind=MessageKind.THANK_YOU, subject="Thank you", body=body.format(topic=topic))
        return {one.rule for one in critique(letter, record, RULES, load_meaning())}

    assert {"placeholder-left", "detail-missing"} <= found("{{something specific}}")
    assert "detail-missing" not in found("how the boot wall empties on a wet Saturday")
