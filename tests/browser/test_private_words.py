"""What somebody types is in their record and nowhere else: not in the log, whatever goes wrong, nor in an open file."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from bench.streamlit_client import Visitor
from tests.browser.server import Server

MARK = "Zymurgine"
"""Stands in every field, and in nothing that the program says."""
AFTERWARDS = ("reflect", "checklist", "write", "applications", "prepare", "workshop", "your_data", "today", "insights")


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server after a whole journey, with the mark in every field of every page and errors on the way."""
    with Server(tmp_path_factory.mktemp("discreet") / "data") as server:
        asyncio.run(_journey(server))
        yield server


async def _journey(server: Server) -> None:
    async with Visitor(server.port, page="log") as tab:
        await tab.press("Add who was there")
        await _filled_in(tab)
        await tab.press("Log it")  # refused: the e-mail address is none
        assert MARK in tab.text()
        tab.set_text(tab.first("text_input", "Their e-mail").text_input.id, f"{MARK}@college.example")
        await tab.press("Log it")
        for page in AFTERWARDS:
            await tab.visit(page)
            await _filled_in(tab)
        await tab.visit("reflect", f"interview={MARK}&section={MARK}")
        await tab.visit(MARK)
        await tab.run(pressed=MARK)  # no button is called so, and the error quotes it
        assert "not expect" in tab.text()


async def _filled_in(tab: Visitor) -> None:
    """Writes the mark into whatever takes text."""
    for kind in ("selectbox", "text_input", "text_area"):
        for number, one in enumerate(tab.shown(kind)):
            part = getattr(one, kind)
            if kind != "selectbox" or part.accept_new_options:
                tab.set_text(part.id, f"{MARK} {number}")
    await tab.run()


def test_the_log_tells_what_failed_and_repeats_nothing_that_was_typed(used: Server) -> None:
    assert "a page failed" in used.log
    assert "Traceback" in used.log
    assert MARK.casefold() not in used.log.casefold()


@pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX: use Linux or macOS")
def test_what_was_typed_is_in_the_record_alone_and_that_is_closed_to_others(used: Server) -> None:
    with closing(sqlite3.connect(used.data / "debrief.db")) as plain:
        assert any(MARK in line for line in plain.iterdump())
    everything = [used.data, *used.data.rglob("*")]
    modes = {path: path.stat().st_mode & 0o777 for path in everything}
    assert modes == {path: 0o700 if path.is_dir() else 0o600 for path in everything}
    holding = {path for path in everything if path.is_file() and MARK.encode() in path.read_bytes()}
    assert holding
    assert all(path.name.startswith("debrief.db") or path.parent.name == "backups" for path in holding), holding
