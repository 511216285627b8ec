"""Every page of the registry draws, empty and with the sample history, without an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.log_interview import InterviewEntry, log_interview
from debrief.usecases.sample import load_sample
from tests.app.conftest import SLOW, OpenPage
from ui.kit.mode import Mode
from ui.kit.navigation import PAGES_FOLDER, REGISTRY, pages_in

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = [entry.name for entry in pages_in(Mode.LOCAL)]
SCRIPTS = [entry.name for entry in REGISTRY]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_draws_on_an_empty_record(open_page: OpenPage, name: str) -> None:
    app = open_page(name)

    assert not app.exception
    assert not app.error
    assert len(app.title) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_page_draws_with_the_sample_history(open_page: OpenPage, record: Store, actor: Actor, name: str) -> None:
    load_sample(actor, record, NOW)

    app = open_page(name)

    assert not app.exception
    assert not app.error
    assert len(app.title) == 1


def test_every_script_in_pages_is_registered_once() -> None:
    assert sorted(path.stem for path in PAGES_FOLDER.glob("*.py")) == sorted(SCRIPTS)


def test_every_page_begins_with_the_guard() -> None:
    for entry in REGISTRY:
        lines = entry.path.read_text(encoding="utf-8").splitlines()
        statements = [line for line in lines if line and not line.startswith((" ", "#", '"', "import", "from", ")"))]
        assert statements[0] == "guard()", entry.name


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_page_reached_around_the_router_shows_nothing_but_the_way_in(record: Store, name: str) -> None:
    from streamlit.testing.v1 import AppTest

    del record
    app = AppTest.from_file(str(PAGES_FOLDER / f"{name}.py"), default_timeout=SLOW).run()

    assert [error.value for error in app.error] == ["This page is opened through Debrief's start page."]
    assert not app.title


def test_of_two_interviews_of_the_same_name_either_can_be_chosen(
    open_page: OpenPage, record: Store, actor: Actor
) -> None:
    entry = InterviewEntry(
        employer="Brightwater Energy", role="Analyst", round="Panel", on=date(2026, 11, 20), at=time(9), timezone="UTC"
    )
    for interview in [log_interview(actor, record, NOW, replace(entry, at=time(hour))) for hour in (9, 15)]:
        app = open_page("checklist", interview=interview.id)
        assert app.query_params["interview"] == interview.id
