"""Reflecting on the page: refused answers stay, no depth loses a part, two tabs keep both texts."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from debrief.content import load_content
from debrief.domain.facts import Answer, Depth, Interview, Lesson, Reflection
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from debrief.usecases.record import remove_interview
from debrief.usecases.reflections import Writing, begin, choose_depth, save_answer
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, press, told, typed_into
from tests.app.test_pages import NOW

WENT_WELL = "What went well"


class Reflecting:
    """One reflection in the record, in full depth."""

    def __init__(self, record: Store, actor: Actor) -> None:
        self.record = record
        self.actor = actor
        entry = InterviewEntry(
            employer="Brightwater Energy",
            role="Data Analyst",
            round="Final",
            on=date(2026, 11, 22),
            at=time(10),
            timezone="UTC",
        )
        self.interview: Interview = log_interview(actor, record, NOW, entry)
        version = load_content().questionnaire.version
        self.id = begin(actor, record, NOW, self.interview.id, questionnaire=version).id
        choose_depth(actor, record, NOW, self.id, Depth.FULL)

    def answer(self, question: str, value: Answer) -> None:
        writing = Writing(question=question, value=value, base=None, tab="elsewhere")
        save_answer(self.actor, self.record, NOW, self.id, writing)

    def answers(self) -> dict[str, Answer]:
        with self.record.unit(self.actor.owner, NOW) as unit:
            one = unit.course_of(self.interview.id).round_of(self.interview.id)
        assert one
        return {key: answer.value for key, answer in one.answers.items()}


@pytest.fixture
def reflecting(record: Store, actor: Actor) -> Reflecting:
    """A reflection just begun."""
    return Reflecting(record, actor)


def held(app: AppTest, label: str) -> str:
    return str(next(field for field in [*app.text_input, *app.text_area] if label in field.label).value)


def test_an_answer_is_in_the_record_at_once_and_the_page_says_so(open_page: OpenPage, reflecting: Reflecting) -> None:
    app = open_page("reflect", interview=reflecting.interview.id, section="went_well")

    typed_into(app, WENT_WELL, "I stayed calm")

    assert reflecting.answers() == {"went_well": "I stayed calm"}
    assert "questions answered · saved 12:00" in app.get("progress")[0].text


def test_a_hundred_thousand_characters_are_kept_whole(open_page: OpenPage, reflecting: Reflecting) -> None:
    app = open_page("reflect", interview=reflecting.interview.id, section="went_well")
    long = "calm " * 20_000

    typed_into(app, WENT_WELL, long)

    assert reflecting.answers() == {"went_well": long}


@pytest.mark.parametrize(
    ("text", "says"), [("calm\x07", "position 5"), ("x" * 200_001, "200,001 characters")], ids=["control", "too long"]
)
def test_a_refused_answer_shows_one_sentence_and_stays_on_screen(
    open_page: OpenPage, reflecting: Reflecting, text: str, says: str
) -> None:
    app = open_page("reflect", interview=reflecting.interview.id, section="went_well")
    typed_into(app, WENT_WELL, "calm")

    typed_into(app, WENT_WELL, text)

    assert [says in error.value for error in app.error] == [True]
    assert held(app, WENT_WELL) == text
    assert reflecting.answers() == {"went_well": "calm"}


def test_two_tabs_keep_both_texts_until_one_is_chosen(open_page: OpenPage, reflecting: Reflecting) -> None:
    first, second = (
        open_page("reflect", interview=reflecting.interview.id, section="went_well") for _ in ("first", "second")
    )
    typed_into(first, WENT_WELL, "from the first")
    typed_into(second, WENT_WELL, "from the second")

    assert ["Two tabs wrote different answers here" in warning.value for warning in second.warning] == [True]
    assert held(second, WENT_WELL) == "from the second"
    assert {"from the first", "from the second"} <= {str(text.value) for text in second.text}

    typed_into(second, WENT_WELL, "from the second, and more")
    press(second, "Keep them all, one below the other")

    both = "from the first\n\nfrom the second, and more"
    assert reflecting.answers() == {"went_well": both}
    assert held(second, WENT_WELL) == both
    first.run()
    assert held(first, WENT_WELL) == both
    assert not first.warning


def test_a_browser_that_had_not_drawn_the_other_tabs_answer_yet_does_not_take_it_away(
    open_page: OpenPage, reflecting: Reflecting
) -> None:
    first, second = (
        open_page("reflect", interview=reflecting.interview.id, section="went_well") for _ in ("first", "second")
    )
    typed_into(first, WENT_WELL, "from the first")
    second.run()
    typed_into(first, WENT_WELL, "from the first, and more")
    second.run()

    typed_into(second, WENT_WELL, "from the first")

    assert held(second, WENT_WELL) == "from the first, and more"
    assert reflecting.answers() == {"went_well": "from the first, and more"}


def test_what_was_set_aside_is_what_its_tab_goes_on_with_after_a_change_of_section(
    open_page: OpenPage, reflecting: Reflecting
) -> None:
    first, second = (
        open_page("reflect", interview=reflecting.interview.id, section="went_well") for _ in ("first", "second")
    )
    typed_into(first, WENT_WELL, "from the first")
    typed_into(second, WENT_WELL, "from the second")

    press(second, "Next")
    press(second, "Back")

    assert held(second, WENT_WELL) == "from the second"
    typed_into(second, WENT_WELL, "from the second, and more")
    assert {"from the first", "from the second, and more"} <= {str(text.value) for text in second.text}


def test_the_tab_whose_answer_stands_types_on_against_no_version_of_its_own(
    open_page: OpenPage, reflecting: Reflecting
) -> None:
    first, second = (
        open_page("reflect", interview=reflecting.interview.id, section="went_well") for _ in ("first", "second")
    )
    typed_into(first, WENT_WELL, "from the first")
    typed_into(second, WENT_WELL, "from the second")

    for text in ("from the first, and", "from the first, and more"):
        typed_into(first, WENT_WELL, text)

    assert reflecting.answers() == {"went_well": "from the first, and more"}
    assert [str(text.value) for text in first.text] == ["from the first, and more", "from the second"]


def test_a_choice_made_on_an_older_screen_is_refused_and_loses_nothing(
    open_page: OpenPage, reflecting: Reflecting
) -> None:
    first, second = (
        open_page("reflect", interview=reflecting.interview.id, section="went_well") for _ in ("first", "second")
    )
    typed_into(first, WENT_WELL, "from the first")
    typed_into(second, WENT_WELL, "from the second")
    first.run()
    typed_into(second, WENT_WELL, "from the second, and more")

    press(first, "Keep version 1")

    assert ["changed once more in another tab" in error.value for error in first.error] == [True]
    assert "from the second, and more" in told(first)


def test_parts_that_are_not_asked_at_this_depth_stay(
    open_page: OpenPage, content_copy: Path, reflecting: Reflecting
) -> None:
    """A centre may ask some parts of an entry in the short form; the others must outlive an edit there."""
    file = content_copy / "en" / "reflection.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace(
        "- id: hard_questions\n        kind: entries",
        "- id: hard_questions\n        kind: entries\n        depth: short",
        1,
    )
    text = text.replace(
        "text: The question, as they asked it", "text: The question, as they asked it\n            depth: short", 1
    )
    file.write_text(text, encoding="utf-8")
    reflecting.answer("hard_questions", [{"asked": "Why us?", "said": "I like trains", "went": 2}, {"asked": "And?"}])
    app = open_page("reflect", interview=reflecting.interview.id, section="hard_ones")
    assert held(app, "What I said (1)") == "I like trains"

    chosen(app, "How long have you got?", Depth.SHORT)
    assert all("What I said" not in field.label for field in app.text_area)
    typed_into(app, r"The question, as they asked it \(1\)", "Why this place?")

    expected = [{"asked": "Why this place?", "said": "I like trains", "went": 2}, {"asked": "And?"}]
    assert reflecting.answers() == {"hard_questions": expected}


def test_an_entry_taken_out_goes_alone(open_page: OpenPage, reflecting: Reflecting) -> None:
    reflecting.answer("hard_questions", [{"asked": "Why us?", "went": 2}, {"asked": "And?"}])
    app = open_page("reflect", interview=reflecting.interview.id, section="hard_ones")

    press(app, "Take number 1 out")
    press(app, "Add another")
    typed_into(app, r"What I said \(2\)", "I like trains")

    assert reflecting.answers() == {"hard_questions": [{"asked": "And?"}, {"said": "I like trains"}]}


def test_what_follows_is_offered_once_though_written_twice_and_finishing_keeps_it(
    open_page: OpenPage, reflecting: Reflecting
) -> None:
    reflecting.answer("actions", ["Bring water", "bring water"])
    app = open_page("reflect", interview=reflecting.interview.id, section="end")
    assert not app.exception
    assert len(app.checkbox) == 1

    press(app, "Finish")

    assert "Finished." in app.success[0].value
    assert not app.checkbox


def test_each_kept_thing_is_taken_back_by_itself_and_can_be_kept_after_all(
    open_page: OpenPage, record: Store, reflecting: Reflecting
) -> None:
    reflecting.answer("actions", ["Bring water", "Ask about the team"])
    app = open_page("reflect", interview=reflecting.interview.id, section="end")
    press(app, "Finish")
    assert "Lesson for next time: Bring water" in told(app)

    press(app, "Take back")
    with record.unit(reflecting.actor.owner, NOW) as unit:
        (left,) = unit.find(Lesson)
    press(app, "Keep")
    with record.unit(reflecting.actor.owner, NOW) as unit:
        assert {lesson.text for lesson in unit.find(Lesson)} == {"Bring water", "Ask about the team"}
    assert left.text in {"Bring water", "Ask about the team"}


def test_an_entry_taken_out_comes_back_by_undo(open_page: OpenPage, reflecting: Reflecting) -> None:
    entries: Answer = [{"asked": "Why us?", "went": 2}, {"asked": "And?"}]
    reflecting.answer("hard_questions", entries)
    app = open_page("reflect", interview=reflecting.interview.id, section="hard_ones")

    press(app, "Take number 1 out")
    assert reflecting.answers() == {"hard_questions": [{"asked": "And?"}]}
    press(app, "Undo")

    assert reflecting.answers() == {"hard_questions": entries}
    assert held(app, r"The question, as they asked it (1)") == "Why us?"


def test_an_entry_that_could_not_be_taken_out_offers_no_undo_of_what_another_tab_did(
    open_page: OpenPage, record: Store, reflecting: Reflecting
) -> None:
    reflecting.answer("hard_questions", [{"asked": "Why us?"}, {"asked": "And?"}])
    app = open_page("reflect", interview=reflecting.interview.id, section="hard_ones")
    remove_interview(reflecting.actor, record, NOW, reflecting.interview.id)

    press(app, "Take number 1 out")

    assert "not in the record" in app.error[0].value
    assert "Undo" not in [button.label for button in app.button]


def test_the_first_answer_begins_the_reflection_at_the_depth_that_was_chosen(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    entry = InterviewEntry(
        employer="Birch & Partners", role="Analyst", round="First", on=date(2026, 11, 21), at=time(9), timezone="UTC"
    )
    interview = log_interview(actor, record, NOW, entry)
    app = open_page("reflect", interview=interview.id)
    chosen(app, "How long have you got?", Depth.FULL)
    with record.unit(actor.owner, NOW) as unit:
        assert unit.find(Reflection) == []

    typed_into(app, "In one word", "Tired")

    with record.unit(actor.owner, NOW) as unit:
        (begun,) = unit.find(Reflection)
    assert (begun.depth, begun.questionnaire) == (Depth.FULL, load_content().questionnaire.version)


def words_on(app: AppTest) -> list[str]:
    """The questions on the page with the answers in their fields."""
    fields = [*app.text_input, *app.text_area, *app.get("button_group")]
    return [f"{field.label}: {field.value}" for field in fields]


EDITS = {
    "version: 1\n": "version: 2\n",
    "text: In one word?": "text: In one word?\n        until: 1",
    "        text: How do you feel right now?\n": "        text: How is it going?\n        earlier:\n"
    "          - until: 1\n            text: How do you feel right now?\n",
    "      - id: overall\n": "      - id: added\n        since: 2\n        kind: long_text\n"
    "        text: What was new?\n        help: Version 2 asks for it, and version 1 did not.\n      - id: overall\n",
}


def test_a_reflection_of_version_one_opens_unchanged_after_version_two_adds_rewords_and_retires(
    open_page: OpenPage, content_copy: Path, record: Store, actor: Actor, reflecting: Reflecting
) -> None:
    for question, answer in {"face": 4, "word": "Relieved", "overall": 3}.items():
        reflecting.answer(question, answer)
    before = words_on(open_page("reflect", interview=reflecting.interview.id, section="arrive"))
    answers = reflecting.answers()

    file = content_copy / "en" / "reflection.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in EDITS.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")

    app = open_page("reflect", interview=reflecting.interview.id, section="arrive")
    assert words_on(app) == before
    assert any("In one word?: Relieved" in words for words in before)
    assert reflecting.answers() == answers
    newer = InterviewEntry(
        employer="Birch & Partners", role="Analyst", round="First", on=date(2026, 11, 21), at=time(9), timezone="UTC"
    )
    later = open_page("reflect", interview=log_interview(actor, record, NOW, newer).id, depth="full")
    asked = "\n".join(words_on(later))
    assert "How is it going?" in asked
    assert "What was new?" in asked
    assert "In one word?" not in asked


def test_a_broken_questionnaire_is_refused_with_file_and_line(open_page: OpenPage, content_copy: Path) -> None:
    file = content_copy / "en" / "reflection.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    broken = next(number for number, line in enumerate(lines) if "kind: faces" in line)
    lines[broken] = lines[broken].replace("faces", "smileys")
    file.write_text("".join(lines), encoding="utf-8")

    app = open_page("reflect")

    assert app.title[0].value == "The content files need mending"
    shown = app.dataframe[0].value.astype(str).to_string()
    assert "en/reflection.yaml" in shown
    assert str(broken + 1) in shown


def test_what_was_logged_about_a_person_need_not_be_written_again(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    entry = InterviewEntry(
        employer="Kestrel Rail",
        role="Planner",
        round="Final",
        on=date(2026, 11, 22),
        at=time(10),
        timezone="UTC",
        people=(PersonEntry(name="Dana Whitfield", topics="the signal boxes"), PersonEntry(name="Kofi Mensah")),
    )

    app = open_page("reflect", interview=log_interview(actor, record, NOW, entry).id)

    noted = [caption.value for caption in app.caption if "Noted already" in caption.value]
    assert len(noted) == 1
    assert "the signal boxes" in noted[0]
