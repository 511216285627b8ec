"""One-click fixes: each removes its finding, says nothing new, and leaves the rest of the note alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters_at_hand import a_thank_you, with_facts

from debrief.content import load_content
from debrief.desk.brief import Brief
from debrief.desk.composer import Draft, compose
from debrief.desk.critique import critique
from debrief.desk.fixes import Fix, fix_for
from debrief.domain.critique import Finding, Letter, Place, RecordFacts, Severity
from debrief.domain.facts import MessageKind
from debrief.domain.letters import Text

CONTENT = load_content()
THANK_YOU = with_facts(a_thank_you(), "some")
COMPOSED = compose(THANK_YOU, CONTENT.templates)
SUBJECT = "Thank you"
MIDDLE = (
    "Thank you for the talk about your move to Kubernetes. The way you roll back a bad release stayed with me, "
    "and I would be very glad to join the team at Nordlicht."
)
GOOD = f"Dear Chinedu,\n\n{MIDDLE}\n\nKind regards,\nAmina Yusuf"


def findings(text: Text, brief: Brief = THANK_YOU, **facts: object) -> dict[str, Finding]:
    """The first finding of each rule about a text."""
    assert brief.recipient
    record = RecordFacts(
        sender=brief.sender,
        recipient=brief.recipient.name,
        company=brief.employer,
        role=brief.role,
        details=("the move to Kubernetes",),
        other_companies=("Kestrel Rail",),
        other_people=("Dana Whitfield",),
        other_roles=("Office Manager",),
    )
    letter = Letter(kind=brief.kind, channel=brief.channel, subject=text.subject, body=text.body)
    found: dict[str, Finding] = {}
    for finding in critique(letter, replace(record, **facts), CONTENT.critique):
        found.setdefault(finding.rule, finding)
    return found


def mended(rule: str, text: Text, composed: Draft = COMPOSED, brief: Brief = THANK_YOU, **facts: object) -> Fix:
    """The fix for a rule, once it is seen to remove its finding."""
    found = findings(text, brief, **facts)
    assert rule in found
    fix = fix_for(found[rule], text, composed)
    assert fix
    assert rule not in findings(fix.text, brief, **facts)
    return fix


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("recipient-wrong", GOOD.replace("Chinedu", "Dana")),
        ("recipient-missing", GOOD.replace("Dear Chinedu,", "Hi there,")),
        ("recipient-missing", GOOD.removeprefix("Dear Chinedu,\n\n")),
        ("company-wrong", GOOD.replace("Nordlicht", "Kestrel Rail")),
        ("company-wrong", GOOD.replace("Nordlicht", "Nordlcht")),
        ("thanks-missing", GOOD.replace("Thank you for the talk", "We had a talk")),
        ("interest-missing", GOOD.replace(", and I would be very glad to join the team at Nordlicht", "")),
        ("sign-off-missing", GOOD.removesuffix("\nAmina Yusuf")),
        ("sign-off-missing", GOOD.removesuffix("\n\nKind regards,\nAmina Yusuf")),
        ("shouting", GOOD.replace("very glad", "VERY glad")),
        ("too-casual", GOOD.replace("with me,", "with me 😊,")),
        ("pay-talk", GOOD.replace("\n\nKind", " What would the salary be?\n\nKind")),
        ("placeholder-left", GOOD.replace("\n\nKind", " I can start on [date].\n\nKind")),
        ("placeholder-left", GOOD.replace("Dear Chinedu", "Dear [Name]")),
        ("phone-push", GOOD.replace("\n\nKind", " I will call you tomorrow morning.\n\nKind")),
    ],
)
def test_a_fix_removes_its_finding_and_breaks_nothing_else(rule: str, body: str) -> None:
    before = findings(Text(SUBJECT, body))

    after = findings(mended(rule, Text(SUBJECT, body)).text)

    assert {one for one in after if after[one].severity is not Severity.TIP} <= set(before) - {rule}


def test_a_name_is_written_right_and_nothing_else_changes() -> None:
    fix = mended("company-wrong", Text(SUBJECT, GOOD.replace("at Nordlicht", "of Kestrel Rail's")))

    assert fix.text == Text(SUBJECT, GOOD.replace("at Nordlicht", "of Nordlicht's"))
    assert fix.label == "Write “Nordlicht's”"


def test_a_shouted_beginning_keeps_its_capital() -> None:
    fix = mended("shouting", Text(SUBJECT, GOOD.replace("Thank you for the talk", "THANK YOU for the talk")))

    assert fix.text.body == GOOD


def test_a_shouted_word_where_a_line_only_goes_on_gets_no_capital() -> None:
    wrapped = GOOD.replace("be very glad", "be\nvery glad")
    assert wrapped != GOOD
    fix = mended("shouting", Text(SUBJECT, wrapped.replace("very glad", "VERY glad")))

    assert fix.text.body == wrapped


def test_a_smiley_goes_with_the_blank_before_it() -> None:
    fix = mended("too-casual", Text(SUBJECT, GOOD.replace("with me,", "with me 😊,")))

    assert fix.text.body == GOOD
    assert fix.label == "Take “😊” out"


def test_a_sentence_is_taken_out_whole_even_with_an_abbreviation_in_it() -> None:
    with_pay = GOOD.replace("\n\nKind", " As Dr. Berg said, what would the salary be?\n\nKind")

    assert mended("pay-talk", Text(SUBJECT, with_pay)).text.body == GOOD


def test_a_missing_subject_is_the_composed_one() -> None:
    assert mended("subject-missing", Text("", GOOD)).text == Text(COMPOSED.subject, GOOD)
    assert mended("subject-too-long", Text("Thank you " * 8, GOOD)).text == Text(COMPOSED.subject, GOOD)


def test_a_copy_is_written_anew_from_what_this_person_said() -> None:
    theirs = GOOD.replace("Chinedu", "Dana")

    fix = mended("copy-paste", Text(SUBJECT, GOOD), other_notes=(theirs,))

    assert fix.text == Text(COMPOSED.subject, COMPOSED.body)


def test_an_opener_that_only_announces_gives_way_to_thanks() -> None:
    brief = replace(THANK_YOU, kind=MessageKind.CHECK_IN)
    composed = compose(brief, CONTENT.templates)
    body = GOOD.replace(MIDDLE, f"Just checking in on my application. {composed.parts[2].text} When will you decide?")

    fix = mended("stale-opener", Text(SUBJECT, body), composed, brief)

    assert fix.text.body.split("\n\n")[1].startswith(composed.parts[0].text)


def test_an_ask_is_put_in_before_the_closing() -> None:
    brief = replace(THANK_YOU, kind=MessageKind.CHECK_IN)
    composed = compose(brief, CONTENT.templates)

    fix = mended("ask-missing", Text(SUBJECT, GOOD), composed, brief)

    paragraphs = fix.text.body.split("\n\n")
    assert paragraphs[-1] == "Kind regards,\nAmina Yusuf"
    assert paragraphs[-2] == next(part.text for part in composed.parts if part.move == "ask")


def a_finding(rule: str, body: str, words: str, suggestion: str | None) -> Finding:
    start = body.index(words)
    return Finding(
        rule=rule,
        severity=Severity.SHOULD,
        place=Place.BODY,
        start=start,
        end=start + len(words),
        message="",
        why="",
        sources=(),
        suggestion=suggestion,
    )


def test_the_article_follows_the_new_name() -> None:
    body = "I would be an Office Manager soon."

    fix = fix_for(a_finding("role-wrong", body, "Office Manager", "Data Analyst"), Text("", body), COMPOSED)

    assert fix
    assert fix.text.body == "I would be a Data Analyst soon."


def test_part_of_a_longer_title_is_left_to_the_writer() -> None:
    body = "I applied as Night Planner."

    assert fix_for(a_finding("role-wrong", body, "Planner", "Data Analyst"), Text("", body), COMPOSED) is None


def test_no_detail_is_invented_where_none_is_known() -> None:
    composed = compose(replace(THANK_YOU, topics=()), CONTENT.templates)
    found = findings(Text(SUBJECT, GOOD.replace(MIDDLE, "Thank you. I want the job.")), details=())

    assert fix_for(found["detail-missing"], Text(SUBJECT, "Thank you."), composed) is None


def test_a_note_is_not_signed_with_an_unknown_name() -> None:
    composed = compose(replace(THANK_YOU, sender=""), CONTENT.templates)
    text = Text(SUBJECT, GOOD.removesuffix("\nAmina Yusuf"))

    assert fix_for(findings(text)["sign-off-missing"], text, composed) is None
