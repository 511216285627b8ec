"""The sections that one interview can fill in a summary: facts, people, what was reflected, what followed.

A section has something to say, or it is not there. Private ones, such as one's
own notes, are marked: a summary leaves them out unless they are chosen by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Answer, Depth, Lesson, Message, Person, RoundState, Story
from debrief.domain.questionnaire import (
    Asked,
    Field,
    Option,
    QuestionKind,
    Questionnaire,
    is_answer,
    no_longer_asked,
    visible,
)
from debrief.exchange import words
from debrief.exchange.document import (
    Block,
    Bullets,
    Fields,
    Paragraph,
    Picture,
    Section,
    Subheading,
    Table,
)

FACTS, PEOPLE, STORIES, LESSONS, FOLLOWED = "facts", "people", "stories", "lessons", "followed"
MESSAGES, NOTES, OTHER_ANSWERS = "messages", "notes", "reflection.other"
_SHORT = {
    QuestionKind.RATING,
    QuestionKind.FACES,
    QuestionKind.PERCENT,
    QuestionKind.DATE,
    QuestionKind.SHORT_TEXT,
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What interviews are told from, beside themselves."""

    questionnaire: Questionnaire
    lessons: Sequence[Lesson] = ()
    """Of the whole record; an interview tells the ones learned in it."""
    stories: Sequence[Story] = ()
    """Likewise."""


def interview_sections(course: Course, one: Round, sources: Sources) -> tuple[Section, ...]:
    """Every section that has something to say, private ones too, in order: what there is to choose from."""
    sections = (
        Section(FACTS, "At a glance", tuple(_facts(course, one))),
        Section(PEOPLE, "People met", tuple(_people(one))),
        *_reflection(one, sources.questionnaire),
        Section(STORIES, "Stories worth telling again", tuple(_stories(one, sources.stories))),
        Section(LESSONS, "Lessons", tuple(_lessons(one, sources.lessons))),
        Section(FOLLOWED, "What followed", tuple(_followed(course, one))),
        Section(MESSAGES, "Notes sent", tuple(_messages(course, one)), private=True),
        Section(NOTES, "Own notes", tuple(_paragraphs(one.interview.notes)), private=True),
    )
    return tuple(section for section in sections if section.blocks)


def in_order(sections: Iterable[Section], questionnaire: Questionnaire) -> tuple[Section, ...]:
    """Sections of several interviews, each id once, in the order in which an interview has them."""
    by_id = {section.id: section for section in sections}
    asked = [f"reflection.{section.id}" for section in questionnaire.sections]
    order = [FACTS, PEOPLE, *asked, OTHER_ANSWERS, STORIES, LESSONS, FOLLOWED, MESSAGES, NOTES]
    return tuple(by_id[id_] for id_ in order if id_ in by_id)


def _facts(course: Course, one: Round) -> Iterator[Block]:
    interview = one.interview
    rows = [
        ("Employer", course.application.employer),
        ("Role", course.application.role),
        ("Round", interview.round),
        ("Planned end" if interview.state is RoundState.SCHEDULED else "Ended", _when(one, interview.ended_at)),
        ("Time zone", interview.timezone),
        ("Format", words.FORMAT[interview.format]),
        ("Mostly", words.FOCUS[interview.focus]),
        ("Answer promised by", words.day(interview.reply_by) if interview.reply_by else ""),
        ("Where it stands", words.STATUS[one.status]),
    ]
    yield Fields(tuple((label, value) for label, value in rows if value))


def _people(one: Round) -> Iterator[Block]:
    if not one.met:
        return
    header = ("Name", "Title", "What we talked about", "Concerns they raised")
    rows = [
        (
            met.person.name,
            _title(met.person),
            "\n".join(met.meeting.topics),
            "\n".join(met.meeting.concerns),
        )
        for met in one.met
    ]
    yield _table(header, rows)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table without the columns that are empty in every row; the first stays."""
    used = [column for column in range(len(header)) if column == 0 or any(row[column] for row in rows)]
    return Table(tuple(header[column] for column in used), tuple(tuple(row[column] for column in used) for row in rows))


def _title(person: Person) -> str:
    if person.recruiter and "recruit" not in person.title.casefold():
        return f"{person.title} (recruiter)" if person.title else "Recruiter"
    return person.title


def _reflection(one: Round, questionnaire: Questionnaire) -> Iterator[Section]:
    """The questionnaire's sections with what was answered, and last what no question has a place for any more."""
    if one.reflection is None:
        return
    for shown in visible(questionnaire, one.reflection.questionnaire, Depth.FULL, one):
        answered = [
            (asked, one.answers[asked.key].value)
            for asked in shown.asked
            if asked.key in one.answers and is_answer(one.answers[asked.key].value)
        ]
        blocks = tuple(_answers(answered, questionnaire))
        yield Section(f"reflection.{shown.section.id}", shown.section.title, blocks, shown.section.private)
    left = no_longer_asked(questionnaire, one)
    blocks = tuple(block for answer in left for block in _plain(answer.value))
    yield Section(OTHER_ANSWERS, "Other answers", blocks, private=True)


def answer_told(asked: Asked, value: Answer, questionnaire: Questionnaire) -> tuple[Block, ...]:
    """One answer by itself, without its question."""
    if asked.question.kind in _SHORT:
        return tuple(_said(asked.question.kind, value, asked.wording.labels, ()))
    return tuple(_long(asked, value, questionnaire))


def _answers(answered: Iterable[tuple[Asked, Answer]], questionnaire: Questionnaire) -> Iterator[Block]:
    """Short answers beside their questions, those that follow each other in one block; longer ones below theirs."""
    rows: list[tuple[str, str]] = []
    for asked, value in answered:
        if asked.question.kind in _SHORT:
            rows.append((asked.wording.text, _in_lines(_said(asked.question.kind, value, asked.wording.labels, ()))))
            continue
        if rows:
            yield Fields(tuple(rows))
            rows = []
        yield Subheading(asked.wording.text)
        yield from _long(asked, value, questionnaire)
    if rows:
        yield Fields(tuple(rows))


def _long(asked: Asked, value: Answer, questionnaire: Questionnaire) -> Iterator[Block]:
    wordings = asked.question.all_wordings
    if asked.question.kind is QuestionKind.ENTRIES and isinstance(value, list):
        fields = {field.id: field for wording in wordings for field in wording.fields}
        for entry in value:
            if isinstance(entry, dict) and is_answer(entry):
                yield Fields(tuple(_entry(entry, fields, questionnaire)))
        return
    options = (*(option for wording in wordings for option in wording.options), *questionnaire.competencies)
    yield from _said(asked.question.kind, value, asked.wording.labels, options)


def _entry(
    entry: Mapping[str, Answer], fields: Mapping[str, Field], questionnaire: Questionnaire
) -> Iterator[tuple[str, str]]:
    """The parts of one entry that were filled in, in the order in which they were asked, under their headings."""
    heading = ""
    for part, field in fields.items():
        heading = field.heading or heading
        value = entry.get(part)
        if not is_answer(value):
            continue
        if heading:
            yield heading, ""
            heading = ""
        yield (
            field.text,
            _in_lines(_said(field.kind, value, field.labels, (*field.options, *questionnaire.competencies))),
        )


def _said(kind: QuestionKind, value: Answer, labels: tuple[str, ...], options: tuple[Option, ...]) -> Iterator[Block]:
    """One answer in words."""
    texts = {option.id: option.text for option in reversed(options)}
    match kind, value:
        case ((QuestionKind.RATING | QuestionKind.FACES), int()):
            label = labels[value - 1] if 1 <= value <= len(labels) else ""
            yield Paragraph(f"{value} of 5: {label}" if label else f"{value} of 5")
        case QuestionKind.PERCENT, int():
            yield Paragraph(f"{value} %")
        case QuestionKind.DATE, str():
            yield Paragraph(_date(value))
        case QuestionKind.PICK_MANY, list():
            yield Bullets(tuple(texts.get(str(pick), str(pick)) for pick in value))
        case _:
            yield from _plain(value)


def _plain(value: Answer) -> Iterator[Block]:
    """An answer of which nothing is known but its value."""
    match value:
        case str():
            yield from _paragraphs(value)
        case list() if all(isinstance(entry, str) for entry in value):
            yield Bullets(tuple(str(entry) for entry in value if is_answer(entry)))
        case list():
            for entry in value:
                yield from _plain(entry)
        case dict():
            yield Fields(tuple((key, _in_lines(_plain(part))) for key, part in value.items() if is_answer(part)))
        case None:
            return
        case _:
            yield Paragraph(str(value))


def _in_lines(blocks: Iterable[Block]) -> str:
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text) | Subheading(text):
            yield text
        case Bullets(items):
            yield from items
        case Fields(rows):
            yield from (f"{label}: {value}" for label, value in rows)
        case Table(_, rows):
            yield from (", ".join(row) for row in rows)
        case Picture(_, alt):
            yield alt


def _stories(one: Round, stories: Iterable[Story]) -> Iterator[Block]:
    for story in stories:
        if one.interview.id not in story.interview_ids:
            continue
        yield Subheading(story.title)
        parts = (
            ("Situation", story.situation),
            ("Task", story.task),
            ("Action", story.action),
            ("Result", story.result),
        )
        told = tuple((label, text) for label, text in parts if text)
        if told:
            yield Fields(told)


def _lessons(one: Round, lessons: Iterable[Lesson]) -> Iterator[Block]:
    learned = tuple(lesson.text for lesson in lessons if one.interview.id in lesson.interview_ids)
    if learned:
        yield Bullets(learned)


def _followed(course: Course, one: Round) -> Iterator[Block]:
    events = [
        *((note.sent_at, f"{words.KIND[note.kind]} sent{_to(course, note)}", "") for note in one.messages),
        *((word.at, words.WORD[word.what], _with_date(word.note, word.reply_by)) for word in one.heard),
        *((decision.at, words.DECISION[decision.what], decision.note) for decision in one.decisions),
    ]
    dated = sorted(((at, what, detail) for at, what, detail in events if at is not None), key=lambda event: event[0])
    if dated:
        zone = one.interview.zone
        rows = [(words.short_moment(at.astimezone(zone)), what, detail) for at, what, detail in dated]
        yield _table(("When", "What", "Details"), rows)


def _with_date(note: str, reply_by: date | None) -> str:
    named = f"Date named: {words.day(reply_by)}" if reply_by else ""
    return "\n".join(part for part in (named, note) if part)


def _messages(course: Course, one: Round) -> Iterator[Block]:
    for note in one.messages:
        if note.sent_at is None:
            continue
        yield Subheading(f"{words.KIND[note.kind]}{_to(course, note)}")
        rows = [("Sent", _when(one, note.sent_at)), ("By", words.CHANNEL[note.channel]), ("Subject", note.subject)]
        yield Fields(tuple((label, value) for label, value in rows if value))
        yield from _paragraphs(note.body)


def _to(course: Course, note: Message) -> str:
    """To whom a note went: somebody met in this round or in another one of the application."""
    met = next((met for one in course.rounds if (met := one.met_by(note.person_id))), None)
    return f" to {met.person.name}" if met else ""


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """Typed text, cut at blank lines."""
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        if part.strip():
            yield Paragraph(part.strip("\n"))


def _when(one: Round, at: datetime) -> str:
    return words.moment(at.astimezone(one.interview.zone))


def _date(value: str) -> str:
    try:
        return words.day(date.fromisoformat(value))
    except ValueError:
        return value
