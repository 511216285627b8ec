"""Invented histories of any size, as facts in a database of their own: what the benchmarks measure on."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from debrief.domain.facts import (
    Answer,
    Application,
    Decision,
    DecisionKind,
    Fact,
    Heard,
    Interview,
    Lesson,
    LessonState,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Word,
)
from debrief.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Asia/Kuala_Lumpur", "Africa/Nairobi")
COMPETENCIES = ("teamwork", "conflict", "pressure", "planning")
GIVEN = ("Amara", "Bo", "Chidi", "Dana", "Eun-ji", "Farah", "Goran", "Hana", "Ines", "Jamal", "Keiko", "Luis")
FAMILY = ("Okafor", "Lindqvist", "Whitfield", "Tanaka", "Moreno", "Haddad", "Novak", "Ito", "Rahman", "Silva", "Weiss")
SYLLABLES = [
    *("alda", "bren", "cor", "dun", "el", "fenn", "gor", "hald", "ist", "jor", "kest", "lum", "mar", "nor", "orr"),
    *("pell", "quin", "rost", "sal", "tarn", "ulm", "vane", "wex", "yarr", "zell", "birk", "cald", "dorn", "esk"),
    *("farr", "glen", "hythe", "ink", "kell", "lorn", "mere", "nash"),
]
TRADES = ("Partners", "Energy", "Rail", "Care", "Foods", "Mills", "Studio")
GOING_ON = 20
SETTLED_SINCE = timedelta(days=300)
"""Of a history that is kept up: the applications that are still going on, and how long the others lie back."""
AT_ONCE = 5_000
"""Applications that are written in one unit."""


def fill(store: Store, owner: str, interviews: int, *, kept_up: bool = False) -> None:
    """Writes a history of about so many interviews over three years, two to an application.

    As it comes, every second interview was never looked back on, and many stay
    without an end. `kept_up`: as somebody leaves it who does what Debrief says.
    All but the last few applications lie months back, are looked back on and
    have come to an end.
    """
    chance, others = random.Random(11), random.Random(12)
    waiting: list[list[Fact]] = []
    for place in range(interviews // 2):
        if kept_up and place < interviews // 2 - GOING_ON:
            facts = list(_settled(list(_application(chance, place, SETTLED_SINCE))))
        else:
            facts = list(_application(chance, place))
        waiting.append([*facts, *_people(others, facts)])
        if len(waiting) == AT_ONCE:
            _write(store, owner, waiting)
            waiting = []
    _write(store, owner, waiting)


def _settled(facts: list[Fact]) -> Iterator[Fact]:
    """The same, with whatever is open brought to an end."""
    reflected = {fact.interview_id for fact in facts if isinstance(fact, Reflection)}
    decided = {fact.interview_id for fact in facts if isinstance(fact, Decision)}
    *_, last = (fact for fact in facts if isinstance(fact, Interview))
    for fact in facts:
        yield fact
        if not isinstance(fact, Interview):
            continue
        later = fact.ended_at + timedelta(days=45)
        if fact.id not in reflected:
            yield Reflection(interview_id=fact.id, questionnaire=1, started_at=fact.ended_at, finished_at=later)
        ended = {Word.REJECTED} if fact is last else {Word.REJECTED, Word.ADVANCED}
        if fact.id not in decided and not _heard(facts, fact) & ended:
            what = DecisionKind.DECLINED if Word.OFFER in _heard(facts, fact) else DecisionKind.LET_GO
            yield Decision(interview_id=fact.id, what=what, at=later)


def employer_called(place: int) -> str:
    """An invented employer of its own for each place."""
    first = place % 37
    second = (place // 37 + first) % 37
    third = (place // 37**2 + first + second) % 37
    return f"{SYLLABLES[first].title()}{SYLLABLES[second]} {SYLLABLES[third].title()} {TRADES[place % len(TRADES)]}"


def _heard(facts: list[Fact], interview: Interview) -> set[Word]:
    return {fact.what for fact in facts if isinstance(fact, Heard) and fact.interview_id == interview.id}


def _people(chance: random.Random, facts: list[Fact]) -> Iterator[Fact]:
    """One person at each employer, met in every round."""
    employer = next(fact.employer for fact in facts if isinstance(fact, Application))
    person = Person(name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}", employer=employer, title="Team lead")
    yield person
    for fact in facts:
        if isinstance(fact, Interview):
            yield Meeting(interview_id=fact.id, person_id=person.id, topics=("The move to shifts of four",))


def _write(store: Store, owner: str, applications: list[list[Fact]]) -> None:
    """Facts of one kind together, parents first: that is fastest."""
    facts = sorted((fact for each in applications for fact in each), key=lambda fact: _ORDER[type(fact)])
    with store.unit(owner, NOW) as unit:
        unit.add_all(facts)


def _application(chance: random.Random, place: int, since: timedelta = timedelta()) -> Iterator[Fact]:
    """An application with two rounds, begun so long ago at least."""
    application = Application(
        employer=employer_called(place),
        role="Analyst",
        country=chance.choice((None, "GB", "MY")),
        source=chance.choice(("referral", "board", "direct")),
        employer_size=chance.choice(("small", "medium", "large", "")),
        role_family=chance.choice(("data", "teaching", "care")),
    )
    yield application
    begun = NOW - since - timedelta(days=chance.random() * 1000 + 0.1)
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
        yield Decision(interview_id=interview.id, what=DecisionKind.LET_GO, at=let_go)


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
        (Application, Interview, Person, Meeting, Reflection, ReflectionAnswer, Message, Heard, Decision, Lesson)
    )
}
