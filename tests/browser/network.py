"""Who is asked for what: by the browser, seen from its side, and by the server, seen from within it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

HERE = {"127.0.0.1", "localhost", "::1", None}
"""None: data: and blob: addresses have no host."""

_AUDIT = """
import sys

def note(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        where = args[0] if event == "socket.getaddrinfo" else args[1]
        with open({file!r}, "a") as told:
            print(where[0] if isinstance(where, tuple) else where, file=told)

sys.addaudithook(note)
"""


class Asked:
    """Every address that a browser's tabs ask for, and every socket that they open."""

    def __init__(self, context: BrowserContext) -> None:
        self.addresses: list[str] = []
        context.on("request", lambda request: self.addresses.append(request.url))
        context.on("page", self._watch)
        for page in context.pages:
            self._watch(page)

    def elsewhere(self) -> set[str]:
        """Those that are not on this machine."""
        return {address for address in self.addresses if urlsplit(address).hostname not in HERE}

    def _watch(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.addresses.append(socket.url))


class Reached:
    """Every host that a server's process connects to, sends to or looks up, itself included: Python tells it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._file = folder / "reached"
        self._file.touch()
        (folder / "sitecustomize.py").write_text(_AUDIT.format(file=str(self._file)), encoding="utf-8")
        self.environment = {"PYTHONPATH": str(folder)}
        """What the server is to be started with."""

    def elsewhere(self) -> set[str]:
        """Hosts that are not this machine."""
        return set(self._file.read_text(encoding="utf-8").split()) - {str(host) for host in HERE}
