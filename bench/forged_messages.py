"""Messages that no browser of ours would send: is anything drawn of another person, thrown, half written, or killed?

    .venv/bin/python -m bench.forged_messages [--minutes 10] [--seed 1]

Starts a centre's server of its own on loopback, where one student has a record
and another one forges: values of wrong kinds, huge ones, ids of widgets that are
not there or are the other's, pages and fragments and addresses that are not
theirs, files that were never uploaded, bytes that are no message at all. A
find, told and ending with exit status 1: a word of the other's record in any
byte that the server sends, a traceback on the screen, a change to the other's
rows, a database that is not sound, or a server that does not answer any more.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from bench.sessions import NO_PROVIDER, cookie
from bench.streamlit_client import Visitor
from debrief.errors import DebriefError
from debrief.store import open_store
from tests.browser.server import Server
from tests.browser.signing_in import as_a_centre

SECRET_WORD = "Quillwort Observatory"
"""The employer in the other student's record: nobody else may be sent it."""
VICTIM, FORGER = 1, 2
PAGES = (
    "today", "log", "reflect", "checklist", "write", "applications", "insights", "prepare", "workshop", "your_data",
    "sharing", "shared", "centre", "room", "facilitate",
)  # fmt: skip
SIGN_OUT = "Sign out"
PATIENCE_WITH_FORGED = 20
"""Seconds after which the server counts as saying nothing to a forger any more."""
UNEXPECTED = "not expect"
"""In the sentence for a mistake of ours."""


class Forger(Visitor):
    """A visitor who sends what they like, and looks at every byte that comes back."""

    def __init__(self, port: int, page: str, signed_in: str) -> None:
        super().__init__(port, page=page, signed_in=signed_in)
        self.leaked = False
        """Whether a word of the other's record was among the bytes."""
        self.unexpected = 0
        """Pages that told of a mistake of ours: no traceback, and yet worth a look."""
        self.refused = 0
        """Connections that the server closed rather than answer."""

    async def received(self) -> ForwardMsg:
        """The server's next message, looked through."""
        message = await super().received()
        self.leaked = self.leaked or SECRET_WORD.encode() in message.SerializeToString()
        return message

    async def forge(self, message: bytes | str) -> None:
        """Sends it, then asks for the page as a browser would, and reads until that is drawn."""
        self.patience = PATIENCE_WITH_FORGED
        await self.send(message)
        self._page_hash = ""  # wherever the forged message led: back to a page of one's own
        await self.run()

    def ids(self) -> list[str]:
        """The ids of the widgets on the page, but for the one that would sign the forger out for good."""
        parts = (getattr(one, kind) for one in self.elements.values() if (kind := one.WhichOneof("type")))
        return [part.id for part in parts if getattr(part, "id", "") and getattr(part, "label", "") != SIGN_OUT]


@dataclass(frozen=True, slots=True)
class Place:
    """A centre's server with the record of the one who is not to be read, changed or stopped."""

    server: Server
    victim: str
    """Whose record it is."""
    theirs: tuple[str, ...]
    """The ids in that record."""

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the one who is not to be touched."""
        with closing(sqlite3.connect(database(self.server))) as plain:
            return {
                table: plain.execute(f"SELECT * FROM {table} WHERE owner = ?", (self.victim,)).fetchall()
                for table in _owned(plain)
            }

    def unsound(self) -> list[str]:
        """What is wrong with the database: pages, references, values that make no fact."""
        with closing(sqlite3.connect(database(self.server))) as plain:
            checks = plain.execute("PRAGMA integrity_check").fetchall()
            orphans = plain.execute("PRAGMA foreign_key_check").fetchall()
            owners = [row[0] for row in plain.execute("SELECT DISTINCT owner FROM applications")]
        wrong = [str(row) for row in (*checks, *orphans) if row != ("ok",)]
        with closing(open_store(f"sqlite:///{database(self.server)}")) as store:
            for owner in owners:
                try:
                    with store.unit(owner, datetime.now(UTC)) as unit:
                        unit.courses()
                except DebriefError as error:
                    wrong.append(str(error))
        return wrong


def database(server: Server) -> Path:
    """The server's database."""
    return server.data / "debrief.db"


def tab_of(server: Server, student: int, page: str) -> Forger:
    """A student's tab."""
    return Forger(server.port, page=page, signed_in=cookie(student, server.url))


def _owned(plain: sqlite3.Connection) -> list[str]:
    """The tables whose rows have an owner."""
    tables = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [table for table in tables if any(row[1] == "owner" for row in plain.execute(f"PRAGMA table_info({table})"))]


@contextmanager
def a_place(folder: Path) -> Iterator[Place]:
    """A centre's server on which one student has logged an interview, and the one who forges has the sample."""
    with as_a_centre(Server(folder / "data"), NO_PROVIDER) as server:
        asyncio.run(_moved_in(server))
        with closing(sqlite3.connect(database(server))) as plain:
            found = "FROM applications WHERE employer = ?"
            (application, victim) = plain.execute(f"SELECT id, owner {found}", (SECRET_WORD,)).fetchone()
            (interview,) = plain.execute("SELECT id FROM interviews WHERE owner = ?", (victim,)).fetchone()
        yield Place(server, victim, (application, interview))


async def _moved_in(server: Server) -> None:
    async with tab_of(server, VICTIM, "log") as tab:
        for label, text in {"Employer": SECRET_WORD, "Role": "Keeper of plants"}.items():
            tab.set_text(tab.first("selectbox", label).selectbox.id, text)
        await tab.run()
        await tab.press("Log it")
    async with tab_of(server, FORGER, "today") as tab:
        await tab.press("Look around with sample data")


class Forgery:
    """Forged messages, one after another: of each kind one, then by chance."""

    def __init__(self, place: Place, chance: random.Random) -> None:
        self.place = place
        self.chance = chance
        self._kinds = (self.bytes_alone, self.anything, self.values, self.values, self.ids, self.elsewhere)
        self._first = list(self._kinds)
        """Those that are still to come before chance decides: what chance says next depends on the pages met."""
        self.texts: tuple[str, ...] = (
            "", "\x00", "\u202ereversed", "<script>alert(1)</script>", "{{ ''.__class__ }}", "'; DROP TABLE x;--",
            "../../../../etc/passwd", "null", "[" * 3000, '{"__proto__": {}}', "9" * 400, "2026-02-31", "25:61", "NaN",
            "-1", "𝒜" * 3000, "x" * 1_000_000, "centre", "facilitate", SECRET_WORD[:6], *place.theirs,
            *(f"interview={one}&application={one}" for one in place.theirs),
        )  # fmt: skip

    def message(self, tab: Forger) -> tuple[str, bytes | str]:
        """What kind of forgery, and its bytes."""
        kind = self._first.pop() if self._first else self.chance.choice(self._kinds)
        return kind.__name__, kind(tab)

    def bytes_alone(self, tab: Forger) -> bytes | str:
        """No message at all, or an honest one with an accident."""
        honest = bytearray(tab.asked().SerializeToString())
        match self.chance.randrange(4):
            case 0:
                return self.chance.choice(self.texts)
            case 1:
                return self.chance.randbytes(self.chance.randint(0, 400))
            case 2:
                return bytes(honest[: self.chance.randint(0, len(honest))])
            case _:
                for _ in range(self.chance.randint(1, 8)):
                    honest[self.chance.randrange(len(honest))] = self.chance.randrange(256)
                return bytes(honest)

    def anything(self, tab: Forger) -> bytes:
        """Any message of the protocol, its fields filled by chance."""
        del tab
        return self.filled(BackMsg()).SerializeToString()

    def values(self, tab: Forger) -> bytes:
        """The page's own widgets with values that they never had, and a button or two pressed."""
        asked = tab.asked()
        ids = tab.ids()
        for one in self.chance.sample(ids, min(len(ids), self.chance.randint(1, 4))):
            asked.rerun_script.widget_states.widgets.append(self.state(one))
        buttons = [one.button.id for one in tab.shown("button") if one.button.label != SIGN_OUT]
        for one in self.chance.sample(buttons, min(len(buttons), self.chance.randint(0, 2))):
            asked.rerun_script.widget_states.widgets.append(WidgetState(id=one, trigger_value=True))
        return asked.SerializeToString()

    def ids(self, tab: Forger) -> bytes:
        """Ids that are not on the page: made up, another's, many."""
        asked = tab.asked()
        for one in tab.ids()[:20] or ["$$ID-x-None"]:
            made_up = [f"$$ID-{'0' * 32}-{theirs}" for theirs in self.place.theirs]
            grafted = [f"{one.rpartition('.')[0]}.{theirs}" for theirs in self.place.theirs]
            asked.rerun_script.widget_states.widgets.append(
                self.state(self.chance.choice([*made_up, *grafted, *self.texts]))
            )
        if self.chance.random() < 0.1:
            many = (WidgetState(id=f"$$ID-{number}", bool_value=True) for number in range(20_000))
            asked.rerun_script.widget_states.widgets.extend(many)
        return asked.SerializeToString()

    def elsewhere(self, tab: Forger) -> bytes:
        """Addresses, pages, fragments and browsers that are not this visitor's."""
        asked = tab.asked()
        run = asked.rerun_script
        run.query_string = f"interview={self.text()}&part={self.text()}" if self.chance.random() < 0.5 else self.text()
        run.page_name = self.chance.choice([*PAGES, self.text()])
        run.page_script_hash = self.chance.choice(["", self.text()])
        if self.chance.random() < 0.3:
            run.fragment_id = self.text()
        for name in ("timezone", "locale", "url", "color_scheme"):
            setattr(run.context_info, name, self.text())
        run.context_info.timezone_offset = self.chance.choice([0, -(2**31), 2**31 - 1])
        return asked.SerializeToString()

    def text(self) -> str:
        """A hostile text."""
        return self.chance.choice(self.texts)

    def state(self, widget_id: str) -> WidgetState:
        """Any value at all for a widget of this id."""
        state = WidgetState()
        self.fill(state, self.chance.choice([one for one in WidgetState.DESCRIPTOR.fields if one.name != "id"]))
        state.id = widget_id
        return state

    def filled(self, message: Message, depth: int = 0) -> Any:
        """The message with some of its fields filled, and theirs in turn."""
        for field in message.DESCRIPTOR.fields:
            if self.chance.random() < 0.6 and depth < 5:
                self.fill(message, field, depth)
        return message

    def fill(self, message: Message, field: FieldDescriptor, depth: int = 0) -> None:
        """One field, by its kind."""
        many = field.is_repeated
        if field.message_type is not None:
            for _ in range(self.chance.randint(0, 3) if many else 1):
                inner = getattr(message, field.name)
                self.filled(inner.add() if many else inner, depth + 1)
                if not many:
                    inner.SetInParent()
        elif many:
            getattr(message, field.name).extend(self.scalar(field) for _ in range(self.chance.randint(0, 3)))
        else:
            setattr(message, field.name, self.scalar(field))

    def scalar(self, field: FieldDescriptor) -> Any:
        """A value at or beyond the edge of what the field's kind holds."""
        makers: dict[int, Callable[[], Any]] = {
            FieldDescriptor.CPPTYPE_BOOL: lambda: self.chance.random() < 0.5,
            FieldDescriptor.CPPTYPE_STRING: lambda: (
                self.chance.randbytes(40) if field.type == FieldDescriptor.TYPE_BYTES else self.text()
            ),
            FieldDescriptor.CPPTYPE_DOUBLE: lambda: self.chance.choice([float("nan"), float("inf"), -1e308, 0.5]),
            FieldDescriptor.CPPTYPE_INT32: lambda: self.chance.choice([0, -(2**31), 2**31 - 1]),
            FieldDescriptor.CPPTYPE_UINT32: lambda: self.chance.choice([0, 2**32 - 1]),
            FieldDescriptor.CPPTYPE_INT64: lambda: self.chance.choice([0, -(2**63), 2**63 - 1, 7]),
            FieldDescriptor.CPPTYPE_UINT64: lambda: self.chance.choice([0, 2**64 - 1]),
            FieldDescriptor.CPPTYPE_ENUM: lambda: self.chance.choice([0, 1, 2]),
        }
        return makers[field.cpp_type]()


async def forged(place: Place, forgery: Forgery, more: Callable[[int], bool]) -> tuple[Counter[str], list[str]]:
    """Forges for as long as `more` of the number sent says so. What was sent and seen, and what must not be."""
    seen: Counter[str] = Counter()
    finds: list[str] = []
    before = place.rows()
    while more(seen.total()):
        tab = tab_of(place.server, FORGER, forgery.chance.choice(PAGES))
        try:
            async with tab:
                for _ in range(8):
                    kind, message = forgery.message(tab)
                    seen[kind] += 1
                    try:
                        await tab.forge(message)
                    except TimeoutError:  # a value that is not its widget's ends Streamlit's own thread of this tab
                        seen["(no answer to the forger)"] += 1
                        break
                    tab.unexpected += UNEXPECTED in tab.text()
        except ConnectionClosed:
            tab.refused += 1
        except TimeoutError:
            finds.append(f"nobody is let in any more after {seen.total()} messages")
        seen["(answered as unexpected)"] += tab.unexpected
        seen["(connection closed on the forger)"] += tab.refused
        if tab.leaked:
            finds.append(f"a word of the other's record after {seen.total()} messages")
        if tab.exceptions:
            finds.append(f"an exception on the screen after {seen.total()} messages")
    if place.rows() != before:
        finds.append("the other's rows have changed")
    if not await _still_served(place):
        finds.append("the other one does not find their record any more")
    return seen, [*finds, *place.unsound()]


async def _still_served(place: Place) -> bool:
    """Whether the other one still finds their record."""
    async with tab_of(place.server, VICTIM, "applications") as tab:
        return tab.leaked and not tab.exceptions


def main() -> None:
    """Reads the command line, forges, and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, a_place(Path(folder)) as place:
        end = time.monotonic() + asked.minutes * 60
        forgery = Forgery(place, random.Random(asked.seed))
        seen, finds = asyncio.run(forged(place, forgery, lambda _: time.monotonic() < end))
    print(f"{asked.minutes:g} minutes, seed {asked.seed}: {len(finds)} finds")
    for kind, count in seen.most_common():
        print(f"  {count:>7,}  {kind}")
    print("\n".join(finds))
    sys.exit(1 if finds else 0)


if __name__ == "__main__":
    main()
