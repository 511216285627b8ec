"""Drafts, notes that went out, and answers to what a draft asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from debrief.content import load_content
from debrief.desk.brief import Wishes
from debrief.desk.composer import Draft
from debrief.desk.questions import Home, Question
from debrief.domain.answer_checks import check_answer
from debrief.domain.checks import LONGEST_TEXT
from debrief.domain.facts import Interview, Message, MessageKind, Word
from debrief.domain.letters import Templates, Text
from debrief.errors import NotFound, Refused
from debrief.store import Store
from debrief.usecases.answers import WordEntry, log_word
from debrief.usecases.composing import composed, give_back
from debrief.usecases.notes import Slot, draft_in, mark_sent, save_draft, take_back_sent
from debrief.usecases.reflections import begin
from tests.unit.usecases.a_record import ANY_SCRIPT, ME, NOW, logged, logged_panel, person_named, reflecting, round_of

ENDED = datetime(2026, 3, 3, 15, tzinfo=UTC)
CONTENT = load_content()


@pytest.fixture
def interview(sqlite_store: Store) -> Interview:
    """Yesterday's panel."""
    return logged_panel(sqlite_store)


@pytest.fixture
def to_dana(sqlite_store: Store, interview: Interview) -> Slot:
    """The thank-you to Dana, about whom two topics were noted."""
    return Slot(interview.id, MessageKind.THANK_YOU, person_named(sqlite_store, interview, "Dana Whitfield"))


@pytest.fixture
def to_kofi(sqlite_store: Store, interview: Interview) -> Slot:
    """The thank-you to Kofi, about whom nothing was noted."""
    return Slot(interview.id, MessageKind.THANK_YOU, person_named(sqlite_store, interview, "Kofi Mensah"))


def saved(store: Store, slot: Slot, body: str, subject: str = "Thank you") -> Message:
    return save_draft(ME, store, NOW, slot, text=Text(subject, body))


def stored_draft(store: Store, slot: Slot) -> Message | None:
    with store.unit(ME.owner, NOW) as unit:
        return draft_in(unit, slot)


def drafted(store: Store, slot: Slot, templates: Templates = CONTENT.templates) -> Draft:
    return composed(ME, store, NOW, slot, templates=templates, wishes=Wishes())


def asked(store: Store, slot: Slot, fact: str) -> Question:
    (question,) = (ask for ask in drafted(store, slot).asks if ask.fact == fact)
    return question


def test_a_draft_is_kept_as_it_stands(sqlite_store: Store, to_dana: Slot) -> None:
    first = saved(sqlite_store, to_dana, "Dear Da")
    second = saved(sqlite_store, to_dana, "Dear Dana,")

    assert second.id == first.id
    assert stored_draft(sqlite_store, to_dana) == second


@pytest.mark.parametrize("text", ANY_SCRIPT)
def test_a_draft_in_any_script_is_kept_exactly(sqlite_store: Store, to_dana: Slot, text: str) -> None:
    saved(sqlite_store, to_dana, text, subject=text)

    draft = stored_draft(sqlite_store, to_dana)
    assert draft
    assert (draft.subject, draft.body) == (text, text)


def test_each_note_has_a_draft_of_its_own(sqlite_store: Store, to_dana: Slot, to_kofi: Slot) -> None:
    to_nobody = replace(to_dana, person_id=None)
    check_in = replace(to_dana, kind=MessageKind.CHECK_IN)
    for slot in (to_dana, to_kofi, to_nobody, check_in):
        saved(sqlite_store, slot, str(slot))

    for slot in (to_dana, to_kofi, to_nobody, check_in):
        draft = stored_draft(sqlite_store, slot)
        assert draft
        assert draft.body == str(slot)


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [("Thanks\x00", "", "subject"), ("", "Dear\x1bDana", "body"), ("", "x" * (LONGEST_TEXT + 1), "body")],
)
def test_a_draft_that_cannot_be_kept_is_refused_and_the_last_one_stays(
    sqlite_store: Store, to_dana: Slot, subject: str, body: str, field: str
) -> None:
    before = saved(sqlite_store, to_dana, "Dear Dana,")

    with pytest.raises(Refused) as refused:
        saved(sqlite_store, to_dana, body, subject=subject)

    assert refused.value.field == field
    assert stored_draft(sqlite_store, to_dana) == before


def test_a_sent_note_is_frozen_and_a_new_draft_is_another_note(sqlite_store: Store, to_dana: Slot) -> None:
    saved(sqlite_store, to_dana, "Dear Dana, thank you.")
    sent = mark_sent(ME, sqlite_store, NOW, to_dana, NOW)

    another = saved(sqlite_store, to_dana, "One more thing.")

    assert another.id != sent.id
    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.get(Message, sent.id) == sent
    assert (sent.body, sent.sent_at) == ("Dear Dana, thank you.", NOW)


def test_a_save_that_comes_late_begins_no_second_note_of_the_same_words(sqlite_store: Store, to_dana: Slot) -> None:
    saved(sqlite_store, to_dana, "Dear Dana, thank you.")
    sent = mark_sent(ME, sqlite_store, NOW, to_dana, NOW)

    assert saved(sqlite_store, to_dana, "Dear Dana, thank you.") == sent

    assert stored_draft(sqlite_store, to_dana) is None


@pytest.mark.parametrize("at", [ENDED, NOW])
def test_a_note_may_have_gone_out_at_the_very_end_or_right_now(
    sqlite_store: Store, to_dana: Slot, at: datetime
) -> None:
    saved(sqlite_store, to_dana, "Dear Dana,")

    assert mark_sent(ME, sqlite_store, NOW, to_dana, at).sent_at == at


@pytest.mark.parametrize(
    ("at", "says"),
    [(ENDED - timedelta(minutes=1), "before the interview ended"), (NOW + timedelta(minutes=1), "in the future")],
)
def test_a_note_sent_out_of_its_time_is_refused_and_stays_a_draft(
    sqlite_store: Store, to_dana: Slot, at: datetime, says: str
) -> None:
    draft = saved(sqlite_store, to_dana, "Dear Dana,")

    with pytest.raises(Refused, match=says):
        mark_sent(ME, sqlite_store, NOW, to_dana, at)

    assert stored_draft(sqlite_store, to_dana) == draft


def test_nothing_is_marked_as_sent_that_was_not_written(sqlite_store: Store, to_dana: Slot) -> None:
    with pytest.raises(Refused, match="no draft to mark as sent"):
        mark_sent(ME, sqlite_store, NOW, to_dana, NOW)


def test_a_sent_mark_taken_back_makes_it_a_draft_again(sqlite_store: Store, to_dana: Slot) -> None:
    saved(sqlite_store, to_dana, "Dear Dana,")
    sent = mark_sent(ME, sqlite_store, NOW, to_dana, NOW)

    draft = take_back_sent(ME, sqlite_store, NOW, sent)

    assert (draft.id, draft.sent_at, draft.body) == (sent.id, None, "Dear Dana,")
    assert stored_draft(sqlite_store, to_dana) == draft


def test_sending_can_be_undone_from_the_journal(sqlite_store: Store, to_dana: Slot) -> None:
    saved(sqlite_store, to_dana, "Dear Dana,")
    mark_sent(ME, sqlite_store, NOW, to_dana, NOW)

    with sqlite_store.unit(ME.owner, NOW) as unit:
        (done, *_) = unit.journal()
        unit.undo(done.id)

    assert done.sentence == "Sent the thank-you to Dana Whitfield"
    draft = stored_draft(sqlite_store, to_dana)
    assert draft
    assert draft.body == "Dear Dana,"


def test_a_note_for_an_interview_that_is_gone_is_not_kept(sqlite_store: Store, to_dana: Slot) -> None:
    with pytest.raises(NotFound):
        saved(sqlite_store, replace(to_dana, interview_id="0" * 32), "Dear Dana,")


def test_the_answer_about_a_topic_goes_to_the_meeting_and_into_the_draft(sqlite_store: Store, to_kofi: Slot) -> None:
    assert "tidal turbines" not in drafted(sqlite_store, to_kofi).body

    question = asked(sqlite_store, to_kofi, "topics")
    give_back(ME, sqlite_store, NOW, to_kofi, question=question, text=" the tidal turbines ")

    assert "the tidal turbines" in drafted(sqlite_store, to_kofi).body
    with sqlite_store.unit(ME.owner, NOW) as unit:
        one = unit.course_of(to_kofi.interview_id).round_of(to_kofi.interview_id)
    assert one
    met = one.met_by(to_kofi.person_id)
    assert met
    assert met.meeting.topics == ("the tidal turbines",)


def test_a_topic_that_is_typed_on_takes_the_place_of_its_beginning(sqlite_store: Store, to_kofi: Slot) -> None:
    question = asked(sqlite_store, to_kofi, "topics")

    def give(text: str, instead_of: str = "") -> str:
        return give_back(ME, sqlite_store, NOW, to_kofi, question=question, text=text, instead_of=instead_of)

    def topics() -> tuple[str, ...]:
        with sqlite_store.unit(ME.owner, NOW) as unit:
            one = unit.course_of(to_kofi.interview_id).round_of(to_kofi.interview_id)
        met = one.met_by(to_kofi.person_id) if one else None
        return met.meeting.topics if met else ()

    given = give("the tidal turbines ", instead_of=give("the ti"))
    assert topics() == ("the tidal turbines",)

    give("", instead_of=given)
    assert topics() == ()


def test_the_senders_name_is_asked_once_and_signs_every_note(sqlite_store: Store, to_dana: Slot, to_kofi: Slot) -> None:
    give_back(ME, sqlite_store, NOW, to_dana, question=asked(sqlite_store, to_dana, "sender"), text="Aisyah Rahman")

    assert drafted(sqlite_store, to_kofi).body.endswith("Aisyah Rahman")
    assert all(ask.fact != "sender" for ask in drafted(sqlite_store, to_kofi).asks)


def test_a_loose_end_goes_to_the_reflection_and_into_the_draft(sqlite_store: Store, to_dana: Slot) -> None:
    question = asked(sqlite_store, to_dana, "clarification")
    begin(ME, sqlite_store, NOW, to_dana.interview_id, questionnaire=1)
    give_back(ME, sqlite_store, NOW, to_dana, question=question, text="I have led two projects of this size")

    assert "I have led two projects of this size" in drafted(sqlite_store, to_dana).body


def test_an_answer_for_the_reflection_is_not_lost_where_none_was_begun(sqlite_store: Store, to_dana: Slot) -> None:
    with pytest.raises(NotFound, match="no reflection"):
        give_back(
            ME,
            sqlite_store,
            NOW,
            to_dana,
            question=asked(sqlite_store, to_dana, "clarification"),
            text="I have led two",
        )


def question_about(fact: str, question: str, noted: str = "") -> Question:
    """A question beside a draft whose answer belongs to the reflection."""
    return Question(fact, "?", Home.REFLECTION, fact, reflection_question=question, noted=noted)


def test_a_skill_is_kept_as_the_reflection_asks_for_it_beside_the_others(
    sqlite_store: Store, interview: Interview, to_dana: Slot
) -> None:
    reflecting(sqlite_store, interview, skills=[{"skill": "SQL", "have": 2}])

    give_back(ME, sqlite_store, NOW, to_dana, question=question_about("skills", "skills"), text="stakeholder work")

    answers = round_of(sqlite_store, interview).answers
    assert answers["skills"].value == [{"skill": "stakeholder work"}, {"skill": "SQL", "have": 2}]
    check_answer(CONTENT.questionnaire.questions["skills"], answers["skills"].value)


def test_a_point_worded_for_the_letter_stands_before_its_note_and_nothing_typed_is_lost(
    sqlite_store: Store, interview: Interview, to_dana: Slot
) -> None:
    reflecting(sqlite_store, interview, left_out=["welsh??", "the award"])

    question = question_about("added_point", "left_out", noted="welsh??")
    give_back(ME, sqlite_store, NOW, to_dana, question=question, text="I speak some Welsh")

    answers = round_of(sqlite_store, interview).answers
    assert answers["left_out"].value == ["I speak some Welsh", "welsh??", "the award"]
    check_answer(CONTENT.questionnaire.questions["left_out"], answers["left_out"].value)


def test_what_they_asked_for_goes_to_the_latest_request(sqlite_store: Store, interview: Interview) -> None:
    for hours in (2, 1):
        at = NOW - timedelta(hours=hours)
        log_word(ME, sqlite_store, NOW, interview.id, WordEntry(what=Word.REQUEST, at=at))
    slot = Slot(interview.id, MessageKind.SEND_MATERIAL)

    give_back(
        ME, sqlite_store, NOW, slot, question=asked(sqlite_store, slot, "requested"), text="the slides of the talk"
    )

    assert [word.note for word in round_of(sqlite_store, interview).heard] == ["", "the slides of the talk"]
    assert "the slides of the talk" in drafted(sqlite_store, slot).body


def test_who_recommended_one_goes_to_the_application(sqlite_store: Store) -> None:
    interview = logged(sqlite_store, source="Referral")
    slot = Slot(interview.id, MessageKind.THANK_YOU)

    give_back(ME, sqlite_store, NOW, slot, question=asked(sqlite_store, slot, "referrer"), text="Mei Tan")

    with sqlite_store.unit(ME.owner, NOW) as unit:
        assert unit.course_of(interview.id).application.source == "Referral by Mei Tan"


def test_an_empty_answer_changes_nothing(sqlite_store: Store, to_kofi: Slot) -> None:
    before = drafted(sqlite_store, to_kofi)

    give_back(ME, sqlite_store, NOW, to_kofi, question=asked(sqlite_store, to_kofi, "topics"), text="  ")

    assert drafted(sqlite_store, to_kofi) == before


def test_no_note_is_composed_for_an_interview_that_is_gone(sqlite_store: Store, to_dana: Slot) -> None:
    with pytest.raises(NotFound):
        drafted(sqlite_store, replace(to_dana, interview_id="0" * 32))
