"""The history of interviews as one tidy frame: a row for each interview that was held.

Every chart and every figure reads this frame; where it comes from (the record,
or a file) makes no difference. Columns as they are given:

| column | type | is |
|---|---|---|
| interview_id, application_id | str | the facts' ids; of a file "row 7" and "employer, role" |
| company, role, round, source, role_family, sector, employer_size | str | labels, "" where not given |
| timezone | str | IANA name; "" where not given |
| ended_at, first_word_at, answered_at, decided_at, thank_you_at, reflected_at | instant (UTC) | NaT where not given |
| answer | str | "advanced", "rejected", "offer" or "" |
| decision | str | "accepted", "declined", "withdrew", "let_go" or "" |
| self_rating, stated_chance | float | 1 to 5; 0 to 1; NaN where not given |
| status | str | of the round (see courses.Status) |
| course_status | str | of its application |
| sequence, rounds_held | int | which held round of its application this is, and of how many |

and as `with_days` derives them for one `now`:

| column | type | is |
|---|---|---|
| ended_on, answered_on | date (datetime64) | on the calendar of the interview's zone |
| reach | int | rounds_held, but at most LAST_REACH |
| settled, waiting | bool | an answer or a decision is there; neither is |
| word_days | float | calendar days from the end to the first word, or to where the wait was censored |
| word_seen | bool | whether that was a word |
| answer_days | float | the same for the answer |
| answer_cause | int | CENSORED, POSITIVE (advanced, offer) or NEGATIVE (rejected) |
| note_in_time, reflection_in_time | float | 1 within 24 hours of the end, 0 not, NaN before they are over |

The days are NaN where the times that they need were not given.

The definitions (docs/statistics.md says why): the first word is the earlier of
`first_word_at` and `answered_at`; a wait without one is censored at the
candidate's decision, else at `now`; days are whole calendar days in the
interview's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Heard, MessageKind, RoundState
from debrief.errors import Refused
from debrief.insights.questions import self_rating, stated_chance
from debrief.insights.statistics import CENSORED, NEGATIVE, POSITIVE

YES = ("advanced", "offer")
"""The answers that count as a yes."""
ANSWERS = ("advanced", "rejected", "offer")
DECISIONS = ("accepted", "declined", "withdrew", "let_go")

LAST_REACH = 4
"""Charts tell rounds apart up to this one; later ones share its row."""

FILE_ROW = "row"
"""The name of the index where the frame came from a file: it then counts rows as a spreadsheet does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One interview as it is given: a row of the frame before anything is derived."""

    interview_id: str
    application_id: str
    company: str
    role: str
    round: str
    source: str
    role_family: str = ""
    sector: str = ""
    employer_size: str = ""
    timezone: str
    ended_at: datetime | None
    first_word_at: datetime | None
    answer: str
    answered_at: datetime | None
    decision: str
    decided_at: datetime | None
    thank_you_at: datetime | None
    reflected_at: datetime | None = None
    self_rating: float | None
    stated_chance: float | None = None
    status: str
    course_status: str
    sequence: int
    rounds_held: int


INSTANTS = ("ended_at", "first_word_at", "answered_at", "decided_at", "thank_you_at", "reflected_at")
NUMBERS = ("self_rating", "stated_chance")
COUNTS = ("sequence", "rounds_held")
GIVEN = tuple(field.name for field in fields(Entry))


def frame_of(courses: Iterable[Course], now: datetime) -> pd.DataFrame:
    """The frame of every round that was held. Where `now` is part of a cache's key, round it with `end_of_hour`.

    Raises Refused when a fact is dated later than `now`.
    """
    return with_days(given_frame(entry for course in courses for entry in _entries(course)), now)


def end_of_hour(now: datetime) -> datetime:
    """The end of the hour that `now` lies in: good for a cache's key, and never earlier than a fact just logged."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def given_frame(entries: Iterable[Entry]) -> pd.DataFrame:
    """Entries as a frame with the columns that are given; also with none at all."""
    rows = list(map(attrgetter(*GIVEN), entries))
    columns = zip(*rows, strict=True) if rows else ((),) * len(GIVEN)
    return pd.DataFrame({name: column(name, values) for name, values in zip(GIVEN, columns, strict=True)})


def column(name: str, values: Sequence[Any]) -> pd.Series:
    """Values as a column of the frame's type; None stands for an instant or number that was not given."""
    if name in INSTANTS:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object), utc=True)).astype("datetime64[us, UTC]")
    if name in NUMBERS:
        return pd.Series(values, dtype=np.float64)
    return pd.Series(values, dtype=np.int64 if name in COUNTS else str)


def with_days(given: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The frame with its derived columns, as things stood at `now`.

    Raises Refused when a time is later than `now`, or a word or a decision
    falls on a day before the interview.
    """
    _refuse_future(given, now)
    frame = given.copy()
    zones = frame["timezone"]
    ended, word, answer, decision = (local_days(frame[name], zones) for name in INSTANTS[:4])
    _refuse_before_the_end(frame, ended, {"first_word_at": word, "answered_at": answer, "decided_at": decision})
    today = local_days(pd.Series(pd.Timestamp(now).tz_convert("UTC"), frame.index), zones)
    answered, decided = frame["answer"] != "", frame["decision"] != ""

    # An answer or a decision of unknown date ended the wait on a day that nobody knows: such a wait has no length.
    silent_until = decision.where(decided, today)
    # Compared as instants: where clocks go back over midnight, the earlier one can have the later date.
    first_word = word.where(~(frame["answered_at"] < frame["first_word_at"]), answer).fillna(answer)
    frame["ended_on"], frame["answered_on"] = ended, answer
    frame["reach"] = frame["rounds_held"].clip(upper=LAST_REACH)
    frame["settled"], frame["waiting"] = answered | decided, ~(answered | decided)
    frame["word_days"] = (first_word.fillna(silent_until.where(~answered)) - ended).dt.days.astype(np.float64)
    frame["word_seen"] = first_word.notna()
    frame["answer_days"] = (answer.where(answered, silent_until) - ended).dt.days.astype(np.float64)
    frame["answer_cause"] = np.select([frame["answer"].isin(YES), answered], [POSITIVE, NEGATIVE], CENSORED)
    for name, at in (("note_in_time", "thank_you_at"), ("reflection_in_time", "reflected_at")):
        frame[name] = _within_a_day(frame["ended_at"], frame[at], now)
    return frame


def local_days(instants: pd.Series, zones: pd.Series) -> pd.Series:
    """The calendar day of each instant in its own zone, as a midnight without zone; NaT where either is missing."""
    days = np.full(len(instants), np.datetime64("NaT", "us"))
    for zone, places in zones.groupby(zones, sort=False).indices.items():
        if zone:
            local = instants.iloc[places].dt.tz_convert(str(zone)).dt.tz_localize(None)
            days[places] = local.dt.normalize().to_numpy()
    return pd.Series(days, instants.index)


def _entries(course: Course) -> Iterator[Entry]:
    held = [one for one in course.rounds if one.interview.state is RoundState.HELD]
    course_status = course.status.value
    for sequence, one in enumerate(held, start=1):
        answer, decision = _standing_answer(one), max(one.decisions, key=lambda entry: entry.at, default=None)
        yield Entry(
            interview_id=one.interview.id,
            application_id=course.application.id,
            company=course.application.employer,
            role=course.application.role,
            round=one.interview.round,
            source=course.application.source,
            role_family=course.application.role_family,
            sector=course.application.sector,
            employer_size=course.application.employer_size,
            timezone=one.interview.timezone,
            ended_at=one.interview.ended_at,
            first_word_at=one.first_word_at,
            answer=answer.what.value if answer else "",
            answered_at=answer.at if answer else None,
            decision=decision.what.value if decision else "",
            decided_at=decision.at if decision else None,
            thank_you_at=_first_sent(one, MessageKind.THANK_YOU),
            reflected_at=one.reflection.finished_at if one.reflection else None,
            self_rating=self_rating(one.answers),
            stated_chance=stated_chance(one.answers),
            status=one.status.value,
            course_status=course_status,
            sequence=sequence,
            rounds_held=len(held),
        )


def _within_a_day(ended: pd.Series, done: pd.Series, now: datetime) -> pd.Series:
    """1 where it was done within 24 hours, 0 where it was not, NaN while they are not over, or without an end."""
    day = pd.Timedelta(hours=24)
    kept = done - ended <= day
    return kept.astype(np.float64).where(kept | (ended + day < now))


def _standing_answer(one: Round) -> Heard | None:
    """The final answer that stands: the latest, as for the round's status."""
    return max((word for word in one.heard if word.what.is_final), key=lambda word: word.at, default=None)


def _first_sent(one: Round, kind: MessageKind) -> datetime | None:
    sent = (message.sent_at for message in one.messages if message.kind is kind and message.sent_at)
    return min(sent, default=None)


def _refuse_future(given: pd.DataFrame, now: datetime) -> None:
    for name in INSTANTS:
        late = np.flatnonzero(given[name] > now)
        if late.size:
            at = given[name].iloc[late[0]]
            raise Refused(
                f"{_spell_place(given, late[0], name)}: {at.isoformat()} is later than now, {now.isoformat()}. "
                "Mend that time, or take a later “now”.",
                field=name,
            )


def _refuse_before_the_end(frame: pd.DataFrame, ended: pd.Series, days: Mapping[str, pd.Series]) -> None:
    for name, day in days.items():
        early = np.flatnonzero(day < ended)
        if early.size:
            at = frame[name].iloc[early[0]]
            raise Refused(
                f"{_spell_place(frame, early[0], name)}: {at.isoformat()} falls on a day before the interview. "
                "Mend that time, or the interview's.",
                field=name,
            )


def _spell_place(frame: pd.DataFrame, place: int, name: str) -> str:
    """Where a value stands: in a file by row and column, in the record by employer and round."""
    if frame.index.name == FILE_ROW:
        return f"Row {frame.index[place]}, column {name}"
    entry = frame.iloc[place]
    return f"{entry['company']}, {entry['round']}, {name.replace('_', ' ')}"
