"""Logging through the form: what is right goes into the record, what is refused stays to be mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from debrief.domain.courses import Round
from debrief.domain.facts import Application, Interview, Meeting, Message, MessageKind, Person
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.known_settings import known_settings
from debrief.usecases.log_interview import InterviewEntry, PersonEntry, change_interview, log_interview
from tests.app.conftest import OpenPage
from tests.app.test_pages import NOW

FILLED: dict[str, Any] = {"employer": "Brightwater Energy", "role": "Data Analyst", "round": "Panel"}
KNOWN = (
    PersonEntry(name="Dana Whitfield"),
    PersonEntry(name="Ana Souza", title="Talent partner", email="ana@b.example", recruiter=True),
    PersonEntry(name="Kofi Mensah", title="Head of Data", email="kofi@b.example"),
)


@pytest.fixture(autouse=True)
def first_round(record: Store, actor: Actor) -> None:
    """A round with the same employer two days before, with people who are known by now."""
    entry = InterviewEntry(**FILLED | {"round": "Phone screen"}, on=date(2026, 11, 20), at=time(9), timezone="UTC")
    log_interview(actor, record, NOW, replace(entry, people=KNOWN))


def fill(app: AppTest, **fields: Any) -> None:
    """Chooses or types what stands in these fields of the form."""
    for name, value in fields.items():
        change(app, f"log.{name}", value)


def change(app: AppTest, key: str, value: Any) -> None:
    """Chooses or types a value in one field, also one that its list does not offer."""
    offer_what_was_typed(app)
    widget = next(one for kind in WIDGETS for one in app.get(kind) if one.key == key)
    if isinstance(widget, Selectbox) and value is not None and value not in widget.options:
        widget.options.append(value)
    widget.set_value(value).run()


def offer_what_was_typed(app: AppTest) -> None:
    """AppTest can choose what is offered and type nothing new: what was typed is offered, then."""
    for box in app.selectbox:
        if isinstance(box.value, str) and box.format_func(box.value) not in box.options:
            box.options.append(box.value)


WIDGETS = ("selectbox", "text_input", "text_area", "date_input", "time_input", "toggle", "button_group")


def add_person(app: AppTest, number: int, **fields: Any) -> None:
    label = "Add who was there" if number == 1 else "Add a person"
    press(app, label)
    fill(app, **{f"{name}.{number}": value for name, value in fields.items()})


def press(app: AppTest, label: str) -> None:
    offer_what_was_typed(app)
    next(button for button in app.button if button.label == label).click().run()


def rounds(record: Store, actor: Actor) -> list[Round]:
    """What was logged after the first round."""
    with record.unit(actor.owner, NOW) as unit:
        (course,) = unit.courses()
    return list(course.rounds[1:])


def test_a_filled_form_becomes_an_interview_and_leads_to_reflecting(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = open_page("log")
    fill(app, **FILLED, on=date(2026, 11, 21), at=time(16, 30), timezone="Asia/Kuala_Lumpur", notes="مها 👩🏽‍🔬")
    add_person(app, 1, name="Dana Whitfield", title="Head of Data", topics="the smart meters\nher dog")
    press(app, "Log it")

    assert not app.exception
    assert app.title[0].value == "Reflect"
    (one,) = rounds(record, actor)
    assert one.interview.ended_local.isoformat() == "2026-11-21T16:30:00+08:00"
    assert one.interview.notes == "مها 👩🏽‍🔬"
    assert [(met.person.name, met.person.title, met.meeting.topics) for met in one.met] == [
        ("Dana Whitfield", "Head of Data", ("the smart meters", "her dog"))
    ]


def test_a_logged_form_is_empty_the_next_time(open_page: OpenPage) -> None:
    app = open_page("log")
    fill(app, **FILLED, notes="Bring water")
    press(app, "Log it")

    again = open_page("log")

    assert again.selectbox(key="log.employer").value is None
    assert again.text_area(key="log.notes").value == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"role": None}, "The role is empty."),
        ({"on": date(2026, 11, 23)}, "The end of the interview lies in the future"),
        ({"email.1": "dana"}, "“dana” is not an e-mail address."),
        ({"notes": "fine\x07"}, "U+0007) at position 5"),
        ({"reply_by": date(2026, 11, 20)}, "The promised reply date lies before the interview."),
    ],
    ids=["no role", "future", "e-mail", "control character", "reply date"],
)
def test_refused_input_shows_one_sentence_and_loses_nothing_typed(
    open_page: OpenPage, record: Store, actor: Actor, wrong: dict[str, Any], says: str
) -> None:
    app = open_page("log")
    right = {**FILLED, "notes": "Bring water", "on": date(2026, 11, 22)}
    fill(app, **{name: value for name, value in right.items() if name not in wrong})
    add_person(app, 1, name="Dana Whitfield", topics="the smart meters")
    fill(app, **{name: value for name, value in wrong.items() if value is not None})
    press(app, "Log it")

    assert [says in error.value for error in app.error] == [True]
    assert rounds(record, actor) == []
    again = open_page("log")  # as after a reload
    typed = {**right, "name.1": "Dana Whitfield", "topics.1": "the smart meters", **wrong}
    held = {name: again.session_state[f"log.{name}"] for name in typed}
    assert held == typed


def test_mended_input_is_taken(open_page: OpenPage, record: Store, actor: Actor) -> None:
    app = open_page("log")
    fill(app, **FILLED, on=date(2026, 11, 23))
    press(app, "Log it")
    assert app.error
    fill(app, on=date(2026, 11, 22))
    press(app, "Log it")

    assert not app.error
    assert len(rounds(record, actor)) == 1


def test_somebody_known_is_recalled_once_named(open_page: OpenPage, record: Store, actor: Actor) -> None:
    app = open_page("log")
    fill(app, **FILLED)
    add_person(app, 1, name="Ana Souza")

    assert app.text_input(key="log.title.1").value == "Talent partner"
    assert app.text_input(key="log.email.1").value == "ana@b.example"
    press(app, "Log it")
    assert [met.person.recruiter for one in rounds(record, actor) for met in one.met] == [True]


def test_a_round_saved_as_it_was_offers_no_undo_of_what_was_done_before(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    with record.unit(actor.owner, NOW) as unit:
        (interview,) = unit.find(Interview)
    app = open_page("log", interview=interview.id)

    press(app, "Save the changes")

    assert not app.exception
    assert app.title[0].value == "Reflect"
    assert "Undo" not in [button.label for button in app.button]


@pytest.mark.parametrize("spoilt", [{}, {"date": 7}, {"date": "soon"}, {"time": "late"}, {"time": None}])
def test_a_kept_date_that_nobody_can_read_leaves_its_field_to_be_filled_in(
    open_page: OpenPage, record: Store, actor: Actor, spoilt: dict[str, Any]
) -> None:
    with record.unit(actor.owner, NOW) as unit:
        unit.set_setting("form.log", {"notes": "Bring water", "on": spoilt, "at": spoilt, "reply_by": spoilt})

    app = open_page("log")

    assert not app.exception
    assert app.text_area(key="log.notes").value == "Bring water"


def test_a_form_that_was_being_filled_in_comes_along_with_the_record_field_by_field(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = open_page("log")
    fill(app, **FILLED, on=date(2026, 11, 21), at=time(16, 30), notes="Bring water", reply_by=date(2026, 11, 30))
    add_person(app, 1, name="Dana Whitfield", recruiter=True)
    with record.unit(actor.owner, NOW) as unit:
        kept = unit.settings()

    assert len(kept["form.log"]) == len(app.session_state["log:fields"]) > 20
    assert known_settings(kept) == kept


def card(app: AppTest, number: str, form: str = "log") -> tuple[Any, ...]:
    """Title, e-mail and whether a recruiter, as one card says them."""
    return tuple(app.session_state[f"{form}.{field}.{number}"] for field in ("title", "email", "recruiter"))


def test_another_name_takes_what_was_recalled_with_it(open_page: OpenPage, record: Store, actor: Actor) -> None:
    app = open_page("log")
    fill(app, **FILLED)
    add_person(app, 1, name="Ana Souza")
    fill(app, **{"name.1": "Kofi Mensah"})
    assert card(app, "1") == ("Head of Data", "kofi@b.example", False)

    fill(app, **{"name.1": "Zoe Park"})
    assert card(app, "1") == ("", "", False)
    fill(app, **{"name.1": "Ana Souza"})
    press(app, "Log it")

    (ana,) = (met.person for one in rounds(record, actor) for met in one.met)
    assert (ana.title, ana.email, ana.recruiter) == ("Talent partner", "ana@b.example", True)
    assert ana.name == "Ana Souza"


def test_what_was_typed_of_a_person_stays_when_the_name_changes(open_page: OpenPage) -> None:
    app = open_page("log")
    fill(app, **FILLED)
    add_person(app, 1, name="Ana Souza", title="Partner", topics="the budget")
    app = open_page("log")  # as after a reload
    fill(app, **{"name.1": "Kofi Mensah"})

    assert card(app, "1") == ("Partner", "kofi@b.example", False)
    assert app.text_area(key="log.topics.1").value == "the budget"


def test_somebody_chosen_in_anothers_place_keeps_their_own_title_and_address(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    entry = InterviewEntry(**FILLED, on=date(2026, 11, 21), at=time(9), timezone="UTC", people=(KNOWN[1],))
    interview = log_interview(actor, record, NOW, entry)
    app = open_page("log", interview=interview.id)
    name = next(box.key for box in app.selectbox if box.label == "Name of person 1")
    change(app, str(name), "Kofi Mensah")
    press(app, "Save the changes")

    assert [
        (met.person.name, met.person.title, met.person.email) for one in rounds(record, actor) for met in one.met
    ] == [("Kofi Mensah", "Head of Data", "kofi@b.example")]


def test_what_is_said_of_the_job_is_kept_though_its_application_is_there_already(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    app = open_page("log")
    fill(app, **FILLED, country="MY", sector="Energy")
    press(app, "Log it")

    (one,) = rounds(record, actor)
    with record.unit(actor.owner, NOW) as unit:
        job = unit.get(Application, one.interview.application_id)
    assert (job.country, job.sector) == ("MY", "Energy")


@pytest.fixture
def pressing_again(monkeypatch: pytest.MonkeyPatch) -> Callable[[AppTest, str], None]:
    """Presses a button twice: the second press comes in while the first is being kept."""

    def press_twice(app: AppTest, label: str) -> None:
        offer_what_was_typed(app)
        next(button for button in app.button if button.label == label).click()
        states = app._tree.get_widget_states()

        def slowly(keep: Callable[..., Any]) -> Callable[..., Any]:
            def kept(*arguments: Any, **named: Any) -> Any:
                done = keep(*arguments, **named)
                context = get_script_run_ctx()
                assert context is not None
                assert context.script_requests is not None
                again = RerunData(context.query_string, states, context.page_script_hash)
                if not pressed:
                    context.script_requests.request_rerun(again)
                pressed.append(label)
                return done

            return kept

        pressed: list[str] = []
        monkeypatch.setattr("ui.log.entry.log_interview", slowly(log_interview))
        monkeypatch.setattr("ui.log.entry.change_interview", slowly(change_interview))
        app.run()

    return press_twice


def test_a_round_is_logged_once_though_the_button_is_pressed_twice(
    open_page: OpenPage, record: Store, actor: Actor, pressing_again: Callable[[AppTest, str], None]
) -> None:
    app = open_page("log")
    fill(app, **FILLED, notes="Bring water")
    pressing_again(app, "Log it")

    assert not app.exception
    assert app.title[0].value == "Reflect"
    (one,) = rounds(record, actor)
    assert app.query_params["interview"] == one.interview.id
    assert open_page("log").text_area(key="log.notes").value == ""


def test_a_further_round_is_logged_once_though_the_button_is_pressed_twice(
    open_page: OpenPage, record: Store, actor: Actor, pressing_again: Callable[[AppTest, str], None]
) -> None:
    with record.unit(actor.owner, NOW) as unit:
        (job,) = unit.find(Application)
    app = open_page("log", application=job.id)
    pressing_again(app, "Log it")

    assert app.title[0].value == "Reflect"
    assert len(rounds(record, actor)) == 1
    app.query_params.clear()
    app.query_params["application"] = job.id
    app.switch_page("../pages/log.py").run()
    press(app, "Log it")
    assert len(rounds(record, actor)) == 2, "a round that is logged later is another one"


def test_a_change_is_made_once_though_the_button_is_pressed_twice(
    open_page: OpenPage, record: Store, actor: Actor, pressing_again: Callable[[AppTest, str], None]
) -> None:
    entry = InterviewEntry(**FILLED, on=date(2026, 11, 21), at=time(9), timezone="UTC")
    interview = log_interview(actor, record, NOW, entry)
    app = open_page("log", interview=interview.id)
    change(app, f"edit.{interview.id}.notes", "Bring water")
    pressing_again(app, "Save the changes")

    assert app.title[0].value == "Reflect"
    (one,) = rounds(record, actor)
    assert (one.interview.notes, one.interview.version) == ("Bring water", 2)


@pytest.fixture
def panel(record: Store, actor: Actor) -> Interview:
    """A logged panel with Dana and Ana."""
    people = (replace(KNOWN[0], topics="the smart meters"), KNOWN[1])
    entry = InterviewEntry(**FILLED, on=date(2026, 11, 21), at=time(9), timezone="UTC", people=people)
    return log_interview(actor, record, NOW, entry)


def elsewhere(record: Store, actor: Actor, interview: Interview, **changed: Any) -> None:
    """Changes some of a round from another page, as What follows does."""
    with record.unit(actor.owner, NOW) as unit:
        unit.change(replace(unit.get(Interview, interview.id), **changed))


def field_of(app: AppTest, interview: Interview, name: str, place: int | None = None) -> str:
    """The key of a field of the form that changes a round; of the person at this place where one is given."""
    form = f"edit.{interview.id}"
    return f"{form}.{name}" if place is None else f"{form}.{name}.{app.session_state[f'{form}.people'][place - 1]}"


def test_what_was_not_changed_in_a_form_follows_the_record(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview
) -> None:
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "notes"), "Bring water")
    (dana, _) = rounds(record, actor)[0].met
    elsewhere(record, actor, panel, reply_by=date(2026, 11, 30))
    with record.unit(actor.owner, NOW) as unit:
        unit.change(replace(dana.meeting, topics=("the smart meters", "the budget")))

    for again in (app.run(), open_page("log", interview=panel.id)):  # at the same tab, and as after a reload
        assert again.date_input(key=field_of(again, panel, "reply_by")).value == date(2026, 11, 30)
        assert again.text_area(key=field_of(again, panel, "topics", 1)).value == "the smart meters\nthe budget"
        assert again.text_area(key=field_of(again, panel, "notes")).value == "Bring water"
        assert not again.warning
    press(app, "Save the changes")

    (one,) = rounds(record, actor)
    assert (one.interview.notes, one.interview.reply_by) == ("Bring water", date(2026, 11, 30))
    assert one.met[0].meeting.topics == ("the smart meters", "the budget")


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "mine"), ("Take the other", "theirs")])
def test_what_was_changed_here_and_elsewhere_waits_for_a_choice(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview, choice: str, kept: str
) -> None:
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "notes"), "mine")
    change(app, field_of(app, panel, "round"), "Final interview")
    elsewhere(record, actor, panel, notes="theirs", reply_by=date(2026, 11, 30))
    app = open_page("log", interview=panel.id)
    assert "Anything else to remember: theirs" in [text.value for text in app.text]
    press(app, "Save the changes")

    assert "Choose above" in app.error[0].value
    assert app.text_area(key=field_of(app, panel, "notes")).value == "mine"
    assert rounds(record, actor)[0].interview.notes == "theirs"

    press(app, choice)
    assert not app.warning
    press(app, "Save the changes")
    (one,) = rounds(record, actor)
    assert (one.interview.notes, one.interview.round) == (kept, "Final interview")
    assert one.interview.reply_by == date(2026, 11, 30)


def test_people_added_here_and_elsewhere_were_all_there(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview
) -> None:
    app = open_page("log", interview=panel.id)
    press(app, "Add a person")
    change(app, field_of(app, panel, "name", 3), "Kofi Mensah")
    press(app, "Take Ana Souza out")
    with record.unit(actor.owner, NOW) as unit:
        zoe = unit.add(Person(name="Zoe Park", employer=FILLED["employer"]))
        unit.add(Meeting(interview_id=panel.id, person_id=zoe.id, place=2))
    app = open_page("log", interview=panel.id)
    press(app, "Save the changes")

    assert [met.person.name for met in rounds(record, actor)[0].met] == ["Dana Whitfield", "Zoe Park", "Kofi Mensah"]


def test_what_was_written_about_somebody_who_was_taken_out_elsewhere_waits_for_a_choice(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview
) -> None:
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "topics", 1), "her dog")
    (dana, _) = rounds(record, actor)[0].met
    with record.unit(actor.owner, NOW) as unit:
        unit.remove(dana.meeting)
    app = open_page("log", interview=panel.id)

    assert "Who was there: Ana Souza" in [text.value for text in app.text]
    assert "her dog" in [area.value for area in app.text_area]
    press(app, "Keep mine")
    press(app, "Save the changes")
    (met, _) = rounds(record, actor)[0].met
    assert (met.person.id, met.meeting.topics) == (dana.person.id, ("her dog",))


def test_what_another_tab_changed_while_a_change_was_kept_is_not_written_over(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "notes"), "mine")
    (dana, _) = rounds(record, actor)[0].met

    def too_late(*arguments: Any, **named: Any) -> Interview:
        with record.unit(actor.owner, NOW) as unit:
            unit.change(replace(dana.meeting, topics=("the budget",)))
        return change_interview(*arguments, **named)

    monkeypatch.setattr("ui.log.entry.change_interview", too_late)
    press(app, "Save the changes")

    assert "changed elsewhere" in app.error[0].value
    (one,) = rounds(record, actor)
    assert (one.interview.notes, one.met[0].meeting.topics) == ("", ("the budget",))


def same_person(app: AppTest) -> list[bool]:
    """What the card says to the question whether it is still the same person, where it is asked."""
    return [bool(toggle.value) for toggle in app.toggle if "same person" in toggle.label]


def test_a_name_put_right_takes_nothing_from_the_person(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview
) -> None:
    ana = rounds(record, actor)[0].met[1]
    with record.unit(actor.owner, NOW) as unit:
        note = unit.add(
            Message(interview_id=panel.id, kind=MessageKind.THANK_YOU, person_id=ana.person.id, sent_at=NOW)
        )
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "name", 2), "Ana de Souza")
    assert same_person(app) == [True]
    assert card(app, ana.person.id, f"edit.{panel.id}") == ("Talent partner", "ana@b.example", True)
    press(app, "Save the changes")

    one = rounds(record, actor)[0]
    assert one.met[1] == replace(ana, person=replace(ana.person, name="Ana de Souza", version=2))
    assert one.sent(MessageKind.THANK_YOU, one.met[1].person.id) == note
    press(app, "Undo")
    assert rounds(record, actor)[0].met[1].person.name == "Ana Souza"


def test_a_quite_other_name_is_somebody_else_unless_it_is_said_to_be_the_same_person(
    open_page: OpenPage, record: Store, actor: Actor, panel: Interview
) -> None:
    ana = rounds(record, actor)[0].met[1].person
    form = f"edit.{panel.id}"
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "name", 2), "Zoe Park")
    assert same_person(app) == [False]
    assert card(app, ana.id, form) == ("", "", False)
    change(app, field_of(app, panel, "same", 2), value=True)
    assert card(app, ana.id, form) == ("Talent partner", "ana@b.example", True)
    change(app, field_of(app, panel, "same", 2), value=False)
    press(app, "Save the changes")

    zoe = rounds(record, actor)[0].met[1].person
    assert (zoe.id != ana.id, zoe.name, zoe.email) == (True, "Zoe Park", "")
    with record.unit(actor.owner, NOW) as unit:
        assert unit.get(Person, ana.id) == ana


def test_somebody_known_in_anothers_place_is_asked_nothing(open_page: OpenPage, panel: Interview) -> None:
    app = open_page("log", interview=panel.id)
    change(app, field_of(app, panel, "name", 2), "Kofi Mensah")

    assert same_person(app) == []
    change(app, field_of(app, panel, "name", 2), "Ana Souza")
    assert same_person(app) == []


def test_starting_over_empties_the_form(open_page: OpenPage) -> None:
    app = open_page("log")
    fill(app, **FILLED)
    press(app, "Start over")

    assert app.selectbox(key="log.employer").value is None
    assert open_page("log").selectbox(key="log.employer").value is None


def test_what_an_import_brought_and_the_form_does_not_offer_stays_when_a_round_is_changed(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    entry = InterviewEntry(
        **FILLED, on=date(2026, 11, 21), at=time(9), timezone="Japan", employer_size="11-50 people", country="JP"
    )
    brought_in = log_interview(actor, record, NOW, entry)
    job = change_interview(actor, record, NOW, brought_in, entry).application_id

    press(open_page("log", interview=brought_in.id), "Save the changes")

    assert [one.interview.timezone for one in rounds(record, actor)] == ["Japan"]
    with record.unit(actor.owner, NOW) as unit:
        assert unit.get(Application, job).employer_size == "11-50 people"
