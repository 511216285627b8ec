"""The first start on a new account: no question, nobody else let in, nothing asked of the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.network import Asked
from tests.browser.screen import Screen
from tests.browser.server import ROOT, Server
from ui.kit.navigation import APPLICATIONS, LOG, YOUR_DATA

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's terminals, sockets and file modes")

HERE = "0100007F"
"""127.0.0.1 as /proc/net/tcp writes it."""
LISTENING = "0A"


class FirstStart(Server):
    """A server started in a terminal of an account that has never run Streamlit, as somebody at a desk starts it."""

    def __init__(self, home: Path) -> None:
        super().__init__(home / ".local" / "share" / "debrief")
        self.home = home
        self._terminal, self._keyboard = os.openpty()

    def spawn(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        options = ["--server.headless", "false", "--server.fileWatcherType", "none"]
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                env={"HOME": str(self.home), "PATH": os.environ["PATH"], "BROWSER": "true", "LANG": "C.UTF-8"},
                stdin=self._keyboard,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self) -> None:
        super().kill()
        os.close(self._terminal)
        os.close(self._keyboard)


@pytest.fixture
def first_start(tmp_path: Path) -> Iterator[FirstStart]:
    home = tmp_path / "home"
    home.mkdir()
    with FirstStart(home) as started:
        yield started


def test_a_first_start_asks_nothing_and_keeps_to_this_machine(first_start: FirstStart, page: Page) -> None:
    asked = Asked(page.context)
    screen = Screen(page, first_start.url)

    screen.open("", "Just out of an interview?")
    for entry in (LOG, APPLICATIONS, YOUR_DATA):
        screen.follow(entry.title)
        screen.sees_heading(entry.title)

    assert asked.elsewhere() == set()
    assert any(address.startswith("ws:") for address in asked.addresses)
    assert _listening_at(first_start.port) == {HERE}
    assert "mail" not in first_start.log.casefold()
    assert "Traceback" not in first_start.log
    _keeps_to_its_owner(first_start.data)


def _keeps_to_its_owner(data: Path) -> None:
    assert data.stat().st_mode & 0o777 == 0o700
    files = [path for path in data.rglob("*") if path.is_file()]
    assert data / "debrief.db" in files
    assert {path.name: path.stat().st_mode & 0o777 for path in files} == {path.name: 0o600 for path in files}


def _listening_at(port: int) -> set[str]:
    """The addresses at which somebody listens on this port."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        if (file := Path("/proc/net") / table).exists()
        for line in file.read_text(encoding="ascii").splitlines()[1:]
    ]
    places = [fields[1].split(":") for fields in lines if fields[3] == LISTENING]
    return {address for address, at in places if int(at, 16) == port}
