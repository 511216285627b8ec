"""Proof of activity for a job centre: one row an interview, with its date and the steps taken; nothing private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from debrief.domain.courses import Round, RoundInCourse
from debrief.exchange import words
from debrief.exchange.document import Document, Fields, Section, Table
from debrief.exchange.summary import Period
from debrief.exchange.tables import Frame


@dataclass(frozen=True, slots=True)
class Activity:
    """The interviews of a period, each with its application, the earliest first; and whose they are, if known."""

    period: Period
    name: str
    rounds: Sequence[RoundInCourse]


@dataclass(frozen=True, slots=True)
class _Step:
    on: date
    what: str


def proof_document(activity: Activity) -> Document:
    """The proof as a document: who, which period, how many, and a table. Nobody met is named in it."""
    facts = [
        ("Name", activity.name),
        ("Period", activity.period.in_words),
        ("Interviews", str(len(activity.rounds))),
        ("Employers", str(len({course.application.employer for course, _ in activity.rounds}))),
    ]
    sections = (
        Section("who", "At a glance", (Fields(tuple((label, value) for label, value in facts if value)),)),
        Section("interviews", "Interviews and steps", (_table(activity),)),
    )
    period = f"{activity.period.first.isoformat()} to {activity.period.last.isoformat()}"
    return Document("Proof of activity", activity.period.in_words, sections, stem=f"Proof of activity {period}")


def proof_frame(activity: Activity) -> Frame:
    """The proof as a table for a spreadsheet, with dates in ISO 8601."""
    header = ("date", "company", "role", "round", "format", "steps", "status")
    rows = (
        (
            one.interview.ended_local.date(),
            course.application.employer,
            course.application.role,
            one.interview.round,
            words.FORMAT[one.interview.format],
            "; ".join(f"{step.on.isoformat()} {step.what}" for step in _steps(one)),
            words.STATUS[one.status],
        )
        for course, one in activity.rounds
    )
    return Frame(header, tuple(rows))


def _table(activity: Activity) -> Table:
    rows = (
        (
            words.day_in_table(one.interview.ended_local.date()),
            f"{course.application.employer}\n{course.application.role}",
            f"{one.interview.round}\n{words.FORMAT[one.interview.format]}",
            "\n".join(f"{_short(step.on, one)}: {step.what}" for step in _steps(one)),
            words.STATUS[one.status],
        )
        for course, one in activity.rounds
    )
    return Table(("Date", "Employer and role", "Interview", "Steps since", "Where it stands"), tuple(rows))


def _short(day: date, one: Round) -> str:
    """A day beside that of its interview: the year is told where it is another one."""
    year = f" {day.year}" if day.year != one.interview.ended_local.year else ""
    return f"{day.day} {day:%b}{year}"


def _steps(one: Round) -> Iterator[_Step]:
    """What was sent, heard and decided after an interview, in order of time, on its own clock.

    What was done several times on a day, such as a note to each of a panel, is told once, with how often.
    """
    done: list[tuple[datetime, str]] = [
        *((note.sent_at, f"{words.KIND[note.kind]} sent") for note in one.messages if note.sent_at),
        *((word.at, words.WORD[word.what]) for word in one.heard),
        *((decision.at, words.DECISION[decision.what]) for decision in one.decisions),
    ]
    days = [(at.astimezone(one.interview.zone).date(), what) for at, what in sorted(done)]
    for (on, what), times in Counter(days).items():
        yield _Step(on, what if times == 1 else f"{what} ({times})")
