"""The questions beside a draft: what the record lacks, and where the answer goes back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from debrief.desk.brief import ADDED_POINT, ANSWERED_BY, CLARIFICATION, SKILLS, Brief
from debrief.desk.facts_in_words import Said
from debrief.desk.rendering import render
from debrief.domain.facts import Channel
from debrief.domain.letters import Occasion, Phrases


class Home(StrEnum):
    """The part of the record that an answer belongs to."""

    SENDER = "sender"
    """The user's own name, in the settings."""
    TOPICS = "topics"
    """The topics of this person's meeting."""
    NOTES = "notes"
    """A line of the interview's notes, opened by `TALKED_ABOUT`, where nobody was met by name."""
    REFLECTION = "reflection"
    """The answer to one question of the reflection."""
    REQUEST = "request"
    """The note of the employer's request."""
    SOURCE = "source"
    """The application's source ("Referral by …")."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only the user knows."""

    id: str
    text: str
    home: Home
    fact: str
    """The field of the brief that the answer fills."""
    person_id: str | None = None
    reflection_question: str | None = None
    noted: str = ""
    """What the record says already, where it needs other words for a letter."""


def questions_for(brief: Brief, said: Said, phrases: Phrases, *, used: frozenset[str]) -> tuple[Question, ...]:
    """What to ask for this note, the most important first. `used`: the slots that its pattern could say."""
    asker = _Asker(brief, said, phrases)
    return tuple(asker.all_about(used))


@dataclass(frozen=True, slots=True)
class _Asker:
    brief: Brief
    said: Said
    phrases: Phrases

    def all_about(self, used: frozenset[str]) -> Iterator[Question]:
        lacking = used - self.said.filled
        if "sender" not in self.said.slots:
            yield self._ask("sender", Home.SENDER, "sender")
        if {"topics", "topic"} & lacking and Occasion.NO_SHOW not in self.brief.occasions:
            yield self._about_topics()
        if "the_requested" in lacking:
            yield self._ask("requested", Home.REQUEST, "requested")
        if "referrer" in lacking and Occasion.REFERRAL in self.brief.occasions:
            yield self._ask("referrer", Home.SOURCE, "referrer")
        if self.brief.channel is not Channel.LINKEDIN:
            if self.brief.ties_up:
                yield from self._about_remarks(lacking)
            if "skill" in lacking:
                yield self._ask("skills", Home.REFLECTION, "skills", behind=SKILLS)

    def _about_topics(self) -> Question:
        noted = self.said.unfit.get("topics", "")
        home = Home.TOPICS if self.brief.recipient else Home.NOTES
        return self._ask("topic_wording" if noted else "topics", home, "topics", noted=noted)

    def _about_remarks(self, lacking: frozenset[str]) -> Iterator[Question]:
        for name in (CLARIFICATION, ADDED_POINT):
            noted = self.said.unfit.get(name, "")
            if name in lacking and noted:
                yield self._ask(f"{name}_wording", Home.REFLECTION, name, noted=noted, behind=name)
        if CLARIFICATION in lacking and CLARIFICATION not in self.said.unfit:
            if self.brief.concerns:
                concern = self.brief.concerns[0]
                yield self._ask("concern", Home.REFLECTION, CLARIFICATION, noted=concern, behind=CLARIFICATION)
            else:
                yield self._ask(CLARIFICATION, Home.REFLECTION, CLARIFICATION, behind=CLARIFICATION)

    def _ask(self, id_: str, home: Home, fact: str, *, noted: str = "", behind: str | None = None) -> Question:
        known = {"employer": self.said.slots["employer"], "noted": noted}
        if self.said.recipient_short:
            known["person"] = self.said.recipient_short
        wording = next(one for one in self.phrases.questions[id_] if one.slots <= known.keys())
        person = self.brief.recipient.id if self.brief.recipient else None
        return Question(
            id=id_,
            text=render(wording.text, known),
            home=home,
            fact=fact,
            person_id=person if home is Home.TOPICS else None,
            reflection_question=ANSWERED_BY[behind][0] if behind else None,
            noted=noted,
        )
