"""Histories for tests: applications in a few words, and one of twelve cases worked out by hand.

The twelve cases, all held in March 2026 (`now` is noon of the 31st); days to the
first word, and to the answer; c: censored.

| employer | round | ended | heard, decided | word | answer | application ends |
|---|---|---|---|---|---|---|
| Ash | phone | 2 | rejected 5 | 3 | 3 no | 1st, rejected |
| Birch | phone | 2 | advanced 4 | 2 | 2 yes | |
| | panel | 9 | rejected 16 | 7 | 7 no | 2nd, rejected |
| Cedar | phone | 3 | advanced the same day | 0 | 0 yes | |
| | panel | 6 | advanced 10 | 4 | 4 yes | |
| | final | 13 | offer 17, accepted 19 | 4 | 4 yes | 3rd, accepted |
| Dogwood | phone | 2 | | 29 c | 29 c | 1st, waiting |
| Elm | phone | 2 | let go 30 | 28 c | 28 c | 1st, let go |
| Fir | phone | 4 | update 9 | 5 | 27 c | 1st, waiting |
| Gorse | phone | 5 | withdrew 8, rejected 12 all the same | 7 | 7 no | 1st, rejected |
| Hazel | phone | 6 | rejected 10, then advanced 20; panel in April | 4 | 14 yes | 1st, scheduled |
| Ivy | phone | 9 | advanced 11; panel cancelled | 2 | 2 yes | 1st, cancelled |
| Juniper | phone | 10 | offer 12, not answered | 2 | 2 yes | 1st, offer |
| Kapok | final | 11, 23:30 in Kuala Lumpur | rejected an hour later | 1 | 1 no | 1st, rejected |
| Larch | phone | 2 | advanced 6; nobody came to the panel | 4 | 4 yes | 1st, no show |

That is 15 interviews of 12 applications. Maple, whose first round is still to
come, is in no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd

from debrief.domain.courses import Course, Round
from debrief.domain.facts import (
    Answer,
    Application,
    Channel,
    Decision,
    DecisionKind,
    Fact,
    Heard,
    Interview,
    Lesson,
    LessonState,
    Message,
    MessageKind,
    Reflection,
    ReflectionAnswer,
    RoundState,
    Word,
)
from debrief.domain.workdays import WorkingDays
from debrief.insights import record
from debrief.insights.check_ins import Conventions, check_ins_of
from debrief.insights.reading import Reads
from tests.house_rules import BOOK

NAMES = ("Acme", "Birch & Loom", "Cobalt Freight", "Dovetail Health", "Elmwood Transit")
COMPETENCIES = ("teamwork", "conflict", "pressure")
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def march(day: float) -> datetime:
    """Noon of a day in March 2026, UTC; halves are half days."""
    return datetime(2026, 2, 28, 12, tzinfo=UTC) + timedelta(days=day)


def held(
    label: str,
    ended: datetime | float,
    heard: Mapping[str, datetime | float] | None = None,
    decided: Mapping[str, datetime | float] | None = None,
    *,
    zone: str = "Europe/London",
    state: RoundState = RoundState.HELD,
    sent: Mapping[str, float] | None = None,
    reflected: float | None = None,
    answers: Mapping[str, Answer] | None = None,
) -> Round:
    """One round; times are days in March or instants."""
    interview = Interview(application_id="", round=label, ended_at=_at(ended), timezone=zone, state=state)
    reflection = None
    if reflected is not None or answers:
        finished = None if reflected is None else _at(reflected)
        reflection = Reflection(interview_id=interview.id, questionnaire=1, started_at=_at(ended), finished_at=finished)
    return Round(
        interview=interview,
        reflection=reflection,
        heard=tuple(Heard(interview_id=interview.id, what=Word(k), at=_at(v)) for k, v in (heard or {}).items()),
        decisions=tuple(
            Decision(interview_id=interview.id, what=DecisionKind(k), at=_at(v)) for k, v in (decided or {}).items()
        ),
        messages=tuple(
            Message(interview_id=interview.id, kind=MessageKind(k), channel=Channel.EMAIL, sent_at=_at(v))
            for k, v in (sent or {}).items()
        ),
        answers={
            question: ReflectionAnswer(reflection_id=reflection.id, question=question, value=value, saved_at=_at(ended))
            for question, value in (answers or {}).items()
            if reflection
        },
    )


def course(employer: str, *rounds: Round, **labels: str) -> Course:
    """One application with these rounds."""
    return Course(Application(employer=employer, role="Analyst", **labels), rounds)


def twelve_cases() -> list[Course]:
    """The history of the table above."""
    kuala_lumpur = datetime(2026, 3, 11, 15, 30, tzinfo=UTC)
    return [
        course("Ash", held("phone", 2, {"rejected": 5})),
        course("Birch", held("phone", 2, {"advanced": 4}), held("panel", 9, {"rejected": 16})),
        course(
            "Cedar",
            held("phone", 3, {"advanced": 3.2}),
            held("panel", 6, {"advanced": 10}),
            held("final", 13, {"offer": 17}, {"accepted": 19}),
        ),
        course("Dogwood", held("phone", 2)),
        course("Elm", held("phone", 2, decided={"let_go": 30})),
        course("Fir", held("phone", 4, {"update": 9})),
        course("Gorse", held("phone", 5, {"rejected": 12}, {"withdrew": 8})),
        course(
            "Hazel",
            held("phone", 6, {"rejected": 10, "advanced": 20}),
            held("panel", 33, state=RoundState.SCHEDULED),
        ),
        course("Ivy", held("phone", 9, {"advanced": 11}), held("panel", 18, state=RoundState.CANCELLED)),
        course("Juniper", held("phone", 10, {"offer": 12})),
        course(
            "Kapok",
            held("final", kuala_lumpur, {"rejected": kuala_lumpur + timedelta(hours=1)}, zone="Asia/Kuala_Lumpur"),
        ),
        course("Larch", held("phone", 2, {"advanced": 6}), held("panel", 10, state=RoundState.NO_SHOW)),
        course("Maple", held("phone", 34, state=RoundState.SCHEDULED)),
    ]


def facts_of(courses: Iterable[Course], lessons: Iterable[Lesson] = ()) -> list[Fact]:
    """The facts of which these courses consist, parents before what hangs under them."""
    facts: list[Fact] = list(lessons)
    for each in courses:
        facts.append(each.application)
        for one in each.rounds:
            facts.append(replace(one.interview, application_id=each.application.id))
            facts += [one.reflection] if one.reflection else []
            facts += [*one.answers.values()]
            facts += [replace(fact, interview_id=one.interview.id) for fact in (*one.messages, *one.heard)]
            facts += [replace(fact, interview_id=one.interview.id) for fact in one.decisions]
    return facts


def reads_of(facts: Iterable[Fact]) -> Reads:
    """Reads columns of these facts in the order in which the store does."""
    kept = list(facts)

    def read(kind: type[Fact], names: Sequence[str], /, **wanted: Any) -> Mapping[str, Sequence[Any]]:
        found = [fact for fact in kept if type(fact) is kind]
        found = [fact for fact in found if all(getattr(fact, name) in among for name, among in wanted.items())]
        found.sort(key=_in_time)
        return {name: [getattr(fact, name) for fact in found] for name in names}

    return read


def frame_of(courses: Iterable[Course], now: datetime) -> pd.DataFrame:
    """The frame of history for these courses."""
    return record_of(courses, [], now, Conventions(BOOK.rules["standard"], lambda _: WorkingDays())).interviews


def record_of(
    courses: Iterable[Course], lessons: Iterable[Lesson], now: datetime, conventions: Conventions
) -> record.Record:
    """What the charts read, for these courses."""
    parts = record.parts_of(reads_of(facts_of(courses, lessons)))
    return record.record_of(parts, check_ins_of(parts.rounds, parts.notes, conventions), now)


def _in_time(fact: Any) -> tuple[datetime, str]:
    names = ("ended_at", "sent_at", "started_at", "saved_at", "at", "created_at")
    at = next((getattr(fact, name) for name in names if hasattr(fact, name)), None)
    return (at or datetime.max.replace(tzinfo=UTC), fact.id)


def invented(interviews: int, seed: int = 7) -> list[Course]:
    """A search of about so many interviews, the same each time: every kind of course, reflections, notes, check-ins."""
    chance = Random(seed)
    courses: list[Course] = []
    while sum(len(one.rounds) for one in courses) < interviews:
        begun = 31 - chance.random() * min(300, 20 + 3 * interviews)
        name = f"{chance.choice(NAMES)} {len(courses) + 1}"
        courses.append(course(name, *_invented_rounds(chance, begun), source=chance.choice(["referral", "board"])))
    return courses


def invented_lessons(courses: list[Course], seed: int = 7) -> list[Lesson]:
    """A lesson from about every second interview."""
    chance = Random(seed)
    rounds = [one for each in courses for one in each.rounds if chance.random() < 0.5]
    return [
        Lesson(
            text=f"Lesson {place}",
            area=chance.choice(["Opening", "Clear answers", ""]),
            state=chance.choice(list(LessonState)),
            interview_ids=(one.interview.id,),
            created_at=NOW,
        )
        for place, one in enumerate(rounds)
    ]


def _invented_rounds(chance: Random, begun: float) -> Iterator[Round]:
    for label in ("phone", "panel", "final"):
        took = chance.gammavariate(1.6, 5)
        answer = chance.choice(["advanced", "advanced", "rejected", "offer", ""])
        answered = begun + took
        heard = {answer: answered} if answer and answered < 31 else {}
        decided = {"let_go": begun + 25} if not answer and begun + 25 < 31 and chance.random() < 0.7 else {}
        notes = {"thank_you": begun + chance.choice([0.2, 0.8, 2]), "check_in": begun + chance.choice([3, 8, 9])}
        notes["last_message"] = begun + chance.choice([12, 17, 30])
        yield held(
            label,
            begun,
            heard,
            decided,
            sent={kind: at for kind, at in notes.items() if at < 31 and chance.random() < 0.7},
            reflected=begun + 0.1 if begun < 30.8 and chance.random() < 0.8 else None,
            answers=_invented_answers(chance),
        )
        begun = answered + 1 + chance.random() * 5
        if "advanced" not in heard or begun > 31:
            return


def _invented_answers(chance: Random) -> dict[str, Answer]:
    entries: list[Answer] = [
        {"asked": "?", "went": chance.choice([1, 2, 3, 4, 5, None]), "competencies": [chance.choice(COMPETENCIES)]}
        for _ in range(chance.randrange(3))
    ]
    told: list[Answer] = [{"title": "!", "competencies": [chance.choice(COMPETENCIES)]}]
    return {
        "overall": chance.randint(1, 5),
        "chance": chance.randrange(0, 101, 10),
        "hard_questions": entries,
        "landed": told,
    }


def _at(when: datetime | float) -> datetime:
    return when if isinstance(when, datetime) else march(when)
