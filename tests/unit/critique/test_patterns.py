"""The language of the wordings."""

from __future__ import annotations

import pytest

from debrief.desk.critique.patterns import Matcher, PatternMistake, parse
from debrief.desk.critique.text import read_text

LISTS = {"family": ("wife", "mother in law", "child*")}


def meets(pattern: str, sentence: str) -> bool:
    matcher = Matcher()
    matcher.add(0, parse(pattern, LISTS))
    return any(matcher.matches(one) for one in read_text(sentence).sentences)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("thank*", "Thankfully yours"),
        ("feel~", "I felt it"),
        ("carry~", "She carries on"),
        ("(beg|plead for) ..2 chance", "I plead for one more chance"),
        ("really? need", "I need it"),
        ("really? need", "I really need it"),
        ("my @family", "my mother-in-law"),
        ("my @family", "my children"),
        ("#money", "about £40,000"),
        ("#money", "say 45k"),
        ("^ i hope", "Well. I hope so"),
        ("i am", "I’m here"),
        ("do not", "Don't"),
        ("(good|fairly good) (day|old day) $", "A fairly good old day."),
        ("you ..1 (or|and) me", "You, dear, and me"),
    ],
)
def test_a_wording_is_met(pattern: str, sentence: str) -> None:
    assert meets(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("thank", "thankful"),
        ("i ..2 need", "I do not at all need it"),
        ("^ i hope", "And I hope so"),
        ("i need", "It is I. Need is great"),
        ("need $", "need it"),
        ("#money", "40 cooks"),
    ],
)
def test_a_close_call_is_not(pattern: str, sentence: str) -> None:
    assert not meets(pattern, sentence)


@pytest.mark.parametrize("pattern", ["(a|b", "a)", "..3 a", "a? b?", "? a", "@nobody", "a & b"])
def test_a_wording_that_cannot_be_read_says_so(pattern: str) -> None:
    with pytest.raises(PatternMistake):
        parse(pattern, LISTS)


def test_abbreviations_and_initials_do_not_end_a_sentence() -> None:
    text = "Dr. Okafor and J. Lind met at 3 p.m. on Friday, i.e. late. It went well! Did it?"
    assert len(read_text(text).sentences) == 3


def test_a_wrapped_paragraph_is_one_and_a_greeting_stands_alone() -> None:
    text = (
        "Dear Dana,\nI enjoyed the long talk about the kiln and\nthe way that it cools over the whole night.\n\nTunde"
    )
    firsts = [text[one.start : one.end].split(maxsplit=1)[0] for one in read_text(text).sentences]
    assert firsts == ["Dear", "I", "Tunde"]
