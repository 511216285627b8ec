"""What the timeline takes from a round of the record."""

from __future__ import annotations

import pytest

from debrief.domain.case import Interviewer, case_of, refuse_the_future
from debrief.domain.courses import Met, Round
from debrief.domain.facts import Interview, Meeting, Message, MessageKind, Person, Reflection
from debrief.errors import Refused
from tests.unit.domain.a_case import a_case, at, day, decided, heard, sent

INTERVIEW = Interview(
    id="i",
    application_id="a",
    round="panel",
    ended_at=at("3-02 15:00"),
    timezone="America/New_York",
    reply_by=day("3-13"),
)


def met(rapport: int | None = None, name: str = "Dana Whitfield") -> Met:
    person = Person(id=name, name=name, employer="Acme", recruiter=True)
    return Met(person, Meeting(interview_id="i", person_id=name, rapport=rapport))


def test_a_round_becomes_a_case_with_what_was_sent_and_not_with_drafts() -> None:
    note = Message(id="m", interview_id="i", kind=MessageKind.THANK_YOU, person_id="p", sent_at=at("3-02 17:00"))
    draft = Message(interview_id="i", kind=MessageKind.CHECK_IN)
    looked = Reflection(
        id="r", interview_id="i", questionnaire=1, started_at=at("3-02 16:00"), finished_at=at("3-02 16:20")
    )
    case = case_of(Round(INTERVIEW, (met(),), looked, messages=(note, draft)))
    assert [(one.kind, one.to, one.at, one.id) for one in case.sent] == [
        (MessageKind.THANK_YOU, "p", at("3-02 17:00"), "m")
    ]
    assert case.people == (Interviewer("Dana Whitfield", "Dana Whitfield", recruiter=True),)
    assert (case.reflected_at, case.reflection_id) == (at("3-02 16:20"), "r")
    assert (case.reply_by, case.zone.key) == (day("3-13"), "America/New_York")


@pytest.mark.parametrize(
    ("noted", "good"), [([], False), ([None], False), ([3], False), ([4], True), ([None, 5], True), ([1, 4], True)]
)
def test_rapport_is_good_where_at_least_one_person_was_noted_as_warm(noted: list[int | None], good: bool) -> None:
    people = tuple(met(rapport, f"Person {number}") for number, rapport in enumerate(noted))
    assert case_of(Round(INTERVIEW, people)).good_rapport is good


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, "waiting"),
        ({"heard": (heard("update", "3-04 10:00"),)}, "waiting"),
        ({"heard": (heard("offer", "3-04 10:00"), heard("update", "3-05 10:00"))}, "offer"),
        ({"heard": (heard("rejected", "3-06 10:00"), heard("offer", "3-04 10:00"))}, "rejected"),
        ({"heard": (heard("offer", "3-04 10:00"),), "decided": (decided("accepted", "3-04 10:00"),)}, "accepted"),
        ({"heard": (heard("offer", "3-05 10:00"),), "decided": (decided("let_go", "3-04 10:00"),)}, "offer"),
    ],
)
def test_the_status_is_what_came_last_and_the_decision_on_a_tie(facts: dict[str, object], status: str) -> None:
    assert a_case(**facts).status.value == status


@pytest.mark.parametrize(
    "facts",
    [
        {"ended_at": at("3-03 10:01")},
        {"reflected_at": at("3-03 10:01")},
        {"sent": (sent("thank_you", "3-03 10:01"),)},
        {"heard": (heard("update", "3-03 10:01"),)},
        {"decided": (decided("withdrew", "3-03 10:01"),)},
    ],
)
def test_facts_later_than_now_are_refused(facts: dict[str, object]) -> None:
    with pytest.raises(Refused, match="later than now"):
        refuse_the_future(a_case(**facts), at("3-03 10:00"))
    refuse_the_future(a_case(**facts), at("3-03 10:01"))
