"""Feeds the importers broken files until the time is up: each is refused with a sentence, or comes in whole.

    python -m bench.fuzz_imports --minutes 10 [--seed 1]

Files begin as those in tests/fixtures/imports and are cut, joined, bitten and
sprinkled with what has broken parsers before. A traceback, a lone surrogate in
a sentence, more time than PATIENCE, or a record that is half filled is a find:
the file is kept in tests/fixtures/imports/found/ and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from debrief.content import load_content
from debrief.domain.facts import Application, Interview
from debrief.domain.importing import ImportWords
from debrief.errors import DebriefError
from debrief.exchange.imports.calendar_events import EventChoice, read_calendar
from debrief.exchange.imports.dates import DayOrder
from debrief.exchange.imports.inspection import Choices, inspect
from debrief.exchange.imports.source import Kind, Source, kind_of
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.imports import (
    TableWork,
    import_events,
    import_record,
    import_table,
    preview_record,
    preview_table,
)

FILES = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "imports"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PATIENCE = 20.0
"""Seconds for one file on a busy machine."""
SPRINKLES = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"', b'""', b"\r", b"\n\n", b",,,,", b";", b"\t", b"|",
    b"\\", b"=HYPERLINK(1)", b"<script>", b"\xe2\x80\xae", b"31/02/2026", b"99/99/99", b"2026-13-45", b"0000-00-00",
    b"\xf0\x9f",
    b"9" * 400, b"[" * 600, b'{"a":' * 300, b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"DTSTART:20260230T250000\r\n",
    b"DTSTART;TZID=Nowhere/Land:20260301T000000\r\n", b"RRULE:FREQ=SECONDLY\r\n", b"DURATION:P9999999999D\r\n",
    b"\\ud800", b"1e999", b"NaN", b"PK\x03\x04", b"--- ", b"|---|", b"24:61", b"+99:99", b"\xc2\x85", b"\xe2\x80\xa8",
)  # fmt: skip


def main() -> None:
    """Fuzzes, and prints what it saw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seeds = [path.read_bytes() for path in sorted(FILES.rglob("*")) if path.is_file()]
    chance = random.Random(asked.seed)
    seen: Counter[str] = Counter()
    found = 0
    end = time.monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        run = Run(open_store(f"sqlite:///{folder}/fuzz.db"), load_content().imports)
        while time.monotonic() < end:
            content = mutated(seeds, chance)
            outcome = run.judged(content)
            seen[outcome] += 1
            if outcome.startswith("FOUND"):
                found += 1
                keep(content, outcome)
        run.store.close()
    total = sum(seen.values())
    print(f"{total:,} files in {asked.minutes:g} minutes, seed {asked.seed}: {found} finds")
    for outcome, count in seen.most_common():
        print(f"  {count:>9,}  {outcome}")
    sys.exit(1 if found else 0)


def mutated(seeds: list[bytes], chance: random.Random) -> bytes:
    """A file after one to five accidents."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 5)):
        at = chance.randint(0, len(content))
        match chance.randrange(7):
            case 0:
                content[at:at] = chance.choice(SPRINKLES)
            case 1:
                del content[at : at + chance.randint(1, 40)]
            case 2 if content:
                content[at % len(content)] = chance.randrange(256)
            case 3:
                other = chance.choice(seeds)
                start = chance.randint(0, len(other))
                content[at:at] = other[start : start + chance.randint(1, 400)]
            case 4:
                content[at:at] = bytes(content[at : at + chance.randint(1, 200)]) * chance.randint(2, 5)
            case 5:
                del content[at:]
            case _:
                content[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 12)))
    if chance.random() < 0.3:
        return bytes(content)
    return content.decode("utf-8", errors="ignore").replace("\0", "").encode()  # else few would get past the encoding


def keep(content: bytes, outcome: str) -> None:
    """Puts a find where the tests will run it ever after."""
    folder = FILES / "found"
    folder.mkdir(exist_ok=True)
    name = f"{abs(hash(content)):x}"[:12]
    (folder / name).write_bytes(content)
    print(f"{outcome}\n  kept as {folder / name}", file=sys.stderr)


class Run:
    """Brings one file after another into one record."""

    def __init__(self, store: Store, words: ImportWords) -> None:
        self.store = store
        self.words = words
        self._actor = 0

    def judged(self, content: bytes) -> str:
        """What became of a file, in a few words; FOUND where it is what must not be."""
        self._actor += 1
        actor = Actor(f"owner {self._actor}")
        begun = time.monotonic()
        try:
            outcome = self._brought_in(actor, Source("file", content))
        except DebriefError as error:
            str(error).encode("utf-8")
            outcome = "refused"
            if self._rows(actor):
                return f"FOUND: refused, and yet something came in: {error}"
        except Exception as error:  # noqa: BLE001 any other error is what is looked for
            return f"FOUND: {type(error).__name__}: {error}"
        if time.monotonic() - begun > PATIENCE:
            return "FOUND: too slow"
        return outcome

    def _brought_in(self, actor: Actor, source: Source) -> str:
        match kind_of(source):
            case Kind.RECORD:
                preview_record(actor, self.store, NOW, source)
                import_record(actor, self.store, NOW, source)
                return "record came in"
            case Kind.CALENDAR:
                return self._calendar(actor, source)
            case kind:
                return self._table(actor, source, kind)

    def _calendar(self, actor: Actor, source: Source) -> str:
        found = read_calendar(source, self.words)
        chosen = [EventChoice(one, "Elm", "Nurse", "First", one.people, "Europe/Paris") for one in found.events[:20]]
        import_events(actor, self.store, NOW, chosen)
        return "calendar came in"

    def _table(self, actor: Actor, source: Source, kind: Kind) -> str:
        inspection = inspect(source, self.words)
        "".join(sample for column in inspection.columns for sample in (column.name, *column.samples)).encode("utf-8")
        choices = Choices(
            inspection.mapping, zone="Europe/Paris", order=DayOrder.DAY_FIRST, without_bad_rows=self._actor % 2 == 0
        )
        work = TableWork(inspection, choices, self.words)
        tally = preview_table(actor, self.store, NOW, work)
        "".join(str(problem) for problem in tally.problems.told).encode("utf-8")
        done = import_table(actor, self.store, NOW, work)
        if done.tally.facts != tally.facts:
            return "FOUND: another number came in than was previewed"
        if self._rows(actor) != tally.facts[Application] + tally.facts[Interview]:
            return "FOUND: the record holds another number than was told"
        return f"{kind.value} came in"

    def _rows(self, actor: Actor) -> int:
        with self.store.unit(actor.owner, NOW) as unit:
            return len(unit.find(Application)) + len(unit.find(Interview))


if __name__ == "__main__":
    main()
