"""Whether check-ins went out when the house rules had their step open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from debrief.domain.case import Case, Sent
from debrief.domain.facts import Decision, DecisionKind, Heard, MessageKind, Word
from debrief.domain.rules import HouseRules
from debrief.domain.terms import Terms
from debrief.domain.workdays import WorkingDays
from debrief.insights.history import Rounds

CHECK_INS = (MessageKind.CHECK_IN, MessageKind.LAST_MESSAGE)


@dataclass(frozen=True, slots=True)
class Conventions:
    """By whose rules and calendar a check-in was in time."""

    rules: HouseRules
    working_days: Callable[[str | None], WorkingDays]
    """Of a country by its code, None for no holidays (public_holidays.working_days)."""


def check_ins_of(rounds: Rounds, notes: pd.DataFrame, conventions: Conventions) -> pd.DataFrame:
    """Which check-ins and last messages were in time: columns interview_id and in_time, a row for each.

    `notes` has the columns interview_id, kind, sent_at: what went out, in order of time.
    """
    sent = notes[notes["kind"].isin(CHECK_INS)]
    rows = [
        (interview_id, _in_time(before, note, conventions.rules, days))
        for interview_id, case, days in _cases(rounds, sent, conventions.working_days)
        for note, before in _as_they_went(case)
    ]
    return pd.DataFrame(rows, columns=["interview_id", "in_time"]).astype({"interview_id": str, "in_time": bool})


def _cases(
    rounds: Rounds, sent: pd.DataFrame, working_days: Callable[[str | None], WorkingDays]
) -> Iterator[tuple[str, Case, WorkingDays]]:
    """The interviews after which a check-in was sent, as far as the terms of a check-in look at them."""
    concerned = rounds.terms[rounds.terms["interview_id"].isin(sent["interview_id"])]
    notes, words, decisions = (_by_interview(frame, sent) for frame in (sent, rounds.heard, rounds.decisions))
    for interview_id, ended_at, zone, country, reply_by in _rows(concerned):
        case = Case(
            ended_at=ended_at,
            zone=ZoneInfo(zone),
            reply_by=reply_by,
            sent=tuple(Sent(MessageKind(kind), None, at) for kind, at in notes[interview_id]),
            heard=tuple(
                Heard(id="", interview_id=interview_id, what=Word(what), at=at, reply_by=named)
                for what, at, named in words[interview_id]
            ),
            decided=tuple(
                Decision(id="", interview_id=interview_id, what=DecisionKind(what), at=at)
                for what, at in decisions[interview_id]
            ),
        )
        yield interview_id, case, working_days(country or None)


def _as_they_went(case: Case) -> Iterator[tuple[Sent, Case]]:
    """Each note, with the case as it stood when the note was sent."""
    for note in case.sent:
        before = Case(
            ended_at=case.ended_at,
            zone=case.zone,
            reply_by=case.reply_by,
            sent=tuple(other for other in case.sent if other.at < note.at),
            heard=tuple(word for word in case.heard if word.at <= note.at),
            decided=tuple(decision for decision in case.decided if decision.at <= note.at),
        )
        yield note, before


def _in_time(before: Case, note: Sent, rules: HouseRules, days: WorkingDays) -> bool:
    """Whether the step that the note carries out was open, or late, on the day when it was sent.

    The timeline would say the same; its terms are asked directly, because it
    works out every other step as well, for each note of a long history.
    """
    terms = Terms(before, rules, days)
    if note.kind is MessageKind.CHECK_IN:
        opens, window, earlier = terms.check_in_opens, rules.check_in.window, terms.check_in
    else:
        opens, window, earlier = terms.last_message_opens, rules.last_message.window, terms.last_message
    if opens is None or earlier or terms.settled:
        return False
    return opens <= terms.date_of(note.at) <= terms.after(opens, window.closes)


def _by_interview(frame: pd.DataFrame, sent: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the interviews that a note was sent after, without their ids, by interview."""
    groups: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for interview_id, *row in _rows(frame[frame["interview_id"].isin(sent["interview_id"])]):
        groups[interview_id].append(tuple(row))
    return groups


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows with Python's own values: datetimes for instants."""
    columns = (
        frame[name].dt.to_pydatetime() if frame[name].dtype.kind == "M" else frame[name].tolist() for name in frame
    )
    return zip(*columns, strict=True)
