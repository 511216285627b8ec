"""Pages run at once; what is loaded ahead of them has its turn between."""

from __future__ import annotations

from threading import Condition, Event, Lock, Thread

import pytest

from ui.kit.turns import Turns

PATIENCE = 30
"""Seconds; nothing here takes as long."""


class WatchedLock:
    """A lock that tells when somebody has to wait for it."""

    def __init__(self, kept_waiting: Event) -> None:
        self._lock = Lock()
        self._kept_waiting = kept_waiting

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if self._lock.acquire(blocking=False):
            return True
        if blocking:
            self._kept_waiting.set()
        return blocking and self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()


class Watched(Condition):
    """A condition that tells when somebody has to wait, for it or for its lock."""

    def __init__(self, kept_waiting: Event) -> None:
        super().__init__(WatchedLock(kept_waiting))  # pyright: ignore[reportArgumentType]
        self._kept_waiting = kept_waiting

    def wait(self, timeout: float | None = None) -> bool:
        self._kept_waiting.set()
        return super().wait(timeout)


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Set once a thread has to wait for its turn; the test has it set, too, by a thread that has not to."""
    event = Event()
    monkeypatch.setattr("ui.kit.turns.Condition", lambda: Watched(event))
    return event


def test_pages_run_at_once() -> None:
    turns = Turns()
    with turns.running(), turns.running():
        pass


def test_loading_waits_until_no_page_runs(decided: Event) -> None:
    turns = Turns()
    loaded = Event()

    def load() -> None:
        with turns.loading():
            loaded.set()
            decided.set()

    with turns.running():
        with turns.running():
            thread = Thread(target=load)
            thread.start()
            assert decided.wait(PATIENCE)
        assert not loaded.is_set()
    thread.join(PATIENCE)

    assert loaded.is_set()


def test_no_page_begins_while_something_is_loaded(decided: Event) -> None:
    turns = Turns()
    began = Event()

    def run() -> None:
        with turns.running():
            began.set()
            decided.set()

    with turns.loading():
        thread = Thread(target=run)
        thread.start()
        assert decided.wait(PATIENCE)
        assert not began.is_set()
    thread.join(PATIENCE)

    assert began.is_set()
