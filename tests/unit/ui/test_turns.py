"""Pages run at once; what is loaded ahead of them has its turn between."""

from __future__ import annotations

from threading import Event, Thread

from ui.kit.turns import Turns

PATIENCE = 30
"""Seconds; nothing here takes as long."""


def test_pages_run_at_once() -> None:
    turns = Turns()
    with turns.running(), turns.running():
        pass


def test_loading_waits_until_no_page_runs() -> None:
    turns = Turns()
    loaded = Event()

    def load() -> None:
        with turns.loading():
            loaded.set()

    with turns.running():
        with turns.running():
            thread = Thread(target=load)
            thread.start()
        assert not loaded.is_set()
    thread.join(PATIENCE)

    assert loaded.is_set()


def test_no_page_begins_while_something_is_loaded() -> None:
    turns = Turns()
    began = Event()

    def run() -> None:
        with turns.running():
            began.set()

    with turns.loading():
        thread = Thread(target=run)
        thread.start()
        assert not began.is_set()
    thread.join(PATIENCE)

    assert began.is_set()
