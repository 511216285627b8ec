"""What the desk composes, once the asked facts are given, its own critique has nothing of weight to say about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters_at_hand import WEAK_WITHOUT, a_thank_you, cases, with_facts

from debrief.content import Content, load_content
from debrief.desk.brief import Brief
from debrief.desk.composer import Draft, compose
from debrief.desk.critique import critique
from debrief.domain.critique import Letter, RecordFacts, Severity
from debrief.domain.facts import Channel, MessageKind, Person
from debrief.domain.letters import Tone

STAGES = {
    MessageKind.REJECTION_REPLY: "rejected",
    MessageKind.FEEDBACK_REQUEST: "rejected",
    MessageKind.KEEP_IN_TOUCH: "rejected",
    MessageKind.OFFER_REPLY: "offer",
}


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def weighty(brief: Brief, draft: Draft, content: Content, other_notes: tuple[str, ...] = ()) -> list[str]:
    """The rules of must and should that the critique finds broken."""
    record = RecordFacts(
        sender=brief.sender,
        recipient=brief.recipient.name if brief.recipient else None,
        company=brief.employer,
        role=brief.role,
        details=draft.details,
        clarifies=draft.clarifies,
        premium=brief.premium,
        other_notes=other_notes,
        stage=STAGES.get(brief.kind, "waiting"),
        offered=brief.kind is MessageKind.OFFER_REPLY,
    )
    letter = Letter(kind=brief.kind, channel=brief.channel, subject=draft.subject, body=draft.body)
    found = critique(letter, record, content.critique)
    return [finding.rule for finding in found if finding.severity is not Severity.TIP]


@pytest.mark.parametrize("kind", list(MessageKind))
def test_a_letter_with_the_asked_facts_is_ready_to_send(kind: MessageKind, content: Content) -> None:
    judged: dict[str, list[str]] = {}
    for case in cases(kind):
        draft = compose(case.brief, content.templates)
        if not WEAK_WITHOUT.intersection(question.id for question in draft.asks) and draft.body not in judged:
            judged[draft.body] = weighty(case.brief, draft, content)
    assert judged
    assert {body: rules for body, rules in judged.items() if rules} == {}


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("channel", list(Channel))
def test_the_notes_to_a_panel_of_six_with_the_same_topics_are_no_copies_to_the_critique(
    tone: Tone, channel: Channel, content: Content
) -> None:
    names = ["Dana Whitfield", "Chinedu Okafor", "Mei Ling Tan", "Omar Haddad", "Inés Vidal", "Tomasz Wrona"]
    plain = replace(with_facts(a_thank_you(), "some"), tone=tone, channel=channel)
    briefs = [
        replace(plain, place=place, recipient=Person(name=name, employer="Nordlicht"))
        for place, name in enumerate(names)
    ]
    notes = [compose(brief, content.templates) for brief in briefs]
    for place, (brief, note) in enumerate(zip(briefs, notes, strict=True)):
        others = tuple(other.body for other in notes[:place] + notes[place + 1 :])
        assert weighty(brief, note, content, others) == [], note.body


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind is not MessageKind.WITHDRAW])
def test_another_employer_in_the_place_of_this_one_is_always_seen(kind: MessageKind, content: Content) -> None:
    unseen: list[str] = []
    for case in cases(kind):
        brief, draft = case.brief, compose(case.brief, content.templates)
        if brief.occasions or brief.employer not in draft.body:
            continue
        record = RecordFacts(company=brief.employer, role=brief.role, other_companies=("Kestrel Rail",))
        body = draft.body.replace(brief.employer, "Kestrel Rail")
        letter = Letter(kind=brief.kind, channel=brief.channel, subject=draft.subject, body=body)
        if "company-wrong" not in {finding.rule for finding in critique(letter, record, content.critique)}:
            unseen.append(body)
    assert unseen == []
