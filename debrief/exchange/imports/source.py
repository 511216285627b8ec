"""A file that somebody wants to bring in: how large it is, what it is, and its lines, never more of it than needed.

What a file is is read from its first bytes: names lie. Nothing is ever
decompressed, so that a small file cannot become a large one.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from debrief.errors import Refused
from debrief.exchange.imports.problems import shown
from debrief.exchange.lossless import LARGEST_FILE as LARGEST_RECORD

LARGEST_TABLE = 64 * 2**20
"""Bytes of a table that is read row by row."""
LARGEST_WHOLE = 16 * 2**20
"""Bytes of a file that has to be read as a whole: a list in JSON, a calendar, Markdown."""
LONGEST_FILE_LINE = 1_000_000
"""Characters. No table has such a line; a file without line breaks would fill the memory."""
HEAD = 65_536
"""Bytes from the beginning by which a file is judged."""


class Kind(StrEnum):
    """What can be brought in."""

    RECORD = "record"
    DELIMITED = "delimited"
    MARKDOWN = "markdown"
    JSON_LIST = "json_list"
    CALENDAR = "calendar"


_LARGEST = {
    Kind.RECORD: LARGEST_RECORD,
    Kind.DELIMITED: LARGEST_TABLE,
    Kind.MARKDOWN: LARGEST_WHOLE,
    Kind.JSON_LIST: LARGEST_WHOLE,
    Kind.CALENDAR: LARGEST_WHOLE,
}
_AS_CSV = "In the program that it came from, choose File → Save as (or Download) → CSV UTF-8, and bring that in."
_ZIPPED = (
    (b"PK\x03\x04", "a zip archive or an Excel or OpenDocument workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (rar)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer ones first, for UTF-32's begins as UTF-16's does."""
_OURS = re.compile(r'\{\s*"format"\s*:\s*"debrief"')
_MARKDOWN_RULE = re.compile(r"(?m)^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_TABLE_NAMES = (".csv", ".tsv", ".txt", ".tab")


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its name as the user knows it, and its bytes, or where they are."""

    name: str
    content: bytes | Path

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size

    def opened(self) -> BinaryIO:
        """The bytes, to be read from the beginning and closed."""
        return io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")

    def head(self) -> bytes:
        """The first bytes."""
        with self.opened() as file:
            return file.read(HEAD)

    def whole(self) -> bytes:
        """All bytes; `kind_of` has seen to it that they are not too many."""
        with self.opened() as file:
            return file.read()


def kind_of(source: Source) -> Kind:
    """What the file is. Raises Refused for what cannot be brought in, saying what to do instead."""
    if source.size == 0:
        raise Refused(f"{shown(source.name)} is empty: 0 bytes. Save or download it once more.")
    if source.size > LARGEST_RECORD:
        raise _too_large(source, LARGEST_RECORD)
    head = source.head()
    _refuse_other_kinds(source, head)
    kind = _kind_of_text(source, _text_of_head(head))
    if source.size > _LARGEST[kind]:
        raise _too_large(source, _LARGEST[kind])
    return kind


def encoding_of(head: bytes) -> str:
    """The encoding that the byte order mark names; UTF-8 without one."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


def text_lines(source: Source) -> Iterator[str]:
    """The lines with their breaks. Raises Refused for what is no text, with its line."""
    encoding = encoding_of(source.head())
    with io.TextIOWrapper(source.opened(), encoding=encoding, newline="") as text:
        number = 0
        while True:
            try:
                line = text.readline(LONGEST_FILE_LINE)
            except UnicodeError:
                raise _undecodable(source, encoding) from None
            if not line:
                return
            number += 1
            if len(line) == LONGEST_FILE_LINE and not line.endswith(("\n", "\r")):
                raise Refused(
                    f"Row {number:,} of {shown(source.name)} goes on for more than {LONGEST_FILE_LINE:,} characters "
                    "without a line break. That is no table; choose another file."
                )
            yield line


def text_of(source: Source) -> str:
    """The whole text of a file that `kind_of` found small enough. Raises Refused as `text_lines` does."""
    encoding = encoding_of(source.head())
    try:
        return source.whole().decode(encoding)
    except UnicodeError:
        raise _undecodable(source, encoding) from None


def _refuse_other_kinds(source: Source, head: bytes) -> None:
    name = shown(source.name)
    for magic, what in _ZIPPED:
        if head.startswith(magic):
            raise Refused(
                f"{name} is {what}, which Debrief does not open. A workbook: {_AS_CSV[0].lower()}{_AS_CSV[1:]} "
                "A zip: unpack it, and bring in the CSV that lies inside."
            )
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise Refused(f"{name} is {what}, not a table. {_AS_CSV}")
    if encoding_of(head) == "utf-8" and head.count(0) * 100 > len(head):  # a single one is told by its row
        raise Refused(
            f"{name} is not a text file: byte {head.index(0) + 1:,} is zero. If a program calls it “Unicode text”, "
            f"save it as UTF-8 instead. {_AS_CSV}"
        )


def _text_of_head(head: bytes) -> str:
    """The head as text for judging what it is; the last character may be cut."""
    return head.decode(encoding_of(head), errors="replace").lstrip("\ufeff \t\r\n")


def _kind_of_text(source: Source, text: str) -> Kind:
    if text[:15].upper() == "BEGIN:VCALENDAR":
        return Kind.CALENDAR
    if _OURS.match(text):
        return Kind.RECORD
    if text[:1] in ("{", "[") and not source.name.casefold().endswith(_TABLE_NAMES):
        return Kind.JSON_LIST
    if text[:100].casefold().startswith(("<!doctype", "<html", "<?xml")):
        raise Refused(f"{shown(source.name)} is a web page, not a table. {_AS_CSV}")
    if _MARKDOWN_RULE.search(text):
        return Kind.MARKDOWN
    if not text:
        raise Refused(f"{shown(source.name)} holds nothing but blanks. Save or download it once more.")
    return Kind.DELIMITED


def _too_large(source: Source, limit: int) -> Refused:
    return Refused(
        f"{shown(source.name)} has {source.size / 2**20:,.0f} MB; up to {limit // 2**20} MB of such a file can be "
        "brought in. Split it into smaller ones, or leave out columns that hold long texts."
    )


def _undecodable(source: Source, encoding: str) -> Refused:
    """Says in which line the first bytes stand that are no text."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    with source.opened() as file:
        for piece in iter(lambda: file.read(4096), b""):
            before = decoder.getstate()
            try:
                line += decoder.decode(piece).count("\n")
            except UnicodeError as error:
                line += _breaks_before(piece, error, before[0])
                break
    name = "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
    return Refused(
        f"Row {line:,} of {shown(source.name)} holds bytes that are not {name} text. It was probably saved in an older "
        f"encoding: umlauts and accents would come out wrong. {_AS_CSV}"
    )


def _breaks_before(piece: bytes, error: UnicodeError, kept: bytes) -> int:
    """Line breaks in a piece before the bytes that cannot be decoded."""
    start = error.start - len(kept) if isinstance(error, UnicodeDecodeError) else 0
    return piece[: max(0, start)].count(b"\n")
