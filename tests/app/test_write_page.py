"""The writing desk: a draft from the record, asked facts flow in, and what was edited stays as it is."""

from __future__ import annotations

import shutil
from datetime import date, time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from debrief.domain.facts import Answer, Interview, Message
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, press, told, typed_into
from tests.app.test_pages import NOW


@pytest.fixture
def interview(record: Store, actor: Actor) -> Interview:
    """A round of this morning with Dana, about whom nothing was noted."""
    entry = InterviewEntry(
        employer="Brightwater Energy",
        role="Data Analyst",
        round="Final",
        on=date(2026, 11, 22),
        at=time(10),
        timezone="UTC",
        people=(PersonEntry(name="Dana Whitfield"),),
    )
    return log_interview(actor, record, NOW, entry)


@pytest.fixture
def desk(open_page: OpenPage, interview: Interview) -> AppTest:
    """The thank-you to Dana."""
    return open_page("write", interview=interview.id, kind="thank_you")


def body(app: AppTest) -> str:
    return str(next(area for area in app.text_area if area.label == "The note").value)


def messages(record: Store, actor: Actor) -> list[Message]:
    with record.unit(actor.owner, NOW) as unit:
        return unit.find(Message)


def test_the_draft_stands_ready_from_the_record_and_nothing_is_kept_before_it_is_touched(
    desk: AppTest, record: Store, actor: Actor
) -> None:
    assert "Dana" in body(desk)
    assert "Data Analyst" in body(desk)
    assert "Brightwater Energy" in body(desk)
    assert messages(record, actor) == []


def test_an_asked_fact_flows_into_the_draft_as_it_is_typed_and_is_not_asked_again(
    desk: AppTest, open_page: OpenPage, interview: Interview
) -> None:
    typed_into(desk, "sign", "Aisyah")
    assert body(desk).endswith("Aisyah")

    typed_into(desk, "sign", "Aisyah Rahman")
    assert body(desk).endswith("Aisyah Rahman")

    again = open_page("write", interview=interview.id, kind="thank_you")
    assert all("sign" not in field.label for field in again.text_input)


def test_an_answer_beside_the_draft_stays_one_answer_while_it_is_typed(
    desk: AppTest, record: Store, actor: Actor, interview: Interview
) -> None:
    for text in ("fore", "forecasting", "forecasting with ca", "forecasting with care"):
        typed_into(desk, "skill", text)

    assert skills_kept(record, actor, interview) == [{"skill": "forecasting with care"}]
    assert "forecasting with care" in body(desk)

    typed_into(desk, "skill", "")
    assert skills_kept(record, actor, interview) is None


def skills_kept(record: Store, actor: Actor, interview: Interview) -> Answer:
    with record.unit(actor.owner, NOW) as unit:
        one = unit.course_of(interview.id).round_of(interview.id)
    assert one
    return one.answers["skills"].value


def test_a_browser_that_had_not_drawn_the_draft_yet_does_not_put_an_older_one_in_its_place(
    desk: AppTest, record: Store, actor: Actor
) -> None:
    typed_into(desk, "skill", "forecasting")
    older = body(desk)
    typed_into(desk, "skill", "forecasting with ca")

    for text in ("forecasting with care", "forecasting with care for people"):
        next(area for area in desk.text_area if area.label == "The note").set_value(older)
        typed_into(desk, "skill", text)

    assert "forecasting with care for people" in body(desk)
    assert messages(record, actor) == []


def test_a_note_put_back_by_hand_to_what_it_said_before_is_kept(desk: AppTest, record: Store, actor: Actor) -> None:
    typed_into(desk, "skill", "forecasting")
    older = body(desk)
    typed_into(desk, "skill", "forecasting with care")
    desk.run()
    desk.run()

    typed_into(desk, "The note", older)

    assert body(desk) == older
    assert [message.body for message in messages(record, actor)] == [older]


def test_a_note_that_was_set_aside_is_what_its_tab_goes_on_with_after_a_look_at_another(
    open_page: OpenPage, interview: Interview
) -> None:
    first, second = (open_page("write", interview=interview.id, kind="thank_you") for _ in ("first", "second"))
    typed_into(first, "The note", "from the first")
    typed_into(second, "The note", "from the second")

    for kind in ("check_in", "thank_you"):
        next(box for box in second.selectbox if box.label == "What to write").set_value(kind).run()

    assert body(second) == "from the second"
    typed_into(second, "The note", "from the second, and more")
    assert {"from the first", "from the second, and more"} <= {
        str(text.value).rpartition("\n\n")[2] for text in second.text
    }


def test_kinds_are_picked_one_after_the_other_and_stand_in_the_address(desk: AppTest) -> None:
    for kind in ("check_in", "withdraw", "thank_you"):
        next(box for box in desk.selectbox if box.label == "What to write").set_value(kind).run()
        assert desk.query_params["kind"] == kind


def test_what_was_talked_about_flows_into_the_draft(desk: AppTest) -> None:
    typed_into(desk, "Dana.*talk|talk.*Dana", "the tidal turbines")

    assert "the tidal turbines" in body(desk)


def test_an_edited_draft_is_kept_and_shows_what_would_change_instead_of_changing(
    desk: AppTest, open_page: OpenPage, interview: Interview
) -> None:
    edited = f"{body(desk)}\n\nP.S. My own words."
    typed_into(desk, "The note", edited)
    typed_into(desk, "Dana.*talk|talk.*Dana", "the tidal turbines")

    assert body(desk) == edited
    assert desk.expander[0].label == "Start again from the record"
    offered = "\n".join(str(line.value) for line in desk.expander[0].markdown)
    assert "tidal turbines" in offered
    assert ":material/remove: ~~P.S." in offered
    assert "My own words" in offered
    assert body(open_page("write", interview=interview.id, kind="thank_you")) == edited

    press(desk, "Take the new text instead of mine")

    assert "tidal turbines" in body(desk)
    assert "P.S." not in body(desk)


def test_another_tone_rewords_only_what_was_not_edited(desk: AppTest) -> None:
    warm = body(desk)
    chosen(desk, "Tone", "formal")
    assert body(desk) != warm

    typed_into(desk, "The note", "My own words.")
    chosen(desk, "Tone", "brief")

    assert body(desk) == "My own words."


def test_a_draft_that_cannot_be_kept_is_refused_and_stays_on_screen(desk: AppTest, record: Store, actor: Actor) -> None:
    typed_into(desk, "The note", "Dear Dana,")
    typed_into(desk, "The note", "Dear Dana,\x07")

    assert ["position 11" in error.value for error in desk.error] == [True]
    assert body(desk) == "Dear Dana,\x07"
    assert [message.body for message in messages(record, actor)] == ["Dear Dana,"]


def test_a_sent_note_is_shown_as_it_went_out_and_can_be_taken_back(desk: AppTest, record: Store, actor: Actor) -> None:
    typed_into(desk, "The note", "Dear Dana, thank you.")
    press(desk, "I sent it")

    assert "Sent on" in desk.success[0].value
    assert "Dear Dana, thank you." in told(desk)
    assert not desk.text_area
    assert [message.sent_at for message in messages(record, actor)] == [NOW]

    press(desk, "It was not sent")

    assert body(desk) == "Dear Dana, thank you."
    assert [message.sent_at for message in messages(record, actor)] == [None]


def channel(app: AppTest, value: str) -> None:
    chosen(app, "How it goes out", value)


def test_a_linkedin_note_keeps_to_its_limit_and_premium_is_remembered(
    desk: AppTest, open_page: OpenPage, interview: Interview
) -> None:
    typed_into(desk, "sign", "Aisyah Rahman")
    typed_into(desk, "Dana.*talk|talk.*Dana", "the way the tidal turbines are kept running through the winter months")
    channel(desk, "linkedin")
    free = body(desk)
    assert all(field.label != "Subject" for field in desk.text_input)
    assert "of 200 characters" in told(desk)
    assert len(free) <= 200

    desk.toggle[0].set_value(True).run()

    assert "of 300 characters" in told(desk)
    assert 200 < len(body(desk)) <= 300
    again = open_page("write", interview=interview.id, kind="connect")
    assert again.toggle[0].value is True


def test_an_occasion_is_picked_for_one_note_and_stands_in_the_address(desk: AppTest) -> None:
    chosen(desk, "What is out of the ordinary?", ["referral"])

    assert desk.query_params["occasion"] == "referral"
    assert any("Who referred you" in field.label for field in desk.text_input)

    typed_into(desk, "Who referred you", "Omar Haddad")

    assert "Omar Haddad" in body(desk)


def test_pay_can_be_raised_in_the_reply_to_an_offer_alone(open_page: OpenPage, interview: Interview) -> None:
    options = {
        kind: list(
            next(
                group
                for group in open_page("write", interview=interview.id, kind=kind).get("button_group")
                if group.label == "What is out of the ordinary?"
            ).options
        )
        for kind in ("thank_you", "offer_reply")
    }

    assert any("pay" in option for option in options["offer_reply"])
    assert not any("pay" in option for option in options["thank_you"])


def test_a_second_language_can_be_chosen_and_is_remembered(
    content_copy: Path, open_page: OpenPage, interview: Interview
) -> None:
    shutil.copytree(Path(__file__).parents[1] / "fixtures" / "languages" / "de", content_copy / "de")
    app = open_page("write", interview=interview.id, kind="thank_you")

    next(box for box in app.selectbox if box.label == "Language").set_value("de").run()

    assert body(app).startswith("Guten Tag Dana Whitfield,")
    assert "In this language only" in told(app)
    assert body(open_page("write", interview=interview.id, kind="thank_you")).startswith("Guten Tag")


def test_a_fix_leaves_the_former_text_among_the_versions(desk: AppTest) -> None:
    typed_into(desk, "sign", "Aisyah Rahman")
    loud = body(desk).replace("Thank you", "THANK YOU")
    typed_into(desk, "The note", loud)

    press(desk, "Write “Thank you”")

    assert "THANK" not in body(desk)
    versions = next(box for box in desk.expander if box.label.endswith("earlier version"))
    assert "THANK YOU" in "\n".join(str(line.value) for line in versions.markdown)

    press(desk, "Bring it back")

    assert body(desk) == loud


def test_what_stops_a_note_twice_is_said_once(desk: AppTest) -> None:
    typed_into(desk, "The note", body(desk) + "\n\nWhat is the salary?\n\nWhat is the salary?")

    (stopped,) = [error.value for error in desk.error if "Not yet: 2 things" in error.value]
    assert stopped.count("Pay and benefits can wait") == 1


def test_a_note_that_would_do_harm_is_not_handed_out(desk: AppTest) -> None:
    typed_into(desk, "sign", "Aisyah Rahman")
    harmless = body(desk)
    assert {button.label for button in desk.get("download_button")} == {"Save as .eml", "Save as text"}

    typed_into(desk, "The note", harmless.replace("Dear Dana", "Dear [Name]"))

    (stopped,) = [error.value for error in desk.error if "Not yet" in error.value]
    assert "[Name]" in stopped.replace("\\", "")
    assert not desk.get("download_button")

    press(desk, "Begin with “Dear Dana,”")

    assert body(desk) == harmless
    assert desk.get("download_button")


def test_after_one_note_of_a_panel_the_next_is_one_press_away_and_after_the_last_what_else_is_due(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    panel = (PersonEntry(name="Dana Whitfield"), PersonEntry(name="Kofi Mensah"))
    entry = InterviewEntry(
        employer="Kestrel Rail",
        role="Planner",
        round="Panel",
        on=date(2026, 11, 22),
        at=time(10),
        timezone="UTC",
        people=panel,
    )
    desk = open_page("write", interview=log_interview(actor, record, NOW, entry).id, kind="thank_you")
    typed_into(desk, "sign", "Aisyah Rahman")

    press(desk, "I sent it")
    press(desk, "Next: Kofi Mensah")
    assert "Dear Kofi" in body(desk)

    press(desk, "I sent it")
    assert not any(button.label.startswith("Next:") for button in desk.button)
    assert [link.label for link in desk.get("page_link")] == ["What else is due"]
