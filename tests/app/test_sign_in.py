"""On a server nothing is shown before the sign-in, nor after it has ended, and to each only their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from debrief.content.centre import CENTRE_VARIABLE
from debrief.domain.admission import identity_of
from debrief.domain.centre import Role
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.centre.sign_in import sign_out
from debrief.usecases.sample import load_sample
from tests.app.centre import AMINA, BELA, CATO, CENTRE, DORA, visit
from tests.app.screens import chosen, press, told, typed_into
from ui.kit import identity
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in
from ui.kit.plain import plain

NAMES = [entry.name for entry in pages_in(Mode.SERVER)]


@pytest.fixture
def centre(record: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The app in server mode on an empty record, with the centre's list."""
    file = tmp_path / "centre.yaml"
    file.write_text(CENTRE, encoding="utf-8")
    monkeypatch.setenv("DEBRIEF_MODE", "server")
    monkeypatch.setenv(CENTRE_VARIABLE, str(file))
    return record


def is_sign_in(app: AppTest) -> bool:
    """Whether the screen offers to sign in, and nothing else."""
    return [button.label for button in app.button] == ["Sign in"] and [one.value for one in app.title] == ["Debrief"]


@pytest.mark.parametrize("name", NAMES)
def test_without_a_sign_in_no_page_shows_anything(centre: Store, name: str) -> None:
    load_sample(Actor(AMINA.owner), centre, datetime.now(UTC))

    app = visit(None, name)

    assert is_sign_in(app)
    assert "Sign in to open your record." in told(app)


def test_whoever_signs_in_sees_their_own_record_and_nobody_elses(centre: Store) -> None:
    load_sample(Actor(AMINA.owner), centre, datetime.now(UTC))

    assert len(visit(AMINA.claims(), "applications").title) == 1
    hers, his = told(visit(AMINA.claims(), "applications")), told(visit(BELA.claims(), "applications"))

    assert "Signed in as Amina, student" in hers
    assert "Signed in as Bela, student" in his
    assert hers != his
    with centre.unit(BELA.owner, datetime.now(UTC)) as unit:
        assert unit.courses() == ()
    assert "Every employer that you talk to appears here" in his


@pytest.mark.parametrize(
    ("began", "wrong", "sentence"),
    [
        (timedelta(hours=-2), {}, "Your sign-in has run out"),
        (timedelta(), {"sub": ""}, "did not say who you are"),
        (timedelta(), {"exp": None}, "did not say who you are"),
        (timedelta(), {"email": "amina@elsewhere.example"}, "addresses at college.example"),
        (timedelta(), {"email_verified": False}, "addresses at college.example"),
    ],
)
def test_a_sign_in_that_does_not_hold_ends_at_the_door(
    centre: Store, began: timedelta, wrong: dict[str, object], sentence: str
) -> None:
    app = visit({**AMINA.claims(began=began), **wrong})

    assert is_sign_in(app)
    assert sentence in told(app)


def test_an_address_that_is_not_verified_has_no_role_by_it(centre: Store) -> None:
    listed = identity.admission()
    claims = {**DORA.claims(), "email_verified": False}

    found = identity_of(claims, datetime.now(UTC))

    assert found.email == ""
    assert listed.roles[DORA.claims()["email"]] is Role.ADMINISTRATOR
    assert replace(listed, domains=()).admit(found).role is Role.STUDENT


def test_signing_out_in_one_tab_ends_the_other_on_its_next_run(centre: Store) -> None:
    first, second = visit(AMINA.claims()), visit(AMINA.claims())
    assert not is_sign_in(second)

    next(button for button in first.button if button.label == "Sign out").click().run()
    second.run()

    assert is_sign_in(second)
    assert "You have signed out" in told(second)
    assert not is_sign_in(visit(AMINA.claims(began=timedelta(seconds=1))))
    assert not is_sign_in(visit(BELA.claims()))


def test_deleting_everything_lets_no_session_back_in_that_had_signed_out(centre: Store) -> None:
    load_sample(Actor(AMINA.owner), centre, datetime.now(UTC))
    ended = visit(AMINA.claims())
    sign_out(Actor(AMINA.owner), centre, datetime.now(UTC))
    app = visit(AMINA.claims(began=timedelta(seconds=1)), "your_data")
    chosen(app, "What would you like to do?", "Delete")
    typed_into(app, "The word", "delete")
    press(app, "Delete everything")
    assert "Deleted, for good" in told(app)

    ended.run()

    assert is_sign_in(ended)
    assert "You have signed out" in told(ended)
    assert not is_sign_in(app.run())


def test_a_press_in_a_tab_whose_sign_in_has_ended_changes_nothing(centre: Store) -> None:
    app = visit(AMINA.claims(), "your_data")
    chosen(app, "What would you like to do?", "Sample")
    load = next(button for button in app.button if button.label == "Load the sample")
    sign_out(Actor(AMINA.owner), centre, datetime.now(UTC))

    load.click().run()

    assert is_sign_in(app)
    with centre.unit(AMINA.owner, datetime.now(UTC)) as unit:
        assert unit.courses() == ()


def test_a_tab_that_changes_hands_forgets_what_was_typed(centre: Store) -> None:
    app = visit(AMINA.claims(), "log")
    next(field for field in app.text_input if "Name" in field.label or field.label).set_value("Acorn Rail").run()
    assert any(field.value == "Acorn Rail" for field in app.text_input)

    app.user = BELA.claims()
    app.run()

    assert "Signed in as Bela" in told(app)
    assert not any("Acorn Rail" in str(field.value) for field in app.text_input)


def test_roles_follow_the_list_from_one_run_to_the_next(centre: Store, tmp_path: Path) -> None:
    assert "Signed in as Cato, advisor" in told(visit(CATO.claims()))

    (tmp_path / "centre.yaml").write_text(CENTRE.replace("  advisor: [cato@college.example]\n", ""), encoding="utf-8")

    assert "Signed in as Cato, student" in told(visit(CATO.claims()))


@pytest.mark.parametrize(("content", "told_"), [(None, "list of roles"), ("name: [", "out of order")])
def test_without_a_sound_list_nobody_comes_in(centre: Store, tmp_path: Path, content: str | None, told_: str) -> None:
    file = tmp_path / "centre.yaml"
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="utf-8")

    app = visit(AMINA.claims())

    assert told_ in told(app)
    assert str(tmp_path) not in told(app)
    assert not app.button


def test_a_server_refuses_the_tests_clock(centre: Store, clock: Callable[[datetime], None]) -> None:
    del clock

    assert plain("DEBRIEF_TEST_CLOCK is for tests") in told(visit(AMINA.claims()))


def test_the_servers_keeper_alone_sees_paths_and_backups(centre: Store, tmp_path: Path) -> None:
    app = visit(AMINA.claims(), "your_data")

    assert str(tmp_path) not in told(app)
    assert "career centre's server" in told(app)
    assert "Backups" not in str(next(iter(app.get("button_group"))))


def test_a_record_that_cannot_be_opened_is_told_without_its_place(
    centre: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBRIEF_DATABASE_URL", "sqlite:////proc/nowhere/debrief.db")

    app = visit(AMINA.claims())

    assert "/proc" not in told(app)
    assert "out of order" in told(app)
