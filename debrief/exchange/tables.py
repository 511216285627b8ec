"""Tables of the record as CSV, for a spreadsheet or a program.

UTF-8 with a byte order mark, without which Excel takes it for something else;
RFC 4180 with CRLF; dates and times in ISO 8601, times with the offset of the
interview's zone. A cell that a spreadsheet would take for a formula gets an
apostrophe in front, which is shown as text and calculates nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from debrief.domain.courses import Course, Round, RoundInCourse, met_at
from debrief.domain.facts import Answer, Depth, Lesson, MessageKind, Person, Story
from debrief.domain.questionnaire import (
    Asked,
    QuestionKind,
    Questionnaire,
    is_answer,
    visible,
)

_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]*[=+\-@＝＋－＠]|[\t\r\n]")
"""What spreadsheets begin a formula with, full-width forms too, behind blanks and marks that do not show."""
_BOM = "\ufeff"
_NOT_PLAIN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

Cell = str | int | bool | date | datetime | None


class TableName(StrEnum):
    """The tables that there are."""

    INTERVIEWS = "interviews"
    MESSAGES = "messages"
    PEOPLE = "people"
    QUESTIONS = "questions"
    LESSONS = "lessons"
    STORIES = "stories"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What the tables are made of."""

    courses: Sequence[Course]
    people: Sequence[Person]
    lessons: Sequence[Lesson]
    questionnaire: Questionnaire
    stories: Sequence[Story] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows under a header, before they are written."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_csv(name: TableName, facts: TableFacts) -> bytes:
    """One table as a CSV file."""
    return csv_file(frame_of(name, facts))


def csv_file(frame: Frame) -> bytes:
    """Rows under their header as a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(frame.header)
    writer.writerows([_written(cell) for cell in row] for row in frame.rows)
    return (_BOM + text.getvalue()).encode("utf-8")


def frame_of(name: TableName, facts: TableFacts) -> Frame:
    """One table, its values not yet written as text. Instants are on the clock of their interview."""
    header, rows = _TABLES[name]
    return Frame(header, tuple(rows(facts)))


def defused(text: str) -> str:
    """The text as a spreadsheet shows it without calculating."""
    return f"'{text}" if _FORMULA.match(text) else text


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime() | date():
            return cell.isoformat()
        case int():
            return str(cell)
        case str():
            return defused(_NOT_PLAIN.sub("\ufffd", cell))


INTERVIEW_HEADER = (
    "company", "role", "round", "ended_at", "timezone", "state", "format", "focus", "promised_reply_by", "status",
    "first_word_at", "answer", "answered_at", "decision", "decided_at", "thank_you_at", "self_rating", "chance_percent",
    "people", "country", "source", "sector", "employer_size", "role_family", "notes", "interview_id", "origin",
)  # fmt: skip
"""Holds every column that the command line's `insights` reads; rounds that were not held are in it too, by `state`."""


def _interviews(facts: TableFacts) -> Iterator[tuple[Cell, ...]]:
    for course, one in _rounds(facts):
        interview, application = one.interview, course.application
        answered = max((word for word in one.heard if word.what.is_final), key=lambda word: word.at, default=None)
        decided = max(one.decisions, key=lambda decision: decision.at, default=None)
        yield (
            application.employer,
            application.role,
            interview.round,
            interview.ended_local,
            interview.timezone,
            interview.state.value,
            interview.format.value,
            interview.focus.value,
            interview.reply_by,
            one.status.value,
            _local(one, one.first_word_at),
            answered.what.value if answered else None,
            _local(one, answered.at if answered else None),
            decided.what.value if decided else None,
            _local(one, decided.at if decided else None),
            _local(one, _thanked_at(one)),
            _number(one, "overall"),
            _number(one, "chance"),
            "; ".join(met.person.name for met in one.met),
            application.country,
            application.source,
            application.sector,
            application.employer_size,
            application.role_family,
            interview.notes,
            interview.id,
            interview.origin,
        )


MESSAGE_HEADER = (
    "company", "role", "round", "kind", "channel", "to", "email", "subject", "body", "sent_at", "interview_id",
    "message_id",
)  # fmt: skip


def _messages(facts: TableFacts) -> Iterator[tuple[Cell, ...]]:
    people = {person.id: person for person in facts.people}
    for course, one in _rounds(facts):
        for note in one.messages:
            person = people.get(note.person_id or "")
            yield (
                course.application.employer,
                course.application.role,
                one.interview.round,
                note.kind.value,
                note.channel.value,
                person.name if person else None,
                person.email if person else None,
                note.subject,
                note.body,
                _local(one, note.sent_at),
                one.interview.id,
                note.id,
            )


PEOPLE_HEADER = (
    "name", "company", "title", "email", "profile", "recruiter", "interviews", "last_met_on", "person_id", "origin",
)  # fmt: skip


def _people(facts: TableFacts) -> Iterator[tuple[Cell, ...]]:
    met = met_at(facts.courses)
    for person in sorted(facts.people, key=lambda person: (person.employer.casefold(), person.name, person.id)):
        interviews = met.get(person.id, [])
        last = max(interviews, key=lambda interview: interview.ended_at, default=None)
        yield (
            person.name,
            person.employer,
            person.title,
            person.email,
            person.profile,
            person.recruiter,
            len(interviews),
            last.ended_local.date() if last else None,
            person.id,
            person.origin,
        )


QUESTION_HEADER = (
    "company", "role", "round", "interviewed_on", "question", "said", "went", "really_asked", "situation", "task",
    "action", "result", "competencies", "interview_id",
)  # fmt: skip
_QUESTION_PARTS = ("asked", "said", "went", "really_asked", "situation", "task", "action", "result", "competencies")


def _questions(facts: TableFacts) -> Iterator[tuple[Cell, ...]]:
    """The questions that a reflection gathered one by one: those that hold what was asked."""
    for course, one in _rounds(facts):
        for entry in _entries(one, facts.questionnaire):
            yield (
                course.application.employer,
                course.application.role,
                one.interview.round,
                one.interview.ended_local.date(),
                *(_cell(entry.get(part)) for part in _QUESTION_PARTS),
                one.interview.id,
            )


def _entries(one: Round, questionnaire: Questionnaire) -> Iterator[Mapping[str, Answer]]:
    if one.reflection is None:
        return
    shown = visible(questionnaire, one.reflection.questionnaire, Depth.FULL, one)
    for asked in (asked for section in shown for asked in section.asked):
        answer = one.answers.get(asked.key)
        if answer and _holds_questions(asked) and isinstance(answer.value, list):
            yield from (entry for entry in answer.value if isinstance(entry, dict) and is_answer(entry.get("asked")))


def _holds_questions(asked: Asked) -> bool:
    fields = {field.id for wording in asked.question.all_wordings for field in wording.fields}
    return asked.question.kind is QuestionKind.ENTRIES and {"asked", "said"} <= fields


def _cell(value: Answer) -> Cell:
    match value:
        case list():
            return "; ".join(str(entry) for entry in value)
        case dict():
            return "; ".join(f"{key}: {part}" for key, part in value.items())
        case _:
            return value


LESSON_HEADER = ("lesson", "area", "state", "noted_at", "learned_at", "companies", "lesson_id", "origin")


def _lessons(facts: TableFacts) -> Iterator[tuple[Cell, ...]]:
    employers = _employers(facts)
    for lesson in sorted(facts.lessons, key=lambda lesson: (lesson.created_at, lesson.id)):
        yield (
            lesson.text,
            lesson.area,
            lesson.state.value,
            lesson.created_at.astimezone(UTC),
            lesson.learned_at.astimezone(UTC) if lesson.learned_at else None,
            _companies(lesson.interview_ids, employers),
            lesson.id,
            lesson.origin,
        )


STORY_HEADER = (
    "story", "situation", "task", "action", "result", "competencies", "noted_at", "companies", "story_id", "origin",
)  # fmt: skip


def _stories(facts: TableFacts) -> Iterator[tuple[Cell, ...]]:
    employers = _employers(facts)
    for story in sorted(facts.stories, key=lambda story: (story.created_at, story.id)):
        yield (
            story.title,
            story.situation,
            story.task,
            story.action,
            story.result,
            "; ".join(story.competencies),
            story.created_at.astimezone(UTC),
            _companies(story.interview_ids, employers),
            story.id,
            story.origin,
        )


def _employers(facts: TableFacts) -> Mapping[str, str]:
    """The employer of each interview by its id."""
    return {one.interview.id: course.application.employer for course, one in _rounds(facts)}


def _companies(interview_ids: Iterable[str], employers: Mapping[str, str]) -> str:
    return "; ".join(dict.fromkeys(employers[id_] for id_ in interview_ids if id_ in employers))


_TABLES: Mapping[TableName, tuple[tuple[str, ...], Callable[[TableFacts], Iterable[tuple[Cell, ...]]]]] = {
    TableName.INTERVIEWS: (INTERVIEW_HEADER, _interviews),
    TableName.MESSAGES: (MESSAGE_HEADER, _messages),
    TableName.PEOPLE: (PEOPLE_HEADER, _people),
    TableName.QUESTIONS: (QUESTION_HEADER, _questions),
    TableName.LESSONS: (LESSON_HEADER, _lessons),
    TableName.STORIES: (STORY_HEADER, _stories),
}


def _rounds(facts: TableFacts) -> list[RoundInCourse]:
    """Every round with its application, the earliest first."""
    return sorted((one for course in facts.courses for one in course.placed), key=lambda one: one.in_time)


def _local(one: Round, at: datetime | None) -> datetime | None:
    return at.astimezone(one.interview.zone) if at else None


def _thanked_at(one: Round) -> datetime | None:
    """When the first thank-you went out."""
    sent = (note.sent_at for note in one.messages if note.kind is MessageKind.THANK_YOU and note.sent_at)
    return min(sent, default=None)


def _number(one: Round, question: str) -> int | None:
    answer = one.answers.get(question)
    return answer.value if answer and isinstance(answer.value, int) else None
