"""Findings that the writer chose to leave as they are, in one draft, with the reason.

A choice is tied to the rule and the words that it concerned: when the words
change, the finding is back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from debrief.domain.checks import checked_line
from debrief.domain.critique import Finding, Place, Severity, weighty
from debrief.domain.facts import IgnoredFinding, Message
from debrief.domain.letters import Text
from debrief.errors import Conflict, Refused
from debrief.store import Store
from debrief.usecases.actor import Actor

LONGEST_WORDS = 200
"""Characters that are kept as they are; of longer words the beginning and a digest tell them from others."""


@dataclass(frozen=True, slots=True)
class LeftAsItIs:
    """A finding that is met, and the choice to leave it."""

    finding: Finding
    choice: IgnoredFinding


@dataclass(frozen=True, slots=True)
class Reading:
    """What the critique found in a draft: what still stands, and what the writer left as it is."""

    standing: tuple[Finding, ...]
    left: tuple[LeftAsItIs, ...] = ()

    @property
    def weighty(self) -> tuple[Finding, ...]:
        """What still stands and is more than a matter of taste; where that is nothing, the note is ready to send."""
        return weighty(self.standing)


def reading_of(findings: Iterable[Finding], text: Text, choices: Iterable[IgnoredFinding]) -> Reading:
    """The findings in one text, parted by the choices made about its draft."""
    made = {(choice.rule, choice.words): choice for choice in choices}
    standing: list[Finding] = []
    left: list[LeftAsItIs] = []
    for finding in findings:
        choice = made.get((finding.rule, words_of(finding, text)))
        if choice is None:
            standing.append(finding)
        else:
            left.append(LeftAsItIs(finding, choice))
    return Reading(tuple(standing), tuple(left))


def words_of(finding: Finding, text: Text) -> str:
    """The words that a finding concerns, blanks evened; "" where something is missing."""
    where = text.subject if finding.place is Place.SUBJECT else text.body
    words = " ".join(where[finding.start : finding.end].split())
    if len(words) <= LONGEST_WORDS:
        return words
    return f"{words[: LONGEST_WORDS - 20]}… {sha256(words.encode()).hexdigest()[:16]}"


def ignore_finding(
    actor: Actor, store: Store, now: datetime, draft: Message, finding: Finding, *, reason: str
) -> IgnoredFinding:
    """Leaves a finding in a kept draft as it is. Refuses one of *must* without a reason."""
    reason = checked_line(reason, "The reason", field="reason")
    if finding.severity is Severity.MUST and not reason:
        raise Refused(
            "The guides say that this does harm. Say in a few words why it is right here, then it is left as it is.",
            field="reason",
        )
    words = words_of(finding, Text(draft.subject, draft.body))
    with store.unit(actor.owner, now) as unit:
        stored = unit.find(IgnoredFinding, message_id=draft.id, rule=finding.rule, words=words)
        if stored:
            return stored[0]
        try:
            return unit.add(IgnoredFinding(message_id=draft.id, rule=finding.rule, words=words, reason=reason, at=now))
        except Conflict as conflict:  # another tab chose the same in the same moment
            if isinstance(conflict.stored, IgnoredFinding):
                return conflict.stored
            raise


def heed_finding(actor: Actor, store: Store, now: datetime, choice: IgnoredFinding) -> None:
    """Takes the choice back: the finding counts again."""
    with store.unit(actor.owner, now) as unit:
        for stored in unit.find(IgnoredFinding, id=choice.id):
            unit.remove(stored)
