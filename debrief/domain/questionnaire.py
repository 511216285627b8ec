"""What a reflection asks: one questionnaire with versions, two depths and branches on the facts.

A reflection keeps the version that it was begun with. Questions that a later
version adds are not shown to it, those that a later version retired still are,
and reworded ones keep the words in which they were answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from debrief.domain.advice import Source
from debrief.domain.courses import Round
from debrief.domain.facts import Answer, Answers, Depth, Focus, Format, Person, ReflectionAnswer, RoundState

MOST_ENTRIES = 50
"""Entries in one list, where the question does not set a smaller limit."""


class QuestionKind(StrEnum):
    """How a question is answered, and with that what JSON value its answer is."""

    RATING = "rating"
    """1 to 5, each with its label."""
    FACES = "faces"
    """1 (sad) to 5 (glad), each with its label."""
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    PICK_MANY = "pick_many"
    """A list of option ids."""
    LIST = "list"
    """A list of short texts."""
    ENTRIES = "entries"
    """A list of records, each a mapping of field ids to answers."""
    DATE = "date"
    """YYYY-MM-DD."""
    PERCENT = "percent"
    """0 to 100."""


class HandsOn(StrEnum):
    """Where an answer goes once the reflection is finished."""

    TOPICS = "topics"
    """To the person's topics in this interview, and so to the note."""
    CONCERNS = "concerns"
    RAPPORT = "rapport"
    LOOSE_END = "loose_end"
    """To what the thank-you clarifies."""
    REPLY_BY = "reply_by"
    """To the interview's promised date, and so to the timeline."""
    LESSONS = "lessons"
    STORIES = "stories"
    """To the stories, field by field: title (or asked), situation, task, action, result, competencies."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick."""

    id: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One part of an entry."""

    id: str
    kind: QuestionKind
    text: str
    depth: Depth = Depth.FULL
    heading: str = ""
    """A line above this field and those that follow it."""
    labels: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The rounds that a section or question is for. An empty tuple or None: it does not matter."""

    state: tuple[RoundState, ...] = (RoundState.HELD,)
    focus: tuple[Focus, ...] = ()
    format: tuple[Format, ...] = ()
    panel: bool | None = None
    """Whether several people were met."""
    sent: bool | None = None
    """Whether a note went out."""
    outcome: bool | None = None
    """Whether the employer's answer or the candidate's decision is known."""

    def holds(self, one: Round) -> bool:
        """Whether this is such a round."""
        interview = one.interview
        told = one.decisions or any(word.what.is_final for word in one.heard)
        return (
            interview.state in self.state
            and (not self.focus or interview.focus in self.focus)
            and (not self.format or interview.format in self.format)
            and self.panel in (None, len(one.met) > 1)
            and self.sent in (None, any(message.sent_at for message in one.messages))
            and self.outcome in (None, bool(told))
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one question, as they stood up to a version."""

    text: str
    help: str
    """Why it is asked."""
    labels: tuple[str, ...] = ()
    """Ratings and faces: what 1, 2, 3, 4 and 5 mean."""
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    until: int | None = None
    """The last version that used these words; None: they are in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question with everything that decides when and how it is asked."""

    id: str
    kind: QuestionKind
    wording: Wording
    earlier: tuple[Wording, ...] = ()
    """Older words, the oldest first."""
    depth: Depth = Depth.FULL
    """SHORT: asked in both depths. FULL: in the long form alone."""
    since: int = 1
    until: int | None = None
    """The last version that asked it; None: it is in use."""
    per_person: bool = False
    when: When = When(state=tuple(RoundState))
    hands_on: HandsOn | None = None
    area: str = ""
    """What a rating is about, in a noun: lessons and charts group by it."""
    most: int = MOST_ENTRIES
    advice: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    """Who asks for it."""

    def belongs_to(self, version: int) -> bool:
        """Whether this version of the questionnaire asks it."""
        return self.since <= version and (self.until is None or version <= self.until)

    def worded_for(self, version: int) -> Wording:
        """The words that this version uses."""
        return next((old for old in self.earlier if old.until is not None and version <= old.until), self.wording)

    @property
    def all_wordings(self) -> tuple[Wording, ...]:
        """Every set of words that the question ever had."""
        return (*self.earlier, self.wording)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that are shown together."""

    id: str
    title: str
    intro: str = ""
    private: bool = False
    """Left out of what is shown to others unless the user says otherwise."""
    when: When = When()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything a reflection can ask."""

    version: int
    sections: tuple[Section, ...]
    competencies: tuple[Option, ...]
    unnamed: str
    """How an interviewer is called whose name is not known: "your interviewer"."""

    @property
    def questions(self) -> Mapping[str, Question]:
        """Every question by id, retired ones too."""
        return {question.id: question for section in self.sections for question in section.questions}

    @property
    def areas(self) -> Mapping[str, str]:
        """The areas that ratings are about: question id → noun."""
        return {question.id: question.area for question in self.questions.values() if question.area}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is put to somebody about one round."""

    question: Question
    wording: Wording
    person: Person | None = None

    @property
    def key(self) -> str:
        """Under which the answer is kept."""
        return f"{self.question.id}@{self.person.id}" if self.person else self.question.id


@dataclass(frozen=True, slots=True)
class VisibleSection:
    """A section with what it asks about one round."""

    section: Section
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions have an answer."""

    answered: int
    asked: int

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.answered / self.asked if self.asked else 1.0


@dataclass(frozen=True, slots=True)
class HandedOn:
    """One answer that goes somewhere at the end of a reflection."""

    to: HandsOn
    asked: Asked
    value: Answer


def visible(questionnaire: Questionnaire, version: int, depth: Depth, one: Round) -> tuple[VisibleSection, ...]:
    """What is asked about a round by this version at this depth; sections without a question are left out."""
    sections = (
        VisibleSection(section, tuple(_asked_in(questionnaire, section, version, depth, one)))
        for section in questionnaire.sections
        if section.when.holds(one)
    )
    return tuple(section for section in sections if section.asked)


def progress(sections: Sequence[VisibleSection], answers: Answers) -> Progress:
    """How far a reflection, or with one section that section, has come."""
    asked = [one.key for section in sections for one in section.asked]
    answered = sum(1 for key in asked if key in answers and is_answer(answers[key].value))
    return Progress(answered, len(asked))


def is_answer(value: Answer) -> bool:
    """Whether a value says something: blanks, empty lists and empty entries do not."""
    match value:
        case None:
            return False
        case str():
            return bool(value.strip())
        case list():
            return any(is_answer(entry) for entry in value)
        case dict():
            return any(is_answer(part) for part in value.values())
        case _:
            return True


def handed_on(questionnaire: Questionnaire, one: Round) -> tuple[HandedOn, ...]:
    """The answers of the round's reflection that go somewhere: to the notes, the timeline, lessons and stories."""
    if one.reflection is None:
        return ()
    shown = visible(questionnaire, one.reflection.questionnaire, Depth.FULL, one)
    return tuple(
        HandedOn(asked.question.hands_on, asked, one.answers[asked.key].value)
        for section in shown
        for asked in section.asked
        if asked.question.hands_on and asked.key in one.answers and is_answer(one.answers[asked.key].value)
    )


def no_longer_asked(questionnaire: Questionnaire, one: Round) -> tuple[ReflectionAnswer, ...]:
    """Answers that no visible question has a place for.

    The question was deleted from the file, or the facts that it was for have
    changed; what was written stays to be seen.
    """
    if one.reflection is None:
        return ()
    shown = visible(questionnaire, one.reflection.questionnaire, Depth.FULL, one)
    keys = {asked.key for section in shown for asked in section.asked}
    return tuple(answer for key, answer in one.answers.items() if key not in keys and is_answer(answer.value))


def _asked_in(
    questionnaire: Questionnaire, section: Section, version: int, depth: Depth, one: Round
) -> Iterator[Asked]:
    """The section's questions for one round, those about people once for each of them."""
    for question in section.questions:
        if not question.belongs_to(version) or not question.when.holds(one):
            continue
        if depth is Depth.SHORT and question.depth is not Depth.SHORT:
            continue
        wording = _at_depth(question.worded_for(version), depth)
        if not question.per_person:
            yield Asked(question, wording)
        elif not one.met:
            yield Asked(question, _about(wording, questionnaire.unnamed))
        for met in one.met if question.per_person else ():
            yield Asked(question, _about(wording, met.person.name), met.person)


def _at_depth(wording: Wording, depth: Depth) -> Wording:
    """The words with the fields that this depth asks for."""
    if depth is Depth.FULL or not wording.fields:
        return wording
    return replace(wording, fields=tuple(field for field in wording.fields if field.depth is Depth.SHORT))


def _about(wording: Wording, name: str) -> Wording:
    return replace(wording, text=wording.text.replace("{person}", name), help=wording.help.replace("{person}", name))
