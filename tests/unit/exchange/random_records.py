"""Random records whose references hold, in any script and any zone, for property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from debrief.domain.facts import (
    Application,
    Channel,
    Decision,
    DecisionKind,
    Depth,
    DraftVersion,
    Fact,
    Focus,
    Format,
    Heard,
    IgnoredFinding,
    Interview,
    Lesson,
    LessonState,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Rehearsal,
    RoundState,
    Snooze,
    Story,
    Telling,
    Tick,
    Word,
)
from debrief.domain.rules import StepName
from debrief.exchange.lossless import KINDS, Record

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
instants = st.integers(0, 40 * 365 * 86_400 * 10).map(
    lambda tenths: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=tenths / 10)
)
days = st.dates(date(1990, 1, 1), date(2060, 1, 1))
zones = st.sampled_from(
    ["UTC", "Asia/Kuala_Lumpur", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
     "Pacific/Chatham", "Africa/Casablanca", "Europe/Dublin"]
)  # fmt: skip
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
rows = st.lists(texts, max_size=3).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Up to a handful of facts of each kind, some written several times."""
    made: list[Fact] = []

    def make(kind_of_fact: type[Any], /, **fields: st.SearchStrategy[Any]) -> Any:
        fact = kind_of_fact(
            id=f"{len(made):04d}", version=draw(st.integers(1, 9)), **{key: draw(s) for key, s in fields.items()}
        )
        made.append(fact)
        return fact

    for _ in range(draw(st.integers(0, 2))):
        make(
            Application, employer=texts, role=texts, country=st.sampled_from([None, "GB", "MY"]), source=texts,
            sector=texts, employer_size=texts, role_family=texts, origin=texts,
        )  # fmt: skip
    people = [
        make(
            Person,
            name=texts,
            employer=texts,
            title=texts,
            email=texts,
            profile=texts,
            recruiter=st.booleans(),
            origin=texts,
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    for application in [fact for fact in made if isinstance(fact, Application)]:
        for _ in range(draw(st.integers(0, 2))):
            interview = make(
                Interview, application_id=st.just(application.id), round=texts, ended_at=instants, timezone=zones,
                state=st.sampled_from(RoundState), format=st.sampled_from(Format), focus=st.sampled_from(Focus),
                reply_by=st.none() | days, notes=texts, origin=texts,
            )  # fmt: skip
            _fill(draw, make, st.just(interview.id), [person.id for person in people])
    ids = st.lists(st.sampled_from([fact.id for fact in made] or ["gone"]), max_size=2).map(tuple)
    if draw(st.booleans()):
        make(
            Lesson, text=texts, area=texts, state=st.sampled_from(LessonState), interview_ids=ids, created_at=instants,
            learned_at=st.none() | instants, origin=texts,
        )  # fmt: skip
        story = make(
            Story, title=texts, situation=texts, task=texts, action=texts, result=texts, competencies=rows,
            interview_ids=ids, created_at=instants, origin=texts,
            set_aside=st.lists(values, max_size=2).map(tuple),
        )  # fmt: skip
        for interview in [fact for fact in made if isinstance(fact, Interview)]:
            make(
                Telling, story_id=st.just(story.id), interview_id=st.just(interview.id),
                landed=st.none() | st.integers(1, 5), note=texts, set_aside=st.lists(values, max_size=2).map(tuple),
            )  # fmt: skip
    lists = {name: tuple(fact for fact in made if type(fact) is kind) for name, kind in KINDS.items()}
    return Record(lists, draw(st.dictionaries(texts, values, max_size=2)))


def _fill(draw: st.DrawFn, make: Any, interview: st.SearchStrategy[str], people: list[str]) -> None:
    """What belongs to one interview."""
    somebody = st.none() | st.sampled_from(people) if people else st.none()
    for person in people[: draw(st.integers(0, 2))]:
        make(
            Meeting, interview_id=interview, person_id=st.just(person), topics=rows, concerns=rows,
            rapport=st.none() | st.integers(1, 5),
        )  # fmt: skip
    if draw(st.booleans()):
        reflection = make(
            Reflection, interview_id=interview, questionnaire=st.integers(1, 9), depth=st.sampled_from(Depth),
            started_at=instants, finished_at=st.none() | instants,
        )  # fmt: skip
        for question in draw(st.sets(texts, max_size=2)):
            make(
                ReflectionAnswer, reflection_id=st.just(reflection.id), question=st.just(question), value=values,
                set_aside=st.lists(values, max_size=2).map(tuple), saved_at=instants,
            )  # fmt: skip
    if draw(st.booleans()):
        note = make(
            Message, interview_id=interview, kind=st.sampled_from(MessageKind), channel=st.sampled_from(Channel),
            person_id=somebody, subject=texts, body=texts, sent_at=st.none() | instants,
            set_aside=st.lists(values, max_size=2).map(tuple),
        )  # fmt: skip
        make(DraftVersion, message_id=st.just(note.id), subject=texts, body=texts, kept_at=instants)
        make(IgnoredFinding, message_id=st.just(note.id), rule=texts, words=texts, reason=texts, at=instants)
        make(
            Rehearsal, interview_id=interview, question=texts, seconds=st.integers(0, 600), rating=st.integers(1, 5),
            at=instants,
        )  # fmt: skip
        make(
            Heard,
            interview_id=interview,
            what=st.sampled_from(Word),
            at=instants,
            reply_by=st.none() | days,
            note=texts,
        )
        make(Decision, interview_id=interview, what=st.sampled_from(DecisionKind), at=instants, note=texts)
        make(Tick, interview_id=interview, item=texts, at=instants)
        make(
            Snooze, interview_id=interview, step=st.sampled_from(StepName), person_id=somebody,
            until=st.none() | days, reason=texts, at=instants,
        )  # fmt: skip
