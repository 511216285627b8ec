"""What a finished reflection has handed on: each thing as it stands in the record, to change or to take back.

The words in the reflection change along, so that both say the same; one entry
of the journal holds both. Taking back leaves the reflection as it was, but for
what the notes read there: a topic and a loose end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from debrief.domain.answer_checks import check_answer
from debrief.domain.checks import required_line
from debrief.domain.courses import Met, Round
from debrief.domain.facts import Answer, Interview, Lesson, Meeting, Reflection, ReflectionAnswer, Story, Telling
from debrief.domain.questionnaire import HandedOn, HandsOn, Questionnaire, handed_on
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.what_follows import KnownSoFar, checked_promise, texts_of

CALLED = {
    HandsOn.TOPICS: "a topic for the note",
    HandsOn.CONCERNS: "a concern",
    HandsOn.RAPPORT: "the rapport",
    HandsOn.LOOSE_END: "the loose end for the note",
    HandsOn.REPLY_BY: "the date by which they answer",
    HandsOn.LESSONS: "a lesson",
    HandsOn.STORIES: "a story",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that the reflection handed on and that the record holds."""

    what: HandsOn
    value: Answer
    """Its words; a date as YYYY-MM-DD, a rapport as a number."""
    handed: HandedOn | None = None
    """The answer that it came from; None for a lesson or a story."""
    fact: Lesson | Story | None = None
    met: Met | None = None
    """Whom it is about."""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        about = self.fact.id if self.fact else self.met.person.id if self.met else ""
        return f"{self.what}.{about}.{'' if self.fact else self.value}"


def handed_over(one: Round, questionnaire: Questionnaire, known: KnownSoFar) -> tuple[Kept, ...]:
    """Everything that came of the reflection of a round and stands in the record."""
    if one.reflection is None:
        return ()
    answers = handed_on(questionnaire, one)
    return (
        *(kept for handed in answers for kept in _from_answer(handed, one)),
        *(Kept(HandsOn.STORIES, story.title, fact=story) for story in known.stories if _is_from(story, one)),
        *(Kept(HandsOn.LESSONS, lesson.text, fact=lesson) for lesson in known.lessons if _is_from(lesson, one)),
    )


def change_kept(actor: Actor, store: Store, now: datetime, one: Round, kept: Kept, *, value: Answer) -> None:
    """Gives it other words, another date or another mark, in the record and in the reflection."""
    if isinstance(value, str) and kept.what is not HandsOn.LOOSE_END:
        value = required_line(value, "This", field="value")
    with store.unit(actor.owner, now, f"Changed {CALLED[kept.what]}") as unit:
        match kept.what:
            case HandsOn.LESSONS if isinstance(kept.fact, Lesson):
                unit.change(replace(unit.get(Lesson, kept.fact.id), text=str(value)))
                _mend_lessons_answer(unit, one, old=kept.fact.text, new=str(value))
            case HandsOn.REPLY_BY:
                interview = unit.get(Interview, one.interview.id)
                named = checked_promise(interview, date.fromisoformat(str(value)))
                unit.change(replace(interview, reply_by=named))
            case HandsOn.TOPICS | HandsOn.CONCERNS | HandsOn.RAPPORT if kept.met is not None:
                meeting = unit.get(Meeting, kept.met.meeting.id)
                unit.change(_mended(meeting, kept, value))
            case _:
                pass
        _mend_answer(unit, one, kept, value)


def take_back(actor: Actor, store: Store, now: datetime, one: Round, kept: Kept) -> None:
    """Takes one thing back; a lesson or a story that other interviews brought up as well stays with those."""
    with store.unit(actor.owner, now, f"Took back {CALLED[kept.what]}") as unit:
        match kept.what:
            case HandsOn.LESSONS | HandsOn.STORIES if kept.fact is not None:
                _let_go(unit, kept.fact, one.interview.id)
            case HandsOn.REPLY_BY:
                unit.change(replace(unit.get(Interview, one.interview.id), reply_by=None))
            case HandsOn.TOPICS | HandsOn.CONCERNS | HandsOn.RAPPORT if kept.met is not None:
                unit.change(_mended(unit.get(Meeting, kept.met.meeting.id), kept, None))
            case _:
                pass
        if kept.what in (HandsOn.TOPICS, HandsOn.LOOSE_END):
            _mend_answer(unit, one, kept, None)


def _from_answer(handed: HandedOn, one: Round) -> Iterator[Kept]:
    """What of one answer stands in the record."""
    met = one.met_by(handed.asked.person.id) if handed.asked.person else None
    match handed.to:
        case HandsOn.LOOSE_END:
            yield Kept(handed.to, handed.value, handed)
        case HandsOn.REPLY_BY if one.interview.reply_by and handed.value == one.interview.reply_by.isoformat():
            yield Kept(handed.to, handed.value, handed)
        case HandsOn.RAPPORT if met and met.meeting.rapport == handed.value:
            yield Kept(handed.to, handed.value, handed, met=met)
        case HandsOn.TOPICS | HandsOn.CONCERNS if met:
            held = met.meeting.topics if handed.to is HandsOn.TOPICS else met.meeting.concerns
            for text in texts_of(handed.value):
                if text in held:
                    yield Kept(handed.to, text, handed, met=met)
        case _:
            pass


def _is_from(fact: Lesson | Story, one: Round) -> bool:
    return one.interview.id in fact.interview_ids


def _mended(meeting: Meeting, kept: Kept, value: Answer) -> Meeting:
    """The meeting with the new value in the place of the old one, or without it."""
    match kept.what:
        case HandsOn.TOPICS:
            return replace(meeting, topics=_swapped(meeting.topics, kept.value, value))
        case HandsOn.CONCERNS:
            return replace(meeting, concerns=_swapped(meeting.concerns, kept.value, value))
        case _:
            return replace(meeting, rapport=value if isinstance(value, int) else None)


def _swapped(texts: tuple[str, ...], old: Answer, new: Answer) -> tuple[str, ...]:
    swapped = (new if text == old else text for text in texts)
    return tuple(dict.fromkeys(text for text in swapped if isinstance(text, str)))


def _mend_answer(unit: Unit, one: Round, kept: Kept, value: Answer) -> None:
    """Puts the new value into the reflection, too."""
    if kept.handed is None:
        return

    def mend(answer: Answer) -> Answer:
        return _with(answer, kept.value, value) if isinstance(answer, list) else value

    check_answer(kept.handed.asked.question, mend(kept.handed.value))
    _rewrite(unit, one, kept.handed.asked.key, mend)


def _mend_lessons_answer(unit: Unit, one: Round, *, old: str, new: str) -> None:
    """The words of a lesson in whichever answer they stand."""
    for answer in one.answers.values():
        if isinstance(answer.value, list) and any(_says(text, old) for text in answer.value):
            _rewrite(unit, one, answer.question, lambda value: _with(value, old, new))


def _with(value: Answer, old: Answer, new: Answer) -> Answer:
    """A list with one text changed, or taken out where the new one is None."""
    swapped = [new if _says(text, old) else text for text in value] if isinstance(value, list) else []
    return [text for text in swapped if text is not None] or None


def _says(text: Answer, old: Answer) -> bool:
    return isinstance(text, str) and text.strip() == old


def _rewrite(unit: Unit, one: Round, question: str, mend: Callable[[Answer], Answer]) -> None:
    if one.reflection is None:
        return
    reflection = unit.get(Reflection, one.reflection.id)
    for stored in unit.find(ReflectionAnswer, reflection_id=reflection.id, question=question):
        unit.change(replace(stored, value=mend(stored.value), saved_at=unit.now))


def _let_go(unit: Unit, fact: Lesson | Story, interview_id: str) -> None:
    """The lesson or story without this interview; one that is of no other goes."""
    current = unit.get(type(fact), fact.id)
    tellings = unit.find(Telling, story_id=fact.id)
    for telling in tellings:
        if telling.interview_id == interview_id:
            unit.remove(telling)
    others = tuple(id_ for id_ in current.interview_ids if id_ != interview_id)
    if others or any(telling.interview_id != interview_id for telling in tellings):
        unit.change(replace(current, interview_ids=others))
    else:
        unit.remove(current)
