"""Sharing by consent: what an advisor reads, what they do not, and that the student sees and ends it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from debrief.content import load_content
from debrief.domain.centre import Share
from debrief.domain.facts import Answer, Application, Interview, Message, MessageKind, Reflection, ReflectionAnswer
from debrief.domain.questionnaire import Questionnaire
from debrief.errors import DebriefError, NotFound, Refused
from debrief.exchange.markdown import blocks_as_markdown
from debrief.store import Store
from debrief.usecases.centre import sharing
from debrief.usecases.centre.sharing import InterviewTold
from tests.integration.centre.conftest import acting

AMINA, BELA, CATO, DORA = map(acting, ("amina", "bela", "cato", "dora"))


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return load_content().questionnaire


@pytest.fixture
def reflected(centre_store: Store, now: datetime) -> str:
    """An interview of Amina's with a reflection, private parts and a note sent; and one more beside it."""
    ended = now - timedelta(days=2)
    application = Application(employer="Acorn Rail", role="Planner")
    interview, other = (
        Interview(application_id=application.id, round=name, ended_at=ended, timezone="Europe/London", notes=notes)
        for name, notes in (("Phone", "My own note about the corridor."), ("Panel", ""))
    )
    reflection = Reflection(interview_id=interview.id, questionnaire=1, started_at=now)
    said: dict[str, Answer] = {
        "word": "calm",
        "went_well": "the timetable",
        "unkind_story": "I froze",
        "liked": ["the team"],
    }
    note = Message(interview_id=interview.id, kind=MessageKind.THANK_YOU, body="Thank you.", sent_at=now)
    with centre_store.unit(AMINA.owner, now, "Logged") as unit:
        unit.add_all([application, interview, other, reflection, note])
        for question, value in said.items():
            unit.add(ReflectionAnswer(reflection_id=reflection.id, question=question, value=value, saved_at=now))
    return interview.id


def words(told: InterviewTold) -> str:
    """Everything that is read on screen."""
    parts = [blocks_as_markdown(section.blocks) for section in told.sections]
    return "\n".join([*parts, *(f"{one.question}\n{blocks_as_markdown(one.blocks)}" for one in told.answers)])


def open_as(actor: object, store: Store, now: datetime, interview: str, questionnaire: Questionnaire) -> InterviewTold:
    share = Share("amina", interview, "cato", now, with_private=True)
    return sharing.shared_interview(actor, store, now, share, questionnaire, opened=True)  # pyright: ignore[reportArgumentType]


def test_a_shared_interview_reads_without_its_private_parts(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire
) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    plain = open_as(CATO, centre_store, now, reflected, questionnaire)
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner, with_private=True)
    whole = open_as(CATO, centre_store, now, reflected, questionnaire)

    private = {section.title for section in questionnaire.sections if section.private}
    assert plain.answers
    assert not {answer.section for answer in plain.answers} & private
    assert plain.sections[0].id == "facts"
    assert "corridor" not in words(plain)
    assert "messages" not in {section.id for section in plain.sections}
    assert "corridor" in words(whole)
    assert {"messages", "notes"} <= {section.id for section in whole.sections}
    assert {answer.key for answer in plain.answers} == {"word", "went_well"}
    assert {answer.key for answer in whole.answers} == {"word", "went_well", "unkind_story", "liked"}


def test_the_student_sees_the_same_as_the_advisor(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire
) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)

    theirs = open_as(CATO, centre_store, now, reflected, questionnaire)
    own = sharing.own_interview(AMINA, centre_store, now, reflected, questionnaire, with_private=False)

    assert words(own) == words(theirs)


def test_the_student_sees_with_whom_and_who_looked(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire
) -> None:
    later = now + timedelta(hours=3)
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    (before,) = sharing.given(AMINA, centre_store, now)
    open_as(CATO, centre_store, later, reflected, questionnaire)
    (after,) = sharing.given(AMINA, centre_store, later)

    assert (before.advisor, before.views, before.round.interview.id) == ("Cato", (), reflected)
    assert after.views == (later,)


def test_a_share_taken_back_ends_reading_and_commenting_at_once(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire
) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    (held,) = sharing.received(CATO, centre_store, now)
    assert (held.student.name, held.round.interview.id) == ("Amina", reflected)

    sharing.take_back(AMINA, centre_store, now, reflected, CATO.owner)

    assert sharing.received(CATO, centre_store, now) == ()
    with pytest.raises(NotFound):
        open_as(CATO, centre_store, now, reflected, questionnaire)
    with pytest.raises(NotFound):
        sharing.comment(CATO, centre_store, now, held.share, "", text="Hello")


@pytest.mark.parametrize("name", ["bela", "dora", "finn", "nobody", ""])
def test_nobody_but_the_advisor_who_was_chosen_reads_it(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire, name: str
) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    somebody = acting(name)

    assert sharing.received(somebody, centre_store, now) == ()
    assert sharing.given(somebody, centre_store, now) == ()
    for attempt in (
        lambda: open_as(somebody, centre_store, now, reflected, questionnaire),
        lambda: sharing.own_interview(somebody, centre_store, now, reflected, questionnaire, with_private=True),
        lambda: sharing.share(somebody, centre_store, now, reflected, CATO.owner),
        lambda: sharing.comment(somebody, centre_store, now, Share("amina", reflected, name, now), "", text="Hi"),
    ):
        with pytest.raises(DebriefError):
            attempt()
    sharing.take_back(somebody, centre_store, now, reflected, CATO.owner)
    assert len(sharing.given(AMINA, centre_store, now)) == 1


def test_nothing_but_the_chosen_interview_is_shared(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire
) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    with centre_store.unit(AMINA.owner, now) as unit:
        others = [interview.id for interview in unit.find(Interview) if interview.id != reflected]

    assert [one.round.interview.id for one in sharing.received(CATO, centre_store, now)] == [reflected]
    assert others
    for other in others:
        with pytest.raises(NotFound):
            open_as(CATO, centre_store, now, other, questionnaire)


def test_a_comment_stands_beside_its_answer_for_both(
    centre_store: Store, now: datetime, reflected: str, questionnaire: Questionnaire
) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    (held,) = sharing.received(CATO, centre_store, now)
    key = open_as(CATO, centre_store, now, reflected, questionnaire).answers[0].key

    written = sharing.comment(CATO, centre_store, now, held.share, key, text="  Well put.  ")
    sharing.comment(CATO, centre_store, now, held.share, "", text="Call me.")

    for told in (
        open_as(CATO, centre_store, now, reflected, questionnaire),
        sharing.own_interview(AMINA, centre_store, now, reflected, questionnaire, with_private=False),
    ):
        assert [one.text for one in told.answers[0].comments] == ["Well put."]
        assert [one.text for one in told.comments] == ["Call me."]
    sharing.remove_comment(AMINA, centre_store, now, written)
    assert not open_as(CATO, centre_store, now, reflected, questionnaire).answers[0].comments


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001])
def test_an_empty_or_endless_comment_is_refused(centre_store: Store, now: datetime, reflected: str, text: str) -> None:
    sharing.share(AMINA, centre_store, now, reflected, CATO.owner)
    (held,) = sharing.received(CATO, centre_store, now)

    with pytest.raises(Refused):
        sharing.comment(CATO, centre_store, now, held.share, "", text=text)


def test_consent_to_be_counted_is_given_and_taken_back(centre_store: Store, now: datetime) -> None:
    assert not sharing.counted_in(BELA, centre_store, now)
    sharing.count_me(BELA, centre_store, now, in_figures=True)
    assert sharing.counted_in(BELA, centre_store, now)
    assert not sharing.counted_in(AMINA, centre_store, now)
    sharing.count_me(BELA, centre_store, now, in_figures=False)
    assert not sharing.counted_in(BELA, centre_store, now)
