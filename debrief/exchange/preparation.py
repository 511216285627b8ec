"""The page to take along to the next interview, free of any file format: the writers of summaries write it down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from debrief.domain.preparation import Preparation, QuestionMet, SaidBefore, StoryTold, gaps
from debrief.domain.questionnaire import Option
from debrief.domain.wording import counted, in_words
from debrief.exchange import words
from debrief.exchange.document import Block, Bullets, Document, Fields, Paragraph, Section, Subheading, Table

MOST = 5
"""Lessons and questions on the page, so that it stays one."""


def preparation_page(preparation: Preparation, competencies: Sequence[Option]) -> Document:
    """What to read once more before walking in; sections with nothing to say are left out."""
    course = preparation.course
    sections = (
        Section("lessons", "Lessons to take in", tuple(_lessons(preparation))),
        Section("said", "What they said", tuple(_said(preparation.said[:1]))),
        Section("promises", "Promises to keep", tuple(_bullets(preparation.promises))),
        Section("stories", "Stories to tell", tuple(_stories(preparation.stories, competencies))),
        Section("questions", "Hard questions", tuple(_questions(preparation))),
    )
    return Document(
        title=f"Before the next round at {course.application.employer}" if course else "Before the next interview",
        subtitle=course.application.role if course else "At a new employer",
        sections=tuple(section for section in sections if section.blocks),
    )


def _lessons(preparation: Preparation) -> Iterator[Block]:
    yield from _bullets([lesson.text for lesson in preparation.lessons[:MOST]])
    yield from _and_more(len(preparation.lessons), "lesson")


def _said(said: Iterable[SaidBefore]) -> Iterator[Block]:
    for one in said:
        yield Subheading(one.round.interview.round)
        yield from _bullets([f"{name}: {text}" if text else name for name, text in one.people])
        rows = [
            ("They promised", "\n".join(one.promised)),
            ("Next step", one.next_step),
            ("They wrote or said", "\n".join(note for _, note in one.words)),
            ("They look for", in_words(one.skills)),
            ("Still to bring up", "\n".join(one.to_bring_up)),
            ("Still to ask", "\n".join(one.not_asked)),
        ]
        filled = tuple((label, text) for label, text in rows if text)
        if filled:
            yield Fields(filled)


def _stories(stories: Sequence[StoryTold], competencies: Sequence[Option]) -> Iterator[Block]:
    by_competency = [
        (option.text, "\n".join(told.story.title for told in stories if option.id in told.story.competencies))
        for option in competencies
    ]
    rows = tuple((text, titles) for text, titles in by_competency if titles)
    if rows:
        yield Fields(rows)
    untagged = [told.story.title for told in stories if told.story.title and not told.story.competencies]
    yield from _bullets(untagged)
    missing = set(gaps((told.story for told in stories), (option.id for option in competencies)))
    if stories and missing:
        names = [option.text for option in competencies if option.id in missing]
        yield Paragraph(f"No story yet for: {in_words(names)}.")


def _questions(preparation: Preparation) -> Iterator[Block]:
    questions = preparation.questions
    rows = tuple((question.asked, _went(question), " ".join(question.next_time)) for question in questions[:MOST])
    if rows:
        yield Table(("Question", "How it went", "Next time"), rows)
    yield from _and_more(len(questions) + preparation.more_questions, "question")


def _went(question: QuestionMet) -> str:
    mark = f"{question.went} of 5 at " if question.went else ""
    return f"{mark}{question.course.application.employer}. {words.STATUS[question.round.status]}"


def _bullets(items: Sequence[str]) -> Iterator[Block]:
    if items:
        yield Bullets(tuple(items))


def _and_more(count: int, noun: str) -> Iterator[Block]:
    if count > MOST:
        yield Paragraph(f"And {counted(count - MOST, f'more {noun}', f'more {noun}s')} on the Prepare page.")
