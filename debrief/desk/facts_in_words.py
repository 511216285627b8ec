"""Turns the facts of a brief into the words that fill the slots of a wording.

A slot that has no fact, or whose note does not fit into a sentence, stays
empty; `unfit` remembers the latter so that the user can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from debrief.desk import grammar, topics
from debrief.desk.brief import Brief
from debrief.desk.names import Address, address
from debrief.desk.posts import post_in_words
from debrief.desk.rendering import render
from debrief.domain.facts import Channel
from debrief.domain.letters import Audience, Custom, Occasion, Phrases, Tone

MOST_WORDS_OF_A_REMARK = 60
"""Words of the candidate's own text in one move, so that the note stays within its limit."""
LEAST_WORDS_OF_A_CLARIFICATION = 4
"""Fewer only name a subject ("the conflict question") and say nothing about it yet."""

_NO_NOUN = re.compile(
    r"(?:the question|the fact|how|what|why|when|who|whether|to|if|please|can|could|would"
    r"|call|explain|describe|confirm|fill|complete|answer|tell|write|do|read|prepare|schedule|join|sign|let|get|be)\b"
)
_BY_WHEN = re.compile(r"[\s,]+(?:by|until|before|asap|today|tomorrow|this week|next week)\b.*$", re.IGNORECASE)
_SENDING = re.compile(
    r"\A(?:(?:i|they|she|he|we)\b[\w’']*\s+)?"
    r"(?:(?:want(?:ed)?|ask(?:ed)?(?: me)?(?: for)?|promised|would|will|please|could you)\s+)*"
    r"(?:to\s+)?(?:(?:send|email|mail|share|forward|submit|provide)(?:ing)?\s+)?(?:(?:them|him|her|us|you|me|over)\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """The words for the slots that are filled, and the notes that could not be used as they are."""

    slots: Mapping[str, str]
    unfit: Mapping[str, str]
    """Fact → the note as typed, where it needs other words before it can go into a letter."""
    greeting: str
    sign_off: str
    recipient_short: str | None
    """How the questions beside the draft name the recipient."""

    @property
    def filled(self) -> frozenset[str]:
        """The slots that have words."""
        return frozenset(self.slots)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words that some facts gave, and the notes that gave none."""

    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    unfit: Mapping[str, str] = field(default_factory=dict[str, str])


def said_of(brief: Brief, phrases: Phrases) -> Said:
    """The brief in words."""
    custom = _custom(brief.country, phrases)
    person = brief.recipient
    named = address(person.name, person.title, brief.country) if person and grammar.named(person.name) else None
    inside = Occasion.INTERNAL in brief.occasions
    found = [
        _Words(
            post_in_words(
                brief.employer,
                brief.role,
                inside=inside,
                fragments=phrases.fragments,
                legal_forms=phrases.words["legal_forms"],
            )
        ),
        _Words(_meeting(brief, phrases)),
        _Words(_people(brief, named, custom)),
        _Words(dict(_dates(brief, phrases, custom))),
        _topics(brief, phrases),
        _requested(brief, phrases),
        _remark("clarification", brief.clarification, brief, phrases),
        _remark("added_point", brief.added_point, brief, phrases),
    ]
    slots = {name: words for one in found for name, words in one.slots.items()}
    slots |= _skill(brief, phrases, taken=slots.get("topics", ""))
    return Said(
        slots=slots,
        unfit={name: note for one in found for name, note in one.unfit.items()},
        greeting=_greeting(brief, phrases, custom, slots),
        sign_off=_sign_off(brief, phrases, slots.get("sender", "")),
        recipient_short=named.given if named else None,
    )


def _custom(country: str | None, phrases: Phrases) -> Custom:
    own = next((custom for custom in phrases.customs if country and country.upper() in custom.countries), None)
    return own or next(custom for custom in phrases.customs if not custom.countries)


def _people(brief: Brief, named: Address | None, custom: Custom) -> dict[str, str]:
    recipient = _spoken_to(named, brief.tone, custom) if named else ""
    names = {
        "recipient": recipient,
        "sender": grammar.named(brief.sender),
        "referrer": grammar.named(brief.referrer),
    }
    return {slot: name for slot, name in names.items() if name}


def _spoken_to(named: Address, tone: Tone, custom: Custom) -> str:
    """Title and surname where a title was recorded and the tone is formal; a given name only where it is the custom."""
    is_friendly = tone is not Tone.FORMAL and tone in custom.given_name
    return named.given if is_friendly else named.formal


def _meeting(brief: Brief, phrases: Phrases) -> dict[str, str]:
    """What took place, as something shared ("our conversation") and from the outside ("the interview")."""
    named = {Occasion.NO_SHOW: "invitation", Occasion.WRITTEN: "assessment", Occasion.GROUP: "group_session"}
    special = next((fragment for occasion, fragment in named.items() if occasion in brief.occasions), None)
    shared = "interview" if brief.audience is Audience.TEAM else "conversation"
    return {
        "meeting": phrases.fragments[special or shared],
        "session": phrases.fragments[special or "interview"],
    }


def _dates(brief: Brief, phrases: Phrases, custom: Custom) -> Iterable[tuple[str, str]]:
    for name, day in (("held_on", brief.held_on), ("promised", brief.promised), ("answer_by", brief.answer_by)):
        if day:
            yield name, _date_in_words(day, phrases, custom)


def _date_in_words(day: date, phrases: Phrases, custom: Custom) -> str:
    form = phrases.fragments["month_first" if custom.month_first else "day_first"]
    return render(form, {"day": str(day.day), "month": phrases.months[day.month - 1]})


def _topics(brief: Brief, phrases: Phrases) -> _Words:
    """The first topics that fit into a sentence; nothing was talked about where nobody came."""
    if Occasion.NO_SHOW in brief.occasions:
        return _Words()
    notes = [part for topic in brief.topics for part in topics.split_list(topic) if _is_noted(part, phrases)]
    reader = _reader(brief)
    fit = list(dict.fromkeys(phrase for note in notes if (phrase := _phrase(note, phrases, reader))))
    if not fit:
        return _Words(unfit={"topics": grammar.clean(notes[0])} if notes else {})
    first_two = grammar.join(fit[:2], conjunction=phrases.fragments["and"], apart=phrases.fragments["as_well_as"])
    return _Words({"topic": fit[0], "topics": first_two} | ({"second_topic": fit[1]} if len(fit) > 1 else {}))


def _is_noted(note: str, phrases: Phrases) -> bool:
    return bool(note.strip()) and note.strip().lower() not in phrases.words["empty"]


def _reader(brief: Brief) -> topics.Reader:
    person = brief.recipient
    if person is None:
        return topics.Reader(is_one=False)
    # To an agency's recruiter "their team" is the team of somebody else.
    is_outside = brief.audience is Audience.RECRUITER and grammar.clean(person.employer).casefold() != (
        grammar.clean(brief.employer).casefold()
    )
    names = (person.name, address(person.name, "", brief.country).given)
    return topics.Reader(names=names, theirs_is_yours=not is_outside)


def _phrase(note: str, phrases: Phrases, reader: topics.Reader | None = None) -> str | None:
    """The note as a phrase, unless it is about pay or a private doubt: pay waits for an offer."""
    words = phrases.words
    if grammar.mentions(note, words["pay"] | words["self_doubt"]) or note.strip().lower() in words["pay_alone"]:
        return None
    return topics.as_topic(note, words, reader)


def _skill(brief: Brief, phrases: Phrases, *, taken: str) -> dict[str, str]:
    """The first skill that is a noun phrase, and not a topic of the letter already (`taken`)."""
    notes = (part for text in brief.skills for part in topics.split_list(text))
    fit = (phrase for note in notes if (phrase := _phrase(note, phrases)) and not _NO_NOUN.match(phrase))
    skill = next((phrase for phrase in fit if phrase not in taken), None)
    return {"skill": skill} if skill else {}


def _requested(brief: Brief, phrases: Phrases) -> _Words:
    """What is to be sent, as "the two references", out of "please send us two references by Friday"."""
    thing = _phrase(_BY_WHEN.sub("", _SENDING.sub("", brief.requested.strip())), phrases)
    if thing and not _NO_NOUN.match(thing):
        bare = re.sub(r"^(?:the|an?|some|your|my)\s+", "", thing)
        return _Words({"the_requested": render(phrases.fragments["the_requested"], {"requested": bare})})
    return _Words(unfit={"requested": grammar.clean(brief.requested)} if brief.requested.strip() else {})


def _remark(slot: str, text: str, brief: Brief, phrases: Phrases) -> _Words:
    """The candidate's own sentences, unless they are private doubts, too long, or only name a subject."""
    paragraphs = [grammar.clean(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    fit = " ".join(paragraph for paragraph in paragraphs if _is_fit_to_read(paragraph, phrases))
    least = LEAST_WORDS_OF_A_CLARIFICATION if slot == "clarification" else 1
    if least <= len(fit.split()) <= MOST_WORDS_OF_A_REMARK and brief.channel is not Channel.LINKEDIN:
        return _Words({slot: grammar.as_remark(fit, phrases.words)})
    return _Words(unfit={slot: " ".join(paragraphs)} if any(paragraphs) else {})


def _is_fit_to_read(remark: str, phrases: Phrases) -> bool:
    """Whether a remark says something that others may read: neither a private doubt nor a word about pay."""
    private = grammar.mentions(remark, phrases.words["self_doubt"] | phrases.words["pay"])
    return not private and any(character.isalnum() for character in remark)


def _greeting(brief: Brief, phrases: Phrases, custom: Custom, slots: Mapping[str, str]) -> str:
    if grammar.clean(brief.greeting):
        return grammar.clean(brief.greeting)
    if "recipient" in slots:
        return render(custom.greetings[brief.tone], {"recipient": slots["recipient"]})
    return render(phrases.team_greeting, {"employer": slots["employer"]})


def _sign_off(brief: Brief, phrases: Phrases, sender: str) -> str:
    """The closing and the name below it; without a name, the closing alone."""
    closings = phrases.sign_offs[brief.tone]
    closing = closings[brief.place % len(closings)]
    return f"{closing}\n{sender}" if sender else closing
