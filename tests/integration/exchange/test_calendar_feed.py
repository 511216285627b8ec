"""The calendar to subscribe to: whom the route answers, what it says, and that it changes nothing."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from starlette.applications import Starlette

from debrief.domain.facts import Interview, Message
from debrief.exchange.lossless import read_record
from debrief.store import Store, open_store
from debrief.store.salvage import start_fresh
from debrief.usecases.actor import Actor
from debrief.usecases.calendar_feed import FEED_SETTING, feed_secret, opens_feed, switch_feed_off, switch_feed_on
from debrief.usecases.lossless import export_all, import_all
from debrief.usecases.sample import load_sample
from tests.examples import examples
from ui.doors.feed import feed_address, feed_route
from ui.kit import session
from ui.kit.session import TEST_CLOCK

LOCAL = Actor()
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOST = "127.0.0.1:8501"


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the sample history, to be copied."""
    file = tmp_path_factory.mktemp("sample") / "debrief.db"
    store = open_store(f"sqlite:///{file}")
    load_sample(LOCAL, store, NOW)
    store.close()
    return file


@pytest.fixture
def record(tmp_path: Path, sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The record that the app opens, with the sample history."""
    clock = tmp_path / "clock"
    clock.write_text(NOW.isoformat(), encoding="utf-8")
    monkeypatch.setenv(TEST_CLOCK, str(clock))
    monkeypatch.setenv("DEBRIEF_DATABASE_URL", f"sqlite:///{tmp_path / 'debrief.db'}")
    shutil.copyfile(sample_file, tmp_path / "debrief.db")
    streamlit.cache_resource.clear()
    store = open_store()
    yield store
    store.close()
    session.close_store()


@pytest.fixture
def server() -> Starlette:
    """A server with the route as the app mounts it."""
    return Starlette(routes=[feed_route()])


def _ask(server: Starlette, path: str, method: str = "GET") -> Answer:
    """One request, as the web server hands it on."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", HOST.encode())],
        "server": ("127.0.0.1", 8501),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(server(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]))


def _feed(server: Starlette, secret: str) -> Answer:
    return _ask(server, f"/calendar/{secret}.ics")


def test_until_it_is_switched_on_nothing_answers(record: Store, server: Starlette) -> None:
    assert feed_secret(LOCAL, record, NOW) is None
    for name in ("", "x", "None"):
        assert _feed(server, name).status == 404
        assert not opens_feed(LOCAL, record, NOW, name)


def test_the_secret_opens_every_step_with_links_back(record: Store, server: Starlette) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)

    answer = _feed(server, secret)

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-store"
    events = Calendar.from_ical(answer.body).events
    assert len(events) > 20
    assert all(str(event["URL"]).startswith(f"http://{HOST}/") for event in events)


def test_everything_but_the_very_address_is_not_found(record: Store, server: Starlette) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)
    changed = ("A" if secret[0] != "A" else "B") + secret[1:]

    for path in (
        f"/calendar/{changed}.ics",
        f"/calendar/{secret}",
        f"/calendar/{secret[:-1]}.ics",
        f"/calendar/{secret}.ics/",
        f"/calendar/calendar/{secret}.ics",
        "/calendar/",
        "/calendar/ü.ics",
    ):
        assert _ask(server, path).status == 404, path
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        assert _ask(server, f"/calendar/{secret}.ics", method).status == 404, method


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=80) | st.from_regex(r"[./%\\A-Za-z0-9_-]{0,60}(\.ics)?", fullmatch=True))
def test_no_path_is_found_but_the_one_with_the_secret(record: Store, server: Starlette, name: str) -> None:
    switch_feed_on(LOCAL, record, NOW)

    answer = _ask(server, f"/calendar/{name}")

    assert answer.status == 404
    assert b"BEGIN" not in answer.body


def test_a_new_address_and_switching_off_end_the_old_one(record: Store, server: Starlette) -> None:
    first = switch_feed_on(LOCAL, record, NOW)
    second = switch_feed_on(LOCAL, record, NOW)

    assert first != second
    assert len(second) >= 43
    assert (_feed(server, first).status, _feed(server, second).status) == (404, 200)
    switch_feed_off(LOCAL, record, NOW)
    assert _feed(server, second).status == 404
    assert feed_secret(LOCAL, record, NOW) is None


def test_once_a_damaged_record_was_replaced_the_new_one_answers(record: Store, server: Starlette) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)
    assert _feed(server, secret).status == 200
    assert record.file is not None

    session.close_store()
    start_fresh(record.file, NOW)

    assert _feed(server, secret).status == 404
    replaced = switch_feed_on(LOCAL, session.store(), NOW)
    assert _feed(server, replaced).status == 200


def test_reading_it_changes_nothing_in_the_record(record: Store, server: Starlette) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)
    with record.unit(LOCAL.owner, NOW) as unit:
        before = (unit.settings(), unit.data_versions(), unit.journal())

    _feed(server, secret)

    with record.unit(LOCAL.owner, NOW) as unit:
        assert (unit.settings(), unit.data_versions(), unit.journal()) == before


def test_an_event_that_stays_the_same_keeps_its_sequence(record: Store, server: Starlette, tmp_path: Path) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)
    first = _feed(server, secret).body
    (tmp_path / "clock").write_text((NOW + timedelta(minutes=5)).isoformat(), encoding="utf-8")
    second = _feed(server, secret).body

    assert first != second
    assert re.sub(rb"DTSTAMP:\S+", b"", first) == re.sub(rb"DTSTAMP:\S+", b"", second)


def test_no_private_note_is_in_it(record: Store, server: Starlette) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)
    with record.unit(LOCAL.owner, NOW) as unit:
        private = [interview.notes for interview in unit.find(Interview) if interview.notes]
        private += [message.body for message in unit.find(Message) if message.body]

    handed = _feed(server, secret).body.replace(b"\r\n ", b"").decode()

    assert private
    for text in private:
        assert text.splitlines()[0] not in handed


def test_the_secret_is_neither_handed_on_nor_taken_over(record: Store, tmp_path: Path) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)

    text = export_all(LOCAL, record, NOW)

    assert secret not in text
    assert FEED_SETTING not in read_record(text).settings
    document = json.loads(text)
    document["settings"][FEED_SETTING] = secret
    planted = json.dumps(document)
    assert FEED_SETTING in read_record(planted).settings
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    import_all(LOCAL, other, NOW, planted)
    assert feed_secret(LOCAL, other, NOW) is None
    other.close()


def test_the_address_shown_is_the_one_that_answers(record: Store, server: Starlette) -> None:
    secret = switch_feed_on(LOCAL, record, NOW)

    address = feed_address(f"http://{HOST}", LOCAL, secret)

    assert _ask(server, address.removeprefix(f"http://{HOST}")).status == 200
