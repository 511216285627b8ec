"""The papers of a workshop: a worksheet that gives nothing away, a handout that explains, a summary without names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from debrief.content import load_content
from debrief.domain.room import Room
from debrief.domain.scenarios import LetterExercise, LookBack, Scenario
from debrief.exchange.document import texts_of
from debrief.exchange.workshop import Plan, handout, plan_of, room_summary, worksheet
from debrief.usecases.documents import DocumentForm, document_file
from debrief.usecases.workshop.host import Facilitator, Host

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
CONTENT = load_content()
PLANS = [plan_of(CONTENT.workshops, programme.id) for programme in CONTENT.workshops.programmes]
FEEDBACK = {
    choice.feedback for plan in PLANS for one in plan.activities if isinstance(one, Scenario) for choice in one.choices
}


def names(plan: Plan) -> str:
    return plan.programme.id


def a_room(people: int) -> tuple[Host, Facilitator, list[str]]:
    host = Host()
    lead = host.admit(host.secret)
    lead.open_room(PLANS[0].programme, NOW)
    lead.open_step(0, NOW)
    return host, lead, [host.join(host.code, NOW) for _ in range(people)]


def summary_of(room: Room | None) -> str:
    assert room is not None
    return "\n".join(texts_of(room_summary(PLANS[0], room, CONTENT.guides, NOW)))


@pytest.mark.parametrize("plan", PLANS, ids=names)
def test_a_worksheet_holds_every_situation_and_no_answer(plan: Plan) -> None:
    told = "\n".join(texts_of(worksheet(plan)))

    assert all(activity.situation in told for activity in plan.activities)
    assert not any(feedback in told for feedback in FEEDBACK)
    for activity in plan.activities:
        match activity:
            case Scenario(choices=choices):
                assert all(choice.text in told for choice in choices)
            case LetterExercise(letter=letter, better=better):
                assert letter.body in told
                assert better.body not in told
            case LookBack(noticings=noticings):
                assert not any(one.noticed in told for one in noticings)


@pytest.mark.parametrize("plan", PLANS, ids=names)
def test_a_handout_explains_every_choice_and_where_the_guides_differ(plan: Plan) -> None:
    told = "\n".join(texts_of(handout(plan, CONTENT.guides)))

    for activity in plan.activities:
        if isinstance(activity, Scenario):
            assert all(choice.feedback in told for choice in activity.choices)
    assert "Where the guides differ" in told
    assert "Solvnex" in told


@pytest.mark.parametrize("form", [DocumentForm.PDF, DocumentForm.WORD])
def test_the_papers_are_files_to_print(form: DocumentForm) -> None:
    everything = PLANS[-1]

    for document in (worksheet(everything), handout(everything, CONTENT.guides)):
        file = document_file(document, form)
        assert file.content[:4] in (b"%PDF", b"PK\x03\x04")
        assert file.name.endswith(form.value)


def test_a_summary_says_what_the_room_answered_and_missed_without_anybody() -> None:
    host, lead, seats = a_room(6)
    scenario = PLANS[0].activities[0]
    for seat, choice in zip(seats, "bbbddc", strict=True):
        host.answer(seat, scenario, frozenset({choice}), NOW)
        host.keep_draft(seat, "x", "a private thought", NOW)
    lead.show_answers(True, NOW)

    told = summary_of(host.room(NOW))

    assert "6 people" in told
    assert "1 of 6" in told
    assert "6 answers." in told
    assert "Within 24 hours" in told
    assert "private" not in told
    assert not any(seat in told for seat in seats)
    assert host.code not in told


def test_a_summary_keeps_quiet_about_a_handful() -> None:
    host, _, seats = a_room(4)
    for seat in seats:
        host.answer(seat, PLANS[0].activities[0], frozenset({"d"}), NOW)

    told = summary_of(host.room(NOW))

    assert "fewer than 5" in told
    assert "Fewer than 5 answers: not shown." in told
    assert "missed" not in told
    assert "4" not in told.replace("2026-03-04", "")
