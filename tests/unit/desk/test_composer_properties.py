"""Whatever people are called and whatever they note down, the letter is whole, correct and says nothing else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters_at_hand import a_thank_you, cases, with_facts
from rapidfuzz.fuzz import token_set_ratio

from debrief.content import load_content
from debrief.desk.brief import Brief
from debrief.desk.composer import LONGEST_SUBJECT, Draft, compose, linkedin_limit
from debrief.desk.grammar import clean
from debrief.domain.facts import Channel, MessageKind, Person
from debrief.domain.letters import Audience, Occasion, Templates, Tone, Wording
from tests.examples import examples

TEMPLATES: Templates = load_content().templates

WORD_LIMITS = {
    MessageKind.THANK_YOU: 200,
    MessageKind.CHECK_IN: 120,
    MessageKind.LAST_MESSAGE: 120,
    MessageKind.REJECTION_REPLY: 150,
    MessageKind.FEEDBACK_REQUEST: 150,
}
STOCK_PHRASES = (
    "just checking in",
    "touching base",
    "touch base",
    "circling back",
    "follow up",
    "following up",
    "perfect fit",
    "hit the ground running",
    "passionate",
    "team player",
    "hesitate",
    "hear from you soon",
    "excited",
    "leverage",
    "synerg",
    "amazing opportunity",
)
NAMES = st.one_of(
    st.sampled_from(
        [
            "Dana Whitfield",
            "Prof. Dr. Jürgen Müller",
            "O'Brien, Sinéad",
            "张伟",
            "ZHANG Wei",
            "محمد علي",
            "Sukarno",
            "María-José García López",
            "Nguyễn Thị Minh Khai",
            "J. R. Smith",
            "Ирина Петрова",
            "Dr",
        ]
    ),
    st.text(max_size=40),
)
NOTES = st.one_of(
    st.sampled_from(
        [
            "their move to Kubernetes.",
            "How do you measure success?",
            "She runs the team",
            "likes hiking",
            "on-call, Kafka, hiring",
            "The team is moving house!",
            "{{ topic.__class__ }} {% raw %}",
            "N/A",
            "my experience with Airflow , and more",
            "Their customers; and how they complain",
            "x" * 500,
            "机器学习",
        ]
    ),
    st.text(max_size=120),
)
BRIEFS = st.builds(
    Brief,
    kind=st.sampled_from(list(MessageKind)),
    employer=st.one_of(st.sampled_from(["Nordlicht", "Acme Inc.", "Brown & Sons", "Yahoo!"]), st.text(max_size=40)),
    role=st.one_of(
        st.sampled_from(["Data Analyst", "HR Adviser (m/f/d)", "Head of X", "Internship"]), st.text(max_size=50)
    ),
    audience=st.sampled_from(list(Audience)),
    recipient=st.one_of(
        st.none(),
        st.builds(Person, name=NAMES, title=st.sampled_from(["", "Dr", "Head of Data"]), employer=st.just("Acme")),
    ),
    tone=st.sampled_from(list(Tone)),
    channel=st.sampled_from(list(Channel)),
    sender=NAMES,
    place=st.integers(0, 12),
    topics=st.lists(NOTES, max_size=4).map(tuple),
    concerns=st.lists(NOTES, max_size=2).map(tuple),
    clarification=NOTES,
    added_point=NOTES,
    skills=st.lists(NOTES, max_size=3).map(tuple),
    held_on=st.one_of(st.none(), st.dates()),
    promised=st.one_of(st.none(), st.dates()),
    answer_by=st.one_of(st.none(), st.dates()),
    requested=NOTES,
    referrer=NAMES,
    occasions=st.frozensets(st.sampled_from(list(Occasion)), max_size=3),
    country=st.sampled_from([None, "US", "GB", "DE", "MY", "CN", "zz"]),
    premium=st.booleans(),
)


@settings(max_examples=examples(400), deadline=None)
@given(brief=BRIEFS)
def test_any_brief_gives_a_whole_letter(brief: Brief) -> None:
    draft = compose(brief, TEMPLATES)
    for text in (draft.subject, draft.body):
        assert "  " not in text
        assert " ," not in text
        assert not re.search(r"\bNone\b", text) or "None" in repr(brief)
        assert not re.search(r" [.;:!?](?:\s|$)", text)
        assert not re.search(r"[^\S\n]\n|\n[^\S\n]|\n{3}", text)
    if brief.channel is Channel.LINKEDIN:
        assert len(draft.body) <= linkedin_limit(premium=brief.premium)
        assert draft.subject == ""
    else:
        assert 0 < len(draft.subject) <= LONGEST_SUBJECT
        assert len(draft.body.split()) > 25


@settings(max_examples=examples(200), deadline=None)
@given(brief=BRIEFS)
def test_every_word_of_a_letter_comes_from_the_content_or_from_the_brief(brief: Brief) -> None:
    said = set(_words(compose(brief, TEMPLATES).body))
    known = CONTENT_WORDS | set(_words(" ".join(map(clean, _texts_of(brief))))) | TURNED_WORDS
    figures = {str(day.day) for day in (brief.promised, brief.answer_by, brief.held_on) if day}
    # A verb loses its ending when "she runs" becomes "you run".
    assert not {word for word in said - known - figures if not {f"{word}s", f"{word}es", f"{word[:-1]}ies"} & known}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _texts_of(brief: Brief) -> Iterable[str]:
    yield from (brief.employer, brief.role, brief.sender, brief.clarification, brief.added_point, brief.requested)
    yield from (*brief.topics, *brief.skills, brief.referrer, brief.greeting)
    if brief.recipient:
        yield from (brief.recipient.name, brief.recipient.title)


def _wordings() -> Iterable[Wording]:
    for patterns in TEMPLATES.patterns.values():
        for pattern in patterns:
            yield from pattern.subjects
            for move in itertools.chain.from_iterable(pattern.paragraphs):
                yield from move.wordings


CONTENT_WORDS = {
    word
    for text in (
        *(wording.text for wording in _wordings()),
        *TEMPLATES.phrases.fragments.values(),
        *(text for custom in TEMPLATES.phrases.customs for text in custom.greetings.values()),
        TEMPLATES.phrases.team_greeting,
        *(text for texts in TEMPLATES.phrases.sign_offs.values() for text in texts),
        *TEMPLATES.phrases.months,
    )
    for word in _words(text)
}
TURNED_WORDS = frozenset(
    _words("a an you your yours yourself yourselves are were have do how the fact that question whether s")
)


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_letter_keeps_the_limits_and_the_manners(kind: MessageKind) -> None:
    for case in cases(kind):
        draft = compose(case.brief, TEMPLATES)
        text = f"{draft.subject} {draft.body}".lower()
        assert not [phrase for phrase in STOCK_PHRASES if phrase in text], case.name
        assert text.count("!") == 0, case.name
        assert not re.search(r"[{}\[\]]|\bxxx\b|\btbd\b", text), case.name
        if case.brief.channel is Channel.EMAIL:
            assert 25 < len(draft.body.split()) <= WORD_LIMITS.get(kind, 150), case.name


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (MessageKind.THANK_YOU, Channel.EMAIL),
        (MessageKind.THANK_YOU, Channel.LINKEDIN),
        (MessageKind.CONNECT, Channel.EMAIL),
        (MessageKind.CONNECT, Channel.LINKEDIN),
    ],
)
@pytest.mark.parametrize("amount", ["none", "some", "all"])
@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("occasion", [None, Occasion.LATE, Occasion.GROUP, Occasion.INTERNAL, Occasion.REFERRAL])
def test_the_notes_to_a_panel_of_six_with_one_topic_are_no_copies(
    kind: MessageKind, amount: str, channel: Channel, tone: Tone, occasion: Occasion | None
) -> None:
    brief = replace(
        with_facts(a_thank_you(), amount),
        kind=kind,
        channel=channel,
        tone=tone,
        occasions=frozenset({occasion} - {None}),
    )
    names = ["Dana Whitfield", "Chinedu Okafor", "Mei Ling Tan", "Omar Haddad", "Inés Vidal", "Tomasz Wrona"]
    notes = [
        compose(replace(brief, place=place, recipient=Person(name=name, employer="Nordlicht")), TEMPLATES)
        for place, name in enumerate(names)
    ]
    for one, other in itertools.combinations(notes, 2):
        assert token_set_ratio(_bare(one), _bare(other)) < 80, (one.body, other.body)


def _bare(draft: Draft) -> str:
    """The words of the note proper, without greeting, closing and the names that both must share."""
    text = " ".join(part.text for part in draft.parts).lower()
    return re.sub(
        r"[^\w\s]", " ", re.sub(r"nordlicht|data analyst|your move to kubernetes|how the team does on-call", "", text)
    )
