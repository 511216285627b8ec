"""What a reflection asks, in which version, about whom, and which answers it takes."""

from __future__ import annotations

from typing import Any

import pytest
from a_round import a_round, an_interview, heard, later, met, note, reflected
from hypothesis import given
from hypothesis import strategies as st

from debrief.domain.answer_checks import check_answer
from debrief.domain.facts import Depth, Focus, Format, MessageKind, RoundState, Word
from debrief.domain.questionnaire import (
    Field,
    HandsOn,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    When,
    Wording,
    handed_on,
    is_answer,
    no_longer_asked,
    progress,
    visible,
)
from debrief.errors import Refused


def question(name: str, kind: QuestionKind = QuestionKind.LONG_TEXT, **facts: Any) -> Question:
    return Question(**({"id": name, "kind": kind, "wording": Wording(f"{name}?", "because")} | facts))


def questionnaire(*questions: Question, version: int = 1, **facts: Any) -> Questionnaire:
    section = Section(**({"id": "only", "title": "Only", "questions": questions} | facts))
    return Questionnaire(version, (section,), (), "your interviewer")


def keys(content: Questionnaire, *, version: int = 1, depth: Depth = Depth.FULL, **parts: Any) -> list[str]:
    return [asked.key for section in visible(content, version, depth, a_round(**parts)) for asked in section.asked]


def test_the_short_form_is_a_part_of_the_long_one_under_the_same_keys() -> None:
    content = questionnaire(question("a", depth=Depth.SHORT), question("b"))

    assert keys(content, depth=Depth.SHORT) == ["a"]
    assert keys(content, depth=Depth.FULL) == ["a", "b"]


def test_the_short_form_asks_for_the_short_parts_of_an_entry() -> None:
    fields = (
        Field("asked", QuestionKind.SHORT_TEXT, "Asked", Depth.SHORT),
        Field("said", QuestionKind.SHORT_TEXT, "Said"),
    )
    hard = question("hard", QuestionKind.ENTRIES, depth=Depth.SHORT, wording=Wording("?", "!", fields=fields))

    ((section,), (whole,)) = (
        visible(questionnaire(hard), 1, Depth.SHORT, a_round()),
        visible(questionnaire(hard), 1, Depth.FULL, a_round()),
    )

    assert [field.id for field in section.asked[0].wording.fields] == ["asked"]
    assert [field.id for field in whole.asked[0].wording.fields] == ["asked", "said"]


def test_a_panel_is_asked_about_one_by_one() -> None:
    topics = question("topics", per_person=True, wording=Wording("What did {person} say?", "For {person}"))

    (section,) = visible(questionnaire(topics), 1, Depth.FULL, a_round(met=met("Dana Whitfield", "Amir Haddad")))

    assert [asked.key for asked in section.asked] == ["topics@dana", "topics@amir"]
    assert [asked.wording.text for asked in section.asked] == [
        "What did Dana Whitfield say?",
        "What did Amir Haddad say?",
    ]
    assert section.asked[1].wording.help == "For Amir Haddad"


def test_an_interviewer_without_a_name_is_asked_about_once() -> None:
    topics = question("topics", per_person=True, wording=Wording("What did {person} say?", ""))

    (section,) = visible(questionnaire(topics), 1, Depth.FULL, a_round())

    assert [(asked.key, asked.wording.text) for asked in section.asked] == [
        ("topics", "What did your interviewer say?")
    ]


@pytest.mark.parametrize(
    ("when", "parts", "shown"),
    [
        (When(focus=(Focus.CASE,)), {}, False),
        (When(focus=(Focus.CASE,)), {"interview": an_interview(focus=Focus.CASE)}, True),
        (When(format=(Format.PHONE,)), {}, False),
        (When(format=(Format.PHONE,)), {"interview": an_interview(format=Format.PHONE)}, True),
        (When(), {"interview": an_interview(state=RoundState.NO_SHOW)}, False),
        (When(state=(RoundState.NO_SHOW,)), {"interview": an_interview(state=RoundState.NO_SHOW)}, True),
        (When(panel=True), {"met": met("Dana Whitfield")}, False),
        (When(panel=True), {"met": met("Dana Whitfield", "Amir Haddad")}, True),
        (When(sent=True), {"messages": (note(MessageKind.THANK_YOU, None),)}, False),
        (When(sent=True), {"messages": (note(MessageKind.THANK_YOU, later(hours=2)),)}, True),
        (When(sent=False), {"messages": (note(MessageKind.THANK_YOU, later(hours=2)),)}, False),
        (When(outcome=True), {"heard": (heard(Word.UPDATE, later(days=2)),)}, False),
        (When(outcome=True), {"heard": (heard(Word.REJECTED, later(days=2)),)}, True),
    ],
)
def test_a_branch_follows_the_facts(when: When, parts: dict[str, Any], shown: bool) -> None:
    in_section = questionnaire(question("a"), when=when)
    in_question = questionnaire(question("a", when=when), when=When(state=tuple(RoundState)))

    assert keys(in_section, **parts) == keys(in_question, **parts) == (["a"] if shown else [])


def test_a_reflection_of_version_one_keeps_its_own_questions() -> None:
    first = questionnaire(question("kept"), question("retired_later"), question("reworded"))
    old_words = Wording("Worded as ever?", "because", until=1)
    second = questionnaire(
        question("kept"),
        question("added", since=2),
        question("retired_later", until=1),
        question("reworded", wording=Wording("Worded anew?", "therefore"), earlier=(old_words,)),
        version=2,
    )

    assert keys(second, version=1) == keys(first, version=1) == ["kept", "retired_later", "reworded"]
    assert keys(second, version=2) == ["kept", "added", "reworded"]
    assert second.questions["reworded"].worded_for(1).text == "Worded as ever?"
    assert second.questions["reworded"].worded_for(2).text == "Worded anew?"


def test_words_that_changed_twice_are_found_for_every_version() -> None:
    words = question(
        "a", wording=Wording("third", ""), earlier=(Wording("first", "", until=1), Wording("second", "", until=3))
    )

    assert [words.worded_for(version).text for version in (1, 2, 3, 4)] == ["first", "second", "second", "third"]


def test_what_was_answered_to_a_deleted_question_can_still_be_seen() -> None:
    one = reflected({"kept": "yes", "deleted": "still here", "emptied": " "})

    (left,) = no_longer_asked(questionnaire(question("kept")), one)

    assert (left.question, left.value) == ("deleted", "still here")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, False),
        ("", False),
        (" \n", False),
        ([], False),
        (["", " "], False),
        ([{"asked": ""}], False),
        ("no", True),
        (0, True),
        ([{"asked": "", "went": 1}], True),
    ],
)
def test_blanks_are_no_answers_and_zero_is_one(value: Any, says: bool) -> None:
    assert is_answer(value) is says


def test_progress_counts_what_is_shown_and_says_something() -> None:
    content = questionnaire(question("a"), question("b"), question("c"))
    one = reflected({"a": "yes", "b": "", "gone": "not shown"})

    so_far = progress(visible(content, 1, Depth.FULL, one), one.answers)

    assert (so_far.answered, so_far.asked, so_far.share) == (1, 3, pytest.approx(1 / 3))


def test_a_form_without_questions_is_complete() -> None:
    assert progress((), {}).share == 1.0


def test_answers_are_handed_on_with_the_person_they_are_about() -> None:
    content = questionnaire(
        question("topics", QuestionKind.LIST, per_person=True, hands_on=HandsOn.TOPICS),
        question("actions", QuestionKind.LIST, hands_on=HandsOn.LESSONS),
        question("empty", hands_on=HandsOn.LOOSE_END),
        question("private_thought"),
    )
    one = reflected(
        {"topics@amir": ["sailing"], "actions": ["pause first"], "empty": "", "private_thought": "oh"},
        met=met("Dana Whitfield", "Amir Haddad"),
    )

    found = handed_on(content, one)

    assert [(handed.to, handed.value) for handed in found] == [
        (HandsOn.TOPICS, ["sailing"]),
        (HandsOn.LESSONS, ["pause first"]),
    ]
    assert found[0].asked.person is not None
    assert found[0].asked.person.name == "Amir Haddad"
    assert handed_on(content, a_round()) == ()


ENTRIES = Wording(
    "?",
    "!",
    fields=(
        Field("asked", QuestionKind.SHORT_TEXT, "The question"),
        Field("went", QuestionKind.RATING, "How it went"),
        Field("shows", QuestionKind.PICK_MANY, "What it shows", options=(Option("calm", "Calm"),)),
    ),
)
RIGHT = {
    QuestionKind.RATING: [1, 5],
    QuestionKind.FACES: [3],
    QuestionKind.PERCENT: [0, 100],
    QuestionKind.SHORT_TEXT: ["", "a line", "a" * 200_000],
    QuestionKind.LONG_TEXT: ["one\n\ttwo\r\n", "a" * 200_000, "שלום עולם", "e\u0301\u200f\u202b👩🏽‍💻"],
    QuestionKind.DATE: ["2026-03-31"],
    QuestionKind.PICK_MANY: [[], ["calm"], ["taken_off_since"]],
    QuestionKind.LIST: [[], ["one", ""], ["x"] * 50],
    QuestionKind.ENTRIES: [
        [],
        [{}],
        [{"asked": "Why?", "went": 2, "shows": ["calm"]}, {"went": None}],
        [{"no_longer_asked": "kept"}],
    ],
}
WRONG = {
    QuestionKind.RATING: [0, 6, True, 2.5, "3"],
    QuestionKind.FACES: [6, [3]],
    QuestionKind.PERCENT: [-1, 101, False, "50"],
    QuestionKind.SHORT_TEXT: [7, ["a"], "a" * 200_001, "null\x00byte"],
    QuestionKind.LONG_TEXT: ["a" * 200_001, "bell\x07", "escape\x1b[0m", "lone\ud800", "lone\udfff", {}],
    QuestionKind.DATE: ["31.3.2026", "2026-02-30", "20260331", "2026-W14-2", "", 20260331],
    QuestionKind.PICK_MANY: ["calm", ["calm", "calm"], ["not an id"], [1]],
    QuestionKind.LIST: ["one", [1], ["x"] * 51, ["bell\x07"]],
    QuestionKind.ENTRIES: [
        {"asked": "Why?"},
        ["Why?"],
        [{"went": 9}],
        [{"asked": "bell\x07"}],
        [{"no_longer_asked": ["bell\x07"]}],
        [{"Not an id": "x"}],
    ],
}


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in RIGHT.items() for value in values])
def test_a_right_answer_is_kept_as_it_is(kind: QuestionKind, value: Any) -> None:
    assert check_answer(question("a", kind, wording=ENTRIES), value) is value


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in WRONG.items() for value in values])
def test_a_wrong_answer_is_refused_with_a_sentence(kind: QuestionKind, value: Any) -> None:
    with pytest.raises(Refused) as refusal:
        check_answer(question("a", kind, wording=ENTRIES), value)

    assert refusal.value.field == "a"
    assert str(refusal.value).endswith((".", "?"))


@pytest.mark.parametrize("kind", QuestionKind)
def test_nothing_clears_any_answer(kind: QuestionKind) -> None:
    assert check_answer(question("a", kind), None) is None


def test_a_limit_of_its_own_is_kept_to() -> None:
    actions = question("actions", QuestionKind.LIST, most=3)

    assert check_answer(actions, ["a", "b", "c"]) == ["a", "b", "c"]
    with pytest.raises(Refused, match="Up to 3 can be kept here, and there are 4"):
        check_answer(actions, ["a", "b", "c", "d"])


def test_a_mistake_in_an_entry_names_the_entry_and_its_part() -> None:
    with pytest.raises(Refused, match="Entry 2, “How it went”: This answer is a whole number from 1 to 5"):
        check_answer(question("a", QuestionKind.ENTRIES, wording=ENTRIES), [{"went": 1}, {"went": 7}])


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\t\n\r")))
def test_any_text_without_control_characters_is_kept_exactly(text: str) -> None:
    assert check_answer(question("a"), text) == text


@given(st.text(), st.sampled_from([chr(code) for code in range(32) if chr(code) not in "\t\n\r"]), st.text())
def test_any_text_with_a_control_character_is_refused(before: str, control: str, after: str) -> None:
    with pytest.raises(Refused):
        check_answer(question("a"), before + control + after)


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (QuestionKind.RATING, 6, "This answer is a whole number from 1 to 5. Choose one of them."),
        (QuestionKind.PERCENT, 101, "This answer is a whole number from 0 to 100. Choose one of them."),
        (QuestionKind.SHORT_TEXT, 7, "This answer is a text. Type it as one."),
        (QuestionKind.DATE, "", "This answer is a date, such as 2026-03-31. Choose it in the calendar."),
        (
            QuestionKind.PICK_MANY,
            ["not an id"],
            "One of the things picked is not on the list. Pick from the list again.",
        ),
        (QuestionKind.PICK_MANY, ["calm", "calm"], "One thing is picked twice. Take one of the two away."),
        (QuestionKind.LIST, "one", "This answer is a list. Enter its parts one by one."),
        (QuestionKind.LIST, ["a", 1], "Entry 2 is a text. Type it as one."),
        (QuestionKind.ENTRIES, [{}, "Why?"], "Entry 2 has parts of its own. Fill them in one by one."),
        (QuestionKind.ENTRIES, [{"Not an id": "x"}], "Entry 1 has a part “Not an id” that no question asks for."),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(kind: QuestionKind, value: Any, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_answer(question("a", kind, wording=ENTRIES), value)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("value", ["bell\x07", ["fine", "bell\x07"], {"part": {"deep": "bell\x07"}}])
def test_what_no_question_asks_for_any_more_is_kept_clean_however_deep_it_lies(value: Any) -> None:
    with pytest.raises(Refused, match="Entry 1 holds an invisible control character"):
        check_answer(question("a", QuestionKind.ENTRIES, wording=ENTRIES), [{"no_longer_asked": value}])


def test_a_section_that_is_shown_is_the_one_of_the_file() -> None:
    content = questionnaire(question("a"), id="look_back", title="Looking back")

    (shown,) = visible(content, 1, Depth.FULL, a_round())

    assert shown.section is content.sections[0]
