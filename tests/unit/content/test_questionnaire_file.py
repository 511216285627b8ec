"""reflection.yaml: what the shipped questionnaire asks, how a centre edits it, and how mistakes are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import a_copy, change, shipped_guides

from debrief.content import SHIPPED
from debrief.content import questionnaire as section
from debrief.domain.facts import Depth, Focus, Format
from debrief.domain.questionnaire import HandsOn, QuestionKind, Questionnaire
from debrief.errors import Problem

FILE = "en/reflection.yaml"
GUIDES = shipped_guides()


def loaded(content: Path = SHIPPED) -> Questionnaire:
    found, problems = section.load(content, GUIDES)
    assert found is not None, problems
    return found


SHIPPED_ONE = loaded()
QUESTIONS = SHIPPED_ONE.questions


def test_the_short_form_has_at_most_six_questions() -> None:
    short = [
        question.id
        for part in SHIPPED_ONE.sections
        for question in part.questions
        if question.depth is Depth.SHORT and part.when == type(part.when)()
    ]

    assert len(short) <= 6
    assert {"overall", "chance", "topics", "went_well", "loose_end", "actions"} == set(short)


def test_what_the_charts_read_is_asked_in_both_depths() -> None:
    assert (QUESTIONS["overall"].kind, QUESTIONS["overall"].depth) == (QuestionKind.RATING, Depth.SHORT)
    assert (QUESTIONS["chance"].kind, QUESTIONS["chance"].depth) == (QuestionKind.PERCENT, Depth.SHORT)


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_each_question_says_why_it_is_asked_and_who_asks_it(question_id: str) -> None:
    question = QUESTIONS[question_id]

    assert len(question.wording.help) > 30
    assert question.advice
    assert question.sources == GUIDES.sources_of(question.advice)


def test_all_advice_on_looking_back_is_asked_for() -> None:
    asked = {advice for question in QUESTIONS.values() for advice in question.advice}

    assert {f"RF{number}" for number in range(1, 10)} <= asked


def test_every_place_that_answers_go_to_is_served() -> None:
    assert {question.hands_on for question in QUESTIONS.values() if question.hands_on} == set(HandsOn)


def test_every_kind_of_question_is_used() -> None:
    used = {question.kind for question in QUESTIONS.values()}
    in_entries = {field.kind for question in QUESTIONS.values() for field in question.wording.fields}

    assert used | in_entries == set(QuestionKind)


def test_every_kind_of_round_is_asked_its_own() -> None:
    focuses = {focus for part in SHIPPED_ONE.sections for focus in part.when.focus}
    formats = {medium for question in QUESTIONS.values() for medium in question.when.format}

    assert focuses == set(Focus) - {Focus.CONVERSATION}
    assert formats == {Format.PHONE, Format.VIDEO, Format.ON_SITE}


def test_a_hard_question_has_room_for_a_better_answer() -> None:
    fields = [field.id for field in QUESTIONS["hard_questions"].wording.fields]

    assert fields[:4] == ["asked", "said", "went", "really_asked"]
    assert fields[4:] == ["situation", "task", "action", "result", "competencies"]


def test_the_candid_parts_are_private() -> None:
    assert {part.id for part in SHIPPED_ONE.sections if part.private} == {"and_you", "inner_story"}


def test_ratings_name_the_areas_that_lessons_are_about() -> None:
    assert SHIPPED_ONE.areas["calm"] == "Staying calm"
    assert len(set(SHIPPED_ONE.areas.values())) == len(SHIPPED_ONE.areas)


def test_a_centre_adds_removes_and_moves_without_code(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    text = (content / FILE).read_text(encoding="utf-8")
    start, end = text.index("  - id: guess"), text.index("  - id: inner_story")
    guess = text[start:end]
    start_of_word, end_of_word = text.index("      - id: word"), text.index("      - id: overall")
    text = text[:start_of_word] + text[end_of_word:start] + text[end:] + "\n" + guess
    text += "      - id: adviser\n        kind: long_text\n        text: What shall we talk about?\n"
    text += "        help: Your adviser reads it before you meet.\n"
    (content / FILE).write_text(text, encoding="utf-8")

    edited = loaded(content)

    assert "word" not in edited.questions
    assert edited.sections[-1].id == "guess"
    assert [question.id for question in edited.sections[-1].questions] == ["chance", "adviser"]


def test_a_second_version_keeps_the_words_and_questions_of_the_first(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    change(content, FILE, "version: 1\n", "version: 2\n")
    change(content, FILE, "text: In one word?", "text: In one word?\n        until: 1")
    change(
        content,
        FILE,
        "text: How do you feel right now?",
        "text: How is it going?\n        earlier:\n          - until: 1\n            text: How do you feel right now?",
    )
    change(content, FILE, "id: overall\n", "id: overall\n        since: 2\n")

    edited = loaded(content).questions

    assert edited["word"].belongs_to(1)
    assert not edited["word"].belongs_to(2)
    assert not edited["overall"].belongs_to(1)
    assert edited["face"].worded_for(1) == edited["face"].earlier[0]
    assert edited["face"].worded_for(1).text == QUESTIONS["face"].wording.text
    assert edited["face"].worded_for(1).labels == QUESTIONS["face"].wording.labels
    assert edited["face"].worded_for(2).text == "How is it going?"


MISTAKES = {
    "a kind that there is none of": ("kind: faces", "kind: smileys", "kind", "one of rating, faces"),
    "advice that there is none of": ("advice: [RF1]", "advice: [RF77]", "advice[0]", "'RF77' is none"),
    "too few labels": ("labels: [Drained, Uneasy,", "labels: [Drained,", "labels", "five labels"),
    "labels where none belong": ("kind: short_text", "kind: short_text\n        labels: [a]", "labels", "for ratings"),
    "no help": ("help: A quick mark", "halp: A quick mark", "halp", "no key of this name"),
    "an empty text": ("text: In one word?", 'text: ""', "text", "at least 1 character"),
    "an id used twice": ("id: overall", "id: word", "id", "“word” stands in line"),
    "an id in capitals": ("id: overall", "id: Overall", "id", "small letters"),
    "options where none belong": (
        "kind: percent",
        "kind: percent\n        options: {a: b}",
        "options",
        "for no other kind",
    ),
    "no fields": ("kind: percent", "kind: entries", "fields", "expected for entries"),
    "fields where none belong": (
        "kind: percent",
        "kind: percent\n        fields: [{id: a, kind: date, text: b}]",
        "fields",
        "for no other kind",
    ),
    "a chance that is no percentage": ("kind: percent", "kind: short_text", "kind", "percent is expected for chance"),
    "a date handed to the lessons": ("hands_on: reply_by", "hands_on: lessons", "hands_on", "the kind list"),
    "topics of nobody": ("        each: person\n", "", "hands_on", "each: person"),
    "a slot that nothing fills": ("text: In one word?", "text: In one word, {name}?", "text", "{person}"),
    "a person in a general question": ("text: In one word?", "text: A word on {person}?", "text", "{person}"),
    "an area of a text": ("kind: short_text", "kind: short_text\n        area: Words", "area", "ratings only"),
    "a version to come": ("id: overall", "id: overall\n        since: 2", "since", "up to the file's own, 1"),
    "a question retired too late": ("id: overall", "id: overall\n        until: 1", "until", "the last version"),
    "older words of today": (
        "id: overall",
        "id: overall\n        earlier: [{until: 1, text: a}]",
        "earlier[0].until",
        "the oldest first",
    ),
    "a format that there is none of": ("format: [video]", "format: [zoom]", "when.format[0]", "one of phone, video"),
    "too much of a list": ("most: 12", "most: 5000", "most", "at most 50"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_line_and_key(tmp_path: Path, mistake: str) -> None:
    old, new, key, expected = MISTAKES[mistake]
    content = a_copy(tmp_path)
    line = change(content, FILE, old, new)

    found, problems = section.load(content, GUIDES)

    assert found is None
    matching = [problem for problem in problems if problem.key.endswith(f".{key}") and expected in problem.expected]
    assert matching, problems
    assert matching[0].file == FILE
    assert abs(matching[0].line - line) <= 9, "in the question that was edited"


def test_the_line_is_exact_where_the_key_stands_in_the_file(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    line = change(content, FILE, "kind: faces", "kind: smileys")

    assert section.load(content, GUIDES)[1] == (
        Problem(
            FILE,
            line,
            "sections[0].questions[0].kind",
            "one of rating, faces, short_text, long_text, pick_many, list, entries, date or percent is expected, "
            "and here stands “smileys”",
        ),
    )


def test_mistakes_inside_an_entry_are_found(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    change(content, FILE, "          - id: really_asked\n", "          - id: said\n")
    line = change(content, FILE, "            labels: [Lost for words, ", "            labels: [")

    problems = section.load(content, GUIDES)[1]

    assert {problem.key.partition("questions[0].")[2] for problem in problems} == {"fields[2].labels", "fields[3].id"}
    assert line in {problem.line for problem in problems}
