"""What a tab has asked the server to draw, and whether that is drawn: its websocket tells."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LOOK_MS = 20
LOOKS = 1_500
"""How often one looks whether the server has done its part: for half a minute, at least."""
WHOLE_PAGE = ""
_AT_REST = """() => new Promise((done) => {
    const rest = (then) => requestIdleCallback(then, { timeout: 5000 });
    setTimeout(() => rest(() => rest(done)));
})"""
"""The page has nothing more at hand: what it had to send for what was done on it is sent."""


class Runs:
    """The runs of the app that one tab asks for: the first by opening a websocket, further ones by what is done."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._socket: WebSocket | None = None
        self._asked: str | None = WHOLE_PAGE
        """The fragment that was asked for last, or the whole page; None once it is drawn."""
        self._answer = ""
        """The run that draws it, once that has begun."""
        page.on("websocket", self._opened)

    def begin_anew(self) -> None:
        """The tab is about to leave its page for another one, or for the same one anew."""
        self._socket = None
        self._ask(WHOLE_PAGE)

    def done(self) -> None:
        """Waits until the server has run for all that the page has asked for until now."""
        self._page.wait_for_function(_AT_REST)
        for _ in range(LOOKS):
            if self._asked is None:
                return
            self._page.wait_for_timeout(LOOK_MS)
        raise AssertionError("the server has not done what the page asked for")

    def _ask(self, part: str) -> None:
        self._asked, self._answer = part, ""

    def _opened(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).path.endswith("/_stcore/stream"):
            self._socket = socket
            self._ask(WHOLE_PAGE)
            socket.on("framesent", lambda payload: self._sent(socket, payload))
            socket.on("framereceived", lambda payload: self._received(socket, payload))

    def _sent(self, socket: WebSocket, payload: bytes | str) -> None:
        if socket is self._socket and isinstance(payload, bytes):
            sent = BackMsg.FromString(payload)
            if sent.HasField("rerun_script") and not sent.rerun_script.is_auto_rerun:
                self._ask(sent.rerun_script.fragment_id)

    def _received(self, socket: WebSocket, payload: bytes | str) -> None:
        if socket is not self._socket or not isinstance(payload, bytes):
            return
        told = ForwardMsg.FromString(payload)
        run = told.metadata.run
        if told.HasField("new_session") and (self._asked in run.fragment_ids or not run.fragment_ids):
            self._answer = run.script_run_id
        ended = told.HasField("script_finished") and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if ended and run.script_run_id == self._answer:
            self._asked = None
