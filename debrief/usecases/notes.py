"""Notes: a draft is kept as it is typed, marked as sent with its time, and frozen from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from debrief.domain.checks import checked_not_before, checked_not_future, checked_text
from debrief.domain.facts import (
    Answer,
    Channel,
    DraftVersion,
    IgnoredFinding,
    Interview,
    Message,
    MessageKind,
    Person,
)
from debrief.domain.letters import Text
from debrief.domain.wording import NOTE_NAMES
from debrief.errors import Conflict, Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.draft_versions import keep_version, keep_version_of_typing, text_of, versions_of
from debrief.usecases.two_tabs import aside_of, aside_of_others, giving_way

SENDER_SETTING = "sender_name"
TONE_SETTING = "note_tone"
LANGUAGE_SETTING = "note_language"
PREMIUM_SETTING = "linkedin_premium"
DIALECT_SETTING = "dialect"


@dataclass(frozen=True, slots=True)
class Slot:
    """Which note is meant: one draft is kept for each."""

    interview_id: str
    kind: MessageKind
    person_id: str | None = None
    channel: Channel = Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit was made on: the text that its tab had read before, None where there was no draft, and the tab."""

    base: Text | None
    tab: str
    replaces: bool = False
    """Whether the new text was put in place at once (a fix, a text composed anew), so that the old one is a version."""


def drafts_in(unit: Unit, slot: Slot) -> list[Message]:
    """The drafts kept for this slot: one as a rule; more where a note was taken back after another was begun."""
    return [
        message
        for message in unit.find(Message, interview_id=slot.interview_id)
        if message.kind is slot.kind
        and message.person_id == slot.person_id
        and message.channel is slot.channel
        and message.sent_at is None
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record holds of one slot's note before it is sent."""

    draft: Message | None = None
    rivals: tuple[Text, ...] = ()
    """The texts that stand against the draft's, until the user has chosen."""
    versions: tuple[DraftVersion, ...] = ()
    """The latest first."""
    choices: tuple[IgnoredFinding, ...] = ()
    """The findings that the writer left as they are."""


def kept_in(unit: Unit, slot: Slot) -> Kept:
    """The draft of a slot with everything that belongs to it."""
    drafts = drafts_in(unit, slot)
    if not drafts:
        return Kept()
    choices = tuple(unit.find(IgnoredFinding, message_id=drafts[0].id))
    return Kept(drafts[0], rival_texts(drafts), versions_of(unit, drafts[0]), choices)


def draft_in(unit: Unit, slot: Slot) -> Message | None:
    """The draft kept for this slot, if one was begun."""
    return next(iter(drafts_in(unit, slot)), None)


def rival_texts(drafts: list[Message]) -> tuple[Text, ...]:
    """The texts that stand against the first draft's: what other tabs wrote meanwhile, and further drafts."""
    aside = [text for draft in drafts for entry in draft.set_aside if (text := _text_in(entry))]
    return tuple(dict.fromkeys((*aside, *(text_of(draft) for draft in drafts[1:]))))


def text_aside(draft: Message, tab: str) -> Text | None:
    """What this tab wrote and stands against the draft's text, if anything."""
    entry = aside_of(draft.set_aside, tab)
    return None if entry is None else _text_in(entry)


def save_draft(
    actor: Actor, store: Store, now: datetime, slot: Slot, *, text: Text, edit: Edit | None = None
) -> Message:
    """Keeps the draft of a slot as it stands now.

    Where another tab changed it since `edit` was read, the stored text stays and this one is set aside beside it
    (`set_aside` is not empty then). Without `edit` this text is kept whatever stands there.
    """
    checked_text(text.subject, "The subject", field="subject")
    checked_text(text.body, "The note", field="body")
    return giving_way(lambda: _save(actor, store, now, slot, text=text, edit=edit))


def settle_draft(actor: Actor, store: Store, now: datetime, slot: Slot, *, seen: Message, text: Text) -> Message:
    """Ends a conflict with the text that the user chose; the others become versions.

    `seen` is the draft on which the choice was made. Raises Conflict if it moved on since.
    """
    with store.unit(actor.owner, now) as unit:
        drafts = drafts_in(unit, slot)
        if not drafts or (drafts[0].id, drafts[0].version) != (seen.id, seen.version):
            raise Conflict("This note changed once more in another tab. Look at it again, then choose.")
        draft = drafts[0]
        for loser in (text_of(draft), *rival_texts(drafts)):
            if loser != text:
                keep_version(unit, draft, loser)
        for other in drafts[1:]:
            unit.remove(other)
        return unit.change(replace(draft, subject=text.subject, body=text.body, set_aside=()))


def mark_sent(actor: Actor, store: Store, now: datetime, slot: Slot, at: datetime) -> Message:
    """Freezes the draft of a slot as sent at an instant. Refuses one before the interview's end or in the future."""
    with store.unit(actor.owner, now) as unit:
        interview = unit.get(Interview, slot.interview_id)
        drafts = drafts_in(unit, slot)
        to = unit.get(Person, slot.person_id).name if slot.person_id else "the hiring team"
    if not drafts:
        raise Refused("There is no draft to mark as sent. Write the note first.")
    if rival_texts(drafts):
        raise Refused("Two tabs wrote different texts here. Choose which one to keep, then mark it as sent.")
    local = at.astimezone(interview.zone)
    checked_not_future(local, now, "The time of sending", field="at")
    checked_not_before(local, interview.ended_local, "The time of sending", field="at")
    with store.unit(actor.owner, now, f"Sent the {NOTE_NAMES[slot.kind]} to {to}") as unit:
        return unit.change(replace(unit.get(Message, drafts[0].id), sent_at=at))


def take_back_sent(actor: Actor, store: Store, now: datetime, message: Message) -> Message:
    """Makes a note that was marked as sent by mistake a draft again."""
    with store.unit(actor.owner, now, f"Took back: the {NOTE_NAMES[message.kind]} was not sent") as unit:
        return unit.change(replace(message, sent_at=None))


def _save(actor: Actor, store: Store, now: datetime, slot: Slot, *, text: Text, edit: Edit | None) -> Message:
    with store.unit(actor.owner, now) as unit:
        draft = draft_in(unit, slot)
        if draft is None:
            return _just_sent(unit, slot, text) or _begin(unit, slot, text)
        others = draft.set_aside if edit is None else aside_of_others(draft.set_aside, edit.tab)
        if text_of(draft) == text:
            return draft if others == draft.set_aside else unit.change(replace(draft, set_aside=others))
        is_next = edit is None or (edit.base == text_of(draft) and others == draft.set_aside)
        if not is_next:
            aside: Answer = {"by": edit.tab if edit else "", "subject": text.subject, "body": text.body}
            return unit.change(replace(draft, set_aside=(*others, aside)))
        if edit is not None and edit.replaces:
            keep_version(unit, draft, text_of(draft))
        else:
            keep_version_of_typing(unit, draft)
        return unit.change(replace(draft, subject=text.subject, body=text.body))


def _just_sent(unit: Unit, slot: Slot, text: Text) -> Message | None:
    """A note of the slot that went out with this very text: a field's last save may come after it, and begins none."""
    sent = unit.find(Message, interview_id=slot.interview_id, kind=slot.kind, person_id=slot.person_id)
    return next((note for note in sent if note.channel is slot.channel and text_of(note) == text), None)


def _begin(unit: Unit, slot: Slot, text: Text) -> Message:
    """The slot's first draft. Raises Conflict where another tab began one in the same moment."""
    begun = unit.add(
        Message(
            interview_id=slot.interview_id,
            kind=slot.kind,
            channel=slot.channel,
            person_id=slot.person_id,
            subject=text.subject,
            body=text.body,
        )
    )
    if len(drafts_in(unit, slot)) > 1:
        raise Conflict("Another tab began this note in the same moment.")
    return begun


def _text_in(entry: Answer) -> Text | None:
    return Text(str(entry.get("subject", "")), str(entry.get("body", ""))) if isinstance(entry, dict) else None
