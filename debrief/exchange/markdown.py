"""A document as Markdown. What was typed comes out as the same text, whatever marks, links or HTML stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from debrief.exchange import words
from debrief.exchange.document import Block, Bullets, Document, Fields, Paragraph, Picture, Section, Subheading, Table

_MARKS = re.compile(r"[\\`*_\[\]<>~$@]|&(?=[#\w])|(?<=\w):(?=//)|(?<=[wW]{3})\.")
"""What means something anywhere in a line; the last two and @ are what bare links are recognised by."""
_AT_START = re.compile(r"^(?:[#+=-]|\d{1,9}(?=[.)]))")
"""What means something at the start of a line: headings, lists, underlines of headings."""
_BLANKS = re.compile(r"^[ \t]+")
_BREAK = "\\\n"
_BREAK_IN_ITEM = "\\\n  "
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def as_markdown(document: Document, level: int = 1) -> str:
    """The document as CommonMark with tables, ending in one line break. Pictures are told in words.

    `level` is that of its title: 1, or up to 3 where it stands on a page under other headings.
    """
    parts = [f"{'#' * level} {_inline(document.title)}", _inline(document.subtitle)]
    for section in document.sections:
        parts += _section(section, level + 1)
    for chapter in document.chapters:
        parts += [f"{'#' * (level + 1)} {_inline(chapter.title)}", _inline(chapter.subtitle)]
        for section in chapter.sections:
            parts += _section(section, level + 2)
    if document.made_at:
        parts += [f"Made on {words.short_day(document.made_at.date())}."]
    return "\n\n".join(part for part in parts if part) + "\n"


def blocks_as_markdown(blocks: Iterable[Block]) -> str:
    """Blocks as they stand inside a section."""
    return "\n\n".join(_block(block, "-") for block in blocks)


def escaped(text: str) -> str:
    """One line of typed text, every mark in it taken literally."""
    line = _MARKS.sub(r"\\\g<0>", text)
    line = _AT_START.sub(_taken_literally, line).replace("|", "&#124;")
    # Blanks at the start would make a block of code; as references they stay blanks and nothing more.
    return _BLANKS.sub(lambda blanks: "".join(f"&#{ord(blank)};" for blank in blanks[0]), line)


def _taken_literally(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _section(section: Section, level: int) -> Iterator[str]:
    """The section under its heading. A list right after a list has another mark, or the two would be one."""
    yield f"{'#' * level} {_inline(section.title)}"
    mark = ""
    for block in section.blocks:
        mark = ("*" if mark == "-" else "-") if isinstance(block, Bullets | Fields) else ""
        yield f"{'#' * (level + 1)} {_inline(block.text)}" if isinstance(block, Subheading) else _block(block, mark)


def _block(block: Block, mark: str) -> str:
    match block:
        case Paragraph(text) | Subheading(text) | Picture(_, text):
            return _with_breaks(text, _BREAK)
        case Bullets(items):
            return "\n".join(f"{mark} {_with_breaks(item, _BREAK_IN_ITEM)}" for item in items)
        case Fields(rows):
            return "\n".join(f"{mark} {_field(label, value)}" for label, value in rows)
        case Table(header, rows):
            return "\n".join(_table(header, rows))


def _field(label: str, value: str) -> str:
    colon = "" if label.endswith(("?", ":")) else ":"
    return f"**{_inline(label)}{colon}** {_with_breaks(value, _BREAK_IN_ITEM)}".rstrip(" ")


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield _row(header)
    yield _row(("---",) * len(header), typed=False)
    for row in rows:
        yield _row(row)


def _row(cells: tuple[str, ...], *, typed: bool = True) -> str:
    return f"| {' | '.join(_with_breaks(cell, '; ') if typed else cell for cell in cells)} |"


def _with_breaks(text: str, line_break: str) -> str:
    return line_break.join(escaped(line) for line in _BREAKS.split(text))


def _inline(text: str) -> str:
    return _with_breaks(text, " ")
