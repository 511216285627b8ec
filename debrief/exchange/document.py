"""A document to hand over, free of any file format: what markdown, html, word and pdf write down.

A document has sections, or chapters with sections of their own, or both; a
section has blocks. All texts are plain: nothing in them is ever obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Line breaks inside are meant."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Short values with their labels."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section: a question, or a note's title."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture over the width of the text. `alt` says in words what it shows; `png` is the file."""

    png: bytes
    alt: str

    def __post_init__(self) -> None:
        """Raises ValueError where the words are missing: nobody is left out."""
        if not self.alt:
            raise ValueError("a picture needs its words")


Block: TypeAlias = "Paragraph | Bullets | Fields | Table | Subheading | Picture"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that can be chosen or left out by its id."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    private: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One interview among several: its name, when it was, and its sections."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is handed over, in the order in which it is read: the sections first, then the chapters."""

    title: str
    subtitle: str
    sections: tuple[Section, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    language: str = "en-GB"
    made_at: datetime | None = None
    """When it was made, on the reader's clock: its date is printed, and kept in the file. None: neither."""
    stem: str = ""
    """What its file is called, without the suffix; else after its title."""

    @property
    def all_sections(self) -> Iterator[Section]:
        """The sections, those of the chapters too."""
        yield from self.sections
        for chapter in self.chapters:
            yield from chapter.sections


def texts_of(document: Document) -> Iterator[str]:
    """Every text that a reader sees, in order."""
    yield from (document.title, document.subtitle)
    yield from _section_texts(document.sections)
    for chapter in document.chapters:
        yield from (chapter.title, chapter.subtitle)
        yield from _section_texts(chapter.sections)


def block_texts(block: Block) -> Iterator[str]:
    """The texts of one block."""
    match block:
        case Paragraph(text) | Subheading(text):
            yield text
        case Bullets(items):
            yield from items
        case Fields(rows):
            yield from (text for row in rows for text in row)
        case Table(header, rows):
            yield from (text for row in (header, *rows) for text in row)
        case Picture(_, alt):
            yield alt


def with_texts(section: Section, change: Callable[[str], str]) -> Section:
    """The section with every text of its blocks changed."""
    return replace(section, blocks=tuple(_changed(block, change) for block in section.blocks))


def _section_texts(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield section.title
        for block in section.blocks:
            yield from block_texts(block)


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Paragraph(text):
            return Paragraph(change(text))
        case Subheading(text):
            return Subheading(change(text))
        case Bullets(items):
            return Bullets(tuple(change(item) for item in items))
        case Fields(rows):
            return Fields(tuple((change(label), change(value)) for label, value in rows))
        case Table(header, rows):
            return Table(header, tuple(tuple(change(cell) for cell in row) for row in rows))
        case Picture(png, alt):
            return Picture(png, change(alt))
