"""What an import costs: time and memory, beside a reader that checks nothing, in one run.

    python -m bench.imports [--rows 1000 10000 100000]

The bare reader is what one writes first: csv.DictReader and one executemany for
each table, without checks, doubles, journal or undo. Times are of the
processor, so that a busy machine changes little; memory is the peak of the
whole process, for which every size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from debrief.content import load_content
from debrief.exchange.imports.inspection import Choices, inspect
from debrief.exchange.imports.source import Source
from debrief.store import open_store
from debrief.usecases.actor import Actor
from debrief.usecases.imports import TableWork, import_table, preview_table

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HEADER = ("Company", "Job title", "Round", "Interview date", "Interviewer", "Status", "Status date", "Source", "Notes")


def main() -> None:
    """Prints the table; each row is measured in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        measure(asked.one)
        return
    print(f"{'rows':>8} {'bare':>7} {'look':>7} {'preview':>8} {'import':>8} {'undo':>7} {'of bare':>8} {'memory':>8}")
    for rows in asked.rows:
        subprocess.run([sys.executable, "-m", "bench.imports", "--one", str(rows)], check=True)


def measure(rows: int) -> None:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        write_table(file, rows)
        bare = timed(lambda: read_bare(file, Path(folder) / "bare.db"))
        words, actor = load_content().imports, Actor()
        store = open_store(f"sqlite:///{folder}/debrief.db")
        looked = timed(lambda: inspect(Source("table.csv", file), words))
        inspection = inspect(Source("table.csv", file), words)
        work = TableWork(inspection, Choices(inspection.mapping, zone="Europe/London"), words)
        previewed = timed(lambda: preview_table(actor, store, NOW, work))
        imported = timed(lambda: import_table(actor, store, NOW, work))

        def take_back() -> None:
            with store.unit(actor.owner, NOW) as unit:
                unit.undo(1)

        undone = timed(take_back)
        store.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{rows:>8,} {bare:>6.1f}s {looked:>6.1f}s {previewed:>7.1f}s {imported:>7.1f}s {undone:>6.1f}s "
        f"{imported / bare:>8.1f} {memory:>5.0f} MB",
        flush=True,
    )


def timed(action: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


def write_table(file: Path, rows: int) -> None:
    """A table as somebody keeps it: an interview a row, half of them answered."""
    chance = Random(1)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for number in range(rows):
            day = date(2020, 1, 1) + timedelta(days=chance.randrange(1800))
            writer.writerow(
                (
                    f"Company {number % (rows // 5 + 1)}",
                    f"Role {number % 7}",
                    ("Phone", "Panel", "Final")[number % 3],
                    f"{day} 14:00",
                    f"Person {number % (rows // 2 + 1)}",
                    ("Rejected", "Offer", "", "Applied")[number % 4],
                    (day + timedelta(days=5)).isoformat(),
                    "Job board",
                    "What was said, in a sentence or two. " * 2,
                )
            )


def read_bare(file: Path, database: Path) -> None:
    """Rows into tables, with nothing around it."""
    with closing(sqlite3.connect(database)) as connection, file.open(encoding="utf-8", newline="") as text:
        connection.execute("CREATE TABLE applications (id, employer, role, source)")
        connection.execute("CREATE TABLE interviews (id, application, round, at, notes)")
        connection.execute("CREATE TABLE people (id, interview, name)")
        connection.execute("CREATE TABLE heard (id, interview, what, at)")
        rows = [(uuid4().hex, uuid4().hex, uuid4().hex, row) for row in csv.DictReader(text)]
        connection.executemany(
            "INSERT INTO applications VALUES (?, ?, ?, ?)",
            [(a, row["Company"], row["Job title"], row["Source"]) for a, _, _, row in rows],
        )
        connection.executemany(
            "INSERT INTO interviews VALUES (?, ?, ?, ?, ?)",
            [(i, a, row["Round"], row["Interview date"], row["Notes"]) for a, i, _, row in rows],
        )
        connection.executemany(
            "INSERT INTO people VALUES (?, ?, ?)", [(p, i, row["Interviewer"]) for _, i, p, row in rows]
        )
        connection.executemany(
            "INSERT INTO heard VALUES (?, ?, ?, ?)",
            [(uuid4().hex, i, row["Status"], row["Status date"]) for _, i, _, row in rows],
        )
        connection.commit()


if __name__ == "__main__":
    main()
