"""The floor: a bare Streamlit page with as many elements of the same kinds as a page of Debrief's shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit.proto.Element_pb2 import Element

from bench.streamlit_client import Visitor
from tests.browser.server import Server

HEAD = """import streamlit as st

st.set_page_config(layout="wide")
page = st.query_params.get("page")
"""


def bare_server(folder: Path, pages: Mapping[str, Visitor]) -> Server:
    """A server of bare pages, `?page=NAME` each: as many elements and containers as each visitor sees now."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "bare.py"
    script.write_text(HEAD + "".join(map(_branch, pages, pages.values())), encoding="utf-8")
    server = Server(folder / "data")
    server.script = str(script)
    return server


def _branch(name: str, seen: Visitor) -> str:
    calls = [*("st.container()" for _ in range(seen.blocks)), *_calls(seen)]
    lines = "".join(f"    {call}\n" for call in calls)
    return f"if page == {name!r}:\n{lines or '    pass'}\n"


def _calls(seen: Visitor) -> Iterator[str]:
    for number, (_, element) in enumerate(sorted(seen.elements.items())):
        kind = element.WhichOneof("type")
        if kind is not None and kind != "empty":
            yield _call(kind, element, f"key='k{number}'")


def _call(kind: str, element: Element, key: str) -> str:
    """The same element, drawn from constants; one that a bare page cannot have is a text."""
    shown = getattr(element, kind)
    if kind not in CALLS:
        return f"st.markdown({kind!r})"
    label = str(getattr(shown, "label", "")) or "Label"
    call, values = CALLS[kind](shown)
    given = [repr(value) for value in ([label, *values] if hasattr(shown, "label") else values)]
    return f"st.{call}({', '.join([*given, *([key] if kind in KEYED else [])])})"


CALLS: Mapping[str, Callable[[Any], tuple[str, list[Any]]]] = {
    "button": lambda _: ("button", []),
    "selectbox": lambda shown: ("selectbox", [list(shown.options)]),
    "multiselect": lambda shown: ("multiselect", [list(shown.options)]),
    "text_input": lambda shown: ("text_input", [shown.default]),
    "text_area": lambda shown: ("text_area", [shown.default]),
    "date_input": lambda _: ("date_input", [None]),
    "time_input": lambda _: ("time_input", [None]),
    "checkbox": lambda _: ("checkbox", []),
    "button_group": lambda shown: ("pills", [[option.content for option in shown.options]]),
    "menu_button": lambda shown: ("menu_button", [list(shown.options)]),
    "page_link": lambda _: ("link_button", ["https://example.org"]),
    "download_button": lambda _: ("download_button", [b"x"]),
    "progress": lambda shown: ("progress", [shown.value / 100]),
    "alert": lambda shown: ("info", [shown.body]),
    "heading": lambda shown: ("subheader", [shown.body]),
    "markdown": lambda shown: ("markdown", [shown.body]),
    "arrow_vega_lite_chart": lambda shown: ("vega_lite_chart", [None, json.loads(shown.spec)]),
}
"""How each kind of element is drawn: the command, and what it is given after the label."""
KEYED = frozenset(
    {"button", "selectbox", "multiselect", "text_input", "text_area", "date_input", "time_input", "checkbox"}
    | {"button_group", "menu_button", "download_button"}
)
"""Those that may stand twice with the same label, and so need a key."""
