"""What a note may be built from: the facts that the record holds, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import (
    Answer,
    Channel,
    Focus,
    Format,
    Heard,
    MessageKind,
    Person,
    RoundState,
    Word,
)
from debrief.domain.letters import Audience, Occasion, Tone

TOPICS = "topics"
CLARIFICATION = "clarification"
ADDED_POINT = "added_point"
SKILLS = "skills"
PROMISED_MATERIAL = "requested"

ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    TOPICS: ("topics", "connection"),
    CLARIFICATION: ("loose_end",),
    ADDED_POINT: ("left_out",),
    SKILLS: ("skills",),
    PROMISED_MATERIAL: ("mine",),
}
"""Which questions of the questionnaire hold which fact: the one place where the desk knows their ids."""
SKILL_FIELD, STRENGTH_FIELD = "skill", "have"
"""Of an entry under `skills`: what they look for, and how far the candidate has it (1 to 5)."""
THANK_YOU_WITHIN = timedelta(hours=24)
"""Advice TY2."""
LEAST_STRENGTH = 3
"""A skill that the candidate has less of is no reason to want the job."""


TALKED_ABOUT = "Talked about:"
"""Opens the line of an interview's notes that holds a topic where nobody was met by name."""
_TALKED_ABOUT = re.compile(rf"^{TALKED_ABOUT}\s*(\S.*)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The facts for one note. What is empty is not known, and will not be said."""

    kind: MessageKind
    employer: str
    role: str
    audience: Audience = Audience.TEAM
    recipient: Person | None = None
    tone: Tone = Tone.WARM
    channel: Channel = Channel.EMAIL
    sender: str = ""
    place: int = 0
    """How many people the candidate met for this post before this one: notes to one panel differ by it."""
    topics: tuple[str, ...] = ()
    """As noted; those that nobody else of the round shares come first."""
    concerns: tuple[str, ...] = ()
    clarification: str = ""
    """What came out wrong or was left unsaid, in the candidate's words; paragraphs parted by a blank line."""
    added_point: str = ""
    ties_up: bool = True
    """Whether this is the note that carries the loose ends: of a panel's notes, one does."""
    skills: tuple[str, ...] = ()
    held_on: date | None = None
    """The day of the interview, or the day for which it was agreed."""
    promised: date | None = None
    answer_by: date | None = None
    requested: str = ""
    referrer: str = ""
    occasions: frozenset[Occasion] = frozenset()
    country: str | None = None
    greeting: str = ""
    """The user's own greeting line for this person, if they set one."""
    premium: bool = False
    """Whether a LinkedIn note may have 300 characters rather than 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user chooses for a note beyond what the record says."""

    loose_ends: bool | None = None
    """Whether the note carries what was left out or came out wrong. None: one note of a panel does, the likeliest."""
    tone: Tone = Tone.WARM
    channel: Channel | None = None
    """None: LinkedIn for a request to connect, else email."""
    occasions: frozenset[Occasion] = frozenset()
    """Added to what the record shows by itself (nobody came, a group, a written round, a referral)."""
    premium: bool = False
    greeting: str = ""


def brief_for(
    course: Course,
    round_: Round,
    kind: MessageKind,
    person_id: str | None = None,
    *,
    sender: str = "",
    wishes: Wishes | None = None,
    now: datetime | None = None,
) -> Brief:
    """The facts for a note of this kind about this round, to this person (None: the hiring team).

    `now` tells whether a thank-you is late; None: it is not.
    """
    wishes = wishes or Wishes()
    met = round_.met_by(person_id) or _met_elsewhere(course, person_id)
    asked = _latest(round_.heard, Word.REQUEST)
    offered = _latest(round_.heard, Word.OFFER)
    ties_up = _ties_up(round_, met) if wishes.loose_ends is None else wishes.loose_ends
    return Brief(
        kind=kind,
        employer=course.application.employer,
        role=course.application.role,
        audience=_audience(round_, met),
        recipient=met.person if met else None,
        tone=wishes.tone,
        channel=wishes.channel or (Channel.LINKEDIN if kind is MessageKind.CONNECT else Channel.EMAIL),
        sender=sender,
        place=_place(course, round_, person_id),
        topics=_topics(round_, met),
        concerns=met.meeting.concerns if met else (),
        clarification=_first(round_, CLARIFICATION) if ties_up else "",
        added_point=_first(round_, ADDED_POINT) if ties_up else "",
        ties_up=ties_up,
        skills=_skills(round_),
        held_on=round_.interview.ended_local.date(),
        promised=_promised(round_),
        answer_by=offered.reply_by if offered else None,
        requested=asked.note if asked and asked.note.strip() else _first(round_, PROMISED_MATERIAL),
        referrer=_referrer(course.application.source),
        occasions=occasions_on_record(course, round_, kind, now) | wishes.occasions,
        country=course.application.country,
        greeting=wishes.greeting,
        premium=wishes.premium,
    )


def answer_with(question: str, text: str, before: Answer, *, instead_of: str = "") -> Answer:
    """What the record is to hold once a question beside the draft is answered with `text`; nothing kept is lost.

    `question`: its id in the questionnaire. `before`: the answer so far, None where there is none. `instead_of`: what
    was given to the same question a moment ago, while it was still being typed; `text`, or nothing, takes its place.
    """
    if question in ANSWERED_BY[SKILLS]:
        return _entry_first({SKILL_FIELD: text} if text else None, before, {SKILL_FIELD: instead_of})
    if question in ANSWERED_BY[ADDED_POINT]:
        return _entry_first(text or None, before, instead_of)
    kept = before if isinstance(before, str) else ""
    kept = "" if kept == instead_of else kept.removesuffix(f"\n\n{instead_of}")
    return "\n\n".join(part for part in (kept, text) if part.strip()) or None


def _entry_first(entry: Answer, before: Answer, instead_of: Answer) -> Answer:
    """The entries of a list with a new one at their head, and without the one whose place it takes."""
    others = [other for other in (_as_list(before) if before else []) if other not in (instead_of, entry)]
    return [*([entry] if entry else []), *others] or None


def _met_elsewhere(course: Course, person_id: str | None) -> Met | None:
    """Somebody met in another round of the same application, such as the recruiter of the first call."""
    found = [met for one in course.rounds for met in [one.met_by(person_id)] if met and person_id]
    return found[-1] if found else None


def _audience(round_: Round, met: Met | None) -> Audience:
    if met is None:
        return Audience.TEAM
    if met.person.recruiter:
        return Audience.RECRUITER
    interviewers = [one for one in round_.met if not one.person.recruiter]
    return Audience.PANEL if len(interviewers) > 1 else Audience.INTERVIEWER


def _place(course: Course, round_: Round, person_id: str | None) -> int:
    """How many people were met before this one, over the rounds in order; a round with nobody named counts one."""
    before = 0
    for one in course.rounds:
        if one.interview.id == round_.interview.id:
            break
        before += max(1, len(one.met))
    ids = [met.person.id for met in round_.met]
    return before + (ids.index(person_id) if person_id in ids else 0)


def _topics(round_: Round, met: Met | None) -> tuple[str, ...]:
    """What was noted about the talk with this person, in the meeting and in the reflection; shared topics last."""
    if met is None:
        return tuple(_TALKED_ABOUT.findall(round_.interview.notes))
    shared = {
        _folded(topic)
        for other in round_.met
        if other.person.id != met.person.id
        for topic in _noted_about(round_, other)
    }
    return tuple(sorted(_noted_about(round_, met), key=lambda topic: _folded(topic) in shared))


def _noted_about(round_: Round, met: Met) -> tuple[str, ...]:
    told = (text for question in ANSWERED_BY[TOPICS] for text in _texts(round_, f"{question}@{met.person.id}"))
    noted: dict[str, str] = {}
    for topic in (*met.meeting.topics, *told):
        noted.setdefault(_folded(topic), topic)
    return tuple(topic for folded, topic in noted.items() if folded)


def _folded(text: str) -> str:
    return text.casefold().strip(" .")


def _ties_up(round_: Round, met: Met | None) -> bool:
    """Whether this is the one note that carries the loose ends: the person whose topics they touch, else the first.

    Written into every note of a panel they would make the notes alike.
    """
    if len(round_.met) < 2:
        return True
    loose = _words(" ".join(_first(round_, fact) for fact in (CLARIFICATION, ADDED_POINT)))
    likeliest = max(
        round_.met,
        key=lambda one: (
            len(loose & _words(" ".join((*_noted_about(round_, one), *one.meeting.concerns)))),
            not one.person.recruiter,
        ),
    )
    return met is not None and likeliest.person.id == met.person.id


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3)


def _promised(round_: Round) -> date | None:
    """The date that the employer named last; a word later than the date has spent it."""
    words = [(word.at.astimezone(round_.interview.zone).date(), word.reply_by) for word in round_.heard]
    named = [by for _, by in words if by]
    latest = named[-1] if named else round_.interview.reply_by
    last_word = max((at for at, _ in words), default=None)
    return None if latest and last_word and latest < last_word else latest


def _latest(heard: Iterable[Heard], what: Word) -> Heard | None:
    return max((word for word in heard if word.what is what), key=lambda word: word.at, default=None)


def occasions_on_record(
    course: Course, round_: Round, kind: MessageKind, now: datetime | None = None
) -> frozenset[Occasion]:
    """What the record shows by itself. `now` tells whether a thank-you is late; None: it is not."""
    interview, source = round_.interview, course.application.source.lower()
    shown = {
        Occasion.NO_SHOW: interview.state is RoundState.NO_SHOW,
        Occasion.GROUP: interview.focus is Focus.GROUP,
        Occasion.WRITTEN: interview.format is Format.WRITTEN or interview.focus is Focus.ASSESSMENT,
        Occasion.INTERNAL: bool(re.search(r"\binternal\b", source)),
        Occasion.REFERRAL: bool(re.search(r"\breferr(?:al|ed)\b", source)),
    }
    return frozenset(occasion for occasion, is_so in shown.items() if is_so) | _late(round_, kind, now)


def _late(round_: Round, kind: MessageKind, now: datetime | None) -> frozenset[Occasion]:
    late = kind is MessageKind.THANK_YOU and now is not None and now > round_.interview.ended_at + THANK_YOU_WITHIN
    return frozenset({Occasion.LATE} if late else ())


def _referrer(source: str) -> str:
    """The name in "Referral by Mei Tan" or "Referred by: Mei Tan"."""
    found = re.match(r"\s*referr(?:al|ed)\s*(?:by|from|through|via|:|-|–)+\s*:?\s*(\S.*)", source, re.IGNORECASE)
    return found[1].strip() if found else ""


def _first(round_: Round, fact: str) -> str:
    """The first text that answers the question behind a fact; "" where there is none."""
    return next((text for question in ANSWERED_BY[fact] for text in _texts(round_, question)), "")


def _texts(round_: Round, question: str) -> tuple[str, ...]:
    """The texts of an answer: the one text, or the entries of a list."""
    answer = round_.answers.get(question)
    values = _as_list(answer.value) if answer else []
    return tuple(value for value in values if isinstance(value, str) and value.strip())


def _skills(round_: Round) -> tuple[str, ...]:
    """The skills they look for and the candidate has, the strongest first; those without a rating between them."""
    found: list[tuple[int, str]] = []
    for question in ANSWERED_BY[SKILLS]:
        answer = round_.answers.get(question)
        for entry in _as_list(answer.value) if answer else []:
            if isinstance(entry, str):
                found.append((LEAST_STRENGTH, entry))
            elif isinstance(entry, dict):
                skill, strength = entry.get(SKILL_FIELD), entry.get(STRENGTH_FIELD)
                found.append((strength if isinstance(strength, int) else LEAST_STRENGTH, str(skill or "")))
    ranked = sorted(found, key=lambda one: -one[0])
    return tuple(skill for strength, skill in ranked if strength >= LEAST_STRENGTH and skill.strip())


def _as_list(value: Answer) -> list[Answer]:
    return value if isinstance(value, list) else [value]
