"""What letters are built of: moves, their wordings, and the circumstances in which each is said.

The texts stand under content/<language>/templates; the desk puts them together.
A *slot* is a named fact that a wording may use. A wording is said only when all
its slots are filled, so a fact that the record lacks can leave no gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from debrief.domain.facts import Channel, MessageKind


class Tone(StrEnum):
    """How a note sounds."""

    BRIEF = "brief"
    WARM = "warm"
    FORMAL = "formal"


@dataclass(frozen=True, slots=True)
class Text:
    """What a note says: one line of subject ("" on LinkedIn), and the body."""

    subject: str
    body: str


class Occasion(StrEnum):
    """What is out of the ordinary about this interview or this note."""

    NO_SHOW = "no_show"
    """The interviewer did not come."""
    LATE = "late"
    """The thank-you goes out after its 24 hours."""
    GROUP = "group"
    """Several candidates at once."""
    WRITTEN = "written"
    """A written test or an assessment, no conversation."""
    INTERNAL = "internal"
    """A post at the candidate's present employer."""
    REFERRAL = "referral"
    """Somebody recommended the candidate."""
    PAY = "pay"
    """The candidate wants to talk about pay; only ever after an offer."""


class Audience(StrEnum):
    """Whom a note is for."""

    INTERVIEWER = "interviewer"
    RECRUITER = "recruiter"
    PANEL = "panel"
    """One of several interviewers of the same round."""
    TEAM = "team"
    """Nobody known by name."""


SLOTS: Mapping[str, str] = {
    "the_role": "the post, ready for a sentence: “the Data Analyst role”, else “the role” (always filled)",
    "the_role_at": "the same with the employer: “the Data Analyst role at Nordlicht” (always filled)",
    "meeting": "what took place: “our conversation”, “the group session” (always filled)",
    "session": "the same from the outside: “the interview”, “the group session” (always filled)",
    "employer": "the employer's name (always filled)",
    "employers": "the same in the possessive: “Nordlicht's”, “James's” (always filled)",
    "role": "the post as it was logged: “Data Analyst”",
    "as_a_role": "the post with its article: “as a Data Analyst”, “as an HR Adviser”",
    "recipient": "the recipient's name as this tone says it",
    "sender": "the candidate's name",
    "topic": "the first thing talked about with this person, fit to stand behind “about”",
    "second_topic": "another thing talked about with this person, fit to stand behind “about”",
    "topics": "one or two of them joined: “the move to Kubernetes and how on-call works”",
    "skill": "a skill or quality that they look for: “stakeholder work”",
    "clarification": "what the candidate would add or put straight, with its full stop, fit to stand behind a colon",
    "added_point": "something else that was left out, with its full stop, fit to stand behind a colon",
    "held_on": "the day of the interview, or the day agreed for it: “24 February”",
    "promised": "the date by which an answer was promised: “3 March”",
    "answer_by": "the date by which the candidate is to answer an offer",
    "the_requested": "what they asked for, with its article: “the two references”",
    "referrer": "who recommended the candidate",
}
"""Every slot that a wording may name, and what it holds."""

_MEETING = frozenset({"meeting", "session"})
SPOKEN_BY: Mapping[Occasion, frozenset[str]] = {
    Occasion.NO_SHOW: _MEETING,
    Occasion.GROUP: _MEETING,
    Occasion.WRITTEN: _MEETING,
    Occasion.INTERNAL: frozenset({"the_role_at"}),
    Occasion.REFERRAL: frozenset({"referrer"}),
}
"""The slots whose words follow an occasion by themselves."""

ALWAYS_FILLED = frozenset({"the_role", "the_role_at", "meeting", "session", "employer", "employers"})
"""Slots that the desk can fill for every letter."""
NAMES = frozenset({"employer", "employers", "role", "recipient", "sender", "referrer"})
"""Slots that hold a name, and may therefore begin a sentence."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When a wording or a letter is meant to be said. Empty sets ask for nothing."""

    occasions: frozenset[Occasion] = frozenset()
    """One of these must be given."""
    audiences: frozenset[Audience] = frozenset()
    without: frozenset[str] = frozenset()
    """Slots that must be empty."""

    @property
    def weight(self) -> int:
        """How particular this is: the more particular letter is preferred."""
        return 2 * bool(self.occasions) + bool(self.audiences)

    def hold(self, occasions: frozenset[Occasion], audience: Audience, filled: frozenset[str]) -> bool:
        """Whether this is the case."""
        return (
            (not self.occasions or bool(self.occasions & occasions))
            and (not self.audiences or audience in self.audiences)
            and not self.without & filled
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say something: a template whose slots must all be filled."""

    text: str
    slots: frozenset[str] = frozenset()
    when: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a letter does, with its wordings from the most particular to the plainest."""

    name: str
    wordings: tuple[Wording, ...]
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """The pattern of one whole letter: subjects to choose from and paragraphs of moves."""

    channel: Channel
    tones: frozenset[Tone]
    subjects: tuple[Wording, ...]
    paragraphs: tuple[tuple[Move, ...], ...]
    when: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Custom:
    """How people are greeted where these countries' habits hold; no countries: everywhere else."""

    countries: frozenset[str]
    greetings: Mapping[Tone, str]
    given_name: frozenset[Tone]
    """The tones in which a given name alone is friendly rather than forward."""
    month_first: bool = False
    """March 3 rather than 3 March."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The small change of a language: greetings, closings, questions to the user, lists of words."""

    customs: tuple[Custom, ...]
    team_greeting: str
    sign_offs: Mapping[Tone, tuple[str, ...]]
    fragments: Mapping[str, str]
    """Parts that slots are made of, by name: `the_role`, `at`, `and` …"""
    questions: Mapping[str, tuple[Wording, ...]]
    words: Mapping[str, frozenset[str]]
    months: tuple[str, ...]
    language: str = ""
    """What the language calls itself; "" where the file does not say."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Everything that the composer can say in one language."""

    patterns: Mapping[MessageKind, tuple[Pattern, ...]]
    """By kind. Of the coach's own language every kind is there; of another one, those that somebody has written."""
    phrases: Phrases

    def occasions_of(self, kind: MessageKind) -> tuple[Occasion, ...]:
        """The occasions that change what a note of this kind says."""
        patterns = self.patterns[kind]
        wordings = [
            wording
            for pattern in patterns
            for wording in (
                *pattern.subjects,
                *(one for moves in pattern.paragraphs for move in moves for one in move.wordings),
            )
        ]
        circumstances = [pattern.when for pattern in patterns] + [wording.when for wording in wordings]
        named = frozenset[Occasion]().union(*(one.occasions for one in circumstances))
        slots = frozenset[str]().union(*(wording.slots for wording in wordings))
        return tuple(one for one in Occasion if one in named or SPOKEN_BY.get(one, frozenset()) & slots)
