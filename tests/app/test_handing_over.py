"""Handing over on Your data: what goes in, for whom, the preview, and the sentences where nothing can be made."""

from __future__ import annotations

from datetime import date, time

import pytest
from streamlit.testing.v1 import AppTest

from debrief.domain.facts import Interview
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, log_interview
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, told
from tests.app.test_pages import NOW

ABOUT, FOR, WHAT = "About", "For", "What to hand over"


def log_one(record: Store, actor: Actor, *, person: str = "Dana Whitfield", notes: str = "") -> Interview:
    entry = InterviewEntry(
        employer="Brightwater Energy",
        role="Data Analyst",
        round="Final",
        on=date(2026, 11, 20),
        at=time(10),
        timezone="UTC",
        people=(PersonEntry(name=person),),
        notes=notes,
    )
    return log_interview(actor, record, NOW, entry)


def preview(app: AppTest) -> str:
    return next(text.value for text in app.markdown if text.value.startswith("### "))


def offered(app: AppTest) -> dict[str, bool]:
    """Which files can be downloaded: label → whether the button can be pressed."""
    return {button.label: not button.disabled for button in app.get("download_button")}


def sections(app: AppTest) -> list[str]:
    return list(next(group for group in app.get("button_group") if group.label == "What goes in").value)


def test_an_empty_record_offers_to_log_an_interview(open_page: OpenPage) -> None:
    app = open_page("your_data")

    assert "Once you have logged an interview" in app.info[0].value
    assert list(offered(app)) == ["Download everything (JSON)"]


def test_own_notes_are_put_in_by_oneself_alone(open_page: OpenPage, record: Store, actor: Actor) -> None:
    log_one(record, actor, notes="I was far too loud.")
    app = open_page("your_data")

    assert "far too loud" not in preview(app)
    chosen(app, FOR, "myself")
    assert "far too loud" in preview(app)
    chosen(app, FOR, "job-centre")
    assert "far too loud" not in preview(app)
    assert "Dana" not in preview(app)


def test_the_preview_shows_roles_in_place_of_names(open_page: OpenPage, record: Store, actor: Actor) -> None:
    log_one(record, actor)
    app = open_page("your_data")
    assert "Dana Whitfield" in preview(app)

    next(toggle for toggle in app.toggle if toggle.label == "Roles in place of names").set_value(True).run()

    assert "Dana" not in preview(app)
    assert "Interviewer 1" in preview(app)


def test_a_summary_of_an_application_and_of_a_period_can_be_had(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    log_one(record, actor)
    app = open_page("your_data")

    chosen(app, ABOUT, "An application")
    assert preview(app).startswith("### Application at Brightwater Energy")
    chosen(app, ABOUT, "A period")
    assert "1 interview at 1 employer" in preview(app)
    assert "overview" in sections(app)


def test_a_period_without_interviews_is_told_and_offers_no_file(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    log_one(record, actor)
    app = open_page("your_data")
    chosen(app, ABOUT, "A period")
    app.date_input[0].set_value(date(2020, 1, 1)).run()
    app.date_input[1].set_value(date(2020, 2, 1)).run()

    assert "no interview from 1 January to 1 February 2020" in app.info[0].value
    assert not offered(app)


def test_a_proof_of_activity_names_nobody(open_page: OpenPage, record: Store, actor: Actor) -> None:
    log_one(record, actor)
    app = open_page("your_data")

    chosen(app, WHAT, "Proof of activity")

    assert preview(app).startswith("### Proof of activity")
    assert "Brightwater Energy" in preview(app)
    assert "Dana" not in preview(app)
    assert list(offered(app)) == ["Download as PDF", "Download as Word", "Download as CSV"]


def test_a_script_without_a_font_is_told_before_a_button_is_pressed(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    log_one(record, actor, person="བསྟན་འཛིན")
    app = open_page("your_data")

    assert "The PDF has no font for Tibetan" in app.warning[0].value
    assert offered(app)["Download as PDF"] is False
    assert offered(app)["Download as Word"] is True


def test_nothing_chosen_is_no_document(open_page: OpenPage, record: Store, actor: Actor) -> None:
    log_one(record, actor)
    app = open_page("your_data")
    next(group for group in app.get("button_group") if group.label == "What goes in").set_value([]).run()

    assert "Pick at least one section" in told(app)
    assert not offered(app)


@pytest.mark.parametrize("part", ["Tables", "Everything"])
def test_the_other_parts_offer_their_files(open_page: OpenPage, record: Store, actor: Actor, part: str) -> None:
    log_one(record, actor)
    app = open_page("your_data")

    chosen(app, WHAT, part)

    assert offered(app)
    assert all(offered(app).values())
