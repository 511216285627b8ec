"""Handing over the summary of one interview: what there is to choose from, and the file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Lesson
from debrief.domain.questionnaire import Questionnaire
from debrief.errors import NotFound
from debrief.exchange.document import Document, Section
from debrief.exchange.html import as_html
from debrief.exchange.markdown import as_markdown
from debrief.exchange.summary import SummaryOptions, all_sections, summarise
from debrief.exchange.word import as_word
from debrief.store import Store
from debrief.usecases.actor import Actor


class SummaryForm(StrEnum):
    """The files that a summary can be; the value is the file's suffix."""

    MARKDOWN = "md"
    WORD = "docx"
    HTML = "html"


MIME_TYPES = {
    SummaryForm.MARKDOWN: "text/markdown; charset=utf-8",
    SummaryForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    SummaryForm.HTML: "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class SummaryFile:
    """A file to download."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """Which interview, and how it is to be told."""

    interview_id: str
    questionnaire: Questionnaire
    options: SummaryOptions = field(default_factory=SummaryOptions)


def sections_to_choose(
    actor: Actor, store: Store, now: datetime, interview_id: str, questionnaire: Questionnaire
) -> tuple[Section, ...]:
    """The sections that an interview has something to say in, private ones too. Raises NotFound."""
    course, one, lessons = _told(actor, store, now, interview_id)
    return all_sections(course, one, questionnaire, lessons)


def interview_summary(actor: Actor, store: Store, now: datetime, request: SummaryRequest) -> Document:
    """The summary, for a preview. Raises NotFound."""
    course, one, lessons = _told(actor, store, now, request.interview_id)
    return summarise(course, one, request.questionnaire, request.options, lessons)


def summary_file(actor: Actor, store: Store, now: datetime, request: SummaryRequest, form: SummaryForm) -> SummaryFile:
    """The summary as a file. Raises NotFound."""
    course, one, lessons = _told(actor, store, now, request.interview_id)
    summary = summarise(course, one, request.questionnaire, request.options, lessons)
    match form:
        case SummaryForm.MARKDOWN:
            content = as_markdown(summary).encode()
        case SummaryForm.WORD:
            content = as_word(summary)
        case SummaryForm.HTML:
            content = as_html(summary).encode()
    return SummaryFile(f"{_file_stem(course, one)}.{form.value}", MIME_TYPES[form], content)


def _told(actor: Actor, store: Store, now: datetime, interview_id: str) -> tuple[Course, Round, list[Lesson]]:
    with store.unit(actor.owner, now) as unit:
        course = unit.course_of(interview_id)
        lessons = unit.find(Lesson)
    one = course.round_of(interview_id)
    if one is None:
        raise NotFound("This interview is not in the record. It may have been removed; reload the page.")
    return course, one, lessons


def _file_stem(course: Course, one: Round) -> str:
    """A name that every system takes, with the day in front: "2026-03-05 Acme, panel"."""
    day = one.interview.ended_local.date().isoformat()
    return f"{day} {_safe(course.application.employer)}, {_safe(one.interview.round)}"


def _safe(name: str) -> str:
    """The name without what a file name cannot hold, in any script, at most 60 characters long."""
    letters = (letter if unicodedata.category(letter)[0] in "LNM" or letter in "-'&" else " " for letter in name)
    return re.sub(r" +", " ", "".join(letters)).strip()[:60].strip() or "interview"
