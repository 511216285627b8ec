"""What to take into the next interview: questions met so far, what this employer said, promises to keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from debrief.domain.courses import Course, Round
from debrief.domain.facts import Answer, Lesson, LessonState, RoundState, Story, Telling

HARD_QUESTIONS = "hard_questions"
"""Entries, each with how it went (1 to 5) and what it was about."""
MY_PROMISES = "mine"
THEIR_PROMISES = "theirs"
NOT_ASKED = "not_asked"
LEFT_OUT = "left_out"
MUST_KNOW = "must_know"
NEXT_STEP = "next_step"
FEEDBACK = "feedback"
SKILLS = "skills"
"""The questions of the questionnaire that preparing reads; a questionnaire without them leaves the part empty."""

UNRATED_LAST = 6
"""Stands behind every mark, 1 to 5."""
PARTS_OF_NEXT_TIME = ("situation", "task", "action", "result")
TO_TAKE_IN = (LessonState.OPEN, LessonState.PRACTISING)
"""The lessons that are not yet learned, nor dropped."""


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
    """Where it was met; its status is what came of the interview."""


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What one round with an employer left to build on."""

    round: Round
    people: tuple[tuple[str, str], ...]
    """Each person's name and what they talked or worried about."""
    promises: tuple[str, ...]
    """What the candidate promised."""
    promised: tuple[str, ...]
    """What they promised."""
    to_bring_up: tuple[str, ...]
    """What the candidate meant to say, and did not."""
    not_asked: tuple[str, ...]
    """What is still to be asked, also before saying yes."""
    skills: tuple[str, ...]
    """The skills that they look for."""
    next_step: str
    words: tuple[tuple[datetime, str], ...]
    """What they wrote or said after the round: when, and the note of it; feedback that they gave, last."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a story, with the round in which it was told."""

    telling: Telling
    course: Course
    round: Round


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story with its tellings in order of time."""

    story: Story
    tellings: tuple[Told, ...]

    @property
    def landed(self) -> tuple[int, ...]:
        """How it landed each time that it was marked: 1 (fell flat) to 5 (landed)."""
        return tuple(told.telling.landed for told in self.tellings if told.telling.landed is not None)


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything to look at before one interview."""

    course: Course | None
    """The application whose next round it is; None for a new employer."""
    said: tuple[SaidBefore, ...]
    """What this employer said in earlier rounds, the latest first."""
    lessons: tuple[Lesson, ...]
    """Those still to take in; the open ones first, each the newest first."""
    stories: tuple[StoryTold, ...]
    questions: tuple[QuestionMet, ...]
    more_questions: int = 0
    """How many more there are, which went better."""

    @property
    def promises(self) -> tuple[str, ...]:
        """What the candidate promised this employer."""
        return tuple(dict.fromkeys(promise for said in self.said for promise in said.promises))


def preparation(
    courses: Sequence[Course],
    application_id: str | None,
    lessons: Iterable[Lesson],
    stories: Iterable[StoryTold],
) -> Preparation:
    """What to look at before the next round of an application, or before a new employer (`application_id` None)."""
    course = next((course for course in courses if course.application.id == application_id), None)
    return Preparation(
        course=course,
        said=said_before(course) if course else (),
        lessons=lessons_first(lesson for lesson in lessons if lesson.state in TO_TAKE_IN),
        stories=tuple(stories),
        questions=questions_met(courses),
    )


def lessons_first(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Lessons in the order in which to look at them: open and practising, each the newest first, then the others."""
    newest_first = sorted(lessons, key=lambda lesson: (lesson.created_at, lesson.id), reverse=True)
    return tuple(sorted(newest_first, key=lambda lesson: tuple(LessonState).index(lesson.state)))


def stories_told(
    stories: Iterable[Story], tellings: Iterable[Telling], courses: Iterable[Course]
) -> tuple[StoryTold, ...]:
    """Each story with where it was told, in order of its title."""
    rounds = {one.interview.id: (course, one) for course in courses for one in course.rounds}
    known = [Told(telling, *rounds[telling.interview_id]) for telling in tellings if telling.interview_id in rounds]
    in_time = sorted(known, key=lambda told: (told.round.interview.ended_at, told.telling.id))
    return tuple(
        StoryTold(story, tuple(told for told in in_time if told.telling.story_id == story.id))
        for story in sorted(stories, key=lambda story: (not story.title, story.title.casefold(), story.id))
    )


def gaps(stories: Iterable[Story], competencies: Iterable[str]) -> tuple[str, ...]:
    """The competencies that no story shows yet."""
    shown = {competency for story in stories for competency in story.competencies}
    return tuple(competency for competency in competencies if competency not in shown)


def marks_of(value: Answer) -> tuple[int, ...]:
    """For sorting: how each hard question went that an answer tells of, UNRATED_LAST where it was not marked."""
    entries = [entry for entry in _entries(value) if _text(entry, "asked")]
    return tuple(went if isinstance(went := entry.get("went"), int) else UNRATED_LAST for entry in entries)


def questions_met(courses: Iterable[Course]) -> tuple[QuestionMet, ...]:
    """Every hard question written down so far, those that went worst first, unrated ones last."""
    found = (question for course in courses for one in course.rounds for question in _questions_of(course, one))
    return tuple(sorted(found, key=lambda question: (question.went is None, question.went or 0)))


def said_before(course: Course) -> tuple[SaidBefore, ...]:
    """What the earlier rounds of an application left to build on, the latest first."""
    return tuple(_said_in(one) for one in reversed(course.rounds) if one.interview.state is RoundState.HELD)


def _questions_of(course: Course, one: Round) -> Iterator[QuestionMet]:
    answer = one.answers.get(HARD_QUESTIONS)
    for entry in _entries(answer.value if answer else None):
        if _text(entry, "asked"):
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

    skills = one.answers[SKILLS].value if SKILLS in one.answers else None
    told = [(word.at, word.note) for word in one.heard if word.note.strip()]
    feedback = [(one.answers[FEEDBACK].saved_at, text) for text in texts(FEEDBACK)]
    return SaidBefore(
        round=one,
        people=tuple((met.person.name, "; ".join((*met.meeting.topics, *met.meeting.concerns))) for met in one.met),
        promises=texts(MY_PROMISES),
        promised=texts(THEIR_PROMISES),
        to_bring_up=texts(LEFT_OUT),
        not_asked=(*texts(NOT_ASKED), *texts(MUST_KNOW)),
        skills=tuple(_text(entry, "skill") for entry in _entries(skills) if _text(entry, "skill")),
        next_step=" ".join(texts(NEXT_STEP)),
        words=(*told, *feedback),
    )


def _entries(value: Answer) -> list[dict[str, Answer]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(entry: dict[str, Answer], part: str) -> str:
    said = entry.get(part)
    return said.strip() if isinstance(said, str) else ""


def _texts(value: Answer) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(text for text in given if isinstance(text, str) and text.strip())
