"""What pages need is loaded ahead of them, in a thread of its own, from the moment that the server is up.

A browser takes its time to fetch what it draws with; meanwhile what the start
page imports is imported. Once that page is drawn, it is the turn of the other
pages' modules and of all that the content says. A page that is asked for
earlier waits for the module at hand, and then loads for itself what it needs.
"""

from __future__ import annotations

import ast
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import sleep

import streamlit as st

from ui.kit.first_page import end_first_page, first_page_over, loaded_for_the_first_page
from ui.kit.mode import mode
from ui.kit.navigation import INSIGHTS, pages_in
from ui.kit.turns import TURNS

ROUTER = Path(__file__).resolve().parent.parent / "router.py"
IN_PASSING = ("numpy", "PIL.Image", "holidays.countries")
"""What the first page imports on its way: Streamlit for the logo, the agenda for public holidays."""
PATIENCE = 20
"""Seconds that the rest waits for a visitor to see the first page."""
BREATH = 1
"""Seconds that the browser is then left alone with it: it often draws on the same machine."""


@asynccontextmanager
async def loading_ahead(app: st.App) -> AsyncGenerator[None]:
    """The server's life: it begins with the loading, and answers meanwhile."""
    del app
    loaded_for_the_first_page.clear()
    Thread(target=_load, name="loading ahead", daemon=True).start()
    yield


def load_for_the_first_page() -> None:
    """Imports what the router and the start page do, at their top and on their way."""
    _import_for(ROUTER)
    _import_for(pages_in(mode())[0].path)
    for module in IN_PASSING:
        import_module(module)


def load_for_the_rest() -> None:
    """Imports what the other pages do, but for the charts, and reads all of the content."""
    for page in pages_in(mode())[1:]:
        if page is not INSIGHTS:  # its libraries take 100 MB, which whoever never opens it saves
            _import_for(page.path)
    from ui.kit.session import read_content_ahead  # noqa: PLC0415 - it knows the record

    with TURNS.loading():
        read_content_ahead()


def modules_of(script: Path) -> Iterator[str]:
    """The modules that a script names at its top, in its order."""
    for statement in ast.parse(script.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module


def _import_for(script: Path) -> None:
    for module in modules_of(script):
        with TURNS.loading():
            import_module(module)


def _load() -> None:
    try:
        load_for_the_first_page()
    finally:
        loaded_for_the_first_page.set()
    first_page_over.wait(PATIENCE)
    end_first_page()  # should nobody have come
    sleep(BREATH)
    load_for_the_rest()
