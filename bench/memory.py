"""What each further session holds in memory, beside one of a bare page with as many elements.

    .venv/bin/python -m bench.memory [--sessions 30] [--pages today write insights]

Debrief's server, with the sample history, and a server of bare pages are
processes of their own; so many visitors open a page of each and stay. What is
told is by how much the server's memory has grown (Linux, resident), divided by
the visitors. A first visitor comes before, so that what all share is not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from bench.bare import bare_server
from bench.streamlit_client import Visitor
from tests.browser.server import Server

WARMING_UP = 10


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--pages", nargs="+", default=["today", "write", "insights"])
    asked = parser.parse_args()
    print("| page | Debrief, a session | bare page, a session | ratio |")
    print("|---|---:|---:|---:|", flush=True)
    for page in asked.pages:
        with tempfile.TemporaryDirectory() as folder:
            ours, bare = asyncio.run(growth(Path(folder), page, asked.sessions))
        print(f"| {page} | {ours:.2f} MB | {bare:.2f} MB | {ours / bare:.1f} |", flush=True)


async def growth(folder: Path, page: str, sessions: int) -> tuple[float, float]:
    """Megabytes a session, of Debrief's page and of the bare one."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(Server(folder / "ours" / "data"))
        server.command("sample")
        first = await stack.enter_async_context(Visitor(server.port, page=page))
        bare = stack.enter_context(bare_server(folder / "bare", {page: first}))
        await stack.enter_async_context(Visitor(bare.port, query=f"page={page}"))
        return await _grown(server, sessions, page=page), await _grown(bare, sessions, query=f"page={page}")


async def _grown(server: Server, sessions: int, *, page: str = "", query: str = "") -> float:
    async with AsyncExitStack() as stack:
        for _ in range(WARMING_UP):  # what the first few leave behind for good is no session's
            await stack.enter_async_context(Visitor(server.port, page=page, query=query))
        before = server.resident_megabytes()
        for _ in range(sessions):
            await stack.enter_async_context(Visitor(server.port, page=page, query=query))
        return (server.resident_megabytes() - before) / sessions


if __name__ == "__main__":
    main()
