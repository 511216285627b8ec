"""Notes about a talk as phrases that can stand behind "about" in a letter to the person who was there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.content import load_content
from debrief.desk.topics import LONGEST_PHRASE, Reader, as_topic, split_list

WORDS = load_content().templates.phrases.words
DANA = Reader(names=("Dana Whitfield", "Dana"))


@pytest.mark.parametrize(
    ("note", "phrase"),
    [
        ("their move to Kubernetes.", "your move to Kubernetes"),
        ("Their customers and how they complain", "your customers and how they complain"),
        ("their approach to safety, and how they train people", "your approach to safety, and how you train people"),
        ("his dogs!", "your dogs"),
        ("Her PhD in Leeds", "your PhD in Leeds"),
        ("how she runs the standup", "how you run the standup"),
        ("how she always manages her calendar", "how you always manage your calendar"),
        ("why he moved from Lagos to Leeds", "why you moved from Lagos to Leeds"),
        ("how they keep people and what they teach them", "how you keep people and what you teach them"),
        ("how she got her team to like her", "how you got your team to like her"),
        ("the team and their move", "the team and their move"),
        ("Dana's talk at PyCon", "your talk at PyCon"),
        ("Dana runs the platform team", "how you run the platform team"),
        ("Dana Whitfield leads hiring", "how you lead hiring"),
        ("She rebuilt the on-call rota", "how you rebuilt the on-call rota"),
        ("likes hiking", "the fact that you like hiking"),
        ("runs the Leeds office", "how you run the Leeds office"),
        ("my experience with Airflow", "my experience with Airflow"),
        ("your work with schools", "your work with schools"),
        ("We both grew up in Penang", "how we both grew up in Penang"),
    ],
)
def test_a_note_about_the_reader_speaks_to_the_reader(note: str, phrase: str) -> None:
    assert as_topic(note, WORDS, DANA) == phrase


def test_to_an_agencys_recruiter_the_team_is_not_theirs() -> None:
    agency = Reader(theirs_is_yours=False)
    assert as_topic("their move to Kubernetes", WORDS, agency) == "their move to Kubernetes"
    assert as_topic("her years in Accra", WORDS, agency) == "your years in Accra"


@pytest.mark.parametrize(
    ("note", "phrase"),
    [
        ("The team is moving to Kubernetes", "how the team is moving to Kubernetes"),
        ("The team is small", "the fact that the team is small"),
        ("The team uses Kafka", "how the team uses Kafka"),
        ("there is a new CTO", "the fact that there is a new CTO"),
        ("that the team doubled last year", "the fact that the team doubled last year"),
        ("If I could start in March", "whether I could start in March"),
        ("the team that runs payroll", "the team that runs payroll"),
        ("needs assessment for schools", "needs assessment for schools"),
        (
            "How do you measure success in the first 90 days?",
            "the question “How do you measure success in the first 90 days?”",
        ),
        ("how do you handle nights", "the question “How do you handle nights?”"),
        ("how the team does on-call", "how the team does on-call"),
        ("whether to centralise data", "whether to centralise data"),
    ],
)
def test_sentences_and_questions_become_clauses(note: str, phrase: str) -> None:
    assert as_topic(note, WORDS) == phrase


@pytest.mark.parametrize(
    ("note", "phrase"),
    [
        ("They told me about their move to Oslo", "your move to Oslo"),
        ("we talked about remote work", "remote work"),
        ("Conversation about mentoring", "mentoring"),
        ("Talked a lot about testing", "testing"),
        ("discussed: pricing models", "pricing models"),
        ("- career growth...", "career growth"),
        ("3. the ward round", "the ward round"),
        ('"quality over speed"', "quality over speed"),
        ("Their plan: one platform for all wards", "your plan"),
        ("Culture – very flat, no titles", "culture"),
        ("AI in hospitals (and its risks)", "AI in hospitals (and its risks)"),
        ("AI in hospitals (and its risks", "AI in hospitals and its risks"),
        ("REMOTE WORK", "remote work"),
        ("{{ topic.__class__ }} and {% raw %}", "{{ topic.__class__ }} and {% raw %}"),
        ("机器学习", "机器学习"),
        ("التعلم الآلي", "التعلم الآلي"),
        ("C++ and node.js", "C++ and node.js"),
    ],
)
def test_what_is_not_part_of_the_topic_goes(note: str, phrase: str) -> None:
    assert as_topic(note, WORDS) == phrase


@pytest.mark.parametrize("note", ["", "  ", "N/A", "none", "-", "???", "not sure", "...", "word " * 30])
def test_what_says_nothing_or_too_much_is_no_topic(note: str) -> None:
    assert as_topic(note, WORDS) is None


def test_a_long_note_gives_its_leading_part_whole_or_nothing() -> None:
    note = "The difference between triage and treatment, which she says most get wrong because they never saw one"
    assert as_topic(note, WORDS) == "the difference between triage and treatment"


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("on-call, Kafka, hiring", ("on-call", "Kafka", "hiring")),
        ("on-call\nKafka", ("on-call", "Kafka")),
        ("Python, dbt and Airflow", ("Python, dbt and Airflow",)),
        ("team culture, esp. feedback", ("team culture, esp. feedback",)),
        ("CI/CD", ("CI/CD",)),
        (
            "a longer thought about one thing, and its consequences",
            ("a longer thought about one thing, and its consequences",),
        ),
    ],
)
def test_a_bare_list_is_taken_apart_and_a_phrase_is_not(note: str, parts: tuple[str, ...]) -> None:
    assert split_list(note) == parts


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_note_gives_a_short_phrase_on_one_line_or_none(note: str) -> None:
    phrase = as_topic(note, WORDS, DANA)
    if phrase is not None:
        assert phrase == phrase.strip()
        assert "\n" not in phrase
        assert "  " not in phrase
        assert 0 < len(phrase.split()) <= LONGEST_PHRASE + 4
