"""Notes: a draft is kept as it is typed, marked as sent with its time, and frozen from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from debrief.desk.brief import TALKED_ABOUT, Wishes, answer_with, brief_for
from debrief.desk.composer import Draft, compose
from debrief.desk.questions import Home, Question
from debrief.domain.checks import checked_not_before, checked_not_future, checked_text
from debrief.domain.facts import (
    Application,
    Channel,
    Heard,
    Interview,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Word,
)
from debrief.domain.letters import Templates
from debrief.errors import Conflict, NotFound, Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

SENDER_SETTING = "sender_name"
KIND_NAMES = {
    MessageKind.THANK_YOU: "thank-you",
    MessageKind.CHECK_IN: "check-in",
    MessageKind.LAST_MESSAGE: "last message",
    MessageKind.SEND_MATERIAL: "material",
    MessageKind.REJECTION_REPLY: "reply to the rejection",
    MessageKind.FEEDBACK_REQUEST: "request for feedback",
    MessageKind.CONNECT: "request to connect",
    MessageKind.KEEP_IN_TOUCH: "note to stay in touch",
    MessageKind.WITHDRAW: "withdrawal",
    MessageKind.OFFER_REPLY: "reply to the offer",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Which note is meant: one draft is kept for each."""

    interview_id: str
    kind: MessageKind
    person_id: str | None = None
    channel: Channel = Channel.EMAIL


def draft_in(unit: Unit, slot: Slot) -> Message | None:
    """The draft kept for this slot, if one was begun."""
    drafts = [
        message
        for message in unit.find(Message, interview_id=slot.interview_id)
        if message.kind is slot.kind
        and message.person_id == slot.person_id
        and message.channel is slot.channel
        and message.sent_at is None
    ]
    return drafts[0] if drafts else None


def save_draft(
    actor: Actor, store: Store, now: datetime, slot: Slot, *, subject: str, body: str, seen: int | None = None
) -> Message:
    """Keeps the draft of a slot as it stands now.

    `seen` is the version that was read before the edit, 0 where there was none; a draft that moved on since then
    stays, and Conflict brings it. None: keep this text whatever stands there.
    """
    checked_text(subject, "The subject", field="subject")
    checked_text(body, "The note", field="body")
    with store.unit(actor.owner, now) as unit:
        draft = draft_in(unit, slot)
        if draft is None:
            return unit.add(
                Message(
                    interview_id=slot.interview_id,
                    kind=slot.kind,
                    channel=slot.channel,
                    person_id=slot.person_id,
                    subject=subject,
                    body=body,
                )
            )
        if (draft.subject, draft.body) == (subject, body):
            return draft
        if seen is not None and seen != draft.version:
            raise Conflict("Another tab changed this note meanwhile. Choose which text to keep.", stored=draft)
        return unit.change(replace(draft, subject=subject, body=body))


def mark_sent(actor: Actor, store: Store, now: datetime, slot: Slot, at: datetime) -> Message:
    """Freezes the draft of a slot as sent at an instant. Refuses one before the interview's end or in the future."""
    with store.unit(actor.owner, now) as unit:
        interview = unit.get(Interview, slot.interview_id)
        draft = draft_in(unit, slot)
        to = unit.get(Person, slot.person_id).name if slot.person_id else "the hiring team"
    if draft is None:
        raise Refused("There is no draft to mark as sent. Write the note first.")
    local = at.astimezone(interview.zone)
    checked_not_future(local, now, "The time of sending", field="at")
    checked_not_before(local, interview.ended_local, "The time of sending", field="at")
    with store.unit(actor.owner, now, f"Sent the {KIND_NAMES[slot.kind]} to {to}") as unit:
        return unit.change(replace(unit.get(Message, draft.id), sent_at=at))


def take_back_sent(actor: Actor, store: Store, now: datetime, message: Message) -> Message:
    """Makes a note that was marked as sent by mistake a draft again."""
    with store.unit(actor.owner, now, f"Took back: the {KIND_NAMES[message.kind]} was not sent") as unit:
        return unit.change(replace(message, sent_at=None))


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


def give_back(actor: Actor, store: Store, now: datetime, slot: Slot, *, question: Question, text: str) -> None:
    """Puts the answer to a question beside the draft where it belongs in the record.

    An answer that belongs to the reflection needs one begun: see `reflections.begin`.
    """
    text = checked_text(text.strip(), "Your answer")
    if not text:
        return
    with store.unit(actor.owner, now) as unit:
        match question.home:
            case Home.SENDER:
                unit.set_setting(SENDER_SETTING, text)
            case Home.TOPICS:
                _add_topic(unit, slot, question, text)
            case Home.NOTES:
                _note_talk(unit, slot, text)
            case Home.REFLECTION:
                _answer_reflection(unit, slot, question, text, now)
            case Home.REQUEST:
                _note_request(unit, slot, text)
            case Home.SOURCE:
                application = unit.get(Application, unit.get(Interview, slot.interview_id).application_id)
                unit.change(replace(application, source=f"Referral by {text}"))


def _note_talk(unit: Unit, slot: Slot, text: str) -> None:
    """Notes with the interview what was talked about, where nobody was met by name."""
    interview = unit.get(Interview, slot.interview_id)
    others = [line for line in interview.notes.splitlines() if not line.startswith(TALKED_ABOUT)]
    unit.change(replace(interview, notes="\n".join([*others, f"{TALKED_ABOUT}{text}"])))


def _add_topic(unit: Unit, slot: Slot, question: Question, text: str) -> None:
    """Notes a topic of the meeting; one that was worded for oneself gives way to its wording for a letter."""
    for meeting in unit.find(Meeting, interview_id=slot.interview_id, person_id=question.person_id or slot.person_id):
        others = tuple(topic for topic in meeting.topics if topic not in (question.noted, text))
        unit.change(replace(meeting, topics=(text, *others)))


def _answer_reflection(unit: Unit, slot: Slot, question: Question, text: str, now: datetime) -> None:
    asked = str(question.reflection_question)
    reflection = next(iter(unit.find(Reflection, interview_id=slot.interview_id)), None)
    if reflection is None:
        raise NotFound("There is no reflection of this interview yet to keep the answer in.")
    stored = next(iter(unit.find(ReflectionAnswer, reflection_id=reflection.id, question=asked)), None)
    value = answer_with(asked, text, stored.value if stored else None)
    if stored:
        unit.change(replace(stored, value=value, saved_at=now))
    else:
        unit.add(ReflectionAnswer(reflection_id=reflection.id, question=asked, value=value, saved_at=now))


def _note_request(unit: Unit, slot: Slot, text: str) -> None:
    requests = [word for word in unit.find(Heard, interview_id=slot.interview_id) if word.what is Word.REQUEST]
    if requests:
        unit.change(replace(max(requests, key=lambda word: word.at), note=text))
