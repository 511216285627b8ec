"""The app without a browser: Streamlit's AppTest from the router, with an empty record for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import debrief.content
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from ui.kit.session import TEST_CLOCK

ROOT = Path(__file__).resolve().parents[2]
SLOW = 180
"""Seconds that one run may take on a busy machine."""

OpenPage = Callable[..., AppTest]


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the app's clock; it begins at noon UTC on Sunday 22 November 2026."""
    file = tmp_path / "clock"

    def turn_to(at: datetime) -> None:
        file.write_text(at.isoformat(), encoding="utf-8")

    turn_to(datetime(2026, 11, 22, 12, tzinfo=UTC))
    monkeypatch.setenv(TEST_CLOCK, str(file))
    return turn_to


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The record that the app opens, empty."""
    monkeypatch.setenv("DEBRIEF_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.delenv("DEBRIEF_DATABASE_URL", raising=False)
    st.cache_resource.clear()
    st.cache_data.clear()
    opened = open_store()
    yield opened
    opened.close()
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def content_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the content files that the app reads in place of the shipped ones."""
    copy = tmp_path / "content"
    shutil.copytree(debrief.content.SHIPPED, copy)
    monkeypatch.setattr(debrief.content, "SHIPPED", copy)
    return copy


@pytest.fixture
def actor() -> Actor:
    """Whoever sits at this machine."""
    return Actor()


@pytest.fixture
def open_page(record: Store, clock: Callable[[datetime], None]) -> OpenPage:
    """Opens a page by name, with what its address says."""
    del record, clock

    def open_(name: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=SLOW)
        app.run()
        for key, value in query.items():
            app.query_params[key] = value
        app.switch_page(f"../pages/{name}.py")
        app.run()
        return app

    return open_
