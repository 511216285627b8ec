"""Composing a note from the record, and giving the answers to what it lacks back to the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from debrief.desk.brief import TALKED_ABOUT, Wishes, answer_with, brief_for
from debrief.desk.composer import Draft, compose
from debrief.desk.questions import Home, Question
from debrief.domain.checks import checked_text
from debrief.domain.facts import Application, Heard, Interview, Meeting, Reflection, ReflectionAnswer, Word
from debrief.domain.letters import Templates
from debrief.errors import NotFound
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.notes import SENDER_SETTING, Slot


def composed(actor: Actor, store: Store, now: datetime, slot: Slot, *, templates: Templates, wishes: Wishes) -> Draft:
    """The note that the record allows today, with the questions whose answers would make it better."""
    with store.unit(actor.owner, now) as unit:
        course = unit.course_of(slot.interview_id)
        sender = str(unit.setting(SENDER_SETTING, ""))
    one = course.round_of(slot.interview_id)
    if one is None:
        raise NotFound("This interview is not in your record any more.")
    wishes = replace(wishes, channel=slot.channel)
    brief = brief_for(course, one, slot.kind, slot.person_id, sender=sender, wishes=wishes, now=now)
    return compose(brief, templates)


def give_back(
    actor: Actor, store: Store, now: datetime, slot: Slot, *, question: Question, text: str, instead_of: str = ""
) -> str:
    """Puts the answer to a question beside the draft where it belongs in the record, and gives it as it was kept.

    `instead_of` is what the same field gave before, while it was being typed: the new text, or nothing, takes its
    place. An answer that belongs to the reflection needs one begun: see `reflections.begin`.
    """
    text = checked_text(text.strip(), "Your answer")
    if text == instead_of:
        return text
    with store.unit(actor.owner, now) as unit:
        match question.home:
            case Home.SENDER:
                unit.set_setting(SENDER_SETTING, text)
            case Home.TOPICS:
                _add_topic(unit, slot, question, text, instead_of)
            case Home.NOTES:
                _note_talk(unit, slot, text)
            case Home.REFLECTION:
                _answer_reflection(unit, slot, question, (text, instead_of), now)
            case Home.REQUEST:
                _note_request(unit, slot, text)
            case Home.SOURCE:
                application = unit.get(Application, unit.get(Interview, slot.interview_id).application_id)
                unit.change(replace(application, source=f"Referral by {text}" if text else "Referral"))
    return text


def _note_talk(unit: Unit, slot: Slot, text: str) -> None:
    """Notes with the interview what was talked about, where nobody was met by name."""
    interview = unit.get(Interview, slot.interview_id)
    others = [line for line in interview.notes.splitlines() if not line.startswith(TALKED_ABOUT)]
    told = [f"{TALKED_ABOUT}{text}"] if text else []
    unit.change(replace(interview, notes="\n".join([*others, *told])))


def _add_topic(unit: Unit, slot: Slot, question: Question, text: str, instead_of: str) -> None:
    """Notes a topic of the meeting; one that was worded for oneself gives way to its wording for a letter, and comes
    back where that is taken out again."""
    told = text or question.noted
    for meeting in unit.find(Meeting, interview_id=slot.interview_id, person_id=question.person_id or slot.person_id):
        others = [topic for topic in meeting.topics if topic not in (question.noted, text, instead_of)]
        unit.change(replace(meeting, topics=(*([told] if told else []), *others)))


def _answer_reflection(unit: Unit, slot: Slot, question: Question, given: tuple[str, str], now: datetime) -> None:
    """Answers the reflection's question. `given`: the text, and the one whose place it takes."""
    text, instead_of = given
    asked = str(question.reflection_question)
    reflection = next(iter(unit.find(Reflection, interview_id=slot.interview_id)), None)
    if reflection is None:
        raise NotFound("There is no reflection of this interview yet to keep the answer in.")
    stored = next(iter(unit.find(ReflectionAnswer, reflection_id=reflection.id, question=asked)), None)
    value = answer_with(asked, text, stored.value if stored else None, instead_of=instead_of)
    if stored:
        unit.change(replace(stored, value=value, saved_at=now))
    else:
        unit.add(ReflectionAnswer(reflection_id=reflection.id, question=asked, value=value, saved_at=now))


def _note_request(unit: Unit, slot: Slot, text: str) -> None:
    requests = [word for word in unit.find(Heard, interview_id=slot.interview_id) if word.what is Word.REQUEST]
    if requests:
        unit.change(replace(max(requests, key=lambda word: word.at), note=text))
