"""Signed-in students under load: two replicas on one PostgreSQL, one replica, and a bare page under the same load.

    .venv/bin/python -m bench.sessions [--people 50] [--rounds 4] [--think 5]

Starts everything itself, on loopback. Each student comes in, then types into
the form of a new interview and leaves the field, which saves it, thinking about
so many seconds in between. At the end each comes in anew and finds what the
server acknowledged last. Prints how long a student waits for the screen, as
ratios to the bare page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from bench.streamlit_client import Visitor
from tests.browser.server import Server
from tests.browser.signing_in import COOKIE_SECRET, as_a_centre
from tests.postgresql import temporary_cluster

FIELD = "Sector"
AN_HOUR = 3600
NO_PROVIDER = "http://127.0.0.1:9"
"""Nobody signs in here: the cookies are made."""
BARE = f"import streamlit as st\nst.title('Bare')\nst.text_input('{FIELD}')\n"


def cookie(number: int, origin: str) -> str:
    """A student's sign-in, as the server would have given it."""
    now = int(datetime.now(UTC).timestamp())
    claims = {
        "iss": "https://accounts.college.example", "sub": f"s{number}", "iat": now - 1, "exp": now + AN_HOUR,
        "name": f"Student {number}", "email": f"s{number}@college.example", "is_logged_in": True, "origin": origin,
    }  # fmt: skip
    value = create_signed_value(COOKIE_SECRET, USER_COOKIE_NAME, json.dumps(claims))
    return f"{USER_COOKIE_NAME}={value.decode()}"


async def student(number: int, server: Server, page: str, rounds: int, think: float) -> tuple[list[float], str]:
    """One student's waits in seconds, and what was acknowledged last."""
    waits: list[float] = []
    typed = ""
    await asyncio.sleep(random.uniform(0, think))
    async with Visitor(server.port, page=page, signed_in=cookie(number, server.url)) as tab:
        for step in range(rounds):
            await asyncio.sleep(random.uniform(0, 2 * think))
            typed = f"Sector {number}, edition {step}"
            tab.write(FIELD, typed)
            began = time.perf_counter()
            await tab.run()
            waits.append(time.perf_counter() - began)
        assert not tab.exceptions, tab.text()
    return waits, typed


async def load(servers: Sequence[Server], page: str, people: int, rounds: int, think: float) -> list[float]:
    """The waits of all students, spread over the servers; checks that nothing acknowledged is lost."""
    placed = [(number, servers[number % len(servers)]) for number in range(people)]
    done = await asyncio.gather(*(student(number, server, page, rounds, think) for number, server in placed))
    if page:
        for (number, server), (_, typed) in zip(placed, done, strict=True):
            async with Visitor(server.port, page=page, signed_in=cookie(number, server.url)) as tab:
                (kept,) = [one.text_input for one in tab.shown("text_input") if one.text_input.label == FIELD]
                assert typed in {kept.value, kept.default}, (number, kept.value, kept.default, typed)
    return [wait for waits, _ in done for wait in waits]


def told(name: str, waits: Sequence[float], bare: float | None) -> float:
    """Prints one line, and gives the median."""
    ordered = sorted(waits)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95))
    ratio = f", {p50 / bare:.1f} times the bare page's p50" if bare else ""
    print(f"{name}: {len(ordered)} presses, p50 {p50:.3f} s, p95 {p95:.3f} s{ratio}", flush=True)
    return p50


def main() -> None:
    """Reads the command line, and measures all three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--think", type=float, default=5.0)
    asked = parser.parse_args()
    amount = (asked.people, asked.rounds, asked.think)
    print(f"cores: {os.cpu_count()}, load before: {os.getloadavg()[0]:.1f}", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(temporary_cluster(folder, os.environ.get("DEBRIEF_TEST_POSTGRES_URL")))
        if cluster is None:
            raise SystemExit("PostgreSQL is not here: install it (Debian: `apt-get install postgresql`).")
        url = stack.enter_context(cluster.database())
        with bare_server(folder) as bare:
            floor = told("bare page", asyncio.run(load([bare], "", *amount)), None)
        replicas = [
            stack.enter_context(as_a_centre(Server(folder / name / "data", DEBRIEF_DATABASE_URL=url), NO_PROVIDER))
            for name in ("one", "two")
        ]
        told("one replica", asyncio.run(load(replicas[:1], "log", *amount)), floor)
        told("two replicas", asyncio.run(load(replicas, "log", *amount)), floor)


def bare_server(folder: Path) -> Server:
    """A server of a page with one field, and nothing else."""
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    server = Server(folder / "bare" / "data")
    server.script = str(script)
    return server


if __name__ == "__main__":
    main()
