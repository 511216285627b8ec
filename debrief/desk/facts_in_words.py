"""Turns the facts of a brief into the words that fill the slots of a wording.

A slot that has no fact, or whose note does not fit into a sentence, stays
empty; `unfit` remembers the latter so that the user can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from debrief.desk import grammar, topics
from debrief.desk.brief import Brief
from debrief.desk.names import Address, address
from debrief.desk.rendering import render
from debrief.domain.facts import Channel
from debrief.domain.letters import Audience, Custom, Occasion, Phrases, Tone

MOST_WORDS_OF_A_REMARK = 60
"""Words of the candidate's own text in one move, so that the note stays within its limit."""
LEAST_WORDS_OF_A_REMARK = 4
"""Fewer only name a subject ("the conflict question") and say nothing about it yet."""

_MARKERS = re.compile(r"\s*\(?\b(?:[mfwdxh]\s*/\s*){1,3}[mfwdxh]\b\)?", re.IGNORECASE)
_ONE_OF_A_KIND = re.compile(
    r"(?:head|director|chief|vice[- ]president|vp|dean|president|managing director)\b", re.IGNORECASE
)
_POST = re.compile(
    r"\b(?:role|position|post|job|internship|apprenticeship|placement|fellowship|traineeship)\)?$", re.IGNORECASE
)
_MANY = re.compile(r"\b(?:internships|apprenticeships|placements|roles|positions|posts)$", re.IGNORECASE)

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
    """Slot → the note as typed, where it needs other words before it can go into a letter."""
    greeting: str
    sign_off: str
    custom: Custom
    recipient_short: str | None
    """How the questions beside the draft name the recipient."""

    @property
    def filled(self) -> frozenset[str]:
        """The slots that have words."""
        return frozenset(self.slots)


def said_of(brief: Brief, phrases: Phrases) -> Said:
    """The brief in words."""
    custom = _custom(brief.country, phrases)
    person = brief.recipient
    named = address(person.name, person.title, brief.country) if person and grammar.named(person.name) else None
    slots, unfit = dict(_post(brief, phrases)), dict[str, str]()
    slots["meeting"], slots["session"] = (phrases.fragments[name] for name in _meeting(brief))
    if named:
        slots["recipient"] = _spoken_to(named, brief.tone, custom)
    slots.update(_dates(brief, phrases, custom))
    _add_topics(brief, phrases, slots, unfit)
    _add_phrases(brief, phrases, slots, unfit)
    _add_remarks(brief, phrases, slots, unfit)
    for name, text in (("sender", brief.sender), ("referrer", brief.referrer)):
        if grammar.named(text):
            slots[name] = grammar.named(text)
    return Said(
        slots=slots,
        unfit=unfit,
        greeting=_greeting(brief, phrases, custom, slots),
        sign_off=_sign_off(brief, phrases, slots.get("sender", "")),
        custom=custom,
        recipient_short=named.given if named else None,
    )


def _custom(country: str | None, phrases: Phrases) -> Custom:
    own = next((custom for custom in phrases.customs if country and country.upper() in custom.countries), None)
    return own or next(custom for custom in phrases.customs if not custom.countries)


def _spoken_to(named: Address, tone: Tone, custom: Custom) -> str:
    """Title and surname where a title was recorded and the tone is formal; a given name only where it is the custom."""
    if tone is Tone.FORMAL:
        return named.formal
    return named.given if tone in custom.given_name else named.formal


def _meeting(brief: Brief) -> tuple[str, str]:
    """The fragments that name what took place, as something shared ("our conversation") and from the outside."""
    named = {
        Occasion.NO_SHOW: "invitation",
        Occasion.WRITTEN: "assessment",
        Occasion.GROUP: "group_session",
    }
    special = next((fragment for occasion, fragment in named.items() if occasion in brief.occasions), None)
    if special:
        return special, special
    return ("interview" if brief.audience is Audience.TEAM else "conversation"), "interview"


def _post(brief: Brief, phrases: Phrases) -> Iterable[tuple[str, str]]:
    """The employer and the role, in all their forms."""
    fragments = phrases.fragments
    employer = grammar.named(brief.employer) or fragments["no_employer"]
    role = grammar.named(_MARKERS.sub("", grammar.clean(brief.role)).strip(" -–"))
    the_role = fragments["no_role"]
    if role:
        the_role = (
            f"the {_without_article(role)}"
            if _POST.search(role) or _MANY.search(role)
            else (render(fragments["the_role"], {"role": role}))
        )
    yield "employer", employer
    yield "employers", grammar.possessive(employer)
    yield "the_role", the_role
    inside = Occasion.INTERNAL in brief.occasions
    yield (
        "the_role_at",
        the_role if inside else render(fragments["the_role_at"], {"the_role": the_role, "employer": employer}),
    )
    if role:
        yield "role", role
        if not _POST.search(role) and not _MANY.search(role):
            known_one = _ONE_OF_A_KIND.match(role)
            article = "" if known_one else grammar.article(role)
            yield "as_a_role", grammar.clean(render(fragments["as_a_role"], {"article": article, "role": role}))


def _without_article(role: str) -> str:
    return re.sub(r"(?i)^(?:the|an?)\s+", "", role)


def _dates(brief: Brief, phrases: Phrases, custom: Custom) -> Iterable[tuple[str, str]]:
    for name, day in (("held_on", brief.held_on), ("promised", brief.promised), ("answer_by", brief.answer_by)):
        if day:
            yield name, _date_in_words(day, phrases, custom)


def _date_in_words(day: date, phrases: Phrases, custom: Custom) -> str:
    form = phrases.fragments["month_first" if custom.month_first else "day_first"]
    return render(form, {"day": str(day.day), "month": phrases.months[day.month - 1]})


def _add_topics(brief: Brief, phrases: Phrases, slots: dict[str, str], unfit: dict[str, str]) -> None:
    """The first topics that fit into a sentence; pay waits until there is an offer."""
    if Occasion.NO_SHOW in brief.occasions:
        return
    reader = _reader(brief)
    fit: list[str] = []
    for note in (part for topic in brief.topics for part in topics.split_list(topic)):
        phrase = _phrase(note, phrases, reader)
        if phrase is None and note.strip() and note.strip().lower() not in phrases.words["empty"]:
            unfit.setdefault("topics", grammar.clean(note))
        elif phrase and phrase not in fit:
            fit.append(phrase)
    if not fit:
        return
    unfit.pop("topics", None)
    slots["topic"] = fit[0]
    slots["topics"] = _joined(fit[:2], phrases)
    if len(fit) > 1:
        slots["second_topic"] = fit[1]


def _reader(brief: Brief) -> topics.Reader:
    person = brief.recipient
    names = (person.name, address(person.name, "", brief.country).given) if person else ()
    return topics.Reader(names=names, theirs_is_yours=not _is_from_outside(brief))


def _phrase(note: str, phrases: Phrases, reader: topics.Reader | None = None) -> str | None:
    words = phrases.words
    if grammar.mentions(note, words["pay"] | words["self_doubt"]) or note.strip().lower() in words["pay_alone"]:
        return None
    return topics.as_topic(note, words, reader)


def _joined(parts: list[str], phrases: Phrases) -> str:
    return grammar.join(parts, conjunction=phrases.fragments["and"], apart=phrases.fragments["as_well_as"])


def _is_from_outside(brief: Brief) -> bool:
    """Whether the recipient is an agency's recruiter: the team in question is then not theirs."""
    person = brief.recipient
    return (
        brief.audience is Audience.RECRUITER
        and person is not None
        and person.employer.casefold().strip() != brief.employer.casefold().strip()
    )


def _add_phrases(brief: Brief, phrases: Phrases, slots: dict[str, str], unfit: dict[str, str]) -> None:
    """A skill they look for, and what they asked for: one short phrase each."""
    taken = slots.get("topics", "")
    for note in (part for text in brief.skills for part in topics.split_list(text)):
        phrase = _phrase(note, phrases)
        if phrase and not _NO_NOUN.match(phrase) and phrase not in taken:
            slots["skill"] = phrase
            break
    requested = _phrase(_BY_WHEN.sub("", _SENDING.sub("", brief.requested.strip())), phrases)
    if requested and not _NO_NOUN.match(requested):
        bare = re.sub(r"^(?:the|an?|some|your|my)\s+", "", requested)
        slots["the_requested"] = render(phrases.fragments["the_requested"], {"requested": bare})
    elif brief.requested.strip():
        unfit["requested"] = grammar.clean(brief.requested)


def _add_remarks(brief: Brief, phrases: Phrases, slots: dict[str, str], unfit: dict[str, str]) -> None:
    """The candidate's own sentences, unless they are private doubts, too long, or only name a subject."""
    for name, text, least in (
        ("clarification", brief.clarification, LEAST_WORDS_OF_A_REMARK),
        ("added_point", brief.added_point, 1),
    ):
        paragraphs = list(filter(None, map(grammar.clean, re.split(r"\n\s*\n", text))))
        fit = " ".join(paragraph for paragraph in paragraphs if _is_fit_to_read(paragraph, phrases))
        if least <= len(fit.split()) <= MOST_WORDS_OF_A_REMARK and brief.channel is not Channel.LINKEDIN:
            slots[name] = grammar.as_remark(fit, phrases.words)
        elif paragraphs:
            unfit[name] = " ".join(paragraphs)


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
