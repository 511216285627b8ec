"""Invented histories of any size, as facts in a database of their own: what bench.insights measures on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from debrief.domain.facts import (
    Answer,
    Application,
    Decision,
    Fact,
    Heard,
    Interview,
    Lesson,
    LessonState,
    Message,
    MessageKind,
    Reflection,
    ReflectionAnswer,
    Verdict,
    Word,
)
from debrief.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Asia/Kuala_Lumpur", "Africa/Nairobi")
COMPETENCIES = ("teamwork", "conflict", "pressure", "planning")
AT_ONCE = 5_000
"""Applications that are written in one unit."""


def fill(store: Store, owner: str, interviews: int) -> None:
    """Writes a history of about so many interviews over three years, two to an application."""
    chance = random.Random(11)
    waiting: list[list[Fact]] = []
    for place in range(interviews // 2):
        waiting.append(list(_application(chance, place)))
        if len(waiting) == AT_ONCE:
            _write(store, owner, waiting)
            waiting = []
    _write(store, owner, waiting)


def _write(store: Store, owner: str, applications: list[list[Fact]]) -> None:
    """Facts of one kind together, parents first: that is fastest."""
    facts = sorted((fact for each in applications for fact in each), key=lambda fact: _ORDER[type(fact)])
    with store.unit(owner, NOW) as unit:
        unit.add_all(facts)


def _application(chance: random.Random, place: int) -> Iterator[Fact]:
    application = Application(
        employer=f"Employer {place}",
        role="Analyst",
        country=chance.choice((None, "GB", "MY")),
        source=chance.choice(("referral", "board", "direct")),
        employer_size=chance.choice(("small", "medium", "large", "")),
        role_family=chance.choice(("data", "teaching", "care")),
    )
    yield application
    begun = NOW - timedelta(days=chance.random() * 1000 + 0.1)
    for label in ("phone", "panel"):
        interview = Interview(application_id=application.id, round=label, ended_at=begun, timezone=chance.choice(ZONES))
        yield interview
        answered = begun + timedelta(days=chance.gammavariate(1.6, 6))
        yield from _outcome(chance, interview, answered)
        yield from _notes(chance, interview)
        yield from _reflection(chance, interview)
        if answered + timedelta(days=3) < NOW:
            begun = answered + timedelta(days=3)


def _outcome(chance: random.Random, interview: Interview, answered: datetime) -> Iterator[Fact]:
    answer = chance.choice((Word.ADVANCED, Word.REJECTED, Word.OFFER, Word.UPDATE, None))
    if answer and answered < NOW:
        yield Heard(interview_id=interview.id, what=answer, at=answered)
    let_go = interview.ended_at + timedelta(days=40)
    if (answer is None or not answer.is_final) and answered < let_go < NOW:
        yield Decision(interview_id=interview.id, what=Verdict.LET_GO, at=let_go)


def _notes(chance: random.Random, interview: Interview) -> Iterator[Fact]:
    for kind, days in ((MessageKind.THANK_YOU, chance.choice((0.2, 0.9, 2))), (MessageKind.CHECK_IN, 8)):
        at = interview.ended_at + timedelta(days=days)
        if at < NOW and chance.random() < 0.4:
            yield Message(interview_id=interview.id, kind=kind, body="Dear team, thank you. " * 20, sent_at=at)


def _reflection(chance: random.Random, interview: Interview) -> Iterator[Fact]:
    if chance.random() < 0.5:
        return
    at = interview.ended_at + timedelta(minutes=5)
    reflection = Reflection(interview_id=interview.id, questionnaire=1, started_at=at, finished_at=at)
    yield reflection
    hard: list[Answer] = [
        {"asked": "Why this team?", "went": chance.randint(1, 5), "competencies": [chance.choice(COMPETENCIES)]}
    ]
    answers: dict[str, Answer] = {
        "overall": chance.randint(1, 5),
        "chance": chance.randrange(0, 101, 10),
        "hard_questions": hard,
        "went_well": "The case went well, and the talk about the night shift did too. " * 5,
    }
    for question, value in answers.items():
        yield ReflectionAnswer(reflection_id=reflection.id, question=question, value=value, saved_at=at)
    if chance.random() < 0.2:
        state = chance.choice(list(LessonState))
        yield Lesson(
            text="Slow down",
            area=chance.choice(("Opening", "Clear answers")),
            state=state,
            interview_ids=(interview.id,),
            created_at=at,
            learned_at=at + timedelta(days=1) if state is LessonState.LEARNED else None,
        )


_ORDER = {
    kind: place
    for place, kind in enumerate(
        (Application, Interview, Reflection, ReflectionAnswer, Message, Heard, Decision, Lesson)
    )
}
