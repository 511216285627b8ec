"""Every rule and every entry reports what it must, and leaves alone what comes close."""

from __future__ import annotations

import pytest
from critique_rules import RULES

from debrief.desk.critique import critique, load_meaning
from debrief.desk.critique.companies import OTHER_COMPANY
from debrief.desk.critique.engine import prepare
from debrief.desk.critique.patterns import Matcher, parse
from debrief.desk.critique.text import read_text
from debrief.domain.critique import Entry, Example, Rule

ENTRIES = [(rule, entry) for rule in RULES.rules for entry in rule.entries if entry.any]


def reported(example: Example) -> set[str]:
    return {finding.rule for finding in critique(example.letter, example.record, RULES)}


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_reports_its_own_examples(rule: Rule) -> None:
    assert [example.text for example in rule.report if rule.id not in reported(example)] == []


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_leaves_its_close_calls_alone(rule: Rule) -> None:
    assert [example.text for example in rule.leave if rule.id in reported(example)] == []


def test_the_meaning_layer_takes_no_rules_own_example_away() -> None:
    meaning = load_meaning()
    assert meaning
    lost = [
        example.text
        for rule in RULES.rules
        for example in rule.report
        if rule.id not in {one.rule for one in critique(example.letter, example.record, RULES, meaning)}
    ]
    assert lost == []


def meets(entry: Entry, sentence: str) -> bool:
    """Whether the entry's wordings are met, and nothing excuses them."""
    matcher = Matcher()
    for number, patterns in ((0, entry.any), (1, entry.unless)):
        for pattern in patterns:
            matcher.add(number, parse(pattern, RULES.words))
    found = [matcher.matches(one) for one in read_text(sentence).sentences]
    return any(0 in one and 1 not in one for one in found)


@pytest.mark.parametrize(("rule", "entry"), ENTRIES, ids=lambda thing: thing.id)
def test_an_entry_meets_its_own_sentences_and_no_close_call(rule: Rule, entry: Entry) -> None:
    assert [sentence for sentence in entry.report if not meets(entry, sentence)] == []
    assert [sentence for sentence in entry.leave if meets(entry, sentence)] == []


def test_every_rule_has_a_finder_and_every_wording_can_be_read() -> None:
    assert prepare(RULES).matcher.by_key
    assert OTHER_COMPANY in prepare(RULES).matcher.by_key
