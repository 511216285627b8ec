"""A visitor who speaks Streamlit's websocket protocol: presses and chooses by label, as a browser would, without one.

Loopback only: it is for measuring our own server, and refuses any other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)
"""How a run ends that no other follows."""


class Visitor:
    """One browser tab's worth of protocol."""

    patience = 120
    """Seconds that the server may take to say the next thing."""

    def __init__(self, port: int, page: str = "", query: str = "", signed_in: str = "") -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page = page
        self.query = query
        self.signed_in = signed_in
        """The cookie of a sign-in, where the server wants one."""
        self.widgets: dict[str, WidgetState] = {}
        self.elements: dict[tuple[int, ...], Element] = {}
        self.blocks = 0
        """How many containers the page is laid out in."""
        self.exceptions = 0
        self._page_hash = ""
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Visitor:
        token = generate_xsrf_token_string()
        self._socket = await connect(
            self.address,
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            origin=Origin(self.address.replace("ws:", "http:").removesuffix("/_stcore/stream")),
            additional_headers={"Cookie": f"{XSRF_COOKIE_NAME}={token}; {self.signed_in}"} if self.signed_in else None,
            max_size=None,
            open_timeout=60,
        )
        await self.run()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    def vanish(self) -> None:
        """Is gone without a word, as a machine that lost its network is."""
        assert self._socket is not None
        self._socket.transport.abort()

    async def run(self, pressed: str | None = None) -> None:
        """Has the script run, and comes back once it has finished."""
        await self.send(self.asked(pressed).SerializeToString())
        await self._drawn()

    async def send(self, message: bytes | str) -> None:
        """Sends a message as it is."""
        assert self._socket is not None
        await self._socket.send(message)

    async def received(self) -> ForwardMsg:
        """The server's next message."""
        assert self._socket is not None
        return ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(decode=False), self.patience))

    def asked(self, pressed: str | None = None) -> BackMsg:
        """What a browser sends to have the script run, with the widgets as they stand."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = "" if self._page_hash else self.page
        asked.rerun_script.page_script_hash = self._page_hash
        asked.rerun_script.widget_states.widgets.extend(self.widgets.values())
        if pressed is not None:
            asked.rerun_script.widget_states.widgets.append(WidgetState(id=pressed, trigger_value=True))
        return asked

    async def visit(self, page: str, query: str = "") -> None:
        """Goes to another page in the same session, as a press in the navigation does."""
        self.page, self.query, self._page_hash = page, query, ""
        self.widgets.clear()
        await self.run()

    async def press(self, label: str) -> None:
        """Presses the first button with this label."""
        await self.run(self.first("button", label).button.id)

    def choose(self, start: str) -> None:
        """Picks the radio option that begins so; sent with the next press."""
        radio = self.first("radio").radio
        option = next(one for one in radio.options if one.startswith(start))
        self.widgets[radio.id] = WidgetState(id=radio.id, string_value=option)

    def write(self, label: str, text: str) -> None:
        """Types into a field; sent with the next press."""
        self.set_text(self.first("text_input", label).text_input.id, text)

    def set_text(self, widget_id: str, text: str) -> None:
        """Gives a widget of this id a text; sent with the next press."""
        self.widgets[widget_id] = WidgetState(id=widget_id, string_value=text)

    def shown(self, kind: str) -> Iterator[Element]:
        """The elements of a kind, in the order of the page."""
        return (one for _, one in sorted(self.elements.items()) if one.WhichOneof("type") == kind)

    def first(self, kind: str, label: str | None = None) -> Element:
        """The first element of a kind, of this label where one is given. Raises LookupError with the page's text."""
        for one in self.shown(kind):
            if label is None or getattr(one, kind).label == label:
                return one
        raise LookupError(f"no {kind} {label or ''} on this page:\n{self.text()}")

    def text(self) -> str:
        """Every text on the page."""
        return "\n".join(
            [one.markdown.body for one in self.shown("markdown")]
            + [one.heading.body for one in self.shown("heading")]
            + [one.progress.text for one in self.shown("progress")]
            + [one.alert.body for one in self.shown("alert")]
        )

    async def _drawn(self) -> None:
        """Reads what the server draws until it has nothing more to draw."""
        while True:
            message = await self.received()
            match message.WhichOneof("type"):
                case "new_session":
                    self._page_hash = message.new_session.page_script_hash
                    self.elements.clear()
                    self.blocks = 0
                case "navigation":
                    self._page_hash = message.navigation.page_script_hash
                case "delta":
                    self._take(message)
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "script_finished" if message.script_finished in DONE:
                    return
                case _:
                    pass

    def _take(self, message: ForwardMsg) -> None:
        delta: Delta = message.delta
        if delta.WhichOneof("type") == "new_element":
            self.elements[tuple(message.metadata.delta_path)] = delta.new_element
            self.exceptions += delta.new_element.WhichOneof("type") == "exception"
        self.blocks += delta.WhichOneof("type") == "add_block"
