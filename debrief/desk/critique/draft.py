"""One letter, read once, as all rules look at it; and what a rule answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from debrief.desk.critique.anatomy import Anatomy, dissect
from debrief.desk.critique.lists import Lists
from debrief.desk.critique.names import PersonName, person_name
from debrief.desk.critique.patterns import Match
from debrief.desk.critique.text import Sentence, Text, Word, bare, read_text, words_of
from debrief.domain.critique import Letter, Place, RecordFacts
from debrief.domain.facts import MessageKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the wordings and the length tell about one sentence and one meaning."""

    worded: bool = False
    """Whether a wording of the rule is met."""
    sure: bool = False
    """Whether one is met that is enough by itself."""
    excused: bool = False
    """Whether an entry says that the sentence means no harm."""
    off_topic: bool = False
    """Whether the sentence holds no word of what the rule is about."""
    brief: bool = False
    """Whether the sentence is short: it leans less far, whatever it means."""

    @property
    def signs(self) -> tuple[bool, ...]:
        """The signs, in the order in which they are weighed."""
        return (self.worded, self.sure, self.excused, self.off_topic, self.brief)


class Meaning(Protocol):
    """What judges the meaning of sentences. Absent, the patterns work alone and less is checked."""

    def leanings(self, sentences: Sequence[str]) -> list[Mapping[str, float]]:
        """For each sentence, how its words lean towards what each head looks for: log-odds, before any evidence."""
        ...

    def means(self, head: str, kind: MessageKind, told: Sequence[tuple[float, Evidence]]) -> list[bool]:
        """Which of a letter's sentences mean what the head looks for, from how each leans and its evidence."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a rule was met, and the words for its message."""

    place: Place = Place.BODY
    start: int = 0
    end: int = 0
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    suggestion: str | None = None
    message: str = ""
    """Said in place of the rule's own message, where not empty."""


@dataclass(frozen=True, slots=True)
class Field:
    """The subject or the body."""

    place: Place
    text: Text

    def hit(self, start: int, end: int, suggestion: str | None = None, **words: str) -> Hit:
        """A hit on this stretch; `found` is what stands there."""
        return Hit(self.place, start, end, {"found": self.text.typed[start:end], **words}, suggestion)


@dataclass(slots=True)
class Draft:
    """A letter with its facts, dissected. `fields` are the subject (of an email) and the body."""

    letter: Letter
    record: RecordFacts
    lists: Lists
    meaning: Meaning | None
    recipient: PersonName | None
    sender: PersonName | None
    body: Field
    subject: Field
    anatomy: Anatomy
    known: frozenset[str]
    """Every word of the names, roles and topics on record, without diacritics: none of them is a slip."""
    met: dict[tuple[Place, int, int], Mapping[int, list[Match]]] = field(
        default_factory=dict[tuple[Place, int, int], Mapping[int, "list[Match]"]]
    )
    """What the engine has matched so far, by place and span of the sentence."""
    _leanings: list[Mapping[str, float]] | None = None

    @property
    def fields(self) -> tuple[Field, Field]:
        """Subject and body."""
        return (self.subject, self.body)

    def is_on_record(self, words: Sequence[Word], place: Place) -> bool:
        """Whether these words are of a name on record, or in the subject of a noted topic: "Mate" of a "Second Mate"
        is no slang, and whoever is called Mercy does not beg for any. In the body a name has a capital.
        """
        record = self.record
        noted = [record.role, record.company, record.recipient, record.sender, *record.other_people]
        if place is Place.SUBJECT:
            noted += record.details
        elif self.body.text.typed[words[0].start].islower():
            return False
        return {bare(word.text) for word in words} <= {bare(one.text) for name in noted for one in words_of(name or "")}

    def leaning(self) -> Iterator[tuple[Sentence, Mapping[str, float]]]:
        """The body's sentences with what they lean towards. Nothing without the meaning layer."""
        if self.meaning is None:
            return
        if self._leanings is None:
            typed = self.body.text.typed
            self._leanings = self.meaning.leanings([spoken(typed, one) for one in self.anatomy.sentences])
        yield from zip(self.anatomy.sentences, self._leanings, strict=True)


def spoken(typed: str, sentence: Sentence) -> str:
    """A sentence as the meaning layer reads it: on one line."""
    return " ".join(typed[sentence.start : sentence.end].split())[:600]


def draft_of(letter: Letter, record: RecordFacts, lists: Lists, meaning: Meaning | None) -> Draft:
    """The letter, read once."""
    recipient, sender = (
        person_name(typed, lists["titles"] - lists["names_too"]) if typed and typed.strip() else None
        for typed in (record.recipient, record.sender)
    )
    body = read_text(letter.body)
    return Draft(
        letter=letter,
        record=record,
        lists=lists,
        meaning=meaning,
        recipient=recipient,
        sender=sender,
        body=Field(Place.BODY, body),
        subject=Field(Place.SUBJECT, read_text(letter.subject)),
        anatomy=dissect(body, lists, recipient, sender),
        known=frozenset(_known(record)),
    )


def _known(record: RecordFacts) -> Iterator[str]:
    sources = [record.sender, record.recipient, record.role, *record.details, *record.other_companies]
    sources += [*record.other_people, *record.other_roles]
    for source in sources:
        for word in words_of(source or ""):
            yield bare(word.text)
