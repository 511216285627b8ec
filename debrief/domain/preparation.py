"""What to take into the next interview: questions met so far, what this employer said, promises to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Answer, RoundState

HARD_QUESTIONS = "hard_questions"
MY_PROMISES = "mine"
NOT_ASKED = "not_asked"
NEXT_STEP = "next_step"
"""The questions of the questionnaire that preparing reads; a questionnaire without them leaves the part empty."""

PARTS_OF_NEXT_TIME = ("situation", "task", "action", "result")


@dataclass(frozen=True, slots=True)
class QuestionMet:
    """A hard question as it was put once, how it went, and what to say next time."""

    asked: str
    said: str
    went: int | None
    """1 (lost for words) to 5 (strong)."""
    next_time: tuple[str, ...]
    """Situation, task, action and result, as far as they were written."""
    competencies: tuple[str, ...]
    course: Course
    round: Round


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What one round with an employer left to build on."""

    round: Round
    people: tuple[tuple[str, str], ...]
    """Each person's name and what they talked or worried about."""
    promises: tuple[str, ...]
    """What the candidate promised."""
    not_asked: tuple[str, ...]
    next_step: str


def questions_met(courses: Iterable[Course]) -> tuple[QuestionMet, ...]:
    """Every hard question written down so far, those that went worst first, unrated ones last."""
    found = (question for course in courses for one in course.rounds for question in _questions_of(course, one))
    return tuple(sorted(found, key=lambda question: (question.went is None, question.went or 0)))


def said_before(course: Course) -> tuple[SaidBefore, ...]:
    """What the earlier rounds of an application left to build on, the latest first."""
    return tuple(_said_in(one) for one in reversed(course.rounds) if one.interview.state is RoundState.HELD)


def _questions_of(course: Course, one: Round) -> Iterator[QuestionMet]:
    answer = one.answers.get(HARD_QUESTIONS)
    for entry in answer.value if answer and isinstance(answer.value, list) else ():
        if isinstance(entry, dict) and _text(entry, "asked"):
            went = entry.get("went")
            yield QuestionMet(
                asked=_text(entry, "asked"),
                said=_text(entry, "said"),
                went=went if isinstance(went, int) else None,
                next_time=tuple(text for part in PARTS_OF_NEXT_TIME if (text := _text(entry, part))),
                competencies=_texts(entry.get("competencies")),
                course=course,
                round=one,
            )


def _said_in(one: Round) -> SaidBefore:
    def texts(question: str) -> tuple[str, ...]:
        return _texts(one.answers[question].value) if question in one.answers else ()

    return SaidBefore(
        round=one,
        people=tuple((met.person.name, "; ".join((*met.meeting.topics, *met.meeting.concerns))) for met in one.met),
        promises=texts(MY_PROMISES),
        not_asked=texts(NOT_ASKED),
        next_step=" ".join(texts(NEXT_STEP)),
    )


def _text(entry: dict[str, Answer], part: str) -> str:
    said = entry.get(part)
    return said.strip() if isinstance(said, str) else ""


def _texts(value: Answer) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(text for text in given if isinstance(text, str) and text.strip())
