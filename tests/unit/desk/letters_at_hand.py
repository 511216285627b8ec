"""Briefs of every make for the tests of the composer: kinds, tones, occasions, recipients, few or many facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from debrief.desk.brief import Brief
from debrief.domain.facts import Channel, MessageKind, Person
from debrief.domain.letters import Audience, Occasion, Tone

RECIPIENTS: dict[Audience, Person | None] = {
    Audience.INTERVIEWER: Person(id="p1", name="Dana Whitfield", employer="Nordlicht", title="Dr"),
    Audience.RECRUITER: Person(id="p2", name="Mei Ling Tan", employer="Nordlicht", recruiter=True),
    Audience.PANEL: Person(id="p3", name="Chinedu Okafor", employer="Nordlicht"),
    Audience.TEAM: None,
}

OCCASIONS: dict[MessageKind, tuple[Occasion, ...]] = {
    MessageKind.THANK_YOU: (
        Occasion.LATE,
        Occasion.GROUP,
        Occasion.INTERNAL,
        Occasion.REFERRAL,
        Occasion.WRITTEN,
        Occasion.NO_SHOW,
    ),
    MessageKind.OFFER_REPLY: (Occasion.INTERNAL, Occasion.PAY),
}
"""The occasions that a kind has words for; the others know the last three."""
USUAL_OCCASIONS = (Occasion.INTERNAL, Occasion.REFERRAL, Occasion.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Case:
    """One brief and what it is called."""

    name: str
    brief: Brief


WEAK_WITHOUT = frozenset({"sender", "topics", "topic_wording", "requested"})
"""The questions whose answers a note is weak without; with those to the others it would merely be better."""


def a_thank_you() -> Brief:
    """To one of a panel, with a topic and a name to sign with."""
    return Brief(
        kind=MessageKind.THANK_YOU,
        employer="Nordlicht",
        role="Data Analyst",
        audience=Audience.PANEL,
        recipient=RECIPIENTS[Audience.PANEL],
        sender="Amina Yusuf",
        topics=("their move to Kubernetes.",),
    )


def with_facts(brief: Brief, amount: str) -> Brief:
    """The brief with no facts beyond employer and role, with what is asked as needed, or with all that there can be."""
    if amount == "none":
        return replace(brief, sender="", topics=())
    some = replace(
        brief,
        sender="Amina Yusuf",
        topics=("their move to Kubernetes.",),
        requested="two work samples",
    )
    if amount == "some":
        return some
    return replace(
        some,
        topics=("their move to Kubernetes.", "How the team does on-call"),
        concerns=("little experience with Kafka",),
        clarification="We do use Kafka where I am, for all our events",
        added_point="I led the audit of our data in 2024",
        skills=("Stakeholder management",),
        promised=date(2026, 3, 3),
        answer_by=date(2026, 3, 9),
        referrer="Omar Haddad",
    )


def cases_to_read(kind: MessageKind) -> Iterator[Case]:
    """Every tone × occasion × amount of facts of a kind; the recipients take turns, so that each has each tone."""
    by_name = {case.name: case for case in cases(kind)}
    recipients = list(RECIPIENTS)
    turn = 0
    for channel in Channel:
        for tone in Tone:
            for occasion in (None, *OCCASIONS.get(kind, USUAL_OCCASIONS)):
                for amount in ("none", "some", "all"):
                    named = f"{channel} · {tone} · {occasion or 'ordinary'} · {recipients[turn % 4]} · {amount}"
                    yield by_name[named]
                    turn += 1


def cases(kind: MessageKind) -> Iterator[Case]:
    """Every channel × tone × occasion × recipient × amount of facts of a kind."""
    for channel in Channel:
        for tone in Tone:
            for occasion in (None, *OCCASIONS.get(kind, USUAL_OCCASIONS)):
                for place, (audience, person) in enumerate(RECIPIENTS.items()):
                    for amount in ("none", "some", "all"):
                        brief = Brief(
                            kind=kind,
                            employer="Nordlicht",
                            role="Data Analyst",
                            held_on=date(2026, 2, 24),
                            channel=channel,
                            tone=tone,
                            audience=audience,
                            recipient=person,
                            place=place,
                            occasions=frozenset({occasion} if occasion else ()),
                        )
                        name = f"{channel} · {tone} · {occasion or 'ordinary'} · {audience} · {amount}"
                        yield Case(name, with_facts(brief, amount))
