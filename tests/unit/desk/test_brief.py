"""The brief takes what the record holds, and only that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from debrief.content import load_content
from debrief.desk.brief import ANSWERED_BY, Wishes, answer_with, brief_for
from debrief.desk.composer import compose
from debrief.domain.courses import Course, Met, Round
from debrief.domain.facts import (
    Answer,
    Application,
    Channel,
    Focus,
    Format,
    Heard,
    Interview,
    Meeting,
    MessageKind,
    Person,
    ReflectionAnswer,
    RoundState,
    Word,
)
from debrief.domain.letters import Audience, Occasion, Tone

ENDED = datetime(2026, 2, 24, 15, tzinfo=UTC)
APPLICATION = Application(
    id="a", employer="Nordlicht", role="Data Analyst", country="GB", source="Referral by Omar Haddad"
)
INTERVIEW = Interview(
    id="i", application_id="a", round="panel", ended_at=ENDED, timezone="Europe/London", reply_by=date(2026, 3, 3)
)


def met(id_: str, *topics: str, recruiter: bool = False, concerns: tuple[str, ...] = ()) -> Met:
    person = Person(id=id_, name=f"{id_.title()} Okafor", employer="Nordlicht", recruiter=recruiter)
    return Met(person, Meeting(interview_id="i", person_id=id_, topics=topics, concerns=concerns))


def answers(**values: Answer) -> dict[str, ReflectionAnswer]:
    return {
        key.replace("_of_", "@"): ReflectionAnswer(
            reflection_id="r", question=key.replace("_of_", "@"), value=value, saved_at=ENDED
        )
        for key, value in values.items()
    }


def a_course(*people: Met, **answered: Answer) -> tuple[Course, Round]:
    one = Round(INTERVIEW, met=people, answers=answers(**answered))
    return Course(APPLICATION, (one,)), one


def test_the_facts_are_those_of_the_record() -> None:
    course, one = a_course(
        met("dana", "on-call"), loose_end="We do use Kafka for events", left_out=["the audit of 2024"]
    )
    brief = brief_for(course, one, MessageKind.THANK_YOU, "dana", sender="Amina", wishes=Wishes(tone=Tone.FORMAL))
    assert (brief.employer, brief.role, brief.sender, brief.tone) == ("Nordlicht", "Data Analyst", "Amina", Tone.FORMAL)
    assert brief.topics == ("on-call",)
    assert brief.clarification == "We do use Kafka for events"
    assert brief.added_point == "the audit of 2024"
    assert brief.promised == date(2026, 3, 3)
    assert brief.held_on == date(2026, 2, 24)
    assert brief.referrer == "Omar Haddad"
    assert brief.occasions == {Occasion.REFERRAL}
    assert brief.audience is Audience.INTERVIEWER


def test_topics_from_the_reflection_join_those_of_the_meeting_once() -> None:
    course, one = a_course(met("dana", "On-call"), topics_of_dana=["on-call.", "hiring"], connection_of_dana="chess")
    assert brief_for(course, one, MessageKind.THANK_YOU, "dana").topics == ("On-call", "hiring", "chess")


def test_in_a_panel_a_persons_own_topics_come_before_shared_ones() -> None:
    course, one = a_course(met("dana", "Kafka", "hiring"), met("chinedu", "kafka"))
    assert brief_for(course, one, MessageKind.THANK_YOU, "dana").topics == ("hiring", "Kafka")


def test_a_panels_notes_have_places_of_their_own_over_all_rounds() -> None:
    first = Round(replace(INTERVIEW, id="i0", ended_at=ENDED - timedelta(days=9)), met=(met("mei", recruiter=True),))
    second = Round(INTERVIEW, met=(met("dana"), met("chinedu"), met("ines")))
    course = Course(APPLICATION, (first, second))
    places = [brief_for(course, second, MessageKind.THANK_YOU, id_).place for id_ in ("dana", "chinedu", "ines")]
    assert places == [1, 2, 3]
    assert brief_for(course, first, MessageKind.THANK_YOU, "mei").place == 0


def test_one_note_of_a_panel_carries_the_loose_ends_the_one_whose_topics_they_touch() -> None:
    course, one = a_course(
        met("dana", "hiring"), met("chinedu", "Kafka and events"), loose_end="We do use Kafka for events"
    )
    briefs = {id_: brief_for(course, one, MessageKind.THANK_YOU, id_) for id_ in ("dana", "chinedu")}
    assert briefs["chinedu"].clarification == "We do use Kafka for events"
    assert briefs["dana"].clarification == ""
    asked = compose(briefs["dana"], load_content().templates).asks
    assert "clarification" not in {question.id for question in asked}


def test_the_user_decides_where_the_loose_ends_go() -> None:
    course, one = a_course(met("dana", "hiring"), met("chinedu", "Kafka"), loose_end="We do use Kafka for events")
    here = brief_for(course, one, MessageKind.THANK_YOU, "dana", wishes=Wishes(loose_ends=True))
    nowhere = brief_for(course, one, MessageKind.THANK_YOU, "chinedu", wishes=Wishes(loose_ends=False))
    assert here.clarification
    assert not nowhere.clarification


def test_only_skills_that_the_candidate_has_are_taken_the_strongest_first() -> None:
    course, one = a_course(
        met("dana"), skills=[{"skill": "SQL", "have": 3}, {"skill": "Rust", "have": 1}, {"skill": "dbt", "have": 5}, {}]
    )
    assert brief_for(course, one, MessageKind.THANK_YOU, "dana").skills == ("dbt", "SQL")


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (replace(INTERVIEW, state=RoundState.NO_SHOW), Occasion.NO_SHOW),
        (replace(INTERVIEW, focus=Focus.GROUP), Occasion.GROUP),
        (replace(INTERVIEW, focus=Focus.ASSESSMENT), Occasion.WRITTEN),
        (replace(INTERVIEW, format=Format.WRITTEN), Occasion.WRITTEN),
    ],
)
def test_the_round_itself_shows_the_occasion(interview: Interview, expected: Occasion) -> None:
    one = Round(interview)
    course = Course(replace(APPLICATION, source=""), (one,))
    assert brief_for(course, one, MessageKind.CHECK_IN).occasions == {expected}


@pytest.mark.parametrize(
    ("source", "occasions", "referrer"),
    [
        ("Referral by Mei Tan", {Occasion.REFERRAL}, "Mei Tan"),
        ("referred by: Mei Tan", {Occasion.REFERRAL}, "Mei Tan"),
        ("Referral", {Occasion.REFERRAL}, ""),
        ("internal job board", {Occasion.INTERNAL}, ""),
        ("LinkedIn", set(), ""),
    ],
)
def test_the_source_tells_of_a_referral_or_an_internal_post(
    source: str, occasions: set[Occasion], referrer: str
) -> None:
    one = Round(INTERVIEW)
    brief = brief_for(Course(replace(APPLICATION, source=source), (one,)), one, MessageKind.CHECK_IN)
    assert (brief.occasions, brief.referrer) == (occasions, referrer)


def test_a_thank_you_is_late_after_24_hours_and_other_notes_never_are() -> None:
    course, one = a_course(met("dana"))
    at_the_limit, after = ENDED + timedelta(hours=24), ENDED + timedelta(hours=24, seconds=1)
    assert Occasion.LATE not in brief_for(course, one, MessageKind.THANK_YOU, "dana", now=at_the_limit).occasions
    assert Occasion.LATE in brief_for(course, one, MessageKind.THANK_YOU, "dana", now=after).occasions
    assert Occasion.LATE not in brief_for(course, one, MessageKind.CHECK_IN, "dana", now=after).occasions


def test_a_word_later_than_the_promised_date_has_spent_it() -> None:
    update = Heard(interview_id="i", what=Word.UPDATE, at=datetime(2026, 3, 5, tzinfo=UTC))
    newly = replace(update, reply_by=date(2026, 3, 12))
    for heard, promised in (((), date(2026, 3, 3)), ((update,), None), ((newly,), date(2026, 3, 12))):
        one = Round(INTERVIEW, heard=heard)
        assert brief_for(Course(APPLICATION, (one,)), one, MessageKind.CHECK_IN).promised == promised


def test_what_they_asked_for_stands_in_their_request_else_in_my_promises() -> None:
    request = Heard(interview_id="i", what=Word.REQUEST, at=ENDED, note="two references")
    one = Round(INTERVIEW, heard=(request,), answers=answers(mine=["send my slides"]))
    course = Course(APPLICATION, (one,))
    assert brief_for(course, one, MessageKind.SEND_MATERIAL).requested == "two references"
    one = replace(one, heard=())
    assert brief_for(course, one, MessageKind.SEND_MATERIAL).requested == "send my slides"


def test_an_offers_date_is_the_date_to_answer_by() -> None:
    offer = Heard(interview_id="i", what=Word.OFFER, at=ENDED, reply_by=date(2026, 3, 9))
    one = Round(INTERVIEW, heard=(offer,))
    assert brief_for(Course(APPLICATION, (one,)), one, MessageKind.OFFER_REPLY).answer_by == date(2026, 3, 9)


def test_a_recruiter_of_an_earlier_round_is_known_but_no_topic_of_this_one_is_theirs() -> None:
    first = Round(replace(INTERVIEW, id="i0"), met=(met("mei", "notice period", recruiter=True),))
    second = Round(INTERVIEW, met=(met("dana", "on-call"),))
    brief = brief_for(Course(APPLICATION, (first, second)), second, MessageKind.CHECK_IN, "mei")
    assert (brief.audience, brief.recipient and brief.recipient.id) == (Audience.RECRUITER, "mei")


def test_without_a_name_the_notes_of_the_interview_hold_the_topic() -> None:
    one = Round(replace(INTERVIEW, notes="Third floor.\nTalked about: the move to Oslo"))
    brief = brief_for(Course(APPLICATION, (one,)), one, MessageKind.THANK_YOU)
    assert brief.topics == ("the move to Oslo",)
    assert "the move to Oslo" in compose(brief, load_content().templates).body


def test_a_request_to_connect_goes_through_linkedin_unless_wished_otherwise() -> None:
    course, one = a_course(met("dana"))
    assert brief_for(course, one, MessageKind.CONNECT, "dana").channel is Channel.LINKEDIN
    by_mail = brief_for(course, one, MessageKind.CONNECT, "dana", wishes=Wishes(channel=Channel.EMAIL))
    assert by_mail.channel is Channel.EMAIL


def test_the_questions_that_hold_the_facts_are_in_the_questionnaire() -> None:
    questionnaire = load_content().questionnaire
    ids = {question.id for section in questionnaire.sections for question in section.questions}
    assert {question for questions in ANSWERED_BY.values() for question in questions} <= ids


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        ("skills", None, [{"skill": "SQL"}]),
        ("skills", [{"skill": "dbt", "have": 4}], [{"skill": "SQL"}, {"skill": "dbt", "have": 4}]),
        ("left_out", ["the audit"], ["SQL", "the audit"]),
        ("loose_end", None, "SQL"),
        ("loose_end", "I froze", "I froze\n\nSQL"),
    ],
)
def test_an_answer_beside_the_draft_takes_nothing_from_the_record(question: str, before: Answer, after: Answer) -> None:
    assert answer_with(question, "SQL", before) == after


@pytest.mark.parametrize("question", ["skills", "left_out", "loose_end"])
@pytest.mark.parametrize("before", [True, False])
def test_an_answer_that_is_typed_on_takes_the_place_of_its_beginning(question: str, *, before: bool) -> None:
    kept: dict[str, Answer] = {
        "skills": [{"skill": "dbt", "have": 4}],
        "left_out": ["the audit"],
        "loose_end": "I froze",
    }
    at_first = kept[question] if before else None
    begun = answer_with(question, "statis", at_first)
    typed_on = answer_with(question, "statistics", begun, instead_of="statis")
    assert typed_on == answer_with(question, "statistics", at_first)
    assert answer_with(question, "", typed_on, instead_of="statistics") == at_first


def test_a_private_doubt_is_asked_for_in_other_words_and_the_answer_is_then_said() -> None:
    course, one = a_course(met("dana", "Kafka"), loose_end="I botched the Kafka question")
    templates = load_content().templates
    brief = brief_for(course, one, MessageKind.THANK_YOU, "dana", sender="Amina")
    draft = compose(brief, templates)
    asked = next(question for question in draft.asks if question.id == "clarification_wording")
    assert "botched" not in draft.body
    assert "I botched the Kafka question" in asked.text
    told = answer_with(str(asked.reflection_question), "We do use Kafka, for all our events", brief.clarification)
    again = compose(replace(brief, clarification=str(told)), templates)
    assert "we do use Kafka, for all our events." in again.body
    assert "botched" not in again.body
