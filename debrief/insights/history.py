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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from debrief.domain.courses import Status
from debrief.domain.facts import Application, Decision, Heard, Interview, RoundState
from debrief.errors import Refused
from debrief.insights.reading import Part, Reads, instants, table
from debrief.insights.statistics import CENSORED, NEGATIVE, POSITIVE

YES = ("advanced", "offer")
"""The answers that count as a yes."""
ANSWERS = ("advanced", "rejected", "offer")
DECISIONS = ("accepted", "declined", "withdrew", "let_go")

LAST_REACH = 4
"""Charts tell rounds apart up to this one; later ones share its row."""

FILE_ROW = "row"
"""The name of the index where the frame came from a file: it then counts rows as a spreadsheet does."""


INSTANTS = ("ended_at", "first_word_at", "answered_at", "decided_at", "thank_you_at", "reflected_at")
NUMBERS = ("self_rating", "stated_chance")
COUNTS = ("sequence", "rounds_held")
LABELS = ("company", "role", "round", "source", "role_family", "sector", "employer_size", "timezone")
GIVEN = (
    *("interview_id", "application_id", *LABELS),
    *(*INSTANTS, *NUMBERS, "answer", "decision", "status", "course_status", *COUNTS),
)
"""The columns as they are given, of the record as of a file."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of the record with what was heard and decided: the part of the history that everything else joins."""

    held: pd.DataFrame
    """A row for each round that was held, with the columns that are given; notes and reflections are still missing."""
    terms: pd.DataFrame
    """Columns interview_id, ended_at, timezone, country ("" for none), reply_by (date or None): of each round."""
    heard: pd.DataFrame
    """Columns interview_id, what, at, reply_by: every word of every employer, in order of time."""
    decisions: pd.DataFrame
    """Columns interview_id, what, at, in order of time."""


def rounds_of(read: Reads) -> Rounds:
    """Reads the rounds, in order of time."""
    applications = table(
        read, Application, "id", "employer", "role", "country", "source", "sector", "employer_size", "role_family"
    ).rename(columns={"id": "application_id", "employer": "company"})
    rounds = table(
        read, Interview, "id", "application_id", "round", "ended_at", "timezone", "state", "reply_by"
    ).rename(columns={"id": "interview_id"})
    heard = table(read, Heard, "interview_id", "what", "at", "reply_by")
    decisions = table(read, Decision, "interview_id", "what", "at")
    rounds = rounds.merge(applications, on="application_id", how="left")
    return Rounds(
        held=_held(_with_outcomes(rounds, heard, decisions)),
        terms=rounds[["interview_id", "ended_at", "timezone", "country", "reply_by"]],
        heard=heard,
        decisions=decisions,
    )


ROUNDS = Part((Application, Interview, Heard, Decision), rounds_of)


def _with_outcomes(rounds: pd.DataFrame, heard: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Adds what was heard and decided, and the status. The answer that stands is the latest final one."""
    by_round = "interview_id"
    first_words = heard.groupby(by_round)["at"].first()
    answers = heard[heard["what"].isin(ANSWERS)].groupby(by_round)[["what", "at"]].last()
    decided = decisions.groupby(by_round)[["what", "at"]].last()
    rounds = (
        rounds.join(first_words.rename("first_word_at"), on=by_round)
        .join(answers.set_axis(["answer", "answered_at"], axis="columns"), on=by_round)
        .join(decided.set_axis(["decision", "decided_at"], axis="columns"), on=by_round)
        .fillna({"answer": "", "decision": ""})
    )
    held = rounds["state"] == RoundState.HELD.value
    rounds["status"] = standing(rounds).where(held, rounds["state"])
    rounds["course_status"] = rounds.groupby("application_id")["status"].transform("last")
    return rounds


def _held(rounds: pd.DataFrame) -> pd.DataFrame:
    """The rounds that were held, numbered within their application, with all columns that are given."""
    held = rounds[rounds["state"] == RoundState.HELD.value].reset_index(drop=True)
    same_course = held.groupby("application_id")["application_id"]
    held = held.assign(sequence=same_course.cumcount() + 1, rounds_held=same_course.transform("size"))
    absent = {name: column(name, [None] * len(held)) for name in GIVEN if name not in held}
    return held.assign(**absent)[list(GIVEN)]


def standing(frame: pd.DataFrame) -> pd.Series:
    """The status of held rounds: whichever of answer and decision came last (the decision on a tie), else waiting."""
    answered_last = frame["answered_at"] > frame["decided_at"]
    answer_stands = (frame["answer"] != "") & ((frame["decision"] == "") | answered_last)
    return frame["answer"].where(answer_stands, frame["decision"]).replace("", Status.WAITING.value)


def to_the_quarter(now: datetime) -> datetime:
    """The last moment of the quarter of an hour that `now` lies in, for a cache's key.

    It is never earlier than a fact just logged, and on the same day everywhere:
    the clocks of all zones differ from UTC by whole quarters.
    """
    begun = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
    return begun + timedelta(minutes=15) - timedelta(microseconds=1)


def column(name: str, values: Sequence[Any]) -> pd.Series:
    """Values as a column of the frame's type; None stands for an instant or number that was not given."""
    if name in INSTANTS:
        return instants(values)
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


def _within_a_day(ended: pd.Series, done: pd.Series, now: datetime) -> pd.Series:
    """1 where it was done within 24 hours, 0 where it was not, NaN while they are not over, or without an end."""
    day = pd.Timedelta(hours=24)
    kept = done - ended <= day
    return kept.astype(np.float64).where(kept | (ended + day < now))


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
