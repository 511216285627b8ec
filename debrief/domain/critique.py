"""What the critique reads and says: a letter, the facts that the record holds about it, the rules, the findings.

Rules are content (content/en/critique/); the engine that applies them is
`debrief.desk.critique`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from debrief.domain.facts import Channel, MessageKind


class Severity(StrEnum):
    """How much a finding weighs: `must` would do harm, `should` weakens the letter, `tip` is taste."""

    MUST = "must"
    SHOULD = "should"
    TIP = "tip"


class Place(StrEnum):
    """The part of a letter that a finding stands in."""

    BODY = "body"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One draft as it stands, exactly as typed."""

    kind: MessageKind
    channel: Channel = Channel.EMAIL
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What the timeline says about sending a letter of this kind now; None where that does not speak."""

    opens: datetime | None = None
    """Set where the step is still to come: when it opens, if that can be told."""
    too_soon: bool = False
    too_many: bool = False
    due: datetime | None = None
    """Set where the step is late: when it was due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """What the record knows about one letter. Everything is optional: a rule without its facts is silent."""

    sender: str | None = None
    recipient: str | None = None
    company: str | None = None
    role: str | None = None
    details: tuple[str, ...] = ()
    """The topics noted from the talk with the recipient."""
    clarifies: bool = False
    """Whether a thank-you also mends or adds to an answer: it may then be longer."""
    premium: bool = False
    """Whether the LinkedIn account allows 300 characters in place of 200."""
    other_companies: tuple[str, ...] = ()
    other_people: tuple[str, ...] = ()
    other_roles: tuple[str, ...] = ()
    other_notes: tuple[str, ...] = ()
    """The bodies of the notes to other interviewers of the same employer."""
    stage: str = "waiting"
    """waiting, rejected, offer or advanced."""
    offered: bool = False
    """Whether a formal offer is on record, whatever came after it."""
    timing: Timing | None = None
    """None: the timing rules are silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: where it stands (in code points; 0, 0 for something missing), why, and who says so."""

    rule: str
    severity: Severity
    place: Place
    start: int
    end: int
    message: str
    why: str
    sources: tuple[str, ...]
    """Keys of the guides; ("house",) where no guide speaks."""
    suggestion: str | None = None
    """What may replace the span in one click; None where no replacement is safe."""


def weighty(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are more than a matter of taste. A letter in which none is left is ready to send."""
    return tuple(finding for finding in findings if finding.severity is not Severity.TIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A draft for a rule's own tests: a letter with its facts, and how it is written in the content."""

    letter: Letter
    record: RecordFacts
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a rule: wordings that mean the same, what excuses them, and its own examples."""

    id: str
    any: tuple[str, ...]
    """Patterns in the language of `debrief.desk.critique.patterns`."""
    unless: tuple[str, ...] = ()
    """A match counts for nothing where one of these stands in the same sentence."""
    negated: bool = False
    """Whether "not", "never" just before the match leave it standing."""
    sure: bool = False
    """Whether the wording is enough where the meaning layer does not see it."""
    advice: str = ""
    """What to say about this entry in place of the rule's message."""
    suggestion: str | None = None
    report: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the critique: when it applies, how it looks, what it says and who says so."""

    id: str
    severity: Severity
    kinds: frozenset[MessageKind]
    channels: frozenset[Channel]
    by: str
    """The finder that looks: see `debrief.desk.critique.engine.FINDERS`."""
    message: str
    why: str
    advice: tuple[str, ...]
    sources: tuple[str, ...]
    stages: frozenset[str]
    """The stages in which the rule speaks."""
    silent_with_offer: bool = False
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    entries: tuple[Entry, ...] = ()
    head: str | None = None
    """The meaning that supports the patterns, by the name of its head."""
    about: tuple[str, ...] = ()
    """Wordings of which a sentence must hold one to be reported for its meaning alone; none: any sentence may be."""
    report: tuple[Example, ...] = ()
    leave: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CritiqueRules:
    """All rules, in the order of the files, with the word lists that they share. Equal only to itself."""

    rules: tuple[Rule, ...]
    words: Mapping[str, tuple[str, ...]]
    """Lists of words and short phrases by name, for patterns (`@money`) and for the name rules."""

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id. Raises KeyError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
