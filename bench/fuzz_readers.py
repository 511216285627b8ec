"""Feeds what reads other people's texts with bytes that grow toward every branch: coverage-guided, by atheris.

    python -m bench.fuzz_readers TARGET [--seconds 600]

TARGET is content (a content file) or critique (a letter). atheris is no
dependency of ours: run this with an interpreter that has it beside
requirements-dev.txt (CONTRIBUTING.md says how). A find is whatever is thrown that is not a sentence
of ours; atheris prints it with its bytes and ends with a status other than 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris
from pydantic import Field

with atheris.instrument_imports(include=["debrief", "yaml"]):
    from debrief.content import load_content
    from debrief.content.reader import Shape, read
    from debrief.desk.critique import critique
    from debrief.domain.critique import Letter, Place, RecordFacts
    from debrief.domain.facts import Channel, MessageKind
    from debrief.errors import DebriefError

CONTENT = load_content()
FOLDER = Path(tempfile.mkdtemp(prefix="debrief-fuzz-"))


class Entry(Shape):
    """A part of a page with parts of its own."""

    name: str
    count: int = 1


class Page(Shape):
    """A content file of every kind of value."""

    title: str
    entries: tuple[Entry, ...] = ()
    named: dict[str, Entry] = Field(default_factory=dict[str, Entry])
    either: str | tuple[Entry, ...] = ""


def content(data: bytes) -> None:
    """A file is read, or its mistakes are told."""
    file = FOLDER / "page.yaml"
    file.write_bytes(data)
    reading = read(file, Page, relative_to=FOLDER)
    assert (reading.value is None) == bool(reading.problems)


def letter(data: bytes) -> None:
    """Any text is judged, and every finding lies inside it."""
    source = atheris.FuzzedDataProvider(data)
    name, subject = source.ConsumeUnicodeNoSurrogates(20), source.ConsumeUnicodeNoSurrogates(80)
    body = source.ConsumeUnicodeNoSurrogates(2_000)
    written = Letter(kind=MessageKind.THANK_YOU, channel=Channel.EMAIL, subject=subject, body=body)
    facts = RecordFacts(sender=name, recipient=name, company=subject, role=name, details=(subject,))
    for finding in critique(written, facts, CONTENT.critique):
        assert 0 <= finding.start <= finding.end <= len(body if finding.place is Place.BODY else subject)


TARGETS: dict[str, Callable[[bytes], None]] = {"content": content, "critique": letter}


def main() -> None:
    """Reads the command line, and fuzzes one target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    asked = parser.parse_args()

    def one(data: bytes) -> None:
        try:
            TARGETS[asked.target](data)
        except DebriefError as error:
            str(error).encode()

    atheris.Setup([sys.argv[0], f"-max_total_time={asked.seconds}", "-max_len=4096"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
