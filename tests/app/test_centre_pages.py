"""A centre's pages: who may open which, sharing and reading, erasing with a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from debrief.content.centre import CENTRE_VARIABLE
from debrief.domain.centre import Member, Role
from debrief.domain.facts import Application, Interview, Reflection, ReflectionAnswer
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.centre import sharing
from tests.app.centre import AMINA, BELA, CATO, CENTRE, DORA, Person, visit
from tests.app.screens import chosen, press, told, typed_into

ROLES = {AMINA: Role.STUDENT, BELA: Role.STUDENT, CATO: Role.ADVISOR, DORA: Role.ADMINISTRATOR}
SECRET = "the timetable of the night trains"


@pytest.fixture
def centre(record: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A centre where Amina has a reflected interview, and everybody has signed in at once."""
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE, encoding="utf-8")
    monkeypatch.setenv("DEBRIEF_MODE", "server")
    monkeypatch.setenv(CENTRE_VARIABLE, str(file))
    now = datetime.now(UTC)
    for person, role in ROLES.items():
        with record.centre(person.owner, role, now) as opened:
            opened.enter(Member(person.owner, person.name.title(), f"{person.name}@college.example", role))
    application = Application(employer="Acorn Rail", role="Planner")
    interview = Interview(
        application_id=application.id, round="Phone", ended_at=now - timedelta(days=2), timezone="Europe/London"
    )
    reflection = Reflection(interview_id=interview.id, questionnaire=1, started_at=now)
    answer = ReflectionAnswer(reflection_id=reflection.id, question="went_well", value=SECRET, saved_at=now)
    with record.unit(AMINA.owner, now, "Logged") as unit:
        unit.add_all([application, interview, reflection, answer])
    return record


def interview_of(store: Store, person: Person) -> str:
    with store.unit(person.owner, datetime.now(UTC)) as unit:
        (interview,) = unit.find(Interview)
    return interview.id


def share(store: Store) -> str:
    """Amina shares her interview with Cato."""
    interview = interview_of(store, AMINA)
    sharing.share(Actor(AMINA.owner), store, datetime.now(UTC), interview, CATO.owner)
    return interview


def test_a_student_shares_sees_that_it_was_opened_reads_comments_and_takes_it_back(centre: Store) -> None:
    student = visit(AMINA.claims(), "sharing")
    assert "Nothing. Your record is yours alone" in told(student)
    press(student, "Share with Cato")
    assert "With Cato since" in told(student)
    assert "Not opened yet" in told(student)

    advisor = visit(CATO.claims(), "shared")
    assert SECRET in told(advisor)
    typed_into(advisor, "What went well", "Lead with this one.")
    next(button for button in advisor.button if button.label == "Add comment").click().run()
    assert "Lead with this one." in told(advisor)

    assert "Lead with this one." in told(visit(AMINA.claims(), "reflect", depth="full"))
    student.run()
    assert "Opened 1 time" in told(student)
    assert "Lead with this one." in told(student)
    press(student, "Take back")
    advisor.run()
    assert SECRET not in told(advisor)
    assert "Nobody shares anything with you" in told(advisor)


def test_reading_again_is_one_view_until_the_interview_is_opened_anew(centre: Store) -> None:
    share(centre)
    app = visit(CATO.claims(), "shared")
    app.run()
    (given,) = sharing.given(Actor(AMINA.owner), centre, datetime.now(UTC))
    assert len(given.views) == 1

    visit(CATO.claims(), "shared")
    (given,) = sharing.given(Actor(AMINA.owner), centre, datetime.now(UTC))
    assert len(given.views) == 2


def test_an_administrator_erases_somebody_by_name_and_has_a_receipt(centre: Store) -> None:
    app = visit(DORA.claims(), "centre")
    assert "4 people" in told(app)
    chosen(app, "What would you like to see?", "Erase somebody")
    assert "Receipt" not in str([one.value for one in app.code])
    assert next(button for button in app.button if button.label == "Erase Amina").disabled
    typed_into(app, "Type Amina to go on", "amina")
    press(app, "Erase Amina")

    (receipt,) = [one.value for one in app.code]
    assert "1 interviews" in receipt
    assert "Amina <amina@college.example>" in receipt
    with centre.unit(AMINA.owner, datetime.now(UTC)) as unit:
        assert unit.courses() == ()
    press(app, "Done")
    assert "Bela" in str(app.selectbox[0].options)
    assert "Amina" not in str(app.selectbox[0].options)


def test_the_log_names_people_and_is_narrowed_by_verb(centre: Store) -> None:
    share(centre)
    visit(CATO.claims(), "shared")
    app = visit(DORA.claims(), "centre")
    chosen(app, "What would you like to see?", "Log")

    rows = rows_of(app.dataframe[0].value)
    assert [(row["Who"], row["What"], row["Whose"]) for row in rows] == [
        ("Cato", "viewed", "Amina"),
        ("Amina", "shared", "Amina"),
    ]
    chosen(app, "What", ["viewed"])
    assert [row["What"] for row in rows_of(app.dataframe[0].value)] == ["viewed"]


def test_members_and_log_are_told_on_the_visitors_clock(centre: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.kit.session.browser_zone", lambda: "Asia/Tokyo")
    share(centre)
    app = visit(DORA.claims(), "centre")
    here = {row["Last here"] for row in rows_of(app.dataframe[0].value)}
    chosen(app, "What would you like to see?", "Log")

    told_at = here | {row["When"] for row in rows_of(app.dataframe[0].value)}

    assert {at.utcoffset() for at in told_at if isinstance(at, datetime)} == {timedelta(hours=9)}


def rows_of(frame: object) -> list[Mapping[str, object]]:
    return frame.to_dict("records")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType]


def test_figures_of_too_few_people_are_not_shown(centre: Store) -> None:
    app = visit(DORA.claims(), "centre")
    chosen(app, "What would you like to see?", "Figures")

    assert "Fewer than 5 people" in told(app)
    assert not app.dataframe


def test_consent_is_given_on_the_students_page(centre: Store) -> None:
    app = visit(AMINA.claims(), "sharing")
    next(toggle for toggle in app.toggle if toggle.label == "Count my interviews").set_value(True).run()

    assert sharing.counted_in(Actor(AMINA.owner), centre, datetime.now(UTC))
    again = visit(AMINA.claims(), "sharing")
    assert next(toggle for toggle in again.toggle if toggle.label == "Count my interviews").value
