"""Signed-in students under load: two replicas on one PostgreSQL, one replica, and a bare page under the same load.

    .venv/bin/python -m bench.sessions [--people 50] [--rounds 4] [--think 5] [--kill]

Starts everything itself, on loopback. Each student comes in, then types into
the form of a new interview and leaves the field, which saves it, thinking about
so many seconds in between. At the end each comes in anew and finds what the
server acknowledged last. Prints how long a student waits for the screen, as
ratios to the bare page.

With --kill the two replicas stand behind nginx, and after a third of the saves
one of them is killed and stays dead: its students' pages reconnect, find what was
acknowledged, and go on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from websockets.exceptions import WebSocketException

from bench.streamlit_client import Visitor
from tests.browser.proxy import NO_NGINX, nginx, nginx_program
from tests.browser.server import HeldPort, Server
from tests.browser.signing_in import COOKIE_SECRET, as_a_centre
from tests.postgresql import temporary_cluster

FIELD = "Sector"
AN_HOUR = 3600
NO_PROVIDER = "http://127.0.0.1:9"
"""Nobody signs in here: the cookies are made."""
FORM = "log"
"""The page on which they type; the bare one has no pages."""
TRIES = 40
AGAIN_AFTER = 0.25
"""How often, and after how many seconds, a page whose connection broke tries again."""
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


@dataclass(frozen=True)
class Amount:
    """How much load."""

    people: int
    rounds: int
    think: float
    """Seconds, on average twice so many at most."""


@dataclass
class Student:
    """One student's tab, which comes back by itself when the server is gone."""

    number: int
    port: int
    page: str
    waits: list[float] = field(default_factory=list)
    """Seconds from a press to the finished screen."""
    breaks: list[float] = field(default_factory=list)
    """Seconds from a broken connection to what was being saved acknowledged after all."""
    acknowledged: str = ""
    seat: str = field(default_factory=lambda: uuid4().hex)
    _tab: Visitor | None = None

    async def come_in(self) -> Visitor:
        """Opens the page as signed in, by the same replica as before where there are several."""
        made = f"{cookie(self.number, f'http://127.0.0.1:{self.port}')}; debrief_seat={self.seat}"
        self._tab = await Visitor(self.port, page=self.page, signed_in=made).__aenter__()
        return self._tab

    async def leave(self) -> None:
        """Closes the tab."""
        if self._tab is not None:
            await self._tab.__aexit__(None, None, None)

    async def save(self, text: str) -> None:
        """Types and leaves the field; where the connection breaks, comes in anew, sees what is kept and types again."""
        began = time.perf_counter()
        try:
            await self._type(text)
        except (WebSocketException, OSError):
            await self._come_back(text)
            self.breaks.append(time.perf_counter() - began)
        else:
            self.waits.append(time.perf_counter() - began)
        self.acknowledged = text

    async def _type(self, text: str) -> None:
        assert self._tab is not None
        self._tab.write(FIELD, text)
        await self._tab.run()
        assert not self._tab.exceptions, self._tab.text()

    async def _come_back(self, text: str) -> None:
        for tried in range(1, TRIES + 1):
            try:
                await self.come_in()
                assert self.kept() & {self.acknowledged, text}, (self.number, self.kept(), self.acknowledged, text)
                await self._type(text)
            except (WebSocketException, OSError):
                if tried == TRIES:
                    raise
                await asyncio.sleep(AGAIN_AFTER)
            else:
                return

    def kept(self) -> set[str]:
        """What the field shows."""
        assert self._tab is not None
        (shown,) = [one.text_input for one in self._tab.shown("text_input") if one.text_input.label == FIELD]
        return {shown.value, shown.default}


@dataclass(frozen=True)
class Load:
    """How long all waited, in seconds: for the screen, and for going on after the connection broke."""

    waits: tuple[float, ...]
    breaks: tuple[float, ...]


class Mishap:
    """What befalls the servers once so many saves were acknowledged; nothing where there is nothing to do."""

    def __init__(self, do: Callable[[], None] | None, after: int) -> None:
        self.do = do
        self.over = asyncio.Event()
        self._left = after

    async def saved(self) -> None:
        """Counts one save."""
        self._left -= 1
        if self._left == 0 and self.do is not None:
            await asyncio.to_thread(self.do)
            self.over.set()


async def arrives(student: Student, amount: Amount) -> None:
    """One student comes in."""
    await asyncio.sleep(random.uniform(0, amount.think))
    await student.come_in()


async def studies(student: Student, amount: Amount, mishap: Mishap) -> None:
    """One student's time at the desk; where there is a mishap, with one more save after it."""
    for step in range(amount.rounds):
        await asyncio.sleep(random.uniform(0, 2 * amount.think))
        await student.save(f"Sector {student.number}, edition {step}")
        await mishap.saved()
    if mishap.do is not None:
        await mishap.over.wait()
        await student.save(f"Sector {student.number}, the last")
    await student.leave()


async def load(ports: Sequence[int], page: str, amount: Amount, mishap: Callable[[], None] | None = None) -> Load:
    """All students at once, spread over the ports; afterwards each finds what was acknowledged last.

    Nobody saves before all are in, so that the mishap, once a third is saved, meets people at work.
    """
    students = [Student(number, ports[number % len(ports)], page) for number in range(amount.people)]
    befalls = Mishap(mishap, amount.people * amount.rounds // 3)
    await asyncio.gather(*(arrives(student, amount) for student in students))
    await asyncio.gather(*(studies(student, amount, befalls) for student in students))
    for student in students if page else ():
        await student.come_in()
        assert student.acknowledged in student.kept(), (student.number, student.kept(), student.acknowledged)
        await student.leave()
    return Load(
        tuple(wait for student in students for wait in student.waits),
        tuple(pause for student in students for pause in student.breaks),
    )


def share_of(seconds: Sequence[float], share: float) -> float:
    """The value that this share of the seconds stays below."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def told(name: str, done: Load, bare: Load | None) -> None:
    """Prints one row of the table."""
    p50, p95 = (share_of(done.waits, share) for share in (0.5, 0.95))
    ratio = f"{p50 / share_of(bare.waits, 0.5):.1f}, {p95 / share_of(bare.waits, 0.95):.1f}" if bare else "1, 1"
    broken = f"{len(done.breaks)}, the longest {max(done.breaks):.1f} s" if done.breaks else "none"
    print(f"| {name} | {len(done.waits)} | {p50:.3f} | {p95:.3f} | {ratio} | {broken} |", flush=True)


def main() -> None:
    """Reads the command line, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--think", type=float, default=5.0)
    parser.add_argument("--kill", action="store_true", help="two replicas behind nginx, one of which dies")
    asked = parser.parse_args()
    amount = Amount(asked.people, asked.rounds, asked.think)
    print(
        f"{amount.people} students, {amount.rounds} saves each, {amount.think:g} s of thought; "
        f"cores: {os.cpu_count()}, load before: {os.getloadavg()[0]:.1f}\n"
    )
    print("| server | saves | p50, s | p95, s | times the bare page's p50, p95 | broken connections |")
    print("|---|---|---|---|---|---|", flush=True)
    with ExitStack() as stack:
        measure(stack, amount, kill=asked.kill)
    print("\nEvery acknowledged save was found again afterwards.")


def measure(stack: ExitStack, amount: Amount, *, kill: bool) -> None:
    """Starts what is measured, and prints a row for each."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    cluster = stack.enter_context(temporary_cluster(folder, os.environ.get("DEBRIEF_TEST_POSTGRES_URL")))
    if cluster is None:
        raise SystemExit("PostgreSQL is not here: install it (Debian: `apt-get install postgresql`).")
    if kill and nginx_program() is None:
        raise SystemExit(NO_NGINX)
    url = stack.enter_context(cluster.database())
    with bare_server(folder) as bare:
        floor = asyncio.run(load([bare.port], "", amount))
    told("bare page", floor, None)
    front = HeldPort()
    replicas = [
        stack.enter_context(
            as_a_centre(
                Server(folder / name / "data", DEBRIEF_DATABASE_URL=url),
                NO_PROVIDER,
                f"http://127.0.0.1:{front.number}" if kill else None,
            )
        )
        for name in ("one", "two")
    ]
    if kill:
        stack.enter_context(nginx(folder / "nginx", front.number, replicas))
        told(
            "two replicas, one killed",
            asyncio.run(load([front.number], FORM, amount, mishap=replicas[0].kill)),
            floor,
        )
        return
    told("one replica", asyncio.run(load([replicas[0].port], FORM, amount)), floor)
    told("two replicas", asyncio.run(load([one.port for one in replicas], FORM, amount)), floor)


def bare_server(folder: Path) -> Server:
    """A server of a page with one field, and nothing else."""
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    server = Server(folder / "bare" / "data")
    server.script = str(script)
    return server


if __name__ == "__main__":
    main()
