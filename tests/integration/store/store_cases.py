"""One small record that tests of the store share: something of every kind under one application."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.facts import (
    Application,
    Decision,
    DecisionKind,
    DraftVersion,
    Fact,
    Heard,
    IgnoredFinding,
    Interview,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Rehearsal,
    Snooze,
    Story,
    Telling,
    Tick,
    Word,
)
from debrief.store import Unit
from debrief.store.mapping import KINDS


def an_application(employer: str = "Alder & Finch") -> Application:
    return Application(employer=employer, role="Analyst")


def an_interview(application: Application, ended_at: datetime) -> Interview:
    return Interview(application_id=application.id, round="panel", ended_at=ended_at, timezone="Asia/Kuala_Lumpur")


def a_full_case(now: datetime) -> list[Fact]:
    """One application with something of every kind under it, parents first."""
    application = an_application()
    interview = an_interview(application, now)
    person = Person(name="Dana Whitfield", employer=application.employer)
    reflection = Reflection(interview_id=interview.id, questionnaire=1, started_at=now)
    note = Message(interview_id=interview.id, kind=MessageKind.THANK_YOU, person_id=person.id, body="Thank you.")
    story = Story(title="The ledger", interview_ids=(interview.id,), created_at=now)
    return [
        application,
        interview,
        person,
        Meeting(interview_id=interview.id, person_id=person.id, topics=("budgets",)),
        reflection,
        ReflectionAnswer(reflection_id=reflection.id, question="went_well", value="the case", saved_at=now),
        note,
        DraftVersion(message_id=note.id, subject="Thanks", body="Thank you so much.", kept_at=now),
        IgnoredFinding(message_id=note.id, rule="too-short", words="", at=now),
        story,
        Telling(story_id=story.id, interview_id=interview.id, landed=4),
        Rehearsal(interview_id=interview.id, question="Why us?", seconds=90, rating=3, at=now),
        Heard(interview_id=interview.id, what=Word.UPDATE, at=now),
        Decision(interview_id=interview.id, what=DecisionKind.LET_GO, at=now),
        Tick(interview_id=interview.id, item="search_on", at=now),
        Snooze(interview_id=interview.id, step="connect", person_id=person.id, at=now),
    ]


def count_all(unit: Unit) -> int:
    return sum(len(unit.find(kind)) for kind in KINDS)
