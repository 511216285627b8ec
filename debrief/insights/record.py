"""What the charts read, in one bundle of tidy frames; and the parts of the history that it is put together from.

Each part is read on its own and holds until a kind of fact that it rests on
changes: an answer typed into a reflection leaves all others as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from debrief.domain.facts import Lesson, Message, MessageKind, Reflection, ReflectionAnswer
from debrief.insights.check_ins import CHECK_INS
from debrief.insights.history import ROUNDS, Rounds, with_days
from debrief.insights.questions import ASKED, CHANCE_OF_YES, OVERALL_RATING, moments_in, rating, share
from debrief.insights.reading import Part, Reads, table


@dataclass(frozen=True, slots=True)
class Record:
    """The frames of one owner, as things stood at one `now`."""

    interviews: pd.DataFrame
    """One row for each held interview: see history."""
    moments: pd.DataFrame
    """Columns interview_id, competency, hard (bool), went (1 to 5 or NaN): see questions.Moment."""
    check_ins: pd.DataFrame
    """Columns interview_id, in_time (bool): one row for each check-in or last message sent."""
    lessons: pd.DataFrame
    """Columns lesson_id, area, state, created_at, learned_at (NaT where it is not), interview_id.

    One row for each interview that taught a lesson, at least one for each lesson.
    """

    def only(self, interviews: pd.DataFrame) -> Record:
        """The record narrowed to some of its interviews; lessons that came from no interview are left out then."""
        if len(interviews) == len(self.interviews):
            return self
        kept = interviews["interview_id"]
        return Record(
            interviews,
            *(frame[frame["interview_id"].isin(kept)] for frame in (self.moments, self.check_ins, self.lessons)),
        )


@dataclass(frozen=True, slots=True)
class LookBack:
    """What reflections say."""

    rounds: pd.DataFrame
    """By interview_id: reflected_at, self_rating, stated_chance (see history)."""
    moments: pd.DataFrame
    """See Record."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one owner's history."""

    rounds: Rounds
    notes: pd.DataFrame
    """Columns interview_id, kind, sent_at: the thank-you notes and check-ins that went out, in order of time."""
    look_back: LookBack
    lessons: pd.DataFrame
    """See Record."""


def record_of(parts: Parts, check_ins: pd.DataFrame, now: datetime) -> Record:
    """The frames of a history at `now`; `check_ins` as check_ins.check_ins_of gives them.

    Where `now` is part of a cache's key, round it with `history.to_the_quarter`.
    Raises Refused when a fact is dated later than `now`.
    """
    thanks = parts.notes[parts.notes["kind"] == MessageKind.THANK_YOU.value]
    thanked = thanks.groupby("interview_id")["sent_at"].first().rename("thank_you_at")
    given = parts.rounds.held.drop(columns=["thank_you_at", *parts.look_back.rounds.columns])
    given = given.join(thanked, on="interview_id").join(parts.look_back.rounds, on="interview_id")
    return Record(with_days(given, now), parts.look_back.moments, check_ins, parts.lessons)


def notes_of(read: Reads) -> pd.DataFrame:
    """Reads the notes that went out."""
    kinds = (MessageKind.THANK_YOU, *CHECK_INS)
    notes = table(read, Message, "interview_id", "kind", "sent_at", kind=kinds)
    return notes[notes["sent_at"].notna()].reset_index(drop=True)


def look_back_of(read: Reads) -> LookBack:
    """Reads the reflections, and of their answers those that charts are made of."""
    reflections = table(read, Reflection, "id", "interview_id", "finished_at").set_index("id")
    answers = table(read, ReflectionAnswer, "reflection_id", "question", "value", question=ASKED)
    answers = answers.assign(interview_id=answers["reflection_id"].map(reflections["interview_id"]))
    rounds = reflections.set_index("interview_id")["finished_at"].to_frame("reflected_at")
    for name, question, reading in (
        ("self_rating", OVERALL_RATING, rating),
        ("stated_chance", CHANCE_OF_YES, share),
    ):
        given = answers[answers["question"] == question].set_index("interview_id")["value"]
        rounds[name] = given.map(reading).astype(float)
    return LookBack(rounds, _moments(answers))


def lessons_of(read: Reads) -> pd.DataFrame:
    """Reads the lessons."""
    lessons = table(read, Lesson, "id", "area", "state", "created_at", "learned_at", "interview_ids")
    lessons = lessons.rename(columns={"id": "lesson_id", "interview_ids": "interview_id"})
    lessons["interview_id"] = lessons["interview_id"].map(lambda ids: ids or ("",))
    return lessons.explode("interview_id", ignore_index=True).astype({"interview_id": str})


NOTES = Part((Message,), notes_of)
LOOK_BACK = Part((Reflection, ReflectionAnswer), look_back_of)
LESSONS = Part((Lesson,), lessons_of)
PARTS: tuple[Part[Any], ...] = (ROUNDS, NOTES, LOOK_BACK, LESSONS)


def parts_of(read: Reads) -> Parts:
    """Reads all parts at once."""
    return Parts(*(part.read(read) for part in PARTS))


def _moments(answers: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (interview_id, moment.competency, moment.hard, moment.went)
        for interview_id, question, value in answers[["interview_id", "question", "value"]].itertuples(index=False)
        for moment in moments_in(question, value)
    ]
    return pd.DataFrame(rows, columns=["interview_id", "competency", "hard", "went"]).astype(
        {"interview_id": str, "competency": str, "hard": bool, "went": float}
    )
