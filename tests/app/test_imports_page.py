"""Your data, bringing in: from a chosen file to what it added, and back again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from debrief.content import load_content
from debrief.domain.facts import Application, Fact, Interview, Meeting, Person, RoundState
from debrief.exchange.imports.inspection import Choices, inspect
from debrief.exchange.imports.source import Source
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.imports import TableWork, import_table
from debrief.usecases.lossless import export_all
from debrief.usecases.sample import load_sample
from tests.app.conftest import OpenPage
from tests.app.screens import chosen, press, told
from tests.app.test_pages import NOW

PART = "What would you like to do?"
FILES = Path(__file__).resolve().parents[1] / "fixtures" / "imports"
TABLE = FILES / "tables" / "spreadsheet.csv"


def opened(open_page: OpenPage) -> AppTest:
    app = open_page("your_data")
    chosen(app, PART, "Bring in")
    return app


def given(app: AppTest, name: str, content: bytes) -> None:
    app.file_uploader[0].set_value((name, content, "text/csv")).run()


def everything(record: Store, actor: Actor, kind: type[Fact]) -> list[Fact]:
    with record.unit(actor.owner, NOW) as unit:
        return unit.find(kind)


def import_button(app: AppTest) -> str:
    return next(button.label for button in app.button if button.label.startswith("Bring in "))


def test_a_spreadsheet_is_previewed_brought_in_and_taken_back(open_page: OpenPage, record: Store, actor: Actor) -> None:
    app = opened(open_page)
    given(app, TABLE.name, TABLE.read_bytes())
    assert "separated by commas, 4 rows, 9 columns" in told(app)
    assert [metric.value for metric in app.metric] == ["3", "3", "2", "2", "0"]
    assert everything(record, actor, Application) == []

    press(app, import_button(app))

    interviews = everything(record, actor, Interview)
    assert {one.round for one in interviews if isinstance(one, Interview)} == {
        "Phone screen",
        "Panel",
        "First interview",
    }
    assert "3 applications, 3 interviews, 2 people and 2 answers came in" in app.success[0].value
    press(app, "Undo")
    assert everything(record, actor, Application) == everything(record, actor, Interview) == []


def test_a_column_can_be_sent_elsewhere_and_what_is_missing_is_said(open_page: OpenPage) -> None:
    app = opened(open_page)
    given(app, "table.csv", b"A,B\nBirchworks,Designer\n")
    assert "Say which column is" in app.info[0].value
    assert not [button for button in app.button if button.label.startswith("Bring in")]

    next(box for box in app.selectbox if box.label == "A").set_value("employer").run()
    next(box for box in app.selectbox if box.label == "B").set_value("role").run()

    assert import_button(app) == "Bring in 1 entry"


def test_two_columns_cannot_go_to_one_place(open_page: OpenPage) -> None:
    app = opened(open_page)
    given(app, "table.csv", b"Company,Role,Other\nBirchworks,Designer,x\n")
    next(box for box in app.selectbox if box.label == "Other").set_value("role").run()

    assert "Two columns go to one place" in app.warning[0].value


def test_dates_that_could_be_two_are_asked_about_and_nothing_is_assumed(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = opened(open_page)
    given(app, "table.csv", b"Company,Role,Interview date\nBirchworks,Designer,03/04/2026 10:00\n")
    (question,) = app.radio
    assert question.value is None
    assert not [button for button in app.button if button.label.startswith("Bring in")]

    question.set_value("month_first").run()
    press(app, import_button(app))

    (interview,) = everything(record, actor, Interview)
    assert isinstance(interview, Interview)
    assert interview.ended_local.strftime("%m-%d %H:%M") == "03-04 10:00"


def test_a_bad_row_is_told_with_its_reason_and_blocks_until_it_is_left_out(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = opened(open_page)
    given(app, "table.csv", b"Company,Role,Interview date\nBirchworks,Designer,2026-02-31\nElm,Nurse,2026-02-03\n")
    assert "1 row cannot be read" in app.error[0].value
    assert app.dataframe[0].value.iloc[0].tolist() == [2, "Interview date", "“2026-02-31” is no date of the calendar."]
    assert next(button for button in app.button if button.label.startswith("Bring in")).disabled

    next(toggle for toggle in app.toggle if toggle.label == "Leave these rows out").set_value(True).run()
    press(app, import_button(app))

    (one,) = everything(record, actor, Application)
    assert isinstance(one, Application)
    assert one.employer == "Elm"


def test_the_same_file_again_brings_nothing_unless_it_is_wanted(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = opened(open_page)
    given(app, TABLE.name, TABLE.read_bytes())
    press(app, import_button(app))
    given(app, TABLE.name, TABLE.read_bytes())
    assert "There is nothing new in this file." in app.info[0].value
    assert "4 rows stand there already" in told(app)

    next(toggle for toggle in app.toggle if toggle.label.startswith("Bring them in")).set_value(True).run()
    press(app, import_button(app))

    assert len(everything(record, actor, Interview)) == 6


def test_a_refused_file_says_why_and_what_stands_in_it_is_shown_not_obeyed(open_page: OpenPage) -> None:
    app = opened(open_page)
    given(app, "![x](http://example.org/x.png).csv", b"")

    assert "is empty: 0 bytes" in app.error[0].value
    assert "![x](" not in app.error[0].value


def test_chosen_events_of_a_calendar_become_interviews(open_page: OpenPage, record: Store, actor: Actor) -> None:
    app = opened(open_page)
    given(app, "interviews.ics", (FILES / "calendars" / "interviews.ics").read_bytes())
    assert "2 events lack one of them" in app.info[0].value

    for field in [field for field in app.text_input if field.label == "Role"]:
        field.set_value("Data Analyst")
    next(field for field in app.text_area if field.label.startswith("Who was there")).set_value("Dana Whitfield\nLi Na")
    app.run()
    press(app, "Log 2 interviews")

    interviews = [one for one in everything(record, actor, Interview) if isinstance(one, Interview)]
    assert [one.timezone for one in interviews] == ["America/New_York", "UTC"]
    assert [one.state for one in interviews] == [RoundState.HELD, RoundState.HELD]
    people = [one for one in everything(record, actor, Person) if isinstance(one, Person)]
    assert {one.name: one.email for one in people} == {"Dana Whitfield": "dana@alderfinch.example", "Li Na": ""}
    assert len(everything(record, actor, Meeting)) == 2


def test_a_copy_of_the_record_is_previewed_and_comes_back_whole(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    load_sample(actor, record, NOW)
    copy = export_all(actor, record, NOW)
    app = opened(open_page)
    given(app, "debrief.json", copy.encode())
    assert "in your record already" in app.error[0].value
    assert next(button for button in app.button if button.label == "Bring in everything").disabled

    with record.unit(actor.owner, NOW) as unit:
        unit.forget_everything()
    app = opened(open_page)
    given(app, "debrief.json", copy.encode())
    press(app, "Bring in everything")

    assert export_all(actor, record, NOW) == copy


def test_a_copy_with_values_that_would_stop_the_pages_is_refused_with_their_places(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    load_sample(actor, record, NOW)
    document = json.loads(export_all(actor, record, NOW))
    with record.unit(actor.owner, NOW) as unit:
        unit.forget_everything()
    document["applications"][2]["country"] = "uk"
    document["snoozes"][0]["step"] = "dance"
    app = opened(open_page)

    given(app, "debrief.json", json.dumps(document).encode())

    assert "nothing was changed. It has 2 mistakes" in app.error[0].value
    assert "applications[2].country: the code of a country" in app.error[0].value.replace("\\", "")
    assert "snoozes[0].step: one of reflect" in app.error[0].value.replace("\\", "")
    assert not any(button.label == "Bring in everything" for button in app.button)


@pytest.mark.parametrize("page", ["log", "prepare"])
def test_settings_of_a_copy_that_would_stop_a_page_stay_outside(
    open_page: OpenPage, record: Store, actor: Actor, page: str
) -> None:
    load_sample(actor, record, NOW)
    document = json.loads(export_all(actor, record, NOW))
    with record.unit(actor.owner, NOW) as unit:
        unit.forget_everything()
    document["settings"] = {
        "rehearsal": {}, "form.log": {"on": "soon", "at": {}, "people": ["a", "a"], "state": "maybe"},
        "calendar_ledger": [], "lessons_apart": 3, "note_tone": {}, "dialect": 7, "house_rules": [], "sender_name": {},
    }  # fmt: skip
    app = opened(open_page)
    given(app, "debrief.json", json.dumps(document).encode())
    press(app, "Bring in everything")

    app = open_page(page, part="rehearse")

    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", ["today", "applications", "insights", "prepare"])
def test_applications_without_an_interview_stand_in_nobodys_way(
    open_page: OpenPage, record: Store, actor: Actor, page: str
) -> None:
    words = load_content().imports
    inspection = inspect(Source("huntr.csv", FILES / "ready" / "huntr.csv"), words)
    import_table(actor, record, NOW, TableWork(inspection, Choices(inspection.mapping), words))

    app = open_page(page)

    assert not app.exception
    assert told(app).count("No round yet") == (4 if page == "applications" else 0)
