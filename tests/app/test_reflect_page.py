"""Reflecting on the page: refused answers stay, no depth loses a part, two tabs keep both texts."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from debrief.content import load_content
from debrief.domain.facts import Answer, Depth, Interview
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, log_interview
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
