"""Spelling help: quiet about names and rare words, and absent without harm."""

from __future__ import annotations

import sys

import pytest

from bench.critique_quality import letters
from debrief.desk import spelling
from debrief.desk.spelling import Dialect, Speller, dialect_of, load_speller, required_speller, with_spelling
from debrief.domain.critique import Finding, Letter, Place, RecordFacts, Severity
from debrief.domain.facts import MessageKind
from debrief.errors import Refused

RECORD = RecordFacts(
    sender="Aisyah Rahman",
    recipient="Sinéad O'Brien",
    company="Brightwater Energy",
    details=("the kubectl dashbord",),
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    """A British one."""
    found = load_speller(Dialect.BRITISH)
    assert found
    return found


def slips(speller: Speller, body: str, subject: str = "") -> list[tuple[str, str | None]]:
    letter = Letter(kind=MessageKind.THANK_YOU, subject=subject, body=body)
    text = {Place.SUBJECT: subject, Place.BODY: body}
    found = speller.findings(letter, RECORD)
    assert {(one.rule, one.severity) for one in found} <= {("spelling", Severity.TIP)}
    return [(text[one.place][one.start : one.end], one.suggestion) for one in found]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("recieved", "received"), ("oppertunity", "opportunity"), ("tommorow", "tomorrow"), ("the the", "the")],
)
def test_a_slip_is_found_with_what_was_meant(speller: Speller, wrong: str, right: str) -> None:
    assert slips(speller, f"Dear Dana, I was glad about {wrong} letter.") == [(wrong, right)]


def test_a_slip_in_the_subject_is_found_there(speller: Speller) -> None:
    assert slips(speller, "Fine.", "The intervew on Tuesday") == [("intervew", "interview")]


@pytest.mark.parametrize(
    "body",
    [
        "Dear Sinéad, the dashbord and kubectl were new to me.",
        "Dear Ms Oduya, I met Kwabena in Szczecin.",
        "I realised that the centre is in the same colour as the programme.",
        "The SLO of the API, at https://exmaple.org, is at 99 %.",
    ],
)
def test_names_of_the_record_places_codes_and_ones_own_english_are_left_alone(speller: Speller, body: str) -> None:
    assert slips(speller, body) == []


def test_american_spelling_is_right_in_america() -> None:
    american = load_speller(Dialect.AMERICAN)
    assert american
    assert slips(american, "I realized that the color of the center is gray.") == []


@pytest.mark.parametrize("country", ["US", "GB", "CA", None])
def test_where_nobody_chose_an_english_british_and_american_words_are_both_right(country: str | None) -> None:
    guessed = load_speller(dialect_of(country), guessed=True)
    assert guessed
    assert slips(guessed, "The gray kiln was cold afterwards; its colour had dulled, I realize.") == []
    assert slips(guessed, "The gray kiln was cold afterwords, and I recieved it.")[-1] == ("recieved", "received")


def test_a_chosen_english_is_held_to() -> None:
    american = load_speller(Dialect.AMERICAN)
    assert american
    assert slips(american, "The colour had dulled.") == [("colour", "color")]


def test_a_content_word_said_twice_is_ones_own_affair(speller: Speller) -> None:
    assert slips(speller, "The boda boda riders were very very kind.") == []


MISSPELT_ON_PURPOSE = {"too-casual", "recipient-wrong", "company-wrong", "role-wrong"}
"""Letters that break these hold slips, or words that no dictionary has."""


def test_not_one_in_twenty_of_the_development_letters_raises_a_false_alarm(speller: Speller) -> None:
    read = [one for one in letters("development") if not one.expect & MISSPELT_ON_PURPOSE][::9]
    alarms = sum(bool(speller.findings(one.draft.letter(), one.draft.record(None))) for one in read)

    assert alarms <= len(read) / 20


@pytest.mark.parametrize(
    ("country", "dialect"),
    [("US", Dialect.AMERICAN), ("in", Dialect.INDIAN), ("MY", Dialect.BRITISH), (None, Dialect.BRITISH)],
)
def test_the_usual_english_of_a_country(country: str | None, dialect: Dialect) -> None:
    assert dialect_of(country) is dialect


def a_finding(rule: str, start: int, end: int) -> Finding:
    return Finding(
        rule=rule, severity=Severity.TIP, place=Place.BODY, start=start, end=end, message="", why="", sources=()
    )


def test_words_that_another_finding_concerns_are_not_reported_twice() -> None:
    casual, same, other = a_finding("too-casual", 5, 10), a_finding("spelling", 5, 10), a_finding("spelling", 20, 24)

    assert with_spelling([casual], [same, other]) == (casual, other)


def test_a_finding_about_the_whole_note_hides_no_slip() -> None:
    copied, slip = a_finding("copy-paste", 0, 400), a_finding("spelling", 20, 24)

    assert with_spelling([copied], [slip]) == (copied, slip)


def test_without_the_extra_there_is_no_speller_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "harper", None)
    load_speller.cache_clear()

    assert spelling.is_installed() is False
    assert load_speller(Dialect.INDIAN) is None
    with pytest.raises(Refused, match="optional grammar engine"):
        required_speller(Dialect.INDIAN)
    load_speller.cache_clear()
