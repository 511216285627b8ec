"""Writes a note from the facts of a brief: wordings whose facts are known are said, the others are left unsaid.

What would make the note better and is not in the record comes back as a
question beside the draft. The same brief gives the same draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from debrief.desk.brief import Brief
from debrief.desk.facts_in_words import Said, said_of
from debrief.desk.grammar import evened
from debrief.desk.names import address
from debrief.desk.questions import Question, questions_for
from debrief.desk.rendering import render
from debrief.domain.facts import Channel, MessageKind
from debrief.domain.letters import Move, Occasion, Pattern, Templates, Wording

LONGEST_SUBJECT = 60
"""Characters."""
LINKEDIN_LIMIT = 200
LINKEDIN_PREMIUM_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One move as it was said, and the advice that it follows."""

    move: str
    text: str
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A note ready to be read, changed and sent, and what it would be better for knowing."""

    kind: MessageKind
    channel: Channel
    subject: str
    body: str
    asks: tuple[Question, ...]
    parts: tuple[Part, ...]
    greeting: str
    sign_off: str
    """The closing, with the name below it where one is known."""
    details: tuple[str, ...]
    """What only this occasion can have given it, for the critique: the topics; the day, where nobody came."""

    @property
    def clarifies(self) -> bool:
        """Whether the note puts an answer straight, which earns it a longer limit."""
        return any(part.move == "clarify" for part in self.parts)


def compose(brief: Brief, templates: Templates) -> Draft:
    """The note that these facts allow, and the questions whose answers it lacks."""
    said = said_of(brief, templates.phrases)
    pattern = _pattern_for(brief, said, templates)
    if brief.channel is Channel.LINKEDIN:
        subject, (body, parts) = "", _short_note(pattern, brief, said)
    else:
        subject, (body, parts) = _subject(pattern, brief, said), _letter(pattern, brief, said)
    return Draft(
        kind=brief.kind,
        channel=brief.channel,
        subject=subject,
        body=body,
        asks=questions_for(brief, said, templates.phrases, used=_slots_of(pattern)),
        parts=parts,
        greeting=said.greeting,
        sign_off=said.sign_off,
        details=_details(brief, said),
    )


def linkedin_limit(*, premium: bool) -> int:
    """How many characters a LinkedIn note may have."""
    return LINKEDIN_PREMIUM_LIMIT if premium else LINKEDIN_LIMIT


def _details(brief: Brief, said: Said) -> tuple[str, ...]:
    day = said.slots.get("held_on") if Occasion.NO_SHOW in brief.occasions else None
    return (*brief.topics, day) if day else brief.topics


def _pattern_for(brief: Brief, said: Said, templates: Templates) -> Pattern:
    """Among the patterns that fit best, the one at this person's place: a panel's notes differ by design."""
    fitting = [
        pattern
        for pattern in templates.patterns[brief.kind]
        if pattern.channel is brief.channel
        and brief.tone in pattern.tones
        and pattern.when.hold(brief.occasions, brief.audience, said.filled)
    ]
    most = max(pattern.when.weight for pattern in fitting)
    best = [pattern for pattern in fitting if pattern.when.weight == most]
    return best[brief.place % len(best)]


def _letter(pattern: Pattern, brief: Brief, said: Said) -> tuple[str, tuple[Part, ...]]:
    paragraphs = [[part for move in moves if (part := _say(move, brief, said))] for moves in pattern.paragraphs]
    texts = [" ".join(part.text for part in paragraph) for paragraph in paragraphs if paragraph]
    body = "\n\n".join([said.greeting, *texts, said.sign_off])
    return body, tuple(part for paragraph in paragraphs for part in paragraph)


def _short_note(pattern: Pattern, brief: Brief, said: Said) -> tuple[str, tuple[Part, ...]]:
    """The longest wording that fits the channel's limit together with greeting and name; these go if they must."""
    limit = linkedin_limit(premium=brief.premium)
    move = pattern.paragraphs[0][0]
    name = address(brief.sender, "", brief.country).given
    notes = [evened(render(wording.text, said.slots)) for wording in _sayable(move.wordings, brief, said)]
    frames = ((said.greeting, name), (said.greeting, ""), ("", ""))
    bodies = [("\n".join(filter(None, (before, note, after))), note) for before, after in frames for note in notes]
    body, note = next((one for one in bodies if len(one[0]) <= limit), bodies[-1])
    return body, (Part(move.name, note, move.advice),)


def _subject(pattern: Pattern, brief: Brief, said: Said) -> str:
    """The first subject that is short enough; the last resort names nothing that could be long."""
    subjects = [evened(render(wording.text, said.slots)) for wording in _sayable(pattern.subjects, brief, said)]
    return next((subject for subject in subjects if len(subject) <= LONGEST_SUBJECT), subjects[-1])


def _say(move: Move, brief: Brief, said: Said) -> Part | None:
    """The move in its most particular wording whose facts are known; None where there is nothing to say."""
    wording = next(iter(_sayable(move.wordings, brief, said)), None)
    return Part(move.name, evened(render(wording.text, said.slots)), move.advice) if wording else None


def _sayable(wordings: Iterable[Wording], brief: Brief, said: Said) -> list[Wording]:
    return [
        wording
        for wording in wordings
        if wording.slots <= said.filled and wording.when.hold(brief.occasions, brief.audience, said.filled)
    ]


def _slots_of(pattern: Pattern) -> frozenset[str]:
    """Every slot that this pattern could say something with."""
    return frozenset(
        slot for moves in pattern.paragraphs for move in moves for wording in move.wordings for slot in wording.slots
    )
