"""Notes: a draft is kept as it is typed, marked as sent with its time, and frozen from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from debrief.domain.checks import checked_not_before, checked_not_future, checked_text
from debrief.domain.facts import Channel, Interview, Meeting, Message, MessageKind, Person
from debrief.errors import Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

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
        for message in unit.find(Message, interview_id=slot.interview_id, kind=slot.kind)
        if message.person_id == slot.person_id and message.channel is slot.channel and message.sent_at is None
    ]
    return drafts[0] if drafts else None


def save_draft(actor: Actor, store: Store, now: datetime, slot: Slot, subject: str, body: str) -> Message:
    """Keeps the draft of a slot as it stands now."""
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


def add_topic(actor: Actor, store: Store, now: datetime, slot: Slot, topic: str) -> None:
    """Gives an answer beside the draft back to the record: what this person talked about."""
    topic = checked_text(topic.strip(), "What you talked about")
    with store.unit(actor.owner, now) as unit:
        met = unit.find(Meeting, interview_id=slot.interview_id, person_id=slot.person_id)
        if met and topic and topic not in met[0].topics:
            unit.change(replace(met[0], topics=(*met[0].topics, topic)))
